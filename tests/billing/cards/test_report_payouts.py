"""What the provider pays out is kept with every movement it is made of, each explained; its fees are posted."""

import csv
import io
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from service.billing.hearing.background import run_pull_payouts
from service.integrations.asgi import running
from service.integrations.stripe.standin import Standin
from service.kit.tasks.registry import KINDS
from tests.billing.builders import Books, pay
from tests.billing.cards.shop import SECRET, Shop, worker_of
from tests.world import World


async def books_of(world: World) -> dict[str, int]:
    told = await world.done("GET", "/v1/ledger/trial-balance")
    assert told["sums"] == {"EUR": 0}
    return {one["kind"]: one["balance_minor"] for one in told["accounts"]}


async def paid_out(standin: Standin) -> list[dict[str, Any]]:
    """All that is there leaves for the bank, what a charge brought being known a moment after it."""
    await standin.advance(seconds=120)
    return await standin.pay_out()


async def pull(shop: Shop) -> None:
    assert KINDS["pull_payouts"].handler is run_pull_payouts
    shop.world.clock.forward(hours=2)
    await worker_of(shop, "pull_payouts").drain()


async def paid_by_card(shop: Shop, books: Books, amount: int) -> tuple[Any, dict[str, Any]]:
    attempt = await shop.begin(await books.invoice(customer_id := await books.customer(), amount))
    await shop.standin.pay(intent=attempt["intent_id"])
    return customer_id, await shop.world.done("POST", f"/v1/card-attempts/{attempt['attempt_id']}/refresh")


async def test_a_payout_is_explained_to_the_last_movement_and_its_fees_leave_card_clearing(
    shop: Shop,
    standin: Standin,
    books: Books,
) -> None:
    await paid_out(standin)  # whatever other tests left there
    customer_id, paid = await paid_by_card(shop, books, 4_990)
    _, other = await paid_by_card(shop, books, 10_000)
    await pay(shop.world, 1_000, customer_id=customer_id)
    refund = {"amount": {"amount": 1_000, "currency": "EUR"}, "via": "card", "reason": "Paid twice", "payment_id": paid["payment_id"]}
    await shop.world.done("POST", f"/v1/customers/{customer_id}/refunds", refund, key="key-of-refund")
    await worker_of(shop, "create_refund").drain()
    (made,) = await paid_out(standin)
    await pull(shop)
    await pull(shop)  # told twice it is one
    payout = (await shop.world.done("GET", "/v1/payouts"))["items"][0]
    assert (payout["provider_payout_id"], payout["amount"]["amount"]) == (made["id"], made["amount"])
    assert (payout["line_count"], payout["unexplained_count"], payout["difference_minor"]) == (3, 0, 0)
    balances = await books_of(shop.world)
    assert (balances["card_fees"], balances["card_clearing"]) == (payout["fee_minor"], made["amount"])
    until = date.fromisoformat(payout["arrives_on"]) + timedelta(days=1)
    span = f"from_on={payout['arrives_on']}&until_on={until}"
    lines = [
        one for one in (await shop.world.done("GET", f"/v1/reports/payouts?{span}"))["items"] if one["provider_payout_id"] == made["id"]
    ]
    explained = {(one["explained_by"], one["amount_minor"]) for one in lines}
    assert explained == {("payment", 4_990), ("payment", 10_000), ("refund", -1_000)}
    assert {one["explained_id"] for one in lines} >= {paid["payment_id"], other["payment_id"]}
    assert sum(one["net_minor"] for one in lines) == made["amount"]
    sheet = (await shop.world.get(f"/v1/reports/payouts.csv?{span}")).text
    assert (
        sum(int(row["net_minor"]) for row in csv.DictReader(io.StringIO(sheet)) if row["provider_payout_id"] == made["id"])
        == made["amount"]
    )
    assert (await shop.world.get(f"/v1/reports/payouts.jsonl?{span}")).text.count(made["id"]) == 3


async def test_a_payout_that_the_bank_sends_back_says_so(shop: Shop, standin: Standin, books: Books) -> None:
    await paid_by_card(shop, books, 4_990)
    (made,) = await paid_out(standin)
    await pull(shop)
    await standin.fail_payout(payout=made["id"])
    await pull(shop)
    stands = {one["provider_payout_id"]: one["status"] for one in (await shop.world.done("GET", "/v1/payouts"))["items"]}
    assert stands[made["id"]] == "failed"


async def test_money_at_the_provider_that_nobody_here_knows_is_not_explained(shop: Shop, standin: Standin, books: Books) -> None:
    await paid_out(standin)
    intents = shop.world.app.state.outside.stripe.client.v1.payment_intents
    strange = await intents.create_async({"amount": 700, "currency": "eur", "metadata": {}})
    await standin.pay(intent=strange.id)
    (made,) = await paid_out(standin)
    await pull(shop)
    stands = {one["provider_payout_id"]: one for one in (await shop.world.done("GET", "/v1/payouts"))["items"]}
    assert stands[made["id"]]["unexplained_count"] == 1


async def test_a_payout_is_taken_in_as_soon_as_its_webhook_tells_of_it(shop: Shop, standin: Standin, books: Books) -> None:
    await paid_out(standin)  # whatever other tests left there
    await paid_by_card(shop, books, 4_990)
    async with running(shop.world.app) as url:
        await standin.register(url=url + shop.webhooks, secret=SECRET)
        (made,) = await paid_out(standin)
        await standin.settle()
    assert (await shop.world.done("GET", "/v1/payouts"))["items"] == []
    await worker_of(shop, "hear_payouts").drain()
    told = [one["provider_payout_id"] for one in (await shop.world.done("GET", "/v1/payouts"))["items"]]
    assert made["id"] in told
    unread = await shop.world.sql("select type from billing.provider_event where outcome = 'unread' and type like 'payout%'")
    assert unread == []


async def test_the_fee_of_a_card_payment_is_known_before_its_payout_and_is_posted_with_it_alone(
    shop: Shop, standin: Standin, books: Books
) -> None:
    async with running(shop.world.app) as url:
        await standin.register(url=url + shop.webhooks, secret=SECRET)
        _, paid = await paid_by_card(shop, books, 4_990)
        unknown = await shop.world.get(f"/v1/payments/{paid['payment_id']}/card-fee")
        assert unknown.status_code == 404
        await standin.advance(seconds=120)
        await standin.settle()
    await worker_of(shop, "hear_fee").drain()
    known = await shop.world.done("GET", f"/v1/payments/{paid['payment_id']}/card-fee")
    assert (known["fee"]["currency"], known["fee"]["amount"] > 0) == ("EUR", True)
    assert "card_fees" not in await books_of(shop.world)
    await paid_out(standin)
    await pull(shop)
    lines = await shop.world.sql("select fee_minor from billing.payout_line where explained_id = $1", UUID(paid["payment_id"]))
    assert [row["fee_minor"] for row in lines] == [known["fee"]["amount"]]
