"""Routes of bad debts."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.billing.http.ledger import FromOn, UntilOn
from service.billing.records.write_offs import NewWriteOff, WriteOffLine, WriteOffReceipt, WriteOffUndone
from service.billing.write_offs import approve_write_off, decline_write_off, list_write_offs, propose_write_off, undo_write_off
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.sheets import files_of


@post("/v1/invoices/{invoice_id:uuid}/write-off", **command(propose_write_off, scope="write-offs:propose", money=True))
async def propose_write_off_route(
    invoice_id: FromPath[UUID], data: JSONBody[NewWriteOff], call: NamedDependency[Call[Any]]
) -> Response[WriteOffReceipt]:
    return await call.perform(propose_write_off, invoice_id=invoice_id, write_off=data)


@post("/v1/write-offs/{write_off_id:uuid}/approve", **command(approve_write_off, scope="write-offs:approve", status=200, money=True))
async def approve_write_off_route(write_off_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[WriteOffReceipt]:
    return await call.perform(approve_write_off, write_off_id=write_off_id)


@post("/v1/write-offs/{write_off_id:uuid}/decline", **command(decline_write_off, scope="write-offs:propose", status=200, money=True))
async def decline_write_off_route(write_off_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[WriteOffReceipt]:
    return await call.perform(decline_write_off, write_off_id=write_off_id)


@post("/v1/write-offs/{write_off_id:uuid}/undo", **command(undo_write_off, scope="write-offs:approve", status=200, money=True))
async def undo_write_off_route(
    write_off_id: FromPath[UUID], data: JSONBody[WriteOffUndone], call: NamedDependency[Call[Any]]
) -> Response[WriteOffReceipt]:
    return await call.perform(undo_write_off, write_off_id=write_off_id, note=data.note)


@get("/v1/write-offs", **question(list_write_offs, scope="payments:read"))
async def list_write_offs_route(
    call: NamedDependency[Call[Any]],
    from_on: FromOn = None,
    until_on: UntilOn = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[WriteOffLine]]:
    return await call.read(list_write_offs, from_on=from_on, until_on=until_on, limit=limit, cursor=cursor)


ROUTES = [
    propose_write_off_route, approve_write_off_route, decline_write_off_route, undo_write_off_route, list_write_offs_route,
    *files_of(list_write_offs_route, WriteOffLine),
]  # fmt: skip
