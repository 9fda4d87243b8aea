"""The route that renews a subscription."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.billing.records.invoices import InvoiceReceipt
from service.billing.renewals import renew_subscription
from service.kit.http import Call, command


@post("/v1/subscriptions/{subscription_id:uuid}/renew", **command(renew_subscription, scope="invoices:post", money=True))
async def renew_subscription_route(subscription_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[InvoiceReceipt]:
    return await call.perform(renew_subscription, subscription_id=subscription_id)


ROUTES = [renew_subscription_route]
