"""On the board, by keys alone: somebody is late and why, others go instead, one visit or all that is left, and what comes of it is said before; who isn't heard of stands on top."""

import re
from typing import Any
from uuid import UUID

from playwright.async_api import Page, expect

from tests.dispatch.builders import Field, advance, technician
from tests.dispatch.planning import BERLIN, east
from tests.web.conftest import look
from tests.web.test_plan_on_board import desk, opened, stands
from tests.web.test_show_office_day import at, called
from tests.world import World

__all__ = ["desk"]
TODAY = "/app/board"


async def crew(world: World, *names: str, **differences: Any) -> list[Field]:
    """People who are at home in the middle of Berlin."""
    return [await called(world, await technician(world, home=BERLIN, **differences), name) for name in names]


async def due(world: World, by: Field, hour: str, of: str, **differences: Any) -> str:
    """A visit today, by the clock of London, in a window of half an hour."""
    return await at(world, by, f"2026-03-04T{hour}:00Z", of=of, **{"arrival_minutes": 30, "place": east(1), **differences})


async def pressed(page: Page, visit_id: str, button: str) -> None:
    """Goes to a visit and presses a button of it, by keys."""
    thing = page.locator(f'.visit[data-visit="{visit_id}"]').first
    await thing.focus()
    to_press = page.get_by_role("button", name=button)
    await expect(to_press).to_be_visible()
    await to_press.focus()
    await page.keyboard.press("Enter")


async def test_somebody_is_late_and_whose_time_that_costs_is_said_before(world: World, served: str, desk: Page) -> None:
    (anna,) = await crew(world, "Anna Able")
    first, second = await due(world, anna, "12:30", "Grace Hopper", arrival_minutes=240), await due(world, anna, "13:45", "Alan Turing")
    await opened(world, desk, served, to=TODAY)
    await pressed(desk, first, "Say that it gets later")
    dialog = desk.locator("#late")
    await expect(dialog).to_contain_text("Grace Hopper: later than planned")
    await expect(dialog).to_contain_text("Planned from 13:30")
    await expect(desk.locator("#late-effect")).to_have_text("No window that was told changes by it.")
    await dialog.get_by_label("Later by").select_option("90")
    await dialog.get_by_label("What keeps them").select_option("vehicle")
    await expect(desk.locator("#late-effect")).to_contain_text("Alan Turing: expected at 16:0")
    await expect(desk.locator("#late-effect")).to_contain_text("later than was told. They are told.")
    assert (await world.done("GET", f"/v1/visits/{second}"))["expected"]["out_of_window"] is False
    await look(desk, "board-late-dialog")
    await dialog.get_by_role("button", name="Say that it gets later").focus()
    await desk.keyboard.press("Enter")
    await expect(desk.locator("#note")).to_contain_text("Said. Customers whose time can’t be kept hear so within a minute.")
    await expect(desk.locator("#at-risk")).to_contain_text(
        "Grace Hopper before takes until 16:00: Something is wrong with the van (by 90 min, said at 13:00)"
    )
    await expect(desk.locator(f'.visit[data-visit="{second}"] .more')).to_contain_text("Grace Hopper before takes until 16:00")
    assert (await world.done("GET", f"/v1/visits/{second}"))["expected"]["out_of_window"] is True
    await look(desk, "board-why-late")


async def test_of_what_is_long_overdue_only_what_can_still_be_is_offered(world: World, served: str, desk: Page) -> None:
    (anna,) = await crew(world, "Anna Able")
    old, long = await due(world, anna, "12:30", "Grace Hopper"), await due(world, anna, "13:40", "Alan Turing")
    world.clock.forward(minutes=87)
    await opened(world, desk, served, to=TODAY)
    await pressed(desk, old, "Say that it gets later")
    offered = await desk.get_by_label("Later by").locator("option").all_inner_texts()
    assert (offered[0], offered[-1]) == ("70 minutes (14:40)", "180 minutes (16:30)")
    await desk.get_by_label("Later by").select_option("70")
    await expect(desk.locator("#late-effect")).to_contain_text("Alan Turing: expected at 15:4")
    await look(desk, "board-late-overdue")
    await desk.keyboard.press("Escape")
    await expect(desk.locator("#late")).to_be_hidden()
    await pressed(desk, long, "Say that it gets later")
    offered = await desk.get_by_label("Later by").locator("option").all_inner_texts()
    assert (offered[0], offered[-1]) == ("10 minutes (14:50)", "nothing, after all")


async def test_a_name_stands_in_a_sentence_as_it_is(world: World, served: str, desk: Page) -> None:
    (anna,) = await crew(world, "Anna Able")
    odd = await due(world, anna, "12:30", "Cash $& {} Sons")
    await opened(world, desk, served, to=TODAY)
    await pressed(desk, odd, "Say that it gets later")
    await expect(desk.locator("#late-h")).to_have_text("Cash $& {} Sons: later than planned")


async def test_one_visit_is_given_to_somebody_who_can_and_why_the_others_cant_is_said(world: World, served: str, desk: Page) -> None:
    anna, ben, zoe = await crew(world, "Anna Able", "Ben Zander", "Zoe Zilch")
    hers = await due(world, anna, "13:00", "Grace Hopper")
    await due(world, ben, "13:30", "Alan Turing")
    await opened(world, desk, served, to=TODAY)
    await pressed(desk, hers, "Give it to others")
    dialog = desk.locator("#hand")
    whom = dialog.get_by_label("Grace Hopper")
    await expect(whom).to_have_value(zoe.id)
    await expect(whom.locator("option:disabled")).to_have_text(["Ben Zander: This time is taken."])
    await expect(whom.locator("option:checked")).to_contain_text("Zoe Zilch · 1 km off")
    await expect(desk.locator("#hand-effect")).to_have_text("No window that was told changes by it.")
    await whom.select_option("")
    await expect(desk.locator("#hand-effect")).to_have_text("Choose who goes to Grace Hopper, or have a plan proposed.")
    await whom.select_option(zoe.id)
    await dialog.get_by_label("Why others go").select_option("behind")
    await expect(desk.locator("#hand-effect")).to_have_text("No window that was told changes by it.")
    await look(desk, "board-hand-over")
    await dialog.get_by_role("button", name="Hand over").focus()
    await desk.keyboard.press("Enter")
    await expect(desk.locator("#note")).to_contain_text("Handed over. Customers hear who comes.")
    await expect(desk.locator(f'#r-{zoe.id} [data-visit="{hers}"]')).to_be_visible()
    assert await stands(world, hers) == (zoe.id, "13:00")


async def test_what_somebody_else_was_faster_to_change_is_refused_in_words(world: World, served: str, desk: Page) -> None:
    anna, ben = await crew(world, "Anna Able", "Ben Zander")
    hers = await due(world, anna, "13:00", "Grace Hopper")
    await opened(world, desk, served, to=TODAY)
    await pressed(desk, hers, "Give it to others")
    await expect(desk.locator("#hand-effect")).to_have_text("No window that was told changes by it.")
    await due(world, ben, "13:15", "Alan Turing")
    await desk.locator("#hand").get_by_label("Why others go").select_option("vehicle")
    await expect(desk.locator("#hand-effect")).to_have_text("Grace Hopper: This time is taken.")
    await desk.locator("#hand").get_by_role("button", name="Hand over").click()
    await expect(desk.locator("#note")).to_contain_text("This time is taken.")
    assert await stands(world, hers) == (anna.id, "13:00")


async def test_all_that_is_left_of_a_day_is_given_away_at_once(world: World, served: str, desk: Page) -> None:
    anna, ben, zoe = await crew(world, "Anna Able", "Ben Zander", "Zoe Zilch")
    names = {"13:00": "Grace Hopper", "14:00": "Mary Seacole", "15:00": "Emmy Noether"}
    visits = [await due(world, anna, hour, name) for hour, name in names.items()]
    await due(world, ben, "14:00", "Alan Turing")
    await crew(world, "Ada Early", shifts={"ends": "12:00:00"})
    await opened(world, desk, served, to=TODAY)
    await pressed(desk, visits[0], "Give it to others")
    dialog = desk.locator("#hand")
    await expect(dialog.get_by_label("Mary Seacole")).to_be_hidden()
    await dialog.get_by_label("All that is left of the day: 3").check()
    whom = dialog.get_by_label("To whom").locator("option")
    await expect(whom).to_have_text(
        ["whoever is nearest and can, visit by visit", "Zoe Zilch", "Ben Zander · 2 of 3", re.compile("^Ada Early: .+")]
    )
    await expect(whom.locator(":scope:disabled")).to_have_count(1)
    await expect(dialog.get_by_label("Mary Seacole")).to_have_value(zoe.id)
    await dialog.get_by_label("To whom").select_option(ben.id)
    await expect(desk.locator("#hand-effect")).to_contain_text("Choose who goes to Mary Seacole, or have a plan proposed.")
    await look(desk, "board-hand-over-rest")
    await dialog.get_by_label("Mary Seacole").select_option(zoe.id)
    await expect(desk.locator("#hand-effect")).to_have_text("No window that was told changes by it.")
    await dialog.get_by_role("button", name="Hand over").click()
    await expect(desk.locator("#note")).to_contain_text("Handed over.")
    await expect(desk.locator(f"#r-{anna.id} .visit")).to_have_count(0)
    assert [(await stands(world, one))[0] for one in visits] == [ben.id, zoe.id, ben.id]


async def test_what_is_left_can_be_left_to_a_plan(world: World, served: str, desk: Page) -> None:
    anna, _ = await crew(world, "Anna Able", "Ben Zander")
    hers = await due(world, anna, "13:00", "Grace Hopper")
    await opened(world, desk, served, to=TODAY)
    await pressed(desk, hers, "Give it to others")
    await desk.locator("#hand").get_by_role("button", name="Have a plan without Anna Able proposed instead").click()
    await expect(desk.locator("#plan")).to_contain_text("Without: Anna Able")
    assert await stands(world, hers) == (anna.id, "13:00")


async def test_who_isnt_heard_of_stands_on_top_until_something_is(world: World, served: str, desk: Page) -> None:
    anna, ben = await crew(world, "Anna Able", "Ben Zander")
    silent, before = await due(world, anna, "12:30", "Grace Hopper"), await due(world, ben, "12:00", "Mary Seacole", duration_minutes=30)
    await due(world, ben, "12:45", "Alan Turing")
    await advance(world, before, to="complete")
    world.clock.forward(minutes=57)
    await world.sql("update identity.organisation set language = 'de' where organisation_id = $1", world.organisation_id)
    await opened(world, desk, served, to=TODAY)
    unheard = desk.locator("#unheard")
    await expect(unheard).to_contain_text("Anna Able den ganzen Tag fällig um 13:30: Grace Hopper.")
    await expect(unheard).to_contain_text("Ben Zander seit 13:00 fällig um 13:45: Alan Turing.")
    await look(desk, "board-unheard")
    await unheard.get_by_role("link", name="Anna Able").click()
    await expect(desk.locator(f'.visit[data-visit="{silent}"]')).to_be_focused()
    await desk.get_by_role("button", name="Verspätung melden").click()
    await desk.locator("#late").get_by_label("Später um").select_option("60")
    await expect(desk.locator("#late-effect")).to_contain_text("Grace Hopper: voraussichtlich um 14:30, ")
    await look(desk, "board-late-dialog-de")
    await desk.locator("#late").get_by_role("button", name="Verspätung melden").click()
    await expect(unheard.locator("li")).to_have_count(1)
    await expect(unheard).not_to_contain_text("Anna Able")


async def test_the_board_leads_to_promises_incidents_and_cash_where_somebody_may(world: World, served: str, desk: Page) -> None:
    await crew(world, "Anna Able")
    await opened(world, desk, served, to=TODAY, role="manager")
    ways = desk.get_by_role("navigation", name="Ways on")
    for name, where in (("Promises", "/app/promises"), ("Incidents", "/app/incidents"), ("Cash", "/app/office/cash")):
        await expect(ways.get_by_role("link", name=name, exact=True)).to_have_attribute("href", where)


async def test_who_stands_at_the_head_of_a_row_can_be_read(world: World, served: str, desk: Page) -> None:
    """However much there is to say of somebody, it is there, or ends in dots and is said whole by pointing at it."""
    _, wolfe = await crew(world, "Anna Able", "Wolfeschlegelsteinhausenbergerdorff Bartholomew")
    await world.sql("update dispatch.technician set zone = 'America/New_York' where technician_id = $1", UUID(wolfe.id))
    await opened(world, desk, served, to=TODAY)
    heads = desk.get_by_role("rowheader")
    await expect(heads).to_have_count(2)
    for head in await heads.all():
        assert await head.evaluate("one => one.scrollHeight <= one.clientHeight"), await head.inner_text()
        for part in await head.locator("> *").all():
            assert await part.evaluate("one => getComputedStyle(one).textOverflow") == "ellipsis"
    assert await heads.first.evaluate("one => [...one.children].every((part) => part.scrollWidth <= part.clientWidth)")
    assert await heads.last.get_attribute("title") == "Wolfeschlegelsteinhausenbergerdorff Bartholomew (America/New_York)"
    await look(desk, "board-row-heads")
