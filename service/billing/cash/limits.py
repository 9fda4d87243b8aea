"""How much cash somebody may hold: set by managers, never a reason to refuse cash that was taken, but to be sent for no more."""

from uuid import UUID

from service.billing.queries.custody import (
    FIND_ROOM_FOR_CASH,
    JUDGE_CASH_LIMIT,
    LIST_CASH_LIMITS,
    LIST_FULL_HANDS,
    SET_CASH_LIMIT,
    STOPS_TO_JUDGE,
)
from service.billing.records.custody import CashLimit, CashStop, FullHands, LimitReceipt, NewCashLimit, RoomForCash
from service.identity.scopes import ROLES
from service.kit.paging import Page
from service.kit.refusals import Refusal
from service.kit.verbs import Lock, Work, verb

TOLD = [role for role, scopes in ROLES.items() if "cash:accept" in scopes]
"""The roles that take cash in, and are mailed when somebody holds as much as they may."""


class LimitSetMeanwhile(Refusal):
    """Somebody else has set this limit at the same moment."""

    code, status, remedy = "LIMIT_SET_MEANWHILE", 409, "Read the limits and set it again if it still should be another."
    constraints = ("billing.cash_limit_pkey",)


@verb(refusals=(LimitSetMeanwhile,))
async def set_cash_limit(work: Work, *, limit: NewCashLimit) -> LimitReceipt:
    """Sets how much cash somebody, or everybody without a limit of their own, may hold in a currency from now on.

    Cash that was taken is recorded all the same. Within a minute whoever holds as much is sent to collect nothing more until they hand in.
    """
    return await work.run(SET_CASH_LIMIT, staff_id=limit.staff_id, currency=limit.currency, limit_minor=limit.limit_minor)


async def list_cash_limits(work: Work, *, limit: int, cursor: str | None) -> Page[CashLimit]:
    """Every limit and its former versions, the organisation's own first, with who set each and when."""
    purpose = f"cash limits {work.organisation_id}"
    key = work.cursors.read(purpose, cursor) if cursor else ["", "", 0]
    rows = await work.all(LIST_CASH_LIMITS, after_holder=key[0], after_currency=key[1], after_version=key[2], limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (str(row.staff_id or ""), row.currency, row.version))


async def find_room_for_cash(work: Work) -> list[RoomForCash]:
    """What the one who asks holds in each currency, and up to what."""
    return await work.all(FIND_ROOM_FOR_CASH, staff_id=work.principal.id)


@verb(locks=lambda *, staff_id: (Lock.day(staff_id),))
async def judge_cash_limit(work: Work, *, staff_id: UUID) -> CashStop:
    """Stops sending somebody to collect who holds as much cash as they may, or lets them be sent again. Who takes cash in is mailed of the first."""
    return await work.run(JUDGE_CASH_LIMIT, staff_id=staff_id, tells=TOLD)


async def list_full_hands(work: Work, *, staff_id: UUID) -> list[FullHands]:
    """In which currencies somebody holds as much as they may at this moment."""
    return await work.all(LIST_FULL_HANDS, staff_id=staff_id)


async def stops_to_judge(work: Work) -> list[UUID]:
    """Those of whom what is said no longer fits what they hold."""
    return await work.all(STOPS_TO_JUDGE)
