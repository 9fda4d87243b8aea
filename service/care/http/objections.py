"""Routes of objections to lines of invoices."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.care.objections import (
    decide_objection,
    find_objection,
    list_objections,
    list_objections_of_invoice,
    object_to_line,
    read_objection_evidence,
)
from service.care.records.objections import Decided, LineEvidence, NewDecision, NewObjection, Objected, Objection
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page

READ = "invoices:read"
Asked = NamedDependency[Call[Any]]
OfObjection = FromPath[UUID]


@post("/v1/invoices/{invoice_id:uuid}/objections", **command(object_to_line, scope="messages:write"))
async def object_to_line_route(invoice_id: FromPath[UUID], data: JSONBody[NewObjection], call: Asked) -> Response[Objected]:
    return await call.perform(object_to_line, invoice_id=invoice_id, objection=data)


@get("/v1/invoices/{invoice_id:uuid}/objections", **question(list_objections_of_invoice, scope=READ))
async def list_objections_of_invoice_route(
    invoice_id: FromPath[UUID], call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[Objection]]:
    return await call.read(list_objections_of_invoice, invoice_id=invoice_id, limit=limit, cursor=cursor)


@get("/v1/objections", **question(list_objections, scope=READ))
async def list_objections_route(
    call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[Objection]]:
    return await call.read(list_objections, limit=limit, cursor=cursor)


@get("/v1/objections/{objection_id:uuid}", **question(find_objection, scope=READ))
async def find_objection_route(objection_id: OfObjection, call: Asked) -> Response[Objection]:
    return await call.read(find_objection, objection_id=objection_id)


@get("/v1/objections/{objection_id:uuid}/evidence", **question(read_objection_evidence, scope=READ))
async def read_objection_evidence_route(objection_id: OfObjection, call: Asked) -> Response[LineEvidence]:
    return await call.read(read_objection_evidence, objection_id=objection_id)


@post("/v1/objections/{objection_id:uuid}/decision", **command(decide_objection, scope="invoices:credit", money=True))
async def decide_objection_route(objection_id: OfObjection, data: JSONBody[NewDecision], call: Asked) -> Response[Decided]:
    return await call.perform(decide_objection, objection_id=objection_id, decision=data)


ROUTES = [
    object_to_line_route, list_objections_of_invoice_route, list_objections_route, find_objection_route, read_objection_evidence_route, decide_objection_route,
]  # fmt: skip
