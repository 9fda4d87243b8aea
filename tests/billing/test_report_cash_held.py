"""Who holds cash, and each agent's statement, are what the ledger says, at every instant."""

import csv
import io
import random
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from tests.billing.builders import EUR, Books, pay
from tests.world import World

HAPPENINGS = ("pay", "pay", "correct", "reverse", "hand_in", "hand_in", "accept", "settle")


def counted(amount: int, **more: Any) -> dict[str, Any]:
    return {"counted": {"amount": amount, "currency": EUR}, **more}


async def held(world: World, until: datetime | None = None) -> list[dict[str, Any]]:
    at = f"?until={until.isoformat().replace('+', '%2B')}" if until else ""
    return list((await world.done("GET", f"/v1/reports/cash-held{at}", role="back_office"))["items"])


async def statement(world: World, staff_id: Any, *, role: Any = "back_office", span: str = "") -> dict[str, Any]:
    return await world.done("GET", f"/v1/cash/statements/{staff_id}?currency=EUR{span}", role=role)


async def test_the_report_says_who_holds_how_much_since_when_and_up_to_what(world: World, books: Books) -> None:
    first = world.clock.now
    await pay(world, 1_000, customer_id=await books.customer())
    second = world.clock.forward(hours=2)
    await pay(world, 700, customer_id=await books.customer())
    await world.done("POST", "/v1/cash/limits", {"currency": EUR, "limit_minor": 1_700})
    third = world.clock.forward(hours=1)
    handed = await world.done("POST", "/v1/cash/hand-ins", counted(1_200), role="agent", key=str(world.id()))
    [before] = await held(world)
    assert (before["place"], before["name"], before["held_minor"], before["over_limit"]) == ("agent", "Robin Field", 1_700, True)
    assert (datetime.fromisoformat(before["since"]), before["limit_minor"]) == (first, 1_700)
    fourth = world.clock.forward(hours=1)
    await world.done("POST", f"/v1/cash/hand-ins/{handed['hand_in_id']}/accept", counted(1_200), role="back_office", key=str(world.id()))
    [agent, office] = await held(world)
    assert (agent["held_minor"], datetime.fromisoformat(agent["since"]), agent["over_limit"]) == (500, second, False)
    assert (office["place"], office["held_minor"], office["staff_id"]) == ("office", 1_200, None)
    for until, figures in ((first, [1_000]), (second, [1_700]), (third, [500]), (fourth, [500, 1_200])):
        assert [one["held_minor"] for one in await held(world, until)] == figures, until
    assert (await held(world, first))[0]["limit_minor"] is None
    sheet = (await world.get("/v1/reports/cash-held.csv", role="back_office")).text
    assert [row["held_minor"] for row in csv.DictReader(io.StringIO(sheet))] == ["500", "1200"]
    assert len((await world.get("/v1/reports/cash-held.jsonl", role="back_office")).text.splitlines()) == 2


async def test_a_statement_tells_each_happening_with_what_was_held_and_missing_after_it(world: World, books: Books) -> None:
    agent_id = (await pay(world, 1_000, customer_id=await books.customer()))["taken_by"]
    world.clock.forward(days=1)
    mistyped = await pay(world, 500, customer_id=await books.customer())
    correction = {"amount": {"amount": 400, "currency": EUR}, "reason": "Typed wrongly"}
    world.clock.forward(minutes=1)
    await world.done("POST", f"/v1/payments/{mistyped['payment_id']}/correct", correction, key=str(world.id()))
    world.clock.forward(minutes=1)
    handed = await world.done("POST", "/v1/cash/hand-ins", counted(1_300), role="agent", key=str(world.id()))
    path = f"/v1/cash/hand-ins/{handed['hand_in_id']}"
    [mine, theirs] = [await statement(world, agent_id, role=role) for role in ("agent", "back_office")]
    assert (mine["closing_minor"], theirs["closing_minor"]) == (100, 1_400)
    assert "handed_in" not in {one["what"] for one in theirs["lines"]}
    world.clock.forward(minutes=1)
    await world.done("POST", f"{path}/accept", counted(1_250, reason="short"), role="back_office", key=str(world.id()))
    world.clock.forward(minutes=1)
    await world.done("POST", f"{path}/settle", {"how": "charged", "note": "Agreed"}, key=str(world.id()))
    told = await statement(world, agent_id)
    assert [(one["what"], one["amount_minor"], one["held_minor"], one["missing_minor"]) for one in told["lines"]] == [
        ("collected", 1_000, 1_000, 0),
        ("collected", 500, 1_500, 0),
        ("taken_back", -500, 1_000, 0),
        ("corrected", 400, 1_400, 0),
        ("handed_in", -1_300, 100, 0),
        ("accepted", 0, 100, 0),
        ("difference", 0, 100, 50),
        ("settled", 0, 100, 0),
    ]
    assert (told["lines"][1]["reference"], told["lines"][5]["accepted_minor"]) == (mistyped["receipt_number"], 1_250)
    span = "&from_at=2026-03-05T00:00:00Z&until_at=2026-03-05T12:01:00Z"
    part = await statement(world, agent_id, span=span)
    assert (part["opening_minor"], [one["what"] for one in part["lines"]], part["closing_minor"]) == (1_000, ["collected"], 1_500)
    sheet = await world.get(f"/v1/cash/statements/{agent_id}/statement.csv?currency=EUR", role="agent")
    assert [row["held_minor"] for row in csv.DictReader(io.StringIO(sheet.text))][-1] == "100"
    lines = await world.get(f"/v1/cash/statements/{agent_id}/statement.jsonl?currency=EUR", role="agent")
    assert len(lines.text.splitlines()) == 8


async def test_an_agent_reads_their_own_statement_alone(world: World, books: Books) -> None:
    agent_id = (await pay(world, 1_000, customer_id=await books.customer()))["taken_by"]
    refused = await world.get(f"/v1/cash/statements/{agent_id}?currency=EUR", role="technician")
    assert (refused.status_code, refused.json()["code"]) == (403, "NOT_ALLOWED")
    backwards = await world.get(f"/v1/cash/statements/{agent_id}?currency=EUR&from_at=2026-03-05T00:00:00Z&until_at=2026-03-04T00:00:00Z")
    assert backwards.status_code == 422


async def happen(world: World, books: Books, what: str, amount: int) -> None:
    """Something that may move cash, if there is anything to do it to."""
    last = "select {} as id from {} where organisation_id = $1 order by recorded_at desc limit 1"
    if what == "pay":
        await pay(world, amount, customer_id=await books.customer())
    elif what in ("correct", "reverse"):
        for row in await world.sql(last.format("payment_id", "billing.payment"), world.organisation_id):
            body = {"reason": "Wrong"} | ({"amount": {"amount": amount, "currency": EUR}} if what == "correct" else {})
            await world.post(f"/v1/payments/{row['id']}/{what}", body, key=str(world.id()))
    elif what == "hand_in":
        await world.post("/v1/cash/hand-ins", counted(amount), role="agent", key=str(world.id()))
    else:
        for row in await world.sql(last.format("hand_in_id", "billing.cash_hand_in"), world.organisation_id):
            path = f"/v1/cash/hand-ins/{row['id']}"
            if what == "settle":
                await world.post(f"{path}/settle", {"how": "written_off", "amount_minor": amount, "note": "Agreed"}, key=str(world.id()))
                continue
            for more in ({}, {"reason": "miscounted"}):
                await world.post(f"{path}/accept", counted(amount, **more), role="back_office", key=str(world.id()))


@pytest.mark.parametrize("seed", range(4))
async def test_the_reports_equal_the_ledger_at_every_instant(world: World, books: Books, seed: int) -> None:
    chosen = random.Random(seed)
    await world.token("agent")
    instants = []
    for _ in range(14):
        instants.append(world.clock.forward(minutes=1))
        await happen(world, books, chosen.choice(HAPPENINGS), chosen.randint(1, 900))
    for until in instants:
        await assert_equal_at(world, world._staff["agent",]["id"], until, role=chosen.choice(["agent", "back_office"]))


async def assert_equal_at(world: World, agent_id: UUID, until: datetime, role: Any) -> None:
    """Of that instant: the report's figures, the statement's closing and the trial balance, as this role is told them."""
    at = until.isoformat().replace("+", "%2B")
    balances = {
        (one["kind"], one["holder"]): one["balance_minor"]
        for one in (await world.done("GET", f"/v1/ledger/trial-balance?until={at}"))["accounts"]
    }
    hidden = await world.sql(
        "select coalesce(sum(h.counted_minor), 0)::bigint from billing.cash_hand_in h where h.organisation_id = $1 and h.recorded_at <= $2"
        " and not exists (select from billing.cash_acceptance a where a.organisation_id = h.organisation_id and a.hand_in_id = h.hand_in_id)",
        world.organisation_id,
        until,
    )
    told = balances.get(("cash_on_agent", str(agent_id)), 0)
    report = {one["place"]: one["held_minor"] for one in (await world.done("GET", f"/v1/reports/cash-held?until={at}"))["items"]}
    assert report.get("agent", 0) == told
    assert report.get("office", 0) == balances.get(("cash_office", ""), 0)
    after = f"&from_at=2026-01-01T00:00:00Z&until_at={(until.replace(microsecond=1)).isoformat().replace('+', '%2B')}"
    closing = await statement(world, agent_id, role=role, span=after)
    assert closing["closing_minor"] == told - (hidden[0][0] if role == "agent" else 0)
    assert closing["closing_missing_minor"] == balances.get(("cash_difference", str(agent_id)), 0)
