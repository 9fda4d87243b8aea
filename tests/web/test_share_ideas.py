"""Everybody sees what is announced and what customers wish for; a customer on their link tells ideas and has one vote for each; the office answers each."""

from typing import Any

import httpx
import icalendar
from playwright.async_api import Page, expect

from service.kit.tasks.runner import Runner
from service.worker.rooms import kinds
from tests.identity.builders import joined
from tests.subscriptions.builders import opened
from tests.web.conftest import entered, look
from tests.web.doors import come_in
from tests.web.test_show_status import LIGHT, named
from tests.web.test_subscribe_to_visits import link
from tests.world import World


async def ideas(world: World) -> list[dict[str, Any]]:
    found = await world.request("GET", "/v1/ideas", role="back_office")
    told: list[dict[str, Any]] = found.json()
    return told


async def answer(world: World, idea_id: str, state: str, words: str) -> None:
    body = {"state": state, "words": words}
    await world.done("POST", f"/v1/ideas/{idea_id}/answer", body, role="back_office", key=str(world.id()))
    world.clock.forward(seconds=11)


async def test_an_idea_from_its_first_word_to_the_answer_that_it_is_done(world: World, served: str, phone: Page) -> None:
    home = await named(world, colour="#7a1fa2")
    _, ada = await link(world, name="Ada Secret")
    _, grace = await link(world, name="Grace Secret")
    await phone.goto(f"{served}{ada}/ideas")
    await phone.get_by_label("In a few words").fill("A <b>quieter</b> fan")
    await phone.get_by_label("More, if you like").fill("It hums & rattles.")
    await entered(phone, phone.get_by_role("button", name="Tell us"))
    await expect(phone.locator("main")).to_contain_text("A <b>quieter</b> fan")
    await expect(phone.locator("main")).to_contain_text("not public yet")
    await look(phone, "ideas-customer")
    [idea] = await ideas(world)
    assert (idea["votes"], idea["state"], idea["is_public"]) == (1, "open", False)
    async with httpx.AsyncClient(base_url=served, headers={"Sec-Fetch-Site": "same-origin"}) as browser:
        assert "quieter" not in (await browser.get(f"{home}/ideas")).text
        assert (await browser.post(f"{grace}/ideas", data={"do": "vote", "id": idea["id"]})).status_code == 404  # nobody may know of it yet
        await answer(world, idea["id"], "planned", "With the model of next year.")
        for _ in range(3):
            assert (await browser.post(f"{grace}/ideas", data={"do": "vote", "id": idea["id"]})).status_code == 303
        assert (await ideas(world))[0]["votes"] == 2
        assert (await browser.post(f"{grace}/ideas", data={"do": "unvote", "id": idea["id"]})).status_code == 303
        assert (await ideas(world))[0]["votes"] == 1
        cross = await browser.post(f"{grace}/ideas", data={"do": "vote", "id": idea["id"]}, headers={"Sec-Fetch-Site": "cross-site"})
        assert cross.status_code == 403
    await answer(world, idea["id"], "done", "The new one is silent.")
    await phone.goto(f"{served}{home}/ideas")
    await expect(phone.locator("main")).to_contain_text("The new one is silent.")
    for hidden in ("Secret", "With the model"):
        await expect(phone.locator("body")).not_to_contain_text(hidden)
    await look(phone, "ideas-public")
    assert len((await phone.content()).encode()) < LIGHT


async def test_the_office_answers_and_announces_on_a_page(world: World, served: str, phone: Page) -> None:
    home = await named(world, language="de")
    _, ada = await link(world)
    async with httpx.AsyncClient(base_url=served, headers={"Sec-Fetch-Site": "same-origin"}) as browser:
        told = {"do": "open", "id": str(world.id()), "title": "Abends erreichbar", "words": ""}
        for _ in range(2):
            assert (await browser.post(f"{ada}/ideas", data=told)).status_code == 303
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to="/app/ideas")
    await phone.get_by_label("Ihre Antwort").fill("Wir suchen Leute dafür.")
    await phone.get_by_label("Wie es steht").select_option("started")
    await entered(phone, phone.get_by_role("button", name="Antworten: Abends erreichbar"))
    await expect(phone.locator("main")).to_contain_text("Unsere Antwort")
    await phone.get_by_label("Was es").fill("Tag der offenen Tür")
    await phone.get_by_label("Von", exact=True).fill("2026-03-28T10:00")
    await phone.get_by_label("Bis", exact=True).fill("2026-03-27T10:00")
    await entered(phone, phone.get_by_role("button", name="Bekanntgeben"))
    await expect(phone.get_by_role("alert")).to_contain_text("höchstens sechzig")
    await phone.get_by_label("Bis", exact=True).fill("2026-03-29T10:00")
    await phone.get_by_label("Wo", exact=True).fill("Mill Lane; Hof, hinten")
    await entered(phone, phone.get_by_role("button", name="Bekanntgeben"))
    await expect(phone.get_by_role("heading", name="Tag der offenen Tür")).to_be_visible()
    await look(phone, "ideas-office-de")
    world.clock.forward(seconds=11)
    [event] = icalendar.Calendar.from_ical((await world.http.get(f"{home}/events.ics")).content).walk("VEVENT")
    assert (str(event["LOCATION"]), event["STATUS"], event.decoded("DTSTART").isoformat()) == (
        "Mill Lane; Hof, hinten",
        "CONFIRMED",
        "2026-03-28T09:00:00+00:00",
    )
    assert event.decoded("DTEND").isoformat() == "2026-03-29T08:00:00+00:00"  # the clocks went forward in between
    await entered(phone, phone.get_by_role("button", name="Absagen: Tag der offenen Tür"))
    await expect(phone.locator("main")).to_contain_text("Abgesagt")
    world.clock.forward(seconds=11)
    [again] = icalendar.Calendar.from_ical((await world.http.get(f"{home}/events.ics")).content).walk("VEVENT")
    assert (again["UID"], again["STATUS"], again["SEQUENCE"] > event["SEQUENCE"]) == (event["UID"], "CANCELLED", True)
    await phone.goto(f"{served}{home}/events")
    await expect(phone.get_by_role("heading", name="Tag der offenen Tür")).to_be_visible()
    await look(phone, "events-de")


async def test_the_office_is_told_where_nobody_could_read_it(world: World, served: str, phone: Page) -> None:
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to="/app/ideas")
    for path in ("/app/ideas", "/app/incidents"):
        await phone.goto(served + path)
        await expect(phone.locator("main")).to_contain_text("You have no public pages yet")
    await named(world)
    for path in ("/app/ideas", "/app/incidents"):
        await phone.goto(served + path)
        await expect(phone.get_by_role("heading", level=1)).to_be_visible()
        await expect(phone.locator("main")).not_to_contain_text("You have no public pages yet")


async def test_an_event_is_put_once_and_changed_by_its_id(world: World) -> None:
    event_id = str(world.id())
    path = f"/v1/events/{event_id}"
    body = {"title": "Open day", "starts_at": "2026-03-28T09:00:00Z", "ends_at": "2026-03-28T15:00:00Z"}
    unknown = await world.request("PUT", path, json=body, role="back_office", key=str(world.id()), headers={"If-Match": '"1"'})
    assert unknown.status_code == 404
    for _ in range(2):
        announced = await world.done("POST", "/v1/events", {**body, "id": event_id}, role="back_office", key=str(world.id()))
        assert announced == {"id": event_id, "version": 1}
    other = await world.post("/v1/events", {**body, "id": event_id, "place": "Hall"}, role="back_office", key=str(world.id()))
    assert (other.status_code, other.json()["code"]) == (409, "ID_TAKEN")
    changes: list[tuple[int, int, dict[str, str]]] = [(1, 1, {}), (1, 2, {"place": "Yard"}), (2, 2, {"place": "Yard"})]
    for read, version, change in changes:
        match = {"If-Match": f'"{read}"'}
        put = await world.done("PUT", path, {**body, **change}, role="back_office", key=str(world.id()), headers=match)
        assert put["version"] == version
    backwards = await world.request(
        "PUT", path, json={**body, "ends_at": body["starts_at"]}, role="back_office", key=str(world.id()), headers={"If-Match": '"2"'}
    )
    assert (backwards.status_code, backwards.json()["code"]) == (422, "EVENT_UNCLEAR")
    [event] = (await world.request("GET", "/v1/events", role="back_office")).json()
    assert event["place"] == "Yard"


async def test_a_customer_tells_five_ideas_a_day(world: World, served: str) -> None:
    _, ada = await link(world)
    async with httpx.AsyncClient(base_url=served, headers={"Sec-Fetch-Site": "same-origin"}) as browser:
        codes = []
        for number in range(6):
            told = {"do": "open", "id": str(world.id()), "title": f"Idea {number}", "words": ""}
            codes.append((await browser.post(f"{ada}/ideas", data=told)).status_code)
    assert codes == [303] * 5 + [409]


async def test_a_complaint_while_something_is_down_is_attached_to_it(world: World) -> None:
    service = await opened(world)
    incident = {"what": "No internet", "until_at": "2026-03-09T00:00:00Z", "subscription_ids": [service["id"]]}
    incident_id = (await world.done("POST", "/v1/incidents", incident, role="back_office"))["id"]

    async def complain(customer_id: str) -> list[dict[str, Any]]:
        raised = await world.done(
            "POST", f"/v1/customers/{customer_id}/cases", {"channel": "phone", "words": "Nothing works."}, role="back_office"
        )
        attached = await world.request("GET", f"/v1/cases/{raised['id']}/incidents", role="back_office")
        told: list[dict[str, Any]] = attached.json()
        return told

    [attached] = await complain(service["customer_id"])
    assert (attached["id"], attached["closed_at"]) == (incident_id, None)
    assert await complain((await world.customer())["id"]) == []
    await world.done("POST", f"/v1/incidents/{incident_id}/close", role="back_office", key=str(world.id()))
    assert await complain(service["customer_id"]) == []


async def test_what_an_erased_customer_wished_for_goes_or_loses_its_words(world: World) -> None:
    home = await named(world)
    _, ada = await link(world, name="Ada Secret")
    for title in ("A quieter fan", "Never read"):
        form = {"do": "open", "id": str(world.id()), "title": title, "words": "Call me: 030 901820"}
        assert (await world.http.post(f"{ada}/ideas", data=form, headers={"Sec-Fetch-Site": "same-origin"})).status_code == 303
    [read] = [one for one in await ideas(world) if one["title"] == "A quieter fan"]
    await answer(world, read["id"], "planned", "With the model of next year.")
    assert "030 901820" in (await world.http.get(f"{home}/ideas")).text
    [customer_id] = [
        row["customer_id"]
        for row in await world.sql("select distinct customer_id from care.idea where organisation_id = $1", world.organisation_id)
    ]
    world.clock.forward(days=3700)  # past what the law wants kept
    await world.done("POST", f"/v1/customers/{customer_id}/erasures", {}, key=str(world.id()))
    await Runner(world.database, kinds={"forget_messages": kinds()["forget_messages"]}, clock=world.clock, jitter=lambda: 0.0).drain()
    [left] = await ideas(world)
    assert (left["title"], left["words"], left["answer"], left["votes"]) == ("A quieter fan", "", "With the model of next year.", 1)
    assert "030 901820" not in (await world.http.get(f"{home}/ideas")).text
