"""An organisation's pages have its name or logo, and a colour that can be read."""

import io
from typing import Any

from PIL import Image

from service.identity.branding import DARK_PAPER, GROUND, READABLE, contrast, on_dark
from tests.world import World


def picture(size: tuple[int, int] = (800, 200), kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(file, kind)
    return file.getvalue()


async def change(world: World, **to: Any) -> Any:
    version = (await world.get("/v1/organisation")).headers["etag"]
    return await world.request("PATCH", "/v1/organisation", json=to, headers={"If-Match": version})


async def set_logo(world: World, content: bytes) -> Any:
    headers = {"Authorization": f"Bearer {await world.token('manager')}", "Content-Type": "image/png"}
    return await world.http.put("/v1/organisation/logo", content=content, headers=headers)


async def test_a_colour_that_some_cannot_read_on_white_is_refused_with_its_contrast(world: World) -> None:
    refused = await change(world, colour="#ffb000")
    assert (refused.status_code, refused.json()["code"]) == (422, "COLOUR_UNREADABLE")
    assert "1.7 to 1" in refused.json()["detail"]
    assert (await change(world, colour="#7a1fa2")).status_code == 200
    styled = await world.http.get("/brand/7a1fa2.css")
    assert styled.status_code == 200
    assert "immutable" in styled.headers["cache-control"]
    for name in ("ffb000.css", "7a1fa2;}.css", "red.css"):
        assert (await world.http.get(f"/brand/{name}")).status_code == 404, name


def test_every_colour_that_is_taken_can_be_read_on_light_and_on_dark() -> None:
    for red in range(0, 256, 51):
        for green in range(0, 256, 51):
            for blue in range(0, 256, 51):
                colour = f"#{red:02x}{green:02x}{blue:02x}"
                if contrast(colour, GROUND) >= READABLE:
                    assert contrast(on_dark(colour), DARK_PAPER) >= READABLE, colour
                    assert contrast(colour, "#ffffff") >= READABLE, colour


async def test_a_logo_is_drawn_anew_small_and_light_and_its_address_is_its_own(world: World) -> None:
    answer = await set_logo(world, picture())
    assert answer.status_code == 200, answer.text
    told = (await world.get("/v1/organisation")).json()
    shown = await world.http.get(f"/brand/{told['id']}/{told['logo']}.png")
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/png")
    assert len(shown.content) <= 20_000
    with Image.open(io.BytesIO(shown.content)) as drawn:
        assert drawn.size == (360, 90)
    assert (await set_logo(world, picture(kind="JPEG"))).status_code == 200
    assert (await world.http.get(f"/brand/{told['id']}/{told['logo']}.png")).status_code == 404
    assert (await world.request("DELETE", "/v1/organisation/logo")).json() == {"logo": ""}
    assert (await world.get("/v1/organisation")).json()["logo"] == ""


async def test_what_is_no_picture_is_no_logo(world: World) -> None:
    for content in (b"<svg onload='alert(1)'/>", picture()[:200], b"\x89PNG\r\n\x1a\n"):
        refused = await set_logo(world, content)
        assert (refused.status_code, refused.json()["code"]) == (422, "LOGO_UNREADABLE")


async def test_no_two_organisations_have_one_slug_and_one_that_was_told_stays(world: World, other_world: World) -> None:
    slug = f"doorstep-{world.id().hex[-12:]}"
    assert (await change(world, slug=slug)).status_code == 200
    refused = await change(other_world, slug=slug)
    assert (refused.status_code, refused.json()["code"]) == (409, "SLUG_TAKEN")
    assert (await change(world, slug=f"{slug}-2")).status_code == 200
    refused = await change(other_world, slug=slug)
    assert (refused.status_code, refused.json()["code"]) == (409, "SLUG_TAKEN")
    assert (await change(world, slug=slug)).status_code == 200
    assert (await change(world, slug="No Spaces")).status_code == 422
