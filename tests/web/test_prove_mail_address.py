"""The organisation's own addresses on a page: mail is taken in, a code proves one to be theirs, and mail is from it."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
from playwright.async_api import Page, expect

from tests.identity.builders import PASSWORD, joined
from tests.notices.conftest import Mailbox, mailbox, work
from tests.web.conftest import look
from tests.web.doors import come_in
from tests.world import World

__all__ = ["mailbox", "work"]


async def test_an_address_is_added_proven_and_sent_from(
    world: World, served: str, phone: Page, mailbox: Mailbox, work: Callable[[], Awaitable[Any]]
) -> None:
    address = f"help-{world.organisation_id.hex[-12:]}@north.example"
    person = await joined(world, roles=("manager",))
    await come_in(phone, served, person["email"], to="/app/mail-addresses")
    await expect(phone.locator("main")).to_contain_text("Mail to your customers is from the operator’s address, sayso@localhost.")
    await phone.get_by_label("Address of mail").fill(address)
    await phone.get_by_role("button", name="Take mail in there").click()
    await expect(phone.locator("main")).to_contain_text("not proven to be yours")
    await look(phone, "mail-addresses")
    await phone.get_by_role("button", name="Send a code there").click()
    await expect(phone.get_by_role("status")).to_contain_text(f"A code is on its way to {address}.")
    await work()
    [mail] = mailbox.to(address)
    code = next(line for line in mail.get_content().splitlines() if line.count("-") == 2 and len(line) == 14)
    await phone.get_by_label("The code from the mail that went there").fill("AAAA-BBBB-CCCC")
    await phone.get_by_role("button", name="This address is ours").click()
    await expect(phone.get_by_role("alert")).to_contain_text("This isn’t a code that went to this address within a day.")
    await phone.get_by_label("The code from the mail that went there").fill(code)
    await phone.get_by_role("button", name="This address is ours").click()
    await expect(phone.locator("main")).to_contain_text("proven to be yours")
    await expect(phone.locator("main")).to_contain_text("Proven on Wed 4 Mar 2026, 13:00.")
    await phone.get_by_label("By which name people read it").fill("North")
    await phone.get_by_role("button", name="Send your mail from it").click()
    await expect(phone.locator("main")).to_contain_text(f"Mail to your customers is from North, {address}.")
    await look(phone, "mail-addresses-sent-from")
    await phone.get_by_role("button", name="Send from the operator’s address again").click()
    await expect(phone.locator("main")).to_contain_text("Mail to your customers is from the operator’s address")


async def test_only_managers_come_here_and_no_form_from_elsewhere_acts(world: World, served: str) -> None:
    door = (await world.done("POST", "/v1/mail-addresses", {"address": f"{world.organisation_id.hex}@north.example"}))["id"]
    for role, status in (("back_office", 403), ("manager", 200)):
        person = await joined(world, roles=(role,))
        async with httpx.AsyncClient(base_url=served) as browser:
            await browser.post("/sign-in", data={"email": person["email"], "password": PASSWORD})
            assert (await browser.get("/app/mail-addresses")).status_code == status
            forged = await browser.post(f"/app/mail-addresses/{door}/code", headers={"Sec-Fetch-Site": "cross-site"})
            assert forged.status_code == 403
