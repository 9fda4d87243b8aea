"""The customer's page of what they are charged by: their word, their saved card or account, what is charged next, and their way back to confirm. Opening it never acts."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from service.billing.http.cards import desk_of, is_live
from service.billing.provider.cards import CardRefused, CardsNotSetUp, ProviderSilent
from service.billing.records.saved_methods import Charge, FailedCharge, PlannedCharge, SavedMethod
from service.billing.saved.charges import failed_charges, find_told_charge, list_planned_charges
from service.billing.saved.desk import confirm_with_customer, look_at_charge, look_at_pages, open_page
from service.billing.saved.methods import ConsentChanged, agree_to_charges, end_method, list_saved_methods, words_to_agree
from service.care.portal import require_say
from service.customers.customers import find_customer
from service.customers.records import Customer
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.paging import MOST
from service.kit.refusals import InvalidDocument, NotFound, Refusal
from service.kit.verbs import Work
from service.kit.words import marked
from service.web.forms import id_in
from service.web.guard import from_our_own_page
from service.web.languages import text
from service.web.pages import page
from service.web.portal import customer_of, way_home

SAID: dict[type[Refusal], str] = {
    ConsentChanged: marked("The words have changed meanwhile. Nothing was recorded; please read them again."),
    CardRefused: marked("The payment provider refused it. Please try again, or call us."),
    CardsNotSetUp: marked("Cards can't be saved here yet. Please call us."),
    ProviderSilent: marked("The payment provider gives no answer. Please try again in a minute."),
}
WHY: dict[str, str] = {
    "again": marked("The bank refused it for now; it may be tried again."),
    "ask_customer": marked("Your bank wants you to confirm it."),
    "never": marked("The bank refuses this card or account. Please save another."),
}


class ShownMethod(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    customer: Customer
    words: str
    methods: list[SavedMethod]
    planned: list[PlannedCharge]
    failed: list[FailedCharge]


@get("/l/{token:str}/card", opt={"scope": "portal:read"}, include_in_schema=False)
async def show_method(call: NamedDependency[Call[Any]]) -> Response[str]:
    """How the customer is charged, and by what."""
    await call.ask(require_say)
    return await _show(call)


@get("/l/{token:str}/card/back", opt={"scope": "portal:read"}, include_in_schema=False)
async def come_back(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Takes in what the provider says after the customer was there, as a webhook would have told it, then shows the page."""
    await call.ask(require_say)
    desk = desk_of(call)
    try:
        await look_at_pages(desk, customer_id=customer_of(call))
        for charge in await call.ask(failed_charges, customer_id=customer_of(call)):
            if charge.verdict == "ask_customer":
                await look_at_charge(desk, attempt_id=charge.id)
    except (CardRefused, CardsNotSetUp, ProviderSilent) as refusal:
        return await _show(call, refusal=refusal)
    return Redirect(_here(call), status_code=303)


@post("/l/{token:str}/card", opt={"scope": "portal:act"}, include_in_schema=False, status_code=200)
async def act_on_method(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """The customer agrees and goes on to the provider's page, confirms a charge with their bank, or takes their word back."""
    from_our_own_page(call.request)
    await call.ask(require_say)
    form = {str(name): str(value) for name, value in (await call.request.form()).items()}
    try:
        onward = await _act(call, form)
    except tuple(SAID) as refusal:
        return await _show(call, refusal=refusal)
    return Redirect(_here(call), status_code=303) if onward is None else await _show(call, onward=onward)


async def _act(call: Call[Any], form: dict[str, str]) -> str | None:
    """Where the customer goes on, if it is elsewhere."""
    customer_id, desk = customer_of(call), desk_of(call)
    back_url = f"{call.request.app.state.settings.public_url}{_here(call)}/back"
    if form.get("do") == "agree":
        desk.require_provider()
        given = await call.do(agree_to_charges, customer_id=customer_id, words=form.get("words", ""), livemode=is_live(call))
        customer: Customer = await call.ask(find_customer, customer_id=customer_id)
        return await open_page(desk, consent_id=given.consent_id, back_url=back_url, language=customer.language)
    if form.get("do") == "withdraw":
        await call.do(end_method, method_id=id_in(form.get("id")), end="withdrawn", customer_id=customer_id)
        return None
    if form.get("do") == "confirm":
        charge: Charge = await call.ask(find_told_charge, attempt_id=id_in(form.get("id")))
        if charge.customer_id != customer_id:
            raise NotFound
        return await confirm_with_customer(desk, attempt_id=charge.id, back_url=back_url)
    raise InvalidDocument


def _here(call: Call[Any]) -> str:
    return f"/l/{call.request.path_params['token']}/card"


async def _show(call: Call[Any], *, refusal: Refusal | None = None, onward: str | None = None) -> Response[str]:
    shown: ShownMethod = await call.ask(look_at_method, customer_id=customer_of(call))
    language = shown.customer.language
    return page(
        "saved_method.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        organisation=shown.organisation,
        shown=shown,
        problem=None if refusal is None else text(language, SAID[type(refusal)]),
        onward=onward,
        why=WHY,
        home=way_home(call),
        reference=shown.customer.quote,
    )


async def look_at_method(work: Work, *, customer_id: UUID) -> ShownMethod:
    """What the page shows, read in one snapshot."""
    methods = (await list_saved_methods(work, customer_id=customer_id, limit=MOST, cursor=None)).items
    return ShownMethod(
        organisation=await find_organisation(work),
        customer=await find_customer(work, customer_id=customer_id),
        words=(await words_to_agree(work, customer_id=customer_id))[0],
        methods=[one for one in methods if one.state in {"saved", "renewed"}],
        planned=(await list_planned_charges(work, customer_id=customer_id)).items,
        failed=await failed_charges(work, customer_id=customer_id),
    )


ROUTES: list[Any] = [show_method, come_back, act_on_method]
