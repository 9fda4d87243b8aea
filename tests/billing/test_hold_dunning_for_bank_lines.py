"""Money that came by bank and may be a customer's holds their dunning until somebody has decided what it is; nobody who has paid is cut off."""

from typing import Any

import pytest

from tests.billing.bank_files import PAYERS, entry, imported, lines, sent, statement, with_account
from tests.billing.dunning import STEPS, dunning, in_arrears, live, taken
from tests.billing.test_match_bank_line import act, invoice, only_line
from tests.subscriptions.builders import standing
from tests.world import World


@pytest.fixture(autouse=True)
async def account(world: World) -> str:
    """The account that all files here are of."""
    return await with_account(world)


async def bill(world: World, subscription: dict[str, Any]) -> dict[str, Any]:
    """The one invoice that is open."""
    [one] = (await world.done("GET", f"/v1/invoices?customer_id={subscription['customer_id']}"))["items"]
    return await invoice(world, one["id"])


async def test_nobody_is_cut_off_while_money_that_came_wasnt_looked_at(world: World) -> None:
    subscription = await in_arrears(world)
    await live(world, 20)
    number = (await bill(world, subscription))["number"]
    paid = statement(0, 2_990, entry(2_990, number, on="2026-03-24"), on="2026-03-24")
    assert (await sent(world, paid)).status_code == 201
    await live(world, 2)
    assert await taken(world, subscription) == STEPS[:3]
    assert (await dunning(world, subscription))["next"]["held_by"] == ["bank_line"]
    refused = await world.post(f"/v1/subscriptions/{subscription['id']}/lapse", role="back_office", key=str(world.id()))
    assert (refused.json()["code"], refused.json()["held_by"]) == ("CUT_OFF_HELD", ["bank_line"])
    assert (await standing(world, subscription))[0] == "active"


@pytest.mark.parametrize(
    "named, named_by_hand",
    [
        ({"words": "{number}"}, True),
        ({"iban": PAYERS, "words": "thanks"}, True),
        ({"name": "OWNER, ADA"}, False),
        ({"words": "rent"}, None),
    ],
)
async def test_money_that_may_be_theirs_holds_until_its_line_is_decided(
    world: World, named: dict[str, str], named_by_hand: bool | None
) -> None:
    subscription = await in_arrears(world)
    number = (await bill(world, subscription))["number"]
    opening = 0
    if "iban" in named:  # a payer known by an earlier match
        await imported(world, statement(0, 10, entry(10, "earlier", iban=PAYERS)))
        parts = [{"amount_minor": 10, "customer_id": subscription["customer_id"]}]
        assert (await act(world, await only_line(world), "match", {"parts": parts})).status_code == 200
        opening = 10
    await live(world, 20)
    more = {key: value.format(number=number) for key, value in named.items()}
    await imported(
        world, statement(opening, opening + 5_000, entry(5_000, more.pop("words", ""), on="2026-03-24", **more), on="2026-03-24")
    )
    line = await only_line(world)
    await live(world, 2)
    if named_by_hand is None:  # nobody's that anybody knows
        assert await taken(world, subscription) == STEPS[:4]
        return
    told = await dunning(world, subscription)
    assert (await taken(world, subscription), told["next"]["held_by"]) == (STEPS[:3], ["bank_line"])
    assert [(one["line_id"], one["amount_minor"], one["found"]) for one in told["bank_lines"]] == [(line["id"], 5_000, named_by_hand)]
    assert (await act(world, line, "dismiss", {"reason": "other", "note": "Somebody else's"})).status_code == 200
    await live(world, 1)
    assert (await taken(world, subscription), (await dunning(world, subscription))["bank_lines"]) == (STEPS[:4], [])


async def test_a_match_taken_back_holds_until_the_line_is_decided_again(world: World) -> None:
    subscription = await in_arrears(world)
    reference = (await bill(world, subscription))["payment_reference"]
    await imported(world, statement(0, 2_990, entry(2_990, creditor=reference)))
    [line] = await lines(world, "matched")
    assert (await act(world, line, "undo")).status_code == 200
    told = await dunning(world, subscription)
    assert [one["line_id"] for one in told["bank_lines"]] == [line["id"]]
    await live(world, 30)
    assert await taken(world, subscription) == ["tell"]
    assert (await act(world, line, "dismiss", {"reason": "other", "note": "Not theirs"})).status_code == 200
    await live(world, 1)
    assert await taken(world, subscription) == ["tell", "remind"]
