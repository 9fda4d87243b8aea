"""Sheets become PDF by typst: in threads of their own, the same bytes for the same sheet, with no fonts but those that typst brings along.

A sheet is plain data that the one template shows as text; what a person wrote is never part of it, so nothing in it is ever interpreted.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import Any

import msgspec
import typst

from service.documents.einvoice.hybrid import told_hybrid
from service.kit.refusals import Busy, Refusal

MOST_BYTES = 3_000_000
"""Of a sheet: about a thousand descriptions of 2,000 letters, and set within seconds."""
SECONDS = 30
"""The longest that somebody waits for a document, the time in the queue included."""
_SETTERS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="typesetting")
"""Setting can't be interrupted, so no more than two documents keep processors busy, whatever is asked for."""


class DocumentTooLong(Refusal):
    """There is more to say in this matter than one document holds."""

    code, status, remedy = (
        "DOCUMENT_TOO_LONG",
        422,
        "Read the evidence pack of the matter (`GET /v1/scopes/{scope_id}/evidence`): it has all of it.",
    )


class Sheet(msgspec.Struct, frozen=True):
    """What the template shows, and the instant that stands in the file as its making."""

    name: str
    """What its file is called after: a number or a reference, as people read it."""
    dated_at: datetime
    content: dict[str, Any]
    e_invoice: bytes | None = None
    """The same for machines (CII), which the file then carries: PDF/A-3, Factur-X."""


async def pdf_of(sheet: Sheet, *, seconds: float = SECONDS) -> bytes:
    """The sheet on paper. Raises DocumentTooLong, and Busy where others are waiting too."""
    content = msgspec.json.encode(sheet.content)
    if len(content) > MOST_BYTES:
        raise DocumentTooLong
    setting = asyncio.get_running_loop().run_in_executor(_SETTERS, _set, content.decode(), sheet.dated_at, sheet.e_invoice)
    try:
        return await asyncio.wait_for(setting, seconds)
    except TimeoutError:
        raise Busy(retry_after=SECONDS) from None


def _set(content: str, dated_at: datetime, e_invoice: bytes | None) -> bytes:
    folder = resources.files(__package__) / "templates"
    made = typst.compile(
        str(folder / "paper.typ"),
        root=str(folder),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"sheet": content} | ({"e_invoice": e_invoice.decode()} if e_invoice else {}),
        pdf_standards=["a-3b"] if e_invoice else [],
        timestamp=dated_at.astimezone(UTC).replace(microsecond=0),
        format="pdf",
    )
    if not isinstance(made, bytes):
        raise TypeError("one document is one file")
    return told_hybrid(made) if e_invoice else made


@cache
def _fonts() -> typst.Fonts:
    """Libertinus Serif and DejaVu Sans Mono, which are part of typst: the machine's own fonts would make other bytes on each."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
