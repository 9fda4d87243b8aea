"""Routes of how fast people travel."""

from typing import Any

from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from service.dispatch.records import Calibrate, Calibrated, TravelSpeeds, TravelSpeedsFound, TravelSpeedsReceipt
from service.dispatch.travel.speeds import calibrate_travel, find_travel_speeds, set_travel_speeds
from service.kit.http import Call, command, question


@put("/v1/travel/speeds", **command(set_travel_speeds, scope="technicians:write", status=200, versioned=True))
async def set_travel_speeds_route(data: JSONBody[TravelSpeeds], call: NamedDependency[Call[Any]]) -> Response[TravelSpeedsReceipt]:
    return await call.perform(set_travel_speeds, speeds=data, version=call.expected_version)


@get("/v1/travel/speeds", **question(find_travel_speeds, scope="technicians:read"))
async def find_travel_speeds_route(call: NamedDependency[Call[Any]]) -> Response[TravelSpeedsFound]:
    return await call.read(find_travel_speeds)


@post("/v1/travel/speeds/calibrate", **command(calibrate_travel, scope="technicians:write", status=200))
async def calibrate_travel_route(data: JSONBody[Calibrate], call: NamedDependency[Call[Any]]) -> Response[Calibrated]:
    return await call.perform(calibrate_travel, days=data.days)


ROUTES = [set_travel_speeds_route, find_travel_speeds_route, calibrate_travel_route]
