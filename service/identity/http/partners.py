"""Routes of the partners and their keys."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.identity.api_keys import make_partners_key
from service.identity.partners import add_partner, list_partners
from service.identity.records import MadeApiKey
from service.identity.records.partners import NewPartner, NewPartnersKey, Partner, PartnerReceipt
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page


@post("/v1/partners", **command(add_partner, scope="keys:write"))
async def add_partner_route(data: JSONBody[NewPartner], call: NamedDependency[Call[Any]]) -> Response[PartnerReceipt]:
    return await call.perform(add_partner, partner=data)


@get("/v1/partners", **question(list_partners, scope="keys:write"))
async def list_partners_route(
    call: NamedDependency[Call[Any]], limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[Partner]]:
    return await call.read(list_partners, limit=limit, cursor=cursor)


@post("/v1/partners/{partner_id:uuid}/keys", **command(make_partners_key, scope="keys:write"))
async def make_partners_key_route(
    partner_id: FromPath[UUID], data: JSONBody[NewPartnersKey], call: NamedDependency[Call[Any]]
) -> Response[MadeApiKey]:
    return await call.perform(make_partners_key, partner_id=partner_id, new=data)


ROUTES = [add_partner_route, list_partners_route, make_partners_key_route]
