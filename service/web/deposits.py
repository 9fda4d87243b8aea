"""Cash between the office and the bank on a page, and how much anybody may hold: what lies in the office, what is on its way, and what has arrived."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.billing.cash.deposits import bank_cash, confirm_deposit, list_cash_in_office, list_deposits
from service.billing.cash.limits import list_cash_limits, set_cash_limit
from service.billing.records.custody import CashLimit, NewCashLimit
from service.billing.records.deposits import Deposit, DepositArrived, InOffice, NewDeposit
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.refusals import InvalidDocument, NotFound, Refusal
from service.kit.verbs import Work
from service.web.cash_words import DIFFERENCE_REASONS
from service.web.day.cash import minor_of
from service.web.forms import acted, converted
from service.web.guard import from_our_own_page
from service.web.pages import page
from service.web.refusal_words import said_to_people
from service.web.words import said

MOST = 200


class CashAtBank(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    in_office: list[InOffice]
    on_its_way: list[Deposit]
    limits: list[CashLimit]
    deposit_id: UUID
    """Made before the form is sent, so that a form sent twice is one deposit."""


@get("/app/office/deposits", opt={"scope": "cash:accept"}, include_in_schema=False)
async def show_deposits(call: NamedDependency[Call[Any]]) -> Response[str]:
    """What of the accepted cash lies in the office, what is on its way to the bank, and the limits in force."""
    return await _shown(call)


@post("/app/office/deposits", opt={"scope": "cash:accept"}, include_in_schema=False)
async def take_to_bank(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Takes the hand-ins that were ticked to the bank under a slip."""
    from_our_own_page(call.request)
    form = await call.request.form()

    async def take() -> None:
        bags = [{"hand_in_id": str(one)} for one in form.getall("hand_in", [])]
        if not bags:
            raise InvalidDocument("Tick what goes to the bank.")
        document = {name: str(form[name]) for name in ("id", "slip", "bank_account") if form.get(name)}
        await call.do(bank_cash, deposit=converted({**document, "hand_ins": bags}, NewDeposit))

    return await acted(take, to=lambda: "/app/office/deposits", again=lambda refusal: _shown(call, refusal=refusal))


@post("/app/office/deposits/{deposit_id:uuid}", opt={"scope": "cash:accept"}, include_in_schema=False)
async def say_arrived(deposit_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Says that a deposit is in the bank, before its line comes."""
    from_our_own_page(call.request)
    form = {str(name): str(value) for name, value in (await call.request.form()).items() if value != ""}

    async def confirm() -> None:
        told: CashAtBank = await call.ask(look_at_deposits)
        deposit = next((one for one in told.on_its_way if one.id == deposit_id), None)
        if deposit is None:
            raise NotFound
        currency = deposit.amount.currency
        arrived = {"amount": minor_of(form.get("arrived", ""), currency), "currency": currency}
        document = {"arrived": arrived, **{name: form.get(name) for name in ("bank_reference", "reason", "note")}}
        await call.do(confirm_deposit, deposit_id=deposit_id, arrival=converted(document, DepositArrived))

    return await acted(confirm, to=lambda: "/app/office/deposits", again=lambda refusal: _shown(call, refusal=refusal))


@post("/app/office/limits", opt={"scope": "cash:limit"}, include_in_schema=False)
async def set_limit(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Sets how much everybody without a limit of their own, or who is named, may hold; nothing written takes the limit away."""
    from_our_own_page(call.request)
    form = {str(name): str(value) for name, value in (await call.request.form()).items() if value != ""}

    async def change() -> None:
        currency = form.get("currency", "")
        limit = minor_of(form["limit"], currency) if "limit" in form else None
        asked = {"staff_id": form.get("staff_id"), "currency": currency}
        await call.do(
            set_cash_limit, limit=msgspec.structs.replace(converted({**asked, "limit_minor": limit or 0}, NewCashLimit), limit_minor=limit)
        )

    return await acted(change, to=lambda: "/app/office/deposits", again=lambda refusal: _shown(call, refusal=refusal))


async def look_at_deposits(work: Work) -> CashAtBank:
    """All of it in one snapshot."""
    on_its_way = await list_deposits(work, slip=None, arrived=False, limit=MOST, cursor=None)
    limits = await list_cash_limits(work, limit=MOST, cursor=None)
    return CashAtBank(
        await find_organisation(work),
        await list_cash_in_office(work),
        list(on_its_way.items),
        [one for one in limits.items if one.in_force],
        work.new_id(),
    )


async def _shown(call: Call[Any], *, refusal: Refusal | None = None) -> Response[str]:
    told: CashAtBank = await call.ask(look_at_deposits)
    language = told.organisation.language
    return page(
        "office_deposits.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        organisation=told.organisation,
        shown=told,
        reasons=said(DIFFERENCE_REASONS, language),
        sets_limits=call.principal.may("cash:limit"),
        refused=None if refusal is None else said_to_people(refusal, language=language),
        reference=None,
    )


ROUTES: list[Any] = [show_deposits, take_to_bank, say_arrived, set_limit]
