"""An accountant asks for figures on a page: what was owed, earned, taxed, held in cash and paid out, and takes each list along as a file."""

import csv
import io
import json

import httpx
from playwright.async_api import Page, expect

from tests.billing.builders import Books, pay
from tests.identity.builders import joined
from tests.web.conftest import look
from tests.web.doors import come_in, signed_in
from tests.web.test_close_books import month
from tests.world import World

__all__ = ["month"]
MARCH = "from_on=2026-03-01&last_on=2026-03-31"


async def test_the_month_before_is_told_in_words_and_sums(month: World, served: str, phone: Page) -> None:
    person = await joined(month, roles=("back_office",))
    await come_in(phone, served, person["email"], to="/app/office")
    await phone.get_by_role("link", name="Figures").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Figures from Sunday, 1 March 2026 to Tuesday, 31 March 2026")
    await expect(phone.get_by_role("list", name="Who owes how much, how late")).to_contain_text("€6.00")
    await expect(phone.locator("dl")).to_contain_text("not due yet")
    await expect(phone.get_by_role("list", name="Revenue and tax by month")).to_contain_text("March 2026 · work")
    await expect(phone.get_by_role("list", name="Who holds cash")).to_contain_text("Robin Field")
    assert await phone.evaluate("document.documentElement.scrollWidth") <= 390
    await look(phone, "figures")
    await phone.get_by_label("From").fill("2026-04-01")
    await phone.get_by_label("Up to and with").fill("2026-04-02")
    await phone.get_by_role("button", name="Show").click()
    await expect(phone.get_by_role("list", name="Revenue and tax by month")).to_contain_text("Nothing was posted in these days.")
    await expect(phone.get_by_role("list", name="Who owes how much, how late")).to_contain_text("€6.00")


async def test_each_list_leaves_whole_as_a_file_and_is_the_one_that_programs_read(month: World, served: str) -> None:
    person = await joined(month, roles=("back_office",))
    async with httpx.AsyncClient(base_url=served, follow_redirects=True) as browser:
        await signed_in(browser, person["email"])
        shown = (await browser.get(f"/app/reports?{MARCH}")).text
        links = {one.split('"')[0].replace("&amp;", "&") for one in shown.split('href="')[1:] if one.startswith("/app/reports/")}
        assert len(links) == 2 * 14
        for link in sorted(links):
            file = await browser.get(link)
            assert file.status_code == 200, (link, file.text)
            assert file.headers["content-disposition"].startswith('attachment; filename="')
        invoices = await browser.get("/app/reports/invoices/csv?from_on=2026-01-01&last_on=2026-03-31")
        payments = await browser.get(f"/app/reports/payments/jsonl?{MARCH}")
        income = await browser.get(f"/app/reports/income/csv?{MARCH}")
        none = await browser.get("/app/reports/invoices/csv?from_on=2026-04-01&last_on=2026-04-02")
    assert [row["total_minor"] for row in csv.DictReader(io.StringIO(invoices.text, newline=""))] == ["1000"]
    assert [json.loads(line)["amount_minor"] for line in payments.text.splitlines()] == [400]
    assert income.text == (await month.get("/v1/reports/income.csv?from_on=2026-03-01&until_on=2026-04-01")).text
    assert len(none.text.splitlines()) == 1


async def test_figures_are_for_whoever_may_read_reports_and_of_days_that_there_are(month: World, served: str) -> None:
    for role, path, status in (
        ("technician", "/app/reports", 403),
        ("technician", f"/app/reports/invoices/csv?{MARCH}", 403),
        ("dispatcher", f"/app/reports/invoices/csv?{MARCH}", 403),
        ("back_office", f"/app/reports/wages/csv?{MARCH}", 404),
        ("back_office", "/app/reports?from_on=2026-04-02&last_on=2026-04-01", 422),
        ("back_office", "/app/reports?from_on=9999-12-31&last_on=9999-12-31", 422),
        ("back_office", "/app/reports?from_on=0001-01-01&last_on=0001-01-02", 422),
        ("back_office", f"/app/reports/invoices/xlsx?{MARCH}", 422),
        ("manager", "/app/reports", 200),
    ):
        person = await joined(month, roles=(role,))
        async with httpx.AsyncClient(base_url=served, follow_redirects=True) as browser:
            await signed_in(browser, person["email"])
            assert (await browser.get(path)).status_code == status, (role, path)


async def test_it_says_so_in_german(world: World, served: str) -> None:
    books = Books(world)
    await pay(world, 400, role="agent", invoice_id=await books.invoice(await books.customer(), 1_000))
    await world.sql("update identity.organisation set language = 'de' where organisation_id = $1", world.organisation_id)
    person = await joined(world, roles=("back_office",))
    async with httpx.AsyncClient(base_url=served, follow_redirects=True) as browser:
        await signed_in(browser, person["email"])
        shown = (await browser.get("/app/reports?from_on=2026-03-01&last_on=2026-03-04")).text.replace("\u00a0", " ")
    missing = [
        one for one in ("Auswertungen von", "noch nicht fällig", "6,00 €", "März 2026 · Arbeit", "Wer Bargeld hat") if one not in shown
    ]
    assert missing == []
