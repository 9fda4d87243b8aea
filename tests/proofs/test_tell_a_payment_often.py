"""One payment, told twenty times in any order and any number at once by webhook, app and staff: one payment, one allocation, one set of facts."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounds
from hypothesis import strategies as st

from service.app import build
from service.integrations.stripe.client import open_stripe
from service.integrations.stripe.standin import Standin, running_standin
from service.kit.database import Database
from service.settings import Settings
from tests.billing.cards.shop import SECRET, Outside, Shop
from tests.subscriptions.builders import renew, subscribed
from tests.world import Clock, World

Telling = Callable[[], Awaitable[int]]
TOLD = 20
ORDERS = st.tuples(st.permutations(range(TOLD)), st.integers(1, TOLD))
"""In which order, and how many at once."""
BOUNDS = {
    "derandomize": True,
    "deadline": None,
    "database": None,
    "phases": [Phase.generate],
    "suppress_health_check": [HealthCheck.function_scoped_fixture],
}
ONE_SET = {
    "payment_recorded": 1,
    "invoice_paid": 1,
    "subscription_paid_through": 1,
    "subscription_activated": 1,
    "renewal_call_withdrawn": 1,
}


@pytest.fixture(scope="module")
async def standin() -> AsyncIterator[Standin]:
    """The provider."""
    async with running_standin() as standin:
        yield standin


@pytest.fixture
async def world(settings: Settings, database: Database, standin: Standin) -> AsyncIterator[World]:
    """An organisation that takes cards, at the provider's time."""
    clock = Clock()
    clock.now = datetime.now(UTC).replace(microsecond=0)
    cards = msgspec.structs.replace(settings, stripe_api_key=standin.api_key, stripe_api_base=standin.url, stripe_webhook_secrets=(SECRET,))
    async with open_stripe(api_key=standin.api_key, address=standin.url) as connection:
        app = build(settings=cards, database=database, clock=clock, outside=Outside(connection))
        world = World(app=app, database=database, clock=clock)
        await world.begin()
        yield world
        await world.end()


@pytest.fixture
def shop(world: World, standin: Standin) -> Shop:
    """Takes cards there."""
    return Shop(world, standin)


async def cut_off(world: World) -> dict[str, Any]:
    """The open invoice of somebody whose service is off for it, since yesterday."""
    subscription = await subscribed(world, begins_on=str((world.clock.now + timedelta(days=1)).date()))
    invoice = await renew(world, subscription)
    world.clock.forward(days=3)
    lapsed = await world.done("POST", f"/v1/subscriptions/{subscription['id']}/lapse", role="back_office")
    assert lapsed["state"] == "suspended"
    return {**invoice, "customer_id": subscription["customer_id"], "subscription_id": subscription["id"]}


async def told(tellings: list[Telling], order: list[int], together: int) -> list[int]:
    """Every telling in that order, so many at once: their statuses."""
    statuses: list[int] = []
    for begin in range(0, len(order), together):
        statuses += await asyncio.gather(*(tellings[number]() for number in order[begin : begin + together]))
    return statuses


async def happened(world: World, customer_id: str) -> Counter[str]:
    """The kinds of the facts about a customer."""
    rows = await world.sql("select kind, count(*) from kit.fact where customer_id = $1 group by 1", UUID(customer_id))
    return Counter(dict(rows))


async def assert_paid_once(world: World, invoice: dict[str, Any], before: Counter[str], method: str) -> None:
    """One payment, one allocation, one set of facts, and one of whatever else a payment makes."""
    since = await happened(world, invoice["customer_id"]) - before
    # What became of the attempt before its money came depends on who told first; each step of it happens once.
    steps = {kind for kind in since if kind.startswith("card_attempt_")}
    assert since == Counter(ONE_SET) + Counter(steps)
    (payment,) = (await world.done("GET", f"/v1/customers/{invoice['customer_id']}/payments"))["items"]
    assert (payment["method"], payment["amount"]["amount"]) == (method, invoice["total_minor"])
    counted = await world.sql(
        """select (select count(*) from billing.allocation where customer_id = $1) as allocations,
                  (select count(*) from billing.transfer where strand = $1 and posting_id = $2) as transfers,
                  (select count(*) from billing.receipt where payment_id = $2) as receipts,
                  (select count(*) from billing.parked_money) as parked,
                  (select count(*) from subscriptions.provisioning_order where subscription_id = $3 and state = 'active' and ordered_at = $4) as switched_on,
                  (select count(*) from kit.task where kind = 'send_notice' and subject_id = $2) as notices""",
        UUID(invoice["customer_id"]),
        UUID(payment["id"]),
        UUID(invoice["subscription_id"]),
        world.clock.now,
    )
    assert dict(counted[0]) == {"allocations": 1, "transfers": 2, "receipts": 1, "parked": 0, "switched_on": 1, "notices": 1}
    account = await world.done("GET", f"/v1/customers/{invoice['customer_id']}/account")
    assert account["balances"] == [{"currency": "EUR", "owed_minor": 0, "credit_minor": 0}]


async def card_told(shop: Shop, order: list[int], together: int) -> None:
    """Eight times by a webhook that says so, four by webhooks that say otherwise, four times by the app, four by staff."""
    invoice = await cut_off(shop.world)
    attempt = await shop.begin(UUID(invoice["id"]))
    await shop.standin.pay(intent=attempt["intent_id"])
    intent, before = shop.intent(attempt), await happened(shop.world, invoice["customer_id"])

    def webhook(kind: str, event: str, **differences: Any) -> Telling:
        return lambda: shop.tell(f"payment_intent.{kind}", intent | differences, event_id=f"evt_{event}_{invoice['id']}")

    def refresh(role: Any) -> Telling:
        async def ask() -> int:
            return (await shop.world.post(f"/v1/card-attempts/{attempt['attempt_id']}/refresh", role=role)).status_code

        return ask

    unpaid = {"amount_received": 0}
    tellings = [webhook("succeeded", str(number % 4)) for number in range(8)]
    tellings += [webhook("processing", "processing", status="processing", **unpaid) for _ in range(2)]
    tellings += [webhook("payment_failed", "failed", status="requires_payment_method", **unpaid)]
    tellings += [webhook("canceled", "canceled", status="canceled", **unpaid)]
    tellings += [refresh("manager") for _ in range(4)] + [refresh("back_office") for _ in range(4)]
    assert await told(tellings, order, together) == [200] * TOLD
    await assert_paid_once(shop.world, invoice, before, "card")
    assert (await shop.world.done("GET", f"/v1/card-attempts/{attempt['attempt_id']}"))["state"] == "succeeded"


async def cash_told(world: World, order: list[int], together: int) -> None:
    """Fourteen times by the agent's telephone, which may have made a new key since, six times by the back office, which types the slip."""
    invoice, agent = await cut_off(world), await world.staff("agent")
    before = await happened(world, invoice["customer_id"])
    money = {"amount": {"amount": invoice["total_minor"], "currency": "EUR"}, "invoice_id": invoice["id"], "id": str(world.id())}

    def app(key: str) -> Telling:
        async def tell() -> int:
            headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
            return (await world.http.post("/v1/payments/cash", json=money, headers=headers)).status_code

        return tell

    def staff() -> Telling:
        async def tell() -> int:
            slip = {**money, "taken_by": str(agent["id"])}
            return (await world.post("/v1/payments/cash", slip, role="back_office", key=str(world.id()))).status_code

        return tell

    token = world._signed(agent["id"], agent["session_id"], ("agent",))
    tellings = [app(str(world.id())) for _ in range(14)] + [staff() for _ in range(6)]
    assert sorted(await told(tellings, order, together)) == [200] * (TOLD - 1) + [201]
    await assert_paid_once(world, invoice, before, "cash")


@bounds(max_examples=4, **BOUNDS)
@given(ORDERS)
async def test_a_card_payment_told_twenty_times_is_one_payment_one_allocation_one_set_of_facts(shop: Shop, how: Any) -> None:
    await card_told(shop, *how)


@bounds(max_examples=4, **BOUNDS)
@given(ORDERS)
async def test_a_cash_payment_told_twenty_times_is_one_payment_one_allocation_one_set_of_facts(world: World, how: Any) -> None:
    await cash_told(world, *how)


@pytest.mark.soak
@bounds(max_examples=60, **BOUNDS)
@given(ORDERS)
async def test_a_card_payment_in_sixty_orders_is_one_payment(shop: Shop, how: Any) -> None:
    await card_told(shop, *how)


@pytest.mark.soak
@bounds(max_examples=60, **BOUNDS)
@given(ORDERS)
async def test_a_cash_payment_in_sixty_orders_is_one_payment(world: World, how: Any) -> None:
    await cash_told(world, *how)
