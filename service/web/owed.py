"""The page on which a customer pays what they owe by no invoice: the bank took their payment back after it had been paid back. Opening it never acts."""

from functools import partial
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.billing.provider.cards import NothingOpen, begin_claim_attempt
from service.billing.provider.pay_links import card_home, claim_of_link, find_claim_to_pay
from service.billing.records.pay_links import ClaimToPay
from service.customers.customers import find_customer
from service.customers.records import Customer
from service.documents.paying import claim_rows
from service.identity.http.sessions import BY_PEER
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.refusals import Refusal
from service.kit.verbs import Work
from service.kit.words import marked
from service.settings import Settings
from service.web.guard import from_our_own_page
from service.web.languages import text
from service.web.pages import page
from service.web.pay import SAID, enter, leading_out, led_out

SAID_OF_CLAIMS: dict[type[Refusal], str] = {**SAID, NothingOpen: marked("Nothing is open of this any more.")}


class ShownClaim(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    customer: Customer
    now: ClaimToPay


@get("/owed/{token:str}", opt={"scope": None, "rate": BY_PEER}, include_in_schema=False)
async def show_claim_to_pay(token: FromPath[str], call: NamedDependency[Call[Any]]) -> Response[str]:
    """What is open of it, why, and how it is paid."""
    return await _show(call, claim_id=enter(call, claim_of_link(call.database.cursors, token)))


@post("/owed/{token:str}", opt={"scope": None, "rate": BY_PEER}, include_in_schema=False, status_code=200)
async def pay_claim(token: FromPath[str], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Begins to collect what is open and leads to the provider's page; whoever presses again ends the page before."""
    from_our_own_page(call.request)
    claim_id = enter(call, claim_of_link(call.database.cursors, token))
    return await led_out(call, begin_claim_attempt, {"claim_id": claim_id}, again=partial(_show, call, claim_id=claim_id))


async def _show(call: Call[Any], *, claim_id: UUID, refusal: Refusal | None = None) -> Response[str]:
    shown: ShownClaim = await call.ask(look_at_claim, claim_id=claim_id)
    settings: Settings = call.request.app.state.settings
    language = shown.customer.language
    return page(
        "owed.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        headers=leading_out(settings),
        organisation=shown.organisation,
        reference=shown.now.number,
        zone=shown.customer.zone,
        now=shown.now,
        cards=card_home(settings) is not None,
        account=claim_rows(shown.organisation, reference=shown.now.number, language=language) if shown.now.payable else [],
        problem=None if refusal is None else text(language, SAID_OF_CLAIMS[type(refusal)]),
    )


async def look_at_claim(work: Work, *, claim_id: UUID) -> ShownClaim:
    """What the page says, read in one snapshot."""
    now = await find_claim_to_pay(work, claim_id=claim_id)
    return ShownClaim(await find_organisation(work), await find_customer(work, customer_id=now.customer_id), now)


ROUTES: list[Any] = [show_claim_to_pay, pay_claim]
