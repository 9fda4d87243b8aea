"""Routes of devices in custody."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.care.bench import list_bench, list_bench_steps, move_on_bench, tell_news
from service.care.custody import (
    add_bench_place,
    hand_device_back,
    offer_device,
    put_device_down,
    scrap_device,
    take_device,
    take_device_from_former,
    take_device_in,
)
from service.care.custody_lists import find_custody, list_bench_places, list_hand_overs
from service.care.records.bench import BenchLine, BenchStep, BenchStepped, NewBenchStep, NewNews, NewsTold
from service.care.records.custody import (
    BenchPlace,
    BenchPlaceAdded,
    Custody,
    CustodyOpened,
    DeviceMoved,
    DisposedOf,
    HandedBack,
    HandOver,
    HandOverOffered,
    NewBenchPlace,
    NewCustody,
    OfferedToColleague,
    PutDown,
    TakenFromFormer,
    TakenOver,
)
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page

READ, WRITE = "jobs:read", "custody:write"
Asked = NamedDependency[Call[Any]]
OfCustody = FromPath[UUID]


@post("/v1/bench-places", **command(add_bench_place, scope="custody:places"))
async def add_bench_place_route(data: JSONBody[NewBenchPlace], call: Asked) -> Response[BenchPlaceAdded]:
    return await call.perform(add_bench_place, place=data)


@get("/v1/bench-places", **question(list_bench_places, scope=READ))
async def list_bench_places_route(
    call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[BenchPlace]]:
    return await call.read(list_bench_places, limit=limit, cursor=cursor)


@post("/v1/jobs/{job_id:uuid}/custodies", **command(take_device_in, scope=WRITE))
async def take_device_in_route(job_id: FromPath[UUID], data: JSONBody[NewCustody], call: Asked) -> Response[CustodyOpened]:
    return await call.perform(take_device_in, job_id=job_id, taken=data)


@get("/v1/custodies/{custody_id:uuid}", **question(find_custody, scope=READ))
async def find_custody_route(custody_id: OfCustody, call: Asked) -> Response[Custody]:
    return await call.read(find_custody, custody_id=custody_id)


@get("/v1/custodies/{custody_id:uuid}/hand-overs", **question(list_hand_overs, scope=READ))
async def list_hand_overs_route(
    custody_id: OfCustody, call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[HandOver]]:
    return await call.read(list_hand_overs, custody_id=custody_id, limit=limit, cursor=cursor)


@post("/v1/custodies/{custody_id:uuid}/offers", **command(offer_device, scope=WRITE))
async def offer_device_route(custody_id: OfCustody, data: JSONBody[OfferedToColleague], call: Asked) -> Response[HandOverOffered]:
    return await call.perform(offer_device, custody_id=custody_id, offered=data)


@post("/v1/custodies/{custody_id:uuid}/take", **command(take_device, scope=WRITE))
async def take_device_route(custody_id: OfCustody, data: JSONBody[TakenOver], call: Asked) -> Response[DeviceMoved]:
    return await call.perform(take_device, custody_id=custody_id, taken=data)


@post("/v1/custodies/{custody_id:uuid}/put-down", **command(put_device_down, scope=WRITE))
async def put_device_down_route(custody_id: OfCustody, data: JSONBody[PutDown], call: Asked) -> Response[DeviceMoved]:
    return await call.perform(put_device_down, custody_id=custody_id, put=data)


@post("/v1/custodies/{custody_id:uuid}/hand-back", **command(hand_device_back, scope=WRITE))
async def hand_device_back_route(custody_id: OfCustody, data: JSONBody[HandedBack], call: Asked) -> Response[DeviceMoved]:
    return await call.perform(hand_device_back, custody_id=custody_id, back=data)


@post("/v1/custodies/{custody_id:uuid}/take-from-former", **command(take_device_from_former, scope="custody:take-over"))
async def take_device_from_former_route(custody_id: OfCustody, data: JSONBody[TakenFromFormer], call: Asked) -> Response[DeviceMoved]:
    return await call.perform(take_device_from_former, custody_id=custody_id, taken=data)


@post("/v1/custodies/{custody_id:uuid}/scrap", **command(scrap_device, scope=WRITE))
async def scrap_device_route(custody_id: OfCustody, data: JSONBody[DisposedOf], call: Asked) -> Response[DeviceMoved]:
    return await call.perform(scrap_device, custody_id=custody_id, scrapped=data)


@get("/v1/custodies", **question(list_bench, scope=READ))
async def list_bench_route(
    call: Asked,
    customer_id: FromQuery[UUID | None] = None,
    held_by: FromQuery[UUID | None] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[BenchLine]]:
    return await call.read(list_bench, customer_id=customer_id, held_by=held_by, limit=limit, cursor=cursor)


@post("/v1/custodies/{custody_id:uuid}/steps", **command(move_on_bench, scope=WRITE, status=200))
async def move_on_bench_route(custody_id: OfCustody, data: JSONBody[NewBenchStep], call: Asked) -> Response[BenchStepped]:
    return await call.perform(move_on_bench, custody_id=custody_id, step=data)


@get("/v1/custodies/{custody_id:uuid}/steps", **question(list_bench_steps, scope=READ))
async def list_bench_steps_route(
    custody_id: OfCustody, call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[BenchStep]]:
    return await call.read(list_bench_steps, custody_id=custody_id, limit=limit, cursor=cursor)


@post("/v1/custodies/{custody_id:uuid}/news", **command(tell_news, scope=WRITE))
async def tell_news_route(custody_id: OfCustody, data: JSONBody[NewNews], call: Asked) -> Response[NewsTold]:
    return await call.perform(tell_news, custody_id=custody_id, news=data)


ROUTES = [
    list_bench_route,
    move_on_bench_route,
    list_bench_steps_route,
    tell_news_route,
    add_bench_place_route,
    list_bench_places_route,
    take_device_in_route,
    find_custody_route,
    list_hand_overs_route,
    offer_device_route,
    take_device_route,
    put_device_down_route,
    hand_device_back_route,
    take_device_from_former_route,
    scrap_device_route,
]
