"""What a job may be billed for, shown to staff, and posted as it was shown."""

import re

import httpx
import pytest
from playwright.async_api import Page, expect

from tests.authorisations.matters import Matter
from tests.identity.builders import PASSWORD, joined
from tests.web.conftest import look
from tests.web.test_technicians_day import sign_in
from tests.world import World


@pytest.fixture
async def matter(world: World) -> Matter:
    """A job with something to bill, and something that can't be."""
    matter = await Matter(world).of_job()
    await matter.done({"description": "Oil change", "tax_rate": "19"})
    await matter.offer({"description": "Brake pads"})
    return matter


async def test_the_office_posts_what_the_draft_shows(world: World, served: str, phone: Page, matter: Matter) -> None:
    person = await joined(world, roles=("back_office",))
    await sign_in(phone, served, person["email"], to=f"/app/customers/{matter.customer_id}")
    await phone.get_by_role("link", name="What can be billed").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Invoice draft: Ada Owner")
    await expect(phone.locator("main")).to_contain_text("€119.00")
    await expect(phone.locator("main")).to_contain_text("The customer has not said yes to it.")
    await look(phone, "draft")
    await phone.get_by_role("button", name="Post this invoice").click()
    await expect(phone.locator("main")).to_contain_text("Nothing can be billed now.")
    await expect(phone.locator("main")).to_contain_text("Billed already.")
    [invoice] = (await world.done("GET", f"/v1/invoices?customer_id={matter.customer_id}"))["items"]
    assert invoice["total_minor"] == 11_900


async def test_who_may_not_post_sees_no_button_and_cant_send_the_form(world: World, served: str, matter: Matter) -> None:
    person = await joined(world, roles=("dispatcher",))
    async with httpx.AsyncClient(base_url=served) as browser:
        await browser.post("/sign-in", data={"email": person["email"], "password": PASSWORD, "to": "/app/day"})
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
        await browser.post("/sign-in", data={"email": person["email"], "password": PASSWORD, "to": "/app/day"})
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
        await browser.post("/sign-in", data={"email": person["email"], "password": PASSWORD, "to": "/app/day"})
        shown = await browser.get(f"/app/jobs/{matter.job_id}/invoice")
    assert all(said in shown.text for said in ("Kann hier nicht berechnet werden", "Diese Rechnung buchen", "Steuer 19 %", "119,00"))


def forms(page: str) -> dict[str, str]:
    """What the page's form would send."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)">', page))
