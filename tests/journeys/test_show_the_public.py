"""Story 9, the support portal: what is down, planned and was, with feeds; what is to come, as a calendar; what customers wish for and what became of it: in the operator's own colours, from the first word to the last."""

from datetime import timedelta
from typing import Any

import feedparser
import icalendar

from tests.identity.test_brand_pages import change, picture, set_logo
from tests.subscriptions.builders import opened
from tests.web.portals import ADA, link
from tests.world import World

CUT, WORK = "No internet in the old town", "New software in the street cabinets"


async def read(world: World, path: str) -> str:
    """What is there for everybody, once what was made before has gone stale."""
    world.clock.forward(seconds=11)
    answer = await world.http.get(path)
    assert answer.status_code == 200, path
    return answer.text


async def news(world: World, home: str) -> list[tuple[str, str]]:
    """What both feeds say, the last first, as another program reads it."""
    told = []
    for name in ("status.atom", "status.rss"):
        feed = feedparser.parse(await read(world, f"{home}/{name}"))
        assert not feed.bozo
        told.append([(one.title, one.summary) for one in feed.entries])
    assert [title for title, _ in told[0]] == [title for title, _ in told[1]]
    return told[0]


async def office(world: World, path: str, body: Any) -> Any:
    return await world.done("POST", path, body, role="back_office", key=str(world.id()))


async def customer(world: World, name: str) -> tuple[str, str]:
    """A customer, and the path of their own page."""
    customer_id = (await world.customer(name=name))["id"]
    await world.done("POST", f"/v1/customers/{customer_id}/contacts", {**ADA, "address": f"{customer_id}@a.example"})
    return customer_id, await link(world, customer_id)


async def test_everybody_knows_what_is_down_what_is_to_come_and_what_became_of_their_wishes(world: World) -> None:
    # The operator gives their pages a name, a colour and a logo; until then there are none.
    slug = f"northwind-{world.id().hex[-12:]}"
    home = f"/o/{slug}"
    assert (await world.http.get(f"{home}/status")).status_code == 404
    assert (await change(world, slug=slug, colour="#7a1fa2", address="1 Mill Lane, 10115 Berlin")).status_code == 200
    assert (await set_logo(world, picture())).is_success
    status = await read(world, f"{home}/status")
    assert "Everything works that we know of." in status
    for page in ("status", "events", "ideas"):
        shown = await read(world, f"{home}/{page}")
        assert "/brand/7a1fa2.css" in shown, page
        assert f"/brand/{world.organisation_id}/" in shown, page
        assert "+49 30 555 0100" in shown.partition("<footer")[2], page
        assert len(shown.encode()) < 20_000, page

    # A cable is cut. It is said at once; the estimate moves with its reason; work is planned for the week after.
    ada, of_ada = await customer(world, "Ada Secret")
    service = await opened(world, customer_id=ada)
    now = world.clock.now
    cut = {"what": CUT, "until_at": (now + timedelta(hours=6)).isoformat(), "subscription_ids": [service["id"]]}
    cut_id = (await office(world, "/v1/incidents", cut))["id"]
    assert "Everything works" not in await read(world, f"{home}/status")
    moved = {"until_at": (now + timedelta(hours=30)).isoformat(), "reason": "It is cut twice"}
    await office(world, f"/v1/incidents/{cut_id}/estimate", moved)
    planned = {
        "what": WORK,
        "kind": "maintenance",
        "begins_at": (now + timedelta(days=7)).isoformat(),
        "until_at": (now + timedelta(days=7, hours=3)).isoformat(),
        "subscription_ids": [service["id"]],
    }
    await office(world, "/v1/incidents", planned)
    status = await read(world, f"{home}/status")
    assert status.index(CUT) < status.index("It is cut twice") < status.index(WORK)
    assert {title for title, _ in await news(world, home)} == {CUT, WORK}

    # It is mended, and what it was is written under it: it stays readable there and in the feeds.
    world.clock.forward(hours=20)
    await world.done("POST", f"/v1/incidents/{cut_id}/close", None, role="back_office", key=str(world.id()))
    await office(world, f"/v1/incidents/{cut_id}/explanation", {"words": "A digger cut it; it lies deeper now."})
    status = await read(world, f"{home}/status")
    assert "Everything works that we know of." in status
    assert "it lies deeper now" in status.partition("What was")[2]
    [(title, words), *_] = await news(world, home)
    assert (title, "it lies deeper now" in words) == (CUT, True)

    # An evening for customers is announced; calendars that subscribed hear that it is called off.
    begins = world.clock.now + timedelta(days=20)
    event = {
        "id": str(world.id()),
        "title": "Open door",
        "words": "Bring your router",
        "place": "1 Mill Lane",
        "starts_at": begins.isoformat(),
    }
    event["ends_at"] = (begins + timedelta(hours=3)).isoformat()
    await office(world, "/v1/events", event)
    assert "Open door" in await read(world, f"{home}/events")
    [said] = icalendar.Calendar.from_ical(await read(world, f"{home}/events.ics")).walk("VEVENT")
    assert (str(said["summary"]), said["dtstart"].dt, said.get("status")) == ("Open door", begins, "CONFIRMED")
    await world.done(
        "PUT",
        f"/v1/events/{event['id']}",
        {**event, "cancelled": True},
        role="back_office",
        key=str(world.id()),
        headers={"If-Match": '"1"'},
    )
    [said] = icalendar.Calendar.from_ical(await read(world, f"{home}/events.ics")).walk("VEVENT")
    assert (said["status"], int(said["sequence"])) == ("CANCELLED", 2)

    # A customer tells a wish. Nobody reads it before somebody of ours has; from the answer on others vote, each once.
    wish = {"do": "open", "id": str(world.id()), "title": "Reach you in the evening", "words": "After six"}
    assert (await world.http.post(f"{of_ada}/ideas", data=wish)).status_code == 303
    assert "in the evening" not in await read(world, f"{home}/ideas")
    await office(world, f"/v1/ideas/{wish['id']}/answer", {"state": "planned", "words": "We look for people."})
    assert "We look for people." in await read(world, f"{home}/ideas")
    _, of_grace = await customer(world, "Grace Secret")
    for _ in "123":
        assert (await world.http.post(f"{of_grace}/ideas", data={"do": "vote", "id": wish["id"]})).status_code == 303
    [idea] = await world.done("GET", "/v1/ideas", role="back_office")
    assert (idea["votes"], idea["state"]) == (2, "planned")
    await office(world, f"/v1/ideas/{wish['id']}/answer", {"state": "done", "words": "Until eight, from today."})
    ideas = await read(world, f"{home}/ideas")
    assert "Until eight, from today." in ideas
    assert "We look for people." not in ideas
    assert "Until eight, from today." in (await world.http.get(f"{of_ada}/ideas")).text

    # Whoever wonders writes to them from any of these pages; and nobody reads there whose anything is.
    assert f'href="/contact/{world.organisation_id}"' in ideas
    for page in ("status", "events", "ideas", "status.atom", "status.rss", "events.ics"):
        assert "Secret" not in await read(world, f"{home}/{page}"), page
