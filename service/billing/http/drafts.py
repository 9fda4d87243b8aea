"""The route of a job's draft."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.billing.drafts import draft_invoice
from service.billing.records.drafts import Draft
from service.kit.http import Call, question


@get("/v1/jobs/{job_id:uuid}/invoice-draft", **question(draft_invoice, scope="invoices:read"))
async def draft_invoice_route(job_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Draft]:
    return await call.read(draft_invoice, job_id=job_id)


ROUTES = [draft_invoice_route]
