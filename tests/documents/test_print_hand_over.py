"""The hand-over of cash and an agent's statement on paper."""

from typing import Any

from tests.billing.builders import EUR, Books, pay
from tests.documents.papers import text_of
from tests.world import World


def counted(amount: int, **more: Any) -> dict[str, Any]:
    return {"counted": {"amount": amount, "currency": EUR}, **more}


async def test_a_hand_over_on_paper_names_both_with_their_counts_the_receipts_and_the_difference(world: World, books: Books) -> None:
    before = await pay(world, 2_000, customer_id=await books.customer())
    await world.done("POST", "/v1/cash/hand-ins", counted(2_000), role="agent", key=str(world.id()))
    paid = [await pay(world, amount, customer_id=await books.customer()) for amount in (5_000, 2_500)]
    await world.done("POST", f"/v1/payments/{paid[1]['payment_id']}/reverse", {"reason": "False notes"}, key=str(world.id()))
    world.clock.forward(minutes=10)
    pieces = [{"value": 2_000, "number": 2}, {"value": 500, "number": 2}]
    handed = await world.done("POST", "/v1/cash/hand-ins", counted(5_000, pieces=pieces), role="agent", key=str(world.id()))
    path = f"/v1/cash/hand-ins/{handed['hand_in_id']}"
    waiting = await text_of(world, f"{path}/hand-over.pdf")
    assert "waits to be counted" in waiting
    assert "€20.00" not in waiting
    world.clock.forward(minutes=10)
    await world.post(f"{path}/accept", counted(4_900), role="back_office", key=str(world.id()))
    less = [{"value": 2_000, "number": 2}, {"value": 450, "number": 2}]
    body = counted(4_900, pieces=less, reason="counterfeit", note="Kept in the safe")
    await world.done("POST", f"{path}/accept", body, role="back_office", key=str(world.id()))
    text = await text_of(world, f"{path}/hand-over.pdf")
    for part in (
        "Hand-over of cash", "H-20260304-", "Handed over by Robin Field, 4 March 2026 13:10", "Accepted by Robin Field, 4 March 2026 13:20", "€20.00", "2", "€50.00",
        "€49.00", "-€1.00", "counterfeit: Kept in the safe", paid[0]["receipt_number"],
    ):  # fmt: skip
        assert part in text, (part, text)
    for part in (before["receipt_number"], paid[1]["receipt_number"]):
        assert part not in text, (part, text)
    assert (await world.get(f"{path}/hand-over.pdf", role="agent")).is_success
    assert (await world.get(f"{path}/hand-over.pdf", role="technician")).status_code == 404


async def test_an_agents_statement_on_paper_runs_from_what_was_held_before_to_what_is_held_after(world: World, books: Books) -> None:
    agent_id = (await pay(world, 1_000, customer_id=await books.customer()))["taken_by"]
    world.clock.forward(days=2)
    paid = await pay(world, 500, customer_id=await books.customer())
    await world.sql("update identity.organisation set language = 'de'")
    text = await text_of(world, f"/v1/cash/statements/{agent_id}/statement.pdf?currency=EUR&from_at=2026-03-05T00:00:00Z")
    for part in (
        "Kassenauszug",
        "Robin Field",
        "Bestand vorher 10,00 €",
        f"Kassiert {paid['receipt_number']}",
        "+5,00 €",
        "Bestand nachher 15,00 €",
    ):
        assert part in text, (part, text)
