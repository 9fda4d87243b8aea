"""On the day of a visit its customer hears, once each time, when it leaves the window they were told, who comes instead, and that nobody opened."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from service.dispatch.live.told import tell_arrivals
from service.dispatch.records import Expected
from tests.dispatch.builders import Field, advance, facts, job, looked_at, technician, visit
from tests.notices.conftest import Mailbox
from tests.world import World

Work = Callable[[], Awaitable[int]]
Minutes = Callable[..., Awaitable[None]]


@pytest.fixture
def after(world: World, work: Work) -> Minutes:
    """So many minutes later the worker looks at the day, and what is to be told is mailed."""

    async def looked(minutes: float = 0) -> None:
        world.clock.forward(minutes=minutes)
        await looked_at(world)
        await work()

    return looked


@pytest.fixture
async def anna(world: World) -> Field:
    return await technician(world)


async def to_ada(world: World, by: Field, *, at: str = "2026-03-04T12:30:00Z", language: str = "en", **differences: Any) -> dict[str, Any]:
    """A visit to somebody with mail, in a window of half an hour."""
    customer = await world.customer(language=language)
    person = {"name": "Ada Owner", "channel": "email", "address": "ada@a.example"}
    await world.done("POST", f"/v1/customers/{customer['id']}/contacts", person)
    of = await job(world, customer_id=customer["id"], **{"arrival_minutes": 30, **differences})
    return {**await visit(world, by=by, at=at, of=of), "customer_id": customer["id"]}


async def pressed(world: World, by: Field) -> None:
    """They have told their steps at somebody's, so that hearing nothing more says something."""
    before = await visit(world, by=by, at="2026-03-04T12:00:00Z", of=await job(world, duration_minutes=30))
    await advance(world, before["id"], to="complete")


def heard(mailbox: Mailbox) -> list[str]:
    return [str(mail["Subject"]) for mail in mailbox.taken]


async def told(world: World) -> list[tuple[str, str]]:
    rows = await world.sql(
        "select kind, expected_at from dispatch.arrival_told where organisation_id = $1 order by nth", world.organisation_id
    )
    return [(row["kind"], f"{row['expected_at']:%H:%M}") for row in rows]


async def test_a_customer_hears_once_when_nobody_comes_in_their_window_with_when_somebody_does(
    world: World, mailbox: Mailbox, after: Minutes, anna: Field
) -> None:
    await pressed(world, anna)
    booked = await to_ada(world, anna)
    for minutes in (0, 59):
        await after(minutes)
    assert heard(mailbox) == []
    for minutes in (1, 1, 10):
        await after(minutes)
    assert heard(mailbox) == ["Your visit is expected on 4 March 2026, 14:00 CET"]
    text = mailbox.taken[0].get_content()
    quoted = (await world.done("GET", f"/v1/jobs?customer_id={booked['customer_id']}"))["items"][0]["reference"]
    assert f"quote {quoted}" in " ".join(text.split())
    assert all(said in text for said in ("Robin Field", "1 Mill Lane", "+49 30 555 0100", "/visits"))
    assert await facts(world, booked["id"]) == ["visit_booked", "visit_arrival_left"]


async def test_they_hear_again_when_it_moves_by_half_an_hour_and_when_it_is_kept_after_all(
    world: World, mailbox: Mailbox, after: Minutes, anna: Field
) -> None:
    booked = await to_ada(world, anna, arrival_minutes=60)
    late = f"/v1/visits/{booked['id']}/late"
    for minutes, kept in ((60, 1), (85, 1), (90, 2), (60, 3), (45, 4), (55, 4), (60, 5)):
        await world.done("POST", late, {"minutes": minutes, "reason": "traffic"}, role="dispatcher")
        await after(1)
        assert len(mailbox.taken) == kept, minutes
    assert await told(world) == [("left", "13:30"), ("moved", "14:00"), ("moved", "13:30"), ("back", "13:15"), ("left", "13:30")]
    assert mailbox.taken[3]["Subject"] == "Your visit is on time after all"
    assert "expect to be there on 4 March 2026, 14:15 CET." in " ".join(mailbox.taken[3].get_content().split())
    notices = (await world.get(f"/v1/notices?customer_id={booked['customer_id']}")).json()["items"]
    assert [one["kind"] for one in notices] == ["visit_late"] * 3 + ["visit_on_time", "visit_late"]


async def test_the_customers_page_says_that_the_last_mail_told_of_a_visit_in_time_after_all(
    world: World, mailbox: Mailbox, after: Minutes, anna: Field
) -> None:
    booked = await to_ada(world, anna, arrival_minutes=60)
    for minutes in (60, 45):
        await world.done("POST", f"/v1/visits/{booked['id']}/late", {"minutes": minutes, "reason": "traffic"}, role="dispatcher")
        await after(1)
    shown = (await world.get(f"/app/customers/{booked['customer_id']}")).text
    assert "a visit that comes in time after all" in shown.partition("Last mail to them")[2].partition("</div>")[0]


async def test_a_window_that_is_moved_back_to_where_it_was_is_left_anew(
    world: World, mailbox: Mailbox, after: Minutes, anna: Field
) -> None:
    booked, late = await to_ada(world, anna), {"minutes": 60, "reason": "traffic"}
    await world.done("POST", f"/v1/visits/{booked['id']}/late", late)
    await after(1)
    assert len(heard(mailbox)) == 1
    for at in ("15:00", "12:30"):
        moved = {"technician_id": anna.id, "from": f"2026-03-04T{at}:00Z", "reason": "we_must"}
        await world.done("POST", f"/v1/visits/{booked['id']}/move", moved)
        await after(1)
    await world.done("POST", f"/v1/visits/{booked['id']}/late", late)
    for _ in range(2):
        await after(1)
    assert heard(mailbox) == ["Your visit is expected on 4 March 2026, 14:30 CET"] * 2


async def test_of_a_window_that_was_moved_before_its_mail_left_they_hear_once(
    world: World, mailbox: Mailbox, after: Minutes, anna: Field
) -> None:
    booked, late = await to_ada(world, anna), {"minutes": 60, "reason": "traffic"}
    await world.done("POST", f"/v1/visits/{booked['id']}/late", late)
    await looked_at(world)
    world.clock.forward(minutes=1)
    await world.done(
        "POST", f"/v1/visits/{booked['id']}/move", {"technician_id": anna.id, "from": "2026-03-04T13:00:00Z", "reason": "we_must"}
    )
    await world.done("POST", f"/v1/visits/{booked['id']}/late", late)
    await after(1)
    assert heard(mailbox) == ["Your visit is expected on 4 March 2026, 15:00 CET"]


async def test_what_nobody_could_be_told_is_not_taken_back(world: World, mailbox: Mailbox, after: Minutes, anna: Field) -> None:
    booked = await to_ada(world, anna, arrival_minutes=60)
    await world.sql(
        "update customers.contact set channel = 'phone', address = '+49 30 1' where organisation_id = $1", world.organisation_id
    )
    for minutes in (60, 0):
        await world.done("POST", f"/v1/visits/{booked['id']}/late", {"minutes": minutes, "reason": "traffic"})
        await after(1)
    notices = (await world.get(f"/v1/notices?customer_id={booked['customer_id']}")).json()["items"]
    assert [(one["kind"], one["state"], one["reason"]) for one in notices] == [
        ("visit_late", "failed", "no_address"),
        ("visit_on_time", "withdrawn", "not_told"),
    ]


async def test_two_workers_at_one_moment_tell_once(world: World, anna: Field) -> None:
    booked = await to_ada(world, anna)
    expected = {
        UUID(booked["id"]): Expected(
            world.clock.now.replace(hour=15), world.clock.now.replace(hour=16), out_of_window=True, heard_at=None, unheard=False
        )
    }

    async def tell() -> int:
        done = await world.database.perform(
            tell_arrivals,
            principal=world.principal(),
            at=world.clock.now,
            request_id=world.id(),
            remember=None,
            values={"expected": expected},
        )
        count: int = done.record.told
        return count

    assert sum(await asyncio.gather(*(tell() for _ in range(8)))) == 1
    assert await told(world) == [("left", "15:00")]
    rows = await world.sql("select from kit.task where organisation_id = $1 and body ->> 'notice' = 'visit_late'", world.organisation_id)
    assert len(rows) == 1


async def test_the_database_tells_of_each_leaving_once(world: World, anna: Field, after: Minutes, mailbox: Mailbox) -> None:
    await pressed(world, anna)
    await to_ada(world, anna)
    await after(60)

    async def put(kind: str, was: str, *, nth: int = 2, minutes: int = 30, window: int = 0) -> None:
        await world.sql(
            "insert into dispatch.arrival_told (organisation_id, visit_id, since_step, arrive_until, nth, was, kind, was_expected_at, expected_at, told_at)"
            " select organisation_id, visit_id, since_step, arrive_until + make_interval(mins => $5), $2, $3, $4, expected_at, expected_at + make_interval(mins => $6), told_at"
            " from dispatch.arrival_told where organisation_id = $1 and nth = 1",
            world.organisation_id, nth, was, kind, window, minutes,
        )  # fmt: skip

    for constraint, wrong in (
        ("told_once", put("left", "nothing", nth=1)),
        ("told_as_declared", put("left", "left")),
        ("told_as_declared", put("left", "nothing")),
        ("told_follows", put("left", "back")),
        ("told_follows", put("moved", "left", window=-10)),
        ("told_again_of_half_an_hour", put("moved", "left", minutes=29)),
        ("told_what_is_so", put("back", "left")),
        ("told_six_times_at_most", put("moved", "left", nth=7)),
    ):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=constraint):
            await wrong
    await put("moved", "left")


async def test_who_is_there_or_was_called_off_hears_nothing(world: World, mailbox: Mailbox, after: Minutes, anna: Field) -> None:
    there, off = await to_ada(world, anna), await to_ada(world, anna, at="2026-03-04T14:00:00Z")
    await advance(world, there["id"], to="arrive")
    await world.done("POST", f"/v1/visits/{off['id']}/cancel", {"reason": "customer_asked"})
    await after(240)
    assert heard(mailbox) == []


async def test_what_was_to_be_told_and_isnt_true_any_more_never_leaves(
    world: World, mailbox: Mailbox, after: Minutes, work: Work, anna: Field
) -> None:
    await pressed(world, anna)
    booked = await to_ada(world, anna)
    world.clock.forward(minutes=60)
    await looked_at(world)
    await advance(world, booked["id"], to="arrive")
    await work()
    assert heard(mailbox) == []
    [notice] = (await world.get(f"/v1/notices?customer_id={booked['customer_id']}")).json()["items"]
    assert (notice["state"], notice["reason"]) == ("withdrawn", "over")


async def test_a_customer_hears_who_comes_instead_and_in_their_language(
    world: World, mailbox: Mailbox, after: Minutes, anna: Field
) -> None:
    booked, bert = await to_ada(world, anna, language="de", arrival_minutes=120), await technician(world)
    await world.sql("update identity.staff set name = 'Bert Bohrer' where staff_id = $1", UUID(bert.id))
    hand = {"visits": [{"visit_id": booked["id"], "technician_id": bert.id}], "reason": "ill"}
    await world.done("POST", "/v1/visits/hand-over", hand, role="dispatcher")
    await after()
    assert heard(mailbox) == ["Bert Bohrer kommt zu Ihnen"]
    assert "von 4. März 2026, 13:30 MEZ bis" in " ".join(mailbox.taken[0].get_content().split())


async def test_of_whom_nothing_is_heard_no_customer_is_told_anything(world: World, mailbox: Mailbox, after: Minutes, anna: Field) -> None:
    """Who presses nothing is where they are all the same: that the clock goes on is no news."""
    booked, behind = await to_ada(world, anna), await to_ada(world, anna, at="2026-03-04T14:00:00Z")
    for _ in range(4):
        await after(60)
    assert heard(mailbox) == []
    expected = (await world.done("GET", f"/v1/visits/{booked['id']}"))["expected"]
    assert (expected["unheard"], expected["heard_at"], expected["out_of_window"]) == (True, None, True)
    await world.done("POST", f"/v1/visits/{booked['id']}/late", {"minutes": 270, "reason": "vehicle"}, role="dispatcher")
    await after(1)
    assert sorted(heard(mailbox)) == [
        "Your visit is expected on 4 March 2026, 18:00 CET",
        "Your visit is expected on 4 March 2026, 19:00 CET",
    ]
    assert await facts(world, behind["id"]) == ["visit_booked", "visit_arrival_left"]


async def test_of_who_falls_silent_the_next_customer_is_told_and_those_behind_are_not(
    world: World, mailbox: Mailbox, after: Minutes, anna: Field
) -> None:
    await pressed(world, anna)
    awaited, behind = await to_ada(world, anna), await to_ada(world, anna, at="2026-03-04T14:00:00Z")
    await after(180)
    assert (await facts(world, awaited["id"]), await facts(world, behind["id"])) == (
        ["visit_booked", "visit_arrival_left"],
        ["visit_booked"],
    )
    await advance(world, awaited["id"], to="start")
    await after(1)
    assert await facts(world, behind["id"]) == ["visit_booked", "visit_arrival_left"]


async def test_who_is_handed_over_and_comes_later_is_one_mail_that_says_both(
    world: World, mailbox: Mailbox, after: Minutes, anna: Field
) -> None:
    bert = await technician(world)
    await world.sql("update identity.staff set name = 'Bert Bohrer' where staff_id = $1", UUID(bert.id))
    booked, before = (
        await to_ada(world, anna),
        await visit(world, by=bert, at="2026-03-04T12:05:00Z", of=await job(world, duration_minutes=25)),
    )
    await world.done("POST", f"/v1/visits/{before['id']}/late", {"minutes": 60, "reason": "traffic"}, role="dispatcher")
    hand = {"visits": [{"visit_id": booked["id"], "technician_id": bert.id}], "reason": "ill"}
    await world.done("POST", "/v1/visits/hand-over", hand, role="dispatcher")
    for minutes in (0, 1, 1):
        await after(minutes)
    assert heard(mailbox) == ["Your visit is expected on 4 March 2026, 14:30 CET"]
    assert "Somebody else comes to your visit: Bert Bohrer, whom we expect to be there on 4 March 2026, 14:30 CET" in " ".join(
        mailbox.taken[0].get_content().split()
    )
    notices = (await world.get(f"/v1/notices?customer_id={booked['customer_id']}")).json()["items"]
    assert sorted((one["kind"], one["reason"]) for one in notices) == [("visit_handed_over", "told_with_when"), ("visit_late", None)]


async def test_who_was_told_that_it_gets_later_isnt_told_that_the_time_stays(
    world: World, mailbox: Mailbox, after: Minutes, anna: Field
) -> None:
    bert = await technician(world)
    await world.sql("update identity.staff set name = 'Bert Bohrer' where staff_id = $1", UUID(bert.id))
    booked, before = (
        await to_ada(world, anna),
        await visit(world, by=bert, at="2026-03-04T12:05:00Z", of=await job(world, duration_minutes=25)),
    )
    for one, minutes in ((booked, 60), (before, 60)):
        await world.done("POST", f"/v1/visits/{one['id']}/late", {"minutes": minutes, "reason": "traffic"}, role="dispatcher")
    await after(1)
    world.clock.forward(seconds=1)
    hand = {"visits": [{"visit_id": booked["id"], "technician_id": bert.id}], "reason": "ill"}
    await world.done("POST", "/v1/visits/hand-over", hand, role="dispatcher")
    await after(1)
    assert heard(mailbox) == ["Your visit is expected on 4 March 2026, 14:30 CET", "Bert Bohrer comes to you"]
    assert "As we told you last, we expect them on 4 March 2026, 14:30 CET" in " ".join(mailbox.taken[1].get_content().split())


async def test_a_delay_was_of_who_told_it_and_is_over_with_whoever_goes_instead(
    world: World, mailbox: Mailbox, after: Minutes, anna: Field
) -> None:
    bert = await technician(world)
    await world.sql("update identity.staff set name = 'Bert Bohrer' where staff_id = $1", UUID(bert.id))
    booked = await to_ada(world, anna)
    await world.done("POST", f"/v1/visits/{booked['id']}/late", {"minutes": 60, "reason": "vehicle"}, role="dispatcher")
    await after(1)
    hand = {"visits": [{"visit_id": booked["id"], "technician_id": bert.id}], "reason": "vehicle"}
    await world.done("POST", "/v1/visits/hand-over", hand, role="dispatcher")
    await after(1)
    assert heard(mailbox) == ["Your visit is expected on 4 March 2026, 14:30 CET", "Your visit is on time after all"]
    assert "4 March 2026, 13:30 CET. Somebody else comes: Bert Bohrer." in " ".join(mailbox.taken[1].get_content().split())


async def test_who_let_nobody_in_hears_that_somebody_was_there(world: World, mailbox: Mailbox, after: Minutes, anna: Field) -> None:
    booked = await to_ada(world, anna)
    await advance(world, booked["id"], to="arrive")
    await world.done("POST", f"/v1/visits/{booked['id']}/no-access", {})
    await after()
    assert heard(mailbox) == ["We were at your door"]
    slots = await world.done("POST", f"/v1/jobs/{booked['job_id']}/slots", {"from_on": "2026-03-05", "days": 1})
    assert slots["days"][0]["slots"]
    assert booked["job_id"] in [one["id"] for one in (await world.done("GET", "/v1/board"))["unassigned"]]
