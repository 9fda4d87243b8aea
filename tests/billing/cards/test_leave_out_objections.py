"""What a customer objects to isn't collected by card until that is decided; the rest of its invoice is."""

from datetime import date
from typing import Any
from uuid import UUID

from service.billing.provider.pay_links import pay_path
from tests.billing.cards.saving import Saver, always_awake, minute, saver
from tests.billing.cards.shop import Shop
from tests.care.objections import Billed, billed

__all__ = ["billed"]
WHOLE, FIRST, SECOND = 19_040, 11_900, 7_140


async def owing(shop: Shop, billed: Billed) -> Saver:
    await always_awake(shop)
    customer = await saver(shop, billed.customer_id)
    await customer.save()
    return customer


async def on_the_day(shop: Shop, customer: Saver, kinds: tuple[str, ...] | None = None) -> None:
    [planned] = await customer.planned()
    days = (date.fromisoformat(planned["charge_on"]) - shop.world.clock.now.date()).days
    await minute(shop, days=days, **({} if kinds is None else {"kinds": kinds}))


async def charged(customer: Saver) -> list[tuple[str, int]]:
    return [(one["state"], one["amount"]["amount"]) for one in await customer.charges()]


async def paying(shop: Shop, billed: Billed) -> tuple[Any, str]:
    path = pay_path(shop.world.database.cursors, organisation_id=shop.world.organisation_id, invoice_id=UUID(billed.invoice["id"]))
    return path, (await shop.world.http.get(path)).text


async def test_a_saved_card_is_charged_the_rest_of_an_invoice_and_what_was_explained_only_by_another_word(
    shop: Shop, billed: Billed
) -> None:
    customer, objection = await owing(shop, billed), await billed.objects(2)
    await minute(shop)
    assert [one["amount"]["amount"] for one in await customer.planned()] == [FIRST]
    await on_the_day(shop, customer)
    assert (await charged(customer), await customer.account()) == ([("paid", FIRST)], {"owed": SECOND, "credit": 0})
    anew = f"/v1/invoices/{billed.invoice['id']}/charge-notices"
    word = {"agreement": "Ada Lovelace by phone at nine: take it"}
    refused = await shop.world.post(anew, word, role="back_office", key=str(shop.world.id()))
    assert (refused.status_code, refused.json()["code"]) == (409, "NOTHING_TO_CHARGE")
    await billed.decide(objection, "explained")
    await minute(shop, days=10)
    assert await charged(customer) == [("paid", FIRST)]
    told = await shop.world.done("POST", anew, word, role="back_office", key=str(shop.world.id()))
    assert told["amount"]["amount"] == SECOND
    await on_the_day(shop, customer)
    assert (await charged(customer), await customer.account()) == ([("paid", FIRST), ("paid", SECOND)], {"owed": 0, "credit": 0})


async def test_what_is_objected_to_after_it_was_announced_or_while_the_charge_begins_is_left_out(shop: Shop, billed: Billed) -> None:
    customer = await owing(shop, billed)
    await minute(shop)
    assert [one["amount"]["amount"] for one in await customer.planned()] == [WHOLE]
    await on_the_day(shop, customer, kinds=("plan_charges",))
    await billed.objects(2)
    await minute(shop, kinds=("charge_saved_method",))
    assert (await charged(customer), await customer.account()) == ([("paid", FIRST)], {"owed": SECOND, "credit": 0})


async def test_an_invoice_that_is_objected_to_whole_is_announced_once_that_is_explained(shop: Shop, billed: Billed) -> None:
    customer = await owing(shop, billed)
    objections = [await billed.objects(line) for line in (1, 2)]
    await minute(shop, days=30)
    assert (await customer.planned(), await charged(customer)) == ([], [])
    for objection in objections:
        await billed.decide(objection, "explained")
    await minute(shop)
    await on_the_day(shop, customer)
    assert await charged(customer) == [("paid", WHOLE)]


async def test_a_link_and_a_reader_ask_for_the_rest_and_then_for_what_its_customer_pays_all_the_same(shop: Shop, billed: Billed) -> None:
    await billed.objects(2)
    path, shown = await paying(shop, billed)
    told = shown.replace("\u00a0", " ")
    assert ("Of it €71.40 is what you object to" in told, "To pay now" in told, "€119.00" in told) == (True, True, True)
    at_reader = f"/v1/invoices/{billed.invoice['id']}/card-attempts"
    begun = await shop.world.done("POST", at_reader, {"way": "terminal"}, role="technician", key=str(shop.world.id()))
    assert begun["amount"]["amount"] == FIRST
    assert (await shop.world.http.post(path, headers={"Origin": str(shop.world.http.base_url)}, data={})).status_code == 303
    await billed.pays(FIRST)
    _, shown = await paying(shop, billed)
    assert "To pay now" not in shown
    begun = await shop.world.done("POST", at_reader, {"way": "terminal"}, role="technician", key=str(shop.world.id()))
    assert begun["amount"]["amount"] == SECOND
