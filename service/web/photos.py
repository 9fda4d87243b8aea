"""Photos in pages: to whoever holds the link of an offer that shows them, and to staff."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.authorisations.photos import read_photo, read_shown_photo
from service.kit.http import Call
from service.web.approval import presentation_of

JPEG = "image/jpeg"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, max-age=600, immutable",
}
"""A picture under an id never changes, and a page that is opened again needn't fetch it anew on a bad line; soon it has to ask, since it may be erased."""


@get("/a/{token:str}/photos/{photo_id:uuid}", opt={"scope": "presentations:read"}, include_in_schema=False, media_type=JPEG)
async def show_photo(photo_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[bytes]:
    """A photo of the offer behind the link."""
    return picture(await call.ask(read_shown_photo, presentation_id=presentation_of(call), photo_id=photo_id, size="whole"), photo_id)


@get("/a/{token:str}/photos/{photo_id:uuid}/small", opt={"scope": "presentations:read"}, include_in_schema=False, media_type=JPEG)
async def show_small_photo(photo_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[bytes]:
    """Its small copy, which the page itself shows."""
    return picture(await call.ask(read_shown_photo, presentation_id=presentation_of(call), photo_id=photo_id, size="small"), photo_id)


@get("/app/photos/{photo_id:uuid}", opt={"scope": "offers:read"}, include_in_schema=False, media_type=JPEG)
async def show_photo_to_staff(photo_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[bytes]:
    """A photo of any matter of the organisation."""
    return picture(await call.ask(read_photo, photo_id=photo_id, size="whole"), photo_id)


@get("/app/photos/{photo_id:uuid}/small", opt={"scope": "offers:read"}, include_in_schema=False, media_type=JPEG)
async def show_small_photo_to_staff(photo_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[bytes]:
    """Its small copy."""
    return picture(await call.ask(read_photo, photo_id=photo_id, size="small"), photo_id)


def picture(content: bytes, photo_id: UUID) -> Response[bytes]:
    """The answer that a picture is."""
    headers = {**HEADERS, "Content-Disposition": f'inline; filename="photo-{str(photo_id)[-12:]}.jpg"'}
    return Response(content, media_type=JPEG, headers=headers)


ROUTES: list[Any] = [show_photo, show_small_photo, show_photo_to_staff, show_small_photo_to_staff]
