"""Everybody reads on a public page and in feeds what works, what is planned and what was; nobody reads there whom it reached."""

import asyncio
from typing import Any

import feedparser
from playwright.async_api import Page, expect

from tests.identity.test_brand_pages import change, set_logo
from tests.subscriptions.builders import opened
from tests.web.conftest import look
from tests.world import World

LIGHT = 50_000
"""Bytes of a first view on a bad line."""


async def named(world: World, **to: Any) -> str:
    slug = f"lovelace-{world.id().hex[-12:]}"
    assert (await change(world, slug=slug, **to)).status_code == 200
    return f"/o/{slug}"


async def declared(world: World, what: str, **terms: Any) -> str:
    service = await opened(world, customer_id=(await world.customer(name="Grace Secret"))["id"])
    body = {"what": what, "until_at": "2026-03-05T12:00:00Z", "subscription_ids": [service["id"]], **terms}
    return str((await world.done("POST", "/v1/incidents", body, role="back_office"))["id"])


async def acted(world: World, incident_id: str, act: str, body: Any = None) -> None:
    await world.done("POST", f"/v1/incidents/{incident_id}/{act}", body, role="back_office", key=str(world.id()))
    world.clock.forward(minutes=1)


async def an_outage(world: World) -> str:
    """Fibre is cut and mended; work is planned; a fault is known of to the office alone."""
    cut = await declared(world, "No internet in the <old> town & harbour")
    await acted(world, cut, "estimate", {"until_at": "2026-03-06T12:00:00Z", "reason": "The cable is cut twice"})
    await declared(
        world, "New software in the street cabinets", kind="maintenance", begins_at="2026-03-07T01:00:00Z", until_at="2026-03-07T05:00:00Z"
    )
    await declared(world, "One modem is broken", is_public=False)
    return cut


async def test_the_page_tells_what_is_what_is_planned_and_what_was(world: World, served: str, phone: Page) -> None:
    home = await named(world, colour="#7a1fa2", address="1 Analytical Way\n10115 Berlin")
    assert (await set_logo(world, (await world.http.get("/static/sayso.svg")).content)).status_code == 422
    cut = await an_outage(world)
    weight: list[int] = []

    async def weigh(response: Any) -> None:
        if response.status == 200:
            weight.append(len(await response.body()))

    phone.on("response", weigh)
    await phone.goto(f"{served}{home}")
    await expect(phone).to_have_url(f"{served}{home}/status")
    await expect(phone.get_by_role("region", name="Now")).to_contain_text("No internet in the <old> town & harbour")
    await expect(phone.get_by_role("region", name="Now")).to_contain_text("The cable is cut twice")
    await expect(phone.get_by_role("region", name="Planned")).to_contain_text("New software in the street cabinets")
    for hidden in ("One modem", "Grace"):
        await expect(phone.locator("body")).not_to_contain_text(hidden)
    await expect(phone.locator("footer")).to_contain_text("1 Analytical Way, 10115 Berlin")
    await look(phone, "status")
    assert 0 < sum(weight) < LIGHT
    phone.remove_listener("response", weigh)
    await acted(world, cut, "close")
    await acted(world, cut, "explanation", {"words": "A digger cut the cable.\nIt lies deeper now."})
    await phone.reload()
    await expect(phone.get_by_role("status")).to_contain_text("Everything works")
    await expect(phone.get_by_role("region", name="What was")).to_contain_text("It lies deeper now.")
    await look(phone, "status-over")


async def test_it_is_told_in_the_readers_language_or_the_one_that_they_choose(world: World, served: str, phone: Page) -> None:
    home = await named(world, language="de")
    await an_outage(world)
    await phone.goto(f"{served}{home}/status")
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Service status")
    await phone.get_by_role("link", name="Deutsch").press("Enter")
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Wie unsere Dienste laufen")
    await look(phone, "status-de")
    for page in ("Ideen", "Schreiben"):
        await phone.get_by_role("link", name=page).press("Enter")
        await expect(phone.get_by_role("heading", level=1)).to_contain_text(page)
        await expect(phone.get_by_role("link", name="English")).to_be_visible()
    await look(phone, "contact-de")


async def test_who_says_no_language_that_we_have_reads_the_organisations(world: World) -> None:
    home = await named(world, language="de")
    for path in (f"{home}/status", f"{home}/events", f"{home}/ideas", f"/contact/{world.organisation_id}", f"/my/{world.organisation_id}"):
        read = {}
        for said in (
            "",
            "fr-CH, fr;q=0.9",
            "en-GB, de;q=0.5",
            "fr, de-AT;q=0.8, en;q=0.7",
            "en;q=0.2, de;q=0.9",
            "en;q=0, *",
            ";;q=x, english",
        ):
            answer = await world.http.get(path, headers={"Accept-Language": said})
            read[said] = answer.headers["content-language"]
        assert read == {
            "": "de",
            "fr-CH, fr;q=0.9": "de",
            "en-GB, de;q=0.5": "en",
            "fr, de-AT;q=0.8, en;q=0.7": "de",
            **dict.fromkeys(("en;q=0.2, de;q=0.9", "en;q=0, *", ";;q=x, english"), "de"),
        }, path
        assert (await world.http.get(f"{path}?in=en", headers={"Accept-Language": "de"})).headers["content-language"] == "en", path
        assert (await world.http.get(f"{path}?in=xx%22", headers={"Accept-Language": "de"})).headers["content-language"] == "de", path


async def test_another_program_reads_its_feeds(world: World) -> None:
    home = await named(world)
    cut = await an_outage(world)
    for name, kind in (("status.atom", "atom10"), ("status.rss", "rss20")):
        answer = await world.http.get(f"{home}/{name}")
        feed = feedparser.parse(answer.content)
        assert (feed.bozo, feed.version) == (False, kind)
        assert (
            [one.title for one in feed.entries]
            == ["New software in the street cabinets", "No internet in the &lt;old&gt; town &amp; harbour"]
            if kind == "never"
            else {one.id for one in feed.entries} >= {f"urn:uuid:{cut}"}
        )
        assert len(feed.entries) == 2
        [entry] = [one for one in feed.entries if one.id == f"urn:uuid:{cut}"]
        assert "The cable is cut twice" in str(entry)
        assert entry.link.endswith(f"{home}/status#i-{cut}")
        assert b"Grace" not in answer.content
    before = feedparser.parse((await world.http.get(f"{home}/status.atom")).content)
    await acted(world, cut, "close")
    after = feedparser.parse((await world.http.get(f"{home}/status.atom")).content)
    [old], [new] = [[one for one in feed.entries if one.id == f"urn:uuid:{cut}"] for feed in (before, after)]
    assert (new.published, new.updated > old.updated) == (old.published, True)


async def test_a_crowd_is_answered_from_what_was_made_last(world: World) -> None:
    home = await named(world)
    await an_outage(world)
    answers = await asyncio.gather(*(world.http.get(f"{home}/status") for _ in range(50)))
    [tag] = {one.headers["etag"] for one in answers}
    again = await world.http.get(f"{home}/status", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["cache-control"]) == (304, b"", "public, max-age=10")
    await declared(world, "The mail server is slow")
    assert (await world.http.get(f"{home}/status")).headers["etag"] == tag
    world.clock.forward(seconds=11)
    assert "The mail server is slow" in (await world.http.get(f"{home}/status")).text


async def test_who_has_no_name_has_no_public_page_and_a_former_name_leads_to_the_same(world: World) -> None:
    nobody = await world.http.get("/o/nobody-at-all/status", headers={"Accept-Language": "de"})
    assert (nobody.status_code, "Dieser Link stimmt nicht." in nobody.text) == (404, True)
    assert (await world.http.get("/o/nobody-at-all/status.atom")).json()["code"] == "NOT_FOUND"
    home = await named(world)
    await change(world, slug=f"{home.removeprefix('/o/')}-2")
    assert f"{home}-2/status" in (await world.http.get(f"{home}/status")).text


async def test_who_gives_their_name_up_has_no_public_page_under_any_that_they_had(world: World) -> None:
    home = await named(world)
    pages = ("status", "status.atom", "status.rss", "events", "events.ics", "ideas")
    assert {(await world.http.get(f"{home}/{page}")).status_code for page in pages} == {200}
    await change(world, slug="")
    world.clock.forward(seconds=11)
    assert {(await world.http.get(f"{home}/{page}")).status_code for page in pages} == {404}
    await change(world, slug=home.removeprefix("/o/"))
    assert (await world.http.get(f"{home}/status")).status_code == 200
