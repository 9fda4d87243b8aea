"""Periods of the books: days are carried forward one by one, and closed once all that was posted in them is explained."""

from datetime import date, datetime, timedelta

from service.billing.queries.periods import (
    CARRY_FORWARD,
    CLOSE_PERIOD,
    FIND_CARRIED,
    FIND_LAST_PERIOD,
    FIND_PERIOD,
    HOLD_DAYS,
    IS_CARRIED,
    LIST_CLOSED_PERIODS,
    LIST_PERIOD_ACCOUNTS,
    LIST_UNEXPLAINED,
)
from service.billing.records.periods import (
    CarriedForward,
    CarriedSoFar,
    ClosedPeriod,
    Explanation,
    LastPeriod,
    PeriodBooks,
    PeriodReceipt,
    Reason,
    UnexplainedList,
)
from service.kit.paging import Page
from service.kit.refusals import InvalidDocument, Refusal
from service.kit.verbs import Work, verb

MOST_SHOWN = 200
MOST_DAYS = 400
"""Days that are carried forward in one go."""
STILL_ON_ITS_WAY = timedelta(hours=1)
"""Longer than any transaction of ours runs: what was recorded before is there by then."""
REMEDIES: dict[Reason, str] = {
    "MONEY_PARKED": "Say whose money it is.",
    "CASH_IN_TRANSIT": "Count the cash that was handed in and accept it.",
    "CASH_DIFFERENCE_OPEN": "Say what becomes of the difference between the two counts.",
    "CHEQUE_ON_ITS_WAY": "Say that the cheque has cleared, or take its payment back if it bounced.",
    "DEPOSIT_ON_ITS_WAY": "Import the bank's statement that shows the deposit, or confirm it.",
    "PAYOUT_ON_ITS_WAY": "Wait until the payment provider says that it was paid, or import the bank's statement that shows it.",
    "REFUND_ON_ITS_WAY": "Pay the refund, or wait until the payment provider says how it ended.",
    "CARD_PAYMENT_NOT_FINAL": "Wait for the payment provider, or cancel the card payment.",
    "EVENT_WAITING": "Do what the event waits for: it is taken in by itself after that.",
    "BANK_LINE_WAITING": "Say what the line on the bank's statement is.",
}


class PeriodNotOver(Refusal):
    """Those days aren't over: what happens in them is still being posted."""

    code, status, remedy = "PERIOD_NOT_OVER", 409, "Close a day one hour after it has ended in the organisation's zone, or later."
    constraints = ("billing.carried_when_over",)


class PeriodClosed(Refusal):
    """Those days are closed already."""

    code, status, remedy = (
        "PERIOD_CLOSED",
        409,
        "Close a later day; a correction is posted into the open period and names what it corrects.",
    )
    constraints = ("billing.period_pkey", "billing.period_follows", "billing.period_ends_on_a_day_once")


class PeriodUnexplained(Refusal):
    """Something posted by then isn't explained: the period stays open."""

    code, status, remedy = "PERIOD_UNEXPLAINED", 409, "Do for each thing in `unexplained` what `remedies` says of its reason."


async def find_carried(work: Work) -> CarriedSoFar:
    """How far the balances are carried forward."""
    return await work.one(FIND_CARRIED)


@verb()
async def carry_forward(work: Work, *, until_at: datetime) -> CarriedForward:
    """Keeps the balances of every account at that instant, from which later ones are told."""
    await work.one(HOLD_DAYS, until_at=until_at)
    return await work.run(CARRY_FORWARD, until_at=until_at)


@verb(refusals=(PeriodClosed, PeriodNotOver, PeriodUnexplained))
async def close_period(work: Work, *, last_on: date) -> PeriodReceipt:
    """Closes all days up to and with that one, for good; refused while anything posted in them is unexplained."""
    stands = await work.one(FIND_LAST_PERIOD, last_on=last_on)
    if stands.is_closed:
        raise PeriodClosed
    if stands.wanted_until_at + STILL_ON_ITS_WAY > work.at:
        raise PeriodNotOver
    await _carry_until(work, stands)
    found = await list_unexplained(work, last_on=last_on)
    if found.items:
        raise PeriodUnexplained(unexplained=found.items, remedies=found.remedies)
    return await work.run(CLOSE_PERIOD, last_on=last_on)


async def find_last_period(work: Work, *, last_on: date | None) -> LastPeriod:
    """Up to when the books are closed, and where a day stands to that."""
    return await work.one(FIND_LAST_PERIOD, last_on=last_on)


async def list_unexplained(work: Work, *, last_on: date | None) -> UnexplainedList:
    """What keeps the days up to and with that one open, yesterday if none is named."""
    stands = await work.one(FIND_LAST_PERIOD, last_on=last_on)
    if last_on is None:
        stands = await work.one(FIND_LAST_PERIOD, last_on=stands.today - timedelta(days=1))
    rows = await work.all(LIST_UNEXPLAINED, until_at=stands.wanted_until_at, limit=MOST_SHOWN + 1)
    reasons = sorted({row.reason for row in rows})
    return UnexplainedList(
        last_on=last_on or stands.today - timedelta(days=1),
        items=rows[:MOST_SHOWN],
        remedies=[Explanation(reason, REMEDIES[reason]) for reason in reasons],
        there_are_more=len(rows) > MOST_SHOWN,
    )


async def list_closed_periods(work: Work, *, limit: int, cursor: str | None) -> Page[ClosedPeriod]:
    """The closed periods, oldest first."""
    purpose = f"periods {work.organisation_id}"
    after = work.cursors.read(purpose, cursor)[0] if cursor else 0
    rows = await work.all(LIST_CLOSED_PERIODS, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.number,))


async def read_closed_period(work: Work, *, last_on: date) -> PeriodBooks:
    """The accounts of the period that ends with that day: what each held before, moved by and held then; the same answer for ever."""
    return PeriodBooks(await work.one(FIND_PERIOD, last_on=last_on), await work.all(LIST_PERIOD_ACCOUNTS, last_on=last_on))


async def _carry_until(work: Work, stands: LastPeriod) -> None:
    """Carries each day forward up to that midnight; raises InvalidDocument where no day of the books ends then."""
    for _ in range(MOST_DAYS):
        carried = await work.one(FIND_CARRIED)
        if carried.next_until_at > stands.wanted_until_at:
            break
        await work.one(HOLD_DAYS, until_at=carried.next_until_at)
        await work.part().run(CARRY_FORWARD, until_at=carried.next_until_at)
    if not await work.one(IS_CARRIED, until_at=stands.wanted_until_at):
        raise InvalidDocument("The books begin later, or too many days are open to close them at once: close an earlier day first.")
