"""The page on which a customer pays an invoice: what is open of it now, by card where cards are set up, and by transfer. Opening it never acts."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec.structs import replace

from service.billing.http.cards import desk_of, is_live
from service.billing.provider.cards import AttemptRunning, CardRefused, CardsNotSetUp, NothingOpen, ProviderSilent, begin_card_attempt
from service.billing.provider.collecting import open_at_provider
from service.billing.provider.pay_links import card_home, find_invoice_to_pay, invoice_of_link
from service.billing.records.pay_links import InvoiceToPay
from service.billing.refusals import InvoiceWrittenOff
from service.documents.invoices import read_told_invoice
from service.documents.paying import account_rows, code_of
from service.documents.records import Invoice
from service.identity.http.sessions import BY_PEER
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.principals import Principal
from service.kit.refusals import Refusal
from service.kit.tasks.registry import WORKER
from service.kit.verbs import Work
from service.kit.words import marked
from service.settings import Settings
from service.web.guard import from_our_own_page
from service.web.languages import text
from service.web.pages import HEADERS, page

DRAWN = 4
"""Pixels a module of the code has on a screen."""
SAID: dict[type[Refusal], str] = {
    NothingOpen: marked("Nothing is open of this invoice any more."),
    InvoiceWrittenOff: marked("This invoice can't be paid here. Please call us."),
    AttemptRunning: marked("A payment was begun at the same moment. Please look whether something is still open."),
    CardRefused: marked("The payment provider refused it. Please try again, or call us."),
    CardsNotSetUp: marked("Cards can't be taken here. Please pay by transfer, or call us."),
    ProviderSilent: marked("The payment provider gives no answer. Please try again in a minute."),
}


class ShownInvoice(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    told: Invoice
    now: InvoiceToPay


@get("/pay/{token:str}", opt={"scope": None, "rate": BY_PEER}, include_in_schema=False)
async def show_invoice_to_pay(token: FromPath[str], call: NamedDependency[Call[Any]]) -> Response[str]:
    """What is open of the invoice, and how it is paid."""
    return await _show(call, invoice_id=enter(call, invoice_of_link(call.database.cursors, token)))


@post("/pay/{token:str}", opt={"scope": None, "rate": BY_PEER}, include_in_schema=False, status_code=200)
async def pay_invoice(token: FromPath[str], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Begins to collect what is open and leads to the provider's page; whoever presses again ends the page before."""
    from_our_own_page(call.request)
    invoice_id = enter(call, invoice_of_link(call.database.cursors, token))
    now: InvoiceToPay = await call.ask(find_invoice_to_pay, invoice_id=invoice_id)
    if now.being_collected:
        return await _show(call, invoice_id=invoice_id)
    values = {"invoice_id": invoice_id, "attempt_id": None, "way": "checkout"}
    return await led_out(call, begin_card_attempt, values, again=partial(_show, call, invoice_id=invoice_id))


def enter(call: Call[Any], ids: tuple[UUID, UUID]) -> UUID:
    """What the link is of; from here on the request is in its organisation."""
    organisation_id, subject_id = ids
    call.principal = Principal(organisation_id=organisation_id, kind="system", id=WORKER)
    return subject_id


async def led_out(call: Call[Any], begin: Any, values: dict[str, Any], *, again: Callable[..., Awaitable[Response[str]]]) -> Response[Any]:
    """To the provider's page of a try that is begun now, or the page again with what was said no to."""
    desk = desk_of(call)
    try:
        desk.require_provider()
        begun = await call.do(begin, livemode=is_live(call), **values)
        opened = await open_at_provider(desk, begun=begun, home=call.request.app.state.settings.public_url)
    except tuple(SAID) as refusal:
        return await again(refusal=refusal)
    if opened.pay_url is None:  # another press has ended it meanwhile
        return await again(refusal=AttemptRunning())
    return Redirect(opened.pay_url, status_code=303)


async def _show(call: Call[Any], *, invoice_id: UUID, refusal: Refusal | None = None) -> Response[str]:
    shown: ShownInvoice = await call.ask(look_at_invoice, invoice_id=invoice_id)
    settings: Settings = call.request.app.state.settings
    language, asks = shown.told.language, shown.now.payable
    return page(
        "pay.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        headers=leading_out(settings),
        organisation=shown.organisation,
        reference=shown.told.number,
        told=shown.told,
        now=shown.now,
        lines=f"/pay/{call.request.path_params['token']}/lines",
        cards=card_home(settings) is not None,
        account=account_rows(shown.told) if asks else [],
        code=code_of(replace(shown.told, open_minor=shown.now.asked_minor), scale=DRAWN) if asks else None,
        problem=None if refusal is None else text(language, SAID[type(refusal)]),
    )


def leading_out(settings: Settings) -> dict[str, str]:
    """A browser follows a form's redirect only where the page allows it: the provider's page may have an address of the company's own."""
    policy = HEADERS["Content-Security-Policy"].replace(
        "form-action 'self'", f"form-action 'self' https: {settings.stripe_api_base}".rstrip()
    )
    return {"Content-Security-Policy": policy}


async def look_at_invoice(work: Work, *, invoice_id: UUID) -> ShownInvoice:
    """What the page says, read in one snapshot."""
    now = await find_invoice_to_pay(work, invoice_id=invoice_id)
    return ShownInvoice(await find_organisation(work), await read_told_invoice(work, invoice_id=invoice_id), now)


ROUTES: list[Any] = [show_invoice_to_pay, pay_invoice]
