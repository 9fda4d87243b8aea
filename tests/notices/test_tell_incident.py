"""Whoever an incident reaches is told once that it is known and once that it is over, and nobody by night."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from service.kit.tasks.registry import KINDS
from service.kit.tasks.runner import Runner
from service.notices.wording import worded
from tests.notices.conftest import Mailbox
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
    notices = (await world.get(f"/v1/notices?customer_id={silent['customer_id']}")).json()["items"]
    assert sorted((one["kind"], one["state"], one["reason"]) for one in notices) == [
        ("incident_declared", "withdrawn", "no_address"),
        ("incident_ended", "withdrawn", "not_told"),
    ]


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
    incident = {"what": "Arbeiten am Kabel", "begins_at": world.clock.now, "until_at": world.clock.now}
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
            "insert into subscriptions.incident_told (organisation_id, incident_id, customer_id, news, told_at) values ($1, $2, $3, 'ended', now())",
            world.organisation_id,
            UUID(incident_id),
            UUID(service["customer_id"]),
        )
    assert refused.value.constraint_name == "end_told_to_who_heard_of_it"
