"""Cash on pages: the agent hands in by notes and coins, the office counts blind, and what differs is settled by somebody else."""

from typing import Any

import httpx
from playwright.async_api import Page, expect

from tests.billing.builders import EUR, Books, cash
from tests.identity.builders import PASSWORD, joined
from tests.web.conftest import look
from tests.web.doors import at_the_door, come_in, signed_in
from tests.world import World


async def office(world: World, *roles: str) -> str:
    """Somebody of the office: their address."""
    return str((await joined(world, roles=roles))["email"])


async def taken(world: World, books: Books, staff_id: str, amount: int) -> None:
    """Cash that the technician took, entered by the office."""
    body = cash(amount, customer_id=await books.customer(), taken_by=staff_id)
    await world.done("POST", "/v1/payments/cash", body, role="back_office", key=str(world.id()))


async def count(page: Page, pieces: dict[str, int]) -> None:
    """Fills in how many there are of each."""
    for value, number in pieces.items():
        await page.get_by_label(value, exact=True).fill(str(number))


async def test_cash_is_handed_in_by_notes_and_coins_counted_blind_and_its_difference_settled(
    world: World, served: str, phone: Page
) -> None:
    books, door = Books(world), await at_the_door(world)
    await taken(world, books, door.staff_id, 7_350)
    await world.done("POST", "/v1/cash/limits", {"currency": EUR, "limit_minor": 10_000})
    await come_in(phone, served, door.email, to="/app/day")
    await expect(phone.locator("main")).to_contain_text("€26.50 more until the limit of €100.00")
    await look(phone, "cash-day")
    await phone.get_by_role("link", name="My cash").click()
    await count(phone, {"€50.00": 2})
    await phone.get_by_role("button", name="Hand in what I counted").click()
    await expect(phone.get_by_role("alert")).to_contain_text("This is more than you hold by the books.")
    await expect(phone.get_by_label("€50.00", exact=True)).to_have_value("2")
    await count(phone, {"€50.00": 1, "€20.00": 1, "€2.00": 1, "€0.50": 1})
    await look(phone, "cash-hand-in")
    await phone.get_by_role("button", name="Hand in what I counted").click()
    await expect(phone.locator("#held")).to_contain_text("€1.00")
    await expect(phone.locator("main")).to_contain_text("Waits to be counted")
    await look(phone, "cash-agent")
    await phone.context.clear_cookies()

    await come_in(phone, served, await office(world, "back_office"), to="/app/office")
    await phone.get_by_role("link", name="Cash", exact=True).click()
    await look(phone, "cash-office")
    await phone.get_by_role("link", name="Count", exact=True).click()
    assert "72.50" not in await phone.content()
    await count(phone, {"€50.00": 1, "€20.00": 1})
    await phone.get_by_role("button", name="That is what I counted").click()
    await expect(phone.get_by_role("alert")).to_contain_text("Your count isn't the other one.")
    assert "72.50" not in await phone.content()
    await phone.get_by_label("Why the counts differ").select_option("Counterfeit")
    await phone.get_by_label("More about it").fill("Two coins of brass")
    await look(phone, "cash-count-differs")
    await phone.get_by_role("button", name="That is what I counted").click()
    await expect(phone.locator("main")).to_contain_text("Counterfeit: Two coins of brass")
    await expect(phone.get_by_role("button", name="Settle it")).to_have_count(0)
    await phone.context.clear_cookies()

    await come_in(phone, served, await office(world, "manager"), to="/app/office/cash")
    await expect(phone.locator("main")).to_contain_text("-€2.50")
    await look(phone, "cash-differences")
    await phone.get_by_label("What becomes of it").select_option("The company bears it")
    await phone.get_by_label("Why", exact=True).fill("Brass isn't his fault")
    await phone.get_by_role("button", name="Settle it").click()
    await expect(phone.locator("#settled + ul")).to_contain_text("The company bears it: Brass isn't his fault")
    await expect(phone.locator("main")).not_to_contain_text("Counterfeit")
    balances = {one["kind"]: one["balance_minor"] for one in (await world.done("GET", "/v1/ledger/trial-balance"))["accounts"]}
    assert (balances["cash_office"], balances["cash_difference"], balances["write_off"]) == (7_000, 0, 250)
    await phone.get_by_text("That was a mistake").press("Enter")
    await phone.locator("#settled + ul").get_by_label("Why").fill("He swapped them himself")
    await look(phone, "cash-settled")
    await phone.get_by_role("button", name="Take it back").click()
    await expect(phone.locator("main")).to_contain_text("Counterfeit: Two coins of brass")
    await expect(phone.locator("#settled")).to_have_count(0)
    balances = {one["kind"]: one["balance_minor"] for one in (await world.done("GET", "/v1/ledger/trial-balance"))["accounts"]}
    assert (balances["cash_difference"], balances["write_off"]) == (250, 0)


async def test_a_hand_in_sent_twice_is_one_and_its_paper_is_at_hand(world: World, served: str) -> None:
    door = await at_the_door(world)
    await taken(world, Books(world), door.staff_id, 2_000)
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, door.email)
        form = {"id": str(world.id()), "currency": EUR, "n500": "2"}
        answers = [await browser.post("/app/cash/hand-in", data=form) for _ in "12"]
        assert [(one.status_code, one.headers["location"]) for one in answers] == [(303, "/app/cash")] * 2
        paper = await browser.get(f"/app/cash/{form['id']}/paper")
        statement = await browser.get("/app/cash/statement/EUR")
        assert [one.content[:4] for one in (paper, statement)] == [b"%PDF"] * 2
        assert (await browser.get("/app/cash/statement/XXX")).status_code == 404
        for data in ({"currency": EUR}, {"currency": EUR, "n500": "-1"}, {"currency": EUR, "n500": "1.5"}):
            assert (await browser.post("/app/cash/hand-in", data=data)).status_code == 422
        elsewhere = await browser.post("/app/cash/hand-in", data=form, headers={"Sec-Fetch-Site": "cross-site"})
        assert elsewhere.status_code == 403
    assert (await world.done("GET", "/v1/reports/cash-held"))["items"][0]["held_minor"] == 2_000


async def test_a_colleague_counts_what_was_handed_to_them_and_nobody_else_may(world: World, served: str) -> None:
    door, lead = await at_the_door(world), await joined(world, roles=("agent",))
    await taken(world, Books(world), door.staff_id, 1_000)
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, door.email)
        token = await _token(world, door.email)
        handed = await world.http.post(
            "/v1/cash/hand-ins",
            json={"counted": {"amount": 1_000, "currency": EUR}, "to_staff_id": lead["id"]},
            headers={"Authorization": f"Bearer {token}", "Idempotency-Key": str(world.id())},
        )
        path = f"/app/cash/{handed.json()['hand_in_id']}"
        assert (await browser.post(path, data={"currency": EUR, "n1000": "1"})).status_code == 404
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, lead["email"])
        assert "Handed to you by Kim Joiner" in (await browser.get("/app/cash")).text
        assert "Cash of Kim Joiner" in (await browser.get(path)).text
        taken_over = await browser.post(path, data={"currency": EUR, "n1000": "1"})
        assert (taken_over.status_code, taken_over.headers["location"]) == (303, "/app/cash")
        assert "€10.00" in (await browser.get("/app/cash")).text


async def _token(world: World, email: str) -> str:
    answer: dict[str, Any] = (await world.http.post("/v1/sign-in", json={"email": email, "password": PASSWORD})).json()
    return str(answer["access_token"])


async def test_the_pages_of_cash_speak_german_where_the_organisation_does(world: World, served: str) -> None:
    await world.sql("update identity.organisation set language = 'de' where organisation_id = $1", world.organisation_id)
    door = await at_the_door(world)
    await taken(world, Books(world), door.staff_id, 1_000)
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, door.email)
        shown = (await browser.get("/app/cash")).text
        assert all(said in shown for said in ("Mein Bargeld", "EUR abgeben", "Bestand jetzt", "10,00"))
        assert (await browser.get("/app/office/cash")).status_code == 403
