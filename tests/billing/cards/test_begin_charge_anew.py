"""What was called off, taken back or has failed is charged again only as the customer agrees, and they are told anew first."""

import re
from uuid import UUID

import httpx

from service.integrations.asgi import running
from service.integrations.stripe.standin import Standin
from tests.billing.builders import Books, pay
from tests.billing.cards.saving import DECLINES_LATER, Saver, days_until, minute
from tests.billing.cards.shop import Shop
from tests.billing.cards.test_charge_saved_method import owing
from tests.identity.builders import PASSWORD, joined


async def anew(shop: Shop, customer: Saver, agreement: str = "On the phone with Ada: charge it again") -> httpx.Response:
    """The office begins anew with what the customer was charged last."""
    invoice_id = (await customer.charges())[-1]["invoice_id"]
    path = f"/v1/invoices/{invoice_id}/charge-notices"
    return await shop.world.post(path, {"agreement": agreement}, role="back_office", key=str(shop.world.id()))


async def test_what_was_called_off_or_taken_back_is_planned_no_more_until_its_customer_agrees_anew(shop: Shop, books: Books) -> None:
    called_off, invoice_id = await owing(shop, books)
    taken_back, _ = await owing(shop, books)
    await minute(shop)
    await minute(shop, days=3, kinds=("plan_charges",))
    assert [[len(await one.planned()), (await one.charges())[0]["state"]] for one in (called_off, taken_back)] == [[1, "running"]] * 2
    cash = (await pay(shop.world, 4_990, invoice_id=invoice_id))["payment_id"]
    await minute(shop)
    card = (await taken_back.charges())[0]["payment_id"]
    for payment_id in (cash, card):
        reason = {"reason": "Never arrived", "cause": "bounced_cheque"}
        await shop.world.done("POST", f"/v1/payments/{payment_id}/reverse", reason, key=str(shop.world.id()))
    assert [[(await one.charges())[0]["state"], await one.planned()] for one in (called_off, taken_back)] == [
        ["called_off", []],
        ["paid", []],
    ]
    await minute(shop, days=10)
    assert [len(await one.charges()) for one in (called_off, taken_back)] == [1, 1]
    for one in (called_off, taken_back):
        told = await anew(shop, one)
        assert (told.status_code, days_until(shop, told.json()["charge_on"]), told.json()["amount"]["amount"]) == (201, 3, 4_990)
        assert ((await anew(shop, one)).json()["code"], len(await one.planned())) == ("NOTHING_TO_CHARGE", 1)
    await minute(shop, days=2)
    assert [len(await one.charges()) for one in (called_off, taken_back)] == [1, 1]
    for _ in "12":
        await minute(shop, days=1)
    assert [[charge["state"] for charge in await one.charges()] for one in (called_off, taken_back)] == [
        ["called_off", "paid"],
        ["paid", "paid"],
    ]
    assert [((await one.mails()).count("charge_notice"), await one.account()) for one in (called_off, taken_back)] == [
        (2, {"owed": 0, "credit": 0})
    ] * 2


async def test_what_failed_is_begun_anew_only_where_nothing_is_tried_and_the_bank_has_not_refused_for_good(
    shop: Shop, books: Books, standin: Standin
) -> None:
    later, _ = await owing(shop, books, DECLINES_LATER)
    never, _ = await owing(shop, books)
    ended, _ = await owing(shop, books)
    await shop.world.done("POST", "/v1/charge-policies", {"keeps_quiet_hours": False, "retry_days": [1]}, role="manager")
    for one, code in ((never, "stolen_card"), (ended, "insufficient_funds")):
        await standin.decline_method(payment_method=await one.provider_method(), decline_code=code)
    await minute(shop)
    await minute(shop, days=3)
    assert [(await anew(shop, one)).json()["code"] for one in (later, never)] == ["NOTHING_TO_CHARGE", "METHOD_REFUSED"]
    await minute(shop, days=1)
    assert (await anew(shop, later)).status_code == 201
    assert (await anew(shop, ended, "yes")).status_code == 422
    await ended.send(do="withdraw", id=(await ended.methods())[0]["id"])
    assert (await anew(shop, ended)).json()["code"] == "NO_SAVED_METHOD"
    for _ in "1234":
        await minute(shop, days=1)
    assert [[(one["ordinal"], one["verdict"]) for one in await who.charges()] for who in (later, never)] == [
        [(1, "again"), (2, "again"), (1, "again"), (2, "again")],
        [(1, "never")],
    ]
    name = await never.provider_method()
    renewed = {"object": "payment_method", "id": name, "type": "card", "customer": "cus_1", "livemode": False}
    card = {"brand": "visa", "last4": "4243", "exp_month": 2, "exp_year": 2040}
    assert await shop.tell("payment_method.automatically_updated", {**renewed, "card": card}, event_id="evt_renewed") == 200
    assert (await anew(shop, never)).status_code == 201  # its network gave another card


async def test_the_office_announces_it_anew_from_the_customer_s_page_with_who_agreed(shop: Shop, books: Books) -> None:
    customer, invoice_id = await owing(shop, books)
    page, words = f"/app/customers/{customer.customer_id}", {"agreement": "Ada on the phone, 2 March, 10:40"}
    await minute(shop)
    await minute(shop, days=3, kinds=("plan_charges",))
    person = await joined(shop.world, roles=("back_office",))
    async with running(shop.world.app) as url, httpx.AsyncClient(base_url=url, headers={"origin": url}) as office:
        await office.post("/sign-in", data={"email": person["email"], "password": PASSWORD, "to": ""})
        shown = (await office.get(page)).text
        assert ("Charged by" in shown, "charge-anew" in shown) == (True, False)
        await _taken_back(shop, invoice_id)
        [action] = re.findall(r'action="([^"]+/charge-anew)"', (await office.get(page)).text)
        refused = await office.post(action, data={"agreement": "yes"})
        assert (refused.status_code, "Say who of them agreed" in refused.text) == (422, True)
        assert (await office.post(action, data=words)).status_code == 303
        shown = (await office.get(page)).text
        assert ("charge-anew" in shown, "Charge announced anew, as agreed" in shown, len(await customer.planned())) == (False, True, 1)
        again = await office.post(action, data=words)
        assert (again.status_code, "Nothing is to be charged anew here." in again.text) == (409, True)


async def _taken_back(shop: Shop, invoice_id: UUID) -> None:
    """Cash that calls a running charge off, and bounces."""
    cash = (await pay(shop.world, 4_990, invoice_id=invoice_id))["payment_id"]
    await minute(shop)
    reason = {"reason": "Never arrived", "cause": "bounced_cheque"}
    await shop.world.done("POST", f"/v1/payments/{cash}/reverse", reason, key=str(shop.world.id()))
