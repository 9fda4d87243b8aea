"""Whoever an incident reaches is told once that it is known and once that it is over, and nobody by night."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from service.kit.tasks.registry import KINDS
from service.kit.tasks.runner import Runner
from service.notices.wording import worded
from service.settings import Settings
from tests.billing.test_hold_dunning_for_incidents import AROUND_THE_FLAT, area
from tests.notices.conftest import Mailbox
from tests.proofs.soundness import offences
from tests.subscriptions.builders import opened
from tests.world import World

Work = Callable[[], Awaitable[int]]
KNOWN, OVER = "Your service is disturbed: we know and work on it", "Your service works again"


@pytest.fixture
def tell(world: World, work: Work) -> Callable[[], Awaitable[None]]:
    """A minute goes by, in which whoever is to hear is found, and mailed."""

    async def told() -> None:
        world.clock.forward(minutes=1)
        worker = Runner(world.database, kinds={"tell_incidents": KINDS["tell_incidents"]}, clock=world.clock, jitter=lambda: 0.0)
        worker._committed(world.organisation_id)
        await worker.drain()
        await work()

    return told


async def customer(world: World, name: str, *, mail: bool = True) -> dict[str, Any]:
    """Somebody with a service, called `name`, and their own mail address."""
    made = await world.customer(name=name)
    if mail:
        contact = {"name": name, "channel": "email", "address": f"{name}@a.example"}
        await world.done("POST", f"/v1/customers/{made['id']}/contacts", contact)
    return await opened(world, customer_id=made["id"])


async def declared(world: World, *services: dict[str, Any], **terms: Any) -> str:
    terms = {"what": "No light in the street", "until_at": "2026-03-09T00:00:00Z", **terms}
    incident = {**terms, "subscription_ids": [one["id"] for one in services]}
    return str((await world.done("POST", "/v1/incidents", incident, role="back_office"))["id"])


def heard(mailbox: Mailbox) -> list[tuple[str, str]]:
    return sorted((mail["To"].partition("@")[0], mail["Subject"]) for mail in mailbox.taken)


async def test_whom_it_reaches_hears_once_that_it_is_known_and_once_that_it_is_over(
    world: World, mailbox: Mailbox, tell: Callable[[], Awaitable[None]]
) -> None:
    bea, grace, _, silent = [await customer(world, name, mail=name != "silent") for name in ("bea", "grace", "max", "silent")]
    incident_id = await declared(world, bea, silent)
    for _ in range(2):
        await tell()
    assert heard(mailbox) == [("bea", KNOWN)]
    assert "No light in the street" in mailbox.taken[0].get_content()
    await world.done(
        "POST", f"/v1/incidents/{incident_id}/widen", {"subscription_ids": [grace["id"]]}, role="back_office", key=str(world.id())
    )
    await tell()
    assert heard(mailbox) == [("bea", KNOWN), ("grace", KNOWN)]
    await world.done("POST", f"/v1/incidents/{incident_id}/close", role="back_office", key=str(world.id()))
    for _ in range(2):
        await tell()
    assert heard(mailbox) == [("bea", KNOWN), ("bea", OVER), ("grace", KNOWN), ("grace", OVER)]
    telling = await world.done("GET", f"/v1/incidents/{incident_id}/telling", role="back_office")
    assert {name: many for name, many in telling.items() if many} == {"wanted": 3, "handed_over": 2, "failed": 1}
    notices = (await world.get(f"/v1/notices?customer_id={silent['customer_id']}")).json()["items"]
    assert sorted((one["kind"], one["state"], one["reason"]) for one in notices) == [
        ("incident_declared", "failed", "no_address"),
        ("incident_ended", "withdrawn", "not_told"),
    ]


async def promised(world: World, service: dict[str, Any]) -> list[tuple[str, str]]:
    """What was promised to them about incidents, in order: until when, and how that stands."""
    found = (await world.done("GET", f"/v1/promises?customer_id={service['customer_id']}"))["items"]
    return [(one["due_at"][:16], one["state"]) for one in found if one["kind"] == "restore"]


async def moved(world: World, incident_id: str, until_at: str, reason: str = "The cable is cut twice") -> Any:
    body = {"until_at": until_at, "reason": reason}
    return await world.post(f"/v1/incidents/{incident_id}/estimate", body, role="back_office", key=str(world.id()))


async def closed(world: World, incident_id: str) -> None:
    await world.done("POST", f"/v1/incidents/{incident_id}/close", role="back_office", key=str(world.id()))


async def test_whoever_tells_looks_as_soon_as_something_is_declared(world: World, mailbox: Mailbox, work: Work) -> None:
    bea = await customer(world, "bea")
    worker = Runner(world.database, kinds={"tell_incidents": KINDS["tell_incidents"]}, clock=world.clock, jitter=lambda: 0.0)
    worker._committed(world.organisation_id)
    assert (await worker.drain(), await worker.drain()) == (1, 0)
    await declared(world, bea)
    assert await worker.drain() == 1
    await work()
    assert heard(mailbox) == [("bea", KNOWN)]


async def test_by_when_it_is_over_is_a_promise_renewed_with_the_reason_and_kept_by_its_end(
    world: World, mailbox: Mailbox, tell: Callable[[], Awaitable[None]], owner: asyncpg.Connection, settings: Settings
) -> None:
    bea, silent, late = [await customer(world, name, mail=name != "silent") for name in ("bea", "silent", "late")]
    incident_id = await declared(world, bea, silent)
    await tell()
    assert await promised(world, bea) == [("2026-03-09T00:00", "open")]
    assert await promised(world, silent) == []
    for _ in range(2):
        assert (await moved(world, incident_id, "2026-03-11T00:00:00Z")).status_code == 200
    for _ in range(2):
        await tell()
    [(_, subject)] = [one for one in heard(mailbox) if one[1] != KNOWN]
    assert subject.startswith("Your service: it takes until 11 March 2026")
    assert "not by when we said before: The cable is cut twice." in mailbox.taken[-1].get_content()
    assert await promised(world, bea) == [("2026-03-09T00:00", "renewed"), ("2026-03-11T00:00", "open")]
    widened = {"subscription_ids": [late["id"]]}
    await world.done("POST", f"/v1/incidents/{incident_id}/widen", widened, role="back_office", key=str(world.id()))
    await tell()
    assert await promised(world, late) == [("2026-03-11T00:00", "open")]
    await closed(world, incident_id)
    for _ in range(2):
        await tell()
    assert await promised(world, bea) == [("2026-03-09T00:00", "renewed"), ("2026-03-11T00:00", "kept")]
    assert await promised(world, late) == [("2026-03-11T00:00", "kept")]
    assert [who for who, _ in heard(mailbox)].count("bea") == 3
    assert await offences(owner, settings, world) == {}


async def test_what_nobody_says_is_restored_by_then_is_a_broken_promise(
    world: World, mailbox: Mailbox, tell: Callable[[], Awaitable[None]]
) -> None:
    bea = await customer(world, "bea")
    incident_id = await declared(world, bea, until_at="2026-03-04T13:00:00Z")
    await tell()
    world.clock.now = datetime(2026, 3, 4, 13, 0, tzinfo=UTC)
    assert await promised(world, bea) == [("2026-03-04T13:00", "broken")]
    refused = await moved(world, incident_id, "2026-03-05T12:00:00Z")
    assert (refused.status_code, refused.json()["code"]) == (409, "INCIDENT_OVER")
    await tell()
    assert await promised(world, bea) == [("2026-03-04T13:00", "broken")]


async def test_whoever_answers_for_it_is_mailed_once_however_many_it_was_promised_to(
    world: World, mailbox: Mailbox, tell: Callable[[], Awaitable[None]]
) -> None:
    people = [await customer(world, name) for name in ("bea", "grace", "max")]
    await declared(world, *people, until_at="2026-03-04T13:00:00Z")
    await tell()
    watcher = Runner(world.database, kinds={"watch_promises": KINDS["watch_promises"]}, clock=world.clock, jitter=lambda: 0.0)
    for minute in (59, 60, 61):
        world.clock.now = datetime(2026, 3, 4, 12, 0, tzinfo=UTC) + timedelta(minutes=minute)
        watcher._committed(world.organisation_id)
        await watcher.drain()
    wanted = await world.sql("select body ->> 'notice' as notice from kit.task where organisation_id = $1", world.organisation_id)
    assert [[row["notice"] for row in wanted].count(one) for one in ("promise_due", "promise_broken")] == [1, 1]


async def test_whoever_hears_of_it_only_once_it_was_moved_hears_of_it_once(
    world: World, mailbox: Mailbox, tell: Callable[[], Awaitable[None]]
) -> None:
    bea = await customer(world, "bea")
    world.clock.now = datetime(2026, 3, 4, 23, 0, tzinfo=UTC)  # midnight in Berlin
    incident_id = await declared(world, bea)
    await tell()
    for day in (11, 12):
        await moved(world, incident_id, f"2026-03-{day}T00:00:00Z")
        await tell()
    world.clock.now = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)
    for _ in range(3):
        await tell()
    assert heard(mailbox) == [("bea", KNOWN)]
    assert "12 March 2026" in mailbox.taken[0].get_content()
    assert [state for _, state in await promised(world, bea)] == ["renewed", "renewed", "open"]


@pytest.mark.parametrize("until_at", ["2026-03-04T11:00:00Z", "2026-08-01T00:00:00Z"])
async def test_an_estimate_is_ahead_and_within_ninety_days(world: World, until_at: str) -> None:
    incident_id = await declared(world, await customer(world, "bea"))
    refused = await moved(world, incident_id, until_at)
    assert (refused.status_code, refused.json()["code"]) == (422, "INCIDENT_UNCLEAR")
    assert (await world.done("GET", "/v1/incidents"))["items"][0]["estimates"] == []


async def test_whoever_comes_into_reach_later_is_found_by_what_was_written_of_them(
    world: World, mailbox: Mailbox, tell: Callable[[], Awaitable[None]]
) -> None:
    await customer(world, "bea")
    incident = {"what": "No light", "until_at": "2026-03-09T00:00:00Z", "area": area(*AROUND_THE_FLAT)}
    await world.done("POST", "/v1/incidents", incident, role="back_office")
    await tell()
    await customer(world, "later")
    await tell()
    assert [who for who, _ in heard(mailbox)] == ["bea", "later"]


@pytest.mark.parametrize(
    "step, constraint",
    [
        ({"step": 2}, "incident_estimates_follow"),
        ({"until_at": "2026-03-09T00:00:00Z"}, "estimate_moves_what_is_ahead"),
        ({"moved_at": "2026-03-10T00:00:00Z"}, "estimate_moves_what_is_ahead"),
    ],
)
async def test_raw_sql_moves_no_estimate_that_doesnt_follow(world: World, step: dict[str, Any], constraint: str) -> None:
    incident_id = await declared(world, await customer(world, "bea"))
    row = {
        "step": 1,
        "until_before": "2026-03-09T00:00:00Z",
        "until_at": "2026-03-12T00:00:00Z",
        "moved_at": "2026-03-05T00:00:00Z",
        **step,
    }
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refused:
        await world.sql(
            "insert into subscriptions.incident_estimate (organisation_id, incident_id, step, until_before, until_at, moved_at, reason, moved_by)"
            " values ($1, $2, $3::int, $4::text::timestamptz, $5::text::timestamptz, $6::text::timestamptz, 'later', 'staff:1')",
            world.organisation_id, UUID(incident_id), *row.values(),
        )  # fmt: skip
    assert refused.value.constraint_name == constraint


async def test_raw_sql_changes_no_time_without_its_estimate(world: World) -> None:
    await declared(world, await customer(world, "bea"))
    with pytest.raises(asyncpg.ForeignKeyViolationError) as refused:
        await world.sql(
            "update subscriptions.incident set until_at = until_at + interval '1 day', estimate = 1 where organisation_id = $1",
            world.organisation_id,
        )
    assert refused.value.constraint_name == "incident_expected_as_estimated"


async def test_nobody_is_woken_and_what_is_over_by_morning_is_never_told(
    world: World, mailbox: Mailbox, tell: Callable[[], Awaitable[None]]
) -> None:
    bea, grace = [await customer(world, name) for name in ("bea", "grace")]
    world.clock.now = datetime(2026, 3, 4, 23, 0, tzinfo=UTC)  # midnight in Berlin
    short = await declared(world, bea)
    await declared(world, grace, until_at="2026-03-05T12:00:00Z")
    await tell()
    assert heard(mailbox) == []
    await world.done("POST", f"/v1/incidents/{short}/close", role="back_office", key=str(world.id()))
    world.clock.now = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)
    await tell()
    await tell()
    assert heard(mailbox) == [("grace", KNOWN)]
    world.clock.now = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)  # ended by itself
    await tell()
    assert heard(mailbox) == [("grace", KNOWN), ("grace", OVER)]


async def test_what_is_to_come_is_announced_in_the_customers_language(
    world: World, mailbox: Mailbox, tell: Callable[[], Awaitable[None]]
) -> None:
    await declared(world, await customer(world, "bea"), begins_at="2026-03-08T02:00:00Z", what="Work on the cable")
    await tell()
    [(_, subject)] = heard(mailbox)
    assert subject.startswith("Work on your service from 8 March 2026")
    incident = {"kind": "fault", "what": "Arbeiten am Kabel", "begins_at": world.clock.now, "until_at": world.clock.now}
    values = {"incident": incident, "announced": False, "name": "Bea", "zone": "Europe/Berlin", "organisation": {"name": "N", "phone": "1"}}
    for kind, said in (("incident_declared", "arbeiten daran"), ("incident_ended", "geht wieder")):
        subject, text = worded(kind, "de", values)  # type: ignore[arg-type]
        assert subject.endswith(said)
        assert "Arbeiten am Kabel" in text


async def test_raw_sql_tells_nobody_of_an_end_who_never_heard_of_it(world: World) -> None:
    service = await opened(world)
    incident_id = await declared(world, service)
    with pytest.raises(asyncpg.ForeignKeyViolationError) as refused:
        await world.sql(
            "insert into subscriptions.incident_told (organisation_id, incident_id, customer_id, news, estimate, told_at)"
            " values ($1, $2, $3, 'ended', 0, now())",
            world.organisation_id,
            UUID(incident_id),
            UUID(service["customer_id"]),
        )
    assert refused.value.constraint_name == "end_told_to_who_heard_of_it"


async def test_the_days_list_has_one_row_for_all_whom_an_incident_promises_the_same(
    world: World, mailbox: Mailbox, tell: Callable[[], Awaitable[None]]
) -> None:
    bea, grace, late = [await customer(world, name) for name in ("bea", "grace", "late")]
    call = {"kind": "call_back", "words": "The router", "within_minutes": 1}
    await world.done("POST", f"/v1/customers/{late['customer_id']}/promises", call, key=str(world.id()))
    await declared(world, bea, grace)
    await tell()
    world.clock.forward(minutes=2)
    shown = (await world.get("/app/promises")).text
    broken, next_ = shown.index("Broken, and not made good"), shown.index("About to break first")
    assert broken < shown.index("The router") < next_ < shown.index("2 customers of an incident")
    assert (shown.count("<time"), len((await world.done("GET", "/v1/promises/due"))["items"])) == (2, 3)
