"""The day as it goes, on the pages of those whom it concerns: the technician who is late or whose visit goes to another, and the customer who waits."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect

from tests.dispatch.builders import job, signed_in_again, technician, visit
from tests.web.conftest import look
from tests.web.doors import come_in, sent
from tests.web.test_subscribe_to_visits import link
from tests.world import World

HERE = {"latitude": 52.5234567, "longitude": 13.4123456}


async def test_a_technician_says_that_they_come_later_and_sees_when_they_are_expected(world: World, served: str, phone: Page) -> None:
    door = await sent(world)
    await come_in(phone, served, door.email, to=door.path)
    await phone.get_by_text("I come later").click()
    reasons = phone.get_by_label("What keeps you").locator("option")
    assert "Traffic" in await reasons.all_inner_texts()
    await phone.get_by_label("Later than 14:00 by").select_option(label="30 minutes (14:30)")
    await phone.get_by_label("What keeps you").select_option(label="Traffic")
    await look(phone, "visit-late")
    await phone.get_by_role("button", name="Tell them").click()
    await expect(phone.locator("main")).to_contain_text("expected at 14:30")
    await phone.get_by_role("link", name="My day").click()
    await expect(phone.locator("li.card")).to_contain_text("expected at 14:30")
    await look(phone, "day-late")
    [row] = await world.sql("select minutes, reason from dispatch.visit_delay where organisation_id = $1", world.organisation_id)
    assert tuple(row.values()) == (30, "traffic")
    for step in ("accept", "en-route", "arrive"):
        await world.done("POST", f"/v1/visits/{door.visit_id}/{step}", {})
    await phone.goto(served + door.path)
    await phone.get_by_text("It takes longer").click()
    assert await reasons.all_inner_texts() == ["There is more to do", "A part is missing", "Something else"]


async def test_who_should_long_be_there_says_only_what_can_still_be(world: World, served: str, phone: Page) -> None:
    door = await sent(world)
    world.clock.forward(hours=2, minutes=41)
    await come_in(phone, served, door.email, to=door.path)
    await phone.get_by_text("I come later").click()
    later = phone.get_by_label("Later than 14:00 by")
    offered = await later.locator("option").all_inner_texts()
    assert (offered[0], offered[-1], len(offered)) == ("115 minutes (15:55)", "225 minutes (17:45)", 7)
    await later.select_option(label="115 minutes (15:55)")
    await look(phone, "visit-long-overdue")
    await phone.get_by_role("button", name="Tell them").click()
    await expect(phone.locator("main")).to_contain_text("expected at 15:55")


async def test_who_has_said_nothing_all_day_is_asked_where_they_are(world: World, served: str, phone: Page) -> None:
    door = await sent(world)
    [visit] = await world.sql(
        "select starts_at from dispatch.occupancy where organisation_id = $1 and visit_id = $2::uuid", world.organisation_id, door.visit_id
    )
    world.clock.now = visit["starts_at"]
    world.clock.forward(minutes=9)
    await come_in(phone, served, door.email, to="/app/day")
    await expect(phone.locator("li.card")).to_have_count(1)
    await expect(phone.get_by_text("Where are you?")).to_have_count(0)
    world.clock.forward(minutes=1)
    await phone.reload()
    await expect(phone.get_by_role("alert")).to_contain_text("was due at 14:00, and nothing was heard of you today.")
    await look(phone, "day-asks")
    assert "geo:" in str(await phone.locator("li.card p a").first.get_attribute("href"))
    await phone.get_by_role("link", name="Say how it stands").click()
    await expect(phone.get_by_text("I come later")).to_be_visible()


async def test_the_phone_of_whom_a_visit_was_taken_from_says_so(world: World, served: str, phone: Page) -> None:
    door, other = await sent(world), await technician(world)
    await come_in(phone, served, door.email, to=door.path)
    await expect(phone.get_by_role("button", name="Accept")).to_be_visible()
    hand = {"visits": [{"visit_id": door.visit_id, "technician_id": other.id}], "reason": "ill"}
    await world.done("POST", "/v1/visits/hand-over", hand)
    await phone.get_by_role("button", name="Accept").click()
    await expect(phone.get_by_role("alert").first).to_be_visible()
    await phone.goto(served + door.path)
    await expect(phone.get_by_role("alert")).to_contain_text("This visit isn't yours any more.")
    await expect(phone.get_by_role("button", name="Accept")).to_have_count(0)
    await look(phone, "visit-handed-over")
    await phone.goto(f"{served}/app/day")
    await expect(phone.locator("main")).to_contain_text("No visits today.")


@pytest.fixture
async def located(browser: Browser) -> AsyncIterator[Page]:
    """A phone that lets pages know where it is."""
    context = await browser.new_context(
        viewport={"width": 390, "height": 844}, locale="en-GB", geolocation=HERE, permissions=["geolocation"]
    )
    yield await context.new_page()
    await context.close()


async def test_a_phone_that_may_tells_where_it_is_while_a_visit_is_sent_out(world: World, served: str, located: Page) -> None:
    door = await sent(world)
    world.clock.forward(minutes=2)
    async with located.expect_response(f"{served}/app/positions") as told:
        await come_in(located, served, door.email, to="/app/day")
    assert (await told.value).status == 200
    await expect(located.locator("#position span")).to_be_visible()
    await look(located, "day-shows-where")
    [row] = await world.sql(
        "select latitude_e7, longitude_e7, visit_id from dispatch.position where organisation_id = $1", world.organisation_id
    )
    assert (row["latitude_e7"], row["longitude_e7"], str(row["visit_id"])) == (525234567, 134123456, door.visit_id)


async def test_a_customer_sees_when_somebody_comes_and_about_where_they_are(world: World, served: str, phone: Page) -> None:
    customer_id, path = await link(world, language="de")
    anna = await technician(world)
    of = await job(world, customer_id=customer_id, place=(525600000, 134100000), arrival_minutes=30)
    booked = await visit(world, by=anna, at="2026-03-04T12:10:00Z", of=of)
    await visit(world, by=anna, at="2026-03-05T12:10:00Z", of=await job(world, customer_id=customer_id))
    await visit(world, by=anna, at="2026-03-06T12:10:00Z")  # somebody else's
    await phone.goto(f"{served}{path}/visits")
    await expect(phone.locator("section.card")).to_have_count(2)
    await expect(phone.locator("section.card").first).to_contain_text("Erwartet um 13:10.")
    for step in ("dispatch", "accept"):
        await world.done("POST", f"/v1/visits/{booked['id']}/{step}", {})
    await phone.reload()
    assert await phone.locator("section.card strong").all_inner_texts() == ["eingeplant", "Erwartet um 13:10.", "eingeplant"]
    await world.done("POST", f"/v1/visits/{booked['id']}/en-route", {})
    world.clock.forward(minutes=45)
    moved = {"latitude_e7": 525234567, "longitude_e7": 134123456, "measured_at": world.clock.now.isoformat()}
    assert (await (await signed_in_again(world, anna)).post(world, "/v1/me/positions", {"positions": [moved]})).status_code == 200
    await phone.reload()
    first = phone.locator("section.card").first
    await expect(first).to_contain_text("zugesagt: erwartet um 13:55.")
    await expect(first).to_contain_text("Unterwegs, um 13:45 etwa 4 km von Ihnen.")
    assert await first.get_by_role("link").get_attribute("href") == "geo:52.52,13.41"
    await look(phone, "visits-of-customer-de")
    await world.done("POST", f"/v1/visits/{booked['id']}/arrive", {})
    await phone.reload()
    await expect(phone.locator("main")).not_to_contain_text("Unterwegs, um")
