"""Routes of books of receipt numbers."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.billing.receipt_blocks import list_receipt_blocks, reserve_receipt_block, void_receipt_numbers
from service.billing.records.receipt_blocks import NewReceiptBlock, ReceiptBlock, ReceiptBlockLine, VoidedNumbers, VoidReceipt
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.sheets import files_of

Asked = NamedDependency[Call[Any]]


@post("/v1/devices/{device_id:uuid}/receipt-blocks", **command(reserve_receipt_block, scope="payments:cash"))
async def reserve_receipt_block_route(device_id: FromPath[UUID], data: JSONBody[NewReceiptBlock], call: Asked) -> Response[ReceiptBlock]:
    return await call.perform(reserve_receipt_block, device_id=device_id, wanted=data)


@post("/v1/receipt-blocks/{block_id:uuid}/void", **command(void_receipt_numbers, scope="payments:cash"))
async def void_receipt_numbers_route(block_id: FromPath[UUID], data: JSONBody[VoidedNumbers], call: Asked) -> Response[VoidReceipt]:
    return await call.perform(void_receipt_numbers, block_id=block_id, voided=data)


@get("/v1/reports/receipt-numbers", **question(list_receipt_blocks, scope="reports:read"))
async def list_receipt_blocks_route(
    call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[ReceiptBlockLine]]:
    return await call.read(list_receipt_blocks, limit=limit, cursor=cursor)


ROUTES = [
    reserve_receipt_block_route,
    void_receipt_numbers_route,
    list_receipt_blocks_route,
    *files_of(list_receipt_blocks_route, ReceiptBlockLine),
]
