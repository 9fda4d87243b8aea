"""Routes of the notices."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from service.care.records.texts import TextTaken
from service.customers.records import Language
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.principals import Principal
from service.kit.tasks.registry import WORKER
from service.notices.notices import count_told_of_incident, list_notices
from service.notices.opt_outs import list_opt_outs, set_opt_out
from service.notices.previews import Preview, list_previews
from service.notices.reach import list_reaches, note_reach, notice_bounced
from service.notices.reach_records import Bounce, Bounced, Reach, ReachDone, ReachNoted
from service.notices.records import IncidentTelling, Kind, Notice
from service.notices.rule_records import NewOptOut, NewRuleSet, OptOut, OptOutSaid, RuleSet, RulesSet
from service.notices.rules import list_notice_rules, set_notice_rules
from service.notices.texts import hear_text, read_signed

Asked = NamedDependency[Call[Any]]
OfCustomer = Annotated[UUID | None, QueryParameter(description="Only of this customer.")]


@get("/v1/notices", **question(list_notices, scope="customers:read"))
async def list_notices_route(
    customer_id: FromQuery[UUID], call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[Notice]]:
    return await call.read(list_notices, customer_id=customer_id, limit=limit, cursor=cursor)


@get("/v1/incidents/{incident_id:uuid}/telling", **question(count_told_of_incident, scope="subscriptions:read"))
async def count_told_of_incident_route(incident_id: FromPath[UUID], call: Asked) -> Response[IncidentTelling]:
    return await call.read(count_told_of_incident, incident_id=incident_id)


@post("/v1/notices/{notice_id:uuid}/report", **command(notice_bounced, scope="notices:report", status=200))
async def report_notice_route(notice_id: FromPath[UUID], data: JSONBody[Bounce], call: Asked) -> Response[Bounced]:
    return await call.perform(notice_bounced, notice_id=notice_id, bounce=data)


@get("/v1/notice-rules", **question(list_notice_rules, scope="customers:read"))
async def list_notice_rules_route(
    call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[RuleSet]]:
    return await call.read(list_notice_rules, limit=limit, cursor=cursor)


@post("/v1/notice-rules", **command(set_notice_rules, scope="organisation:write"))
async def set_notice_rules_route(data: JSONBody[NewRuleSet], call: Asked) -> Response[RulesSet]:
    return await call.perform(set_notice_rules, rules=data)


@get("/v1/notice-previews", **question(list_previews, scope="customers:read"))
async def list_previews_route(language: FromQuery[Language], call: Asked) -> Response[Page[Preview]]:
    return await call.read(list_previews, language=language, folder=call.request.app.state.settings.templates)


@get("/v1/reaches", **question(list_reaches, scope="customers:read"))
async def list_reaches_route(
    call: Asked, customer_id: OfCustomer = None, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[Reach]]:
    return await call.read(list_reaches, customer_id=customer_id, limit=limit, cursor=cursor)


@post("/v1/reaches/{notice_id:uuid}/tries", **command(note_reach, scope="messages:write", status=200))
async def note_reach_route(notice_id: FromPath[UUID], data: JSONBody[ReachNoted], call: Asked) -> Response[ReachDone]:
    return await call.perform(note_reach, notice_id=notice_id, noted=data)


@get("/v1/customers/{customer_id:uuid}/opt-outs", **question(list_opt_outs, scope="customers:read"))
async def list_opt_outs_route(customer_id: FromPath[UUID], call: Asked) -> Response[Page[OptOut]]:
    return await call.read(list_opt_outs, customer_id=customer_id)


@put("/v1/customers/{customer_id:uuid}/opt-outs/{kind:str}", **command(set_opt_out, scope="customers:write", status=200))
async def set_opt_out_route(
    customer_id: FromPath[UUID], kind: FromPath[Kind], data: JSONBody[NewOptOut], call: Asked
) -> Response[OptOutSaid]:
    return await call.perform(set_opt_out, customer_id=customer_id, kind=kind, out=data.out, via="staff")


@post(
    "/v1/organisations/{organisation_id:uuid}/text-doors/{text_door_id:uuid}/texts",
    **command(hear_text, scope=None, status=200, keyed=False),
)
async def hear_text_route(organisation_id: FromPath[UUID], text_door_id: FromPath[UUID], call: Asked) -> Response[TextTaken]:
    text = read_signed(
        call.database.cursors,
        organisation_id=organisation_id,
        text_door_id=text_door_id,
        body=await call.request.body(),
        headers=call.request.headers,
        now=call.at,
    )
    gateway = Principal(organisation_id=organisation_id, kind="system", id=WORKER)
    return Response(await call.acting_as(gateway).do(hear_text, text_door_id=text_door_id, text=text))


ROUTES: list[Any] = [
    count_told_of_incident_route,
    hear_text_route,
    list_notices_route,
    report_notice_route,
    list_notice_rules_route,
    set_notice_rules_route,
    list_previews_route,
    list_reaches_route,
    note_reach_route,
    list_opt_outs_route,
    set_opt_out_route,
]
