"""Photos as phones take them, and photos kept of a matter."""

import io
from typing import Any

import httpx
from PIL import Image

from tests.authorisations.matters import Matter

PLACE = "Fernweg 7"


def photograph(colour: str = "red", *, kind: str = "JPEG", size: tuple[int, int] = (640, 480), sideways: bool = False) -> bytes:
    """A picture of one colour; a JPEG says where it was taken, as phones do, and perhaps that the camera was held upright."""
    file = io.BytesIO()
    picture = Image.new("RGB", size, colour)
    exif = Image.Exif()
    exif[0x010E] = PLACE  # ImageDescription
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 12.0)}  # GPS
    if sideways:
        exif[0x0112] = 6  # Orientation
    picture.save(file, kind, **({"exif": exif} if kind == "JPEG" else {}))
    return file.getvalue()


async def send(matter: Matter, content: bytes, *, role: Any = "technician", **about: Any) -> httpx.Response:
    """A file sent as a photo of the matter."""
    world = matter.world
    headers = {"Authorization": f"Bearer {await world.token(role)}", "Content-Type": "image/jpeg"}
    params = {"shows": "found"} | {name: str(value) for name, value in about.items()}
    return await world.http.post(f"/v1/scopes/{matter.scope_id}/photos", content=content, params=params, headers=headers)


async def kept(matter: Matter, content: bytes | None = None, **about: Any) -> dict[str, Any]:
    """A photo that must be kept."""
    answer = await send(matter, photograph() if content is None else content, **about)
    assert answer.status_code == 201, answer.text
    document: dict[str, Any] = answer.json()
    return document
