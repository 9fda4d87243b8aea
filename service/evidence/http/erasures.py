"""Routes of erasures and holds."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from service.evidence.erasures import erase_person, erase_photo, place_hold, release_hold
from service.evidence.records.erasures import ErasureReceipt, HoldReceipt, NewErasure, NewHold, PhotoErased
from service.kit.http import Call, command

Asked = NamedDependency[Call[Any]]


@post("/v1/customers/{customer_id:uuid}/erasures", **command(erase_person, scope="persons:erase"))
async def erase_person_route(customer_id: FromPath[UUID], data: JSONBody[NewErasure], call: Asked) -> Response[ErasureReceipt]:
    return await call.perform(erase_person, customer_id=customer_id, erasure=data)


@post("/v1/photos/{photo_id:uuid}/erase", **command(erase_photo, scope="persons:erase"))
async def erase_photo_route(photo_id: FromPath[UUID], call: Asked) -> Response[PhotoErased]:
    return await call.perform(erase_photo, photo_id=photo_id)


@post("/v1/customers/{customer_id:uuid}/legal-holds", **command(place_hold, scope="evidence:hold"))
async def place_hold_route(customer_id: FromPath[UUID], data: JSONBody[NewHold], call: Asked) -> Response[HoldReceipt]:
    return await call.perform(place_hold, customer_id=customer_id, hold=data)


@post("/v1/legal-holds/{hold_id:uuid}/release", **command(release_hold, scope="evidence:hold"))
async def release_hold_route(hold_id: FromPath[UUID], call: Asked) -> Response[HoldReceipt]:
    return await call.perform(release_hold, hold_id=hold_id)


ROUTES = [erase_person_route, erase_photo_route, place_hold_route, release_hold_route]
