"""Where the payment provider sends a customer back to: whether it is paid, on its way, or not."""

from contextlib import suppress
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.billing.http.cards import desk_of
from service.billing.provider.cards import CardRefused, CardsNotSetUp, ProviderSilent, find_attempt
from service.billing.provider.checkout import attempt_of_return, number_collected
from service.billing.provider.collecting import refresh_attempt
from service.billing.records.cards import AttemptState
from service.customers.customers import find_customer
from service.identity.http.sessions import BY_PEER
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.principals import Principal
from service.kit.tasks.registry import WORKER
from service.kit.verbs import Work
from service.kit.words import marked
from service.web.languages import text
from service.web.pages import page

_NOT_YET = (marked("Not paid yet"), marked("Nothing was paid. Open your payment link again whenever you like."))
STANDS: dict[AttemptState, tuple[str, str]] = {
    "begun": _NOT_YET,
    "open": _NOT_YET,
    "processing": (marked("On its way"), marked("Your bank has yet to confirm this payment. That may take some days; you need do nothing.")),
    "closed": (marked("Not paid by this link"), marked("This payment link is over and nothing came by it. If something is still open, ask us for a fresh one.")),
    "succeeded": (marked("Paid"), marked("Thank you: your payment has arrived.")),
}  # fmt: skip
"""What a customer is told by how the attempt stands."""


class Returned(msgspec.Struct, frozen=True):
    """What the return page says."""

    organisation: Organisation
    number: str
    language: str
    state: AttemptState


@get("/paid/{token:str}", opt={"scope": None, "rate": BY_PEER}, include_in_schema=False)
async def show_return(token: FromPath[str], call: NamedDependency[Call[Any]]) -> Response[str]:
    """Asks the provider how it stands, takes that in as a webhook would have told it, and tells the customer; if it is silent, what we know."""
    organisation_id, attempt_id = attempt_of_return(call.database.cursors, token)
    call.principal = Principal(organisation_id=organisation_id, kind="system", id=WORKER)
    with suppress(CardRefused, CardsNotSetUp, ProviderSilent):
        await refresh_attempt(desk_of(call), attempt_id=attempt_id)
    told = await call.ask(look, attempt_id=attempt_id)
    heading, sentence = STANDS[told.state]
    return page(
        "message.html",
        language=told.language,
        organisation=told.organisation,
        reference=told.number,
        heading=text(told.language, heading),
        sentence=text(told.language, sentence),
        back=None,
    )


async def look(work: Work, *, attempt_id: UUID) -> Returned:
    """What the page says, read in one snapshot."""
    attempt = await find_attempt(work, attempt_id=attempt_id)
    number = await number_collected(work, invoice_id=attempt.invoice_id, claim_id=attempt.claim_id)
    customer = await find_customer(work, customer_id=attempt.customer_id)
    return Returned(await find_organisation(work), number, customer.language, attempt.state)


ROUTES: list[Any] = [show_return]
