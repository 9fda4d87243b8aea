"""A payment taken back: its customer is told first, then has the days of the policy, and is never cut off silently."""

import pytest

from tests.billing.bank_files import entry, imported, statement, with_account
from tests.billing.dunning import beat, dunning, in_arrears, live, taken
from tests.subscriptions.builders import pay, standing
from tests.world import World


@pytest.mark.parametrize("cause", ["bounced_cheque", "returned_debit", "dispute", "short_hand_in"])
async def test_a_reversal_is_told_before_anything_is_done_and_grace_counts_from_then(world: World, cause: str) -> None:
    subscription = await in_arrears(world)
    told = await pay(world, subscription["invoice"])
    world.clock.forward(days=40)  # Monday the 13th of April: the period that was paid is over, and would have lapsed long ago
    reversal = {"reason": "Came back", "cause": cause}
    await world.done("POST", f"/v1/payments/{told['payment_id']}/reverse", reversal, role="back_office", key=str(world.id()))
    refused = await world.post(f"/v1/subscriptions/{subscription['id']}/lapse", role="back_office")
    assert (refused.json()["code"], refused.json()["held_by"]) == ("CUT_OFF_HELD", ["notice"])
    assert (await dunning(world, subscription))["next"]["kind"] == "tell"
    await beat(world)
    assert await taken(world, subscription) == ["tell"]
    notice = await world.sql("select body from kit.task where organisation_id = $1 and kind = 'send_notice'", world.organisation_id)
    assert "payment_reversed" in "".join(row["body"] for row in notice)
    await live(world, 20)
    assert (await taken(world, subscription), (await standing(world, subscription))[0]) == (["tell", "remind", "remind", "call"], "active")
    await live(world, 1)
    assert (await taken(world, subscription), (await standing(world, subscription))[0]) == (
        ["tell", "remind", "remind", "call", "suspend"],
        "suspended",
    )


async def test_a_cheque_that_the_bank_takes_back_is_told_as_any_reversal_and_service_stays_for_the_days_of_the_policy(world: World) -> None:
    await with_account(world)
    subscription = await in_arrears(world)
    world.clock.forward(days=30)
    await beat(world)
    owed = subscription["invoice"]["total_minor"]
    cheque = {"number": "004711", "bank": "First Bank", "dated_on": "2026-04-01", "invoice_id": subscription["invoice"]["id"]}
    received = {"amount": {"amount": owed, "currency": "EUR"}, **cheque}
    [service] = (await world.done("POST", "/v1/payments/cheques", received, role="agent", key=str(world.id())))["services"]
    assert (service["to_state"], (await standing(world, subscription))[0]) == ("active", "active")
    before = await taken(world, subscription)
    both = entry(owed, "SCHECK 004711", on="2026-04-03"), entry(-owed, "RUECKSCHECK 004711", on="2026-04-03", reversal=True)
    await imported(world, statement(0, 0, *both, on="2026-04-03"))
    assert (await dunning(world, subscription))["next"]["kind"] == "tell"
    await beat(world)
    assert await taken(world, subscription) == [*before, "tell"]
    await live(world, 3)
    assert (await standing(world, subscription))[0] == "active"


async def test_paid_again_and_taken_back_again_is_told_again(world: World) -> None:
    subscription = await in_arrears(world)
    for _ in range(2):
        told = await pay(world, subscription["invoice"])
        await world.done(
            "POST", f"/v1/payments/{told['payment_id']}/reverse", {"reason": "Came back"}, role="back_office", key=str(world.id())
        )
        await beat(world)
    assert await taken(world, subscription) == ["tell", "tell"]
