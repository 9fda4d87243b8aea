"""Everything the provider could tell about a charge of a saved method, story by story: customers who aren't there, their banks' late answers, and what else is paid meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal, NamedTuple

from service.integrations.stripe.standin import Standin
from service.kit.tasks.registry import KINDS
from service.kit.tasks.runner import Runner
from tests.billing.cards.saving import ACCOUNT, ASKS, CARD, Saver, always_awake, saved_by, saver
from tests.billing.cards.shop import Shop
from tests.proofs.deliveries import Delivery, Matter, Thing, standing_of
from tests.subscriptions.builders import plan, renew, subscribed
from tests.world import World


@dataclass
class Charged(Matter):
    """One customer whose service is off for an open month that their saved method is charged for; `deliveries` are of the first try, then of the second."""

    story: "Story"
    saver: Saver
    told: list[Delivery] = field(default_factory=list)
    """What was delivered of the first try: it may come again with the second's."""

    def intent(self, **differences: Any) -> Thing:
        honest = super().intent()
        return honest | {"metadata": honest["metadata"] | {"way": "saved"}} | differences

    def debited(self) -> list[Delivery]:
        """Asked for, and days later there."""
        return [
            self.event("payment_intent.processing", self.unpaid("processing")),
            self.event("payment_intent.succeeded", self.intent()),
            self.event("charge.updated", {"object": "charge", "id": f"ch_{self.number}", "payment_intent": self.attempt["intent_id"]}),
        ]

    def refused(self, code: str = "insufficient_funds") -> list[Delivery]:
        """Asked for, and refused by the bank days later."""
        problem = {"type": "card_error", "code": "payment_intent_payment_attempt_failed", "decline_code": code, "message": "No"}
        failed = self.unpaid("requires_payment_method") | {"last_payment_error": problem}
        return [
            self.event("payment_intent.processing", self.unpaid("processing")),
            self.event("payment_intent.payment_failed", failed),
        ]

    def taken_back(self, reason: str) -> list[Delivery]:
        """What a bank refuses after it had paid is lost at once."""
        lost = self.dispute("lost") | {"reason": reason}
        return [self.event(f"charge.dispute.{kind}", lost) for kind in ("created", "funds_withdrawn", "closed")]

    def confirmed(self) -> list[Delivery]:
        """Their bank wanted them, and they came."""
        asked = self.unpaid("requires_payment_method") | {
            "last_payment_error": {"type": "card_error", "code": "authentication_required", "decline_code": "authentication_required", "message": "Ask"}
        }  # fmt: skip
        return [
            self.event("payment_intent.payment_failed", asked),
            self.event("payment_intent.requires_action", self.unpaid("requires_action")),
            self.event("payment_intent.succeeded", self.intent()),
        ]

    def withdrawn(self) -> Delivery:
        """Their bank says that the mandate is over."""
        return self.event("mandate.updated", {"object": "mandate", "id": self.attempt["mandate_id"], "status": "inactive"})

    def beside(self) -> list[Delivery]:
        """What is told of the other try, which is paid too."""
        other = Matter(self.world, self.number, self.subscription, self.attempt["beside"], [])
        return other.by_link("paid") if self.story.beside == "checkout" else other.paid()

    async def standing(self) -> Thing:
        world = self.world
        methods = await self.saver.methods()
        charges = [(one["ordinal"], one["state"], one["verdict"], one["code"]) for one in await self.saver.charges()]
        notices = await world.sql("select count(*)::int as told from billing.charge_notice where customer_id = $1", self.saver.customer_id)
        rest = {"charges": charges, "planned": len(await self.saver.planned()), "notices": notices[0]["told"]}
        return await standing_of(self) | rest | {"methods": [one["state"] for one in methods]}


Told = Callable[[Charged], list[Delivery]]


class Story(NamedTuple):
    """What is told of the first try and, days later, of the second if there is one."""

    first: Told
    second: Told = lambda _: []
    tries: int = 1
    method: str = ACCOUNT
    beside: Literal["checkout", "terminal"] | None = None
    beside_first: bool = False


STORIES = (
    Story(lambda m: [*m.debited(), m.cash_for_invoice()]),
    Story(lambda m: [*m.debited(), *m.taken_back("debit_not_authorized"), m.cash_for_invoice()]),
    Story(lambda m: [*m.debited(), m.withdrawn()]),
    Story(lambda m: m.refused(), lambda m: [*m.debited(), *m.taken_back("insufficient_funds")], tries=2),
    Story(lambda m: m.refused(), lambda m: m.refused("account_closed"), tries=2),
    Story(lambda m: [*m.refused(), m.withdrawn()]),
    Story(lambda m: [*m.confirmed(), *m.beside()], method=ASKS, beside="checkout"),
    Story(lambda m: m.beside(), method=CARD, beside="checkout", beside_first=True, tries=0),
    Story(lambda m: [*m.confirmed(), *m.beside()], method=ASKS, beside="terminal"),
    Story(lambda m: m.debited()),
    Story(lambda m: [*m.debited(), *m.taken_back("insufficient_funds")]),
    Story(lambda m: [*m.debited(), *m.disputed("won")]),
    Story(lambda m: [*m.debited(), m.cash_on_account(), *m.refunded("succeeded", "failed")]),
    Story(lambda m: m.refused(), lambda m: m.debited(), tries=2),
    Story(lambda m: m.refused(), lambda m: [*m.debited(), *m.taken_back("insufficient_funds"), m.cash_for_invoice()], tries=2),
    Story(lambda m: [*m.refused(), m.cash_for_invoice()]),
    Story(lambda m: m.refused("account_closed")),
    Story(lambda m: m.confirmed(), method=ASKS),
    Story(lambda m: m.debited(), method=CARD),
)
FEW = 9
"""So many of them hold one of each kind."""


async def charged(world: World, standin: Standin, count: int, *, first_number: int) -> list[Charged]:
    """So many customers whose saved method is being charged for an unpaid month, at different banks and with different things beside it."""
    shop = Shop(world, standin)
    await always_awake(shop)
    begins_on, plan_id = str((world.clock.now + timedelta(days=1)).date()), (await plan(world))["id"]
    made = []
    for number in range(count):
        story = STORIES[number % len(STORIES)]
        subscription = await subscribed(world, begins_on=begins_on, plan_item_id=plan_id)
        invoice = await renew(world, subscription)
        customer = await saver(shop, subscription["customer_id"])
        await customer.save(await saved_by(shop, story.method))
        attempt = {"invoice_id": invoice["id"], "attempt_id": None, "intent_id": f"pi_none_{number}"}
        made.append(Charged(world, first_number + number, subscription, attempt, [], story, customer))
    await work(world, "plan_charges")
    world.clock.forward(days=3)
    for one in made:
        await world.done("POST", f"/v1/subscriptions/{one.subscription['id']}/lapse", role="back_office")
        if one.story.beside_first:
            await _begin_beside(one)
    await work(world, "plan_charges", "charge_saved_method")
    for one in made:
        if one.story.beside and not one.story.beside_first:
            await _begin_beside(one)
        await _look(one)
        one.deliveries = one.told = one.story.first(one)
    return made


async def try_again(charges: list[Charged]) -> None:
    """Days later: what failed for now is tried again, and its bank answers anew."""
    world = charges[0].world
    world.clock.forward(days=1)
    await work(world, "plan_charges", "charge_saved_method")
    for one in charges:
        tries = len(await one.saver.charges())
        assert tries == one.story.tries, (one.number, tries)
        await _look(one)
        one.deliveries = one.story.second(one)


async def work(world: World, *kinds: str) -> None:
    worker = Runner(
        world.database,
        kinds={kind: KINDS[kind] for kind in kinds},
        outside=world.app.state.outside,
        clock=world.clock,
        jitter=lambda: 0.0,
    )
    worker._committed(world.organisation_id)
    await worker.drain()


async def _begin_beside(one: Charged) -> None:
    path = f"/v1/invoices/{one.attempt['invoice_id']}/card-attempts"
    begun = await one.world.done("POST", path, {"way": one.story.beside}, key=str(one.world.id()))
    if one.story.beside == "checkout":  # its intent is made once its customer pays
        now = await one.world.done("GET", f"/v1/card-attempts/{begun['attempt_id']}")
        begun |= {"session_id": now["session_id"], "intent_id": f"pi_link_{one.number}"}
    one.attempt["beside"] = begun


async def _look(one: Charged) -> None:
    """The latest try as the provider knows it."""
    (row,) = await one.world.sql("select provider_mandate_id from billing.saved_method where customer_id = $1", one.saver.customer_id)
    one.attempt["mandate_id"] = row["provider_mandate_id"]
    for charge in (await one.saver.charges())[-1:]:
        attempt = await one.world.done("GET", f"/v1/card-attempts/{charge['id']}")
        one.attempt |= {"attempt_id": charge["id"], "intent_id": attempt["intent_id"]}
    if one.attempt["attempt_id"] is None:
        one.attempt |= {"attempt_id": one.attempt["beside"]["attempt_id"]}
