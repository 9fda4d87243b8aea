"""A visit's page shows what it is for, what the customer said and what was done, and asks before it ends without work."""

from urllib.parse import unquote

import pytest
from playwright.async_api import Page, expect

from tests.dispatch.builders import HOUR
from tests.web.conftest import look
from tests.web.doors import Door, at_the_door, come_in
from tests.world import World


async def test_a_collection_says_what_it_is_and_asks_for_no_offer(world: World, served: str, phone: Page) -> None:
    door = await at_the_door(world, kind="collection")
    await come_in(phone, served, door.email, to=door.path)
    await expect(phone.locator("main")).to_contain_text("collection")
    await expect(phone.locator("main")).not_to_contain_text("Offer the work first.")
    await look(phone, "visit-collection")


async def test_what_was_said_and_done_is_listed(world: World, served: str, phone: Page) -> None:
    door = await at_the_door(world)
    [agreed] = await door.agreed({"quantity": "2", "description": "Oil change"})
    await door.started(agreed)
    await world.done("POST", f"/v1/jobs/{door.job_id}/offers", {"items": [HOUR | {"description": "Brake pads"}]})
    at = world.clock.now.isoformat()
    record = {"item_id": agreed, "quantity": "0.5", "started_at": at, "ended_at": at, "staff_id": door.staff_id, "visit_id": door.visit_id}
    await world.done("POST", "/v1/work-records", record)
    await come_in(phone, served, door.email, to=door.path)
    said = phone.locator("section", has_text="What the customer said")
    await expect(said.locator("li", has_text="Oil change")).to_contain_text("Yes")
    await expect(said.locator("li", has_text="Oil change")).to_contain_text("0.5 h recorded")
    await expect(said.locator("li", has_text="Brake pads")).to_contain_text("Waiting for an answer")
    await look(phone, "visit-said")


async def test_days_and_times_are_written_in_german_where_the_organisation_speaks_it(world: World, served: str, phone: Page) -> None:
    await world.sql("update identity.organisation set language = 'de' where organisation_id = $1", world.organisation_id)
    door = await at_the_door(world)
    await come_in(phone, served, door.email, to=door.path)
    await expect(phone.locator("main")).to_contain_text("Mi., 04.03.2026, 14:00–15:00")
    await look(phone, "visit-de")


async def test_what_was_agreed_since_is_started_before_it_is_recorded(world: World, served: str, phone: Page) -> None:
    door = await at_the_door(world)
    await door.started(*await door.agreed({"description": "Oil change"}))
    [more] = await door.agreed({"description": "Brake pads"})
    await come_in(phone, served, door.email, to=door.path)
    assert await phone.get_by_label("Item").locator("option").all_inner_texts() == ["Oil change"]
    await phone.get_by_role("checkbox", name="Brake pads").check()
    await phone.get_by_role("button", name="Start", exact=True).click()
    world.clock.forward(minutes=5)
    await phone.get_by_label("Item").select_option(label="Brake pads")
    await phone.get_by_role("button", name="Record it").click()
    await phone.wait_for_load_state()
    [row] = await world.sql("select item_id, finding from authorisations.work_record where organisation_id = $1", world.organisation_id)
    assert (str(row["item_id"]), row["finding"]) == (more, None)


async def test_nobody_lets_me_in_needs_a_second_step(world: World, served: str, phone: Page) -> None:
    door = await at_the_door(world)
    await come_in(phone, served, door.email, to=door.path)
    await expect(phone.get_by_role("button", name="Yes, nobody opened")).to_be_hidden()
    await phone.get_by_text("Nobody lets me in").click()
    await look(phone, "visit-no-access")
    await phone.get_by_role("button", name="Yes, nobody opened").click()
    await phone.wait_for_load_state()
    assert await state(door) == "no_access"


@pytest.mark.parametrize("outcome, ended", [("Some of it is done", "partly_completed"), ("Nothing could be done", "could_not_complete")])
async def test_a_visit_that_cant_be_finished_ends_with_a_reason(world: World, served: str, phone: Page, outcome: str, ended: str) -> None:
    door = await at_the_door(world)
    await door.started(*await door.agreed())
    await come_in(phone, served, door.email, to=door.path)
    await phone.get_by_text("It can't be finished today").click()
    await phone.get_by_label("What became of it").select_option(label=outcome)
    unfinished = phone.locator("form").filter(has=phone.get_by_label("What became of it"))
    await unfinished.get_by_label("Why").select_option(label="A part is missing")
    await look(phone, "visit-unfinished")
    await phone.get_by_role("button", name="End the visit").click()
    await phone.wait_for_load_state()
    assert await state(door) == ended
    [row] = await world.sql(
        "select reason from dispatch.visit_step where organisation_id = $1 order by step desc limit 1", world.organisation_id
    )
    assert row["reason"] == "part_missing"


async def test_the_address_opens_a_map(world: World, served: str, phone: Page) -> None:
    door = await at_the_door(world)
    await come_in(phone, served, door.email, to=door.path)
    href = await phone.get_by_role("link", name="1 Mill Lane").get_attribute("href")
    assert unquote(href or "") == "geo:0,0?q=1 Mill Lane"
    await world.sql(
        "update customers.site set latitude_e7 = 525200000, longitude_e7 = -134050000 where organisation_id = $1", world.organisation_id
    )
    await phone.reload()
    href = await phone.get_by_role("link", name="1 Mill Lane").get_attribute("href")
    assert unquote(href or "") == "geo:52.52,-13.405?q=1 Mill Lane"


async def state(door: Door) -> str:
    """Where the visit stands."""
    visit = await door.world.done("GET", f"/v1/visits/{door.visit_id}")
    return str(visit["state"])
