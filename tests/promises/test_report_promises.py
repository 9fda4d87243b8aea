"""How many promises were kept, by week, kind and team: nothing that broke is left out."""

from tests.promises.builders import promised, said
from tests.world import World


async def test_kept_rates_count_what_was_kept_broken_and_renewed(world: World) -> None:
    customer = await world.customer()
    for _ in "123":
        await promised(world, customer["id"])
    await said(world, customer["id"])
    _, renewed, released = [await promised(world, customer["id"]) for _ in "123"]
    renewal = {"reason": "Nobody is free today", "due_at": "2026-03-12T12:00:00Z"}
    await world.done("POST", f"/v1/promises/{renewed['id']}/renew", renewal, key=str(world.id()))
    await world.done("POST", f"/v1/promises/{released['id']}/release", {"reason": "no_longer_needed"}, key=str(world.id()))
    world.clock.forward(hours=2)
    report = await world.done("GET", "/v1/reports/promises?from_on=2026-03-01&until_on=2026-03-20")
    counted = {
        name: report["items"][0][name] for name in ("week_from", "kind", "team", "kept", "broken", "renewed", "released", "kept_permille")
    }
    assert counted == {
        "week_from": "2026-03-02",
        "kind": "call_back",
        "team": "manager",
        "kept": 3,
        "broken": 1,
        "renewed": 1,
        "released": 1,
        "kept_permille": 600,
    }
    assert [(one["week_from"], one["open"], one["kept_permille"]) for one in report["items"][1:]] == [("2026-03-09", 1, None)]
    file = await world.get("/v1/reports/promises.csv?from_on=2026-03-01&until_on=2026-03-20")
    assert file.text.splitlines()[0] == "week_from,kind,team,kept,broken,renewed,released,open,kept_permille"
    assert len(file.text.splitlines()) == 3
    lines = await world.get("/v1/reports/promises.jsonl?from_on=2026-03-01&until_on=2026-03-20")
    assert len(lines.text.splitlines()) == 2


async def test_a_report_of_no_days_or_more_than_a_year_is_refused(world: World) -> None:
    for days in ("from_on=2026-03-02&until_on=2026-03-02", "from_on=2024-03-02&until_on=2026-03-02"):
        assert (await world.get(f"/v1/reports/promises?{days}")).status_code == 422
