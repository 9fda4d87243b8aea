"""A customer chooses on their link's page when somebody comes, and moves or cancels it, without any script."""

from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from playwright.async_api import Page, expect

from tests.dispatch.builders import Field, job, technician, visit
from tests.dispatch.test_find_slots import BERLIN, home
from tests.web.conftest import look
from tests.world import World

POLICY = {"days_ahead": 5, "hours_before": 24, "most_moves": 1}
USUAL = {"earliest": "08:00:00", "latest": "18:00:00", "step_minutes": 120}
"""What holds of the windows where nothing is said of them."""


async def link(
    world: World, *, policy: dict[str, int] = POLICY, language: str = "en", **differences: Any
) -> tuple[Field, dict[str, Any], str]:
    """Somebody who works, a job of a customer of theirs, and the path of the customer's page."""
    anna = await technician(world, home=home(BERLIN))
    await world.done("PUT", "/v1/choice-policy", policy, headers={"If-Match": '"0"'})
    customer = await world.customer(language=language)
    of = await job(world, customer_id=customer["id"], place=BERLIN, **differences)
    made = await world.done("POST", f"/v1/jobs/{of['id']}/choice-links")
    return anna, of, made["path"]


async def steps(world: World, job_id: str) -> list[tuple[str, str]]:
    rows = await world.sql(
        "select s.to_state, split_part(s.actor, ':', 1) from dispatch.visit v join dispatch.visit_step s using (organisation_id, visit_id)"
        " where v.job_id = $1 order by s.recorded_at, s.step",
        UUID(job_id),
    )
    return [tuple(row) for row in rows]


async def promises(world: World, job_id: str) -> list[tuple[str, str]]:
    visits = {row[0] for row in await world.sql("select visit_id from dispatch.visit where job_id = $1", UUID(job_id))}
    listed = [
        one
        for visit in visits
        for still in ("true", "false")
        for one in (await world.done("GET", f"/v1/promises?subject_id={visit}&open={still}"))["items"]
    ]
    return sorted((one["kind"], one["state"]) for one in listed)


async def test_a_customer_chooses_confirms_moves_and_cancels(world: World, served: str, phone: Page) -> None:
    _, of, path = await link(world)
    await phone.goto(served + path)
    await look(phone, "choose-time")
    assert await steps(world, of["id"]) == []
    await phone.get_by_role("button", name="Friday, 6 March 2026, 08:00").first.click()
    await expect(phone.get_by_role("status")).to_contain_text("We keep this time for you")
    await look(phone, "time-kept")
    await phone.get_by_role("button", name="Yes, book this time").click()
    await expect(phone.get_by_role("status")).to_contain_text("We come to you")
    await look(phone, "time-booked")
    assert await promises(world, of["id"]) == [("arrive", "open")]
    await phone.get_by_role("button", name="Saturday, 7 March 2026, 10:00").first.click()
    await look(phone, "time-to-move-to")
    assert len(await steps(world, of["id"])) == 2
    await phone.get_by_role("button", name="Yes, move it").click()
    await expect(phone.get_by_role("status")).to_contain_text("7 Mar 2026")
    assert await promises(world, of["id"]) == [("arrive", "open"), ("arrive", "released")]
    await expect(phone.get_by_role("heading", name="Choose another time")).to_have_count(0)
    await expect(phone.get_by_role("status")).to_contain_text("You can’t move it again here. Please call us: +49 30 555 0100")
    await look(phone, "time-moved-for-the-last-time")
    await phone.get_by_role("button", name="Cancel this visit").click()
    await phone.get_by_role("button", name="Yes, cancel it").click()
    await expect(phone.get_by_role("status")).to_contain_text("Your visit is cancelled.")
    await expect(phone.get_by_role("heading", name="When shall we come?")).to_be_visible()
    await look(phone, "visit-cancelled")
    assert await promises(world, of["id"]) == [("arrive", "released"), ("arrive", "released")]
    assert await steps(world, of["id"]) == [(state, "customer_link") for state in ("held", "booked", "booked", "cancelled")]
    await world.done("POST", f"/v1/jobs/{of['id']}/cancel", {"reason": "no_longer_needed"})
    await phone.reload()
    await expect(phone.locator("main")).to_contain_text("There is nothing to choose any more.")


async def test_who_opens_a_link_changes_nothing_and_it_speaks_german_without_script(world: World, served: str) -> None:
    _, of, path = await link(world, language="de")
    async with httpx.AsyncClient(base_url=served) as browser:
        shown = [await browser.get(path) for _ in range(3)]
        assert (await browser.head(path)).status_code == 405
    assert {one.status_code for one in shown} == {200}
    assert "<script" not in shown[0].text
    assert all(said in shown[0].text for said in ("Wann sollen wir kommen?", "Freitag, 6. März 2026", "08:00–09:00"))
    assert await steps(world, of["id"]) == []


async def test_whose_time_is_taken_meanwhile_is_shown_the_next_best(world: World, served: str, phone: Page) -> None:
    anna, of, path = await link(world)
    await phone.goto(served + path)
    wanted = phone.get_by_role("button", name="Friday, 6 March 2026, 08:00").first
    await visit(world, by=anna, at="2026-03-06T07:00:00Z", of=await job(world, place=BERLIN))
    await wanted.click()
    await expect(phone.get_by_role("alert")).to_contain_text("has just been taken. These are the next best.")
    await look(phone, "time-taken")
    await phone.get_by_role("region", name="Suggested").get_by_role("button").first.click()
    await expect(phone.get_by_role("status")).to_contain_text("We keep this time for you")
    assert await steps(world, of["id"]) == [("held", "customer_link")]


async def test_what_is_kept_can_be_let_go(world: World, served: str, phone: Page) -> None:
    _, of, path = await link(world)
    await phone.goto(served + path)
    await phone.get_by_role("region", name="Suggested").get_by_role("button").first.click()
    await phone.get_by_role("button", name="Choose another time").click()
    await expect(phone.get_by_role("heading", name="When shall we come?")).to_be_visible()
    await expect(phone.get_by_text("Your visit is cancelled.")).to_have_count(0)
    assert await steps(world, of["id"]) == [("held", "customer_link"), ("cancelled", "customer_link")]


async def sent(served: str, path: str, **form: str) -> httpx.Response:
    async with httpx.AsyncClient(base_url=served) as browser:
        return await browser.post(path, data=form)


async def test_no_form_gets_past_what_customers_may_choose(world: World, served: str) -> None:
    anna, of, path = await link(world)
    soon, far = "2026-03-05T08:00:00+00:00", "2026-03-12T08:00:00+00:00"
    for at in (soon, far):
        refused = await sent(served, path, do="hold", at=at)
        assert (refused.status_code, await steps(world, of["id"])) == (409, [])
    booked = await visit(world, by=anna, at="2026-03-05T08:00:00Z", of=of)
    for form in ({"do": "cancel"}, {"do": "move", "at": "2026-03-06T08:00:00+00:00"}):
        refused = await sent(served, path, id=booked["id"], **form)
        assert refused.status_code == 409, form
    others = await visit(world, by=anna, at="2026-03-06T10:00:00Z", of=await job(world, place=BERLIN))
    assert (await sent(served, path, do="cancel", id=others["id"])).status_code == 409
    assert (await sent(served, path, do="release", id=others["id"])).status_code == 404
    assert (await sent(served, path, do="hold", at="soon")).status_code == 422
    assert len(await steps(world, of["id"])) == 1


async def test_the_database_takes_no_step_of_a_customer_beyond_what_they_may_choose(world: World) -> None:
    anna, of, _ = await link(world)
    booked = await visit(world, by=anna, at="2026-03-06T08:00:00Z", of=of)
    [[link_id]] = await world.sql("select link_id from identity.link where purpose = 'choice'")
    step = (
        "insert into dispatch.visit_step (organisation_id, visit_id, collects, step, from_state, to_state, technician_id, starts_at, ends_at, arrive_until, zone, starts_wall, reason, actor, captured_at)"
        " select organisation_id, visit_id, collects, 2, 'booked', 'cancelled', technician_id, starts_at, ends_at, arrive_until, zone, starts_wall, 'customer_asked', 'customer_link:' || $2, $3"
        " from dispatch.visit_step where visit_id = $1"
    )
    choice = (
        "insert into dispatch.choice (organisation_id, job_id, number, act, link_id, visit_id, step, was_at, starts_at, moves_before, policy_version, days_ahead, hours_before, most_moves, earliest, latest, zone)"
        " select s.organisation_id, $2, 1, $4, $3, s.visit_id, 2, case when $4 = 'moved' then s.starts_at end, s.starts_at + $5::int * interval '1 hour', $6, 1, 5, $7, 1, '08:00', '18:00', 'Europe/Berlin' from dispatch.visit_step s where s.visit_id = $1"
    )

    async def tried(statement: str, *values: Any) -> None:
        async with world.database.pool.acquire() as connection, connection.transaction():
            at = world.clock.now.isoformat()
            await connection.execute(f"set local sayso.organisation = '{world.organisation_id}'; set local sayso.at = '{at}'")
            await connection.execute(statement, *values)

    with pytest.raises(asyncpg.ForeignKeyViolationError, match="customers_step_is_their_choice"):
        await tried(step, UUID(booked["id"]), str(link_id), world.clock.now)
    whose = (UUID(booked["id"]), UUID(of["id"]), link_id)
    for held, values in {
        "choice_is_in_time": ("moved", -48, 0, 24),
        "choice_is_not_too_far_ahead": ("moved", 240, 0, 24),
        "choices_begin_unmoved": ("moved", 24, 1, 24),
        "choice_by_policy": ("moved", 24, 0, 1),
        "choice_has_its_step": ("moved", 24, 0, 24),
    }.items():
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=held):
            await tried(choice, *whose, *values)


async def test_a_link_for_anything_else_opens_no_times_and_this_one_opens_nothing_else(world: World, served: str) -> None:
    _, of, path = await link(world)
    person = {"name": "Ada Owner", "channel": "email", "address": "ada@a.example", "may_authorise": True}
    await world.done("POST", f"/v1/customers/{of['customer_id']}/contacts", person)
    feed = (await world.done("POST", f"/v1/customers/{of['customer_id']}/calendar"))["path"].split("/")[2]
    async with httpx.AsyncClient(base_url=served) as browser:
        assert (await browser.get(f"/l/{feed}/visit")).status_code == 403
        assert (await browser.get(path.replace("/visit", "/card"))).status_code == 403
        assert (await browser.get(path.replace("/visit", "/calendar"))).status_code == 403


async def test_the_link_of_who_is_erased_is_gone(world: World, served: str) -> None:
    _, of, path = await link(world, zone="Europe/Lisbon")
    await world.done("POST", f"/v1/jobs/{of['id']}/cancel", {"reason": "no_longer_needed"})
    async with httpx.AsyncClient(base_url=served) as browser:
        assert "nothing to choose any more" in (await browser.get(path)).text
        await world.done("POST", f"/v1/customers/{of['customer_id']}/erasures", {})
        assert (await browser.get(path)).status_code == 410


async def test_a_customer_sees_few_windows_of_the_day_and_none_at_night(world: World, served: str, phone: Page) -> None:
    _, of, path = await link(world)
    await technician(world, home=home(BERLIN), shifts={"starts": "17:00:00", "ends": "09:00:00"})
    await phone.goto(served + path)
    friday = phone.locator("details", has_text="Friday, 6 March 2026")
    windows = [await button.inner_text() for button in await friday.get_by_role("button").all()]
    assert windows == ["08:00–09:00", "10:00–11:00", "12:00–13:00", "14:00–15:00", "16:00–17:00", "18:00–19:00"]
    await expect(friday.get_by_role("heading", name="Morning")).to_be_visible()
    sunday = phone.locator("details", has_text="Sunday, 8 March 2026")
    await expect(sunday.get_by_role("button").first).to_be_hidden()
    await sunday.locator("summary").click()
    await expect(sunday.get_by_role("button", name="Sunday, 8 March 2026, 12:00")).to_be_visible()
    await look(phone, "few-windows")
    for at in ("2026-03-06T04:00:00+00:00", "2026-03-06T19:00:00+00:00"):
        assert (await sent(served, path, do="hold", at=at)).status_code == 409, at
    assert await steps(world, of["id"]) == []
    wrong = await world.request("PUT", "/v1/choice-policy", json=POLICY | {"earliest": "19:00:00"}, headers={"If-Match": '"1"'})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "HOURS_UNORDERED")


async def test_when_somebody_is_expected_is_said_on_the_day(world: World, served: str, phone: Page) -> None:
    anna, of, path = await link(world, policy=POLICY | {"hours_before": 0})
    await visit(world, by=anna, at="2026-03-05T09:00:00Z", of=of)
    await phone.goto(served + path)
    await expect(phone.get_by_role("status")).to_contain_text("We come to you")
    await expect(phone.get_by_text("Expected at")).to_have_count(0)
    world.clock.forward(hours=20)
    await phone.goto(served + path)
    await expect(phone.get_by_text("Expected at 10:00.")).to_be_visible()
    await look(phone, "time-expected")
    world.clock.forward(hours=1, minutes=1)  # of whoever comes nothing was heard
    await phone.goto(served + path)
    await expect(phone.get_by_role("status")).to_contain_text("We come to you")
    await expect(phone.get_by_text("Expected at")).to_have_count(0)


async def test_what_came_after_a_customers_cancelling_is_not_said_to_be_cancelled(world: World, served: str, phone: Page) -> None:
    anna, of, path = await link(world)
    first = await visit(world, by=anna, at="2026-03-06T08:00:00Z", of=of)
    assert (await sent(served, path, do="cancel", id=first["id"])).status_code == 303
    await phone.goto(served + path)
    await expect(phone.get_by_text("Your visit is cancelled.")).to_be_visible()
    world.clock.forward(minutes=1)
    again = await visit(world, by=anna, at="2026-03-04T13:00:00Z", of=of)
    await world.done("POST", f"/v1/visits/{again['id']}/dispatch", {})
    for act in ("accept", "en-route", "arrive", "no-access"):
        answer = await anna.post(world, f"/v1/visits/{again['id']}/{act}", {})
        assert answer.is_success, answer.text
    await phone.goto(served + path)
    await expect(phone.get_by_role("heading", name="Your visit")).to_be_visible()
    await expect(phone.get_by_text("Your visit is cancelled.")).to_have_count(0)


async def test_what_customers_may_choose_is_said_version_by_version_and_the_last_holds(world: World, served: str) -> None:
    _, of, path = await link(world)
    refused = await world.request("PUT", "/v1/choice-policy", json=POLICY, headers={"If-Match": '"0"'})
    assert (refused.status_code, refused.json()["code"]) == (412, "STALE_VERSION")
    assert (await sent(served, path, do="hold", at="2026-03-05T08:00:00+00:00")).status_code == 409
    await world.done("PUT", "/v1/choice-policy", POLICY | {"hours_before": 2}, headers={"If-Match": '"1"'})
    assert await world.done("GET", "/v1/choice-policy") == {"version": 2, **POLICY, **USUAL, "hours_before": 2}
    assert (await sent(served, path, do="hold", at="2026-03-05T08:00:00+00:00")).status_code == 303
    assert await steps(world, of["id"]) == [("held", "customer_link")]


async def test_before_anybody_says_what_customers_may_choose_there_is_no_link(world: World) -> None:
    of = await job(world)
    refused = await world.post(f"/v1/jobs/{of['id']}/choice-links")
    assert (refused.status_code, refused.json()["code"]) == (409, "CHOICE_NOT_OPEN")
    unsaid = await world.get("/v1/choice-policy")
    assert (unsaid.json(), unsaid.headers["ETag"]) == ({"version": 0} | dict.fromkeys(POLICY | USUAL), '"0"')
    await world.done("PUT", "/v1/choice-policy", POLICY, headers={"If-Match": unsaid.headers["ETag"]})
    assert (await world.get("/v1/choice-policy")).headers["ETag"] == '"1"'
