"""Documents as their readers get them: the text of a PDF, with its pages."""

import io

from pypdf import PdfReader

from tests.world import World


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
