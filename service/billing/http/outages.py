"""Routes of time without service, and of what is given back for it."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.billing.outages.incidents import foresee_incident_credits, order_outage_credits
from service.billing.outages.outages import OutageUnclear, credit_outage, find_outage_credit, list_outages
from service.billing.outages.policies import list_outage_policies, set_outage_policy
from service.billing.records.outages import (
    Instant,
    NewOutage,
    NewOutagePolicy,
    Outage,
    OutageCredit,
    OutageOrder,
    OutagePolicy,
    OutagePolicySet,
    OutageReceipt,
)
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.sheets import files_of

Asked = NamedDependency[Call[Any]]


@post("/v1/outages/policies", **command(set_outage_policy, scope="organisation:write"))
async def set_outage_policy_route(data: JSONBody[NewOutagePolicy], call: Asked) -> Response[OutagePolicySet]:
    return await call.perform(set_outage_policy, policy=data)


@get("/v1/outages/policies", **question(list_outage_policies, scope="subscriptions:read"))
async def list_outage_policies_route(
    call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[OutagePolicy]]:
    return await call.read(list_outage_policies, limit=limit, cursor=cursor)


@post("/v1/subscriptions/{subscription_id:uuid}/outages", **command(credit_outage, scope="invoices:credit", money=True))
async def credit_outage_route(subscription_id: FromPath[UUID], data: JSONBody[NewOutage], call: Asked) -> Response[OutageReceipt]:
    return await call.perform(credit_outage, subscription_id=subscription_id, outage=data)


@get("/v1/subscriptions/{subscription_id:uuid}/outages", **question(list_outages, scope="subscriptions:read"))
async def list_outages_route(
    subscription_id: FromPath[UUID], call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[Outage]]:
    return await call.read(list_outages, subscription_id=subscription_id, limit=limit, cursor=cursor)


@get(
    "/v1/subscriptions/{subscription_id:uuid}/outage-credit",
    **question(find_outage_credit, scope="subscriptions:read", also=(OutageUnclear,)),
)
async def find_outage_credit_route(
    subscription_id: FromPath[UUID], call: Asked, from_at: FromQuery[Instant], until_at: FromQuery[Instant]
) -> Response[OutageCredit]:
    return await call.read(find_outage_credit, subscription_id=subscription_id, from_at=from_at, until_at=until_at)


@get("/v1/incidents/{incident_id:uuid}/credits", **question(foresee_incident_credits, scope="subscriptions:read"))
async def foresee_incident_credits_route(
    incident_id: FromPath[UUID], call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[OutageCredit]]:
    return await call.read(foresee_incident_credits, incident_id=incident_id, limit=limit, cursor=cursor)


@post("/v1/incidents/{incident_id:uuid}/credits", **command(order_outage_credits, scope="invoices:credit", money=True))
async def order_outage_credits_route(incident_id: FromPath[UUID], call: Asked) -> Response[OutageOrder]:
    return await call.perform(order_outage_credits, incident_id=incident_id)


ROUTES = [
    set_outage_policy_route, list_outage_policies_route, credit_outage_route, list_outages_route, find_outage_credit_route,
    foresee_incident_credits_route, order_outage_credits_route,
    *files_of(list_outage_policies_route, OutagePolicy, name="outage-policies"), *files_of(list_outages_route, Outage), *files_of(foresee_incident_credits_route, OutageCredit, name="incident-credits"),
]  # fmt: skip
