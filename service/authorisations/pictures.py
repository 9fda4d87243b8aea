"""Pictures as they are kept: drawn anew from what was sent, as a JPEG without metadata, so that no place, device or hidden thumbnail travels along."""

import asyncio
import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from PIL import Image, ImageOps

from service.kit.refusals import Refusal

MOST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = {"JPEG": 64_000_000, "PNG": 24_000_000, "WEBP": 24_000_000}
"""The kinds that are read, judged by their bytes; what the sender calls them counts for nothing. A JPEG is scaled down while it is read, the others are read
whole: 24 million pixels are 72 MB for a moment."""
LONGEST_SIDE, SIDE_OF_THUMBNAIL = 2048, 320
MOST_KEPT_BYTES = 2_000_000
_DRAWER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")
"""One picture at a time: each takes memory and most of a second, and requests must be answered beside it."""


class PhotoUnreadable(Refusal):
    """These bytes aren't a photo that can be kept."""

    code, status, remedy = "PHOTO_UNREADABLE", 422, "Send one JPEG, PNG or WebP picture of at most 12 MiB; a phone can save HEIC as JPEG."


class Picture(NamedTuple):
    """A picture as it is kept, its small copy, and the hash of the file it was made from (SHA-256 in hexadecimal, as `photo_hash`)."""

    content: bytes
    thumbnail: bytes
    width: int
    height: int
    photo_hash: str
    received_hash: str


async def picture_of(received: bytes) -> Picture:
    """The picture in a file that somebody sent. Raises PhotoUnreadable."""
    return await asyncio.get_running_loop().run_in_executor(_DRAWER, drawn, received)


def drawn(received: bytes) -> Picture:
    """The same, at once. Raises PhotoUnreadable."""
    if not 0 < len(received) <= MOST_BYTES:
        raise PhotoUnreadable
    try:
        upright = _upright(received)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        content = _jpeg(upright)
        small = upright.copy()
        small.thumbnail((SIDE_OF_THUMBNAIL, SIDE_OF_THUMBNAIL))
        thumbnail = _encoded(small, quality=70)
    except PhotoUnreadable:
        raise
    except Exception as error:  # noqa: BLE001 — a decoder has no one error for bytes that are no picture: OSError, SyntaxError, struct.error and others
        raise PhotoUnreadable(f"These bytes can't be read as a picture ({type(error).__name__}).") from None
    return Picture(
        content, thumbnail, upright.width, upright.height, hashlib.sha256(content).hexdigest(), hashlib.sha256(received).hexdigest()
    )


def _upright(received: bytes) -> Image.Image:
    """Turned as the camera was held, on white where it was see-through; nothing but its pixels is left."""
    with Image.open(io.BytesIO(received), formats=tuple(MOST_PIXELS)) as opened:
        if opened.width * opened.height > MOST_PIXELS[str(opened.format)]:
            raise PhotoUnreadable("This picture has more pixels than are read here.")
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        turned = ImageOps.exif_transpose(opened)
    if turned.has_transparency_data:
        clear = turned.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        ground.alpha_composite(clear)
        turned = ground
    bare = Image.new("RGB", turned.size)
    bare.paste(turned.convert("RGB"))
    return bare


def _jpeg(picture: Image.Image) -> bytes:
    """As good as fits."""
    for quality in (85, 70, 50, 30):
        content = _encoded(picture, quality=quality)
        if len(content) <= MOST_KEPT_BYTES:
            return content
    raise PhotoUnreadable("This picture can't be made small enough to keep.")


def _encoded(picture: Image.Image, *, quality: int) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality, optimize=True)
    return file.getvalue()
