"""The office sees the books up to a day, what keeps them open, and closes them."""

import csv
import io

import httpx
import pytest
from playwright.async_api import Page, expect

from tests.billing.builders import Books, pay
from tests.identity.builders import joined
from tests.web.conftest import look
from tests.web.doors import come_in, signed_in
from tests.world import World


@pytest.fixture
async def month(world: World) -> World:
    """A month with an invoice half paid in cash, which is handed in and not accepted; now it is the third of April."""
    books = Books(world)
    invoice_id = await books.invoice(await books.customer(), 1_000)
    await pay(world, 400, role="agent", invoice_id=invoice_id)
    counted = {"counted": {"amount": 400, "currency": "EUR"}}
    await world.done("POST", "/v1/cash/hand-ins", counted, role="agent", key=str(world.id()))
    world.clock.forward(days=30)
    return world


async def accepted(world: World) -> None:
    """Somebody else counts the cash and accepts it."""
    (hand_in,) = (await world.done("GET", "/v1/cash/hand-ins"))["items"]
    await world.done(
        "POST", f"/v1/cash/hand-ins/{hand_in['id']}/accept", {"counted": {"amount": 400, "currency": "EUR"}}, key=str(world.id())
    )


async def test_a_month_is_closed_once_nothing_keeps_it_open(month: World, served: str, phone: Page) -> None:
    person = await joined(month, roles=("manager",))
    await come_in(phone, served, person["email"], to="/app/office")
    await phone.get_by_role("link", name="Books").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Books up to Tuesday, 31 March 2026")
    await look(phone, "books-open")
    await expect(phone.get_by_role("list", name="What keeps these days open")).to_contain_text("Cash handed in and not accepted")
    await expect(phone.get_by_role("button", name="Close these days")).to_have_count(0)
    await expect(phone.get_by_role("list", name="Trial balance").get_by_role("listitem")).to_contain_text(
        ["cash on somebody Robin Field", "owed by customers", "revenue", "All together"]
    )
    await accepted(month)
    await phone.reload()
    await look(phone, "books")
    await phone.get_by_label("I know that closed days").check()
    await phone.get_by_role("button", name="Close these days").click()
    await expect(phone.get_by_role("status")).to_have_text("These days are closed: nothing is posted into them any more.")
    await expect(phone.locator("main")).to_contain_text("Closed up to and with Tuesday, 31 March 2026.")
    assert [one["last_on"] for one in (await month.done("GET", "/v1/ledger/periods"))["items"]] == ["2026-03-31"]


async def test_nothing_is_closed_unless_the_reader_says_so_and_may(month: World, served: str) -> None:
    await accepted(month)
    for role, sent, status in (("manager", {}, 303), ("manager", {"last_on": "soon"}, 422), ("back_office", {"sure": "yes"}, 403)):
        async with httpx.AsyncClient(base_url=served) as browser:
            await signed_in(browser, (await joined(month, roles=(role,)))["email"])
            shown = await browser.get("/app/books")
            assert ("Close these days" in shown.text) == (role == "manager")
            answer = await browser.post("/app/books", data={"last_on": "2026-03-31"} | sent)
            assert answer.status_code == status, (role, sent)
    assert (await month.done("GET", "/v1/ledger/periods"))["items"] == []


async def test_the_journal_is_taken_along_and_the_page_speaks_german(month: World, served: str) -> None:
    await month.sql("update identity.organisation set language = 'de' where organisation_id = $1", month.organisation_id)
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, (await joined(month, roles=("back_office",)))["email"])
        shown = (await browser.get("/app/books")).text
        for said in (
            "Bücher bis Dienstag, 31. März 2026",
            "Abgegebenes Bargeld, nicht angenommen",
            "Forderungen an Kunden",
            "Summen und Salden",
        ):
            assert said in shown
        sheet = await browser.get("/app/books/journal.csv?until_on=2026-04-01")
        assert (await browser.get("/app/books?last_on=9999-12-31")).status_code == 422
    assert sorted(row["kind"] for row in csv.DictReader(io.StringIO(sheet.text, newline=""))) == ["allocation", "payment", "sale"]


async def test_a_technician_is_shown_no_books(month: World, served: str) -> None:
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, (await joined(month, roles=("technician",)))["email"])
        assert (await browser.get("/app/books")).status_code == 403
