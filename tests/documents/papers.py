"""Documents as their readers get them: the text of a PDF, with its pages; and jobs at places whose law asks for more."""

import io
from typing import Any
from uuid import UUID

from pypdf import PdfReader

from tests.authorisations.matters import Matter
from tests.world import World

IBAN = "DE75512108001245126199"
"""Nobody's."""


async def pdf_of(world: World, path: str) -> bytes:
    """A document's bytes."""
    answer = await world.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), answer.text
    return answer.content


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, with plain spaces."""
    return [
        " ".join(page.extract_text().replace("\u00a0", " ").replace("\u202f", " ").split()) for page in PdfReader(io.BytesIO(pdf)).pages
    ]


async def text_of(world: World, path: str) -> str:
    """All of the text of a document."""
    return " ".join(pages_of(await pdf_of(world, path)))


async def another_job(matter: Matter, *, place: str | None = None, **differences: Any) -> None:
    """The matter goes on as that of another repair at the same site, which is told to be in that place."""
    if place:
        await matter.world.sql("update customers.site set jurisdiction = $1", place)
    [site] = await matter.world.sql("select site_id from customers.site where customer_id = $1", UUID(matter.customer_id))
    document = {"customer_id": matter.customer_id, "site_id": str(site["site_id"]), "kind": "repair"} | differences
    opened = await matter.world.done("POST", "/v1/jobs", document)
    matter.job_id, matter.scope_id = opened["id"], UUID(opened["scope_id"])


async def keep_account(world: World, **account: str) -> None:
    """The company says where it is paid to."""
    await world.changed("/v1/organisation", **account)
