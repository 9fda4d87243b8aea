"""What is owed by no invoice is told to its customer with a link to pay it by, reminded of by the policy, and never again once it is paid."""

from uuid import UUID

import asyncpg
import httpx
from playwright.async_api import Page, expect

from service.billing.dunning.rule import SHIPPED
from service.billing.provider.pay_links import claim_path
from service.kit.principals import Principal
from service.kit.tasks.registry import WORKER
from service.notices.claim_letters import write_claim_reminder
from service.notices.records import Withdrawn
from service.notices.wording import worded
from service.settings import Settings
from tests.billing.bank_files import with_account
from tests.billing.builders import Books, pay
from tests.billing.cards.shop import Shop, worker_of
from tests.billing.cards.test_pay_from_paper import BUTTON, at_its_own_address, letter_of, path_of
from tests.billing.dunning import beat, live
from tests.billing.test_claim_refunded_money import refunded_and_returned
from tests.billing.test_match_bank_line import owed
from tests.billing.test_undo_bank_steps import SUM
from tests.documents.papers import IBAN, keep_account
from tests.proofs.soundness import offences
from tests.web.conftest import look


async def owing(shop: Shop, books: Books) -> tuple[UUID, UUID]:
    """A customer who owes by no invoice, and what; of a company that rests neither by night nor on any day, since the stand-in's clock is the real one."""
    steps = [{"kind": step.kind, "days_after": step.days_after, "held_by": step.held_by} for step in SHIPPED.steps]
    awake = {"calm_until": "00:00:00", "calm_from": "23:59:59", "rest_days": [], "rests_on_holidays": False}
    await shop.world.done("POST", "/v1/dunning/policies", {"steps": steps, **awake}, role="manager")
    await with_account(shop.world)
    await keep_account(shop.world, account_holder="Northwind GmbH", iban=IBAN)
    await refunded_and_returned(shop.world, customer_id := await books.customer())
    person = {"name": "Ada Owner", "channel": "email", "address": "ada@a.example", "may_authorise": True}
    await shop.world.done("POST", f"/v1/customers/{customer_id}/contacts", person)
    [claim] = (await shop.world.done("GET", f"/v1/customers/{customer_id}/account"))["claims"]
    return customer_id, UUID(claim["id"])


def owed_path(shop: Shop, claim_id: UUID) -> str:
    return claim_path(shop.world.database.cursors, organisation_id=shop.world.organisation_id, claim_id=claim_id)


async def page_of(shop: Shop, claim_id: UUID) -> str:
    answer = await shop.world.http.get(owed_path(shop, claim_id), headers={"authorization": ""})
    assert answer.status_code == 200, answer.text
    return answer.text.replace("\u00a0", " ")


async def pressed(shop: Shop, claim_id: UUID) -> httpx.Response:
    return await shop.world.http.post(owed_path(shop, claim_id), headers={"authorization": ""})


async def done(shop: Shop, customer_id: UUID) -> list[str]:
    dunning = await shop.world.done("GET", f"/v1/customers/{customer_id}/dunning")
    return [one["kind"] for one in reversed(dunning["done"])]


async def mails(shop: Shop) -> int:
    rows = await shop.world.sql(
        "select task_id from kit.task where organisation_id = $1 and body ->> 'notice' = 'claim_reminder'", shop.world.organisation_id
    )
    return len(rows)


async def test_it_is_told_at_once_then_reminded_and_called_about_and_nothing_else_is_done(
    shop: Shop, books: Books, owner: asyncpg.Connection, settings: Settings
) -> None:
    customer_id, claim_id = await owing(shop, books)
    ahead = await shop.world.done("GET", f"/v1/customers/{customer_id}/dunning")
    assert (ahead["next"]["kind"], ahead["next"]["claim_id"], ahead["next"]["invoice_id"]) == ("tell", str(claim_id), None)
    for _ in range(2):
        await beat(shop.world)
    assert (await done(shop, customer_id), await mails(shop)) == (["tell"], 1)
    [listed] = (await shop.world.done("GET", "/v1/dunning"))["items"]
    assert (listed["overdue"], listed["last"], listed["next"]["kind"]) == ([{"amount": SUM, "currency": "EUR"}], "tell", "remind")
    await live(shop.world, 100)
    assert (await done(shop, customer_id), await mails(shop)) == (["tell", "remind", "remind", "call"], 3)
    assert await offences(owner, settings, shop.world) == {}


async def test_whoever_has_paid_hears_no_more_of_it_and_a_mail_under_way_is_withdrawn(shop: Shop, books: Books) -> None:
    customer_id, claim_id = await owing(shop, books)
    await beat(shop.world)
    await pay(shop.world, SUM, customer_id=customer_id)
    await worker_of(shop, "use_credit").drain()
    values = {"customer_id": customer_id, "subject_id": claim_id, "pay_home": None}
    principal = Principal(organisation_id=shop.world.organisation_id, kind="system", id=WORKER)
    told = await shop.world.database.read(
        write_claim_reminder, principal=principal, at=shop.world.clock.now, request_id=shop.world.id(), values=values
    )
    assert told == Withdrawn("paid")
    await live(shop.world, 20)
    assert (await done(shop, customer_id), await mails(shop), (await shop.world.done("GET", "/v1/dunning"))["items"]) == (["tell"], 1, [])


async def test_a_hold_holds_it_as_it_holds_any_step(shop: Shop, books: Books) -> None:
    customer_id, _ = await owing(shop, books)
    await beat(shop.world)
    hold = {"kind": "legal", "note": "Insolvency"}
    await shop.world.done("POST", f"/v1/customers/{customer_id}/dunning-holds", hold, role="back_office")
    await live(shop.world, 5)
    ahead = await shop.world.done("GET", f"/v1/customers/{customer_id}/dunning")
    assert (await done(shop, customer_id), ahead["next"]["kind"], ahead["next"]["held_by"]) == (["tell"], "remind", ["legal"])


async def test_the_mail_says_why_and_how_it_is_paid(shop: Shop, books: Books) -> None:
    customer_id, claim_id = await owing(shop, books)
    for home, says in (("https://pay.example", True), (None, False)):
        letter = await letter_of(shop, write_claim_reminder, customer_id, claim_id, home)
        for language, told in (("en", "€10.00 is owed again"), ("de", "10,00\xa0€ sind wieder offen")):
            subject, text = worded("claim_reminder", language, letter.values)
            assert (subject, (f"https://pay.example{owed_path(shop, claim_id)}\n" in text), "IBAN: " in text) == (told, says, True)


async def test_its_customer_pays_it_from_their_phone_before_what_is_open_of_invoices(shop: Shop, books: Books, phone: Page) -> None:
    customer_id, claim_id = await owing(shop, books)
    await books.invoice(customer_id, 300)
    await beat(shop.world)
    async with at_its_own_address(shop) as url:
        await phone.goto(url + owed_path(shop, claim_id))
        await look(phone, "owed")
        await phone.get_by_role("button", name=BUTTON).click()
        await expect(phone.locator("body")).to_contain_text("10.00 EUR")
        await phone.locator("button[value=approve]").click()
        await expect(phone.locator("main")).to_contain_text("your payment has arrived")
        await phone.goto(url + owed_path(shop, claim_id))
        await expect(phone.locator("main")).to_contain_text("Paid: nothing is open any more.")
        await expect(phone.get_by_role("button")).to_have_count(0)
    assert ((await shop.kinds(customer_id)).count("claim_paid"), await owed(shop.world, customer_id)) == (1, (300, 0))
    refused = await pressed(shop, claim_id)
    assert (refused.status_code, "Nothing is open of this any more." in refused.text) == (409, True)


async def test_a_page_that_is_open_when_it_was_paid_otherwise_is_called_off(shop: Shop, books: Books) -> None:
    customer_id, claim_id = await owing(shop, books)
    one, two = [await pressed(shop, claim_id) for _ in "12"]
    assert (one.status_code, two.status_code, one.headers["location"] == two.headers["location"]) == (303, 303, False)
    await pay(shop.world, SUM, customer_id=customer_id)
    await worker_of(shop, "use_credit").drain()
    await worker_of(shop, "cancel_attempt").drain()
    states = await shop.world.sql("select state from billing.collection_attempt where claim_id = $1", claim_id)
    assert {row["state"] for row in states} == {"closed"}


async def test_a_try_to_collect_it_is_none_to_collect_an_invoice(shop: Shop, books: Books) -> None:
    customer_id, claim_id = await owing(shop, books)
    await pressed(shop, claim_id)
    [attempt] = await shop.world.sql("select attempt_id from billing.collection_attempt where claim_id = $1", claim_id)
    path = f"/v1/invoices/{await books.invoice(customer_id, 300)}/card-attempts"
    refused = await shop.world.post(path, {"id": str(attempt["attempt_id"]), "way": "checkout"}, key=str(shop.world.id()))
    assert (refused.status_code, refused.json().get("code")) == (409, "ATTEMPT_DIFFERS")


async def test_a_changed_link_opens_nothing(shop: Shop, books: Books) -> None:
    _, claim_id = await owing(shop, books)
    mine = owed_path(shop, claim_id)
    other = path_of(shop, await books.invoice(await books.customer(), 300))
    for path in (mine[:-1] + ("A" if mine[-1] != "A" else "E"), other.replace("/pay/", "/owed/"), mine.replace("/owed/", "/pay/")):
        for method in ("GET", "POST"):
            assert (await shop.world.http.request(method, path, headers={"authorization": ""})).status_code == 404, path


async def test_what_was_paid_by_its_link_and_then_disputed_is_owed_again(
    shop: Shop, books: Books, owner: asyncpg.Connection, settings: Settings
) -> None:
    customer_id, claim_id = await owing(shop, books)
    world = shop.world
    await pressed(shop, claim_id)
    [attempt] = await world.sql("select attempt_id, provider_session_id from billing.collection_attempt where claim_id = $1", claim_id)
    await shop.standin.submit(session=attempt["provider_session_id"])
    await world.done("POST", f"/v1/card-attempts/{attempt['attempt_id']}/refresh")
    assert await owed(world, customer_id) == (0, 0)
    [paid] = await world.sql("select payment_id, key from billing.payment where key_kind = 'payment_intent'")
    charge = (await world.app.state.outside.stripe.client.v1.payment_intents.retrieve_async(paid["key"])).latest_charge
    thing = await shop.standin.dispute(charge=charge)
    assert await shop.tell("charge.dispute.funds_withdrawn", thing, event_id=f"evt_{thing['id']}") == 200
    [again] = (await world.done("GET", f"/v1/customers/{customer_id}/account"))["claims"]
    assert (again["id"] == str(claim_id), again["payment_id"], again["open_minor"]) == (False, str(paid["payment_id"]), SUM)
    letter = await letter_of(shop, write_claim_reminder, customer_id, UUID(again["id"]), None)
    for language, said in (
        ("en", "your card's bank took this payment back"),
        ("de", "hat die Bank Ihrer Karte diese Zahlung von uns zurückgeholt"),
    ):
        subject, text = worded("claim_reminder", language, letter.values)
        assert (said in text, "wir haben Ihnen" in text or "we paid it back" in text) == (True, False), subject
    assert "your card’s bank took this payment back" in await page_of(shop, UUID(again["id"]))
    assert await offences(owner, settings, world) == {}
