"""How an organisation's pages look and where they are: its logo, its colour as far as it can be read, and the name of its public ones."""

import asyncio
import io
from uuid import UUID

from PIL import Image

from service.identity.queries import FIND_PUBLIC_NAME, READ_LOGO, SET_LOGO
from service.identity.records import LogoSet, Organisation
from service.kit.database import Database
from service.kit.principals import Principal
from service.kit.refusals import NotFound, Refusal
from service.kit.verbs import Work, verb

MOST_BYTES = 4 * 1024 * 1024
MOST_PIXELS = 16_000_000
SIZE = (360, 96)
"""Twice what is shown, for fine screens."""
MOST_KEPT_BYTES = 20_000
"""A first view is light on a bad line."""
READABLE = 4.5
"""WCAG 2.2, success criterion 1.4.3, for text of any size."""
GROUND, DARK_PAPER = "#f4f5f7", "#1b1e24"
"""The darkest light ground that text in that colour stands on, and the lightest dark one; as `sayso.css` has them."""


class LogoUnreadable(Refusal):
    """These bytes aren't a logo that can be shown."""

    code, status, remedy = "LOGO_UNREADABLE", 422, "Send one PNG, JPEG or WebP picture of at most 4 MiB, wider than high, with few colours."


class ColourUnreadable(Refusal):
    """Text in this colour can't be read on white by everybody."""

    code, status, remedy = "COLOUR_UNREADABLE", 422, "Choose a darker one: it needs a contrast of 4.5 to 1 (WCAG 2.2)."


class SlugTaken(Refusal):
    """Another organisation's public pages have this name."""

    code, status, remedy = "SLUG_TAKEN", 409, "Choose another."
    constraints = ("identity.one_organisation_a_slug",)


@verb()
async def set_logo(work: Work, *, content: bytes) -> LogoSet:
    """Shows this logo on every page, drawn anew as a small PNG, in the place of the one before."""
    return await work.run(SET_LOGO, content=content)


@verb()
async def remove_logo(work: Work) -> LogoSet:
    """Takes the logo away: its pages show the name."""
    return await work.run(SET_LOGO, content=b"")


async def read_logo(work: Work, *, logo: str) -> bytes:
    """The logo of that hash, while it is shown; raises NotFound."""
    found: bytes = await work.one(READ_LOGO, logo=logo)
    return found


async def find_public(database: Database, *, slug: str) -> Principal:
    """The public of the organisation whose pages have that name: it may do nothing but be shown them. Raises NotFound."""
    organisation_id = await database.look_up(FIND_PUBLIC_NAME, slug=slug)
    if organisation_id is None:
        raise NotFound
    return public_of(organisation_id)


def require_public(organisation: Organisation) -> None:
    """Raises NotFound where it has given its name up: then nothing is shown under any that it had."""
    if not organisation.slug:
        raise NotFound


def public_of(organisation_id: UUID) -> Principal:
    """Whoever looks at its public pages."""
    return Principal(organisation_id=organisation_id, kind="system", id=UUID(int=0))


async def logo_of(received: bytes) -> bytes:
    """The logo in a file that somebody sent, as it is kept. Raises LogoUnreadable."""
    return await asyncio.get_running_loop().run_in_executor(None, drawn, received)


def drawn(received: bytes) -> bytes:
    """The same, at once: a PNG of its pixels alone, with as many colours as are light enough."""
    if not 0 < len(received) <= MOST_BYTES:
        raise LogoUnreadable
    picture = _read(received)
    for colours in (256, 64, 16):
        file = io.BytesIO()
        picture.quantize(colours, method=Image.Quantize.FASTOCTREE).save(file, "PNG", optimize=True)
        if file.tell() <= MOST_KEPT_BYTES:
            return file.getvalue()
    raise LogoUnreadable("This picture can't be made small enough.")


def _read(received: bytes) -> Image.Image:
    """Its picture, as large as is shown."""
    try:
        with Image.open(io.BytesIO(received), formats=("PNG", "JPEG", "WEBP")) as opened:
            picture = opened.convert("RGBA") if opened.width * opened.height <= MOST_PIXELS else None
    except Exception as error:  # noqa: BLE001 — a decoder has no one error for bytes that are no picture
        raise LogoUnreadable(f"These bytes can't be read as a picture ({type(error).__name__}).") from None
    if picture is None:
        raise LogoUnreadable("This picture has more pixels than are read here.")
    picture.thumbnail(SIZE)
    return picture


def check_colour(colour: str) -> None:
    """Raises ColourUnreadable, with what its contrast is."""
    if (has := contrast(colour, GROUND)) < READABLE:
        raise ColourUnreadable(f"Text in this colour can't be read on white by everybody: its contrast is {has:.1f} to 1.")


def on_dark(colour: str) -> str:
    """The same hue, as light as text on a dark screen must be."""
    parts = _parts(colour)
    for share in range(21):
        lighter = "#" + "".join(f"{part + (255 - part) * share // 20:02x}" for part in parts)
        if contrast(lighter, DARK_PAPER) >= READABLE:
            return lighter
    return "#ffffff"


def contrast(one: str, other: str) -> float:
    """How far two colours are apart: 1 for the same, 21 for black and white (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (part / 255 for part in _parts(colour))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
