"""Cash on pages: what an agent holds and hands in, and what the office counts, blind, by notes and coins."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.billing.cash.custody import read_cash_statement, report_cash_held
from service.billing.cash.differences import list_differences, list_latest_settlements
from service.billing.cash.hand_ins import accept_cash, find_hand_in_to_count, hand_in_cash, list_hand_ins, take_over_cash
from service.billing.cash.limits import find_room_for_cash
from service.billing.records.cash import Acceptance, Difference, HandIn, NewHandIn, SettledLately
from service.billing.records.custody import CashHeldReport, CashStatement, RoomForCash
from service.billing.records.refused_cash import RefusedCash
from service.billing.refused_cash import list_refused_cash
from service.documents.cash import read_cash_statement_sheet, read_hand_over_sheet
from service.documents.http import PDF, shown
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.money import MINOR_DIGITS
from service.kit.refusals import BY_CODE, InvalidDocument, NotFound, Refusal
from service.kit.verbs import Work
from service.web.cash_words import DIFFERENCE_REASONS, HAPPENINGS, WAYS
from service.web.forms import acted, converted, filled_in
from service.web.guard import from_our_own_page
from service.web.pages import page
from service.web.refusal_words import said_to_people
from service.web.words import said

MOST, LATELY = 200, 20
SPAN = timedelta(days=30)
NOTES = {
    "EUR": (50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1),
    "USD": (10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 25, 10, 5, 1),
    "GBP": (5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1),
    "CHF": (100_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5),
    "JPY": (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 1),
}
"""Notes and coins in use, in minor units, the largest first. Elsewhere 1, 2 and 5 of each power of ten are offered."""
ANYWHERE = tuple(lead * 10**power for power in range(6, -1, -1) for lead in (5, 2, 1))


class MyCash(msgspec.Struct, frozen=True):
    """Everything the agent's page says."""

    organisation: Organisation
    held: list[RoomForCash]
    waiting: list[HandIn]
    to_take_over: list[HandIn]
    differences: list[Difference]
    statements: list[CashStatement]
    hand_in_id: UUID
    """Made before the form is sent, so that a form sent twice is one hand-in."""


class OfficeCash(msgspec.Struct, frozen=True):
    """Everything the office's page says."""

    organisation: Organisation
    held: CashHeldReport
    waiting: list[HandIn]
    refused: list[RefusedCash]
    differences: list[Difference]
    settled: list[SettledLately]


class ToCount(msgspec.Struct, frozen=True):
    """A hand-in as whoever counts it sees it: without its count."""

    organisation: Organisation
    hand_in: HandIn


@get("/app/cash", opt={"scope": "cash:read"}, include_in_schema=False)
async def show_my_cash(call: NamedDependency[Call[Any]]) -> Response[str]:
    """What the agent holds and up to what, what waits to be counted, and what happened in the last thirty days."""
    return await _my_cash(call)


@post("/app/cash/hand-in", opt={"scope": "payments:cash"}, include_in_schema=False)
async def hand_cash_in(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Hands in what was counted by notes and coins."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def hand_in() -> None:
        document = _counted(form) | {"id": form.get("id")}
        if document["counted"]["amount"] == 0:
            raise InvalidDocument("Write how many there are of at least one note or coin.")
        await call.do(hand_in_cash, staff_id=call.principal.id, hand_in=converted(document, NewHandIn))

    return await acted(hand_in, to=lambda: "/app/cash", again=lambda refusal: _my_cash(call, refusal=refusal, form=form))


@get("/app/office/cash", opt={"scope": "cash:accept"}, include_in_schema=False)
async def show_office_cash(call: NamedDependency[Call[Any]]) -> Response[str]:
    """Who holds what, what waits to be counted, and which differences are open."""
    return await office_cash(call)


@get("/app/cash/{hand_in_id:uuid}", opt={"scope": "cash:read"}, include_in_schema=False)
async def show_count(hand_in_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[str]:
    """The form in which one hand-in is counted, blind."""
    return await _count(call, hand_in_id)


@post("/app/cash/{hand_in_id:uuid}", opt={"scope": "cash:read"}, include_in_schema=False)
async def count_cash(hand_in_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Accepts a hand-in as it was counted: into the office, or into one's own hands where it is for oneself."""
    from_our_own_page(call.request)
    form = await filled_in(call)
    to_count: ToCount = await call.ask(look_at_count, hand_in_id=hand_in_id)
    for_me = to_count.hand_in.to_staff_id == call.principal.id
    if not for_me and not call.principal.may("cash:accept"):
        raise NotFound

    async def accept() -> None:
        acceptance = converted(_counted(form) | {"reason": form.get("reason"), "note": form.get("note")}, Acceptance)
        if for_me:
            await call.do(take_over_cash, hand_in_id=hand_in_id, caller=call.principal.id, acceptance=acceptance)
        else:
            await call.do(accept_cash, hand_in_id=hand_in_id, acceptance=acceptance)

    return await acted(
        accept,
        to=lambda: "/app/cash" if for_me else "/app/office/cash",
        again=lambda refusal: _count(call, hand_in_id, refusal=refusal, form=form),
    )


@get("/app/cash/{hand_in_id:uuid}/paper", opt={"scope": "cash:read"}, include_in_schema=False, media_type=PDF)
async def show_hand_over(hand_in_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[bytes]:
    """The hand-over on paper."""
    return await shown(await call.ask(read_hand_over_sheet, hand_in_id=hand_in_id), "hand-over")


@get("/app/cash/statement/{currency:str}", opt={"scope": "cash:read"}, include_in_schema=False, media_type=PDF)
async def show_my_statement(currency: FromPath[str], call: NamedDependency[Call[Any]]) -> Response[bytes]:
    """One's own statement of the last thirty days on paper."""
    if currency not in MINOR_DIGITS:
        raise NotFound
    asked = {"staff_id": call.principal.id, "currency": currency, "from_at": None, "until_at": None}
    return await shown(await call.ask(read_cash_statement_sheet, **asked), "cash-statement")


async def _my_cash(call: Call[Any], *, refusal: Refusal | None = None, form: dict[str, str] | None = None) -> Response[str]:
    told: MyCash = await call.ask(look_at_my_cash)
    return _page("cash.html", told.organisation, refusal, shown=told, me=call.principal.id, form=form or {}, notes=notes)


async def office_cash(call: Call[Any], *, refusal: Refusal | None = None) -> Response[str]:
    """The office's page of cash."""
    told: OfficeCash = await call.ask(look_at_office_cash)
    return _page(
        "office_cash.html",
        told.organisation,
        refusal,
        shown=told,
        settles=call.principal.may("cash:settle"),
        me=call.principal.id,
        why={
            one.code: said_to_people(BY_CODE[one.code](), language=told.organisation.language)[0]
            for one in told.refused
            if one.code in BY_CODE
        },
    )


async def _count(call: Call[Any], hand_in_id: UUID, *, refusal: Refusal | None = None, form: dict[str, str] | None = None) -> Response[str]:
    told: ToCount = await call.ask(look_at_count, hand_in_id=hand_in_id)
    differs = refusal is not None and refusal.code in {"DIFFERENCE_UNEXPLAINED", "REASON_DOES_NOT_FIT"}
    return _page(
        "cash_count.html",
        told.organisation,
        refusal,
        hand_in=told.hand_in,
        form=form or {},
        notes=notes,
        differs=differs,
        me=call.principal.id,
    )


def _page(name: str, organisation: Organisation, refusal: Refusal | None, **values: Any) -> Response[str]:
    language = organisation.language
    return page(
        name,
        language=language,
        status=200 if refusal is None else refusal.status,
        organisation=organisation,
        refused=None if refusal is None else said_to_people(refusal, language=language),
        reasons=said(DIFFERENCE_REASONS, language),
        happenings=said(HAPPENINGS, language),
        ways=said(WAYS, language),
        reference=None,
        **values,
    )


async def look_at_my_cash(work: Work) -> MyCash:
    """What the one who asks holds, handed in and answers for, in one snapshot."""
    me = work.principal.id
    held = await find_room_for_cash(work)
    waiting = (await list_hand_ins(work, mine=True, waiting=True, limit=MOST, cursor=None)).items
    return MyCash(
        organisation=await find_organisation(work),
        held=held,
        waiting=[one for one in waiting if one.staff_id == me],
        to_take_over=[one for one in waiting if one.to_staff_id == me],
        differences=[
            one for one in (await list_differences(work, settled=False, staff_id=me, limit=MOST, cursor=None)).items if one.staff_id == me
        ],
        statements=[
            await read_cash_statement(work, staff_id=me, currency=one.currency, from_at=work.at - SPAN, until_at=None) for one in held
        ],
        hand_in_id=work.new_id(),
    )


async def look_at_office_cash(work: Work) -> OfficeCash:
    """Who holds what, what is to be counted and what is open, in one snapshot."""
    waiting = await list_hand_ins(work, waiting=True, limit=MOST, cursor=None)
    differences = await list_differences(work, settled=False, staff_id=None, limit=MOST, cursor=None)
    return OfficeCash(
        await find_organisation(work),
        await report_cash_held(work, until=None),
        [one for one in waiting.items if one.to_staff_id is None],
        (await list_refused_cash(work, settled=False, limit=MOST, cursor=None)).items,
        list(differences.items),
        await list_latest_settlements(work, limit=LATELY),
    )


async def look_at_count(work: Work, *, hand_in_id: UUID) -> ToCount:
    """One hand-in that waits to be counted by whoever asks; raises NotFound."""
    return ToCount(await find_organisation(work), await find_hand_in_to_count(work, hand_in_id=hand_in_id))


def notes(currency: str) -> tuple[int, ...]:
    """What is counted in a currency, the largest first."""
    return NOTES.get(currency, ANYWHERE)


def _counted(form: dict[str, str]) -> dict[str, Any]:
    """What was counted by notes and coins, as the rules read it; raises InvalidDocument."""
    currency, pieces = form.get("currency", ""), list[dict[str, int]]()
    for value in notes(currency):
        number = form.get(f"n{value}", "0").strip()
        if not (number.isascii() and number.isdigit() and len(number) <= 6):
            raise InvalidDocument("Write how many there are as whole numbers.")
        if int(number):
            pieces.append({"value": value, "number": int(number)})
    amount = sum(one["value"] * one["number"] for one in pieces)
    return {"counted": {"amount": amount, "currency": currency}, "pieces": pieces}


ROUTES: list[Any] = [
    show_my_cash, hand_cash_in, show_office_cash, show_count, count_cash, show_hand_over, show_my_statement,
]  # fmt: skip
