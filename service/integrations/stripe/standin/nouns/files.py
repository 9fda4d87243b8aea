"""Files: what is uploaded as evidence, kept byte for byte."""

from service.integrations.stripe.standin.faults import invalid
from service.integrations.stripe.standin.state import DATED, Call, Thing, matching, page

CREATE = frozenset({"file", "purpose"})
LIST = DATED | {"purpose"}
PURPOSES = ("dispute_evidence", "customer_signature", "terminal_reader_splashscreen", "business_logo", "business_icon")
LARGEST_EVIDENCE_BYTES = 5_000_000
TYPES = {b"%PDF": "pdf", b"\x89PNG": "png", b"\xff\xd8\xff": "jpg"}


def create(call: Call) -> Thing:
    purpose = call.fields.need_choice("purpose", PURPOSES)
    given = call.fields.upload("file")
    kind = next((named for mark, named in TYPES.items() if given.content.startswith(mark)), None)
    if purpose == "dispute_evidence":
        if kind is None:
            raise invalid("Evidence must be a PDF, a JPEG or a PNG.", param="file")
        if len(given.content) > LARGEST_EVIDENCE_BYTES:
            raise invalid("Evidence files have at most 5 MB.", param="file")
    return keep_file(call, given.content, purpose=purpose, filename=given.filename, kind=kind or "txt")


def keep_file(call: Call, content: bytes, *, purpose: str, filename: str, kind: str) -> Thing:
    file_id = call.provider.new_id("file")
    call.provider.contents[file_id] = content
    return call.provider.keep(
        {
            "id": file_id,
            "object": "file",
            "created": call.provider.created(),
            "expires_at": None,
            "filename": filename,
            "links": {"object": "list", "data": [], "has_more": False, "url": f"/v1/file_links?file={file_id}"},
            "purpose": purpose,
            "size": len(content),
            "title": None,
            "type": kind,
            "url": f"{call.address}/v1/files/{file_id}/contents",
        }
    )


def retrieve(call: Call, file_id: str) -> Thing:
    return call.provider.find("file", file_id, param="file")


def contents(call: Call, file_id: str) -> bytes:
    retrieve(call, file_id)
    return call.provider.contents[file_id]


def list_files(call: Call) -> Thing:
    call.fields.choice("purpose", PURPOSES)
    return page(matching(call, "file", LIST - DATED), call.fields, url="/v1/files", noun="file")
