"""Routes of the bank: files taken in, lines matched, and how bank and ledger agree."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from service.billing.bank.candidates import suggest_for_line
from service.billing.bank.files import MOST_BYTES, file_of
from service.billing.bank.imports import import_statements
from service.billing.bank.lines import dismiss_line, match_line, undo_line
from service.billing.bank.looking import (
    add_bank_account,
    change_bank_account,
    find_bank_line,
    find_csv_map,
    list_bank_accounts,
    list_bank_lines,
    list_bank_statements,
    reconcile_bank,
)
from service.billing.records.bank import (
    BankLine,
    BankLineFilter,
    BankStatement,
    ImportedFile,
    LinesMoved,
    Match,
    NotAPayment,
    State,
    Suggestions,
)
from service.billing.records.bank_accounts import BankAccount, BankAccountChange, BankAccountReceipt, BankAccounts, NewBankAccount
from service.billing.records.bank_reconciliation import ReconciledAccount, Reconciliation
from service.integrations.bank_statements import Encoding
from service.kit.http import Call, File, command, question
from service.kit.money import MOST_MINOR
from service.kit.paging import LIMIT, Limit, Page
from service.kit.sheets import Suffix, exported, files_of, sheet

Asked = NamedDependency[Call[Any]]
STATEMENT = File(("application/octet-stream", "application/xml", "text/xml", "text/plain", "text/csv"), MOST_BYTES)
CsvOf = Annotated[UUID | None, QueryParameter(description="Of a CSV file: by which account's `csv_map` it is read.")]
InEncoding = Annotated[
    Encoding | None,
    QueryParameter(
        description="What an MT940, MT942, BAI2 or CSV file is written in; UTF-8, or what the CSV's map says, where none is named."
    ),
]
GapReason = Annotated[
    Annotated[str, msgspec.Meta(min_length=1, max_length=500)] | None,
    QueryParameter(description="Why a statement may begin elsewhere than the last one ended: the bank has none between them."),
]
InState = Annotated[
    State | None, QueryParameter(name="state", description="`confirming` are lines that only say again what came within the day.")
]
On = Annotated[date | None, QueryParameter(description="Booked on that day.")]
AtTheEndOf = Annotated[
    date | None, QueryParameter(description="At the end of that day in the organisation's zone; today, where none is named.")
]
Amount = Annotated[Annotated[int, msgspec.Meta(ge=1, le=MOST_MINOR)] | None, QueryParameter(description="In minor units, in or out.")]
Text = Annotated[
    Annotated[str, msgspec.Meta(max_length=200)] | None, QueryParameter(description="Any part of names, references and words.")
]


@post("/v1/bank/accounts", **command(add_bank_account, scope="bank:write"))
async def add_bank_account_route(data: JSONBody[NewBankAccount], call: Asked) -> Response[BankAccountReceipt]:
    return await call.perform(add_bank_account, account=data)


@patch("/v1/bank/accounts/{bank_account_id:uuid}", **command(change_bank_account, scope="bank:write", status=200, versioned=True))
async def change_bank_account_route(
    bank_account_id: FromPath[UUID], data: JSONBody[BankAccountChange], call: Asked
) -> Response[BankAccountReceipt]:
    return await call.perform(change_bank_account, bank_account_id=bank_account_id, version=call.expected_version, change=data)


@get("/v1/bank/accounts", **question(list_bank_accounts, scope="bank:read"))
async def list_bank_accounts_route(call: Asked) -> Response[BankAccounts]:
    return await call.read(list_bank_accounts)


@post("/v1/bank/statements", **command(import_statements, scope="bank:write", file=STATEMENT))
async def import_statements_route(
    call: Asked, gap_reason: GapReason = None, bank_account_id: CsvOf = None, encoding: InEncoding = None
) -> Response[ImportedFile]:
    csv_map = None if bank_account_id is None else await call.ask(find_csv_map, bank_account_id=bank_account_id)
    file = await file_of(await call.request.body(), csv_map=csv_map, encoding=encoding)
    return await call.perform(import_statements, file=file, gap_reason=gap_reason)


@get("/v1/bank/statements", **question(list_bank_statements, scope="bank:read"))
async def list_bank_statements_route(
    call: Asked,
    bank_account_id: FromQuery[UUID | None] = None,
    file_id: FromQuery[UUID | None] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[BankStatement]]:
    return await call.read(list_bank_statements, bank_account_id=bank_account_id, file_id=file_id, limit=limit, cursor=cursor)


@get("/v1/bank/lines", **question(list_bank_lines, scope="bank:read"))
async def list_bank_lines_route(
    call: Asked,
    in_state: InState = None,
    bank_account_id: FromQuery[UUID | None] = None,
    on: On = None,
    amount_minor: Amount = None,
    text: Text = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[BankLine]]:
    wanted = BankLineFilter(in_state, bank_account_id, on, amount_minor, text)
    return await call.read(list_bank_lines, wanted=wanted, limit=limit, cursor=cursor)


@get("/v1/bank/lines/{line_id:uuid}", **question(find_bank_line, scope="bank:read"))
async def find_bank_line_route(line_id: FromPath[UUID], call: Asked) -> Response[BankLine]:
    return await call.read(find_bank_line, line_id=line_id)


@get("/v1/bank/lines/{line_id:uuid}/suggestions", **question(suggest_for_line, scope="bank:read"))
async def suggest_for_line_route(line_id: FromPath[UUID], call: Asked) -> Response[Suggestions]:
    return await call.read(suggest_for_line, line_id=line_id)


@post("/v1/bank/lines/{line_id:uuid}/match", **command(match_line, scope="bank:write", status=200, money=True))
async def match_line_route(line_id: FromPath[UUID], data: JSONBody[Match], call: Asked) -> Response[LinesMoved]:
    return await call.perform(match_line, line_id=line_id, match=data)


@post("/v1/bank/lines/{line_id:uuid}/dismiss", **command(dismiss_line, scope="bank:write", status=200, money=True))
async def dismiss_line_route(line_id: FromPath[UUID], data: JSONBody[NotAPayment], call: Asked) -> Response[LinesMoved]:
    return await call.perform(dismiss_line, line_id=line_id, what=data)


@post("/v1/bank/lines/{line_id:uuid}/undo", **command(undo_line, scope="bank:write", status=200, money=True))
async def undo_line_route(line_id: FromPath[UUID], call: Asked) -> Response[LinesMoved]:
    return await call.perform(undo_line, line_id=line_id)


@get("/v1/bank/reconciliation", **question(reconcile_bank, scope="bank:read"))
async def reconcile_bank_route(call: Asked, on: AtTheEndOf = None) -> Response[Reconciliation]:
    return await call.read(reconcile_bank, on=on)


@get("/v1/bank/reconciliation.csv", **exported(reconcile_bank, "csv", scope="bank:read") | {"operation_id": "export_reconciliation_csv"})
async def export_reconciliation_csv_route(call: Asked, on: AtTheEndOf = None) -> Response[str]:
    return await _reconciled(call, on, "csv")


@get(
    "/v1/bank/reconciliation.jsonl",
    **exported(reconcile_bank, "jsonl", scope="bank:read") | {"operation_id": "export_reconciliation_jsonl"},
)
async def export_reconciliation_jsonl_route(call: Asked, on: AtTheEndOf = None) -> Response[str]:
    return await _reconciled(call, on, "jsonl")


async def _reconciled(call: Call[Any], on: date | None, suffix: Suffix) -> Response[str]:
    told = await call.ask(reconcile_bank, on=on)
    return sheet(told.accounts, ReconciledAccount, name=f"bank-reconciliation-{told.on}", suffix=suffix)


ROUTES = [
    add_bank_account_route,
    change_bank_account_route,
    list_bank_accounts_route,
    import_statements_route,
    list_bank_statements_route,
    list_bank_lines_route,
    *files_of(list_bank_accounts_route, BankAccount, name="bank-accounts"),
    *files_of(list_bank_lines_route, BankLine, name="bank-lines"),
    find_bank_line_route,
    suggest_for_line_route,
    match_line_route,
    dismiss_line_route,
    undo_line_route,
    reconcile_bank_route,
    export_reconciliation_csv_route,
    export_reconciliation_jsonl_route,
    *files_of(list_bank_statements_route, BankStatement, name="bank-statements"),
]
