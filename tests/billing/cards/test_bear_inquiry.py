"""A bank asks first and then takes the money back: proof is sent, service stays for the days of the policy, and ends and comes back with the money."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from service.billing.hearing.background import run_hear_missed_events
from service.integrations.asgi import running
from service.integrations.stripe.evidence import retrieve_dispute
from service.kit.tasks.registry import KINDS
from tests.billing.cards.shop import SECRET, Shop, worker_of
from tests.billing.dunning import beat, live, taken
from tests.subscriptions.builders import renew, standing, subscribed

PRICE = 2_990
AWAKE = {"calm_until": "00:00:00", "calm_from": "23:59:59", "rest_days": [], "rests_on_holidays": False}
STEPS = [{"kind": kind, "days_after": days, "held_by": ["promise", "dispute", "incident", "legal", "vulnerable"]} for kind, days in (("remind", 3), ("suspend", 7))]  # fmt: skip
"""Of a company that rests neither by night nor on any day, since the stand-in's clock is the real one."""


@dataclass
class Asked:
    """A service paid by card, of which the cardholder's bank asks what it was for."""

    shop: Shop
    subscription: dict[str, Any]
    inquiry: str
    dispute_id: str

    async def listed(self) -> dict[str, Any]:
        [one] = (await self.shop.world.done("GET", "/v1/disputes?decided=true"))["items"]
        return {name: one[name] for name in ("status", "withdrawn")}

    async def account(self) -> tuple[int, int]:
        """What is owed, and what of card money is at the provider, in books that are in balance."""
        [balance] = (await self.shop.world.done("GET", f"/v1/customers/{self.subscription['customer_id']}/account"))["balances"]
        told = await self.shop.world.done("GET", "/v1/ledger/trial-balance")
        assert told["sums"] == {"EUR": 0}
        return balance["owed_minor"], next(one["balance_minor"] for one in told["accounts"] if one["kind"] == "card_clearing")

    async def state(self) -> tuple[str, list[str]]:
        state, reasons, _ = await standing(self.shop.world, self.subscription)
        return state, reasons

    async def answered(self) -> dict[str, Any]:
        """The proof as it stands once it was asked for and sent."""
        path = f"/v1/disputes/{self.dispute_id}/evidence"
        await self.shop.world.done("POST", path, {}, role="back_office", key=str(self.shop.world.id()))
        await worker_of(self.shop, "send_dispute_evidence").drain()
        now: dict[str, Any] = await self.shop.world.done("GET", path, role="back_office")
        return now

    async def escalated(self) -> None:
        await self.shop.standin.escalate(dispute=self.inquiry)
        await self.shop.standin.settle()

    async def weeks_later(self, *, wins: bool) -> None:
        """Days after the bank took the money it decides; its webhooks are lost, and the provider's list has what they told."""
        assert run_hear_missed_events is KINDS["hear_missed_events"].handler
        await self.shop.standin.advance(seconds=9 * 86_400)
        await self.shop.standin.decide(dispute=self.inquiry, wins=wins)
        self.shop.world.clock.forward(days=1)
        await worker_of(self.shop, "hear_missed_events").drain()


@pytest.fixture
async def asked(shop: Shop) -> AsyncIterator[Asked]:
    world = shop.world
    await world.done("POST", "/v1/dunning/policies", {"steps": STEPS, **AWAKE}, role="manager")
    subscription = await subscribed(world, begins_on=world.clock.now.date().isoformat())
    invoice = await renew(world, subscription)
    async with running(world.app) as url:
        await shop.standin.register(url=url + shop.webhooks, secret=SECRET)
        attempt = await shop.begin(UUID(invoice["id"]))
        await shop.standin.pay(intent=attempt["intent_id"])
        await shop.standin.settle()
        charge = (await world.app.state.outside.stripe.client.v1.payment_intents.retrieve_async(attempt["intent_id"])).latest_charge
        inquiry = (await shop.standin.dispute(charge=charge, inquiry=True, reason="unrecognized"))["id"]
        await shop.standin.settle()
        [listed] = (await world.done("GET", "/v1/disputes"))["items"]
        yield Asked(shop, {**subscription, "invoice": invoice}, inquiry, listed["id"])
    await shop.standin.reset()


async def test_a_bank_that_only_asks_takes_no_money_and_an_answer_ends_it(asked: Asked) -> None:
    assert (await asked.listed(), await asked.account(), await asked.state()) == (
        {"status": "warning_needs_response", "withdrawn": False}, (0, PRICE), ("active", []),
    )  # fmt: skip
    proof = await asked.answered()
    assert (proof["answer"], [one["submitted"] for one in proof["sendings"]]) == ("submitted", [True])
    await asked.shop.standin.decide(dispute=asked.inquiry, wins=True)
    await asked.shop.standin.settle()
    assert await asked.listed() == {"status": "warning_closed", "withdrawn": False}
    assert (await asked.account(), await asked.state()) == ((0, PRICE), ("active", []))


@pytest.mark.parametrize("wins", [True, False], ids=["won", "lost"])
async def test_an_inquiry_that_becomes_a_chargeback_ends_service_after_notice_and_a_won_one_brings_it_back(
    asked: Asked, wins: bool
) -> None:
    await asked.escalated()
    assert await asked.listed() == {"status": "needs_response", "withdrawn": True}
    assert (await asked.account(), await asked.state()) == ((PRICE, 0), ("active", []))
    proof = await asked.answered()
    assert (proof["answer"], len(proof["sendings"])) == ("submitted", 1)
    await asked.shop.standin.settle()
    assert (await asked.listed())["status"] == "under_review"
    await beat(asked.shop.world)
    assert (await taken(asked.shop.world, asked.subscription), await asked.state()) == (["tell"], ("active", []))
    await live(asked.shop.world, 8)
    assert (await taken(asked.shop.world, asked.subscription), await asked.state()) == (
        ["tell", "remind", "suspend"], ("suspended", ["unpaid"]),
    )  # fmt: skip
    await asked.weeks_later(wins=wins)
    assert await asked.listed() == {"status": "won" if wins else "lost", "withdrawn": True}
    assert await asked.account() == ((0, PRICE) if wins else (PRICE, 0))
    assert await asked.state() == (("active", []) if wins else ("suspended", ["unpaid"]))
    kinds = await asked.shop.kinds(UUID(asked.subscription["customer_id"]))
    assert (kinds.count("disputed_money_withdrawn"), kinds.count("invoice_reopened"), kinds.count("invoice_paid")) == (1, 1, 1 + wins)


async def test_an_inquiry_that_was_answered_is_answered_anew_once_it_takes_the_money(asked: Asked) -> None:
    assert (await asked.answered())["answer"] == "submitted"
    await asked.escalated()
    assert (await asked.listed(), await asked.account()) == ({"status": "needs_response", "withdrawn": True}, (PRICE, 0))
    path = f"/v1/disputes/{asked.dispute_id}/evidence"
    now = await asked.shop.world.done("GET", path, role="back_office")
    assert (now["about"], now["answer"], [one["about"] for one in now["sendings"]]) == ("chargeback", "none", ["inquiry"])
    again = await asked.answered()
    assert (again["answer"], [(one["about"], one["submitted"]) for one in again["sendings"]]) == (
        "submitted", [("inquiry", True), ("chargeback", True)],
    )  # fmt: skip
    there = await retrieve_dispute(asked.shop.world.app.state.outside.stripe, dispute_id=asked.inquiry)
    assert (there.evidence_details.submission_count, there.status) == (2, "under_review")
    await worker_of(asked.shop, "send_dispute_evidence").drain()
    assert (
        await retrieve_dispute(asked.shop.world.app.state.outside.stripe, dispute_id=asked.inquiry)
    ).evidence_details.submission_count == 2


async def test_a_chargeback_decided_before_its_evidence_left_was_too_late_though_its_inquiry_was_answered(asked: Asked) -> None:
    assert (await asked.answered())["answer"] == "submitted"
    await asked.escalated()
    path = f"/v1/disputes/{asked.dispute_id}/evidence"
    await asked.shop.world.done("POST", path, {}, role="back_office", key=str(asked.shop.world.id()))
    await asked.shop.standin.decide(dispute=asked.inquiry, wins=False)
    await worker_of(asked.shop, "send_dispute_evidence").drain()
    now = await asked.shop.world.done("GET", path, role="back_office")
    assert (now["about"], now["answer"], [one["about"] for one in now["sendings"]]) == ("chargeback", "too_late", ["inquiry"])


async def test_a_chargeback_that_somebody_answered_at_the_provider_is_told_so_though_its_inquiry_was_ours(asked: Asked) -> None:
    assert (await asked.answered())["answer"] == "submitted"
    await asked.escalated()
    path = f"/v1/disputes/{asked.dispute_id}/evidence"
    await asked.shop.world.done("POST", path, {}, role="back_office", key=str(asked.shop.world.id()))
    provider = asked.shop.world.app.state.outside.stripe.client.v1
    await provider.disputes.update_async(asked.inquiry, {"evidence": {"uncategorized_text": "by hand"}, "submit": True})
    await worker_of(asked.shop, "send_dispute_evidence").drain()
    assert (await asked.shop.world.done("GET", path, role="back_office"))["answer"] == "by_others"
