"""Money that waits for a person: disputes before their evidence is due, what came and isn't applied, and what was paid twice."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.billing.provider.events import WHY, list_unapplied
from service.billing.records.events import Unapplied
from service.billing.records.refunds import DoublePayment
from service.billing.refunds import list_double_payments, refund_double_payment
from service.evidence.answers import answer_dispute, list_undecided
from service.evidence.records.disputes import AnswerState, DisputeAnswer, NewDisputeAnswer
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.paging import MOST, Page
from service.kit.refusals import Refusal
from service.kit.verbs import Work
from service.kit.words import marked
from service.web.forms import acted
from service.web.guard import from_our_own_page
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


class MoneyShown(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    disputes: list[DisputeAnswer]
    unapplied: Page[Unapplied]
    doubles: Page[DoublePayment]


@get("/app/money", opt={"scope": "ledger:read"}, include_in_schema=False)
async def show_money(call: NamedDependency[Call[Any]]) -> Response[str]:
    """All money that waits for somebody, the nearest deadline first."""
    return await _money_page(call)


@post("/app/money/disputes/{dispute_id:uuid}", opt={"scope": "disputes:answer"}, include_in_schema=False)
async def answer_at_office(dispute_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Sends the proof of the disputed invoice's matter."""
    from_our_own_page(call.request)

    async def act() -> None:
        await call.do(answer_dispute, dispute_id=dispute_id, answer=NewDisputeAnswer())

    return await acted(act, to=lambda: "/app/money#disputes", again=lambda refusal: _money_page(call, refusal))


@post("/app/money/double-payments/{payment_id:uuid}", opt={"scope": "refunds:write"}, include_in_schema=False)
async def refund_at_office(payment_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Sends back to the card what was paid twice."""
    from_our_own_page(call.request)

    async def act() -> None:
        await call.do(refund_double_payment, payment_id=payment_id)

    return await acted(act, to=lambda: "/app/money#double", again=lambda refusal: _money_page(call, refusal))


async def look_at_money(work: Work) -> MoneyShown:
    """What waits, in one snapshot."""
    return MoneyShown(
        organisation=await find_organisation(work),
        disputes=await list_undecided(work),
        unapplied=await list_unapplied(work, intent_id=None, limit=MOST, cursor=None),
        doubles=await list_double_payments(work, limit=MOST, cursor=None),
    )


async def _money_page(call: Call[Any], refusal: Refusal | None = None) -> Response[str]:
    shown: MoneyShown = await call.ask(look_at_money)
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
        reference=None,
        status=refusal.status if refusal else 200,
    )


ROUTES: list[Any] = [show_money, answer_at_office, refund_at_office]
