"""Photos of a matter: taken by staff, cited by offers and work records by hash, seen by staff and by whoever holds the link of an offer that shows them."""

from typing import Literal
from uuid import UUID

from service.authorisations.matters import find_scope
from service.authorisations.pictures import Picture
from service.authorisations.queries import ADD_PHOTO, LIST_PHOTOS, PHOTO_PICTURE, SHOWN_PICTURE, SHOWN_PICTURES
from service.authorisations.records import NewPhoto, Photo, PhotoReceipt
from service.authorisations.work_records import VisitElsewhere
from service.kit.lists import under
from service.kit.paging import Page
from service.kit.refusals import IdTaken, NotFound, Refusal
from service.kit.verbs import Lock, Work, verb
from service.kit.zones import in_utc

Size = Literal["whole", "small"]


class PhotosUsedUp(Refusal):
    """This matter has 500 photos already."""

    code, status, remedy = "PHOTOS_USED_UP", 409, "Keep what shows something; a photo can't be replaced."


@verb(refusals=(IdTaken, PhotosUsedUp, VisitElsewhere), locks=lambda *, scope_id, **_: (Lock.scope(scope_id),))
async def add_photo(work: Work, *, scope_id: UUID, photo: NewPhoto, picture: Picture) -> PhotoReceipt:
    """Keeps a photo of a matter. The same file again, under its id or another, is the photo that is there."""
    return await work.run(
        ADD_PHOTO,
        scope_id=scope_id,
        photo_id=photo.id or work.new_id(),
        visit_id=photo.visit_id,
        shows=photo.shows,
        taken_at=in_utc(photo.taken_at or work.at),
        photo_hash=picture.photo_hash,
        received_hash=picture.received_hash,
        width=picture.width,
        height=picture.height,
        picture=picture.content,
        thumbnail=picture.thumbnail,
    )


@under(find_scope)
async def list_photos(work: Work, *, scope_id: UUID, limit: int, cursor: str | None) -> Page[Photo]:
    """The photos of a matter in the order they came."""
    purpose = f"photos {work.organisation_id} {scope_id}"
    after = int(work.cursors.read(purpose, cursor)[0]) if cursor else 0
    rows = await work.all(LIST_PHOTOS, scope_id=scope_id, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.number,))


async def read_photo(work: Work, *, photo_id: UUID, size: Size = "whole") -> bytes:
    """The picture itself as a JPEG without metadata, or its small copy; not there once it was erased."""
    return await work.one(PHOTO_PICTURE, photo_id=photo_id, small=size == "small")


async def list_shown_pictures(work: Work, *, presentation_id: UUID) -> list[UUID]:
    """Which photos of what was shown still have their picture."""
    return await work.all(SHOWN_PICTURES, presentation_id=presentation_id)


async def read_shown_photo(work: Work, *, presentation_id: UUID, photo_id: UUID, size: Size = "whole") -> bytes:
    """A picture that the offer behind a link shows; any other isn't there for whoever holds the link."""
    if work.principal.kind == "customer_link" and work.principal.subject_id != presentation_id:
        raise NotFound
    return await work.one(SHOWN_PICTURE, presentation_id=presentation_id, photo_id=photo_id, small=size == "small")
