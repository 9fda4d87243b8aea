"""Routes of cheques."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from service.billing.cheques import clear_cheque, list_cheques, receive_cheque, take_clearing_back
from service.billing.records.cheques import Cheque, ChequeCleared, ChequeStanding, NewCheque, State
from service.billing.records.payments import PaymentOutcome
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.sheets import files_of

Asked = NamedDependency[Call[Any]]
NumberAsked = Annotated[str, msgspec.Meta(max_length=40)]
StateAsked = Annotated[
    State | None,
    QueryParameter(name="state", description="Those on their way, cleared, bounced or taken back as told by mistake; all, if left out."),
]


@post("/v1/payments/cheques", **command(receive_cheque, scope="payments:cheque", money=True))
async def receive_cheque_route(data: JSONBody[NewCheque], call: Asked) -> Response[PaymentOutcome]:
    return await call.perform(receive_cheque, cheque=data)


@post("/v1/payments/{payment_id:uuid}/clear", **command(clear_cheque, scope="payments:correct", money=True))
async def clear_cheque_route(payment_id: FromPath[UUID], data: JSONBody[ChequeCleared], call: Asked) -> Response[ChequeStanding]:
    return await call.perform(clear_cheque, payment_id=payment_id, cleared=data)


@post("/v1/payments/{payment_id:uuid}/clear/undo", **command(take_clearing_back, scope="payments:correct", money=True))
async def take_clearing_back_route(payment_id: FromPath[UUID], call: Asked) -> Response[ChequeStanding]:
    return await call.perform(take_clearing_back, payment_id=payment_id)


@get("/v1/payments/cheques", **question(list_cheques, scope="payments:read"))
async def list_cheques_route(
    call: Asked,
    where: StateAsked = None,
    number: FromQuery[NumberAsked | None] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[Cheque]]:
    return await call.read(list_cheques, state=where, number=number, limit=limit, cursor=cursor)


ROUTES = [receive_cheque_route, clear_cheque_route, take_clearing_back_route, list_cheques_route, *files_of(list_cheques_route, Cheque)]
