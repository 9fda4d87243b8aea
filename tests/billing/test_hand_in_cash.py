import asyncio
import re
from typing import Any

import pytest

from tests.billing.builders import Books, pay
from tests.world import World

EUR = "EUR"
COUNT = re.compile(r"(?<![\w-])873(?![\w-])")
"""As a figure: three digits are in many an id."""


def counted(amount: int, **more: Any) -> dict[str, Any]:
    return {"counted": {"amount": amount, "currency": EUR}, **more}


async def held(world: World, role: Any = "agent") -> list[int]:
    return [one["held_minor"] for one in (await world.done("GET", "/v1/cash/agents", role=role))["agents"]]


async def test_cash_goes_from_the_agent_into_transit_into_the_office(world: World, books: Books) -> None:
    await pay(world, 1_000, customer_id=await books.customer())
    await pay(world, 500, customer_id=await books.customer())
    assert await held(world) == [1_500]
    handed = await world.done("POST", "/v1/cash/hand-ins", counted(1_200), role="agent", key="key-of-hand-in")
    assert (handed["left_minor"], await held(world)) == (300, [300])
    accepted = await world.done(
        "POST", f"/v1/cash/hand-ins/{handed['hand_in_id']}/accept", counted(1_200), role="back_office", key="key-of-accept"
    )
    assert accepted["difference_minor"] == 0
    balances = {one["kind"]: one["balance_minor"] for one in (await world.done("GET", "/v1/ledger/trial-balance"))["accounts"]}
    assert balances == {"cash_on_agent": 300, "cash_in_transit": 0, "cash_office": 1_200, "customer_credit": -1_500}


async def test_the_accepting_count_is_blind_and_a_difference_needs_its_reason(world: World, books: Books) -> None:
    await pay(world, 1_000, customer_id=await books.customer())
    handed = await world.done("POST", "/v1/cash/hand-ins", counted(1_000), role="agent", key="key-of-hand-in")
    (waiting,) = (await world.done("GET", "/v1/cash/hand-ins", role="back_office"))["items"]
    assert waiting["counted"] is None
    accept = f"/v1/cash/hand-ins/{handed['hand_in_id']}/accept"
    refused = await world.post(accept, counted(950), role="back_office", key="key-of-short-1")
    assert (refused.status_code, refused.json()["code"]) == (422, "DIFFERENCE_UNEXPLAINED")
    assert "1000" not in refused.text
    assert (
        await world.post(accept, counted(950, reason="other", note=" \u200b"), role="back_office", key="key-of-blank")
    ).status_code == 422
    short = await world.done(
        "POST", accept, counted(950, reason="short", note="A torn note, kept in the safe"), role="back_office", key="key-of-short-2"
    )
    assert short["difference_minor"] == -50
    sums = await world.done("GET", "/v1/ledger/trial-balance")
    assert sums["sums"] == {EUR: 0}
    assert {one["kind"]: one["balance_minor"] for one in sums["accounts"]}["cash_difference"] == 50


async def test_nothing_that_those_who_accept_can_read_tells_the_count_before(world: World, books: Books) -> None:
    await pay(world, 1_000, customer_id=await books.customer())
    handed = await world.done("POST", "/v1/cash/hand-ins", counted(873), role="agent", key="key-of-hand-in")

    async def read(path: str) -> str:
        return (await world.get(path, role="back_office")).text

    [agent] = (await world.done("GET", "/v1/cash/hand-ins", role="back_office"))["items"]
    accounts = ("kind=cash_in_transit", f"kind=cash_on_agent&holder={agent['staff_id']}")
    paths = ["/v1/facts", "/v1/ledger/trial-balance", "/v1/cash/agents", *(f"/v1/ledger/transfers?{one}&currency=EUR" for one in accounts)]
    for path in paths:
        told = await read(path)
        assert not COUNT.search(told), path
        assert '"held_minor":127' not in told.replace(" ", ""), path
        assert '"balance_minor":127' not in told.replace(" ", ""), path
    assert '"cash_handed_in"' in (await read("/v1/facts")).replace(" ", "")
    await world.done("POST", f"/v1/cash/hand-ins/{handed['hand_in_id']}/accept", counted(873), role="back_office", key="key-of-accept")
    for path in ("/v1/facts", *paths[3:]):
        assert COUNT.search(await read(path)), path


async def test_nobody_accepts_their_own_hand_in(world: World, books: Books) -> None:
    await pay(world, 1_000, role="manager", customer_id=await books.customer())
    handed = await world.done("POST", "/v1/cash/hand-ins", counted(1_000), key="key-of-own")
    refused = await world.post(f"/v1/cash/hand-ins/{handed['hand_in_id']}/accept", counted(1_000), key="key-of-own-2")
    assert (refused.status_code, refused.json()["code"]) == (403, "ACCEPTED_BY_SOMEBODY_ELSE")


async def test_nobody_hands_in_more_than_they_hold(world: World, books: Books) -> None:
    await pay(world, 1_000, customer_id=await books.customer())
    refused = await world.post("/v1/cash/hand-ins", counted(1_001), role="agent", key="key-of-more")
    assert (refused.status_code, refused.json()["code"]) == (409, "MORE_THAN_HELD")


async def test_a_hand_in_told_again_is_one(world: World, books: Books) -> None:
    await pay(world, 1_000, customer_id=await books.customer())
    body = counted(400, id=str(world.id()))
    first, again = [await world.post("/v1/cash/hand-ins", body, role="agent", key=str(world.id())) for _ in "12"]
    assert (first.status_code, again.status_code) == (201, 200)
    assert await held(world) == [600]


async def test_an_agent_sees_their_own_cash_only(world: World, books: Books) -> None:
    await pay(world, 1_000, customer_id=await books.customer())
    assert await held(world, role="technician") == []
    assert await held(world, role="back_office") == [1_000]


async def balances(world: World) -> dict[str, int]:
    """As they are; whoever asks by the API is told of cash on its way to the office once it is accepted."""
    rows = await world.sql(
        "select kind, sum(amount_minor)::bigint as balance_minor from (select debit_kind as kind, amount_minor from billing.transfer where organisation_id = $1"
        " union all select credit_kind, -amount_minor from billing.transfer where organisation_id = $1) t group by kind",
        world.organisation_id,
    )
    return {row["kind"]: row["balance_minor"] for row in rows}


async def test_what_was_handed_in_is_not_taken_out_of_the_agents_hands_again(world: World, books: Books) -> None:
    invoice_id = await books.invoice(await books.customer(), 5_000)
    false = await pay(world, 5_000, invoice_id=invoice_id)
    await pay(world, 1_000, customer_id=await books.customer())
    await world.done("POST", "/v1/cash/hand-ins", counted(5_500), role="agent", key=str(world.id()))
    back = await world.done("POST", f"/v1/payments/{false['payment_id']}/reverse", {"reason": "False notes"}, key=str(world.id()))
    assert (back["reopened"][0]["open_minor"], await held(world)) == (5_000, [0])
    after = await balances(world)
    # 500 were still held; for the other 4,500 there is money in the office that nobody paid, until its count says otherwise
    assert (after["cash_on_agent"], after["cash_in_transit"], after["cash_difference"], after["receivable"]) == (0, 5_500, -4_500, 5_000)


@pytest.mark.parametrize("handed_in, difference", [(5_000, 0), (5_200, -200)])
async def test_a_mistyped_entry_is_corrected_after_the_real_money_was_handed_in(
    world: World, books: Books, handed_in: int, difference: int
) -> None:
    mistyped = await pay(world, 50_000, customer_id=await books.customer())
    await world.done("POST", "/v1/cash/hand-ins", counted(handed_in), role="agent", key=str(world.id()))
    correction = {"amount": {"amount": 5_000, "currency": EUR}, "reason": "One nought too many"}
    await world.done("POST", f"/v1/payments/{mistyped['payment_id']}/correct", correction, key=str(world.id()))
    after = await balances(world)
    assert (await held(world), after["cash_in_transit"], after.get("cash_difference", 0)) == ([0], handed_in, difference)


async def test_a_reversal_and_a_hand_in_at_once_leave_nobody_holding_less_than_nothing(world: World, books: Books) -> None:
    for _ in range(4):
        paid = await pay(world, 1_000, customer_id=await books.customer())
        reverse, hand_in = f"/v1/payments/{paid['payment_id']}/reverse", counted(1_000)
        answers = await asyncio.gather(
            world.post(reverse, {"reason": "False notes"}, key=str(world.id())),
            world.post("/v1/cash/hand-ins", hand_in, role="agent", key=str(world.id())),
        )
        assert [answers[0].status_code, answers[1].status_code] in ([201, 201], [201, 409])
        assert await held(world) == [0]
