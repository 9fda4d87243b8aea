"""The board in a real browser: read without JavaScript; moved by mouse and by keys, what is refused said before the drop; live from elsewhere."""

import re
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from msgspec.structs import replace
from playwright.async_api import Browser, Page, Route, expect

from service.app import build
from service.settings import Settings
from tests.dispatch.builders import Field, advance, job, technician, visit
from tests.dispatch.region import region
from tests.identity.builders import joined
from tests.web.conftest import look, picture, serving
from tests.web.doors import come_in, signed_in
from tests.web.test_show_office_day import at, called, gone
from tests.world import World

DAY = "/app/board?on=2026-03-05"
TILE = b'<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"><rect width="255" height="255" fill="#cde"/></svg>'
BERLIN = {"latitude_e7": 525200000, "longitude_e7": 134050000}


@pytest.fixture
async def desk(browser: Browser) -> AsyncIterator[Page]:
    """A page the size of a desk's screen."""
    context = await browser.new_context(viewport={"width": 1400, "height": 1000}, locale="en-GB")
    yield await context.new_page()
    await context.close()


async def company(world: World) -> tuple[Field, Field, str]:
    """Ben and Zoe work on the fifth of March; Zoe goes to Grace Hopper at ten in Berlin; two jobs wait."""
    ben, zoe = [
        await called(world, await technician(world, home=BERLIN, shifts={"break": {"starts": "12:00:00", "ends": "12:30:00"}}), name)
        for name in ("Ben Zander", "Zoe Able")
    ]
    moved = await at(world, zoe, "2026-03-05T09:00:00Z", of="Grace Hopper", place=(525000000, 133000000))
    await at(world, zoe, "2026-03-05T12:30:00Z", of="Alan Turing", zone="Europe/London", place=(525400000, 134500000))
    await at(world, ben, "2026-03-05T13:00:00Z", of="Mary Seacole", place=(524600000, 133900000))
    for name, priority in (("Ada Owner", 1), ("Rosa Morrow", 3)):
        customer = await world.customer(name=name)
        await job(world, customer_id=customer["id"], priority=priority, place=(524800000, 134200000))
    return ben, zoe, moved


async def opened(world: World, page: Page, served: str, to: str = DAY, role: str = "dispatcher") -> None:
    """The board, as somebody of that role sees it, heard from elsewhere."""
    await come_in(page, served, (await joined(world, roles=(role,)))["email"], to=to)
    await expect(page.locator("#live")).to_be_visible()


async def stands(world: World, visit_id: str) -> tuple[str, str]:
    """Who goes there, and when."""
    found = await world.done("GET", f"/v1/visits/{visit_id}")
    return found["technician_id"], found["from"][11:16]


SETTLED = """name => new Promise(done => {
  const look = before => requestAnimationFrame(() => {
    const now = document.querySelector(name).getBoundingClientRect();
    before && now.width && now.x === before.x && now.y === before.y ? done(now.toJSON()) : look(now);
  });
  look(null);
})"""
"""Where something is once it has been drawn in one place twice: a row that has just come is measured without its head."""


async def spot(page: Page, by: Field, hour: float) -> tuple[float, float]:
    """Where that hour of Berlin's day is in somebody's row."""
    lane = await page.evaluate(SETTLED, f"#r-{by.id} .lane")
    hours = [await one.inner_text() for one in await page.locator(".hour:visible").all()]
    first = int(hours[0][:2])
    return lane["x"] + lane["width"] * (hour - first) / len(hours), lane["y"] + lane["height"] / 2


async def drag(page: Page, what: str, by: Field, hour: float, *, drop: bool = True, known: bool = True) -> None:
    """From the left edge of a visit or a job to that start."""
    await page.locator(what).hover(position={"x": 2, "y": 10})  # waits until its row, which may just have come, is drawn
    await page.mouse.down()
    x, y = await spot(page, by, hour)
    await page.mouse.move(x + 2, y, steps=5)
    if known:
        await expect(page.locator("#ghost")).to_have_class(re.compile("fits|unfit"))
    if drop:
        await page.mouse.up()


async def test_the_day_is_read_without_javascript(world: World, served: str, phone: Page) -> None:
    await company(world)
    await come_in(phone, served, (await joined(world, roles=("dispatcher",)))["email"], to=DAY)
    rows = [" ".join((await one.inner_text()).split()) for one in await phone.locator(".round").all()]
    assert rows[0].startswith("Ben Zander 08:00–17:00 Break 12:00–12:30 14:00 Mary Seacole until 15:00 · booked · inspection")
    assert "10:00 Grace Hopper until 11:00 · booked" in rows[1]
    assert await phone.locator(".taken").first.get_attribute("title") == "Break 12:00–12:30"
    assert await phone.locator(".visit").first.get_attribute("title") == "14:00–15:00 Mary Seacole"
    assert "12:30 Alan Turing until 13:30 (Europe/London)" in rows[1]
    assert [await one.inner_text() for one in await phone.locator("#unassigned .waits strong").all()] == ["Ada Owner", "Rosa Morrow"]
    await look(phone, "board-without-javascript")


async def test_today_opens_at_the_present_hour(world: World, served: str, tablet: Page) -> None:
    await technician(world, shifts={"starts": "00:00:00", "ends": "23:00:00"})
    today = world.clock.now.date()
    await opened(world, tablet, served, to=f"/app/board?on={today}")
    await expect(tablet.locator("#now")).to_be_in_viewport()


async def test_a_visit_is_dragged_to_somebody_else(world: World, served: str, desk: Page) -> None:
    ben, zoe, moved = await company(world)
    await opened(world, desk, served)
    await look(desk, "board")
    await drag(desk, f'[data-visit="{moved}"]', ben, 9)
    await expect(desk.locator("#ask")).to_be_visible()
    await expect(desk.locator("#ask-where")).to_contain_text("Ben Zander, 09:00–10:00. The customer is told: between 09:00 and 10:00.")
    await expect(desk.locator("#ask-promise")).to_be_visible()
    await look(desk, "board-asks")
    await desk.get_by_role("button", name="Move it: we plan it so").click()
    await expect(desk.locator("#note")).to_contain_text("Moved.")
    await expect(desk.locator(f'#r-{ben.id} [data-visit="{moved}"]')).to_be_visible()
    assert await stands(world, moved) == (ben.id, "08:00")
    await desk.get_by_role("button", name="Undo").click()
    await expect(desk.locator(f'#r-{zoe.id} [data-visit="{moved}"]')).to_be_visible()
    await expect(desk.locator("#note")).to_have_text("Taken back.")
    assert await stands(world, moved) == (zoe.id, "09:00")


@pytest.mark.parametrize(
    "hour, why", [(14.5, "This time is taken."), (16.5, "That isn’t within the shift."), (11.5, "This time is taken.")]
)
async def test_what_is_refused_is_said_before_the_drop_and_nothing_moves(
    world: World, served: str, desk: Page, hour: float, why: str
) -> None:
    ben, zoe, moved = await company(world)
    await opened(world, desk, served)
    await drag(desk, f'[data-visit="{moved}"]', ben, hour, drop=False)
    await expect(desk.locator("#ghost")).to_have_class("unfit")
    await expect(desk.locator("#ghost")).to_contain_text(why)
    if hour == 14.5:
        await picture(desk, "board-refused")
    await desk.mouse.up()
    await expect(desk.locator("#note")).to_contain_text(why)
    await expect(desk.locator("#ask")).to_be_hidden()
    assert await stands(world, moved) == (zoe.id, "09:00")


async def test_a_job_with_nobody_is_dragged_onto_the_day_booked_and_taken_back(world: World, served: str, desk: Page) -> None:
    ben, _, __ = await company(world)
    await opened(world, desk, served)
    await drag(desk, "#unassigned li:first-child .waits", ben, 8)
    await desk.get_by_role("button", name="Book it").click()
    await expect(desk.locator("#note")).to_contain_text("Booked.")
    await expect(desk.locator(f"#r-{ben.id}")).to_contain_text("08:00 Ada Owner")
    await expect(desk.locator("#unassigned .waits")).to_have_count(1)
    await desk.get_by_role("button", name="Undo").click()
    await expect(desk.locator("#unassigned .waits")).to_have_count(2)


@pytest.mark.parametrize("answer", ["places", "along"])
async def test_what_is_put_down_before_it_is_known_whether_it_fits_is_asked_about_once_it_is_known(
    world: World, served: str, desk: Page, answer: str
) -> None:
    ben, _, __ = await company(world)
    of = await job(world, customer_id=(await world.customer(name="Bea Tenant"))["id"], crew_size=2, priority=1)
    await opened(world, desk, served)

    async def as_the_day_changes(route: Route) -> None:
        await visit(world, by=ben, at="2026-03-05T15:00:00Z")
        await expect(desk.locator(f"#r-{ben.id}")).to_contain_text("16:00 Ada Owner", timeout=20_000)
        await route.continue_()

    await desk.route(f"**/app/board/{answer}?*", as_the_day_changes, times=1)
    await drag(desk, f'[data-job="{of["id"]}"]', ben, 8, known=False)
    await expect(desk.locator("#ask-crew")).to_contain_text("Zoe Able")


async def test_a_job_for_two_is_dragged_and_both_go_or_nobody(world: World, served: str, desk: Page) -> None:
    ben, zoe, _ = await company(world)
    of = await job(world, customer_id=(await world.customer(name="Bea Tenant"))["id"], crew_size=2, priority=1)
    await opened(world, desk, served)
    waits = f'[data-job="{of["id"]}"]'
    await drag(desk, waits, ben, 10, drop=False)  # Zoe is with Grace Hopper then
    await expect(desk.locator("#ghost")).to_have_class("unfit")
    await expect(desk.locator("#ghost")).to_contain_text("It takes several people")
    await desk.mouse.up()
    await drag(desk, waits, ben, 8)
    await expect(desk.locator("#ask-crew")).to_contain_text("Zoe Able")
    await expect(desk.locator("#ask-crew").get_by_label("Zoe Able")).to_be_checked()
    await look(desk, "board-crew")
    await desk.locator("#ask-crew").get_by_label("Zoe Able").uncheck()
    await desk.get_by_role("button", name="Book it").click()
    await expect(desk.locator("#note")).to_contain_text("It takes several people")
    await drag(desk, waits, ben, 8)
    await desk.get_by_role("button", name="Book it").click()
    await expect(desk.locator("#note")).to_contain_text("Booked.")
    for one in (ben, zoe):
        await expect(desk.locator(f"#r-{one.id}")).to_contain_text("08:00 Bea Tenant")
    [made] = (await world.done("GET", f"/v1/jobs/{of['id']}"))["visits"]
    await expect(desk.locator(f'#r-{zoe.id} [data-visit="{made["id"]}"]')).to_contain_text("goes along")
    await drag(desk, f'#r-{ben.id} [data-visit="{made["id"]}"]', ben, 15)
    await desk.get_by_role("button", name="Move it: we plan it so").click()
    await expect(desk.locator("#note")).to_contain_text("Moved.")
    for one in (ben, zoe):
        await expect(desk.locator(f"#r-{one.id}")).to_contain_text("15:00 Bea Tenant")


async def test_a_job_is_held_and_the_hold_is_booked(world: World, served: str, desk: Page) -> None:
    ben, _, __ = await company(world)
    await opened(world, desk, served)
    await drag(desk, "#unassigned li:first-child .waits", ben, 8)
    await desk.get_by_role("button", name="Hold it for ten minutes").click()
    held = desk.locator(f"#r-{ben.id} .visit.held")
    await expect(held).to_contain_text("held until 13:10")
    await held.click()
    await desk.locator("#picked").get_by_role("button", name="Book it").click()
    await expect(desk.locator(f"#r-{ben.id} .visit.booked")).to_have_count(2)


async def test_all_of_it_goes_by_the_keyboard(world: World, served: str, desk: Page) -> None:
    ben, _, moved = await company(world)
    await opened(world, desk, served)
    note = desk.locator("#note")
    await desk.locator(".visit").first.focus()  # Ben's only one
    for key in ("ArrowDown", "ArrowLeft"):
        await desk.keyboard.press(key)
    await expect(desk.locator(f'[data-visit="{moved}"]')).to_be_focused()
    await desk.keyboard.press("Enter")
    await expect(note).to_contain_text("Zoe Able, 10:00–11:00: fits")
    await desk.keyboard.press("ArrowRight")
    await expect(note).to_have_text("Zoe Able, 10:05–11:05: fits")
    for _ in range(3):
        await desk.keyboard.press("Shift+ArrowRight")
    await expect(note).to_have_text("Zoe Able, 13:05–14:05: This time is taken.")
    await desk.keyboard.press("Enter")
    await expect(note).to_contain_text("The nearest there: 12:30.")
    await expect(desk.locator("#ask")).to_be_hidden()
    await desk.keyboard.press("ArrowUp")
    await expect(note).to_have_text("Ben Zander, 13:05–14:05: This time is taken.")
    await desk.keyboard.press("ArrowLeft")
    await expect(note).to_have_text("Ben Zander, 13:00–14:00: fits")
    await look(desk, "board-by-keys")
    await desk.keyboard.press("Escape")
    await expect(note).to_have_text("Put back.")
    await expect(desk.locator(f'[data-visit="{moved}"]')).to_be_focused()
    await desk.keyboard.press("Enter")
    await expect(note).to_contain_text("fits")
    for key in ("ArrowUp", "ArrowRight", "Enter"):
        await desk.keyboard.press(key)
    await expect(desk.locator("#ask-h")).to_have_text("Move Grace Hopper")
    await desk.keyboard.press("Enter")  # the first of the answers has the focus
    await expect(note).to_contain_text("Moved.")
    assert await stands(world, moved) == (ben.id, "09:05")
    await expect(desk.locator(f'#r-{ben.id} [data-visit="{moved}"]')).to_be_focused()


async def test_a_phone_places_by_tapping(world: World, served: str, tablet: Page) -> None:
    ben, _, moved = await company(world)
    await opened(world, tablet, served)
    await tablet.locator(f'[data-visit="{moved}"]').tap()
    await tablet.locator("#picked").get_by_role("button", name="Move").tap()
    await expect(tablet.locator(".fit").first).to_be_attached()
    await tablet.locator(f"#r-{ben.id}").scroll_into_view_if_needed()
    await tablet.locator("#grid").evaluate("grid => grid.scrollTo(0, 0)")
    x, y = await spot(tablet, ben, 9)
    await tablet.touchscreen.tap(x, y)
    await tablet.get_by_role("button", name="Move it: the customer asked").tap()
    await expect(tablet.locator("#note")).to_contain_text("Moved.")
    assert await stands(world, moved) == (ben.id, "08:00")
    await look(tablet, "board-on-a-phone")


async def test_what_is_carried_stays_in_hand_while_the_day_changes_under_it(world: World, served: str, desk: Page) -> None:
    ben, _, moved = await company(world)
    await opened(world, desk, served)
    await drag(desk, f'[data-visit="{moved}"]', ben, 9, drop=False)
    await expect(desk.locator("#ghost")).to_have_class("fits")
    other = await visit(world, by=ben, at="2026-03-05T08:30:00Z")
    await expect(desk.locator("#ghost")).to_contain_text("This time is taken.")
    await expect(desk.locator(f'#r-{ben.id} [data-visit="{other["id"]}"]')).to_be_visible()
    await world.done("POST", f"/v1/visits/{other['id']}/cancel", {"reason": "customer_asked"})
    await expect(desk.locator("#ghost")).to_have_class("fits")
    await desk.mouse.up()
    await desk.get_by_role("button", name="Move it: we plan it so").click()
    await expect(desk.locator("#note")).to_contain_text("Moved.")
    assert await stands(world, moved) == (ben.id, "08:00")


async def test_the_board_is_sent_small_to_whoever_can_unpack_it(world: World, served: str) -> None:
    await company(world)
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, (await joined(world, roles=("dispatcher",)))["email"])
        plain = await browser.get(DAY, headers={"Accept-Encoding": "identity"})
        packed = await browser.get(DAY, headers={"Accept-Encoding": "gzip"})
    assert (plain.headers.get("content-encoding"), packed.headers["content-encoding"]) == (None, "gzip")
    assert (plain.headers["vary"], packed.headers["vary"]) == ("Accept-Encoding", "Accept-Encoding")
    assert "Grace Hopper" in packed.text
    assert int(packed.headers["content-length"]) * 2 < int(plain.headers["content-length"])


async def test_what_happens_elsewhere_is_there_within_a_second(world: World, served: str, desk: Page) -> None:
    ben, zoe, moved = await company(world)
    await opened(world, desk, served)
    within = {"timeout": 1000}
    move = {"technician_id": ben.id, "from": "2026-03-05T08:00:00Z", "reason": "customer_asked"}
    await world.done("POST", f"/v1/visits/{moved}/move", move)
    await expect(desk.locator(f'#r-{ben.id} [data-visit="{moved}"]')).to_be_visible(**within)
    await expect(desk.locator(f'#r-{zoe.id} [data-visit="{moved}"]')).to_have_count(0)
    await world.done("POST", f"/v1/visits/{moved}/dispatch", {})
    await expect(desk.locator(f'[data-visit="{moved}"]')).to_have_class(re.compile("dispatched"), **within)
    await world.done("POST", f"/v1/visits/{moved}/cancel", {"reason": "customer_asked"})
    await expect(desk.locator(f'[data-visit="{moved}"]')).to_have_count(0, **within)
    await expect(desk.locator("#unassigned .waits")).to_have_count(3, **within)
    await job(world)
    await expect(desk.locator("#unassigned .waits")).to_have_count(4, **within)
    absence = {"from": "2026-03-05T07:00:00Z", "until": "2026-03-05T09:00:00Z", "reason": "training"}
    await world.done("POST", f"/v1/technicians/{ben.id}/absences", absence)
    await expect(desk.locator(f"#r-{ben.id} .absence")).to_have_count(1, **within)


async def test_visits_that_no_longer_fit_are_named_as_it_happens(world: World, served: str, desk: Page) -> None:
    ben, _, __ = await company(world)
    await opened(world, desk, served)
    await expect(desk.locator("#misplaced")).to_be_hidden()
    await gone(world, ben)
    await expect(desk.locator("#misplaced")).to_contain_text("14:00 Mary Seacole Ben Zander They work here no more.")
    await expect(desk.locator(f"#r-{ben.id}")).to_contain_text("works here no more")
    await desk.locator("#misplaced a").click()
    await expect(desk.locator(".visit.misplaced")).to_be_focused()


async def test_what_was_missed_is_heard_once_the_line_is_back(world: World, served: str, desk: Page) -> None:
    ben, _, moved = await company(world)
    await opened(world, desk, served)
    world.app.state.feed.close()  # the process says goodbye to all who follow
    world.app.state.feed._closed = False
    await expect(desk.locator("#live")).to_be_hidden()
    await world.done(
        "POST", f"/v1/visits/{moved}/move", {"technician_id": ben.id, "from": "2026-03-05T08:00:00Z", "reason": "customer_asked"}
    )
    await expect(desk.locator(f'#r-{ben.id} [data-visit="{moved}"]')).to_be_visible(timeout=10_000)
    await expect(desk.locator("#live")).to_be_visible()


async def test_whoever_was_faster_leaves_the_next_best(world: World, served: str, desk: Page) -> None:
    ben, _, moved = await company(world)
    await opened(world, desk, served)
    await drag(desk, f'[data-visit="{moved}"]', ben, 9)
    await desk.route("**/app/board/part*", lambda route: route.abort())
    await visit(world, by=ben, at="2026-03-05T08:00:00Z")
    await desk.get_by_role("button", name="Move it: we plan it so").click()
    await expect(desk.locator("#note")).to_contain_text("This time is taken. Instead:")
    await desk.unroute("**/app/board/part*")
    await look(desk, "board-next-best")
    await desk.locator("#note button").first.click()
    await expect(desk.locator("#note")).to_contain_text("Moved.")
    assert await stands(world, moved) != (ben.id, "08:00")


async def test_several_parts_of_a_job_are_booked_at_once_on_the_days_on_which_they_fit(world: World, served: str, desk: Page) -> None:
    ben = await called(world, await technician(world), "Ben Zander")
    of = await job(world, customer_id=(await world.customer(name="Ada Owner"))["id"], visits_needed=4)
    await at(world, ben, "2026-03-06T09:30:00Z", of="Grace Hopper")
    await opened(world, desk, served)
    await expect(desk.locator("#unassigned")).to_contain_text("parts to place: 4")
    await drag(desk, f'.waits[data-job="{of["id"]}"]', ben, 10)
    await expect(desk.locator("#ask")).to_be_visible()
    await desk.get_by_label("Parts to book at once").fill("3")
    await expect(desk.locator("#ask-days")).to_have_text("Also: Sat 7 Mar 10:00, Sun 8 Mar 10:00")
    await look(desk, "board-parts")
    await desk.get_by_role("button", name="Book it").click()
    await expect(desk.locator("#note")).to_contain_text("Booked.")
    await expect(desk.locator("#unassigned .waits")).not_to_contain_text("parts to place")
    visits = (await world.done("GET", f"/v1/jobs/{of['id']}"))["visits"]
    assert sorted(one["from"][:16] for one in visits) == ["2026-03-05T09:00", "2026-03-07T09:00", "2026-03-08T09:00"]


async def test_the_map_begins_with_the_city_of_most_visits_and_goes_to_what_is_picked(world: World, served: str, desk: Page) -> None:
    ben, zoe = [await called(world, await technician(world, home=BERLIN), name) for name in ("Ben Zander", "Zoe Able")]
    for hour in ("08", "10", "12"):
        await at(world, ben, f"2026-03-05T{hour}:00:00Z", of="Ada Owner", place=(525000000, 133000000 + 100000 * int(hour)))
    munich = await at(world, zoe, "2026-03-05T09:00:00Z", of="Grace Hopper", place=(481400000, 115800000))
    await opened(world, desk, served)
    seen = desk.locator("#map canvas")
    await expect(seen).to_have_attribute("data-visits", "3")
    await desk.locator(f'[data-visit="{munich}"]').focus()
    await expect(seen).to_have_attribute("data-visits", "1")
    await desk.get_by_role("button", name="Show everything").click()
    await expect(seen).to_have_attribute("data-visits", "4")


async def test_promises_at_risk_stand_on_top_and_lead_to_their_visit(world: World, served: str, desk: Page) -> None:
    zoe = await called(world, await technician(world), "Zoe Able")
    late = await at(world, zoe, "2026-03-04T12:30:00Z", of="Alan Turing", arrival_minutes=30)
    world.clock.forward(hours=2)
    await opened(world, desk, served, to="/app/board")
    await expect(desk.locator("#at-risk")).to_contain_text("13:30–14:00 Alan Turing Zoe Able Late: nobody is there")
    await desk.locator("#at-risk a").click()
    await expect(desk.locator(f'.visit.late[data-visit="{late}"]')).to_be_focused()
    await look(desk, "board-at-risk")
    await advance(world, late, to="arrive")
    await expect(desk.locator("#at-risk li.soft")).to_be_visible()
    await expect(desk.locator(".visit.late")).to_have_count(0)


async def test_a_day_under_way_is_seen_at_one_look(world: World, served: str, desk: Page) -> None:
    """As the README shows it: what is done, under way, late, held and waiting, at a quarter past one."""
    crew = {
        name: await called(world, await technician(world, home=BERLIN, shifts={"break": {"starts": "12:00:00", "ends": "12:30:00"}}), name)
        for name in ("Ayla Demir", "Ben Zander", "Olga Costa", "Jonas Weber", "Kim Petersen", "Marek Nowak", "Zoe Able")
    }
    world.clock.now = world.clock.now.replace(hour=7)
    places = iter((524300000 + 150000 * (n % 11), 132600000 + 330000 * (n % 7)) for n in range(60))

    async def goes(name: str, when: str, of: str, to: str | None = None, **differences: Any) -> str:
        visit_id = await at(world, crew[name], f"2026-03-04T{when}:00Z", of=of, place=next(places), **differences)
        if to:
            await advance(world, visit_id, to=to)
        return visit_id

    await goes("Ayla Demir", "07:30", "Grace Hopper", "complete", duration_minutes=90)
    await goes("Ayla Demir", "09:15", "Mary Seacole", "complete")
    await goes("Ayla Demir", "11:45", "Alan Turing", "start", duration_minutes=75)
    await goes("Ayla Demir", "13:15", "Rosa Morrow", "dispatch", arrival_minutes=120)
    await goes("Ben Zander", "08:00", "Lise Meitner", "complete", duration_minutes=120)
    await goes("Ben Zander", "11:35", "Emmy Noether", "dispatch", arrival_minutes=30)
    await goes("Ben Zander", "13:00", "Paul Erdős", duration_minutes=90)
    await goes("Olga Costa", "08:30", "Ada Owner", "complete")
    await goes("Olga Costa", "12:00", "Max Born", "en-route", arrival_minutes=90)
    await goes("Olga Costa", "14:00", "Sofia Kowal", duration_minutes=120)
    await goes("Jonas Weber", "07:15", "Carl Gauss", "complete", duration_minutes=105)
    no_access = await goes("Jonas Weber", "09:30", "Hedy Lamarr", "arrive")
    await world.done("POST", f"/v1/visits/{no_access}/no-access", {})
    absence = {"from": "2026-03-04T11:30:00Z", "until": "2026-03-04T16:00:00Z", "reason": "sick"}
    await world.done("POST", f"/v1/technicians/{crew['Jonas Weber'].id}/absences", absence)
    await goes("Kim Petersen", "08:15", "Karl Marx", "complete")
    await goes("Kim Petersen", "11:40", "Jane Goodall", "start", duration_minutes=60)
    await goes("Kim Petersen", "13:30", "Tim Lee", "accept", zone="Europe/London")
    await goes("Marek Nowak", "12:15", "Otto Hahn", "dispatch", arrival_minutes=30)
    await goes("Marek Nowak", "14:30", "Nelly Sachs", duration_minutes=75)
    await goes("Zoe Able", "12:30", "Edith Stein", "accept", arrival_minutes=120)
    waiting = [("Bea Tenant", 1), ("Anna Seghers", 2), ("Kurt Gödel", 3)]
    for name, priority in waiting:
        customer = await world.customer(name=name)
        await job(world, customer_id=customer["id"], priority=priority, kind="inspection", place=next(places))
    held = await job(world, customer_id=(await world.customer(name="Nina Hold"))["id"], place=next(places))
    world.clock.now = world.clock.now.replace(hour=12, minute=15)
    await world.done("POST", f"/v1/jobs/{held['id']}/holds", {"technician_id": crew["Zoe Able"].id, "from": "2026-03-04T14:00:00Z"})
    await desk.set_viewport_size({"width": 1280, "height": 1000})
    await opened(world, desk, served, to="/app/board")
    await expect(desk.locator("#at-risk li")).to_have_count(2)
    await drag(desk, "#unassigned li:first-child .waits", crew["Ben Zander"], 15, drop=False)
    await expect(desk.locator("#ghost")).to_have_class("unfit")
    await picture(desk, "board-under-way")
    await desk.keyboard.press("Escape")
    await desk.mouse.up()
    await look(desk, "board-day")


async def test_it_speaks_german_and_shows_the_day_of_a_clock_change(world: World, served: str, desk: Page) -> None:
    await world.changed("/v1/organisation", language="de")
    await called(world, await technician(world, shifts={"starts": "00:00:00", "ends": "08:00:00"}), "Zoe Able")
    await opened(world, desk, served, to="/app/board?on=2026-03-29")
    await expect(desk.locator("h1")).to_have_text("Sonntag, 29. März 2026")
    assert [await one.inner_text() for one in await desk.locator(".hour:visible").all()][:4] == ["00:00", "01:00", "03:00", "04:00"]
    assert "Gefährdete Zusagen" in await desk.locator("#at-risk").inner_text()
    await look(desk, "board-german")


async def test_who_may_not_plan_reads_only(world: World, served: str) -> None:
    of = await job(world)
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, (await joined(world, roles=("technician",)))["email"])
        assert (await browser.get(DAY)).status_code == 403
        assert (await browser.post("/app/board/act", data={"act": "hold", "job": of["id"]})).status_code == 403


@pytest.mark.parametrize(
    "form, status",
    [({"act": "x"}, 422), ({"act": "move"}, 422), ({"act": "book", "job": "x"}, 422), ({"act": "hold", "from": "9" * 30}, 422)],
)
async def test_a_form_that_says_nothing_is_refused(world: World, served: str, form: dict[str, str], status: int) -> None:
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, (await joined(world, roles=("dispatcher",)))["email"])
        assert (await browser.post("/app/board/act", data=form)).status_code == status


async def test_a_day_that_is_none_is_told_as_an_address(world: World, served: str) -> None:
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, (await joined(world, roles=("dispatcher",)))["email"])
        for on in ("foo", "2026-02-30", "9999-12-31", "0001-01-01"):
            answer = await browser.get(f"/app/board?on={on}")
            assert (answer.status_code, "This address isn’t right." in answer.text, "amounts" in answer.text) == (422, True, False), on


async def test_no_other_site_moves_anything(world: World, served: str) -> None:
    of, ben = await job(world), await technician(world)
    form = {"act": "hold", "job": of["id"], "technician": ben.id, "from": "1772701200"}
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, (await joined(world, roles=("dispatcher",)))["email"])
        assert (await browser.post("/app/board/act", data=form, headers={"Sec-Fetch-Site": "cross-site"})).status_code == 403
        assert (await browser.post("/app/board/act", data=form)).status_code == 200


async def test_without_a_setting_the_map_asks_nobody_outside(world: World, served: str, desk: Page) -> None:
    await company(world)
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    await opened(world, desk, served)
    await expect(desk.locator("#map canvas")).to_be_visible()
    assert await drawn(desk) > 50
    assert [one for one in asked if not one.startswith(served)] == []


async def test_the_map_is_from_where_the_setting_says_and_from_nowhere_else(world: World, settings: Settings, desk: Page) -> None:
    await company(world)
    asked: list[tuple[int, str]] = []

    async def pictures(scope: Any, _: Any, send: Any) -> None:
        asked.append((scope["server"][1], scope["path"]))
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"image/svg+xml")]})
        await send({"type": "http.response.body", "body": TILE})

    async with serving(pictures) as there, serving(pictures) as elsewhere:
        with_map = replace(settings, map_tiles=f"{there}/{{z}}/{{x}}/{{y}}.svg", map_attribution="© Someone")
        async with serving(build(settings=with_map, database=world.database, clock=world.clock)) as served:
            async with desk.expect_response(f"{there}/**"):
                await opened(world, desk, served)
            await expect(desk.locator("#map")).to_contain_text("© Someone")
            shown = "address => new Promise(done => { const image = new Image(); image.onerror = () => done(false); image.onload = () => done(true); image.src = address })"
            assert [await desk.evaluate(shown, f"{origin}/1/1/1.svg") for origin in (there, elsewhere)] == [True, False]
            await look(desk, "board-with-map")
            await desk.close()
    assert all(port == urlsplit(there).port and re.fullmatch(r"/\d+/\d+/\d+\.svg", path) for port, path in asked)


async def drawn(page: Page) -> int:
    """How many points of the map have a colour of their own."""
    count: int = await page.locator("#map canvas").evaluate(
        "canvas => { const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);"
        " let n = 0; for (let i = 3; i < data.length; i += 4) if (data[i]) n++; return n }"
    )
    return count


async def test_a_whole_region_scrolls_and_drags_smoothly(world: World, served: str, desk: Page) -> None:
    """250 technicians with 1,500 visits: what a frame takes of script, style and layout while it scrolls and drags."""
    await region(world)
    await opened(world, desk, served)
    assert (await desk.locator(".round").count(), await desk.locator(".visit").count()) == (250, 1500)
    session = await desk.context.new_cdp_session(desk)
    await session.send("Performance.enable", {"timeDomain": "threadTicks"})

    async def spent() -> dict[str, float]:
        told = await session.send("Performance.getMetrics")
        return {one["name"]: one["value"] for one in told["metrics"]}

    async def frames(act: str) -> float:
        """Milliseconds a frame, of all that the page's thread does, in 120 frames of that."""
        before = await spent()
        await desk.evaluate(
            "act => new Promise(done => { const step = new Function('n', act); let n = 0;"
            " const frame = () => { if (n === 120) return done(); step(n++); requestAnimationFrame(frame) }; frame() })",
            act,
        )
        after = await spent()
        names = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")
        return sum(after[name] - before[name] for name in names) / 120 * 1000

    scrolling = await frames("document.getElementById('grid').scrollTop = n * 100")
    await desk.evaluate("document.getElementById('grid').scrollTop = 0")
    box = await desk.locator(".visit").first.bounding_box()
    assert box
    await desk.mouse.move(box["x"] + 3, box["y"] + 9)
    await desk.mouse.down()
    await desk.mouse.move(box["x"] + 30, box["y"] + 30)
    await expect(desk.locator("#ghost")).to_have_class(re.compile("fits|unfit"))
    dragging = await frames(
        "window.dispatchEvent(new PointerEvent('pointermove', {clientX: 400 + 4 * n, clientY: 600 + 2 * (n % 60), bubbles: true, pointerType: 'mouse'}))"
    )
    await desk.mouse.up()
    print(f"a frame takes {scrolling:.2f} ms while it scrolls, {dragging:.2f} ms while it drags")
    assert scrolling < 8
    assert dragging < 8
