"""Nobody's saved method is charged while money that may be theirs waits at the bank, as nobody is dunned then."""

import pytest

from tests.billing.bank_files import entry, imported, sent, statement, with_account
from tests.billing.builders import Books
from tests.billing.cards.saving import minute
from tests.billing.cards.shop import Shop
from tests.billing.cards.test_charge_saved_method import owing
from tests.billing.test_match_bank_line import act, invoice, only_line


@pytest.mark.parametrize("named", ["number", "name"])
async def test_money_at_the_bank_that_may_be_theirs_is_decided_before_they_are_charged(shop: Shop, books: Books, named: str) -> None:
    customer, invoice_id = await owing(shop, books)
    await with_account(shop.world)
    await minute(shop)
    (row,) = await shop.world.sql("select name from customers.customer where customer_id = $1", customer.customer_id)
    told = (
        entry(5_000, (await invoice(shop.world, invoice_id))["number"])
        if named == "number"
        else entry(5_000, "thanks", name=row["name"].upper())
    )
    await imported(shop.world, statement(0, 5_000, told))
    await minute(shop, days=3)
    assert (await customer.charges(), len(await customer.planned())) == ([], 1)
    line = await only_line(shop.world)
    assert (await act(shop.world, line, "dismiss", {"reason": "other", "note": "Somebody else's"})).status_code == 200
    await minute(shop)
    assert [one["state"] for one in await customer.charges()] == ["paid"]


async def test_nobody_is_charged_while_money_that_came_wasnt_looked_at(shop: Shop, books: Books) -> None:
    customer, _ = await owing(shop, books)
    await with_account(shop.world)
    await minute(shop)
    shop.world.clock.forward(days=3)
    assert (await sent(shop.world, statement(0, 700, entry(700, "rent")))).status_code == 201
    await minute(shop)
    assert await customer.charges() == []
    await minute(shop, kinds=("match_bank_lines",))
    await minute(shop)
    assert [one["state"] for one in await customer.charges()] == ["paid"]
