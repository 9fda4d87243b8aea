"""Anybody writes to the company by its public form, without JavaScript; it says the same to whoever is known and whoever isn't, and keeps nothing twice."""

import asyncio
from typing import Any

from playwright.async_api import Browser, Page, expect

from tests.care.builders import entries, raised, with_mail
from tests.web.conftest import entered, look
from tests.web.doors import come_in, joined
from tests.web.test_show_saved_method import link
from tests.world import World

SCRIPT = "<script>alert(1)</script>"
THANKS = "Thank you: your words are with us."


async def cases(world: World, customer_id: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await world.done("GET", f"/v1/customers/{customer_id}/cases"))["items"]
    return items


async def strays(world: World) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await world.done("GET", "/v1/stray-mails"))["items"]
    return items


async def opened(world: World, served: str, page: Page) -> None:
    await page.goto(f"{served}/contact/{world.organisation_id}")
    world.clock.forward(seconds=20)


async def written(page: Page, words: str, *, reached_by: str = "ada@a.example") -> None:
    await page.get_by_label("Your name").fill("Ada Owner")
    await page.get_by_label("Your mail address or telephone number").fill(reached_by)
    await page.get_by_label("What it is about").fill(words)
    await entered(page, page.get_by_role("button", name="Send"))


async def test_who_is_known_opens_a_case_with_a_promise_and_reads_what_a_stranger_reads(world: World, served: str, phone: Page) -> None:
    customer = await world.customer()
    await with_mail(world, customer["id"], f"ada-{customer['id']}@a.example")
    told = []
    for address in (f"Ada-{customer['id']}@a.example", "nobody@n.example"):
        await opened(world, served, phone)
        await written(phone, f"The router is dead {SCRIPT}", reached_by=address)
        await expect(phone.get_by_role("status")).to_contain_text(THANKS)
        told.append(await phone.locator("body").inner_html())
    assert told[0] == told[1]
    await look(phone, "contact-done")
    [case] = await cases(world, customer["id"])
    assert (case["channel"], case["waiting"]) == ("web", 1)
    assert [one["words"] for one in await entries(world, case["id"])] == [f"The router is dead {SCRIPT}"]
    [stray] = await strays(world)
    assert (stray["channel"], stray["sender"], stray["sender_name"]) == ("web", "nobody@n.example", "Ada Owner")


async def test_the_form_is_light_and_has_no_barriers_in_both_languages(world: World, served: str, browser: Browser, phone: Page) -> None:
    answer = await phone.goto(f"{served}/contact/{world.organisation_id}")
    assert answer is not None
    assert len(await answer.body()) < 50_000
    await look(phone, "contact")
    german = await browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False, locale="de-AT")
    theirs = await german.new_page()
    await theirs.goto(f"{served}/contact/{world.organisation_id}")
    await expect(theirs.get_by_role("heading", level=1)).to_contain_text("Schreiben")
    await look(theirs, "contact-de")
    await german.close()
    nobody = await phone.goto(f"{served}/contact/{world.id()}")
    assert nobody is not None
    assert nobody.status == 404


async def test_what_is_sent_too_soon_or_is_not_right_keeps_its_words_and_is_sent_once_more(world: World, served: str, phone: Page) -> None:
    await phone.goto(f"{served}/contact/{world.organisation_id}")
    await written(phone, "Hello there")
    await expect(phone.get_by_role("alert")).to_contain_text("sent too soon")
    await look(phone, "contact-too-soon")
    world.clock.forward(seconds=20)
    await phone.get_by_label("Your mail address or telephone number").fill("no way to me")
    await entered(phone, phone.get_by_role("button", name="Send"))
    await expect(phone.get_by_role("alert")).to_contain_text("can't be right")
    assert await strays(world) == []
    world.clock.forward(seconds=20)
    await phone.get_by_label("Your mail address or telephone number").fill("+49 30 1234567")
    await entered(phone, phone.get_by_role("button", name="Send"))
    await expect(phone.get_by_role("status")).to_contain_text(THANKS)
    assert [one["words"] for one in await strays(world)] == ["Hello there"]


async def test_one_form_is_one_word_however_often_and_from_where_it_is_sent(world: World, served: str, phone: Page) -> None:
    await opened(world, served, phone)
    shown = await phone.locator("input[name=shown]").get_attribute("value")
    form = {"name": "Ada", "reached_by": "ada@n.example", "words": "Hello", "shown": shown or "", "website": ""}
    path = f"/contact/{world.organisation_id}"
    answers = await asyncio.gather(*(world.http.post(path, data=form) for _ in "123"))
    assert 200 in {one.status_code for one in answers}
    assert [one["words"] for one in await strays(world)] == ["Hello"]
    assert (
        await world.http.post(path, data=form | {"words": "Hello, and one more thing"})
    ).status_code == 200  # gone back, written on, sent
    assert sorted(one["words"] for one in await strays(world)) == ["Hello", "Hello, and one more thing"]
    refused = [
        await world.http.post(path, data=form | {"website": "https://spam.example"}),
        await world.http.post(path, data=form | {"shown": "forged"}),
        await world.http.post(path, data=form | {"words": ""}),
        await world.http.post(path, data=form, headers={"sec-fetch-site": "cross-site"}),
    ]
    assert [one.status_code for one in refused] == [422, 422, 422, 403]
    other = await world.http.post(f"/contact/{world.id()}", data=form)
    assert other.status_code == 404
    world.clock.forward(days=2)
    assert (await world.http.post(path, data=form)).status_code == 422
    assert len(await strays(world)) == 2


async def test_who_sends_without_end_is_held_up(world: World, served: str, phone: Page) -> None:
    path = f"/contact/{world.organisation_id}"
    assert 429 in {(await world.http.post(path, data={"words": "x"})).status_code for _ in range(12)}


async def test_a_customer_writes_by_their_own_link_and_joins_the_case_that_they_quote(world: World, served: str, phone: Page) -> None:
    customer_id, path = await link(world)
    case, other = await raised(world, customer_id), await raised(world, (await world.customer())["id"])
    for words in (f"Still dead, {case['reference']}", f"Whose is {other['reference']}?"):
        await phone.goto(served + path.replace("/card", "/contact"))
        world.clock.forward(minutes=1)
        await phone.get_by_label("What it is about").fill(words)
        await entered(phone, phone.get_by_role("button", name="Send"))
        await expect(phone.get_by_role("status")).to_contain_text(THANKS)
    assert (await entries(world, case["id"]))[-1]["words"] == f"Still dead, {case['reference']}"
    assert len(await cases(world, customer_id)) == 2
    assert len(await entries(world, other["id"])) == 1
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to=f"/app/cases/{case['id']}")
    await expect(phone.locator("main")).to_contain_text("they to us on our pages")
