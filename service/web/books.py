"""The books up to a day: what every account held, what keeps the days open, and the way to close them and take them along."""

from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Redirect

from service.billing.ledger import list_journal, read_trial_balance
from service.billing.periods import STILL_ON_ITS_WAY, close_period, find_last_period, list_unexplained
from service.billing.records.ledger import AccountKind, JournalEntry, TrialBalance
from service.billing.records.periods import LastPeriod, Reason, UnexplainedList
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.refusals import InvalidDocument
from service.kit.sheets import ROWS_AT_ONCE, Whole
from service.kit.verbs import Work
from service.kit.words import marked
from service.kit.zones import require_reachable
from service.web.guard import from_our_own_page
from service.web.pages import page

ACCOUNTS: dict[AccountKind, str] = {
    "receivable": marked("owed by customers"),
    "customer_credit": marked("to customers’ credit"),
    "cash_on_agent": marked("cash on somebody"),
    "cash_in_transit": marked("cash on its way to the office"),
    "cash_office": marked("cash in the office"),
    "cash_difference": marked("differences of cash"),
    "owed_by_staff": marked("owed by staff"),
    "cheques": marked("cheques on their way"),
    "bank": marked("bank"),
    "card_clearing": marked("card payments at the provider"),
    "card_fees": marked("fees for cards"),
    "disputes_held": marked("held for disputes"),
    "refunds_due": marked("refunds on their way"),
    "unmatched": marked("money that is nobody’s yet"),
    "rounding": marked("rounding"),
    "revenue": marked("revenue"),
    "tax": marked("tax"),
    "write_off": marked("written off"),
    "bad_debt": marked("bad debts"),
    "compensation": marked("compensation given"),
    "other": marked("all else at the bank"),
}
REASONS: dict[Reason, tuple[str, str]] = {
    "MONEY_PARKED": (marked("Money that is nobody’s yet"), marked("Say whose it is.")),
    "PAYOUT_ON_ITS_WAY": (marked("A payout on its way to the bank"), marked("Wait for it, or import the statement that shows it.")),
    "CHEQUE_ON_ITS_WAY": (marked("A cheque that has not cleared"), marked("Say that it has cleared, or that it bounced.")),
    "DEPOSIT_ON_ITS_WAY": (marked("Cash on its way to the bank"), marked("Import the statement that shows it, or confirm it.")),
    "CASH_IN_TRANSIT": (marked("Cash handed in and not accepted"), marked("Count and accept it.")),
    "CASH_DIFFERENCE_OPEN": (marked("A difference between two counts"), marked("Say what becomes of it.")),
    "REFUND_ON_ITS_WAY": (marked("A refund on its way"), marked("Pay it, or wait for the payment provider.")),
    "CARD_PAYMENT_NOT_FINAL": (marked("A card payment that is not final"), marked("Wait for the payment provider, or cancel it.")),
    "EVENT_WAITING": (marked("Word from the payment provider that waits"), marked("Do what it waits for.")),
    "BANK_LINE_WAITING": (marked("A line of the bank’s statement that waits"), marked("Say what it is.")),
}


class BooksShown(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    last_on: date
    stands: LastPeriod
    is_over: bool
    unexplained: UnexplainedList
    balance: TrialBalance


@get("/app/books", opt={"scope": "ledger:read"}, include_in_schema=False)
async def show_books(call: NamedDependency[Call[Any]], last_on: FromQuery[date | None] = None) -> Response[str]:
    """The books as they stood at the end of that day, the last of the month before if none is named."""
    shown: BooksShown = await call.ask(look_at_books, last_on=last_on)
    return page(
        "books.html",
        language=shown.organisation.language,
        organisation=shown.organisation,
        shown=shown,
        after=shown.last_on + timedelta(days=1),
        since=shown.stands.last_on + timedelta(days=1) if shown.stands.last_on and not shown.stands.is_closed else None,
        accounts=ACCOUNTS,
        why=REASONS,
        may_close=call.principal.may("ledger:close"),
        reference=None,
    )


@post("/app/books", opt={"scope": "ledger:close"}, include_in_schema=False, status_code=303)
async def close_books(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Closes the days up to the one shown, once the reader has said that they mean it."""
    from_our_own_page(call.request)
    form = await call.request.form()
    try:
        last_on = date.fromisoformat(str(form.get("last_on", "")))
    except ValueError:
        raise InvalidDocument("`last_on` is no day.") from None
    if form.get("sure") == "yes":
        await call.do(close_period, last_on=last_on)
    return Redirect(f"/app/books?last_on={last_on}", status_code=303)


@get("/app/books/journal.csv", opt={"scope": "ledger:read"}, include_in_schema=False)
async def download_journal(
    call: NamedDependency[Call[Any]], from_on: FromQuery[date | None] = None, until_on: FromQuery[date | None] = None
) -> Response[str]:
    """The journal of those days as a file."""
    whole = Whole(call, JournalEntry, "journal", "csv")
    answer: Response[str] = await whole.read(list_journal, from_on=from_on, until_on=until_on, limit=ROWS_AT_ONCE, cursor=None)
    return answer


async def look_at_books(work: Work, *, last_on: date | None) -> BooksShown:
    """Where the books stand, what isn't explained and the balances, in one snapshot; raises OutOfRange."""
    organisation = await find_organisation(work)
    if last_on is None:
        last_on = (await find_last_period(work, last_on=None)).today.replace(day=1) - timedelta(days=1)
    require_reachable(last_on)
    stands = await find_last_period(work, last_on=last_on)
    until: datetime = min(stands.wanted_until_at - timedelta(microseconds=1), work.at)
    return BooksShown(
        organisation=organisation,
        last_on=last_on,
        stands=stands,
        is_over=stands.wanted_until_at + STILL_ON_ITS_WAY <= work.at,
        unexplained=await list_unexplained(work, last_on=last_on),
        balance=await read_trial_balance(work, until=until),
    )


ROUTES: list[Any] = [show_books, close_books, download_journal]
