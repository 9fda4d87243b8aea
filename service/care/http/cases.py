"""Routes of the cases."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from service.care.case_lists import find_case, list_case_entries, list_case_incidents, list_cases, list_cases_of_customer
from service.care.cases import (
    answer_case,
    call_case_fault,
    close_case,
    hand_case_over,
    hear_in_case,
    merge_case,
    note_in_case,
    raise_case,
    split_case,
)
from service.care.records.cases import (
    Answered,
    Case,
    CaseEntry,
    CaseIncident,
    CaseLine,
    CaseMoved,
    Fault,
    HandedOver,
    Heard,
    MergedInto,
    NewAnswer,
    NewCase,
    NewCaseNote,
    NewCaseWord,
    SplitOff,
)
from service.identity.scopes import Role
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page

READ, WRITE = "timeline:read", "messages:write"
Asked = NamedDependency[Call[Any]]
OfCase = FromPath[UUID]


@post("/v1/customers/{customer_id:uuid}/cases", **command(raise_case, scope=WRITE))
async def raise_case_route(customer_id: FromPath[UUID], data: JSONBody[NewCase], call: Asked) -> Response[Heard]:
    return await call.perform(raise_case, customer_id=customer_id, case=data)


@get("/v1/customers/{customer_id:uuid}/cases", **question(list_cases_of_customer, scope=READ))
async def list_cases_of_customer_route(
    customer_id: FromPath[UUID], call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[CaseLine]]:
    return await call.read(list_cases_of_customer, customer_id=customer_id, limit=limit, cursor=cursor)


@get("/v1/cases", **question(list_cases, scope=READ))
async def list_cases_route(
    call: Asked,
    staff_id: FromQuery[UUID | None] = None,
    team: FromQuery[Role | None] = None,
    unassigned: Annotated[bool | None, QueryParameter(description="`true`: only what nobody has.")] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[CaseLine]]:
    teams = None if team is None else [team]
    return await call.read(list_cases, staff_id=staff_id, teams=teams, unassigned=unassigned, limit=limit, cursor=cursor)


@get("/v1/cases/{case_id:uuid}", **question(find_case, scope=READ))
async def find_case_route(case_id: OfCase, call: Asked) -> Response[Case]:
    return await call.read(find_case, case_id=case_id)


@get("/v1/cases/{case_id:uuid}/entries", **question(list_case_entries, scope=READ))
async def list_case_entries_route(
    case_id: OfCase, call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[CaseEntry]]:
    return await call.read(list_case_entries, case_id=case_id, limit=limit, cursor=cursor)


@get("/v1/cases/{case_id:uuid}/incidents", **question(list_case_incidents, scope="customers:read"))
async def list_case_incidents_route(case_id: OfCase, call: Asked) -> Response[list[CaseIncident]]:
    return await call.read(list_case_incidents, case_id=case_id)


@post("/v1/cases/{case_id:uuid}/messages", **command(hear_in_case, scope=WRITE))
async def hear_in_case_route(case_id: OfCase, data: JSONBody[NewCaseWord], call: Asked) -> Response[Heard]:
    return await call.perform(hear_in_case, case_id=case_id, word=data)


@post("/v1/cases/{case_id:uuid}/answers", **command(answer_case, scope=WRITE))
async def answer_case_route(case_id: OfCase, data: JSONBody[NewAnswer], call: Asked) -> Response[Answered]:
    return await call.perform(answer_case, case_id=case_id, answer=data)


@post("/v1/cases/{case_id:uuid}/notes", **command(note_in_case, scope=WRITE, status=200))
async def note_in_case_route(case_id: OfCase, data: JSONBody[NewCaseNote], call: Asked) -> Response[CaseMoved]:
    return await call.perform(note_in_case, case_id=case_id, note=data)


@post("/v1/cases/{case_id:uuid}/hand-over", **command(hand_case_over, scope=WRITE, status=200))
async def hand_case_over_route(case_id: OfCase, data: JSONBody[HandedOver], call: Asked) -> Response[CaseMoved]:
    return await call.perform(hand_case_over, case_id=case_id, handed=data)


@post("/v1/cases/{case_id:uuid}/fault", **command(call_case_fault, scope=WRITE, status=200))
async def call_case_fault_route(case_id: OfCase, data: JSONBody[Fault], call: Asked) -> Response[CaseMoved]:
    return await call.perform(call_case_fault, case_id=case_id, fault=data)


@post("/v1/cases/{case_id:uuid}/merge", **command(merge_case, scope=WRITE, status=200))
async def merge_case_route(case_id: OfCase, data: JSONBody[MergedInto], call: Asked) -> Response[CaseMoved]:
    return await call.perform(merge_case, case_id=case_id, merged=data)


@post("/v1/cases/{case_id:uuid}/split", **command(split_case, scope=WRITE))
async def split_case_route(case_id: OfCase, data: JSONBody[SplitOff], call: Asked) -> Response[CaseMoved]:
    return await call.perform(split_case, case_id=case_id, split=data)


@post("/v1/cases/{case_id:uuid}/close", **command(close_case, scope=WRITE, status=200))
async def close_case_route(case_id: OfCase, call: Asked) -> Response[CaseMoved]:
    return await call.perform(close_case, case_id=case_id)


ROUTES = [
    raise_case_route,
    list_cases_of_customer_route,
    list_cases_route,
    find_case_route,
    list_case_entries_route,
    list_case_incidents_route,
    hear_in_case_route,
    answer_case_route,
    note_in_case_route,
    hand_case_over_route,
    call_case_fault_route,
    merge_case_route,
    split_case_route,
    close_case_route,
]
