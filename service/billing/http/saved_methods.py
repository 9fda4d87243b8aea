"""Routes of saved methods and of the charges by them."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.billing.records.saved_methods import (
    Charge,
    ChargeAnew,
    ChargePolicy,
    MethodReceipt,
    NewChargePolicy,
    NoticeGiven,
    PlannedCharge,
    PlannedCharges,
    PolicyReceipt,
    SavedMethod,
    SavingLinkSent,
)
from service.billing.saved.charges import begin_charge_anew, list_charges, list_planned_charges
from service.billing.saved.methods import list_saved_methods, remove_saved_method, send_saving_link
from service.billing.saved.policies import list_charge_policies, set_charge_policy
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.sheets import files_of

Asked = NamedDependency[Call[Any]]


@post("/v1/charge-policies", **command(set_charge_policy, scope="organisation:write"))
async def set_charge_policy_route(data: JSONBody[NewChargePolicy], call: Asked) -> Response[PolicyReceipt]:
    return await call.perform(set_charge_policy, policy=data)


@get("/v1/charge-policies", **question(list_charge_policies, scope="payments:read"))
async def list_charge_policies_route(
    call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[ChargePolicy]]:
    return await call.read(list_charge_policies, limit=limit, cursor=cursor)


@post("/v1/customers/{customer_id:uuid}/saving-links", **command(send_saving_link, scope="payments:card"))
async def send_saving_link_route(customer_id: FromPath[UUID], call: Asked) -> Response[SavingLinkSent]:
    return await call.perform(send_saving_link, customer_id=customer_id)


@get("/v1/saved-methods", **question(list_saved_methods, scope="payments:read"))
async def list_saved_methods_route(
    call: Asked,
    customer_id: FromQuery[UUID | None] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[SavedMethod]]:
    return await call.read(list_saved_methods, customer_id=customer_id, limit=limit, cursor=cursor)


@post("/v1/saved-methods/{method_id:uuid}/remove", **command(remove_saved_method, scope="payments:card", status=200))
async def remove_saved_method_route(method_id: FromPath[UUID], call: Asked) -> Response[MethodReceipt]:
    return await call.perform(remove_saved_method, method_id=method_id)


@get("/v1/customers/{customer_id:uuid}/planned-charges", **question(list_planned_charges, scope="payments:read"))
async def list_planned_charges_route(customer_id: FromPath[UUID], call: Asked) -> Response[PlannedCharges]:
    return await call.read(list_planned_charges, customer_id=customer_id)


@get("/v1/charges", **question(list_charges, scope="payments:read"))
async def list_charges_route(
    call: Asked,
    customer_id: FromQuery[UUID | None] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[Charge]]:
    return await call.read(list_charges, customer_id=customer_id, limit=limit, cursor=cursor)


@post("/v1/invoices/{invoice_id:uuid}/charge-notices", **command(begin_charge_anew, scope="payments:card"))
async def begin_charge_anew_route(invoice_id: FromPath[UUID], data: JSONBody[ChargeAnew], call: Asked) -> Response[NoticeGiven]:
    return await call.perform(begin_charge_anew, invoice_id=invoice_id, anew=data)


ROUTES = [
    set_charge_policy_route, list_charge_policies_route, send_saving_link_route, list_saved_methods_route, remove_saved_method_route,
    list_planned_charges_route, list_charges_route, begin_charge_anew_route, *files_of(list_saved_methods_route, SavedMethod), *files_of(list_charges_route, Charge),
    *files_of(list_charge_policies_route, ChargePolicy), *files_of(list_planned_charges_route, PlannedCharge),
]  # fmt: skip
