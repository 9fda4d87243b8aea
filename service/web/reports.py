"""What an accountant asks for, on a page: who owes how much how late, what was earned and taxed, who holds cash, what the provider paid out, and each list of money to take along."""

from collections.abc import Callable
from datetime import date, timedelta
from inspect import signature
from typing import Any, Final, NamedTuple

import msgspec
from babel.dates import format_date
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from msgspec.structs import replace

from service.billing.cash.custody import report_cash_held
from service.billing.compensations.compensations import list_compensations
from service.billing.invoices import list_invoices
from service.billing.ledger import list_journal
from service.billing.money_lists import list_all_payments, list_all_refunds, list_credit_notes
from service.billing.periods import find_last_period
from service.billing.provider.attempts import export_refused_lines
from service.billing.provider.payouts import export_payout_lines, export_payouts_against_bank, report_payouts_against_bank
from service.billing.receipt_blocks import list_receipt_blocks
from service.billing.records.attempts import RefusedLines
from service.billing.records.compensations import Compensation
from service.billing.records.custody import CashHeld, CashHeldReport
from service.billing.records.invoices import InvoicesAsked, InvoiceSummary
from service.billing.records.ledger import JournalEntry
from service.billing.records.money_lists import CreditNoteLine, PaymentLine, RefundLine
from service.billing.records.payouts import PayoutAgainstBank, PayoutLine, PayoutsAgainstBank
from service.billing.records.receipt_blocks import ReceiptBlockLine
from service.billing.records.reports import AgedReceivable, IncomeLine, IncomeReport, ReceivablesReport, ReportDays
from service.billing.records.write_offs import WriteOffLine
from service.billing.reports import export_receivables, find_days, report_income, report_receivables
from service.billing.write_offs import list_write_offs
from service.customers.records import Language
from service.documents.words import LOCALES
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.refusals import NotAllowed, NotFound
from service.kit.sheets import ROWS_AT_ONCE, Suffix, Whole
from service.kit.verbs import Work
from service.kit.words import marked
from service.kit.zones import require_reachable
from service.web.languages import text
from service.web.money_words import CASH_PLACES, PAYOUTS_AT_BANK, SOLD
from service.web.pages import page, percent_of
from service.web.words import said

PAGE: Final = "/app/reports"
SCOPE: Final = "reports:read"
MOST = 20
TAX = marked("tax")


class File(NamedTuple):
    """A list that leaves whole: its record, its question, what it is asked, and who may."""

    called: str
    record: type[msgspec.Struct]
    rule: Callable[..., Any]
    asked: Callable[[ReportDays], dict[str, Any]]
    scope: str


def _between(days: ReportDays) -> dict[str, Any]:
    return {"from_on": days.from_on, "until_on": days.until_on}


FILES: Final[dict[str, File]] = {
    "receivables": File(
        marked("Who owes how much, how late"),
        AgedReceivable,
        export_receivables,
        lambda days: {"as_of": days.until_on - timedelta(days=1)},
        SCOPE,
    ),
    "income": File(marked("Revenue and tax by month"), IncomeLine, report_income, _between, SCOPE),
    "cash-held": File(marked("Who holds cash"), CashHeld, report_cash_held, lambda days: {"until": days.until_at}, SCOPE),
    "payouts-against-bank": File(marked("Payouts against the bank"), PayoutAgainstBank, export_payouts_against_bank, _between, SCOPE),
    "payouts": File(marked("What payouts are made of"), PayoutLine, export_payout_lines, _between, SCOPE),
    "invoices": File(
        marked("Invoices"),
        InvoiceSummary,
        list_invoices,
        lambda days: {"asked": InvoicesAsked(issued_from=days.from_on, issued_until=days.until_on)},
        "invoices:read",
    ),
    "credit-notes": File(marked("Credit notes"), CreditNoteLine, list_credit_notes, _between, "invoices:read"),
    "payments": File(marked("Payments"), PaymentLine, list_all_payments, _between, "payments:read"),
    "refunds": File(marked("Refunds"), RefundLine, list_all_refunds, lambda days: {**_between(days), "state": None}, "payments:read"),
    "write-offs": File(marked("Bad debts"), WriteOffLine, list_write_offs, _between, "payments:read"),
    "compensations": File(marked("Compensation"), Compensation, list_compensations, _between, "invoices:read"),
    "refused-lines": File(marked("Lines that were refused"), RefusedLines, export_refused_lines, _between, SCOPE),
    "receipt-numbers": File(
        marked("Receipt numbers given without signal, all of them"), ReceiptBlockLine, list_receipt_blocks, lambda _: {}, SCOPE
    ),
    "journal": File(marked("The journal"), JournalEntry, list_journal, _between, "ledger:read"),
}
"""What is taken along, by the name that its file has."""


class ReportsShown(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    days: ReportDays
    owed: ReceivablesReport
    income: IncomeReport
    cash: CashHeldReport
    payouts: PayoutsAgainstBank


@get(PAGE, opt={"scope": SCOPE}, include_in_schema=False)
async def show_reports(
    call: NamedDependency[Call[Any]], from_on: FromQuery[date | None] = None, last_on: FromQuery[date | None] = None
) -> Response[str]:
    """The figures of those days, the month before if none are named; what stands then is as it stood at their end."""
    shown: ReportsShown = await call.ask(look_at_reports, from_on=from_on, last_on=last_on)
    language = shown.organisation.language
    return page(
        "reports.html",
        language=language,
        organisation=shown.organisation,
        shown=shown,
        last_on=shown.days.until_on - timedelta(days=1),
        names={name: one.called for name, one in FILES.items() if call.principal.may(one.scope)},
        income=[(_told(one, language), one) for one in shown.income.items],
        places=said(CASH_PLACES, language),
        at_bank=said(PAYOUTS_AT_BANK, language),
        reference=None,
    )


@get(PAGE + "/{name:str}/{suffix:str}", opt={"scope": SCOPE}, include_in_schema=False)
async def download_report(
    name: FromPath[str],
    suffix: FromPath[Suffix],
    call: NamedDependency[Call[Any]],
    from_on: FromQuery[date | None] = None,
    last_on: FromQuery[date | None] = None,
) -> Response[str]:
    """One of the lists, whole, as a file."""
    file = FILES.get(name)
    if file is None:
        raise NotFound
    if not call.principal.may(file.scope):
        raise NotAllowed
    days: ReportDays = await call.ask(find_days_asked, from_on=from_on, last_on=last_on)
    paged = {"limit": ROWS_AT_ONCE, "cursor": None} if "cursor" in signature(file.rule).parameters else {}
    whole = Whole(call, file.record, f"{name}-{days.from_on}-{days.until_on}", suffix)
    answer: Response[str] = await whole.read(file.rule, **file.asked(days), **paged)
    return answer


async def look_at_reports(work: Work, *, from_on: date | None, last_on: date | None) -> ReportsShown:
    """All of it in one snapshot; raises InvalidDocument for days that no report is of."""
    days = await find_days_asked(work, from_on=from_on, last_on=last_on)
    between = _between(days)
    return ReportsShown(
        organisation=await find_organisation(work),
        days=days,
        owed=await report_receivables(work, as_of=days.until_on - timedelta(days=1), limit=MOST, cursor=None),
        income=await report_income(work, **between),
        cash=await report_cash_held(work, until=days.until_at),
        payouts=await report_payouts_against_bank(work, **between, limit=MOST, cursor=None),
    )


async def find_days_asked(work: Work, *, from_on: date | None, last_on: date | None) -> ReportDays:
    """Those days; the month before, or the one that the named day is in, where not both are named. They are over by now at the latest."""
    if last_on is None:
        today = (await find_last_period(work, last_on=None)).today
        last_on = today.replace(day=1) - timedelta(days=1) if from_on is None else today
    require_reachable(last_on)
    days = await find_days(work, from_on=from_on or last_on.replace(day=1), until_on=last_on + timedelta(days=1))
    return replace(days, until_at=min(days.until_at, work.at))


def _told(one: IncomeLine, language: Language) -> str:
    """A month, and what was sold in it or at which rate it was taxed."""
    month = format_date(date.fromisoformat(f"{one.month}-01"), "MMMM y", locale=LOCALES[language])
    if one.account == "revenue":
        return f"{month} · {text(language, SOLD[one.of]) if one.of in SOLD else one.of}"
    category, _, rate = one.of.partition(" ")
    return f"{month} · {text(language, TAX)} {percent_of(rate, language)} ({category})"


ROUTES: list[Any] = [show_reports, download_report]
