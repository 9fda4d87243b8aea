"""The office sees the money that waits for a person, and does what it waits for there: disputes answered, double payments sent back."""

import html
import re
from collections.abc import AsyncIterator

import httpx
import pytest
from playwright.async_api import Page, expect

from service.integrations.asgi import running
from tests.billing.builders import Books, pay
from tests.billing.cards.disputes import Disputed
from tests.billing.cards.shop import Shop
from tests.identity.builders import PASSWORD, joined
from tests.web.conftest import look
from tests.web.test_technicians_day import sign_in


@pytest.fixture
async def office(shop: Shop) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody of the back office, signed in."""
    person = await joined(shop.world, roles=("back_office",))
    async with running(shop.world.app) as url, httpx.AsyncClient(base_url=url, headers={"origin": url}) as client:
        await client.post("/sign-in", data={"email": person["email"], "password": PASSWORD, "to": ""})
        yield client


async def test_a_dispute_is_shown_with_its_last_moment_and_answered_by_the_keyboard(shop: Shop, one: Disputed, phone: Page) -> None:
    person = await joined(shop.world, roles=("back_office",))
    async with running(shop.world.app) as url:
        await sign_in(phone, url, person["email"], to="/app/office")
        await phone.get_by_role("link", name="Money to look at").click()
        await expect(phone.locator("main")).to_contain_text("Evidence by")
        await look(phone, "money")
        await phone.get_by_role("button", name="Send the bank the proof").press("Enter")
        await expect(phone.locator("main")).to_contain_text("the evidence is on its way")
        await expect(phone.get_by_role("button", name="Send the bank the proof")).to_have_count(0)
        assert (await one.now())["answer"] == "asked"
        await one.run()
        await phone.set_viewport_size({"width": 1280, "height": 800})
        await phone.reload()
        await expect(phone.locator("main")).to_contain_text("the bank has the evidence")
        await look(phone, "money-desktop")


async def test_what_was_paid_twice_goes_back_from_the_page(office: httpx.AsyncClient, shop: Shop, books: Books) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 4_990)
    attempt = await shop.begin(invoice_id)
    await pay(shop.world, 4_990, invoice_id=invoice_id)
    await shop.tell("payment_intent.succeeded", shop.intent(attempt), event_id="evt_second")
    shown = (await office.get("/app/money")).text
    [action] = re.findall(r'action="(/app/money/double-payments/[^"]+)"', shown)
    assert (await office.post(action)).status_code == 303
    [refund] = (await shop.world.done("GET", f"/v1/customers/{customer_id}/refunds"))["items"]
    assert (refund["via"], refund["amount"]["amount"]) == ("card", 4_990)
    assert action not in (await office.get("/app/money")).text


async def test_money_that_is_nobodys_is_shown_with_why_and_what_helps_in_german_too(
    office: httpx.AsyncClient, shop: Shop, books: Books
) -> None:
    attempt = await shop.begin(await books.invoice(await books.customer(), 4_990))
    await shop.tell("payment_intent.succeeded", shop.intent(attempt, amount_received=4_000), event_id="evt_less")
    assert "The amount isn't the one that was asked for." in html.unescape((await office.get("/app/money")).text)
    await shop.world.sql("update identity.organisation set language = 'de' where organisation_id = $1", shop.world.organisation_id)
    shown = (await office.get("/app/money")).text
    for said in ("Geld, das jemanden braucht", "Eingegangen und nicht zugeordnet", "Bestrittene Kartenzahlungen"):
        assert said in shown
