"""Work recorded on the technician's page: quantities as people write them, and what goes beyond what was agreed is said at once."""

import pytest
from playwright.async_api import Page, expect

from tests.web.conftest import look
from tests.web.doors import at_the_door, come_in
from tests.world import World


@pytest.mark.parametrize("typed", ["1,5", "1.5"])
async def test_a_quantity_is_written_with_a_comma_or_a_point(world: World, served: str, phone: Page, typed: str) -> None:
    door = await at_the_door(world)
    await door.started(*await door.agreed({"quantity": "2"}))
    await come_in(phone, served, door.email, to=door.path)
    await phone.get_by_label("Quantity").first.fill(typed)
    await phone.get_by_role("button", name="Record it").click()
    await phone.wait_for_load_state()
    [row] = await world.sql(
        "select ticks * 1.0 / denominator as quantity from authorisations.work_record where organisation_id = $1", world.organisation_id
    )
    assert row["quantity"] == 1.5


async def test_work_beyond_what_was_agreed_is_warned_of_as_it_is_recorded(world: World, served: str, phone: Page) -> None:
    door = await at_the_door(world)
    await door.started(*await door.agreed({"quantity": "2"}))
    await come_in(phone, served, door.email, to=door.path)
    await expect(phone.get_by_role("alert")).to_have_count(0)
    await phone.get_by_label("Quantity").first.fill("5")
    await phone.get_by_role("button", name="Record it").click()
    await expect(phone.get_by_role("alert")).to_contain_text("An hour's work: 5 h recorded, 2 h agreed.")
    await expect(phone.get_by_role("alert")).to_contain_text("A yes now covers later work only")
    await look(phone, "work-beyond")
