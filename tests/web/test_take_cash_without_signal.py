"""Cash where there is no signal: the page opens, each receipt has a number of the phone's own book, and all of it is told once, later."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from playwright.async_api import Browser, BrowserContext, Page, Route, expect
from playwright.async_api import Error as PlaywrightError

from service.billing.receipt_blocks import number_in_block
from service.web.day.without_signal import taken_at
from tests.billing.builders import Books
from tests.web.conftest import look
from tests.web.doors import Door, at_the_door, come_in, signed_in
from tests.world import World

PATH = "/app/without-signal"
KEEP_NUMBERS = """left => new Promise(done => { const asked = indexedDB.open("sayso", 1); asked.onsuccess = () => {
  const change = asked.result.transaction("phone", "readwrite"), phones = change.objectStore("phone");
  phones.getAll().onsuccess = event => { for (const one of event.target.result) phones.put({...one, numbers: one.numbers.slice(0, left)}) };
  change.oncomplete = () => done() } })"""


@pytest.fixture
async def door(world: World) -> Door:
    """A technician at the door of somebody who owes 35.58."""
    door = await at_the_door(world)
    await Books(world).invoice(UUID(door.customer_id), 3558)
    return door


@pytest.fixture
async def second(browser: Browser) -> AsyncIterator[Page]:
    """Another phone."""
    context = await browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB", has_touch=True)
    yield await context.new_page()
    await context.close()


async def prepared(page: Page, served: str, door: Door) -> BrowserContext:
    """A phone that was looked at where there was signal, and has none now."""
    await come_in(page, served, door.email, to=PATH)
    await expect(page.locator("#ready")).to_be_visible()
    await expect(page.locator("#left")).to_have_text("20")
    await page.context.set_offline(True)
    return page.context


async def payments(door: Door) -> list[dict[str, Any]]:
    """What was taken of the customer, as the office knows it."""
    return list((await door.world.done("GET", f"/v1/customers/{door.customer_id}/payments"))["items"])


async def books_of_numbers(door: Door) -> list[tuple[int, ...]]:
    """Given, void, missing and unused of each book."""
    lines = (await door.world.done("GET", "/v1/reports/receipt-numbers", role="back_office"))["items"]
    return [(one["given"], one["void"], one["missing"], one["unused"]) for one in lines]


async def take(page: Page, amount: str) -> None:
    await page.get_by_label("Amount taken").fill(amount)
    await page.get_by_role("button", name="Take cash").click()


async def test_the_page_opens_without_signal_gives_a_number_and_tells_it_later_once(served: str, tablet: Page, door: Door) -> None:
    context = await prepared(tablet, served, door)
    await tablet.goto(f"{served}/app/day")
    await expect(tablet).to_have_url(f"{served}{PATH}")
    await expect(tablet.locator("[data-when=offline]")).to_be_visible()
    await tablet.get_by_role("button", name="Take cash").click()
    await expect(tablet.locator("#receipt")).to_contain_text(f"Receipt {number_in_block(1, 1)}")
    await expect(tablet.locator("#taken li")).to_contain_text("Not told yet.")
    await look(tablet, "cash-without-signal")
    assert await payments(door) == []
    await tablet.reload()
    await expect(tablet.locator("#taken li")).to_contain_text("€35.58")
    door.world.clock.forward(minutes=90)
    await context.set_offline(False)
    await expect(tablet.locator("#taken li")).to_contain_text("The office knows it.")
    await tablet.reload()
    await expect(tablet.locator("main")).to_contain_text("Nothing is open at today's visits.")
    [payment] = await payments(door)
    assert (payment["amount"]["amount"], payment["receipt_number"], payment["visit_id"]) == (3558, number_in_block(1, 1), door.visit_id)
    assert door.world.clock.now - datetime.fromisoformat(payment["captured_at"]) > timedelta(minutes=80)
    assert await books_of_numbers(door) == [(1, 0, 0, 19)]


async def test_who_pays_after_the_end_is_listed_too(served: str, tablet: Page, door: Door) -> None:
    await door.world.done("POST", f"/v1/visits/{door.visit_id}/no-access", {})
    context = await prepared(tablet, served, door)
    await expect(tablet.locator("main")).to_contain_text("no access")
    await take(tablet, "35,58")
    await look(tablet, "cash-without-signal-after-the-end")
    await context.set_offline(False)
    await expect(tablet.locator("#taken li")).to_contain_text("The office knows it.")
    assert [(one["amount"]["amount"], one["visit_id"]) for one in await payments(door)] == [(3558, door.visit_id)]


async def test_two_phones_give_no_number_twice_and_go_on_where_a_book_is_used_up(
    served: str, tablet: Page, second: Page, door: Door
) -> None:
    for phone in (tablet, second):
        await prepared(phone, served, door)
        await phone.evaluate(KEEP_NUMBERS, 1)
        await take(phone, "10")
        await expect(phone.locator("#receipt")).to_contain_text("€10.00")
        await expect(phone.get_by_label("Amount taken")).to_have_value("")
    await take(second, "5,50")
    await expect(second.locator("#receipt")).to_contain_text("no receipt number left")
    await look(second, "cash-without-number")
    for phone, taken in ((tablet, 1), (second, 2)):
        await phone.context.set_offline(False)
        await expect(phone.get_by_text("The office knows it.")).to_have_count(taken)
    told = {one["receipt_number"]: one["amount"]["amount"] for one in await payments(door)}
    [without] = set(told) - {number_in_block(1, 1), number_in_block(2, 1)}
    assert (without[:2], sorted(told.values())) == ("R-", [550, 1000, 1000])
    await expect(second.locator("#taken")).to_contain_text(without)
    await expect(second.locator("#left")).to_have_text("20")


async def test_what_got_no_answer_though_there_is_signal_is_told_again_soon_and_once(served: str, tablet: Page, door: Door) -> None:
    context = await prepared(tablet, served, door)
    await expect(tablet.locator("[data-when=offline]")).to_be_visible()
    await context.set_offline(False)
    await expect(tablet.locator("[data-when=offline]")).to_be_hidden()
    lost: list[str] = []

    async def lose_the_first(route: Route) -> None:
        if not lost:
            lost.append((await route.fetch()).url)
            await route.abort()
        else:
            await route.continue_()

    await context.route("**/without-signal/cash", lose_the_first)
    await take(tablet, "10")
    await expect(tablet.locator("#taken li")).to_contain_text("The office knows it.")
    assert (len(lost), [one["amount"]["amount"] for one in await payments(door)]) == (1, [1000])


async def test_what_is_struck_out_before_it_is_told_is_a_void_number_and_more_than_is_open_is_asked_about(
    served: str, tablet: Page, door: Door
) -> None:
    context = await prepared(tablet, served, door)
    await take(tablet, "355.8")
    await expect(tablet.locator("[data-beyond]")).to_contain_text("€355.80")
    await take(tablet, "30,001")
    await expect(tablet.locator("[data-misread]")).to_be_visible()
    for _ in "12":
        await take(tablet, "355.8")
    await tablet.get_by_role("button", name="Strike it out").click()
    await expect(tablet.locator("#taken li")).to_contain_text("Struck out")
    await take(tablet, "35,58")
    await context.set_offline(False)
    await expect(tablet.locator("#taken")).to_contain_text("The office knows it.")
    await expect(tablet.locator("#taken")).to_contain_text("Struck out; its number is void.")
    assert [one["receipt_number"] for one in await payments(door)] == [number_in_block(1, 2)]
    assert await books_of_numbers(door) == [(1, 1, 0, 18)]


async def test_in_german_with_a_clock_that_jumped(world: World, served: str, tablet: Page) -> None:
    await world.sql("update identity.organisation set language = 'de' where organisation_id = $1", world.organisation_id)
    door = await at_the_door(world)
    await Books(world).invoice(UUID(door.customer_id), 3558)
    made = world.clock.now
    context = await prepared(tablet, served, door)
    await tablet.clock.set_system_time(datetime(2031, 1, 1, tzinfo=UTC))
    await tablet.get_by_role("button", name="Bar kassieren").click()
    await expect(tablet.locator("#taken li")).to_contain_text("Noch nicht gemeldet.")
    await look(tablet, "cash-without-signal-german")
    world.clock.forward(minutes=30)
    await context.set_offline(False)
    await expect(tablet.locator("#taken li")).to_contain_text("Das Büro weiß davon.")
    [payment] = await payments(door)
    assert made <= datetime.fromisoformat(payment["captured_at"]) <= world.clock.now


async def test_signing_out_leaves_no_customers_name_behind_but_what_nobody_was_told_of(served: str, tablet: Page, door: Door) -> None:
    context = await prepared(tablet, served, door)
    await take(tablet, "10")
    await expect(tablet.locator("#taken li")).to_contain_text("Not told yet.")
    await context.clear_cookies()
    await context.set_offline(False)
    await expect(tablet.get_by_role("link", name="Sign in, so that the office hears of what you took.")).to_be_visible()
    await come_in(tablet, served, door.email, to="/app/day")
    await tablet.get_by_role("button", name="Sign out").click()
    await expect(tablet.get_by_label("Email")).to_be_visible()
    assert await tablet.evaluate("caches.keys()") == []
    await come_in(tablet, served, door.email, to=PATH)
    await expect(tablet.locator("#taken li")).to_contain_text("The office knows it.")
    assert [one["amount"]["amount"] for one in await payments(door)] == [1000]


@pytest.mark.parametrize("heard", ["by the page", "on the way to sign in"])
async def test_a_phone_that_heard_it_was_shut_out_shows_no_customer_and_loses_nothing_it_took(
    world: World, served: str, tablet: Page, door: Door, heard: str
) -> None:
    context = await prepared(tablet, served, door)
    await take(tablet, "10")
    await expect(tablet.locator("#taken li")).to_contain_text("Not told yet.")
    if heard != "by the page":
        await tablet.goto("about:blank")
    [device] = (await world.done("GET", "/v1/devices", role="manager"))["items"]
    await world.done("POST", f"/v1/devices/{device['id']}/revoke", role="manager")
    await context.set_offline(False)
    if heard == "by the page":
        await expect(tablet.locator("[data-when=signed-out]")).to_be_visible()
        await expect(tablet.get_by_label("Amount taken")).to_have_count(0)
        await expect(tablet.locator("#taken li")).to_have_count(0)
        await expect(tablet.locator("#receipt")).to_be_hidden()
        await look(tablet, "cash-without-signal-shut-out")
    else:
        await tablet.goto(f"{served}/app/day")
        await expect(tablet.get_by_label("Email")).to_be_visible()
    await tablet.wait_for_function("caches.keys().then(kept => kept.length === 0)")
    await context.set_offline(True)
    with pytest.raises(PlaywrightError, match="ERR_FAILED"):
        await tablet.goto(f"{served}{PATH}")
    await context.set_offline(False)
    await come_in(tablet, served, door.email, to=PATH)
    await expect(tablet.locator("#taken li")).to_contain_text("The office knows it.")
    assert [one["amount"]["amount"] for one in await payments(door)] == [1000]


async def asked(phone: httpx.AsyncClient, what: str, **form: Any) -> tuple[int, dict[str, Any]]:
    answer = await phone.post(f"{PATH}/{what}", data=form)
    return answer.status_code, answer.json()


async def test_a_phone_asks_and_tells_as_often_as_it_likes(world: World, served: str, door: Door) -> None:
    [invoice] = (await world.done("GET", f"/v1/customers/{door.customer_id}/account"))["open_invoices"]
    mine, device = {"staff": door.staff_id}, str(world.id())
    async with httpx.AsyncClient(base_url=served) as phone:
        await signed_in(phone, door.email)
        greeting = {**mine, "device": device, "block": str(world.id())}
        first, again = [await asked(phone, "phone", **greeting) for _ in "12"]
        assert first == again
        [number, *_, last] = first[1]["numbers"]
        at = int(world.clock.now.timestamp() * 1000)
        cash = {"visit": door.visit_id, "invoice": invoice["invoice_id"], "amount": "1000", "currency": "EUR", "taken": at, "page": at}
        told = {**mine, **cash, "id": str(world.id()), "number": number["number"]}
        assert [(await asked(phone, "cash", **told))[1]["receipt_number"] for _ in "12"] == [number["number"]] * 2
        # lost, its book void, and found again: the cash is recorded, under a number of its own
        void = {"from_serial": 1, "until_serial": 20, "reason": "The phone was lost"}
        await world.done("POST", f"/v1/receipt-blocks/{number['block_id']}/void", void, role="back_office")
        _, found = await asked(phone, "cash", **{**told, "id": str(world.id()), "number": last["number"]})
        assert found["receipt_number"].startswith("R-")
        assert (await asked(phone, "cash", **{**told, "staff": str(world.id())}))[1]["code"] == "SIGNED_IN_AS_ANOTHER"
        assert (await asked(phone, "cash", **{**told, "amount": "10.00"}))[1]["code"] == "INVALID_DOCUMENT"
        assert (await asked(phone, "void", **mine, block=number["block_id"], serial=1))[0] == 200
    assert [one["amount"]["amount"] for one in await payments(door)] == [1000, 1000]


async def test_cash_that_names_somebody_elses_visit_is_recorded_without_it(world: World, served: str, door: Door) -> None:
    [invoice] = (await world.done("GET", f"/v1/customers/{door.customer_id}/account"))["open_invoices"]
    visit_id = await Books(world).visit(await Books(world).customer())
    async with httpx.AsyncClient(base_url=served) as phone:
        await signed_in(phone, door.email)
        at = int(world.clock.now.timestamp() * 1000)
        cash = {"visit": visit_id, "invoice": invoice["invoice_id"], "amount": "1000", "currency": "EUR", "taken": at, "page": at}
        told = {"staff": door.staff_id, **cash, "id": str(world.id())}
        assert [(await asked(phone, "cash", **told))[0] for _ in "12"] == [200, 200]
    assert [(one["amount"]["amount"], one["visit_id"]) for one in await payments(door)] == [(1000, None)]


async def test_a_phone_that_was_shut_out_is_signed_out_and_given_no_more_numbers(world: World, served: str, door: Door) -> None:
    device = str(world.id())
    async with httpx.AsyncClient(base_url=served) as phone:
        await signed_in(phone, door.email)
        assert (await asked(phone, "phone", staff=door.staff_id, device=device))[0] == 200
        assert (await world.done("POST", f"/v1/devices/{device}/revoke", role="manager"))["sessions_ended"] == 1
        assert (await phone.get(PATH)).headers["location"].startswith("/sign-in")
        await signed_in(phone, door.email)
        assert (await asked(phone, "phone", staff=door.staff_id, device=device))[1]["code"] == "DEVICE_REVOKED"


async def test_shutting_a_phone_out_ends_its_session_by_whatever_other_name_it_goes_now(world: World, served: str, door: Door) -> None:
    first, now = str(world.id()), str(world.id())
    async with httpx.AsyncClient(base_url=served) as phone, httpx.AsyncClient(base_url=served) as another:
        for one in (phone, another):
            await signed_in(one, door.email)
        for name in (first, now):
            assert (await asked(phone, "phone", staff=door.staff_id, device=name))[0] == 200
        assert (await world.done("POST", f"/v1/devices/{first}/revoke", role="manager"))["sessions_ended"] == 1
        assert (await phone.get(PATH)).headers["location"].startswith("/sign-in")
        assert (await another.get(PATH)).status_code == 200


def test_the_moment_lies_between_the_page_and_the_telling() -> None:
    at = datetime(2026, 3, 4, 12, tzinfo=UTC)
    page, hour = at - timedelta(hours=8), timedelta(hours=1)
    assert taken_at(taken=at - hour, page=page, at=at) == at - hour
    assert taken_at(taken=at + hour, page=page, at=at) == at
    assert taken_at(taken=page - hour, page=page, at=at) == page
    assert taken_at(taken=None, page=None, at=at) == at
    assert taken_at(taken=datetime(1970, 1, 1, tzinfo=UTC), page=datetime(1970, 1, 1, tzinfo=UTC), at=at) == at - timedelta(days=400)
    assert taken_at(taken=at, page=at + hour, at=at) == at
