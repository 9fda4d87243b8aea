"""E-invoices judged by the rules of EN 16931: ours before they leave, and files of others."""

from typing import Final

import msgspec

from service.documents.einvoice.categories import BY_CATEGORY
from service.documents.einvoice.model import EInvoice
from service.documents.einvoice.reading import read_einvoice
from service.documents.einvoice.rules import LISTED, PRESENT, Rule
from service.documents.einvoice.sums import ADDED, SHORT

RULES: Final[tuple[Rule, ...]] = (*PRESENT, *LISTED, *ADDED, *SHORT, *BY_CATEGORY)


class Broken(msgspec.Struct, frozen=True):
    """A rule of EN 16931 that doesn't hold, and what it says."""

    rule: str
    says: str


def broken_rules(told: EInvoice) -> list[Broken]:
    """Each rule that the document breaks, in the norm's order; none where it is as EN 16931 asks."""
    return [Broken(rule.id, rule.says) for rule in RULES if not rule.holds(told)]


def check_einvoice(content: bytes) -> list[Broken]:
    """The same of a file in CII or UBL. Raises MalformedXml."""
    return broken_rules(read_einvoice(content))
