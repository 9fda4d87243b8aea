"""Routes of itemised bills."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from service.billing.itemised_bills import ask_for_itemised_bill, give_itemised_bill
from service.billing.records.itemised_bills import ItemisedBill, ItemisedRequest, NewItemisedRequest
from service.kit.http import Call, command


@post("/v1/invoices/{invoice_id:uuid}/itemised-requests", **command(ask_for_itemised_bill, scope="invoices:post"))
async def ask_for_itemised_bill_route(
    invoice_id: FromPath[UUID], data: JSONBody[NewItemisedRequest], call: NamedDependency[Call[Any]]
) -> Response[ItemisedRequest]:
    return await call.perform(ask_for_itemised_bill, invoice_id=invoice_id, request=data)


@post("/v1/itemised-requests/{request_id:uuid}/give", **command(give_itemised_bill, scope="invoices:post"))
async def give_itemised_bill_route(request_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[ItemisedBill]:
    return await call.perform(give_itemised_bill, request_id=request_id)


ROUTES = [ask_for_itemised_bill_route, give_itemised_bill_route]
