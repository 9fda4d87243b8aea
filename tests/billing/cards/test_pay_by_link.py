"""A link to the provider's own page: what it collects, and that every way it can end is told as it is."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import pytest

from service.integrations.asgi import running
from service.integrations.stripe.standin.remote import StandinRefused
from tests.billing.builders import Books, pay
from tests.billing.cards.shop import SECRET, Shop, worker_of

ACCOUNT, BAD_ACCOUNT = "DE89370400440532013000", "DE62370400440532013001"


async def link(shop: Shop, invoice_id: UUID, **options: Any) -> dict[str, Any]:
    """A try to collect by a link."""
    path, key = f"/v1/invoices/{invoice_id}/card-attempts", options.pop("key", str(shop.world.id()))
    return await shop.world.done("POST", path, {"way": "checkout", **options}, key=key)


async def stands(shop: Shop, attempt: dict[str, Any]) -> dict[str, Any]:
    return await shop.world.done("GET", f"/v1/card-attempts/{attempt['attempt_id']}")


async def back(shop: Shop, attempt: dict[str, Any]) -> httpx.Response:
    """The customer comes back from the provider's page."""
    session_id = (await stands(shop, attempt))["session_id"]
    session = await shop.world.app.state.outside.stripe.client.v1.checkout.sessions.retrieve_async(session_id)
    return await shop.world.http.get(urlsplit(session.success_url).path, headers={"authorization": ""})


async def submitted(shop: Shop, attempt: dict[str, Any], **how: Any) -> None:
    await shop.standin.submit(session=(await stands(shop, attempt))["session_id"], **how)


async def test_a_customer_pays_on_the_providers_page_and_comes_back_to_the_truth(shop: Shop, books: Books) -> None:
    attempt = await link(shop, await books.invoice(customer_id := await books.customer(), 4_990))
    assert (attempt["state"], attempt["intent_id"], attempt["client_secret"]) == ("open", None, None)
    assert "Nothing was paid." in (await back(shop, attempt)).text
    async with httpx.AsyncClient() as browser:
        assert "49.90 EUR" in (await browser.get(attempt["pay_url"])).text
        home = (await browser.post(attempt["pay_url"], data={"choice": "approve"})).headers["location"]
    page = await shop.world.http.get(urlsplit(home).path, headers={"authorization": ""})
    assert (page.status_code, "your payment has arrived" in page.text) == (200, True)
    now = await stands(shop, attempt)
    assert (now["state"], (await shop.kinds(customer_id)).count("invoice_paid")) == ("succeeded", 1)
    assert (await shop.world.done("GET", "/v1/ledger/trial-balance"))["sums"] == {"EUR": 0}


async def test_a_link_is_paid_once_by_its_real_webhooks(shop: Shop, books: Books) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 4_990)
    async with running(shop.world.app) as url:
        await shop.standin.register(url=url + shop.webhooks, secret=SECRET)
        attempt = await link(shop, invoice_id)
        await submitted(shop, attempt)
        await shop.standin.settle()
        assert (await stands(shop, attempt))["state"] == "succeeded"
    assert (await shop.kinds(customer_id)).count("payment_recorded") == 1
    told = await shop.world.sql("select outcome from billing.provider_event where type = 'checkout.session.completed'")
    assert [row["outcome"] for row in told] in (["moved"], ["unmoved"])


@pytest.mark.parametrize("account, state, open_minor", [(ACCOUNT, "succeeded", None), (BAD_ACCOUNT, "closed", 4_990)])
async def test_a_completed_page_that_is_unpaid_is_no_payment_until_its_bank_has_said_yes(
    shop: Shop, books: Books, account: str, state: str, open_minor: int | None
) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 4_990)
    async with running(shop.world.app) as url:
        await shop.standin.register(url=url + shop.webhooks, secret=SECRET)
        attempt = await link(shop, invoice_id)
        await submitted(shop, attempt, payment_method=account)
        await shop.standin.settle()
        assert (await stands(shop, attempt))["state"] == "processing"
        assert "Your bank has yet to confirm" in (await back(shop, attempt)).text
        assert "invoice_paid" not in await shop.kinds(customer_id)
        await shop.standin.advance(seconds=200)
        await shop.standin.settle()
    assert (await stands(shop, attempt))["state"] == state
    account_now = await shop.world.done("GET", f"/v1/customers/{customer_id}/account")
    assert [one["open_minor"] for one in account_now["open_invoices"]] == ([] if open_minor is None else [open_minor])


async def test_a_bank_that_said_no_unheard_is_learned_by_asking_and_the_invoice_is_open_for_another_try(shop: Shop, books: Books) -> None:
    attempt = await link(shop, invoice_id := await books.invoice(await books.customer(), 4_990))
    await submitted(shop, attempt, payment_method=BAD_ACCOUNT)
    await shop.standin.advance(seconds=200)
    assert "nothing came by it" in (await back(shop, attempt)).text
    assert (await link(shop, invoice_id))["state"] == "open"


async def test_the_sweeper_finds_what_was_paid_by_a_link_that_nobody_told_us(shop: Shop, books: Books) -> None:
    worker, attempt = worker_of(shop, "sweep_attempts"), await link(shop, await books.invoice(await books.customer(), 4_990))
    await submitted(shop, attempt)
    shop.world.clock.forward(seconds=61)
    await worker.drain()
    assert (await stands(shop, attempt))["state"] == "succeeded"


@pytest.mark.parametrize("way", ["checkout", "online", "terminal", "cash"])
async def test_another_try_in_whatever_way_ends_the_page_at_the_provider(shop: Shop, books: Books, way: str) -> None:
    worker, attempt = worker_of(shop, "cancel_attempt"), await link(shop, invoice_id := await books.invoice(await books.customer(), 4_990))
    session_id = (await stands(shop, attempt))["session_id"]
    if way == "cash":
        await pay(shop.world, 4_990, invoice_id=invoice_id)
    else:
        await link(shop, invoice_id, way=way)
    await worker.drain()
    assert (await stands(shop, attempt))["state"] == "closed"
    with pytest.raises(StandinRefused, match="expired"):
        await shop.standin.submit(session=session_id)


async def test_what_a_bank_has_yet_to_confirm_is_not_called_off_by_another_try(shop: Shop, books: Books) -> None:
    attempt = await link(shop, invoice_id := await books.invoice(await books.customer(), 4_990))
    await submitted(shop, attempt, payment_method=ACCOUNT)
    await back(shop, attempt)
    refused = await shop.world.post(f"/v1/invoices/{invoice_id}/card-attempts", {"way": "checkout"}, key=str(shop.world.id()))
    assert (refused.status_code, refused.json()["code"]) == (409, "ATTEMPT_RUNNING")
    assert (await stands(shop, attempt))["state"] == "processing"


async def test_a_page_that_was_paid_before_it_could_be_ended_is_credit(shop: Shop, books: Books) -> None:
    worker, invoice_id = worker_of(shop, "cancel_attempt"), await books.invoice(customer_id := await books.customer(), 4_990)
    attempt = await link(shop, invoice_id)
    await submitted(shop, attempt)
    await pay(shop.world, 4_990, invoice_id=invoice_id)
    await worker.drain()
    account = await shop.world.done("GET", f"/v1/customers/{customer_id}/account")
    assert account["balances"] == [{"currency": "EUR", "owed_minor": 0, "credit_minor": 4_990}]


async def test_a_page_that_is_over_by_the_providers_clock_closes_its_attempt(shop: Shop, books: Books) -> None:
    async with running(shop.world.app) as url:
        await shop.standin.register(url=url + shop.webhooks, secret=SECRET)
        attempt = await link(shop, await books.invoice(await books.customer(), 4_990))
        await shop.standin.advance(seconds=24 * 3600 + 60)
        await shop.standin.settle()
    assert (await stands(shop, attempt))["state"] == "closed"


async def test_a_link_asked_for_again_with_its_key_is_one_page(shop: Shop, books: Books) -> None:
    invoice_id = await books.invoice(await books.customer(), 4_990)
    await shop.standin.fail_next(how="error_after_commit", path_starts="/v1/checkout")
    path = f"/v1/invoices/{invoice_id}/card-attempts"
    silent = await shop.world.post(path, {"way": "checkout"}, key="key-of-link")
    assert silent.json()["code"] == "PROVIDER_SILENT"
    one, two = [await link(shop, invoice_id, key="key-of-link-2") for _ in "12"]
    assert one["pay_url"] == two["pay_url"]


async def test_a_page_whose_address_never_reached_us_is_given_up(shop: Shop, books: Books) -> None:
    worker, attempt_id = worker_of(shop, "sweep_attempts"), str(shop.world.id())
    path = f"/v1/invoices/{await books.invoice(await books.customer(), 4_990)}/card-attempts"
    await shop.standin.fail_next(how="cut_after", path_starts="/v1/checkout")
    await shop.world.post(path, {"id": attempt_id, "way": "checkout"}, key="key-of-link")
    shop.world.clock.forward(seconds=61)
    await worker.drain()
    assert (await shop.world.done("GET", f"/v1/card-attempts/{attempt_id}"))["state"] == "closed"


async def test_a_return_page_opens_for_nobody_who_guesses(shop: Shop) -> None:
    assert (await shop.world.http.get("/paid/AAAA", headers={"authorization": ""})).status_code == 404


async def test_a_page_of_another_organisation_is_no_matter_of_ours(shop: Shop, books: Books) -> None:
    attempt = await link(shop, await books.invoice(await books.customer(), 4_990))
    expired = {
        "object": "checkout.session", "id": (await stands(shop, attempt))["session_id"], "mode": "payment", "status": "expired", "payment_status": "unpaid",
        "created": int(shop.world.clock.now.timestamp()), "livemode": False,
        "metadata": {"organisation_id": str(shop.world.id()), "attempt_id": attempt["attempt_id"]},
    }  # fmt: skip
    assert await shop.tell("checkout.session.expired", expired, event_id="evt_foreign") == 200
    assert (await stands(shop, attempt))["state"] == "open"
