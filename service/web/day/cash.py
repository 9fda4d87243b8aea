"""Cash at the door: what was typed as minor units, and the question that more than what is open raises."""

import re
from fractions import Fraction
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response

from service.billing.invoices import find_invoice
from service.billing.payments import list_payments_at_visit, read_customer_account
from service.billing.records.payments import NewCash
from service.dispatch.visits import find_visit
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.money import MINOR_DIGITS
from service.kit.refusals import InvalidDocument
from service.kit.verbs import Work
from service.web.pages import page

_AMOUNT = re.compile(r"[0-9]{1,12}([.,][0-9]{1,4})?", re.ASCII)


class Beyond(msgspec.Struct, frozen=True):
    """An amount above what is open on the invoice that it was typed for."""

    organisation: Organisation
    number: str
    open_minor: int


def minor_of(text: str, currency: str) -> int:
    """Minor units of an amount as people type it, with a point or a comma; raises InvalidDocument."""
    if not _AMOUNT.fullmatch(text) or currency not in MINOR_DIGITS:
        raise InvalidDocument("Write the amount as a number: 49.90 or 49,90")
    amount = Fraction(text.replace(",", ".")) * Fraction(10) ** MINOR_DIGITS[currency]
    if amount.denominator != 1:
        raise InvalidDocument(f"{currency} has {MINOR_DIGITS[currency]} digits after the point.")
    return int(amount)


async def question_about(call: Call[Any], *, visit_id: UUID, cash: NewCash) -> Response[str] | None:
    """The page that asks whether this much was really taken; None where no more than what is open was."""
    beyond: Beyond | None = await call.ask(look_beyond, visit_id=visit_id, cash=cash)
    if beyond is None:
        return None
    return page(
        "cash_asked.html",
        language=beyond.organisation.language,
        organisation=beyond.organisation,
        beyond=beyond,
        cash=cash,
        visit_id=visit_id,
        reference=str(visit_id)[-12:],
    )


async def look_beyond(work: Work, *, visit_id: UUID, cash: NewCash) -> Beyond | None:
    """How far an amount goes beyond its invoice; None where it doesn't, or where it was recorded already: a form sent twice asks nothing."""
    if cash.invoice_id is None:
        return None
    customer_id = (await find_visit(work, visit_id=visit_id)).customer_id
    if cash.id in {payment.id for payment in await list_payments_at_visit(work, customer_id=customer_id, visit_id=visit_id)}:
        return None
    invoice = await find_invoice(work, invoice_id=cash.invoice_id)
    account = await read_customer_account(work, customer_id=customer_id)
    open_minor = next((one.open_minor for one in account.open_invoices if one.invoice_id == cash.invoice_id), 0)
    if cash.amount.amount <= open_minor or invoice.currency != cash.amount.currency:
        return None
    return Beyond(await find_organisation(work), invoice.number, open_minor)
