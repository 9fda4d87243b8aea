"""Routes of one matter's evidence."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.evidence.disputes import read_dispute_evidence
from service.evidence.packs import EvidenceTooLarge, read_evidence
from service.evidence.records.disputes import DisputeEvidence
from service.evidence.signatures import read_signature
from service.kit.http import Call, question

ZIP, PNG = "application/zip", "image/png"


@get("/v1/scopes/{scope_id:uuid}/evidence", **question(read_evidence, scope="evidence:read", also=(EvidenceTooLarge,)), media_type=ZIP)
async def read_evidence_route(scope_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[bytes]:
    pack = (await call.read(read_evidence, scope_id=scope_id)).content
    headers = {"Content-Disposition": f'attachment; filename="evidence-{scope_id}.zip"', "Cache-Control": "private, no-store"}
    return Response(pack, media_type=ZIP, headers=headers)


@get("/v1/scopes/{scope_id:uuid}/dispute-evidence", **question(read_dispute_evidence, scope="evidence:read"))
async def read_dispute_evidence_route(scope_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[DisputeEvidence]:
    return await call.read(read_dispute_evidence, scope_id=scope_id)


@get("/v1/authorisations/{authorisation_id:uuid}/signature.png", **question(read_signature, scope="evidence:read"), media_type=PNG)
async def read_signature_route(authorisation_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[bytes]:
    picture = (await call.read(read_signature, authorisation_id=authorisation_id)).content
    headers = {"Content-Disposition": f'inline; filename="signature-{authorisation_id}.png"', "Cache-Control": "private, no-store"}
    return Response(picture, media_type=PNG, headers=headers)


ROUTES = [read_evidence_route, read_dispute_evidence_route, read_signature_route]
