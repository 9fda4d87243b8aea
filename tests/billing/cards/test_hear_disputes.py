"""What the provider tells beside payments is taken in in any order: what it is about and isn't here yet is waited for, and told why."""

from typing import Any

import pytest

from tests.billing.builders import Books, pay
from tests.billing.cards.shop import Shop, worker_of
from tests.files import leaves_whole


class Told:
    """A card payment and everything else that the provider could tell of it."""

    def __init__(self, shop: Shop, attempt: dict[str, Any], customer_id: Any) -> None:
        self.shop, self.attempt, self.customer_id = shop, attempt, customer_id
        self.intent = shop.intent(attempt)
        self.intent_id = attempt["intent_id"]

    async def pays(self) -> None:
        await self.tell("payment_intent.succeeded", self.intent)

    async def tell(self, kind: str, thing: dict[str, Any], *, event_id: str | None = None) -> None:
        event_id = event_id or f"evt_{kind}_{self.intent_id}"
        assert await self.shop.tell(kind, thing, event_id=event_id) == 200

    def dispute(self, status: str, **differences: Any) -> dict[str, Any]:
        return {
            "object": "dispute", "id": f"du_{self.intent_id}", "amount": 4_990, "currency": "eur", "status": status, "reason": "fraudulent", "livemode": False,
            "payment_intent": self.intent_id, "created": int(self.shop.world.clock.now.timestamp()), "metadata": {},
            "evidence_details": {"due_by": int(self.shop.world.clock.now.timestamp()) + 7 * 86_400, "submission_count": 0},
        } | differences  # fmt: skip

    def refund(self, status: str, **differences: Any) -> dict[str, Any]:
        return {
            "object": "refund", "id": f"re_{self.intent_id}", "amount": 1_000, "currency": "eur", "status": status, "metadata": {}, "livemode": False,
            "payment_intent": self.intent_id, "created": int(self.shop.world.clock.now.timestamp()),
        } | differences  # fmt: skip

    async def account(self) -> dict[str, int]:
        (balance,) = (await self.shop.world.done("GET", f"/v1/customers/{self.customer_id}/account"))["balances"]
        return {"owed": balance["owed_minor"], "credit": balance["credit_minor"]}

    async def books(self) -> dict[str, int]:
        told = await self.shop.world.done("GET", "/v1/ledger/trial-balance")
        assert set(told["sums"].values()) == {0}
        return {one["kind"]: one["balance_minor"] for one in told["accounts"]}

    async def unapplied(self) -> list[dict[str, Any]]:
        return await leaves_whole(self.shop.world, f"/v1/payments/unapplied?intent_id={self.intent_id}")

    async def unread(self) -> list[str]:
        rows = await self.shop.world.sql("select type from billing.provider_event where outcome = 'unread' order by event_id")
        return [row["type"] for row in rows]

    async def drive(self) -> list[str]:
        return [
            (await self.shop.world.done("POST", f"/v1/payments/unapplied/{one['id']}/drive"))["state"] for one in await self.unapplied()
        ]


@pytest.fixture
async def told(shop: Shop, books: Books) -> Told:
    attempt = await shop.begin(await books.invoice(customer_id := await books.customer(), 4_990))
    return Told(shop, attempt, customer_id)


async def test_disputed_money_is_owed_again_and_pays_again_once_the_dispute_is_won(told: Told) -> None:
    await told.pays()
    await told.tell("charge.dispute.created", told.dispute("needs_response"))
    assert await told.account() == {"owed": 0, "credit": 0}
    await told.tell("charge.dispute.funds_withdrawn", told.dispute("needs_response"))
    assert await told.account() == {"owed": 4_990, "credit": 0}
    assert (await told.books())["card_clearing"] == 0
    (listed,) = await leaves_whole(told.shop.world, "/v1/disputes")
    assert (listed["status"], listed["withdrawn"], listed["customer_id"]) == ("needs_response", True, str(told.customer_id))
    assert listed["due_by"] > listed["opened_at"]
    await told.tell("charge.dispute.closed", told.dispute("won"))
    assert (await told.shop.world.done("GET", "/v1/disputes"))["items"] == []
    assert [one["status"] for one in (await told.shop.world.done("GET", "/v1/disputes?decided=true"))["items"]] == ["won"]
    await told.tell("charge.dispute.funds_reinstated", told.dispute("won"))
    assert await told.account() == {"owed": 0, "credit": 0}
    assert (await told.books())["card_clearing"] == 4_990


async def test_a_part_that_is_disputed_opens_that_part_only(told: Told) -> None:
    await told.pays()
    await told.tell("charge.dispute.funds_withdrawn", told.dispute("lost", amount=2_000))
    assert await told.account() == {"owed": 2_000, "credit": 0}
    assert (await told.books())["card_clearing"] == 2_990


async def test_a_dispute_told_backwards_ends_as_it_would_have_in_order(told: Told) -> None:
    await told.tell("charge.dispute.funds_reinstated", told.dispute("won"))
    await told.tell("charge.dispute.closed", told.dispute("won"))
    await told.tell("charge.dispute.funds_withdrawn", told.dispute("under_review"))
    await told.tell("charge.dispute.created", told.dispute("needs_response"))
    waiting = await told.unapplied()
    assert [one["reason"] for one in waiting] == ["PAYMENT_UNKNOWN"] * 4
    assert all(one["detail"] and one["remedy"] and one["next_try_at"] for one in waiting)
    await told.pays()
    assert await told.drive() == ["taken"] * 4
    assert await told.account() == {"owed": 0, "credit": 0}
    assert (await told.books())["card_clearing"] == 4_990
    steps = await told.shop.world.sql("select status from billing.dispute_step order by step")
    assert [row["status"] for row in steps] == ["won"]


async def test_what_its_payer_had_back_by_another_way_and_then_disputed_is_owed_again_by_no_invoice(told: Told) -> None:
    world = told.shop.world
    await pay(world, 4_990, customer_id=told.customer_id)
    await told.pays()
    [payment] = [one for one in (await world.done("GET", f"/v1/customers/{told.customer_id}/payments"))["items"] if one["method"] == "card"]
    refund = {"amount": {"amount": 4_990, "currency": "EUR"}, "via": "bank_transfer", "reason": "Paid twice"}
    out = await world.done("POST", f"/v1/customers/{told.customer_id}/refunds", refund, role="back_office", key="key-of-refund")
    await world.done("POST", f"/v1/refunds/{out['refund_id']}/pay", role="back_office", key="key-of-paying")
    await told.tell("charge.dispute.funds_withdrawn", told.dispute("needs_response"))
    account = await world.done("GET", f"/v1/customers/{told.customer_id}/account")
    [claim] = account["claims"]
    assert (claim["payment_id"], claim["open_minor"]) == (payment["id"], 4_990)
    assert (await told.account(), await told.unapplied()) == ({"owed": 4_990, "credit": 0}, [])
    await told.tell("charge.dispute.funds_reinstated", told.dispute("won"))
    world.clock.forward(minutes=2)
    await worker_of(told.shop, "use_credit").drain()
    assert await told.account() == {"owed": 0, "credit": 0}


async def test_what_a_person_took_back_before_is_not_taken_twice_by_its_dispute(told: Told) -> None:
    await told.pays()
    payment = (await told.shop.world.done("GET", f"/v1/customers/{told.customer_id}/payments"))["items"][0]
    await told.shop.world.done("POST", f"/v1/payments/{payment['id']}/reverse", {"reason": "Charged back"}, key="key-of-reversal")
    await told.tell("charge.dispute.funds_withdrawn", told.dispute("needs_response"))
    assert await told.account() == {"owed": 4_990, "credit": 0}
    assert (await told.books())["card_clearing"] == 0


async def test_disputed_money_is_not_taken_back_by_hand_too(told: Told) -> None:
    await told.pays()
    payment = (await told.shop.world.done("GET", f"/v1/customers/{told.customer_id}/payments"))["items"][0]
    await told.tell("charge.dispute.funds_withdrawn", told.dispute("needs_response"))
    refused = await told.shop.world.post(f"/v1/payments/{payment['id']}/reverse", {"reason": "Charged back"}, key="key-of-reversal")
    assert (refused.status_code, refused.json()["code"]) == (409, "ALREADY_REVERSED")


async def test_a_refund_made_at_the_provider_waits_for_its_payment_and_then_for_credit(told: Told) -> None:
    await told.tell("refund.created", told.refund("succeeded"))
    await told.pays()
    assert await told.drive() == ["waiting"]
    (waiting,) = await told.unapplied()
    assert (waiting["reason"], waiting["amount"]["amount"]) == ("NOT_COVERED", 1_000)
    await pay(told.shop.world, 1_500, customer_id=told.customer_id)
    assert await told.drive() == ["taken"]
    assert await told.account() == {"owed": 0, "credit": 500}
    assert (await told.books())["card_clearing"] == 3_990
    await told.tell("refund.updated", told.refund("succeeded"))
    await told.tell("refund.failed", told.refund("failed"))
    assert await told.account() == {"owed": 0, "credit": 1_500}


async def test_a_warning_of_fraud_is_told_once_on_the_customers_timeline(told: Told) -> None:
    await told.pays()
    warning = {"object": "radar.early_fraud_warning", "id": "issfr_1", "payment_intent": told.intent_id, "livemode": False}
    for _ in "12":
        await told.tell("radar.early_fraud_warning.created", warning)
    assert (await told.shop.kinds(told.customer_id)).count("payment_fraud_warned") == 1


async def test_a_warning_that_changes_and_a_review_are_told_and_move_nothing(told: Told) -> None:
    await told.pays()
    warning = {"object": "radar.early_fraud_warning", "id": "issfr_1", "payment_intent": told.intent_id, "livemode": False}
    review = {"object": "review", "id": "prv_1", "payment_intent": told.intent_id, "livemode": False}
    for kind, thing in (("radar.early_fraud_warning.updated", warning), ("review.opened", review), ("review.closed", review)):
        await told.tell(kind, thing)
    kinds = await told.shop.kinds(told.customer_id)
    assert [one for one in kinds if "fraud" in one or "review" in one] == ["payment_reviewed", "payment_review_closed"]
    assert (await told.account(), await told.unread()) == ({"owed": 0, "credit": 0}, [])


async def test_a_refund_that_asks_its_customer_is_told_and_not_yet_out(told: Told) -> None:
    await told.pays()
    await pay(told.shop.world, 1_000, customer_id=told.customer_id)
    await told.tell("refund.updated", told.refund("requires_action"))
    assert (await told.shop.kinds(told.customer_id)).count("refund_needs_customer") == 1
    assert await told.account() == {"owed": 0, "credit": 1_000}
    await told.tell("refund.updated", told.refund("succeeded"), event_id="evt_refund_out")
    assert (await told.account(), await told.unread()) == ({"owed": 0, "credit": 0}, [])


async def test_an_intent_that_is_funded_in_part_has_brought_nothing_yet(told: Told) -> None:
    part = told.shop.intent(told.attempt, status="requires_action", amount_received=1_000)
    await told.tell("payment_intent.partially_funded", part)
    assert (await told.account(), await told.unread()) == ({"owed": 4_990, "credit": 0}, [])
    await told.pays()
    assert await told.account() == {"owed": 0, "credit": 0}


async def test_an_event_of_a_kind_that_is_not_read_is_kept_and_waits_for_nothing(told: Told) -> None:
    await told.tell("charge.captured", {"object": "charge", "id": "ch_1", "payment_intent": told.intent_id, "livemode": False})
    assert await told.unapplied() == []
    assert await told.unread() == ["charge.captured"]
