"""Photos in a form: each is kept while the form is filled in, and those that are ticked go with it."""

import re
from typing import Any
from uuid import UUID

from service.authorisations.photos import add_photo
from service.authorisations.pictures import MOST_BYTES, picture_of
from service.authorisations.records import NewPhoto
from service.kit.http import Call
from service.web.forms import converted

UPLOAD_BYTES = MOST_BYTES + 128 * 1024
MOST_PHOTOS = 12
_SHOWN = re.compile(r"shown-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.ASCII)


def photos_in(form: dict[str, str]) -> list[UUID]:
    """The photos that are ticked."""
    found = [match for name in sorted(form) if (match := _SHOWN.fullmatch(name))]
    return [UUID(one[1]) for one in found][:MOST_PHOTOS]


async def with_photo(call: Call[Any], form: dict[str, str], file: bytes, *, scope_id: UUID) -> dict[str, str]:
    """Keeps the photo by the id that the form had for it: ticked from then on, and the next one has an id of its own."""
    photo = converted({"shows": "custody", "visit_id": form.get("visit"), "id": form.get("photo_id")}, NewPhoto)
    kept = await call.do(add_photo, scope_id=scope_id, photo=photo, picture=await picture_of(file))
    return {name: said for name, said in form.items() if name != "photo_id"} | {f"shown-{kept.id}": "yes"}
