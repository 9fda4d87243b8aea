"""The office sees the money that waits for a person, and does what it waits for there: proof sent, money placed or given back, work driven on."""

import html
import re
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx
import pytest
from playwright.async_api import Page, expect

from service.evidence.answers import list_undecided
from service.integrations.asgi import running
from service.web.money_words import MONEY_TASKS
from service.worker.rooms import kinds
from tests.billing.builders import Books, pay
from tests.billing.cards.disputes import Disputed
from tests.billing.cards.shop import Shop
from tests.billing.test_receive_cheque import acted, received
from tests.files import leaves_whole
from tests.identity.builders import PASSWORD, joined
from tests.subscriptions.builders import opened
from tests.web.conftest import entered, look
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
        await entered(phone, phone.get_by_role("button", name="Send the bank the proof"))
        await expect(phone.locator("main")).to_contain_text("the evidence is on its way")
        await expect(phone.get_by_role("button", name="Send the bank the proof")).to_have_count(0)
        assert (await one.now())["answer"] == "asked"
        await one.run()
        await phone.set_viewport_size({"width": 1280, "height": 800})
        await phone.reload()
        await expect(phone.locator("main")).to_contain_text("the bank has the evidence")
        await look(phone, "money-desktop")


async def test_no_dispute_is_left_out_however_many_there_are(office: httpx.AsyncClient, one: Disputed) -> None:
    world = one.shop.world
    await one.shop.tell("charge.dispute.created", one.thing | {"id": "dp_second"}, event_id="evt_second_dispute")
    told: dict[str, Any] = {"principal": world.principal(), "at": world.clock.now, "request_id": world.id()}
    pages = [await world.database.read(list_undecided, **told, values={"limit": 1, "cursor": None})]
    while pages[-1].next:
        pages.append(await world.database.read(list_undecided, **told, values={"limit": 1, "cursor": pages[-1].next}))
    ids = [str(page.items[0].dispute_id) for page in pages]
    assert len(set(ids)) == len(ids) == 2
    shown = (await office.get(f"/app/money?disputes_after={pages[0].next}")).text
    assert [f"/app/money/disputes/{dispute_id}" in shown for dispute_id in ids] == [False, True]


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


async def test_a_refund_by_hand_that_will_not_be_paid_is_called_off_on_the_page_and_one_to_a_card_is_not(
    shop: Shop, books: Books, phone: Page
) -> None:
    world, customer_id = shop.world, await books.customer()
    attempt = await shop.begin(await books.invoice(customer_id, 4_990))
    await shop.tell("payment_intent.succeeded", shop.intent(attempt), event_id="evt_paid")
    await pay(world, 800, customer_id=customer_id)
    [paid] = [one for one in (await world.done("GET", f"/v1/customers/{customer_id}/payments"))["items"] if one["method"] == "card"]
    for way in (
        {"via": "bank_transfer", "reason": "Their account was closed"},
        {"via": "card", "payment_id": paid["id"], "reason": "Too much"},
    ):
        await world.done(
            "POST",
            f"/v1/customers/{customer_id}/refunds",
            {"amount": {"amount": 400, "currency": "EUR"}, **way},
            key=f"k-{way['via']}-of-ours",
        )
    person = await joined(world, roles=("back_office",))
    async with running(world.app) as url:
        await sign_in(phone, url, person["email"], to="/app/money")
        refunds = phone.get_by_role("list", name="Refunds on their way")
        await expect(refunds.get_by_role("listitem")).to_have_count(2)
        await look(phone, "money-refunds")
        await entered(phone, refunds.get_by_role("button", name="It won’t be paid"))
        await expect(refunds.get_by_role("listitem")).to_have_count(1)
        await expect(refunds).to_contain_text("Too much")
        await expect(refunds.get_by_role("button")).to_have_count(0)
    states = {one["via"]: one["state"] for one in await leaves_whole(world, "/v1/refunds")}
    assert states == {"bank_transfer": "cancelled", "card": "proposed"}
    [card] = [one["id"] for one in await leaves_whole(world, "/v1/refunds?state=proposed")]
    refused = await world.post(f"/v1/refunds/{card}/cancel", key="key-of-calling-off")
    assert (refused.status_code, refused.json()["code"]) == (409, "REFUND_BY_CARD")


async def test_a_card_has_nothing_back_for_a_cheque_on_its_way_until_it_cleared(shop: Shop, books: Books) -> None:
    world, invoice_id = shop.world, await books.invoice(await books.customer(), 4_990)
    attempt = await shop.begin(invoice_id)
    await shop.tell("payment_intent.succeeded", shop.intent(attempt), event_id="evt_second")
    cheque = (await received(world, invoice_id, amount={"amount": 4_990, "currency": "EUR"})).json()["payment_id"]
    assert (await world.done("GET", "/v1/double-payments"))["items"] == []
    await acted(world, cheque, "clear", {"bank_reference": "B1"})
    [double] = (await world.done("GET", "/v1/double-payments"))["items"]
    sent = await world.post(f"/v1/double-payments/{double['payment_id']}/refund", key=str(world.id()))
    assert sent.status_code == 201


async def test_a_card_has_nothing_back_for_what_pays_another_invoice(shop: Shop, books: Books) -> None:
    world, invoice_id = shop.world, await books.invoice(customer_id := await books.customer(), 4_990)
    attempt = await shop.begin(invoice_id)
    await pay(world, 4_990, invoice_id=invoice_id)
    await shop.tell("payment_intent.succeeded", shop.intent(attempt), event_id="evt_second")
    await books.invoice(customer_id, 4_000)
    [double] = (await world.done("GET", "/v1/double-payments"))["items"]
    assert double["amount"]["amount"] == 990


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


async def parked(shop: Shop, books: Books, *, received: int = 4_000) -> tuple[UUID, str]:
    """Money that isn't what was asked for: the customer whose invoice of 49.90 it names, and where the page sends what is said of it."""
    customer_id = await books.customer()
    attempt = await shop.begin(await books.invoice(customer_id, 4_990))
    intent = shop.intent(attempt, amount_received=received)
    await shop.tell("payment_intent.succeeded", intent, event_id=f"evt_{intent['id']}")
    [one] = (await shop.world.done("GET", "/v1/payments/unapplied"))["items"]
    assert (one["customer_id"], one["invoice_number"]) == (str(customer_id), "INV-2026-1")
    return customer_id, f"/app/money/parked/{one['id']}"


async def credit(shop: Shop, customer_id: UUID) -> int:
    account = await shop.world.done("GET", f"/v1/customers/{customer_id}/account")
    return sum(int(one["credit_minor"]) for one in account["balances"])


async def died(shop: Shop, kind: str) -> str:
    """Work that gave up, as the runner leaves it."""
    task_id = shop.world.id()
    await shop.world.sql(
        "insert into kit.task (organisation_id, task_id, kind, subject_id, body, state, attempts, due_at, request_id, created_at)"
        " values ($1, $2, $3, $2, '{}', 'waiting', 0, $4, $2, $4)",
        shop.world.organisation_id,
        task_id,
        kind,
        shop.world.clock.now,
    )
    await shop.world.sql(
        "update kit.task set state = 'dead', attempts = 20, finished_at = $3, last_error = 'The provider gave no answer.'"
        " where organisation_id = $1 and task_id = $2",
        shop.world.organisation_id,
        task_id,
        shop.world.clock.now,
    )
    return str(task_id)


async def test_parked_money_is_placed_by_the_keyboard(shop: Shop, books: Books, phone: Page) -> None:
    customer_id, _ = await parked(shop, books)
    await died(shop, "create_refund")
    service = await opened(shop.world, begins_on=shop.world.clock.now.date().isoformat())
    seen = {"observed_at": shop.world.clock.now.isoformat(), "services": [{"subscription_id": service["id"], "state": "active"}]}
    await shop.world.done("POST", "/v1/provisioning/observed", seen)
    person = await joined(shop.world, roles=("manager",))
    async with running(shop.world.app) as url:
        await sign_in(phone, url, person["email"], to="/app/money")
        await look(phone, "money-waits")
        await phone.set_viewport_size({"width": 1280, "height": 800})
        await look(phone, "money-waits-desktop")
        await phone.get_by_label("Whose it is").focus()
        async with phone.expect_navigation():
            await phone.keyboard.press("Enter")
        await expect(phone.get_by_role("list", name="Came and isn’t applied")).to_have_text("Nothing at this moment.")
        for button, place in (("Order it anew now", "#network"), ("Try it again now", "#stuck")):
            await entered(phone, phone.get_by_role("button", name=button))
            assert phone.url.endswith(place)
        await expect(phone.get_by_role("list", name="Work that gave up")).to_have_text("Nothing at this moment.")
    [invoice] = (await shop.world.done("GET", f"/v1/customers/{customer_id}/account"))["open_invoices"]
    assert invoice["open_minor"] == 990


async def test_money_of_a_named_customer_goes_on_their_account_or_back_to_its_card(
    office: httpx.AsyncClient, shop: Shop, books: Books
) -> None:
    customer_id, action = await parked(shop, books)
    account = await shop.world.done("GET", f"/v1/customers/{customer_id}/account")
    await pay(shop.world, 4_990, invoice_id=UUID(account["open_invoices"][0]["invoice_id"]))
    await shop.world.done("PATCH", f"/v1/customers/{customer_id}", {"name": "Grace Payer"}, headers={"If-Match": '"1"'})
    nobody = await office.post(action, data={"whose": "Nobody we know", "act": "apply"})
    assert (nobody.status_code, "It isn’t clear whose this money is." in html.unescape(nobody.text)) == (422, True)
    assert (await office.post(action, data={"whose": "grace payer", "act": "refund"})).status_code == 303
    [refund] = (await shop.world.done("GET", f"/v1/customers/{customer_id}/refunds"))["items"]
    assert (refund["via"], refund["amount"]["amount"], await credit(shop, customer_id)) == ("card", 4_000, 0)
    for act in ("refund", "apply"):  # a colleague with the page of before presses again
        assert (await office.post(action, data={"whose": "INV-2026-1", "act": act})).status_code == 303
    assert len((await shop.world.done("GET", f"/v1/customers/{customer_id}/refunds"))["items"]) == 1


async def test_money_that_a_colleague_placed_elsewhere_is_not_said_to_be_placed(
    office: httpx.AsyncClient, shop: Shop, books: Books
) -> None:
    customer_id, action = await parked(shop, books)
    await books.invoice(customer_id, 1_000)
    await books.invoice(other := await books.customer(), 4_000)
    assert (await office.post(action, data={"whose": "INV-2026-1", "act": "apply"})).status_code == 303
    for whose, act in (("INV-2026-2", "apply"), ("INV-2026-3", "apply"), ("INV-2026-3", "refund")):
        assert (await office.post(action, data={"whose": whose, "act": act})).status_code == 409, (whose, act)
    assert (await office.post(action, data={"whose": "INV-2026-1", "act": "apply"})).status_code == 303
    path = f"/v1/parked-money/{action.rsplit('/')[-1]}/drive-again"
    refused = await shop.world.post(path, {"customer_id": str(other)}, key="key-of-another")
    assert (refused.status_code, refused.json()["code"]) == (409, "PAYMENT_DIFFERS")


async def test_what_is_owed_is_paid_before_anything_goes_back(office: httpx.AsyncClient, shop: Shop, books: Books) -> None:
    customer_id, action = await parked(shop, books, received=6_000)
    assert (await office.post(action, data={"whose": "INV-2026-1", "act": "refund"})).status_code == 303
    [refund] = (await shop.world.done("GET", f"/v1/customers/{customer_id}/refunds"))["items"]
    assert (refund["amount"]["amount"], await credit(shop, customer_id)) == (1_010, 0)


async def test_test_money_names_no_invoice_that_a_press_would_pay(office: httpx.AsyncClient, shop: Shop, books: Books) -> None:
    attempt = await shop.begin(await books.invoice(await books.customer(), 4_990))
    await shop.tell("payment_intent.succeeded", shop.intent(attempt, livemode=True), event_id="evt_of_the_other_mode")
    assert re.findall(r'name="whose"[^>]*value="([^"]*)"', (await office.get("/app/money")).text) == [""]


async def test_why_a_payment_is_not_applied_is_answered(office: httpx.AsyncClient, shop: Shop, books: Books) -> None:
    _, action = await parked(shop, books)
    [one] = (await shop.world.done("GET", "/v1/payments/unapplied"))["items"]
    asked = f"/app/money?intent={one['intent_id']}"
    assert "It is here, and waits:" in (await office.get(asked)).text
    assert "Nothing of it has come here." in (await office.get("/app/money?intent=pi_nobodys")).text
    await office.post(action, data={"whose": "INV-2026-1", "act": "apply"})
    assert "It is applied." in (await office.get(asked)).text


async def test_an_event_that_waits_is_tried_again_from_the_page(office: httpx.AsyncClient, shop: Shop, books: Books) -> None:
    attempt = await shop.begin(await books.invoice(await books.customer(), 4_990))
    await shop.standin.pay(intent=attempt["intent_id"])
    review = {"object": "review", "id": "prv_1", "payment_intent": attempt["intent_id"], "livemode": False, "reason": "rule", "open": True}
    await shop.tell("review.opened", review, event_id="evt_early")
    assert "/app/money/events/evt_early" in (await office.get("/app/money")).text
    assert (await office.post("/app/money/events/evt_early")).status_code == 303
    assert "/app/money/events/evt_early" not in (await office.get("/app/money")).text
    assert (await office.post("/app/money/events/evt_early")).status_code == 404


async def test_only_who_may_drives_work_of_money_on(office: httpx.AsyncClient, shop: Shop) -> None:
    task_id, _ = await died(shop, "create_refund"), await died(shop, "send_notice")
    shown = (await office.get("/app/money")).text
    assert (shown.count("The provider gave no answer."), "/app/money/tasks/" in shown) == (1, False)
    assert (await office.post(f"/app/money/tasks/{task_id}")).status_code == 403


def test_no_work_of_money_gives_up_unseen() -> None:
    rooms = ("service.billing", "service.evidence", "service.subscriptions")
    ours: dict[str, Any] = {
        name: kind for name, kind in kinds().items() if kind.handler.__module__.startswith(rooms) and kind.every is None
    }
    assert set(MONEY_TASKS) == set(ours)
