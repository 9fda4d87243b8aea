"""Routes of compensation: for days without service and for appointments that were missed."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.billing.compensations.compensations import (
    compensate_missed_visit,
    compensate_outage,
    list_compensations,
    take_compensation_back,
)
from service.billing.compensations.judging import (
    find_compensations_of_customer,
    find_outage_compensation,
    find_visit_compensation,
)
from service.billing.compensations.policies import list_compensation_policies, set_compensation_policy
from service.billing.http.ledger import FromOn, UntilOn
from service.billing.records.compensations import (
    AppointmentCompensation,
    Compensation,
    CompensationPolicy,
    CompensationPolicySet,
    CompensationReceipt,
    CompensationReversed,
    CompensationTakenBack,
    CustomersCompensations,
    NewCompensationPolicy,
    OutageCompensation,
)
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.sheets import files_of

Asked = NamedDependency[Call[Any]]


@post("/v1/compensations/policies", **command(set_compensation_policy, scope="organisation:write"))
async def set_compensation_policy_route(data: JSONBody[NewCompensationPolicy], call: Asked) -> Response[CompensationPolicySet]:
    return await call.perform(set_compensation_policy, policy=data)


@get("/v1/compensations/policies", **question(list_compensation_policies, scope="invoices:read"))
async def list_compensation_policies_route(
    call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[CompensationPolicy]]:
    return await call.read(list_compensation_policies, limit=limit, cursor=cursor)


@post("/v1/outages/{outage_id:uuid}/compensation", **command(compensate_outage, scope="invoices:credit", money=True))
async def compensate_outage_route(outage_id: FromPath[UUID], call: Asked) -> Response[CompensationReceipt]:
    return await call.perform(compensate_outage, outage_id=outage_id)


@post("/v1/promises/{promise_id:uuid}/compensation", **command(compensate_missed_visit, scope="invoices:credit", money=True))
async def compensate_missed_visit_route(promise_id: FromPath[UUID], call: Asked) -> Response[CompensationReceipt]:
    return await call.perform(compensate_missed_visit, promise_id=promise_id)


@get("/v1/outages/{outage_id:uuid}/compensation", **question(find_outage_compensation, scope="invoices:read"))
async def find_outage_compensation_route(outage_id: FromPath[UUID], call: Asked) -> Response[OutageCompensation]:
    return await call.read(find_outage_compensation, outage_id=outage_id)


@get("/v1/promises/{promise_id:uuid}/compensation", **question(find_visit_compensation, scope="invoices:read"))
async def find_visit_compensation_route(promise_id: FromPath[UUID], call: Asked) -> Response[AppointmentCompensation]:
    return await call.read(find_visit_compensation, promise_id=promise_id)


@get("/v1/customers/{customer_id:uuid}/compensations", **question(find_compensations_of_customer, scope="invoices:read"))
async def find_compensations_of_customer_route(customer_id: FromPath[UUID], call: Asked) -> Response[CustomersCompensations]:
    return await call.read(find_compensations_of_customer, customer_id=customer_id)


@post(
    "/v1/compensations/{compensation_id:uuid}/take-back", **command(take_compensation_back, scope="invoices:credit", status=200, money=True)
)
async def take_compensation_back_route(
    compensation_id: FromPath[UUID], data: JSONBody[CompensationTakenBack], call: Asked
) -> Response[CompensationReversed]:
    return await call.perform(take_compensation_back, compensation_id=compensation_id, reason=data.reason)


@get("/v1/compensations", **question(list_compensations, scope="invoices:read"))
async def list_compensations_route(
    call: Asked,
    from_on: FromOn = None,
    until_on: UntilOn = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[Compensation]]:
    return await call.read(list_compensations, from_on=from_on, until_on=until_on, limit=limit, cursor=cursor)


ROUTES = [
    set_compensation_policy_route, list_compensation_policies_route, compensate_outage_route, compensate_missed_visit_route,
    take_compensation_back_route, list_compensations_route, find_outage_compensation_route, find_visit_compensation_route,
    find_compensations_of_customer_route,
    *files_of(list_compensation_policies_route, CompensationPolicy, name="compensation-policies"), *files_of(list_compensations_route, Compensation),
]  # fmt: skip
