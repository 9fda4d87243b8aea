"""A card at the door: the reader asks for it, and the money is applied as any card payment; one open try an invoice, whichever way."""

from typing import Any
from uuid import UUID

import pytest

from service.integrations.asgi import running
from tests.billing.builders import Books, pay
from tests.billing.cards.shop import SECRET, Shop, worker_of
from tests.evidence.packs import job, matter_in

DECLINED = "4000000000000002"


class Door:
    """A technician with a reader at somebody's door."""

    def __init__(self, shop: Shop, reader_id: str) -> None:
        self.shop, self.world, self.reader_id = shop, shop.world, reader_id
        self.helpers = shop.world.app.state.outside.stripe.client.v1.test_helpers.terminal.readers

    async def begin(self, invoice_id: Any) -> dict[str, Any]:
        path = f"/v1/invoices/{invoice_id}/card-attempts"
        return await self.world.done("POST", path, {"way": "terminal"}, role="technician", key=str(self.world.id()))

    async def ask(self, attempt: dict[str, Any]) -> Any:
        return await self.world.post(f"/v1/card-attempts/{attempt['attempt_id']}/present", {"reader_id": self.reader_id}, role="technician")

    async def card(self, number: str | None = None) -> None:
        await self.helpers.present_payment_method_async(self.reader_id, {"card_present": {"number": number}} if number else {})

    async def state(self, attempt: dict[str, Any]) -> str:
        now = await self.world.done("POST", f"/v1/card-attempts/{attempt['attempt_id']}/refresh", role="technician")
        return str(now["state"])


@pytest.fixture
async def door(shop: Shop) -> Door:
    terminal = shop.world.app.state.outside.stripe.client.v1.terminal
    address: Any = {"country": "AT", "city": "Wien", "line1": "Ring 1", "postal_code": "1010"}
    location = await terminal.locations.create_async({"display_name": "Van 7", "address": address})
    made = await terminal.readers.create_async({"registration_code": "simulated-wpe", "location": location.id, "label": "Van 7"})
    return Door(shop, made.id)


async def test_a_card_held_to_the_reader_pays_the_invoice_after_one_that_was_declined(door: Door, books: Books) -> None:
    attempt = await door.begin(await books.invoice(customer_id := await books.customer(), 4_990))
    shown = await door.ask(attempt)
    assert (shown.status_code, shown.json()["asks"]) == (200, "in_progress")
    await door.card(DECLINED)
    assert await door.state(attempt) == "open"
    assert (await door.ask(attempt)).status_code == 200
    await door.card()
    assert await door.state(attempt) == "succeeded"
    assert (await door.shop.kinds(customer_id)).count("invoice_paid") == 1


async def test_a_link_begun_while_the_reader_asks_calls_the_reader_s_try_off(door: Door, books: Books) -> None:
    invoice_id = await books.invoice(await books.customer(), 4_990)
    at_reader = await door.begin(invoice_id)
    by_link = await door.shop.begin(invoice_id)
    await worker_of(door.shop, "cancel_attempt").drain()
    assert [await door.state(one) for one in (at_reader, by_link)] == ["closed", "open"]
    refused = await door.ask(at_reader)
    assert (refused.status_code, refused.json()["code"]) == (409, "CARD_REFUSED")


async def test_cash_taken_after_all_calls_the_reader_s_try_off(door: Door, books: Books) -> None:
    attempt = await door.begin(invoice_id := await books.invoice(await books.customer(), 4_990))
    await pay(door.world, 4_990, invoice_id=invoice_id)
    await worker_of(door.shop, "cancel_attempt").drain()
    assert await door.state(attempt) == "closed"


async def test_a_try_in_a_browser_is_not_shown_at_a_reader(door: Door, books: Books) -> None:
    attempt = await door.shop.begin(await books.invoice(await books.customer(), 4_990))
    assert (await door.ask(attempt)).status_code == 409


async def test_readers_are_listed_stopped_and_connected(door: Door, books: Books) -> None:
    await door.ask(await door.begin(await books.invoice(await books.customer(), 4_990)))
    listed = (await door.world.done("GET", "/v1/card-readers", role="technician"))["items"]
    assert {one["id"]: one["asks"] for one in listed}[door.reader_id] == "in_progress"
    stopped = await door.world.done("POST", f"/v1/card-readers/{door.reader_id}/stop", role="technician")
    assert stopped["asks"] is None
    token = await door.world.http.post(
        "/v1/card-readers/connection-tokens", headers={"Authorization": f"Bearer {await door.world.token('technician')}"}
    )
    assert (token.status_code, token.headers["cache-control"]) == (200, "no-store")
    assert token.json()["secret"]


async def test_a_reader_that_is_busy_or_off_says_so_and_what_helps(door: Door, books: Books) -> None:
    first, second = [await door.begin(await books.invoice(await books.customer(), 4_990)) for _ in "12"]
    await door.ask(first)
    busy = await door.ask(second)
    assert (busy.status_code, busy.json()["code"]) == (409, "READER_BUSY")
    await door.world.done("POST", f"/v1/card-readers/{door.reader_id}/stop", role="technician")
    assert (await door.ask(second)).status_code == 200
    await door.shop.standin.switch_reader(reader=door.reader_id, online=False)
    off = [await door.ask(first), await door.world.post(f"/v1/card-readers/{door.reader_id}/stop", role="technician")]
    assert [(one.status_code, one.json()["code"]) for one in off] == [(409, "READER_OFFLINE")] * 2
    assert "payment link" in off[0].json()["remedy"]


async def test_what_became_of_a_card_is_known_by_the_readers_own_event_where_the_intents_is_lost(door: Door, books: Books) -> None:
    shop = door.shop
    async with running(shop.world.app) as url:
        kinds = ["terminal.reader.action_succeeded", "terminal.reader.action_failed"]
        await shop.standin.register(url=url + shop.webhooks, secret=SECRET, enabled_events=kinds)
        attempt = await door.begin(await books.invoice(customer_id := await books.customer(), 4_990))
        await door.ask(attempt)
        await door.card(DECLINED)
        await door.ask(attempt)
        await door.card()
        await shop.standin.settle()
    told = await shop.world.sql("select type, outcome from billing.provider_event order by type")
    assert [tuple(row) for row in told] == [(kind, "taken") for kind in sorted(kinds)]
    assert "invoice_paid" not in await shop.kinds(customer_id)
    await worker_of(shop, "hear_reader").drain()
    assert (await shop.kinds(customer_id)).count("invoice_paid") == 1


async def test_a_readers_news_has_the_try_looked_at_however_it_ends(door: Door, books: Books) -> None:
    shop = door.shop
    attempt = await door.begin(await books.invoice(customer_id := await books.customer(), 4_990))
    await door.ask(attempt)
    asks: dict[str, Any] = {"type": "process_payment_intent", "process_payment_intent": {"payment_intent": attempt["intent_id"]}}
    reader = {"object": "terminal.reader", "id": door.reader_id, "livemode": False}
    for number, status in enumerate(("in_progress", "failed"), 1):
        news = reader | {"action": asks | {"status": status}}
        assert await shop.tell("terminal.reader.action_updated", news, event_id=f"evt_reader_{number}") == 200
        await worker_of(shop, "hear_reader").drain()
        assert (await shop.world.done("GET", f"/v1/card-attempts/{attempt['attempt_id']}"))["state"] == "open"
    await door.card()
    assert (
        await shop.tell("terminal.reader.action_updated", reader | {"action": asks | {"status": "succeeded"}}, event_id="evt_reader_3")
        == 200
    )
    await worker_of(shop, "hear_reader").drain()
    assert (await shop.world.done("GET", f"/v1/card-attempts/{attempt['attempt_id']}"))["state"] == "succeeded"
    assert (await shop.kinds(customer_id)).count("invoice_paid") == 1


async def test_why_a_reader_brought_nothing_is_said_with_what_helps_to_the_technician_and_the_office(door: Door, books: Books) -> None:
    attempt = await door.begin(await books.invoice(customer_id := await books.customer(), 4_990))

    async def failed() -> tuple[str, str, str]:
        to_technician = await door.world.done("POST", f"/v1/card-attempts/{attempt['attempt_id']}/refresh", role="technician")
        to_office = await door.world.done("GET", f"/v1/card-attempts/{attempt['attempt_id']}", role="back_office")
        assert to_office == to_technician
        failure = to_office["at_reader"]["failure"]
        return failure["reason"], failure["detail"], failure["remedy"]

    why: list[tuple[str, str, str]] = []
    for number in (DECLINED, "4000000000009995", "4000000000000069"):
        await door.ask(attempt)
        await door.card(number)
        why.append(await failed())
    await door.ask(attempt)
    await door.shop.standin.walk_away(reader=door.reader_id)
    why.append(await failed())
    await door.shop.standin.switch_reader(reader=door.reader_id, online=False)
    assert (await door.ask(attempt)).status_code == 409
    why.append(await failed())
    assert [reason for reason, *_ in why] == ["declined", "funds", "expired", "cancelled", "offline"]
    assert all(detail and remedy for _, detail, remedy in why)
    assert (await door.shop.kinds(customer_id)).count("reader_failed") == 5
    await door.shop.standin.switch_reader(reader=door.reader_id, online=True)
    await door.ask(attempt)
    [reader] = [
        one for one in (await door.world.done("GET", "/v1/card-readers", role="technician"))["items"] if one["id"] == door.reader_id
    ]
    assert (reader["asks"], reader["reason"]) == ("in_progress", None)
    await door.card()
    await door.state(attempt)
    paid = await door.world.done("GET", f"/v1/card-attempts/{attempt['attempt_id']}")
    assert (paid["state"], paid["at_reader"]["failure"], paid["at_reader"]["request"]) == ("succeeded", None, 6)


async def test_a_failure_that_is_told_late_belongs_to_the_request_that_it_was_of(door: Door, books: Books) -> None:
    attempt = await door.begin(await books.invoice(await books.customer(), 4_990))
    await door.ask(attempt)
    asks: dict[str, Any] = {"type": "process_payment_intent", "process_payment_intent": {"payment_intent": attempt["intent_id"]}}
    action = asks | {"status": "failed", "failure_code": "terminal_reader_timeout", "failure_message": "In vain"}
    news = {"object": "terminal.reader", "id": door.reader_id, "livemode": False, "action": action}
    for number in "12":
        assert await door.shop.tell("terminal.reader.action_updated", news, event_id=f"evt_late_{number}") == 200
    await door.world.done("POST", f"/v1/card-readers/{door.reader_id}/stop", role="technician")
    await door.ask(attempt)
    await worker_of(door.shop, "hear_reader").drain()
    rows = await door.world.sql("select request, reason from billing.reader_end where attempt_id = $1", UUID(attempt["attempt_id"]))
    assert [tuple(row) for row in rows] == [(1, "timed_out")]
    assert (await door.world.done("GET", f"/v1/card-attempts/{attempt['attempt_id']}"))["at_reader"]["failure"] is None


async def signed(door: Door, attempt: dict[str, Any]) -> Any:
    path = f"/v1/card-attempts/{attempt['attempt_id']}"
    asked = await door.world.post(f"{path}/sign", {"reader_id": door.reader_id, "title": "Bitte unterschreiben"}, role="technician")
    assert (asked.status_code, asked.json()["asks"]) == (200, "in_progress")
    return await door.world.done("GET", path)


async def test_a_signature_at_the_reader_is_kept_and_sent_to_the_bank_that_disputes_its_payment(door: Door) -> None:
    shop, world = door.shop, door.world
    matter = (await job(world, of=await matter_in(world))).matter
    [invoice] = (await world.done("GET", f"/v1/invoices?customer_id={matter.customer_id}"))["items"]
    attempt = await door.begin(invoice["id"])
    async with running(world.app) as url:
        await shop.standin.register(url=url + shop.webhooks, secret=SECRET)
        await door.ask(attempt)
        await door.card()
        await shop.standin.settle()
        assert (await signed(door, attempt))["signed_at"] is None
        await door.helpers.timeout_input_collection_async(door.reader_id)
        await shop.standin.settle()
        await worker_of(shop, "hear_reader").drain()
        failed = await signed(door, attempt)
        assert (failed["signed_at"], failed["state"]) == (None, "succeeded")
        done = await door.helpers.succeed_input_collection_async(door.reader_id)
        await shop.standin.settle()
        await worker_of(shop, "hear_reader").drain()
        assert (await world.done("GET", f"/v1/card-attempts/{attempt['attempt_id']}"))["signed_at"] is not None
        provider = world.app.state.outside.stripe.client.v1
        charge = (await provider.payment_intents.retrieve_async(attempt["intent_id"])).latest_charge
        dispute = (await shop.standin.dispute(charge=charge))["id"]
        await shop.standin.settle()
    [listed] = (await world.done("GET", "/v1/disputes"))["items"]
    path = f"/v1/disputes/{listed['id']}/evidence"
    await world.done("POST", path, {}, role="back_office", key=str(world.id()))
    await worker_of(shop, "send_dispute_evidence").drain()
    sent = (await provider.disputes.retrieve_async(dispute)).evidence["customer_signature"]
    assert sent == done.action.collect_inputs.inputs[0].signature.value
    kept = {field["name"]: field["value"] for field in (await world.done("GET", path, role="back_office"))["sendings"][0]["fields"]}
    assert kept["customer_signature"] == sent
    kinds = await shop.kinds(matter.customer_id)
    assert (kinds.count("signed_at_reader"), kinds.count("reader_failed")) == (1, 1)


async def test_a_try_that_no_reader_takes_is_signed_at_none(door: Door, books: Books) -> None:
    attempt = await door.shop.begin(await books.invoice(await books.customer(), 4_990))
    refused = await door.world.post(f"/v1/card-attempts/{attempt['attempt_id']}/sign", {"reader_id": door.reader_id}, role="technician")
    assert (refused.status_code, refused.json()["code"]) == (409, "CARD_REFUSED")


async def test_a_reader_is_taken_in_by_its_code_at_the_companys_address(shop: Shop) -> None:
    wanted = {"registration_code": "simulated-wpe", "label": "Van 8"}
    homeless = await shop.world.post("/v1/card-readers", wanted, role="manager")
    assert (homeless.status_code, homeless.json()["code"]) == (409, "CARD_REFUSED")
    seller = {"street": "Ring 1", "city": "Wien", "postcode": "1010", "country": "AT"}
    etag = (await shop.world.get("/v1/organisation", role="manager")).headers["etag"]
    await shop.world.done("PATCH", "/v1/organisation", seller, role="manager", headers={"If-Match": etag})
    reader = await shop.world.done("POST", "/v1/card-readers", wanted, role="manager")
    again = await shop.world.done("POST", "/v1/card-readers", wanted, role="manager")
    assert (reader["label"], reader["online"], again["id"]) == ("Van 8", True, reader["id"])
    assert reader["id"] in {one["id"] for one in (await shop.world.done("GET", "/v1/card-readers", role="technician"))["items"]}
    assert (await shop.world.post("/v1/card-readers", wanted, role="technician")).status_code == 403
