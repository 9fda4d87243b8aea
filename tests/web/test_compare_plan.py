"""A proposal on the board, beside what is so now: asked for, watched, called off, published by whoever says which promises it may break."""

import httpx
import pytest
from playwright.async_api import Page, expect

from tests.dispatch.builders import Field, advance, job, technician, visit
from tests.dispatch.planning import BERLIN, computed, east, promised_by_ten
from tests.identity.builders import joined
from tests.web.conftest import look, picture
from tests.web.doors import come_in, signed_in
from tests.web.test_plan_on_board import DAY, desk, opened, stands
from tests.web.test_show_office_day import called
from tests.world import World

__all__ = ["desk"]


async def two(world: World) -> tuple[Field, Field]:
    """Anna and Ben, at home in the middle of Berlin."""
    anna, ben = [await called(world, await technician(world, home=BERLIN), name) for name in ("Anna Able", "Ben Zander")]
    return anna, ben


async def going(world: World, by: Field, hour: int, of: str, *, kilometres: float = 4, **differences: int) -> str:
    """A visit to somebody of that name on the fifth of March, Berlin's time."""
    customer = await world.customer(name=of)
    opened = await job(world, customer_id=customer["id"], place=east(kilometres), **differences)
    return str((await visit(world, by=by, at=f"2026-03-05T{hour - 1:02}:00:00Z", of=opened))["id"])


async def waiting(world: World, *names: str) -> list[str]:
    """Jobs that nobody goes to."""
    return [
        str((await job(world, customer_id=(await world.customer(name=name))["id"], place=east(2 + n), priority=1 + n))["id"])
        for n, name in enumerate(names)
    ]


async def asked(page: Page) -> None:
    """Has the day planned, by keys alone."""
    await page.locator("#plan-ask summary").focus()
    await page.keyboard.press("Enter")
    await page.get_by_label("How long to search").select_option("1")
    await page.get_by_role("button", name="Propose", exact=True).focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("It waits for its turn: plans are computed one after another.")).to_be_visible()
    await expect(page.locator("#plan-ask")).not_to_have_attribute("open", "")


async def test_a_proposal_is_seen_beside_now_and_published_by_keys(world: World, served: str, desk: Page) -> None:
    anna, ben = await two(world)
    await advance(world, await going(world, anna, 10, "Grace Hopper"), to="accept")
    jobs = await waiting(world, "Ada Owner", "Rosa Morrow")
    impossible = await job(world, customer_id=(await world.customer(name="Max Born"))["id"], skills={"fibre": 1}, place=east(1), priority=2)
    await opened(world, desk, served)
    await asked(desk)
    await look(desk, "plan-asked")
    await computed(world)
    plan = desk.locator("#plan")
    await expect(plan).to_have_attribute("data-state", "proposed")
    await expect(plan.locator(".changes tbody tr")).to_have_count(2)
    await expect(plan.locator(".figures")).to_contain_text("Visits still to come 1 3", use_inner_text=True)
    await expect(plan.locator(".figures")).to_contain_text("Jobs with nobody 3 1", use_inner_text=True)
    await expect(plan.locator(".left-out")).to_contain_text("Max Born inspection · priority 2 Nobody who comes has the skill.")
    await expect(desk.locator(".proposed")).to_have_count(2)
    await expect(desk.locator(".waits.leaves")).to_have_count(2)
    await look(desk, "plan-proposed")
    told = [" ".join((await row.inner_text()).split()) for row in await plan.locator(".changes tbody tr").all()]
    world.clock.forward(seconds=1)
    await plan.get_by_role("button", name="Publish it").focus()
    await desk.keyboard.press("Enter")
    await expect(plan).to_contain_text("Published. Booked: 2 · moved: 0")
    await expect(desk.locator("#unassigned .waits")).to_have_count(1)
    await expect(desk.locator(".proposed")).to_have_count(0)
    for job_id in jobs:
        [made] = (await world.done("GET", f"/v1/jobs/{job_id}"))["visits"]
        technician_id, hour = await stands(world, made["id"])
        name = {anna.id: "Anna Able", ben.id: "Ben Zander"}[technician_id]
        assert any(name in line and f"{int(hour[:2]) + 1:02}{hour[2:]}" in line for line in told), (told, name, hour)
    assert (await world.done("GET", f"/v1/jobs/{impossible['id']}"))["visits"] == []


async def test_a_search_is_called_off(world: World, served: str, desk: Page) -> None:
    await two(world)
    await waiting(world, "Ada Owner")
    await opened(world, desk, served)
    await asked(desk)
    await desk.get_by_role("button", name="Call it off").click()
    await expect(desk.locator("#plan")).to_contain_text("Dropped: nothing was changed.")
    await computed(world)
    [plan] = (await world.done("GET", "/v1/plans"))["items"]
    assert plan["state"] == "withdrawn"


async def test_promises_that_it_breaks_are_given_up_by_name(world: World, served: str, desk: Page) -> None:
    anna, ben = await two(world)
    grace = await going(world, anna, 10, "Grace Hopper")
    await advance(world, await going(world, ben, 10, "Mary Seacole"), to="accept")
    await going(world, anna, 14, "Alan Turing")
    await opened(world, desk, served)
    await desk.locator(f'.visit[data-visit="{grace}"]').click()
    await desk.get_by_role("button", name="Plan without Anna Able").click()
    await expect(desk.locator("#plan")).to_contain_text("Without: Anna Able")
    await computed(world)
    plan = desk.locator("#plan")
    await expect(plan.locator(".changes")).to_contain_text("Grace Hopper inspection 10:00 Anna Able")
    await expect(plan.locator(".changes")).to_contain_text("14:00 Ben Zander stays as told")
    await expect(plan.locator(".changes .no")).to_have_text("broken")
    await expect(desk.locator("#note")).to_have_text("Proposed. To be booked: 0 · moved: 2 · promises broken: 1")
    await expect(desk.locator(".visit.leaves")).to_have_count(2)
    await look(desk, "plan-breaks-promises")
    await desk.locator("#grid").evaluate("grid => grid.scrollIntoView({ block: 'end' })")
    await desk.evaluate(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )  # rows that come into sight are drawn then
    await picture(desk, "plan-beside-now")
    world.clock.forward(seconds=1)
    publish = plan.get_by_role("button", name="Publish it")
    await publish.click()
    assert await stands(world, grace) == (anna.id, "09:00")  # the browser asks for the tick first
    await desk.locator("#publish").evaluate("form => { form.noValidate = true }")
    await publish.click()
    await expect(plan.locator(".refused")).to_contain_text("It would break promises that you didn’t say may be broken.")
    assert await stands(world, grace) == (anna.id, "09:00")
    await plan.get_by_label("Grace Hopper:").check()
    await publish.click()
    await expect(plan).to_contain_text("Published. Booked: 0 · moved: 2")
    assert (await stands(world, grace))[0] == ben.id
    await plan.get_by_role("button", name="Record that Anna Able is away for the rest of the day").click()
    await expect(desk.locator(f"#r-{anna.id} .absence")).to_have_count(1)


async def test_a_job_that_would_come_later_than_was_promised_is_given_up_by_name_too(world: World, served: str, desk: Page) -> None:
    anna = await called(world, await technician(world, home=BERLIN), "Anna Able")
    await going(world, anna, 8, "Mary Seacole", kilometres=0, duration_minutes=240)
    customer = await world.customer(name="Ada Owner")
    late = await job(world, customer_id=customer["id"], place=east(0))
    await promised_by_ten(world, late, owner=anna)
    await opened(world, desk, served)
    await asked(desk)
    await computed(world)
    plan = desk.locator("#plan")
    await expect(plan.locator(".give-up")).to_contain_text("Ada Owner: 12:00, later than was promised")
    world.clock.forward(seconds=1)
    await plan.get_by_label("Ada Owner:").check()
    await plan.get_by_role("button", name="Publish it").click()
    await expect(plan).to_contain_text("Published. Booked: 1 · moved: 0")


async def test_a_day_that_moves_underneath_is_said_at_once_and_again_when_it_is_published(world: World, served: str, desk: Page) -> None:
    anna, ben = await two(world)
    await waiting(world, "Ada Owner")
    await opened(world, desk, served)
    await asked(desk)
    await computed(world)
    plan = desk.locator("#plan")
    await expect(plan).to_have_attribute("data-state", "proposed")
    await expect(plan.locator(".notice")).to_have_count(0)
    world.clock.forward(seconds=1)
    for by in (anna, ben):
        await going(world, by, 16, "Grace Hopper")
    await expect(plan.locator(".notice")).to_contain_text("It would be refused.")
    await look(desk, "plan-underneath")
    await plan.get_by_role("button", name="Publish it").click()
    await expect(plan).to_contain_text("The day has moved meanwhile, so nothing of this was published.")
    await expect(desk.locator("#unassigned .waits")).to_have_count(1)
    await plan.get_by_role("button", name="Propose anew").click()
    await expect(plan.locator("progress")).to_be_visible()
    await computed(world)
    world.clock.forward(seconds=1)
    await plan.get_by_role("button", name="Publish it").click()
    await expect(plan).to_contain_text("Published. Booked: 1 · moved: 0")


async def test_a_proposal_whose_time_has_passed_says_so_and_offers_another_first(world: World, served: str, desk: Page) -> None:
    await two(world)
    await waiting(world, "Ada Owner")
    await world.done("POST", "/v1/plans", {"on": "2026-03-05", "iterations": 100})
    await computed(world)
    world.clock.forward(hours=24)
    await opened(world, desk, served)
    plan = desk.locator("#plan")
    await expect(plan.locator(".notice")).to_contain_text(
        "the time has passed at which it would begin with: Ada Owner. It would be refused."
    )
    await expect(plan.get_by_role("button")).to_have_text(["Propose anew", "Publish it", "Drop it"])
    await expect(plan.locator("button:not(.quiet)")).to_have_text("Propose anew")
    await look(desk, "plan-passed")


async def test_who_is_never_free_together_is_said_of_what_takes_several(world: World, served: str, desk: Page) -> None:
    await two(world)
    await job(world, customer_id=(await world.customer(name="Ada Owner"))["id"], place=east(2), crew_size=3)
    await world.done("POST", "/v1/plans", {"on": "2026-03-05", "iterations": 100})
    await computed(world)
    await opened(world, desk, served)
    await expect(desk.locator("#plan .left-out")).to_contain_text("It takes several people, and never are so many of them free together.")


async def test_a_phone_shows_a_proposal_and_what_was_tapped_within_its_width(world: World, served: str, tablet: Page) -> None:
    anna, _ = await two(world)
    grace = await going(world, anna, 10, "Grace Hopper")
    await waiting(world, "Ada Owner", "Rosa Morrow")
    await world.done("POST", "/v1/plans", {"on": "2026-03-05", "iterations": 100})
    await computed(world)
    await opened(world, tablet, served)
    await expect(tablet.locator("#plan .changes")).to_be_visible()
    assert await tablet.evaluate("document.documentElement.scrollWidth") == 390
    await look(tablet, "plan-on-a-phone")
    await tablet.locator(f'.visit[data-visit="{grace}"]').tap()
    await expect(tablet.get_by_role("heading", name="10:00 Grace Hopper")).to_be_in_viewport(ratio=1)
    await expect(tablet.get_by_role("button", name="Move", exact=True)).to_be_in_viewport(ratio=1)
    bottom = await tablet.locator(f'.visit[data-visit="{grace}"]').evaluate("visit => visit.getBoundingClientRect().bottom")
    assert bottom <= await tablet.locator("#picked").evaluate("sheet => sheet.getBoundingClientRect().top")
    await picture(tablet, "board-picked-on-a-phone")
    await tablet.get_by_role("button", name="Move", exact=True).tap()
    await expect(tablet.locator(f'.visit[data-visit="{grace}"]')).to_be_in_viewport()
    await picture(tablet, "board-carried-on-a-phone")


async def test_a_job_goes_in_as_an_emergency(world: World, served: str, desk: Page) -> None:
    await two(world)
    await waiting(world, "Ada Owner", "Rosa Morrow")
    await opened(world, desk, served)
    await desk.locator("#unassigned li:first-child .waits").focus()
    await desk.get_by_role("button", name="Insert as an emergency").click()
    await expect(desk.locator("#plan h2")).to_have_text("Proposal for an emergency")
    await computed(world)
    plan = desk.locator("#plan")
    await expect(plan.locator(".changes tbody tr")).to_have_count(1)
    await expect(plan.locator(".changes")).to_contain_text("Ada Owner")
    world.clock.forward(seconds=1)
    await plan.get_by_role("button", name="Publish it").click()
    await expect(desk.locator("#unassigned .waits")).to_have_count(1)


async def test_what_somebody_else_has_asked_for_is_on_every_board(world: World, served: str, desk: Page) -> None:
    await two(world)
    await waiting(world, "Ada Owner")
    await opened(world, desk, served)
    plan = await world.done("POST", "/v1/plans", {"on": "2026-03-05", "iterations": 100})
    await expect(desk.locator("#plan progress")).to_be_visible()
    await computed(world)
    await expect(desk.locator("#plan .changes")).to_contain_text("Ada Owner")
    await world.done("POST", f"/v1/plans/{plan['id']}/cancel", {})
    await expect(desk.locator("#plan")).to_contain_text("Dropped")


async def test_it_goes_without_javascript_in_german(world: World, served: str, phone: Page) -> None:
    await world.changed("/v1/organisation", language="de")
    anna, ben = await two(world)
    grace = await going(world, anna, 10, "Grace Hopper")
    await advance(world, await going(world, ben, 10, "Mary Seacole"), to="accept")
    await waiting(world, "Ada Owner")
    await come_in(phone, served, (await joined(world, roles=("dispatcher",)))["email"], to=DAY)
    await phone.locator("#plan-ask summary").click()
    await phone.get_by_label("Wer nicht kommt").select_option("Anna Able")
    await phone.get_by_label("Wie lange gesucht wird").select_option("1")
    await phone.get_by_role("button", name="Vorschlagen", exact=True).click()
    await expect(phone.locator("#plan progress")).to_be_visible()
    await computed(world)
    await phone.get_by_role("link", name="Noch einmal nachsehen").click()
    await expect(phone.locator("#plan .changes tbody tr")).to_have_count(2)
    await look(phone, "plan-german")
    world.clock.forward(seconds=1)
    await phone.get_by_label("Grace Hopper:").check()
    await phone.get_by_role("button", name="Veröffentlichen").click()
    await expect(phone.locator("#plan")).to_contain_text("Veröffentlicht. Gebucht: 1 · verlegt: 1")
    assert (await stands(world, grace))[0] == ben.id


@pytest.mark.parametrize(
    "form, status",
    [
        ({"act": "x"}, 422),
        ({"act": "ask", "seconds": "x"}, 422),
        ({"act": "publish"}, 422),
        ({"act": "ask", "kind": "none"}, 422),
        ({"act": "ask", "on": "2026-03-01"}, 422),
        ({"act": "drop", "plan": "x"}, 422),
    ],
)
async def test_a_form_that_says_nothing_of_a_plan_is_refused(world: World, served: str, form: dict[str, str], status: int) -> None:
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, (await joined(world, roles=("dispatcher",)))["email"])
        assert (await browser.post("/app/board/plan", data=form)).status_code == status


async def test_another_organisations_plan_is_on_no_board(world: World, served: str) -> None:
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, (await joined(world, roles=("dispatcher",)))["email"])
        assert (await browser.get(f"{DAY}&plan={world.id()}")).status_code == 404
        assert (await browser.get("/app/board/plan?on=2026-03-05")).status_code == 204
