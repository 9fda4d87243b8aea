"""Routes of disputes' answers."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from service.evidence.answers import answer_dispute, find_dispute_answer
from service.evidence.records.disputes import AnswerReceipt, DisputeAnswer, NewDisputeAnswer
from service.kit.http import Call, command, question

Asked = NamedDependency[Call[Any]]


@post("/v1/disputes/{dispute_id:uuid}/evidence", **command(answer_dispute, scope="disputes:answer"))
async def answer_dispute_route(dispute_id: FromPath[UUID], data: JSONBody[NewDisputeAnswer], call: Asked) -> Response[AnswerReceipt]:
    return await call.perform(answer_dispute, dispute_id=dispute_id, answer=data)


@get("/v1/disputes/{dispute_id:uuid}/evidence", **question(find_dispute_answer, scope="evidence:read"))
async def find_dispute_answer_route(dispute_id: FromPath[UUID], call: Asked) -> Response[DisputeAnswer]:
    return await call.read(find_dispute_answer, dispute_id=dispute_id)


ROUTES = [answer_dispute_route, find_dispute_answer_route]
