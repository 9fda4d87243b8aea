"""Routes of the ledger: what accounts held when, what moved, and what accountants call them."""

from datetime import date
from typing import Annotated, Any

from litestar import Response, get, put
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody, QueryParameter

from service.billing.ledger import (
    list_account_numbers,
    list_accounts,
    list_journal,
    list_transfers,
    read_trial_balance,
    set_account_numbers,
)
from service.billing.records.ledger import (
    AccountKind,
    AccountNumbers,
    AccountStatement,
    AccountTotal,
    Holder,
    JournalEntry,
    LedgerAccount,
    LedgerTransfer,
    NewAccountNumbers,
    TrialBalance,
)
from service.billing.records.payments import Captured
from service.kit.http import Call, command, question
from service.kit.money import Currency
from service.kit.paging import LIMIT, Limit, Page
from service.kit.sheets import Suffix, exported, files_of, sheet

FromOn = Annotated[
    date | None, QueryParameter(description="The first day of booking, in the organisation's zone; the beginning, if none is named.")
]
UntilOn = Annotated[date | None, QueryParameter(description="The day after the last; until now, if none is named.")]
Until = Annotated[Captured | None, QueryParameter(description="The instant, as the books said then; now, if none is named.")]


@get("/v1/ledger/trial-balance", **question(read_trial_balance, scope="ledger:read"))
async def read_trial_balance_route(call: NamedDependency[Call[Any]], until: Until = None) -> Response[TrialBalance]:
    return await call.read(read_trial_balance, until=until)


@get("/v1/ledger/trial-balance.csv", **exported(read_trial_balance, "csv", scope="ledger:read"))
async def export_trial_balance_csv_route(call: NamedDependency[Call[Any]], until: Until = None) -> Response[str]:
    return await _trial_balance(call, until, "csv")


@get("/v1/ledger/trial-balance.jsonl", **exported(read_trial_balance, "jsonl", scope="ledger:read"))
async def export_trial_balance_jsonl_route(call: NamedDependency[Call[Any]], until: Until = None) -> Response[str]:
    return await _trial_balance(call, until, "jsonl")


async def _trial_balance(call: Call[Any], until: Captured | None, suffix: Suffix) -> Response[str]:
    found = await call.ask(read_trial_balance, until=until)
    return sheet(found.accounts, AccountTotal, name="trial-balance", suffix=suffix)


@get("/v1/ledger/transfers", **question(list_transfers, scope="ledger:read"))
async def list_transfers_route(
    call: NamedDependency[Call[Any]],
    kind: FromQuery[AccountKind],
    currency: FromQuery[Currency],
    holder: FromQuery[Holder] = "",
    from_on: FromOn = None,
    until_on: UntilOn = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[AccountStatement]:
    return await call.read(
        list_transfers, kind=kind, holder=holder, currency=currency, from_on=from_on, until_on=until_on, limit=limit, cursor=cursor
    )


@get("/v1/ledger/journal", **question(list_journal, scope="ledger:read"))
async def list_journal_route(
    call: NamedDependency[Call[Any]],
    from_on: FromOn = None,
    until_on: UntilOn = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[JournalEntry]]:
    return await call.read(list_journal, from_on=from_on, until_on=until_on, limit=limit, cursor=cursor)


@get("/v1/ledger/accounts", **question(list_accounts, scope="ledger:read"))
async def list_accounts_route(
    call: NamedDependency[Call[Any]],
    kind: FromQuery[AccountKind | None] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[LedgerAccount]]:
    return await call.read(list_accounts, kind=kind, limit=limit, cursor=cursor)


@get("/v1/ledger/account-numbers", **question(list_account_numbers, scope="ledger:read"))
async def list_account_numbers_route(call: NamedDependency[Call[Any]]) -> Response[AccountNumbers]:
    return await call.read(list_account_numbers)


@put("/v1/ledger/account-numbers", **command(set_account_numbers, scope="ledger:close", status=200, versioned=True))
async def set_account_numbers_route(data: JSONBody[NewAccountNumbers], call: NamedDependency[Call[Any]]) -> Response[AccountNumbers]:
    return await call.perform(set_account_numbers, numbers=data.items, version=call.expected_version)


ROUTES = [
    read_trial_balance_route, export_trial_balance_csv_route, export_trial_balance_jsonl_route, list_transfers_route, list_journal_route, list_accounts_route,
    list_account_numbers_route, set_account_numbers_route, *files_of(list_transfers_route, LedgerTransfer), *files_of(list_journal_route, JournalEntry),
    *files_of(list_accounts_route, LedgerAccount),
]  # fmt: skip
