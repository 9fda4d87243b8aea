"""Routes of the promises."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.sheets import files_of
from service.promises.policies import list_promise_policies, set_promise_policy
from service.promises.promises import (
    find_promise,
    list_due_promises,
    list_promises,
    make_promise,
    release_promise,
    renew_promise,
    suggest_due,
)
from service.promises.records import (
    ByHand,
    DuePromise,
    KeptRate,
    KeptReport,
    Kind,
    NewPromise,
    NewPromisePolicy,
    PolicySet,
    Promise,
    PromiseEnded,
    PromisePolicy,
    PromiseReceipt,
    ReleasedPromise,
    RenewedPromise,
    SuggestedDue,
)
from service.promises.watching import report_promises

Asked = NamedDependency[Call[Any]]
Until = Annotated[datetime | None, QueryParameter(description="Only what is due before then.")]
FromOn = Annotated[date | None, QueryParameter(description="The first day, in the organisation's zone.")]
UntilOn = Annotated[date | None, QueryParameter(description="The day after the last: it isn't in the report.")]


@get("/v1/promises", **question(list_promises, scope="timeline:read"))
async def list_promises_route(
    call: Asked,
    open_only: Annotated[bool | None, QueryParameter(name="open")] = None,
    customer_id: FromQuery[UUID | None] = None,
    subject_id: FromQuery[UUID | None] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[Promise]]:
    return await call.read(list_promises, open_only=open_only, customer_id=customer_id, subject_id=subject_id, limit=limit, cursor=cursor)


@get("/v1/promises/due", **question(list_due_promises, scope="timeline:read"))
async def list_due_promises_route(
    call: Asked,
    owner_staff_id: FromQuery[UUID | None] = None,
    kind: FromQuery[Kind | None] = None,
    until: Until = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[DuePromise]]:
    kinds = None if kind is None else [kind]
    return await call.read(list_due_promises, owner_staff_id=owner_staff_id, kinds=kinds, until=until, limit=limit, cursor=cursor)


@get("/v1/promises/{promise_id:uuid}", **question(find_promise, scope="timeline:read"))
async def find_promise_route(promise_id: FromPath[UUID], call: Asked) -> Response[Promise]:
    return await call.read(find_promise, promise_id=promise_id)


@post("/v1/promises/{promise_id:uuid}/renew", **command(renew_promise, scope="promises:write"))
async def renew_promise_route(promise_id: FromPath[UUID], data: JSONBody[RenewedPromise], call: Asked) -> Response[PromiseReceipt]:
    return await call.perform(renew_promise, promise_id=promise_id, renewed=data)


@post("/v1/promises/{promise_id:uuid}/release", **command(release_promise, scope="promises:write", status=200))
async def release_promise_route(promise_id: FromPath[UUID], data: JSONBody[ReleasedPromise], call: Asked) -> Response[PromiseEnded]:
    return await call.perform(release_promise, promise_id=promise_id, released=data)


@post("/v1/customers/{customer_id:uuid}/promises", **command(make_promise, scope="promises:write"))
async def make_promise_route(customer_id: FromPath[UUID], data: JSONBody[NewPromise], call: Asked) -> Response[PromiseReceipt]:
    return await call.perform(make_promise, customer_id=customer_id, promise=data)


@get("/v1/customers/{customer_id:uuid}/promise-suggestion", **question(suggest_due, scope="timeline:read"))
async def suggest_due_route(
    customer_id: FromPath[UUID], kind: FromQuery[ByHand], call: Asked, site_id: FromQuery[UUID | None] = None
) -> Response[SuggestedDue]:
    return await call.read(suggest_due, kind=kind, customer_id=customer_id, site_id=site_id)


@post("/v1/promise-policies", **command(set_promise_policy, scope="organisation:write"))
async def set_promise_policy_route(data: JSONBody[NewPromisePolicy], call: Asked) -> Response[PolicySet]:
    return await call.perform(set_promise_policy, policy=data)


@get("/v1/promise-policies", **question(list_promise_policies, scope="timeline:read"))
async def list_promise_policies_route(
    call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[PromisePolicy]]:
    return await call.read(list_promise_policies, limit=limit, cursor=cursor)


@get("/v1/reports/promises", **question(report_promises, scope="reports:read"))
async def report_promises_route(call: Asked, from_on: FromOn = None, until_on: UntilOn = None) -> Response[KeptReport]:
    return await call.read(report_promises, from_on=from_on, until_on=until_on)


ROUTES = [
    list_promises_route,
    list_due_promises_route,
    find_promise_route,
    renew_promise_route,
    release_promise_route,
    make_promise_route,
    suggest_due_route,
    set_promise_policy_route,
    list_promise_policies_route,
    report_promises_route,
    *files_of(report_promises_route, KeptRate, name="promises"),
]
