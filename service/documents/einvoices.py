"""E-invoices leave only as EN 16931 asks: each is checked first, and one that breaks a rule is refused with the rule's id and sentence."""

from typing import Final, Literal
from uuid import UUID

import msgspec

from service.authorisations.items import BUYER_OWES
from service.customers.records import Language
from service.documents.einvoice.checks import Broken, broken_rules
from service.documents.einvoice.cii import write_cii
from service.documents.einvoice.composing import composed, for_peppol
from service.documents.einvoice.model import EInvoice
from service.documents.einvoice.ubl import write_ubl
from service.documents.queries import CREDIT_NOTE_TRADED, INVOICE_TRADED
from service.documents.words import WORDS
from service.kit.refusals import Refusal
from service.kit.verbs import Work

Syntax = Literal["cii", "ubl"]
XML: Final = "application/xml"


class EInvoiceIncomplete(Refusal):
    """What is on record doesn't make an e-invoice as EN 16931 asks for one."""

    code, status, remedy = (
        "E_INVOICE_INCOMPLETE",
        422,
        "Each rule in `rules` says what is missing: complete the organisation (`PATCH /v1/organisation`) or the customer, for what is issued from then on; this one stays as issued: send its PDF, or credit it and bill anew.",
    )


class XmlFile(msgspec.Struct, frozen=True):
    """An e-invoice, and the number that its file is called after."""

    number: str
    content: bytes


class EInvoiceCheck(msgspec.Struct, frozen=True):
    """Whether a document makes an e-invoice, and which rules of EN 16931 it breaks where it doesn't."""

    number: str
    passes: bool
    rules: list[Broken]


async def read_invoice_traded(work: Work, *, invoice_id: UUID) -> EInvoice:
    """An invoice as EN 16931 has it, unchecked."""
    return composed(await work.one(INVOICE_TRADED, invoice_id=invoice_id))


async def read_credit_note_traded(work: Work, *, credit_note_id: UUID) -> EInvoice:
    """A credit note as EN 16931 has it, unchecked."""
    return composed(await work.one(CREDIT_NOTE_TRADED, credit_note_id=credit_note_id))


async def read_invoice_xml(work: Work, *, invoice_id: UUID, syntax: Syntax) -> XmlFile:
    """The invoice as an e-invoice: Cross Industry Invoice, as its PDF carries it, or UBL, of Peppol BIS Billing 3.0 where both have an electronic address."""
    told = await read_invoice_traded(work, invoice_id=invoice_id)
    return XmlFile(told.number or "", xml_of(told, syntax))


async def read_credit_note_xml(work: Work, *, credit_note_id: UUID, syntax: Syntax) -> XmlFile:
    """The credit note as an e-invoice of type 381, which names the invoice that it corrects."""
    told = await read_credit_note_traded(work, credit_note_id=credit_note_id)
    return XmlFile(told.number or "", xml_of(told, syntax))


async def check_invoice_traded(work: Work, *, invoice_id: UUID) -> EInvoiceCheck:
    """Whether the invoice makes an e-invoice, and if not, which rules of EN 16931 it breaks: its PDF is then sent without one."""
    told = await read_invoice_traded(work, invoice_id=invoice_id)
    broken = broken_rules(told)
    return EInvoiceCheck(told.number or "", not broken, broken)


def xml_of(told: EInvoice, syntax: Syntax) -> bytes:
    """The file. Raises EInvoiceIncomplete."""
    if broken := broken_rules(told):
        raise EInvoiceIncomplete(rules=[{"rule": one.rule, "says": one.says} for one in broken])
    return write_cii(told) if syntax == "cii" else write_ubl(for_peppol(told))


def untaxed_words(told: EInvoice, *, language: Language) -> list[str]:
    """Why no tax is charged, a sentence a category; where the customer owes it, between which VAT ids."""
    words = WORDS[language]["vat_ids"].format(told.seller.vat_id or "–", told.buyer.vat_id or "–")
    return [
        f"{one.reason or one.reason_code}{'. ' + words if one.category in BUYER_OWES else ''}."
        for one in told.taxes
        if one.reason or one.reason_code
    ]


def attachable(told: EInvoice) -> bytes | None:
    """The file that goes into the PDF; None where it would break a rule, and the PDF goes alone."""
    return None if broken_rules(told) else write_cii(told)
