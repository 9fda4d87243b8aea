"""The office sees a day's visits: who is where, what is late, what has nobody."""

from typing import Any

import httpx
from playwright.async_api import Page, expect

from tests.dispatch.builders import Field, advance, job, technician, visit
from tests.identity.builders import joined
from tests.web.conftest import look
from tests.web.doors import come_in, signed_in
from tests.world import World

NOBODY = "Whoever was to go works here no more"


async def called(world: World, by: Field, name: str) -> Field:
    """The same technician by a name of their own."""
    await world.sql(
        "update identity.staff set name = $2 where organisation_id = $1 and staff_id = $3::uuid", world.organisation_id, name, by.id
    )
    return by


async def gone(world: World, by: Field) -> None:
    """That technician works here no more."""
    changed = {"zone": "Europe/Berlin", "skills": {}, "may_take_cash": False, "home": None, "reach_metres": 1000, "active": False}
    await world.done("PUT", f"/v1/technicians/{by.id}", changed, headers={"If-Match": '"1"'})


async def at(world: World, by: Field, when: str, *, of: str, **differences: Any) -> str:
    """A visit to somebody of that name: its id."""
    customer = await world.customer(name=of)
    made = await visit(world, by=by, at=when, of=await job(world, customer_id=customer["id"], **differences))
    return str(made["id"])


async def company(world: World) -> None:
    """At noon of the fourth of March in London: two rounds, one visit late, one with nobody; one tomorrow and one yesterday."""
    zoe, ben, kim = [await called(world, await technician(world), name) for name in ("Zoe Able", "Ben Zander", "Kim Left")]
    await at(world, zoe, "2026-03-04T15:00:00Z", of="Grace Hopper")
    late = await at(world, zoe, "2026-03-04T12:30:00Z", of="Alan Turing", zone="Europe/London")
    there = await at(world, ben, "2026-03-04T12:45:00Z", of="Mary Seacole")
    await at(world, kim, "2026-03-04T14:00:00Z", of="Ada Owner")
    await at(world, ben, "2026-03-05T09:00:00Z", of="Rosa Morrow")
    dropped = await at(world, ben, "2026-03-04T14:30:00Z", of="Called Off")
    await world.done("POST", f"/v1/visits/{dropped}/cancel", {"reason": "customer_asked"})
    await advance(world, there, to="arrive")
    await advance(world, late, to="dispatch")
    await gone(world, kim)
    world.clock.forward(minutes=90)


async def shown_to(world: World, served: str, path: str = "/app/office", *, role: str = "dispatcher") -> str:
    """What the page says to somebody of that role."""
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, (await joined(world, roles=(role,)))["email"])
        answer = await browser.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_the_office_begins_with_who_is_where_what_is_late_and_what_has_nobody(world: World, served: str, phone: Page) -> None:
    await company(world)
    person = await joined(world, roles=("dispatcher",))
    await come_in(phone, served, person["email"], to="/app/office")
    await look(phone, "office-day")
    await expect(phone.get_by_role("heading", level=2).first).to_have_text("Visits on Wednesday, 4 March 2026")
    await expect(phone.get_by_role("heading", level=3)).to_have_text(["Late", "With nobody", "Ben Zander", "Zoe Able"])
    await expect(phone.locator("main")).to_contain_text("Visits: 4 · late already: 1 · left with nobody: 1")
    await expect(phone.locator("main")).to_contain_text("given to Kim Left")
    await expect(phone.get_by_role("list", name="Zoe Able").get_by_role("link")).to_have_text(["Alan Turing", "Grace Hopper"])
    late, in_time = await phone.get_by_role("list", name="Zoe Able").get_by_role("listitem").all_inner_texts()
    for said in (
        "12:30–13:30",
        "sent to the technician",
        "Late: nobody is there yet.",
        "1 Mill Lane",
        "between 12:30 and 13:30 (Europe/London)",
    ):
        assert said in late
    assert "16:00–17:00" in in_time
    assert "Late" not in in_time
    assert "Europe" not in in_time
    await expect(phone.get_by_role("list", name="Late").get_by_role("listitem")).to_have_text(["12:30 Alan Turing · Zoe Able"])
    await expect(phone.get_by_role("list", name="Ben Zander")).to_contain_text("on site")
    await expect(phone.locator("main")).not_to_contain_text("Called Off")
    await phone.set_viewport_size({"width": 1280, "height": 800})
    await look(phone, "office-day-desk")
    await phone.get_by_role("link", name="12:30 Alan Turing").click()
    await expect(phone.locator("li:target")).to_contain_text("Late: nobody is there yet.")
    await phone.get_by_role("link", name="Alan Turing", exact=True).click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Alan Turing")


async def test_links_lead_to_the_days_around_and_back_to_today(world: World, served: str, phone: Page) -> None:
    await company(world)
    await come_in(phone, served, (await joined(world, roles=("dispatcher",)))["email"], to="/app/office")
    await expect(phone.get_by_role("link", name="Today")).to_have_count(0)
    await phone.get_by_role("link", name="The day after").click()
    await expect(phone.get_by_role("link", name="Rosa Morrow")).to_be_visible()
    await phone.get_by_role("link", name="The day before").click()
    await expect(phone.get_by_role("link", name="Grace Hopper")).to_be_visible()
    await phone.get_by_role("link", name="The day before").click()
    await expect(phone.get_by_role("heading", level=2).first).to_have_text("Visits on Tuesday, 3 March 2026")
    await expect(phone.locator("main")).to_contain_text("No visits on this day.")
    await phone.get_by_role("link", name="Today").click()
    await expect(phone.get_by_role("link", name="Grace Hopper")).to_be_visible()


async def test_what_needs_somebody_is_counted_as_the_board_counts_it(world: World, served: str, phone: Page) -> None:
    await company(world)
    for name in ("Max Born", "Rosa Parks"):
        await job(world, customer_id=(await world.customer(name=name))["id"])
    await come_in(phone, served, (await joined(world, roles=("dispatcher",)))["email"], to="/app/office")
    line = phone.get_by_role("link", name="Promises at risk: ")
    told = await line.inner_text()
    await look(phone, "office-needs-somebody")
    await line.click()
    risk, jobs = [await phone.locator(f"{place} .count").inner_text() for place in ("#at-risk", "#unassigned")]
    assert told == f"Promises at risk: {risk} · jobs with nobody: {jobs}"
    assert (int(risk), int(jobs)) >= (1, 2)


async def test_a_visit_that_is_over_stays_with_whoever_made_it(world: World, served: str) -> None:
    kim = await called(world, await technician(world), "Kim Left")
    await advance(world, await at(world, kim, "2026-03-04T13:00:00Z", of="Ada Owner"), to="complete")
    await gone(world, kim)
    page = await shown_to(world, served)
    assert "with nobody: 0" in page
    assert NOBODY not in page


async def test_today_is_the_day_of_the_organisations_zone_with_its_own_hours(world: World, served: str) -> None:
    """On 29 March Berlin has 23 hours: from 23:00 UTC of the day before until 22:00 UTC."""
    night = await technician(world, shifts={"starts": "00:00:00", "ends": "23:59:00"})
    for when, name in (
        ("2026-03-28T21:30:00Z", "Day Before"), ("2026-03-28T23:00:00Z", "First Hour"), ("2026-03-29T20:30:00Z", "Last Hour"), ("2026-03-29T22:00:00Z", "Day After"),
    ):  # fmt: skip
        await at(world, night, when, of=name)
    world.clock.now = world.clock.now.replace(day=28, hour=23)
    page = await shown_to(world, served)
    assert "Visits on Sunday, 29 March 2026" in page
    assert [name in page for name in ("Day Before", "First Hour", "Last Hour", "Day After")] == [False, True, True, False]
    page = await shown_to(world, served, "/app/office?on=2026-03-30")
    assert [name in page for name in ("Last Hour", "Day After")] == [False, True]


async def test_the_day_is_said_in_german_where_the_organisation_speaks_it(world: World, served: str, phone: Page) -> None:
    await company(world)
    await world.sql("update identity.organisation set language = 'de' where organisation_id = $1", world.organisation_id)
    await come_in(phone, served, (await joined(world, roles=("dispatcher",)))["email"], to="/app/office")
    await look(phone, "office-day-de")
    for said in ("Besuche am Mittwoch, 4. März 2026", "noch niemand da.", "Ohne jemanden", "an den Techniker gesendet"):
        await expect(phone.locator("main")).to_contain_text(said)


async def test_a_day_that_is_none_is_refused_on_a_page(world: World, served: str) -> None:
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, (await joined(world, roles=("dispatcher",)))["email"])
        for on in ("2026-02-30", "today", "9999-12-31", "0001-01-01"):
            answer = await browser.get(f"/app/office?on={on}")
            assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (422, "text/html"), on


async def test_another_organisations_visits_are_never_on_the_page(world: World, served: str) -> None:
    other = World(app=world.app, database=world.database, clock=world.clock)
    await other.begin()
    await at(other, await technician(other), "2026-03-04T15:00:00Z", of="Somebody Else's")
    assert "No visits on this day." in await shown_to(world, served)
    await other.end()
