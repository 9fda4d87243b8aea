"""One customer as staff see them: how things stand, then everything that happened, newest first. Reading only."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from service.authorisations.questions import list_questions
from service.authorisations.records import Question
from service.billing.payments import read_customer_account
from service.billing.records.payments import CustomerAccount
from service.care.records import Entry
from service.care.timeline import list_timeline
from service.customers.customers import find_customer
from service.customers.records import Customer
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.paging import Page
from service.kit.verbs import Work
from service.promises.promises import list_promises
from service.promises.records import Promise
from service.subscriptions.records import Subscription
from service.subscriptions.subscriptions import list_subscriptions
from service.web.pages import page
from service.web.words import sentence_of

ENTRIES = 50


class Shown(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    customer: Customer
    subscriptions: list[Subscription]
    account: CustomerAccount
    promises: list[Promise]
    timeline: Page[Entry]
    questions: list[Question]


@get("/app/customers/{customer_id:uuid}", opt={"scope": "timeline:read"}, include_in_schema=False)
async def show_timeline(
    customer_id: FromPath[UUID], call: NamedDependency[Call[Any]], cursor: FromQuery[str | None] = None
) -> Response[str]:
    """The page of one customer."""
    shown: Shown = await call.ask(look, customer_id=customer_id, cursor=cursor)
    language = shown.organisation.language
    entries = [(entry, sentence_of(entry, language=language)) for entry in shown.timeline.items]
    return page(
        "timeline.html",
        language=language,
        organisation=shown.organisation,
        shown=shown,
        entries=entries,
        reference=shown.customer.reference,
    )


async def look(work: Work, *, customer_id: UUID, cursor: str | None) -> Shown:
    """What the page shows, read in one snapshot."""
    return Shown(
        organisation=await find_organisation(work),
        customer=await find_customer(work, customer_id=customer_id),
        subscriptions=(
            await list_subscriptions(work, customer_id=customer_id, state=None, reference=None, limit=ENTRIES, cursor=None)
        ).items,
        account=await read_customer_account(work, customer_id=customer_id),
        promises=(await list_promises(work, open_only=True, customer_id=customer_id, subject_id=None, limit=ENTRIES, cursor=None)).items,
        questions=(await list_questions(work, customer_id=customer_id, limit=10, cursor=None)).items,
        timeline=await list_timeline(work, customer_id=customer_id, limit=ENTRIES, cursor=cursor),
    )


ROUTES: list[Any] = [show_timeline]
