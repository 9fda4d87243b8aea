"""The outage everyone knows about: declared once, told first, visits for it wait, each move of the estimate and the end are told, and everybody may read what it was."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import feedparser
import pytest

from service.kit.money import rounded
from service.kit.tasks.registry import KINDS
from service.kit.tasks.runner import Runner
from tests.billing.test_credit_outages import beat, credit_of, paid, ruled
from tests.dispatch.builders import Field, advance, job, technician, visit
from tests.identity.builders import PASSWORD, joined
from tests.notices.conftest import Mailbox, mailbox, work
from tests.subscriptions.builders import opened
from tests.subscriptions.test_tag_subscription import tagged
from tests.web.test_show_status import acted, named
from tests.world import World

__all__ = ["mailbox", "work"]

Minutes = Callable[..., Awaitable[None]]
KNOWN, OVER = "Your service is disturbed: we know and work on it", "Your service works again"


@pytest.fixture
def after(world: World, work: Callable[[], Awaitable[int]]) -> Minutes:
    """So many minutes later, whoever is to hear is found, visits are looked at, and mail leaves."""

    async def passed(minutes: float = 1) -> None:
        world.clock.forward(minutes=minutes)
        worker = Runner(
            world.database, kinds={name: KINDS[name] for name in ("tell_incidents", "hold_visits")}, clock=world.clock, jitter=lambda: 0.0
        )
        worker._committed(world.organisation_id)
        await worker.drain()
        await work()

    return passed


async def on_node(world: World, name: str) -> dict[str, Any]:
    """Somebody with a mail address and a service on the node."""
    made = await world.customer(name=name)
    await world.done("POST", f"/v1/customers/{made['id']}/contacts", {"name": name, "channel": "email", "address": f"{name}@a.example"})
    service = await opened(world, customer_id=made["id"])
    await tagged(world, service, "olt-7")
    return service


async def a_visit(world: World, by: Field, service: dict[str, Any], *, at: str, symptom: str) -> dict[str, Any]:
    return await visit(world, by=by, at=at, of=await job(world, customer_id=service["customer_id"], kind="repair", symptom=symptom))


def heard(mailbox: Mailbox, name: str) -> list[str]:
    return [str(mail["Subject"]) for mail in mailbox.to(f"{name}@a.example")]


async def waiting(world: World) -> set[str]:
    return {one["visit_id"] for one in (await world.done("GET", "/v1/waiting-visits"))["items"]}


async def shown_waiting(world: World) -> dict[str, Any]:
    """For what each visit of the day waits, by the list of them and on its own."""
    day = "from=2026-03-05T00:00:00Z&until=2026-03-06T00:00:00Z"
    listed = {one["id"]: one["waits_for"] for one in (await world.done("GET", f"/v1/visits?{day}"))["items"]}
    assert listed == {visit_id: (await world.done("GET", f"/v1/visits/{visit_id}"))["waits_for"] for visit_id in listed}
    return listed


async def attached(world: World, case_id: str) -> list[tuple[str, str | None]]:
    return [(one["what"], one["closed_at"]) for one in (await world.done("GET", f"/v1/cases/{case_id}"))["incidents"]]


async def declared(world: World, **terms: Any) -> str:
    body = {"what": "No internet in the old town", "until_at": "2026-03-06T00:00:00Z", "tags": ["olt-7"], "symptoms": ["internet"], **terms}
    return str((await world.done("POST", "/v1/incidents", body, role="back_office"))["id"])


async def test_an_outage_from_the_first_word_to_the_last(world: World, mailbox: Mailbox, after: Minutes) -> None:
    home = await named(world)
    bea, grace = [await on_node(world, name) for name in ("bea", "grace")]
    robin = await technician(world)
    held = await a_visit(world, robin, bea, at="2026-03-05T09:00:00Z", symptom="The INTERNET is gone since this morning")
    other = await a_visit(world, robin, grace, at="2026-03-05T12:00:00Z", symptom="The socket hangs out of the wall")
    incident_id = await declared(world)
    await after()
    assert heard(mailbox, "grace") == [KNOWN]
    assert sorted(subject.endswith("waits: we know what it is") for subject in heard(mailbox, "bea")) == [False, True]
    assert KNOWN in heard(mailbox, "bea")
    assert await waiting(world) == {held["id"]}
    known = [{"incident_id": incident_id, "what": "No internet in the old town", "until_at": "2026-03-06T00:00:00Z"}]
    assert await shown_waiting(world) == {held["id"]: known, other["id"]: []}
    complaint = {"channel": "phone", "words": "The internet is still gone!"}
    case = await world.done("POST", f"/v1/customers/{bea['customer_id']}/cases", complaint)
    assert case["incident_ids"] == [incident_id]
    assert await attached(world, case["id"]) == [("No internet in the old town", None)]
    for path in ("dispatch", "en-route"):
        refused = await world.post(f"/v1/visits/{held['id']}/{path}", {}, role="manager", key=str(world.id()))
        assert refused.status_code == 409, path
    assert (await world.post(f"/v1/visits/{held['id']}/dispatch", {}, key=str(world.id()))).json()["code"] == "VISIT_WAITS"
    await advance(world, other["id"], to="dispatch")

    await on_node(world, "late")
    await after()
    assert heard(mailbox, "late") == [KNOWN]
    await acted(world, incident_id, "estimate", {"until_at": "2026-03-06T12:00:00Z", "reason": "The cable is cut twice"})
    await after()
    assert [len(heard(mailbox, name)) for name in ("bea", "grace", "late")] == [3, 2, 2]
    assert "The cable is cut twice" in (await world.http.get(f"{home}/status")).text

    await acted(world, incident_id, "close")
    await acted(world, incident_id, "explanation", {"words": "A digger cut the cable. It lies deeper now."})
    await after()
    assert OVER in heard(mailbox, "bea")
    assert heard(mailbox, "late")[-1] == heard(mailbox, "grace")[-1] == OVER
    assert any(subject.endswith("as agreed") for subject in heard(mailbox, "bea"))
    assert await waiting(world) == set()
    assert await shown_waiting(world) == {held["id"]: [], other["id"]: []}
    assert [closed is not None for _, closed in await attached(world, case["id"])] == [True]
    await advance(world, held["id"], to="dispatch")
    [entry] = feedparser.parse((await world.http.get(f"{home}/status.atom")).content).entries
    assert "It lies deeper now." in entry.content[0].value
    said = [len(heard(mailbox, name)) for name in ("bea", "grace", "late")]
    await after(5)
    assert [len(heard(mailbox, name)) for name in ("bea", "grace", "late")] == said


async def test_it_is_promised_in_their_own_time_seen_first_by_whoever_opens_them_and_given_back_by_rule(
    world: World, mailbox: Mailbox, after: Minutes
) -> None:
    await ruled(world, unit="day", tiers=[{}], gives_by_itself=True)
    customer = await world.customer(zone="America/New_York")
    service = await paid(world, customer_id=customer["id"], zone="America/New_York")
    until = world.clock.now + timedelta(days=3)
    await declared(world, tags=[], subscription_ids=[service["id"]], until_at=until.isoformat())
    await after()
    [mail] = [one for one in mailbox.to("ada@a.example") if one["Subject"] == KNOWN]
    said = " ".join(mail.get_content().split())
    assert said.partition("We expect it to be over by ")[2].startswith("27 March 2026, 19:00 ")
    promises = (await world.done("GET", f"/v1/promises?customer_id={customer['id']}&open=true"))["items"]
    assert [(one["kind"], datetime.fromisoformat(one["due_at"])) for one in promises] == [("restore", until)]
    person = await joined(world, roles=("back_office",))
    async with world.browser() as browser:
        await browser.post("/sign-in", data={"email": person["email"], "password": PASSWORD})
        page = (await browser.get(f"/app/customers/{customer['id']}")).text
    known, promised = (page.index(said) for said in ("No internet in the old town", "Fri 27 Mar 2026, 19:00"))
    assert known < promised
    [incident] = (await world.done("GET", "/v1/incidents"))["items"]
    world.clock.forward(days=2, hours=12)
    await acted(world, incident["id"], "close")
    await after()
    assert OVER not in heard(mailbox, "ada"), "it is seven in the morning in New York"
    await after(180)
    assert OVER in heard(mailbox, "ada")
    await beat(world)
    assert await credit_of(world, service) == rounded(Fraction(2990 * 2, 31))
    await after()
    [credited] = [one for one in mailbox.to("ada@a.example") if "redit" in one["Subject"]]
    assert credited.get_body() is not None


async def test_a_visit_whose_time_comes_while_it_waits_is_cancelled_and_its_job_waits_for_another(
    world: World, mailbox: Mailbox, after: Minutes
) -> None:
    bea, robin = await on_node(world, "bea"), await technician(world)
    held = await a_visit(world, robin, bea, at="2026-03-05T09:00:00Z", symptom="No internet")
    await declared(world)
    await after()
    world.clock.now = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
    await after()
    told = await world.done("GET", f"/v1/visits/{held['id']}")
    assert (told["state"], told["steps"][-1]["reason"]) == ("cancelled", "incident")
    assert (await world.done("GET", f"/v1/jobs/{told['job_id']}"))["state"] == "open"
    assert heard(mailbox, "bea")[-1].startswith("Nobody came on")
    assert await waiting(world) == set()
    promises = (await world.done("GET", f"/v1/promises?customer_id={bea['customer_id']}"))["items"]
    assert [one["state"] for one in promises if one["kind"] == "arrive"] == ["released"]


async def test_the_office_has_a_visit_go_ahead_and_it_does_not_wait_for_that_again(world: World, mailbox: Mailbox, after: Minutes) -> None:
    bea, robin = await on_node(world, "bea"), await technician(world)
    held = await a_visit(world, robin, bea, at="2026-03-05T09:00:00Z", symptom="No internet, and the socket smells")
    await declared(world)
    await after()
    assert await waiting(world) == {held["id"]}
    await world.done("POST", f"/v1/visits/{held['id']}/go-ahead", role="back_office", key=str(world.id()))
    await after()
    assert await waiting(world) == set()
    assert heard(mailbox, "bea")[-1].endswith("as agreed")
    await advance(world, held["id"], to="en-route")
