"""Money that waits for a person: disputes, what came and isn't applied, what was paid twice, refunds on their way, work that gave up, and where the network does otherwise."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from service.billing.bank.candidates import find_invoice_numbered
from service.billing.hearing.events import drive_event_by_id
from service.billing.http.cards import desk_of
from service.billing.money_lists import list_all_refunds
from service.billing.provider.cards import drive_parked_again
from service.billing.provider.events import WHY, list_unapplied, payment_of_intent
from service.billing.provider.parked import give_back_parked
from service.billing.records.cards import DriveAgain
from service.billing.records.events import PaymentOfIntent, Unapplied
from service.billing.records.money_lists import RefundLine
from service.billing.records.refunds import DoublePayment
from service.billing.refunds import cancel_refund, list_double_payments, refund_double_payment
from service.billing.refusals import PayerUnclear
from service.customers.customers import list_customers
from service.evidence.answers import answer_dispute, list_undecided
from service.evidence.records.disputes import AnswerState, DisputeAnswer, NewDisputeAnswer
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.paging import MOST, Page
from service.kit.refusals import Refusal
from service.kit.tasks.leases import drive_again, list_dead_tasks
from service.kit.tasks.records import DeadTask
from service.kit.verbs import Work
from service.kit.words import marked
from service.subscriptions.provisioning import list_network_differences, order_by_hand
from service.subscriptions.records.network import DifferencesPage
from service.web.forms import acted, filled_in
from service.web.guard import from_our_own_page
from service.web.money_words import MONEY_TASKS, NETWORK_DIFFERENCES, REFUND_WAYS
from service.web.pages import page
from service.web.refusal_words import said_to_people

SOON = timedelta(days=3)
"""How near its last moment a dispute is marked."""
ANSWERS: dict[AnswerState, str] = {
    "none": marked("not answered"),
    "asked": marked("the evidence is on its way"),
    "submitted": marked("the bank has the evidence"),
    "by_others": marked("somebody answered in the provider’s own pages"),
    "too_late": marked("it was too late for evidence"),
}


LONGEST_NAME = 200


class MoneyShown(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    disputes: Page[DisputeAnswer]
    unapplied: Page[Unapplied]
    doubles: Page[DoublePayment]
    refunds: Page[RefundLine]
    """On their way."""
    stuck: Page[DeadTask] | None
    """None for who may not read tasks."""
    network: DifferencesPage | None
    """None for who may not read subscriptions."""
    named: PaymentOfIntent | None
    """Where the payment is that somebody asks about."""


@get("/app/money", opt={"scope": "ledger:read"}, include_in_schema=False)
async def show_money(call: NamedDependency[Call[Any]], intent: FromQuery[str] = "", disputes_after: FromQuery[str] = "") -> Response[str]:
    """All money that waits for somebody, the nearest deadline first; with `intent`, why the payment that the provider calls so isn't applied."""
    return await money_page(call, intent=intent.replace("\0", " ").strip()[:LONGEST_NAME], disputes_after=disputes_after)


@post("/app/money/disputes/{dispute_id:uuid}", opt={"scope": "disputes:answer"}, include_in_schema=False)
async def answer_at_office(dispute_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Sends the proof of the disputed invoice's matter."""
    from_our_own_page(call.request)

    async def act() -> None:
        await call.do(answer_dispute, dispute_id=dispute_id, answer=NewDisputeAnswer())

    return await acted(act, to=lambda: "/app/money#disputes", again=lambda refusal: money_page(call, refusal))


@post("/app/money/double-payments/{payment_id:uuid}", opt={"scope": "refunds:write"}, include_in_schema=False)
async def refund_at_office(payment_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Sends back to the card what was paid twice."""
    from_our_own_page(call.request)

    async def act() -> None:
        await call.do(refund_double_payment, payment_id=payment_id)

    return await acted(act, to=lambda: "/app/money#double", again=lambda refusal: money_page(call, refusal))


@post("/app/money/refunds/{refund_id:uuid}", opt={"scope": "refunds:write"}, include_in_schema=False)
async def cancel_at_office(refund_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Calls off a refund that won't be paid."""
    from_our_own_page(call.request)
    return await acted(
        lambda: call.do(cancel_refund, refund_id=refund_id),
        to=lambda: "/app/money#refunds",
        again=lambda refusal: money_page(call, refusal),
    )


@post("/app/money/parked/{parked_id:uuid}", opt={"scope": "payments:correct"}, include_in_schema=False)
async def place_at_office(parked_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Applies parked money to the invoice or the account that was named; or gives back to its card what of it isn't owed."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def act() -> None:
        whose: DriveAgain = await call.ask(find_whose, named=form.get("whose", ""))
        if form.get("act") == "refund":
            if whose.customer_id is None or not call.principal.may("refunds:write"):
                raise PayerUnclear
            await give_back_parked(desk_of(call), parked_id=parked_id, customer_id=whose.customer_id)
        else:
            placed = DriveAgain(invoice_id=whose.invoice_id) if whose.invoice_id else whose
            await call.do(drive_parked_again, parked_id=parked_id, whose=placed)

    return await acted(act, to=lambda: "/app/money#unapplied", again=lambda refusal: money_page(call, refusal))


@post("/app/money/events/{event_id:str}", opt={"scope": "payments:correct"}, include_in_schema=False)
async def drive_at_office(event_id: FromPath[str], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Tries again what the provider told of something that wasn't here."""
    from_our_own_page(call.request)
    return await acted(
        lambda: drive_event_by_id(desk_of(call), event_id=event_id),
        to=lambda: "/app/money#unapplied",
        again=lambda refusal: money_page(call, refusal),
    )


@post("/app/money/tasks/{task_id:uuid}", opt={"scope": "tasks:write"}, include_in_schema=False)
async def drive_task_at_office(task_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Has work that gave up tried again, with all its attempts."""
    from_our_own_page(call.request)
    return await acted(
        lambda: call.do(drive_again, task_id=task_id),
        to=lambda: "/app/money#stuck",
        again=lambda refusal: money_page(call, refusal),
    )


@post("/app/money/network/{subscription_id:uuid}", opt={"scope": "subscriptions:write"}, include_in_schema=False)
async def order_at_office(subscription_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Orders anew at once what the network should do."""
    from_our_own_page(call.request)
    return await acted(
        lambda: call.do(order_by_hand, subscription_id=subscription_id),
        to=lambda: "/app/money#network",
        again=lambda refusal: money_page(call, refusal),
    )


async def find_whose(work: Work, *, named: str) -> DriveAgain:
    """The invoice with that number and its customer, or the one customer of that reference or name; raises PayerUnclear."""
    text = " ".join(named.replace("\0", " ").split())[:LONGEST_NAME]
    if not text:
        raise PayerUnclear
    invoice = await find_invoice_numbered(work, number=text)
    if invoice is not None:
        return DriveAgain(invoice_id=invoice.invoice_id, customer_id=invoice.customer_id)
    for by in ({"name": None, "reference": text}, {"name": text, "reference": None}):
        found = (await list_customers(work, **by, limit=MOST, cursor=None)).items
        called_so = [one for one in found if text.lower() in (one.name.lower(), (one.reference or "").lower())] or found
        if len(called_so) == 1:
            return DriveAgain(customer_id=called_so[0].id)
    raise PayerUnclear


async def look_at_money(work: Work, *, intent: str, disputes_after: str) -> MoneyShown:
    """What waits, in one snapshot; of what came unapplied only `intent`, if one is asked about."""
    may = work.principal.may
    return MoneyShown(
        organisation=await find_organisation(work),
        disputes=await list_undecided(work, limit=MOST, cursor=disputes_after or None),
        unapplied=await list_unapplied(work, intent_id=intent or None, limit=MOST, cursor=None),
        doubles=await list_double_payments(work, limit=MOST, cursor=None),
        refunds=await list_all_refunds(work, from_on=None, until_on=None, state="proposed", limit=MOST, cursor=None),
        stuck=await list_dead_tasks(work, kinds=MONEY_TASKS, limit=MOST, cursor=None) if may("tasks:read") else None,
        network=await list_network_differences(work, limit=MOST, cursor=None) if may("subscriptions:read") else None,
        named=await payment_of_intent(work, intent_id=intent) if intent else None,
    )


async def money_page(call: Call[Any], refusal: Refusal | None = None, intent: str = "", disputes_after: str = "") -> Response[str]:
    shown: MoneyShown = await call.ask(look_at_money, intent=intent, disputes_after=disputes_after)
    return page(
        "money.html",
        language=shown.organisation.language,
        organisation=shown.organisation,
        shown=shown,
        soon=call.at + SOON,
        answers=ANSWERS,
        why=WHY,
        refused=said_to_people(refusal, language=shown.organisation.language) if refusal else None,
        may_answer=call.principal.may("disputes:answer"),
        may_refund=call.principal.may("refunds:write"),
        may_place=call.principal.may("payments:correct"),
        may_drive=call.principal.may("tasks:write"),
        may_order=call.principal.may("subscriptions:write"),
        works=MONEY_TASKS,
        differences=NETWORK_DIFFERENCES,
        refund_ways=REFUND_WAYS,
        intent=intent,
        reference=None,
        status=refusal.status if refusal else 200,
    )


ROUTES: list[Any] = [
    show_money, answer_at_office, refund_at_office, cancel_at_office, place_at_office, drive_at_office, drive_task_at_office, order_at_office,
]  # fmt: skip
