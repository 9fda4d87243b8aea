"""Routes of cash in custody."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.billing.cash.differences import list_differences, settle_difference, undo_settlement
from service.billing.cash.hand_ins import accept_cash, hand_in_cash, list_hand_ins, read_cash_on_agents, take_over_cash
from service.billing.records.cash import (
    Acceptance,
    AcceptanceReceipt,
    CashOnAgent,
    CashOnAgents,
    Difference,
    HandIn,
    HandInReceipt,
    NewHandIn,
    NewSettlement,
    SettlementReceipt,
    SettlementUndone,
)
from service.billing.records.refused_cash import RefusedCash, RefusedCashReceipt, RefusedCashToSettle
from service.billing.refused_cash import list_refused_cash, settle_refused_cash
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.sheets import files_of


@post("/v1/cash/hand-ins", **command(hand_in_cash, scope="payments:cash", money=True))
async def hand_in_cash_route(data: JSONBody[NewHandIn], call: NamedDependency[Call[Any]]) -> Response[HandInReceipt]:
    return await call.perform(hand_in_cash, staff_id=call.principal.id, hand_in=data)


@post("/v1/cash/hand-ins/{hand_in_id:uuid}/accept", **command(accept_cash, scope="cash:accept", money=True))
async def accept_cash_route(
    hand_in_id: FromPath[UUID], data: JSONBody[Acceptance], call: NamedDependency[Call[Any]]
) -> Response[AcceptanceReceipt]:
    return await call.perform(accept_cash, hand_in_id=hand_in_id, acceptance=data)


@post("/v1/cash/hand-ins/{hand_in_id:uuid}/take-over", **command(take_over_cash, scope="payments:cash", money=True))
async def take_over_cash_route(
    hand_in_id: FromPath[UUID], data: JSONBody[Acceptance], call: NamedDependency[Call[Any]]
) -> Response[AcceptanceReceipt]:
    return await call.perform(take_over_cash, hand_in_id=hand_in_id, caller=call.principal.id, acceptance=data)


@post("/v1/cash/hand-ins/{hand_in_id:uuid}/settle", **command(settle_difference, scope="cash:settle", money=True))
async def settle_difference_route(
    hand_in_id: FromPath[UUID], data: JSONBody[NewSettlement], call: NamedDependency[Call[Any]]
) -> Response[SettlementReceipt]:
    return await call.perform(settle_difference, hand_in_id=hand_in_id, settlement=data)


@get("/v1/cash/refused", **question(list_refused_cash, scope="cash:accept"))
async def list_refused_cash_route(
    call: NamedDependency[Call[Any]],
    settled: FromQuery[bool | None] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[RefusedCash]]:
    return await call.read(list_refused_cash, settled=settled, limit=limit, cursor=cursor)


@post("/v1/cash/settlements/{settlement_id:uuid}/undo", **command(undo_settlement, scope="cash:settle", money=True))
async def undo_settlement_route(
    settlement_id: FromPath[UUID], data: JSONBody[SettlementUndone], call: NamedDependency[Call[Any]]
) -> Response[SettlementReceipt]:
    return await call.perform(undo_settlement, settlement_id=settlement_id, note=data.note)


@post("/v1/cash/refused/{entry_id:uuid}/settle", **command(settle_refused_cash, scope="cash:accept", money=True))
async def settle_refused_cash_route(
    entry_id: FromPath[UUID], data: JSONBody[RefusedCashToSettle], call: NamedDependency[Call[Any]]
) -> Response[RefusedCashReceipt]:
    return await call.perform(settle_refused_cash, entry_id=entry_id, settlement=data)


@get("/v1/cash/differences", **question(list_differences, scope="cash:read"))
async def list_differences_route(
    call: NamedDependency[Call[Any]],
    settled: FromQuery[bool] = False,
    staff_id: FromQuery[UUID | None] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[Difference]]:
    return await call.read(list_differences, settled=settled, staff_id=staff_id, limit=limit, cursor=cursor)


@get("/v1/cash/hand-ins", **question(list_hand_ins, scope="cash:read"))
async def list_hand_ins_route(
    call: NamedDependency[Call[Any]],
    staff_id: FromQuery[UUID | None] = None,
    waiting: FromQuery[bool | None] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[HandIn]]:
    return await call.read(list_hand_ins, staff_id=staff_id, waiting=waiting, limit=limit, cursor=cursor)


@get("/v1/cash/agents", **question(read_cash_on_agents, scope="cash:read"))
async def read_cash_on_agents_route(call: NamedDependency[Call[Any]]) -> Response[CashOnAgents]:
    return await call.read(read_cash_on_agents)


ROUTES = [
    hand_in_cash_route, accept_cash_route, take_over_cash_route, settle_difference_route, undo_settlement_route, list_differences_route, list_hand_ins_route, read_cash_on_agents_route,
    list_refused_cash_route, settle_refused_cash_route,
    *files_of(list_differences_route, Difference, name="cash-differences"), *files_of(list_hand_ins_route, HandIn),
    *files_of(list_refused_cash_route, RefusedCash, name="refused-cash"),
    *files_of(read_cash_on_agents_route, CashOnAgent, name="cash-on-agents", rows="agents"),
]  # fmt: skip
