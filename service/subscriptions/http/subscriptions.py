"""Routes of the subscriptions, their renewal calls and the orders to the network."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.sheets import files_of
from service.subscriptions.plan_changes import ask_plan_change, list_plan_changes
from service.subscriptions.provisioning import (
    list_network_differences,
    list_provisioning_orders,
    list_wanted,
    observe_network,
    order_by_hand,
)
from service.subscriptions.records import (
    NewRenewalCall,
    NewSubscription,
    Period,
    Reference,
    RenewalCall,
    RenewalCallReceipt,
    ServiceState,
    State,
    Subscription,
    SubscriptionReceipt,
    SubscriptionState,
    SubscriptionStep,
    Suspension,
)
from service.subscriptions.records.network import (
    DifferencesPage,
    Observation,
    ObservationReceipt,
    OrderedAgain,
    OrderOutcome,
    ProvisioningOrder,
    WantedPage,
)
from service.subscriptions.records.plan_changes import NewPlanChange, PlanChange
from service.subscriptions.renewal_calls import list_renewal_calls, log_renewal_call
from service.subscriptions.subscriptions import (
    end_subscription,
    find_subscription,
    lift_suspension,
    list_periods,
    list_subscriptions,
    open_subscription,
    service_state_at,
    subscription_history,
    suspend_subscription,
)

Asked = NamedDependency[Call[Any]]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


@post("/v1/subscriptions", **command(open_subscription, scope="subscriptions:write"))
async def open_subscription_route(data: JSONBody[NewSubscription], call: Asked) -> Response[SubscriptionReceipt]:
    return await call.perform(open_subscription, subscription=data)


@post("/v1/subscriptions/{subscription_id:uuid}/suspend", **command(suspend_subscription, scope="subscriptions:write"))
async def suspend_subscription_route(
    subscription_id: FromPath[UUID], data: JSONBody[Suspension], call: Asked
) -> Response[SubscriptionState]:
    return await call.perform(suspend_subscription, subscription_id=subscription_id, reason=data.reason)


@post("/v1/subscriptions/{subscription_id:uuid}/lift", **command(lift_suspension, scope="subscriptions:write"))
async def lift_suspension_route(subscription_id: FromPath[UUID], data: JSONBody[Suspension], call: Asked) -> Response[SubscriptionState]:
    return await call.perform(lift_suspension, subscription_id=subscription_id, reason=data.reason)


@post("/v1/subscriptions/{subscription_id:uuid}/end", **command(end_subscription, scope="subscriptions:write"))
async def end_subscription_route(subscription_id: FromPath[UUID], call: Asked) -> Response[SubscriptionState]:
    return await call.perform(end_subscription, subscription_id=subscription_id)


@get("/v1/subscriptions/{subscription_id:uuid}", **question(find_subscription, scope="subscriptions:read"))
async def find_subscription_route(subscription_id: FromPath[UUID], call: Asked) -> Response[Subscription]:
    return await call.read(find_subscription, subscription_id=subscription_id)


@get("/v1/subscriptions", **question(list_subscriptions, scope="subscriptions:read"))
async def list_subscriptions_route(
    call: Asked,
    customer_id: FromQuery[UUID | None] = None,
    standing: Annotated[State | None, QueryParameter(name="state")] = None,
    reference: FromQuery[Reference | None] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[Subscription]]:
    return await call.read(list_subscriptions, customer_id=customer_id, state=standing, reference=reference, limit=limit, cursor=cursor)


@get("/v1/subscriptions/{subscription_id:uuid}/history", **question(subscription_history, scope="subscriptions:read"))
async def subscription_history_route(
    subscription_id: FromPath[UUID], call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[SubscriptionStep]]:
    return await call.read(subscription_history, subscription_id=subscription_id, limit=limit, cursor=cursor)


@get("/v1/subscriptions/{subscription_id:uuid}/periods", **question(list_periods, scope="subscriptions:read"))
async def list_periods_route(
    subscription_id: FromPath[UUID], call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[Period]]:
    return await call.read(list_periods, subscription_id=subscription_id, limit=limit, cursor=cursor)


@post("/v1/subscriptions/{subscription_id:uuid}/change-plan", **command(ask_plan_change, scope="subscriptions:write", money=True))
async def change_plan_route(subscription_id: FromPath[UUID], data: JSONBody[NewPlanChange], call: Asked) -> Response[PlanChange]:
    return await call.perform(ask_plan_change, subscription_id=subscription_id, change=data)


@get("/v1/subscriptions/{subscription_id:uuid}/plan-changes", **question(list_plan_changes, scope="subscriptions:read"))
async def list_plan_changes_route(
    subscription_id: FromPath[UUID], call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[PlanChange]]:
    return await call.read(list_plan_changes, subscription_id=subscription_id, limit=limit, cursor=cursor)


@get("/v1/subscriptions/{subscription_id:uuid}/state", **question(service_state_at, scope="subscriptions:read"))
async def service_state_at_route(
    subscription_id: FromPath[UUID], call: Asked, at: FromQuery[Moment | None] = None
) -> Response[ServiceState]:
    return await call.read(service_state_at, subscription_id=subscription_id, at=at)


@get("/v1/renewal-calls", **question(list_renewal_calls, scope="calls:read"))
async def list_renewal_calls_route(
    call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[RenewalCall]]:
    return await call.read(list_renewal_calls, limit=limit, cursor=cursor)


@post("/v1/renewal-calls", **command(log_renewal_call, scope="calls:log"))
async def log_renewal_call_route(data: JSONBody[NewRenewalCall], call: Asked) -> Response[RenewalCallReceipt]:
    return await call.perform(log_renewal_call, call=data)


@get("/v1/provisioning-orders", **question(list_provisioning_orders, scope="subscriptions:read"))
async def list_provisioning_orders_route(
    call: Asked,
    subscription_id: FromQuery[UUID | None] = None,
    outcome: FromQuery[OrderOutcome | None] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[ProvisioningOrder]]:
    return await call.read(list_provisioning_orders, subscription_id=subscription_id, outcome=outcome, limit=limit, cursor=cursor)


@get("/v1/provisioning/state", **question(list_wanted, scope="subscriptions:read"))
async def list_wanted_route(call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None) -> Response[WantedPage]:
    return await call.read(list_wanted, limit=limit, cursor=cursor)


@post("/v1/provisioning/observed", **command(observe_network, scope="subscriptions:write", status=200))
async def observe_network_route(data: JSONBody[Observation], call: Asked) -> Response[ObservationReceipt]:
    return await call.perform(observe_network, observation=data)


@get("/v1/provisioning/differences", **question(list_network_differences, scope="subscriptions:read"))
async def list_network_differences_route(
    call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[DifferencesPage]:
    return await call.read(list_network_differences, limit=limit, cursor=cursor)


@post("/v1/provisioning/differences/{subscription_id:uuid}/order", **command(order_by_hand, scope="subscriptions:write", status=200))
async def order_by_hand_route(subscription_id: FromPath[UUID], call: Asked) -> Response[OrderedAgain]:
    return await call.perform(order_by_hand, subscription_id=subscription_id)


ROUTES = [
    open_subscription_route,
    suspend_subscription_route,
    lift_suspension_route,
    end_subscription_route,
    find_subscription_route,
    list_subscriptions_route,
    subscription_history_route,
    list_periods_route,
    change_plan_route,
    list_plan_changes_route,
    service_state_at_route,
    list_renewal_calls_route,
    log_renewal_call_route,
    list_provisioning_orders_route,
    list_wanted_route,
    observe_network_route,
    list_network_differences_route,
    order_by_hand_route,
    *files_of(list_subscriptions_route, Subscription),
    *files_of(subscription_history_route, SubscriptionStep, name="subscription-history"),
    *files_of(list_periods_route, Period, name="subscription-periods"),
    *files_of(list_plan_changes_route, PlanChange, name="plan-changes"),
    *files_of(list_renewal_calls_route, RenewalCall),
]
