"""Routes of card readers."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from service.billing.http.cards import PROVIDER, desk_of
from service.billing.provider.cards import find_attempt, hear_intent
from service.billing.provider.readers import (
    ReaderBusy,
    ReaderOffline,
    connect_reader,
    list_card_readers,
    present_attempt,
    register_card_reader,
    sign_attempt,
    stop_reader,
)
from service.billing.records.readers import CardReader, CardReaders, NewReader, ReaderId, ReaderToken, ReaderWanted, SignatureWanted
from service.kit.http import Call, command, question

CARD = command(hear_intent, scope="payments:card", status=200, keyed=False, also=PROVIDER)
AT_READER = command(hear_intent, scope="payments:card", status=200, keyed=False, also=(*PROVIDER, ReaderBusy, ReaderOffline))
PRESENT = {
    **AT_READER,
    "operation_id": "present_card_attempt",
    "summary": "Asks for the customer's card at a reader.",
    "description": "For an attempt that was begun with `way: terminal`. How it ends is told of the attempt, by webhook or `refresh`: `at_reader.failure` says why it brought nothing and what helps; after a declined card it is asked again.",
}
SIGN = {
    **AT_READER,
    "operation_id": "sign_card_attempt",
    "summary": "Asks the customer to sign at a reader for what they pay or have paid there.",
    "description": "The provider keeps the signature; `signed_at` of the attempt says that it is there, and the evidence of a dispute cites it.",
}
STOP = {**AT_READER, "operation_id": "stop_card_reader", "summary": "Stops what a card reader asks for.", "description": ""}
CONNECT = {
    **CARD,
    "operation_id": "connect_card_reader",
    "summary": "What a phone connects its own card reader with, once and soon.",
    "description": "",
}
REGISTER = {
    **command(hear_intent, scope="organisation:write", status=200, keyed=False, also=PROVIDER),
    "operation_id": "register_card_reader",
    "summary": "Takes a card reader in by the code on its screen, at the company's address.",
    "description": "",
}
READERS = {
    **question(find_attempt, scope="payments:card", also=PROVIDER),
    "operation_id": "list_card_readers",
    "summary": "The card readers that the payment provider knows.",
    "description": "",
}


@post("/v1/card-attempts/{attempt_id:uuid}/present", **PRESENT)
async def present_card_attempt_route(
    attempt_id: FromPath[UUID], data: JSONBody[ReaderWanted], call: NamedDependency[Call[Any]]
) -> Response[CardReader]:
    return Response(await present_attempt(desk_of(call), attempt_id=attempt_id, reader_id=data.reader_id))


@post("/v1/card-attempts/{attempt_id:uuid}/sign", **SIGN)
async def sign_card_attempt_route(
    attempt_id: FromPath[UUID], data: JSONBody[SignatureWanted], call: NamedDependency[Call[Any]]
) -> Response[CardReader]:
    return Response(await sign_attempt(desk_of(call), attempt_id=attempt_id, wanted=data))


@post("/v1/card-readers/{reader_id:str}/stop", **STOP)
async def stop_card_reader_route(reader_id: FromPath[ReaderId], call: NamedDependency[Call[Any]]) -> Response[CardReader]:
    return Response(await stop_reader(desk_of(call), reader_id=reader_id))


@post("/v1/card-readers", **REGISTER)
async def register_card_reader_route(data: JSONBody[NewReader], call: NamedDependency[Call[Any]]) -> Response[CardReader]:
    return Response(await register_card_reader(desk_of(call), wanted=data))


@get("/v1/card-readers", **READERS)
async def list_card_readers_route(call: NamedDependency[Call[Any]]) -> Response[CardReaders]:
    return Response(await list_card_readers(desk_of(call)))


@post("/v1/card-readers/connection-tokens", **CONNECT)
async def connect_card_reader_route(call: NamedDependency[Call[Any]]) -> Response[ReaderToken]:
    return Response(await connect_reader(desk_of(call)), headers={"Cache-Control": "no-store"})


ROUTES = [
    register_card_reader_route,
    present_card_attempt_route,
    sign_card_attempt_route,
    stop_card_reader_route,
    list_card_readers_route,
    connect_card_reader_route,
]
