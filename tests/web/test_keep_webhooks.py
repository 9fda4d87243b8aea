"""Webhooks on pages: added, tried, looked into where they fail, and sent again, without a script."""

from collections.abc import Awaitable, Callable

import httpx
from playwright.async_api import Page, expect

from service.integrations.asgi import Answer
from tests.identity.builders import joined
from tests.web.conftest import look
from tests.web.doors import come_in, signed_in
from tests.webhooks.builders import Hearer, Hooks, data, signed_by
from tests.webhooks.conftest import hooks, one_receiver, outside, receiver, work, worker
from tests.world import World

__all__ = ["hooks", "one_receiver", "outside", "receiver", "work", "worker"]


async def test_a_manager_adds_one_tries_it_and_has_what_was_given_up_sent_again(
    world: World, served: str, phone: Page, hooks: Hooks, receiver: Hearer, work: Callable[..., Awaitable[int]]
) -> None:
    manager = str((await joined(world, roles=("manager",)))["email"])
    await come_in(phone, served, manager, to="/app/office")
    await phone.get_by_role("link", name="Webhooks").click()
    await expect(phone.locator("h1")).to_have_text("Webhooks")
    await phone.get_by_label("Address").fill("https://10.0.0.1/hook")
    await phone.get_by_label("What it is for").fill("The <b>books</b>")
    await phone.get_by_role("button", name="Add it").click()
    await expect(phone.get_by_role("alert")).to_contain_text("Nothing is sent to this address.")
    await phone.get_by_label("Address").fill(hooks.url)
    await phone.get_by_label("Kinds of facts").fill("customer_added, customer_changed")
    await look(phone, "webhooks-add")
    await phone.get_by_role("button", name="Add it").click()
    await expect(phone.locator("h1")).to_have_text("The <b>books</b>")
    secret = await phone.get_by_role("status").locator("code").inner_text()
    await look(phone, "webhooks-secret")
    hook = {"id": phone.url.rpartition("/")[2]} if "add" not in phone.url else (await world.done("GET", "/v1/webhooks"))["items"][0]
    await phone.goto(f"{served}/app/webhooks/{hook['id']}")
    assert secret not in await phone.content()
    await phone.get_by_role("button", name="Send a message to try it").click()
    await expect(phone.locator("main")).to_contain_text("customer_added, customer_changed")
    await work()
    assert receiver.kinds == ["ping"]
    assert signed_by(receiver.requests[0], secret)
    ada = await hooks.customer()
    receiver.refused = {ada}
    for _ in range(26):
        await hooks.customer()
        await work(hours=3)
    receiver.answers = [Answer(status=503, body=b"<script>alert(1)</script>")] * 20
    await hooks.customer()
    await work()
    await come_in(phone, served, manager, to=f"/app/webhooks/{hook['id']}")
    await expect(phone.locator("main")).to_contain_text("Nothing gets through since")
    await phone.get_by_text("Attempts: 1").first.click()
    await expect(phone.locator("main")).to_contain_text("<script>alert(1)</script>")
    await look(phone, "webhooks-failing")
    await phone.get_by_role("link", name="Given up").click()
    await expect(phone.locator("#log + nav + form + ul > li")).to_have_count(1)
    receiver.refused, receiver.answers = set(), []
    await phone.get_by_role("button", name="Send all that was given up again").click()
    await expect(phone.get_by_role("button", name="Send all that was given up again")).to_have_count(0)
    await work(minutes=1)
    assert ada in [data(one)["subject_id"] for one in receiver.requests[-2:]]
    await phone.get_by_text("Secret", exact=True).click()
    await phone.get_by_role("button", name="Make another secret").click()
    await expect(phone.get_by_role("status")).to_contain_text("The one before it signs too until")
    await world.changed("/v1/organisation", language="de")
    await phone.goto(f"{served}/app/webhooks/{hook['id']}")
    await expect(phone.locator("main")).to_contain_text("Unterschrieben wird mit Geheimnis Nummer 2.")
    await phone.get_by_role("button", name="Unterbrechen").click()
    await expect(phone.locator("main")).to_contain_text("Jemand hat ihn unterbrochen.")
    await look(phone, "webhooks-paused-de")
    await phone.get_by_role("link", name="Webhooks").click()
    await expect(phone.locator("main")).to_contain_text("Webhook hinzufügen")
    await look(phone, "webhooks-de")


async def test_whoever_keeps_no_webhooks_sees_none(world: World, served: str, hooks: Hooks) -> None:
    hook = await hooks.add()
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, str((await joined(world, roles=("back_office",)))["email"]))
        assert "/app/webhooks" not in (await browser.get("/app/office")).text
        for path in ("/app/webhooks", f"/app/webhooks/{hook['id']}"):
            assert (await browser.get(path)).status_code == 403
        assert (await browser.post(f"/app/webhooks/{hook['id']}/end")).status_code == 403
        await signed_in(browser, str((await joined(world, roles=("manager",)))["email"]))
        cross = await browser.post(f"/app/webhooks/{hook['id']}/end", headers={"Sec-Fetch-Site": "cross-site"})
        assert cross.status_code == 403
        assert (await browser.post(f"/app/webhooks/{hook['id']}/burn")).status_code == 404
        assert (await browser.post(f"/app/webhooks/{hook['id']}/resend", data={"since": "soon"})).status_code == 422
    assert (await hooks.look(hook))["state"] == "active"
