"""Attacks by people who work here: what an insider with an honest login tries against customer and company."""

from uuid import UUID

import asyncpg
import pytest

from tests.authorisations.matters import Matter
from tests.billing.builders import Books, cash, pay
from tests.dispatch.builders import HOUR, job
from tests.subscriptions.builders import opened, renew, subscribed, supply
from tests.subscriptions.builders import pay as pay_invoice
from tests.world import World


@pytest.fixture
async def matter(world: World) -> Matter:
    """A matter without tolerance."""
    return await Matter(world).begin()


@pytest.fixture
def books(world: World) -> Books:
    """Invoices to pay."""
    return Books(world)


@pytest.mark.parametrize(
    "periods",
    [
        [(f"2026-03-{day:02}", f"2026-03-{day + 1:02}") for day in range(4, 24)],
        [("2026-03-04", "2026-03-05")],
        [("2026-03-04", "2026-04-03")],
        [("2026-03-04", "2026-04-04"), ("2026-04-04", "2026-04-05")],
        [("2031-03-04", "2031-04-04")],
    ],
    ids=["twenty days as twenty months", "a day", "a day short", "a day more", "five years ahead"],
)
async def test_a_months_price_buys_a_month(world: World, periods: list[tuple[str, str]]) -> None:
    subscription = await subscribed(world)
    refused = await supply(world, subscription, *periods)
    assert (refused.status_code, refused.json()["code"]) == (422, "PERIOD_NOT_AS_AGREED")
    assert (await world.done("GET", f"/v1/customers/{subscription['customer_id']}/account"))["open_invoices"] == []
    assert (await supply(world, subscription, ("2026-03-04", "2026-04-04"))).status_code == 201


@pytest.mark.parametrize("period", [("2025-01-04", "2025-02-04"), ("2026-03-03", "2026-04-03")], ids=["a year before", "the day before"])
async def test_periods_begun_before_the_customer_agreed_are_not_billed(world: World, period: tuple[str, str]) -> None:
    subscription = await subscribed(world, begins_on="2025-01-04")
    refused = await supply(world, subscription, period)
    assert refused.status_code == 422
    assert [line["code"] for line in refused.json()["lines"]] == ["WORK_BEFORE_AUTH"]


async def test_nothing_is_supplied_after_the_end(world: World) -> None:
    subscription = await subscribed(world)
    await world.done("POST", f"/v1/subscriptions/{subscription['id']}/end", role="back_office")
    refused = await supply(world, subscription, ("2026-03-04", "2026-04-04"))
    assert refused.status_code == 422
    assert [line["code"] for line in refused.json()["lines"]] == ["SUBSCRIPTION_ENDED"]
    assert (await world.get(f"/v1/subscriptions/{subscription['id']}/periods")).json()["items"] == []


async def test_a_job_is_never_supplied_without_work(world: World) -> None:
    of = await job(world)
    refused = await world.post(f"/v1/jobs/{of['id']}/offers", {"items": [HOUR | {"recurring": True}]})
    assert (refused.status_code, refused.json()["code"]) == (422, "RECURRING_ON_JOB")


async def test_an_offer_made_once_is_not_revised_into_a_recurring_one(world: World) -> None:
    of = await job(world)
    offer = await world.done("POST", f"/v1/jobs/{of['id']}/offers", {"items": [HOUR]})
    refused = await world.post(f"/v1/offers/{offer['id']}/revisions", {"revises": 1, "items": [HOUR | {"recurring": True}]})
    assert (refused.status_code, refused.json()["code"]) == (422, "RECURRING_ON_JOB")


@pytest.mark.parametrize("amount", [0, 1, 9_999])
async def test_what_is_free_to_be_billed_again_was_given_back_in_money(matter: Matter, amount: int) -> None:
    [item] = await matter.done({})
    invoice = await matter.posted({"item_id": item})
    credit = {"lines": [{"line_number": 1, "quantity": "1", "amount": amount}], "reason": "A gesture"}
    refused = await matter.world.post(f"/v1/invoices/{invoice['id']}/credit-notes", credit, key=str(matter.world.id()))
    assert (refused.status_code, refused.json()["code"]) == (422, "CREDIT_BELOW_ITS_SHARE")
    assert await matter.refused({"item_id": item}) == ["BILLED_OVER_PERFORMED"]


async def test_a_part_is_given_back_for_no_less_than_its_share(matter: Matter) -> None:
    [item] = await matter.done({"quantity": "3"})
    invoice = await matter.posted({"item_id": item, "quantity": "3"})
    codes = []
    for line in (
        {"quantity": "0", "amount": 10_000},  # money alone frees nothing
        {"quantity": "1", "amount": 0},  # its money came back above
        {"quantity": "1", "amount": 9_999},
        {"quantity": "1"},
    ):
        answer = await matter.world.post(
            f"/v1/invoices/{invoice['id']}/credit-notes",
            {"lines": [{"line_number": 1} | line], "reason": "Shares"},
            key=str(matter.world.id()),
        )
        codes.append(answer.json().get("code"))
    assert codes == [None, None, "CREDIT_BELOW_ITS_SHARE", None]


@pytest.mark.parametrize("way", ["correct", "reverse"])
async def test_nobody_writes_off_the_cash_in_their_own_hands(world: World, books: Books, way: str) -> None:
    invoice_id = await books.invoice(await books.customer(), 5_000)
    paid = await pay(world, 5_000, invoice_id=invoice_id, role="back_office")
    body = {"correct": {"amount": {"amount": 10, "currency": "EUR"}, "reason": "Typo"}, "reverse": {"reason": "False notes"}}[way]
    refused = await world.post(f"/v1/payments/{paid['payment_id']}/{way}", body, role="back_office", key=str(world.id()))
    assert (refused.status_code, refused.json()["code"]) == (403, "TAKEN_BACK_BY_SOMEBODY_ELSE")
    held = (await world.done("GET", "/v1/cash/agents"))["agents"]
    assert [one["held_minor"] for one in held] == [5_000]
    await world.done("POST", f"/v1/payments/{paid['payment_id']}/{way}", body, role="manager", key=str(world.id()))


@pytest.mark.parametrize("way", ["correct", "reverse"])
async def test_nobody_writes_off_the_cash_in_their_own_hands_through_a_key_of_theirs(world: World, books: Books, way: str) -> None:
    paid = await pay(world, 5_000, customer_id=await books.customer(), role="manager")
    key = (await world.done("POST", "/v1/api-keys", {"name": "Mine", "scopes": ["payments:correct"]}))["key"]
    body = {"correct": {"amount": {"amount": 10, "currency": "EUR"}, "reason": "Typo"}, "reverse": {"reason": "False notes"}}[way]
    as_key = {"Authorization": f"Bearer {key}", "Idempotency-Key": str(world.id())}
    refused = await world.http.post(f"/v1/payments/{paid['payment_id']}/{way}", json=body, headers=as_key)
    assert (refused.status_code, refused.json()["code"]) == (403, "TAKEN_BACK_BY_SOMEBODY_ELSE")
    held = (await world.done("GET", "/v1/cash/agents"))["agents"]
    assert [one["held_minor"] for one in held] == [5_000]


async def test_cash_is_taken_back_from_whom_took_it_and_from_nobody_else(world: World, books: Books) -> None:
    customer_id = await books.customer()
    paid = await pay(world, 5_000, customer_id=customer_id, role="agent")
    other = (await world.staff("technician"))["id"]
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="reversal_of_payment"):
        await world.sql(
            "insert into billing.payment_reversal (organisation_id, reversal_id, payment_id, customer_id, currency, amount_minor, cause, reason, reversed_by,"
            " ordinal, source_kind, source_holder) values ($1, $2, $3, $4, 'EUR', 5000, 'other', 'x', 'staff:x', 1, 'cash_on_agent', $5)",
            world.organisation_id, world.id(), UUID(paid["payment_id"]), customer_id, str(other),
        )  # fmt: skip


async def test_money_taken_again_after_it_was_taken_back_is_never_mistaken_for_the_first(world: World, books: Books) -> None:
    invoice_id, visit_id = await books.invoice(customer_id := await books.customer(), 5_000), await books.visit(customer_id)
    first = await pay(world, 5_000, invoice_id=invoice_id, visit_id=visit_id)
    await world.done("POST", f"/v1/payments/{first['payment_id']}/reverse", {"reason": "False notes"}, key=str(world.id()))
    again = cash(5_000, invoice_id=invoice_id, visit_id=visit_id)
    told = await world.post("/v1/payments/cash", again, role="agent", key=str(world.id()))
    assert (told.status_code, told.json()["code"]) == (409, "PAYMENT_DIFFERS")
    del again["visit_id"]
    answer = await world.done("POST", "/v1/payments/cash", again, role="agent", key=str(world.id()))
    assert answer["paid"] == [{"invoice_id": str(invoice_id), "paid_minor": 5_000, "open_minor": 0}]


@pytest.mark.parametrize("scope", ["presentations:decide", "presentations:read", "portal:read", "***", "staff:write "])
async def test_no_key_can_speak_for_a_customer(world: World, scope: str) -> None:
    refused = await world.post("/v1/api-keys", {"name": "Robot", "scopes": [scope]})
    assert (refused.status_code, refused.json()["code"]) == (422, "SCOPE_UNKNOWN")


async def test_a_program_never_holds_hands_in_or_accepts_cash(world: World, books: Books) -> None:
    customer_id = str(await books.customer())
    key = (await world.done("POST", "/v1/api-keys", {"name": "Till", "scopes": ["payments:cash", "cash:accept"]}))["key"]
    await pay(world, 100, customer_id=customer_id, role="manager")
    money = {"amount": 100, "currency": "EUR"}
    hand_in = await world.done("POST", "/v1/cash/hand-ins", {"counted": money}, key=str(world.id()))
    for path, body in (
        ("/v1/payments/cash", {"amount": money, "customer_id": customer_id}),
        ("/v1/cash/hand-ins", {"counted": money}),
        (f"/v1/cash/hand-ins/{hand_in['hand_in_id']}/accept", {"counted": money}),
    ):
        headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": str(world.id())}
        refused = await world.http.post(path, json=body, headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (422, "TAKER_UNCLEAR")


async def test_another_customers_link_answers_nothing(matter: Matter, world: World) -> None:
    theirs = await Matter(world).begin()
    given = []
    for one in (matter, theirs):
        offer = await one.offer({})
        given.append((offer, await one.present(offer)))
    (offer, shown), (_, other) = given
    document = {"offer_hash": shown["offer_hash"], "approved": [str(item) for item in offer.item_ids]}
    refused = await world.http.post(
        f"/v1/presentations/{shown['presentation_id']}/answer", json=document, headers={"Authorization": f"Bearer {other['token']}"}
    )
    assert refused.status_code == 404
    crossed = await world.post(f"/v1/offers/{offer.id}/present", {"contact_id": theirs.contact_id})
    assert (crossed.status_code, crossed.json()["code"]) == (404, "CONTACT_NOT_FOUND")


async def test_a_discount_pays_for_no_higher_price_elsewhere(matter: Matter) -> None:
    [item] = await matter.done({"quantity": "2"})
    await matter.posted({"item_id": item, "discount": 9_000})
    assert await matter.refused({"item_id": item, "unit_price": "19000"}) == ["PRICE_OVER_AUTHORISED"]


async def test_a_consent_is_not_spent_on_another_customer(matter: Matter, world: World) -> None:
    theirs = await Matter(world).begin()
    [item] = await matter.done({})
    assert await theirs.refused({"item_id": item}) == ["AUTH_WRONG_JOB"]
    [other] = await theirs.done({})
    assert await matter.refused({"item_id": item}, {"item_id": other}) == [None, "AUTH_WRONG_JOB"]


async def test_a_subscription_nobody_agreed_to_supplies_nothing(world: World) -> None:
    refused = await supply(world, await opened(world), ("2026-03-04", "2026-04-04"))
    assert [line["code"] for line in refused.json()["lines"]] == ["NO_EXPRESS_CONSENT"]


async def test_a_customer_pays_no_period_twice_after_renewing(world: World) -> None:
    subscription = await subscribed(world)
    await pay_invoice(world, await renew(world, subscription))
    refused = await supply(world, subscription, ("2026-03-04", "2026-04-04"))
    assert [line["code"] for line in refused.json()["lines"]] == ["DUPLICATE_WORK_RECORD"]
