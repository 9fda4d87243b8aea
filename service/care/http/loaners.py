"""Routes of loaners."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.care.loaners import add_loaner, find_loaner, lend_loaner, list_loan_steps, list_loaners, retire_loaner, take_loaner_back
from service.care.records.loaners import (
    Loaner,
    LoanerAdded,
    LoanerBack,
    LoanerRetired,
    LoanMoved,
    LoanStep,
    NewLoan,
    NewLoaner,
    RetiredLoaner,
)
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page

READ, WRITE = "jobs:read", "custody:write"
Asked = NamedDependency[Call[Any]]


@post("/v1/loaners", **command(add_loaner, scope="custody:places"))
async def add_loaner_route(data: JSONBody[NewLoaner], call: Asked) -> Response[LoanerAdded]:
    return await call.perform(add_loaner, loaner=data)


@get("/v1/loaners", **question(list_loaners, scope=READ))
async def list_loaners_route(call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None) -> Response[Page[Loaner]]:
    return await call.read(list_loaners, limit=limit, cursor=cursor)


@get("/v1/loaners/{loaner_id:uuid}", **question(find_loaner, scope=READ))
async def find_loaner_route(loaner_id: FromPath[UUID], call: Asked) -> Response[Loaner]:
    return await call.read(find_loaner, loaner_id=loaner_id)


@post("/v1/loaners/{loaner_id:uuid}/lend", **command(lend_loaner, scope=WRITE))
async def lend_loaner_route(loaner_id: FromPath[UUID], data: JSONBody[NewLoan], call: Asked) -> Response[LoanMoved]:
    return await call.perform(lend_loaner, loaner_id=loaner_id, loan=data)


@post("/v1/loaners/{loaner_id:uuid}/take-back", **command(take_loaner_back, scope=WRITE))
async def take_loaner_back_route(loaner_id: FromPath[UUID], data: JSONBody[LoanerBack], call: Asked) -> Response[LoanMoved]:
    return await call.perform(take_loaner_back, loaner_id=loaner_id, back=data)


@post("/v1/loaners/{loaner_id:uuid}/retire", **command(retire_loaner, scope="custody:places", status=200))
async def retire_loaner_route(loaner_id: FromPath[UUID], data: JSONBody[RetiredLoaner], call: Asked) -> Response[LoanerRetired]:
    return await call.perform(retire_loaner, loaner_id=loaner_id, retired=data)


@get("/v1/loaners/{loaner_id:uuid}/steps", **question(list_loan_steps, scope=READ))
async def list_loan_steps_route(
    loaner_id: FromPath[UUID], call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[LoanStep]]:
    return await call.read(list_loan_steps, loaner_id=loaner_id, limit=limit, cursor=cursor)


ROUTES: list[Any] = [
    add_loaner_route,
    list_loaners_route,
    find_loaner_route,
    lend_loaner_route,
    take_loaner_back_route,
    retire_loaner_route,
    list_loan_steps_route,
]
