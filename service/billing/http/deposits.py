"""Routes of cash taken to the bank."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.billing.cash.deposits import bank_cash, confirm_deposit, list_deposits
from service.billing.cash.differences import settle_deposit_difference
from service.billing.records.cash import NewSettlement, SettlementReceipt
from service.billing.records.deposits import ArrivalReceipt, Deposit, DepositArrived, DepositReceipt, NewDeposit
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.sheets import files_of

Asked = NamedDependency[Call[Any]]
SlipAsked = Annotated[str, msgspec.Meta(max_length=60)]


@post("/v1/cash/deposits", **command(bank_cash, scope="cash:accept", money=True))
async def bank_cash_route(data: JSONBody[NewDeposit], call: Asked) -> Response[DepositReceipt]:
    return await call.perform(bank_cash, deposit=data)


@post("/v1/cash/deposits/{deposit_id:uuid}/confirm", **command(confirm_deposit, scope="cash:accept", money=True))
async def confirm_deposit_route(deposit_id: FromPath[UUID], data: JSONBody[DepositArrived], call: Asked) -> Response[ArrivalReceipt]:
    return await call.perform(confirm_deposit, deposit_id=deposit_id, arrival=data)


@post("/v1/cash/deposits/{deposit_id:uuid}/settle", **command(settle_deposit_difference, scope="cash:settle", money=True))
async def settle_deposit_difference_route(
    deposit_id: FromPath[UUID], data: JSONBody[NewSettlement], call: Asked
) -> Response[SettlementReceipt]:
    return await call.perform(settle_deposit_difference, deposit_id=deposit_id, settlement=data)


@get("/v1/cash/deposits", **question(list_deposits, scope="cash:accept"))
async def list_deposits_route(
    call: Asked,
    slip: FromQuery[SlipAsked | None] = None,
    arrived: FromQuery[bool | None] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[Deposit]]:
    return await call.read(list_deposits, slip=slip, arrived=arrived, limit=limit, cursor=cursor)


ROUTES = [
    bank_cash_route,
    confirm_deposit_route,
    settle_deposit_difference_route,
    list_deposits_route,
    *files_of(list_deposits_route, Deposit),
]
