"""Routes that renew a subscription, and stop one."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.billing.records.invoices import InvoiceReceipt
from service.billing.renewals import renew_subscription
from service.billing.stops import stop_subscription
from service.kit.http import Call, command
from service.subscriptions.records import SubscriptionState


@post("/v1/subscriptions/{subscription_id:uuid}/renew", **command(renew_subscription, scope="invoices:post", money=True))
async def renew_subscription_route(subscription_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[InvoiceReceipt]:
    return await call.perform(renew_subscription, subscription_id=subscription_id)


@post("/v1/subscriptions/{subscription_id:uuid}/stop", **command(stop_subscription, scope="invoices:credit", money=True))
async def stop_subscription_route(subscription_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[SubscriptionState]:
    return await call.perform(stop_subscription, subscription_id=subscription_id)


ROUTES = [renew_subscription_route, stop_subscription_route]
