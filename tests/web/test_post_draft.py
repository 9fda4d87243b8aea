"""What a job may be billed for, shown to staff, and posted as it was shown."""

import re

import httpx
import pytest
from playwright.async_api import Page, expect

from tests.authorisations.matters import Matter
from tests.documents.traded import keep_parties
from tests.identity.builders import joined
from tests.web.conftest import look
from tests.web.doors import come_in, signed_in
from tests.world import World


@pytest.fixture
async def matter(world: World) -> Matter:
    """A job with something to bill, and something that can't be."""
    matter = await Matter(world).of_job()
    await matter.done({"description": "Oil change", "tax_rate": "19"})
    await matter.offer({"description": "Brake pads"})
    return matter


async def test_the_office_posts_what_the_draft_shows(world: World, served: str, phone: Page, matter: Matter) -> None:
    await keep_parties(matter)
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to=f"/app/customers/{matter.customer_id}")
    await phone.get_by_role("link", name="What can be billed").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Invoice draft: Ada Owner")
    await expect(phone.locator("main")).to_contain_text("€119.00")
    await expect(phone.locator("main")).to_contain_text("The customer has not said yes to it.")
    await expect(phone.locator("main")).to_contain_text("1 h at €100.00 before tax")
    await expect(phone.locator("section", has_text="Cannot be billed here")).to_contain_text("€100.00 before tax")
    await look(phone, "draft")
    await phone.get_by_role("button", name="Post this invoice").click()
    await expect(phone.locator("main")).to_contain_text("Nothing can be billed now.")
    [invoice] = (await world.done("GET", f"/v1/invoices?customer_id={matter.customer_id}"))["items"]
    assert invoice["total_minor"] == 11_900
    told = phone.get_by_role("status")
    await expect(told).to_contain_text(f"Invoice {invoice['number']} posted")
    await expect(phone.locator("section", has_text="Cannot be billed here")).not_to_contain_text("Oil change")
    await expect(phone.locator("section", has_text="Billed already")).to_contain_text("Oil change")
    await look(phone, "draft-posted")
    href = await told.get_by_role("link", name="Open it as PDF").get_attribute("href")
    answer = await phone.request.get(f"{served}{href}")
    assert (answer.status, answer.headers["content-type"], (await answer.body())[:4]) == (200, "application/pdf", b"%PDF")
    href = await told.get_by_role("link", name="E-invoice (XML)").get_attribute("href")
    answer = await phone.request.get(f"{served}{href}")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/xml")


async def test_an_invoice_of_another_customer_isnt_told_as_posted_here(world: World, served: str, matter: Matter) -> None:
    other = await Matter(world).of_job()
    [item] = await other.done({})
    foreign = await other.posted({"item_id": item})
    person = await joined(world, roles=("back_office",))
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, person["email"])
        for posted in (foreign["id"], str(world.id()), "x"):
            shown = await browser.get(f"/app/jobs/{matter.job_id}/invoice?posted={posted}")
            assert (shown.status_code, 'role="status"' in shown.text) == (200, False)
        incomplete = await browser.get(f"/app/invoices/{foreign['id']}/xml?syntax=ubl")
        assert incomplete.status_code == 422, "who sells and who buys wasn't on record"


@pytest.mark.parametrize(
    "deadline, said",
    [
        ("before_work", "A yes now covers later work only; what was done without a say-so is billed at 0."),
        ("after_work", "The customer may still say yes to it."),
    ],
)
async def test_what_was_done_beyond_what_was_agreed_says_what_a_yes_still_does(world: World, served: str, deadline: str, said: str) -> None:
    await world.done("POST", "/v1/policies", {"name": "OURS", "citation": "ours", "consent_deadline": deadline})
    matter = await Matter(world).of_job(policy_name="OURS")
    [item] = await matter.authorised({"quantity": "2"})
    await matter.work(item, "5")
    person = await joined(world, roles=("back_office",))
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, person["email"])
        shown = await browser.get(f"/app/jobs/{matter.job_id}/invoice")
    assert f"Done beyond what was agreed. {said}" in shown.text


async def test_who_may_not_post_sees_no_button_and_cant_send_the_form(world: World, served: str, matter: Matter) -> None:
    person = await joined(world, roles=("dispatcher",))
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, person["email"])
        shown = await browser.get(f"/app/jobs/{matter.job_id}/invoice")
        sent = await browser.post(f"/app/jobs/{matter.job_id}/invoice", data={"id": str(world.id()), "seen": "0" * 64})
    assert (shown.status_code, "Oil change" in shown.text, '<button class="wide">' in shown.text, sent.status_code) == (
        200,
        True,
        False,
        403,
    )


async def test_a_form_sent_twice_is_one_invoice_and_one_that_has_changed_is_none(world: World, served: str, matter: Matter) -> None:
    person = await joined(world, roles=("back_office",))
    path = f"/app/jobs/{matter.job_id}/invoice"
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, person["email"])
        old = forms((await browser.get(path)).text)
        await matter.done({"description": "Half an hour more", "quantity": "0.5"})
        changed = await browser.post(path, data=old)
        assert (changed.status_code, "Half an hour more" in changed.text) == (409, True)
        new = forms(changed.text)
        assert [(await browser.post(path, data=new)).status_code for _ in range(2)] == [303, 303]
    [invoice] = (await world.done("GET", f"/v1/invoices?customer_id={matter.customer_id}"))["items"]
    assert invoice["total_minor"] == 16_900


async def test_the_page_speaks_german_where_the_organisation_does(world: World, served: str, matter: Matter) -> None:
    await world.sql("update identity.organisation set language = 'de' where organisation_id = $1", world.organisation_id)
    person = await joined(world, roles=("back_office",))
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, person["email"])
        shown = await browser.get(f"/app/jobs/{matter.job_id}/invoice")
    assert all(said in shown.text for said in ("Kann hier nicht berechnet werden", "Diese Rechnung buchen", "Steuer 19 %", "119,00"))


def forms(page: str) -> dict[str, str]:
    """What the page's form would send."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)">', page))
