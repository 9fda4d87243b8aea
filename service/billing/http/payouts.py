"""Routes of the provider's payouts."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from service.billing.provider.fees import find_card_fee
from service.billing.provider.payouts import (
    export_payout_lines,
    export_payouts_against_bank,
    list_payouts,
    report_payouts,
    report_payouts_against_bank,
)
from service.billing.records.card_fees import CardFee
from service.billing.records.payouts import PayoutAgainstBank, PayoutLine, PayoutReport, PayoutsAgainstBank, PayoutSummary
from service.kit.http import Call, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.sheets import Suffix, exported, files_of, sheet

FromOn = Annotated[date | None, QueryParameter(description="The first day of arrival.")]
UntilOn = Annotated[date | None, QueryParameter(description="The day after the last: it isn't in the report.")]


@get("/v1/payouts", **question(list_payouts, scope="ledger:read"))
async def list_payouts_route(
    call: NamedDependency[Call[Any]], limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[PayoutSummary]]:
    return await call.read(list_payouts, limit=limit, cursor=cursor)


@get("/v1/payments/{payment_id:uuid}/card-fee", **question(find_card_fee, scope="ledger:read"))
async def find_card_fee_route(payment_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[CardFee]:
    return await call.read(find_card_fee, payment_id=payment_id)


@get("/v1/reports/payouts", **question(report_payouts, scope="reports:read"))
async def report_payouts_route(
    call: NamedDependency[Call[Any]],
    from_on: FromOn = None,
    until_on: UntilOn = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[PayoutReport]:
    return await call.read(report_payouts, from_on=from_on, until_on=until_on, limit=limit, cursor=cursor)


@get("/v1/reports/payouts.csv", **exported(export_payout_lines, "csv", scope="reports:read"))
async def export_payout_lines_csv_route(
    call: NamedDependency[Call[Any]], from_on: FromOn = None, until_on: UntilOn = None
) -> Response[str]:
    return await _lines(call, from_on, until_on, "csv")


@get("/v1/reports/payouts.jsonl", **exported(export_payout_lines, "jsonl", scope="reports:read"))
async def export_payout_lines_jsonl_route(
    call: NamedDependency[Call[Any]], from_on: FromOn = None, until_on: UntilOn = None
) -> Response[str]:
    return await _lines(call, from_on, until_on, "jsonl")


async def _lines(call: Call[Any], from_on: date | None, until_on: date | None, suffix: Suffix) -> Response[str]:
    report = await call.ask(export_payout_lines, from_on=from_on, until_on=until_on)
    return sheet(report.items, PayoutLine, name=f"payouts-{report.from_on}-{report.until_on}", suffix=suffix)


@get("/v1/reports/payouts-against-bank", **question(report_payouts_against_bank, scope="reports:read"))
async def report_payouts_against_bank_route(
    call: NamedDependency[Call[Any]],
    from_on: FromOn = None,
    until_on: UntilOn = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[PayoutsAgainstBank]:
    return await call.read(report_payouts_against_bank, from_on=from_on, until_on=until_on, limit=limit, cursor=cursor)


@get("/v1/reports/payouts-against-bank.csv", **exported(export_payouts_against_bank, "csv", scope="reports:read"))
async def export_payouts_against_bank_csv_route(
    call: NamedDependency[Call[Any]], from_on: FromOn = None, until_on: UntilOn = None
) -> Response[str]:
    return await _against_bank(call, from_on, until_on, "csv")


@get("/v1/reports/payouts-against-bank.jsonl", **exported(export_payouts_against_bank, "jsonl", scope="reports:read"))
async def export_payouts_against_bank_jsonl_route(
    call: NamedDependency[Call[Any]], from_on: FromOn = None, until_on: UntilOn = None
) -> Response[str]:
    return await _against_bank(call, from_on, until_on, "jsonl")


async def _against_bank(call: Call[Any], from_on: date | None, until_on: date | None, suffix: Suffix) -> Response[str]:
    report = await call.ask(export_payouts_against_bank, from_on=from_on, until_on=until_on)
    return sheet(report.items, PayoutAgainstBank, name=f"payouts-against-bank-{report.from_on}-{report.until_on}", suffix=suffix)


ROUTES = [
    find_card_fee_route,
    list_payouts_route,
    report_payouts_route,
    export_payout_lines_csv_route,
    export_payout_lines_jsonl_route,
    report_payouts_against_bank_route,
    export_payouts_against_bank_csv_route,
    export_payouts_against_bank_jsonl_route,
    *files_of(list_payouts_route, PayoutSummary),
]
