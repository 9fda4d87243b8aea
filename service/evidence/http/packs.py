"""The route of the evidence pack."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.evidence.packs import EvidenceTooLarge, read_evidence
from service.kit.http import Call, question

ZIP = "application/zip"


@get("/v1/scopes/{scope_id:uuid}/evidence", **question(read_evidence, scope="evidence:read", also=(EvidenceTooLarge,)), media_type=ZIP)
async def read_evidence_route(scope_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[bytes]:
    pack = (await call.read(read_evidence, scope_id=scope_id)).content
    headers = {"Content-Disposition": f'attachment; filename="evidence-{pack.scope_id}.zip"', "Cache-Control": "private, no-store"}
    return Response(pack.content, media_type=ZIP, headers=headers)


ROUTES = [read_evidence_route]
