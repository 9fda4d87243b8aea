"""Everything the provider could tell about a card payment, story by story, and how somebody's matter stands after it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import stripe

from service.billing.background import run_use_credit
from service.billing.hearing.background import run_drive_events
from service.kit.tasks.registry import KINDS
from service.kit.tasks.runner import Runner
from tests.billing.builders import cash
from tests.subscriptions.builders import plan, renew, standing, subscribed
from tests.world import World

SECRET, ROLLED, EXPIRED = "whsec_new", "whsec_rolled_and_live", "whsec_rolled_and_gone"
PRICE = 2_990
Thing = dict[str, Any]


@dataclass
class Matter:
    """One customer whose service is off for an open invoice, a card attempt, and what will be told of it, in order."""

    world: World
    number: int
    subscription: Thing
    attempt: Thing
    deliveries: list["Delivery"]

    @property
    def customer_id(self) -> str:
        return str(self.subscription["customer_id"])

    def intent(self, **differences: Any) -> Thing:
        """The attempt's payment intent, paid, but for the differences."""
        ours = {
            "organisation_id": str(self.world.organisation_id),
            "invoice_id": self.attempt["invoice_id"],
            "attempt_id": self.attempt["attempt_id"],
        }
        return {
            "object": "payment_intent", "id": self.attempt["intent_id"], "amount": PRICE, "amount_received": PRICE, "currency": "eur", "status": "succeeded",
            "metadata": ours,
        } | differences  # fmt: skip

    def unpaid(self, status: str) -> Thing:
        return self.intent(status=status, amount_received=0)

    def dispute(self, status: str, *, amount: int = PRICE) -> Thing:
        return {
            "object": "dispute", "id": f"du_{self.number}", "amount": amount, "currency": "eur", "status": status, "reason": "fraudulent",
            "payment_intent": self.attempt["intent_id"],
        }  # fmt: skip

    def refund(self, status: str) -> Thing:
        return {
            "object": "refund", "id": f"re_{self.number}", "amount": 1_000, "currency": "eur", "status": status, "metadata": {},
            "payment_intent": self.attempt["intent_id"],
        }  # fmt: skip

    def paid(self) -> list["Delivery"]:
        """What is told of every payment that succeeds, a late failure with it."""
        told = [
            ("payment_intent.requires_action", self.unpaid("requires_action")),
            ("payment_intent.processing", self.unpaid("processing")),
            ("payment_intent.succeeded", self.intent()),
            ("charge.updated", {"object": "charge", "id": f"ch_{self.number}", "payment_intent": self.attempt["intent_id"]}),
            ("payment_intent.payment_failed", self.unpaid("requires_payment_method")),
        ]
        return [self.event(kind, thing) for kind, thing in told]

    def disputed(self, outcome: str, *, amount: int = PRICE) -> list["Delivery"]:
        told = [("created", "needs_response"), ("funds_withdrawn", "needs_response"), ("updated", "under_review"), ("closed", outcome)]
        told += [("funds_reinstated", "won")] if outcome == "won" else []
        return [self.event(f"charge.dispute.{kind}", self.dispute(status, amount=amount)) for kind, status in told]

    def refunded(self, *statuses: str) -> list["Delivery"]:
        kinds = {"succeeded": "created", "failed": "failed"}
        return [self.event(f"refund.{kinds[status]}", self.refund(status)) for status in statuses]

    def by_link(self, outcome: str) -> list["Delivery"]:
        """What is told of the provider's page: paid, or not, by a bank that answers days later, or left until it was over."""
        page = {
            "object": "checkout.session", "id": self.attempt["session_id"], "mode": "payment", "status": "complete", "payment_status": "unpaid",
            "metadata": self.intent()["metadata"], "payment_intent": self.attempt["intent_id"],
        }  # fmt: skip
        if outcome == "expired":
            return [self.event("checkout.session.expired", page | {"status": "expired", "payment_intent": None})]
        began = [("checkout.session.completed", page), ("payment_intent.processing", self.unpaid("processing"))]
        ended = {
            "paid": [
                ("payment_intent.succeeded", self.intent()),
                ("checkout.session.async_payment_succeeded", page | {"payment_status": "paid"}),
            ],
            "refused": [
                ("payment_intent.payment_failed", self.unpaid("requires_payment_method")),
                ("checkout.session.async_payment_failed", page),
            ],
        }[outcome]
        return [self.event(kind, thing) for kind, thing in began + ended]

    def event(self, kind: str, thing: Thing) -> "Delivery":
        return Delivery(self, kind, thing)

    def at_door(self, amount: int, **whose: str) -> "Delivery":
        """Cash, with the taker's own id: told twice it is one payment."""
        return Delivery(self, "cash", cash(amount, id=self.world.id(), **whose))

    def cash_for_invoice(self) -> "Delivery":
        return self.at_door(PRICE, invoice_id=self.attempt["invoice_id"])

    def cash_on_account(self) -> "Delivery":
        return self.at_door(1_000, customer_id=self.customer_id)


Story = Callable[[Matter], list["Delivery"]]
OF_LINKS: tuple[Story, ...] = (
    lambda m: m.by_link("paid"),
    lambda m: [*m.by_link("paid"), *m.disputed("lost"), m.cash_for_invoice()],
    lambda m: m.by_link("refused"),
    lambda m: [*m.by_link("expired"), m.cash_for_invoice()],
)
STORIES: tuple[Story, ...] = (
    *OF_LINKS,
    lambda m: m.paid(),
    lambda m: [*m.paid(), m.cash_for_invoice()],
    lambda m: [*m.paid(), *m.disputed("won")],
    lambda m: [*m.paid(), *m.disputed("lost")],
    lambda m: [*m.paid(), *m.disputed("lost", amount=1_000)],
    lambda m: [*m.paid(), *m.disputed("won"), m.cash_for_invoice()],
    lambda m: [*m.paid(), m.cash_on_account(), *m.refunded("succeeded")],
    lambda m: [*m.paid(), m.cash_on_account(), *m.refunded("succeeded", "failed")],
    lambda m: [m.event("payment_intent.succeeded", m.intent(amount_received=PRICE - 1))],
    lambda m: [m.event("payment_intent.succeeded", m.intent(livemode=True)), m.cash_for_invoice()],
    lambda m: [
        m.event("payment_intent.succeeded", m.intent(id=f"pi_foreign_{m.number}", metadata={"organisation_id": str(m.world.id())})),
        m.event("payment_intent.processing", m.unpaid("processing")),
        m.event("payment_intent.canceled", m.unpaid("canceled")),
    ],
    lambda m: [
        m.event("payment_intent.succeeded", m.intent(id=f"pi_stranger_{m.number}", metadata={})),
        *m.refunded("succeeded"),
        *m.paid(),
    ],
)


@dataclass
class Delivery:
    """One thing that is told, as often as anybody likes."""

    matter: Matter
    kind: str
    thing: Thing

    async def arrive(self, chance: Random | None = None) -> None:
        """Arrives, by chance with a signature that isn't taken first."""
        world = self.matter.world
        if self.kind == "cash":
            answer = await world.post("/v1/payments/cash", self.thing, role="agent", key=str(world.id()))
            assert answer.is_success, answer.text
            return
        if chance is not None and chance.random() < 0.1:
            assert await self._told(EXPIRED, late_s=0) == 422
            assert await self._told(SECRET, late_s=301) == 422
        secret = SECRET if chance is None else chance.choice((SECRET, ROLLED))
        assert await self._told(secret, late_s=chance.randrange(200) if chance else 0) == 200

    async def _told(self, secret: str, *, late_s: int) -> int:
        world = self.matter.world
        moment = int(world.clock.now.timestamp())
        thing = {"livemode": False, "created": moment, **self.thing}
        event_id = f"evt_{self.matter.number}_{self.kind}_{thing.get('status')}_{thing['id']}"
        event = {"id": event_id, "object": "event", "type": self.kind, "created": moment, "livemode": False, "data": {"object": thing}}
        body = json.dumps(event)
        signature = stripe.WebhookSignature._compute_signature(f"{moment - late_s}.{body}", secret)
        answer = await world.http.post(
            f"/v1/organisations/{world.organisation_id}/stripe-events",
            content=body,
            headers={"stripe-signature": f"t={moment - late_s},v1={signature}"},
        )
        return answer.status_code


async def matters(world: World, count: int) -> list[Matter]:
    """So many customers whose service is off for an unpaid month, each with a card attempt and a story."""
    begins_on, plan_id = str((world.clock.now + timedelta(days=1)).date()), (await plan(world))["id"]
    subscriptions = [await subscribed(world, begins_on=begins_on, plan_item_id=plan_id) for _ in range(count)]
    invoices = [await renew(world, subscription) for subscription in subscriptions]
    world.clock.forward(days=3)
    made = []
    for number, (subscription, invoice) in enumerate(zip(subscriptions, invoices, strict=True)):
        assert invoice["total_minor"] == PRICE
        lapsed = await world.done("POST", f"/v1/subscriptions/{subscription['id']}/lapse", role="back_office")
        assert lapsed["state"] == "suspended"
        way = "checkout" if number % len(STORIES) < len(OF_LINKS) else "online"
        attempt = await world.done("POST", f"/v1/invoices/{invoice['id']}/card-attempts", {"way": way}, key=str(world.id()))
        if way == "checkout":  # its intent is made once its customer pays
            now = await world.done("GET", f"/v1/card-attempts/{attempt['attempt_id']}")
            attempt |= {"session_id": now["session_id"], "intent_id": f"pi_link_{number}"}
        matter = Matter(world, number, subscription, attempt, [])
        matter.deliveries = STORIES[number % len(STORIES)](matter)
        made.append(matter)
    return made


async def catch_up(world: World) -> None:
    """Lets the service do by itself what it does every minute."""
    assert {KINDS["drive_events"].handler, KINDS["use_credit"].handler} == {run_drive_events, run_use_credit}
    for _ in range(4):
        worker = Runner(
            world.database,
            kinds={kind: KINDS[kind] for kind in ("drive_events", "use_credit")},
            outside=world.app.state.outside,
            clock=world.clock,
            jitter=lambda: 0.0,
        )
        worker._committed(world.organisation_id)
        await worker.drain()
        world.clock.forward(hours=6, minutes=1)


async def standing_of(matter: Matter) -> Thing:
    """How it stands, without ids and instants."""
    world, customer = matter.world, UUID(matter.customer_id)
    account = await world.done("GET", f"/v1/customers/{customer}/account")
    rows = await world.sql(
        """select (select array_agg(p.method || ' ' || p.amount_minor) from billing.payment p where p.customer_id = $1) as payments,
                  (select state from billing.collection_attempt where attempt_id = $2) as attempt,
                  (select array_agg(m.reason || ' ' || m.amount_minor) from billing.parked_money m where m.attempt_id = $2 or m.intent_id = $3) as parked,
                  (select array_agg(w.type || ' ' || w.reason) from billing.waiting_event w where w.intent_id in ($3, $4)) as waiting,
                  (select array_agg((select s.status from billing.dispute_step s where s.dispute_id = d.dispute_id order by s.step desc limit 1) || ' '
                     || (select count(*) from billing.dispute_withdrawal w where w.dispute_id = d.dispute_id)) from billing.dispute d where d.customer_id = $1) as disputes,
                  (select array_agg(o.outcome || ' ' || r.amount_minor || ' ' || (select count(*) from billing.refund_return b where b.refund_id = r.refund_id))
                     from billing.refund r join billing.refund_outcome o using (refund_id) where r.customer_id = $1) as refunds""",
        customer,
        UUID(matter.attempt["attempt_id"]),
        f"pi_stranger_{matter.number}",
        matter.attempt["intent_id"],
    )
    return {
        **{name: sorted(told) if isinstance(told, list) else told for name, told in rows[0].items()},
        "balances": account["balances"],
        "open": [one["open_minor"] for one in account["open_invoices"]],
        "service": await standing(world, matter.subscription),
    }


async def books_of(world: World) -> dict[str, int]:
    """The ledger by account, agents together; zero in all."""
    told = await world.done("GET", "/v1/ledger/trial-balance")
    assert told["sums"] == {"EUR": 0}
    books: dict[str, int] = {}
    for one in told["accounts"]:
        books[one["kind"]] = books.get(one["kind"], 0) + one["balance_minor"]
    return books
