"""Photos on the phone: the technician takes one and shows it, the customer sees what was reported and found before they answer."""

from uuid import UUID

import pytest
from playwright.async_api import FilePayload, Page, expect

from tests.authorisations.matters import Matter
from tests.authorisations.photographs import kept, photograph
from tests.authorisations.showings import shown
from tests.evidence.packs import matter_in
from tests.web.conftest import look
from tests.web.doors import Door, come_in
from tests.web.test_approve_offer import OIL
from tests.web.test_technicians_day import booked
from tests.world import World

__all__ = ["booked"]


def taken(content: bytes | None = None) -> FilePayload:
    """What the camera hands over."""
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": photograph("firebrick") if content is None else content}


async def on_site(served: str, phone: Page, booked: Door) -> None:
    """At the door, signed in."""
    await come_in(phone, served, booked.email, to=booked.path)
    for button in ("Accept", "Set out", "I am there"):
        await phone.get_by_role("button", name=button).click()


async def test_a_photo_is_taken_and_shown_to_the_customer_with_what_was_found(world: World, served: str, phone: Page, booked: Door) -> None:
    await on_site(served, phone, booked)
    camera = phone.get_by_label("Photo", exact=True)
    assert (await camera.get_attribute("capture"), await camera.get_attribute("accept")) == (
        "environment",
        "image/jpeg,image/png,image/webp",
    )
    await camera.set_input_files(taken())
    await phone.get_by_role("button", name="Keep the photo").click()
    await expect(phone.get_by_role("img", name="Photo 1: what was found")).to_be_visible()
    await look(phone, "visit-photo")
    await phone.get_by_label("From the price book").select_option(label="Brake pads, front – €45.00")
    await phone.get_by_label("What was found, for the customer to read").fill("Pads worn down to 1 mm.")
    await expect(phone.get_by_role("checkbox", name="Photo 1: what was found")).to_be_checked()
    await phone.get_by_role("button", name="Show it to the customer").click()
    await expect(phone.get_by_role("region", name="What you told us")).to_contain_text("Engine knocks when cold")
    found = phone.get_by_role("region", name="What we found")
    await expect(found).to_contain_text("Pads worn down to 1 mm.")
    picture = found.get_by_role("img", name="Photo of what we found 1, Wed 4 Mar 2026, 13:00")
    await picture.scroll_into_view_if_needed()
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 320
    assert await phone.evaluate("document.documentElement.scrollWidth") <= 390
    await look(phone, "approval-photo")
    await found.get_by_role("link").click()
    assert phone.url.count("/photos/") == 1, "the whole picture"
    rows = await world.sql("select shows, visit_id from authorisations.photo where organisation_id = $1", world.organisation_id)
    assert [(row["shows"], str(row["visit_id"])) for row in rows] == [("found", booked.visit_id)]


async def test_work_is_recorded_with_the_photo_that_shows_it(world: World, served: str, phone: Page, booked: Door) -> None:
    await on_site(served, phone, booked)
    await phone.get_by_label("From the price book").select_option(label="Brake pads, front – €45.00")
    await phone.get_by_role("button", name="Show it to the customer").click()
    await phone.get_by_label("Yes, do it").check()
    await phone.get_by_role("button", name="Send my answer").click()
    await phone.goto(served + booked.path)
    await phone.get_by_role("checkbox", name="Brake pads, front").check()
    await phone.get_by_role("button", name="Start", exact=True).click()
    await phone.get_by_label("It shows").select_option("work")
    await phone.get_by_label("Photo", exact=True).set_input_files(taken())
    await phone.get_by_role("button", name="Keep the photo").click()
    await phone.get_by_role("group", name="Photos that show it").get_by_role("checkbox").check()
    world.clock.forward(minutes=20)
    await phone.get_by_role("button", name="Record it").click()
    rows = await world.sql(
        "select w.photo_hash = p.photo_hash as same from authorisations.work_photo w join authorisations.photo p using (organisation_id, photo_id)"
        " where organisation_id = $1", world.organisation_id
    )  # fmt: skip
    assert [row["same"] for row in rows] == [True]


@pytest.mark.parametrize("content", [b"no picture at all", b""], ids=["words", "nothing"])
async def test_what_is_no_photo_is_said_in_words(world: World, served: str, phone: Page, booked: Door, content: bytes) -> None:
    await on_site(served, phone, booked)
    await phone.get_by_label("Photo", exact=True).set_input_files(taken(content))
    await phone.get_by_role("button", name="Keep the photo").click()
    await expect(phone.get_by_role("alert")).to_contain_text("This file isn't a photo that can be kept.")
    assert await world.sql("select 1 from authorisations.photo where organisation_id = $1", world.organisation_id) == []


async def test_a_page_of_many_photos_is_light_and_fetches_them_as_they_come_into_sight(world: World, served: str, phone: Page) -> None:
    matter = await Matter(world).begin()
    photos = [UUID((await kept(matter, photograph(f"rgb({number * 20},90,90)")))["id"]) for number in range(12)]
    showing = await shown(matter, OIL, found="A dozen things", photos=photos)
    answer = await phone.goto(f"{served}/a/{showing.given['token']}")
    assert answer is not None
    assert len(await answer.body()) < 50_000
    images = phone.get_by_role("region", name="What we found").get_by_role("img")
    assert await images.count() == 12
    assert {await image.get_attribute("loading") for image in await images.all()} == {"lazy"}
    assert await phone.evaluate("document.documentElement.scrollWidth") <= 390


async def test_a_photo_that_was_erased_says_so_where_it_stood(world: World, served: str, phone: Page) -> None:
    matter = await matter_in(world, zone="Europe/Lisbon")
    photos = [UUID((await kept(matter, photograph(colour)))["id"]) for colour in ("red", "blue")]
    showing = await shown(matter, OIL, photos=photos)
    await world.done("POST", f"/v1/photos/{photos[0]}/erase")
    await phone.goto(f"{served}/a/{showing.given['token']}")
    found = phone.get_by_role("region", name="What we found")
    await expect(found.get_by_role("listitem").first).to_have_text("This photo was erased.")
    await expect(found.get_by_role("img", name="Photo of what we found 2")).to_be_visible()


async def test_staff_open_a_photo_from_the_customers_timeline(world: World, served: str, phone: Page, booked: Door) -> None:
    await on_site(served, phone, booked)
    await phone.get_by_label("Photo", exact=True).set_input_files(taken())
    await phone.get_by_role("button", name="Keep the photo").click()
    await phone.goto(f"{served}/app/customers/{booked.customer_id}")
    await expect(phone.locator("main")).to_contain_text("Photo added")
    link = phone.get_by_role("link", name="what was found")
    answer = await phone.goto(served + str(await link.get_attribute("href")))
    assert answer is not None
    assert (answer.status, answer.headers["content-type"]) == (200, "image/jpeg")
