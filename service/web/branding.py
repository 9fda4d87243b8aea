"""What pages are given of an organisation's branding: its colour as a style, since nothing inline ever runs, and its logo. Both are the same for ever under their address."""

import re
from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.identity.branding import GROUND, READABLE, contrast, on_dark, public_of, read_logo
from service.kit.http import Call
from service.kit.refusals import NotFound

HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


@get("/brand/{name:str}", opt={"scope": None}, include_in_schema=False, media_type="text/css")
async def show_colour(name: FromPath[str]) -> Response[str]:
    """That colour, on light and on dark screens; none that can't be read."""
    colour = f"#{name.removesuffix('.css')}"
    if not re.fullmatch(r"#[0-9a-f]{6}", colour) or contrast(colour, GROUND) < READABLE:
        raise NotFound
    light, dark = f":root {{ --act: {colour}; --act-ink: #fff; }}", f":root {{ --act: {on_dark(colour)}; --act-ink: #0b1220; }}"
    return Response(f"{light}\n@media (prefers-color-scheme: dark) {{ {dark} }}\n", media_type="text/css", headers=HEADERS)


@get("/brand/{organisation_id:uuid}/{name:str}", opt={"scope": None}, include_in_schema=False, media_type="image/png")
async def show_logo(organisation_id: FromPath[UUID], name: FromPath[str], call: NamedDependency[Call[Any]]) -> Response[bytes]:
    """The logo that its pages show."""
    logo: bytes = await call.acting_as(public_of(organisation_id)).ask(read_logo, logo=name.removesuffix(".png"))
    return Response(logo, media_type="image/png", headers=HEADERS)


ROUTES: list[Any] = [show_colour, show_logo]
