"""Amounts of none, two and three decimals are the same from offer to paper, and no money of one currency pays what is owed in another."""

import random
from typing import Any

import pytest

from tests.authorisations.matters import Matter
from tests.billing.builders import Books, pay
from tests.documents.papers import text_of
from tests.world import World

WRITTEN = {"JPY": ("¥1,235", "¥124", "¥1,359"), "EUR": ("€12.35", "€1.24", "€13.59"), "KWD": ("1.235", "0.124", "1.359")}
"""Net, tax and total of 1,235 minor units at 10 %, as English paper says them."""


@pytest.mark.parametrize("currency", WRITTEN)
async def test_an_amount_is_the_same_on_offer_invoice_receipt_ledger_and_report(world: World, currency: str) -> None:
    matter = await Matter(world).begin(currency=currency)
    item = {"unit_price": "1234.5", "tax_rate": "10"}
    offer = await matter.offer(item)
    assert (offer.total_minor, (await matter.consent(offer))["active"]) == (1_235, True)
    world.clock.forward(minutes=1)
    await matter.work(str(offer.item_ids[0]))
    invoice = await matter.posted({"item_id": str(offer.item_ids[0]), "unit_price": "1234.5"}, currency=currency)
    assert (invoice["currency"], invoice["tax_minor"], invoice["total_minor"]) == (currency, 124, 1_359)
    paper = (await text_of(world, f"/v1/invoices/{invoice['id']}/invoice.pdf")).replace("\xa0", " ")
    assert [said for said in WRITTEN[currency] if said not in paper] == []
    paid = await pay(world, 1_000, currency=currency, invoice_id=invoice["id"])
    receipt = await text_of(world, f"/v1/payments/{paid['payment_id']}/receipt.pdf")
    assert {"JPY": "1,000", "EUR": "10.00", "KWD": "1.000"}[currency] in receipt
    owed = (await world.done("GET", "/v1/reports/receivables"))["totals"]
    assert [(one["currency"], one["open_minor"]) for one in owed] == [(currency, 359)]
    earned = (await world.done("GET", "/v1/reports/income"))["items"]
    assert [(one["currency"], one["account"], one["amount_minor"]) for one in earned] == [
        (currency, "revenue", 1_235),
        (currency, "tax", 124),
    ]
    assert (await world.done("GET", "/v1/ledger/trial-balance"))["sums"] == {currency: 0}


async def test_money_of_one_currency_pays_nothing_in_another(world: World, books: Books) -> None:
    customer_id = await books.customer()
    euros, yen = await books.invoice(customer_id, 500), await books.invoice(customer_id, 700, currency="JPY")
    paid = await pay(world, 600, customer_id=customer_id)
    assert [(one["invoice_id"], one["paid_minor"]) for one in paid["paid"]] == [(str(euros), 500)]
    refused = await world.post(
        "/v1/payments/cash", {"amount": {"amount": 5, "currency": "EUR"}, "invoice_id": str(yen)}, role="agent", key=str(world.id())
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "CURRENCY_DIFFERS")
    account = await world.done("GET", f"/v1/customers/{customer_id}/account")
    assert account["balances"] == [
        {"currency": "EUR", "owed_minor": 0, "credit_minor": 100},
        {"currency": "JPY", "owed_minor": 700, "credit_minor": 0},
    ]
    used = await world.done("POST", f"/v1/customers/{customer_id}/use-credit", {"currency": "EUR"}, key=str(world.id()))
    assert (used["paid"], used["credit_minor"]) == ([], 100)


@pytest.mark.parametrize("seed", range(3))
async def test_however_money_of_three_currencies_mixes_each_has_its_own_receivable_and_credit(
    world: World, books: Books, seed: int
) -> None:
    chance, customer_id = random.Random(seed), await books.customer()
    invoiced: dict[str, int] = dict.fromkeys(WRITTEN, 0)
    received: dict[str, int] = dict.fromkeys(WRITTEN, 0)
    for _ in range(8):
        currency, amount = chance.choice(list(WRITTEN)), chance.randint(1, 900)
        if chance.random() < 0.5:
            await books.invoice(customer_id, amount, currency=currency)
            invoiced[currency] += amount
        else:
            await pay(world, amount, currency=currency, customer_id=customer_id)
            received[currency] += amount
        balances: list[dict[str, Any]] = (await world.done("GET", f"/v1/customers/{customer_id}/account"))["balances"]
        told = {one["currency"]: one["owed_minor"] - one["credit_minor"] for one in balances}
        assert told == {one: invoiced[one] - received[one] for one in WRITTEN if invoiced[one] or received[one]}
    assert set((await world.done("GET", "/v1/ledger/trial-balance"))["sums"].values()) <= {0}
