"""Routes of dunning."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.billing.dunning.holds import place_dunning_hold, promise_payment, release_dunning_hold
from service.billing.dunning.policies import list_dunning_policies, set_dunning_policy
from service.billing.dunning.steps import find_dunning, lapse_subscription, list_arrears
from service.billing.records.dunning import (
    Arrears,
    Dunning,
    DunningPolicy,
    HoldReceipt,
    NewDunningPolicy,
    NewHold,
    NewPaymentPromise,
    PaymentPromiseReceipt,
    PolicySet,
)
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.sheets import files_of
from service.subscriptions.records import SubscriptionState

Asked = NamedDependency[Call[Any]]


@post("/v1/dunning/policies", **command(set_dunning_policy, scope="organisation:write"))
async def set_dunning_policy_route(data: JSONBody[NewDunningPolicy], call: Asked) -> Response[PolicySet]:
    return await call.perform(set_dunning_policy, policy=data)


@get("/v1/dunning/policies", **question(list_dunning_policies, scope="calls:read"))
async def list_dunning_policies_route(
    call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[DunningPolicy]]:
    return await call.read(list_dunning_policies, limit=limit, cursor=cursor)


@get("/v1/dunning", **question(list_arrears, scope="calls:read"))
async def list_arrears_route(call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None) -> Response[Page[Arrears]]:
    return await call.read(list_arrears, limit=limit, cursor=cursor)


@get("/v1/customers/{customer_id:uuid}/dunning", **question(find_dunning, scope="payments:read"))
async def find_dunning_route(customer_id: FromPath[UUID], call: Asked) -> Response[Dunning]:
    return await call.read(find_dunning, customer_id=customer_id)


@post("/v1/customers/{customer_id:uuid}/dunning-holds", **command(place_dunning_hold, scope="subscriptions:write"))
async def place_dunning_hold_route(customer_id: FromPath[UUID], data: JSONBody[NewHold], call: Asked) -> Response[HoldReceipt]:
    return await call.perform(place_dunning_hold, customer_id=customer_id, hold=data)


@post("/v1/dunning-holds/{hold_id:uuid}/release", **command(release_dunning_hold, scope="subscriptions:write", status=200))
async def release_dunning_hold_route(hold_id: FromPath[UUID], call: Asked) -> Response[HoldReceipt]:
    return await call.perform(release_dunning_hold, hold_id=hold_id)


@post("/v1/customers/{customer_id:uuid}/payment-promises", **command(promise_payment, scope="calls:log"))
async def promise_payment_route(
    customer_id: FromPath[UUID], data: JSONBody[NewPaymentPromise], call: Asked
) -> Response[PaymentPromiseReceipt]:
    return await call.perform(promise_payment, customer_id=customer_id, promise=data)


@post("/v1/subscriptions/{subscription_id:uuid}/lapse", **command(lapse_subscription, scope="subscriptions:write"))
async def lapse_subscription_route(subscription_id: FromPath[UUID], call: Asked) -> Response[SubscriptionState]:
    return await call.perform(lapse_subscription, subscription_id=subscription_id)


ROUTES = [
    set_dunning_policy_route, list_dunning_policies_route, list_arrears_route, find_dunning_route, place_dunning_hold_route, release_dunning_hold_route,
    promise_payment_route, lapse_subscription_route,
    *files_of(list_dunning_policies_route, DunningPolicy, name="dunning-policies"), *files_of(list_arrears_route, Arrears),
]  # fmt: skip
