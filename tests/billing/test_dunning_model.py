"""Whatever a customer and we do in whatever order, dunning and service are what a model says that knows nothing but what happened."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from tests.billing.dunning import dunning, hold, in_arrears, live
from tests.subscriptions.builders import pay, standing
from tests.world import World

SPARED = ["promise", "dispute", "incident", "legal", "vulnerable"]
STEPS = {"remind": 2, "call": 3, "suspend": 5, "end": 9}
DAYS = 28
"""Fewer than the period that is paid for has, so that a payment always brings the service back."""


@dataclass
class Model:
    """What happened to one invoice, and what follows: no clock, no database, one day at a time."""

    today: date
    base: date
    last: date
    open: bool = True
    untold: bool = False
    suspended: bool = False
    done_days: int = 0
    held: bool = False
    promised_until: date | None = None
    taken: list[str] = field(default_factory=list)

    def paid(self) -> None:
        self.open = self.suspended = False

    def reversed(self) -> None:
        self.open = self.untold = True

    def day(self) -> None:
        self.today += timedelta(days=1)
        if not self.open or self.today.isoweekday() == 7:
            return
        if self.untold:
            self.untold, self.base, self.last, self.done_days = False, self.today, self.today, 0
            self.taken.append("tell")
        elif not self.held and not (self.promised_until and self.today <= self.promised_until):
            self._step()

    def _step(self) -> None:
        for kind, days in STEPS.items():
            if days <= self.done_days or (kind == "suspend" and self.suspended):
                continue
            if self.today >= max(self.base + timedelta(days=days), self.last + timedelta(days=days - self.done_days)):
                self.last, self.done_days = self.today, days
                self.suspended = self.suspended or kind == "suspend"
                self.taken.append(kind)
            return


@pytest.mark.parametrize("seed", range(8))
async def test_any_history_of_money_holds_and_days_ends_as_the_model_says(world: World, seed: int) -> None:
    chance = random.Random(seed)
    steps = [{"kind": kind, "days_after": days, "held_by": SPARED} for kind, days in STEPS.items()]
    await world.done("POST", "/v1/dunning/policies", {"steps": steps})
    subscription = await in_arrears(world)
    model = Model(today=date(2026, 3, 4), base=date(2026, 3, 4), last=date(2026, 3, 4))
    payment = held = None
    lived = 0
    while lived < DAYS:
        action = chance.choice(["live", "live", "live", "money", "hold", "promise"])
        if action == "live":
            days = chance.randint(1, 4)
            lived += days
            for _ in range(days):
                model.day()
            await live(world, days)
        elif action == "money" and payment is None:
            payment = await pay(world, subscription["invoice"])
            model.paid()
        elif action == "money":
            path = f"/v1/payments/{payment['payment_id']}/reverse"
            await world.done("POST", path, {"reason": "Came back", "cause": "returned_debit"}, role="back_office", key=str(world.id()))
            payment = None
            model.reversed()
        elif action == "hold":
            if held is None:
                held = await hold(world, subscription, chance.choice(["legal", "vulnerable"]))
            else:
                held = await world.done("POST", f"/v1/dunning-holds/{held}/release", role="back_office") and None
            model.held = held is not None
        elif model.open and not (model.promised_until and model.today <= model.promised_until):
            until = world.clock.now.date() + timedelta(days=chance.randint(0, 3))
            promise = {"amount": {"amount": 2990, "currency": "EUR"}, "pay_by": until.isoformat()}
            await world.done("POST", f"/v1/customers/{subscription['customer_id']}/payment-promises", promise, role="back_office")
            model.promised_until = until
        taken = [one["kind"] for one in reversed((await dunning(world, subscription))["done"])]
        state = (await standing(world, subscription))[0]
        assert (taken, state) == (model.taken, "suspended" if model.suspended else "active"), f"seed {seed}, {world.clock.now}"
