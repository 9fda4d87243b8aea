"""How an invoice is paid: to which account, under which reference, and as a code that a bank's app reads."""

import io

import segno

from service.customers.records import Language
from service.documents.blocks import Block, heading
from service.documents.figures import day, money_in
from service.documents.records import Invoice, PayTo
from service.documents.words import WORDS
from service.identity.records import Organisation

MOST_IN_A_TRANSFER = 99_999_999_999
"""Cents, in a payment QR code."""
MOST_BYTES = 331
"""Of a payment QR code: a name of seventy emoji has more."""


def pay_blocks(told: Invoice) -> list[Block]:
    """What is open, until when and where to it is paid; nothing where nothing is open or nobody told us an account."""
    language, words = told.language, WORDS[told.language]
    account = account_rows(told)
    if not account:
        return []
    rows = [(words["open"], money_in(told.currency, language)(told.open_minor)), (words["due"], day(told.due_on, language)), *account]
    return [heading(words["pay"]), {"kind": "pay", "rows": rows, "code": code_of(told), "caption": words["scan"]}]


def card_blocks(told: Invoice, *, url: str | None) -> list[Block]:
    """The page on which it is paid by card, as a code; nothing where nothing is open or no cards are taken."""
    words = WORDS[told.language]
    if url is None or told.open_minor <= 0:
        return []
    return [
        {"kind": "pay", "rows": [(words["pay_by_card"], words["pay_by_card_how"])], "code": drawn(url), "caption": words["scan_to_pay"]}
    ]


def account_rows(told: Invoice) -> list[tuple[str, str]]:
    """The account that it is paid to and what to name, label and value; none where nothing is open or nobody told us an account."""
    return _rows(told.pay_to, reference=in_fours(told.payment_reference), language=told.language) if told.open_minor > 0 else []


def claim_rows(organisation: Organisation, *, reference: str, language: Language) -> list[tuple[str, str]]:
    """The same for what is owed by no invoice: the account as it is now."""
    to = PayTo(organisation.account_holder, organisation.iban, organisation.bic, organisation.bank_details)
    return _rows(to, reference=reference, language=language)


def _rows(to: PayTo, *, reference: str, language: Language) -> list[tuple[str, str]]:
    if not (to.iban or to.details):
        return []
    words = WORDS[language]
    rows = [
        (words["account_holder"], to.holder),
        ("IBAN", in_fours(to.iban)),
        ("BIC", to.bic),
        (words["bank_details"], to.details),
        (words["payment_reference"], reference),
    ]
    return [row for row in rows if row[1]]


def code_of(told: Invoice, *, scale: int = 1) -> str | None:
    """The transfer of what is open as a QR code; None where it isn't one of euros, or more than a code may hold."""
    if told.currency != "EUR" or not told.pay_to.iban or told.open_minor > MOST_IN_A_TRANSFER:
        return None
    transfer = transfer_of(told.pay_to, cents=told.open_minor, reference=told.payment_reference)
    return drawn(transfer, scale=scale) if len(transfer.encode()) <= MOST_BYTES else None


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


def drawn(transfer: str, *, scale: int = 1) -> str:
    """The code as SVG, a quiet zone around it; at level M, as EPC069-12 asks: some 15 % of it may be illegible."""
    code = segno.make_qr(transfer, error="m", boost_error=False, encoding="utf-8")
    svg = io.BytesIO()
    code.save(svg, kind="svg", border=4, scale=scale, xmldecl=False, light="white")
    return svg.getvalue().decode()
