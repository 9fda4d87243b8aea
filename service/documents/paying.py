"""How an invoice is paid: to which account, under which reference, and as a code that a bank's app reads."""

import io

import segno

from service.documents.blocks import Block, heading
from service.documents.figures import day, money_in
from service.documents.records import Invoice, PayTo
from service.documents.words import WORDS

MOST_IN_A_TRANSFER = 99_999_999_999
"""Cents, in a payment QR code."""


def pay_blocks(told: Invoice) -> list[Block]:
    """What is open, until when and where to it is paid; nothing where nothing is open or nobody told us an account."""
    to, language, words = told.pay_to, told.language, WORDS[told.language]
    if told.open_minor <= 0 or not (to.iban or to.details):
        return []
    rows = [
        (words["open"], money_in(told.currency, language)(told.open_minor)),
        (words["due"], day(told.due_on, language)),
        (words["account_holder"], to.holder),
        ("IBAN", in_fours(to.iban)),
        ("BIC", to.bic),
        (words["bank_details"], to.details),
        (words["payment_reference"], in_fours(told.payment_reference)),
    ]
    coded = to.iban and told.currency == "EUR" and told.open_minor <= MOST_IN_A_TRANSFER
    code = drawn(transfer_of(to, cents=told.open_minor, reference=told.payment_reference)) if coded else None
    return [heading(words["pay"]), {"kind": "pay", "rows": [row for row in rows if row[1]], "code": code, "caption": words["scan"]}]


def in_fours(code: str) -> str:
    """As IBANs and creditor references are printed. Source: ISO 13616, ISO 11649."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def transfer_of(to: PayTo, *, cents: int, reference: str) -> str:
    """A transfer of euros that the reader's bank fills in: a line a member, the reference structured.

    Needs 1 to MOST_IN_A_TRANSFER cents, a holder of 70 letters at most, and no line break in any of them: the database lets none in.
    Source: EPC069-12 (Quick Response Code: Guidelines to Enable Data Capture for the Initiation of a SEPA Credit Transfer), version 002.
    """
    in_utf_8, any_purpose = "1", ""
    return "\n".join(
        ["BCD", "002", in_utf_8, "SCT", to.bic, to.holder, to.iban, f"EUR{cents // 100}.{cents % 100:02d}", any_purpose, reference]
    )


def drawn(transfer: str) -> str:
    """The code as SVG, a quiet zone around it; a quarter of it may be illegible at most, which is level M as EPC069-12 asks."""
    code = segno.make_qr(transfer, error="m", boost_error=False, encoding="utf-8")
    svg = io.BytesIO()
    code.save(svg, kind="svg", border=4, xmldecl=False, light="white")
    return svg.getvalue().decode()
