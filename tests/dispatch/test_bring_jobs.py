"""A partner raises jobs, chooses, moves and cancels their times within what customers may choose, follows how they stand, and knows of nothing else."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import httpx
import pytest

from service.dispatch.partners import LOOKED_THROUGH
from tests.dispatch.builders import Field, advance, job, technician, visit
from tests.dispatch.test_attack_choices import STEP
from tests.dispatch.test_find_slots import BERLIN, home
from tests.world import World

POLICY = {"days_ahead": 5, "hours_before": 24, "most_moves": 1}
NEW = {
    "reference": "CLAIM-4711",
    "kind": "repair",
    "customer": {"name": "Ada Owner", "language": "de", "email": "ada@example.org", "phone": "+49 30 555 0199"},
    "site": {"address": "1 Mill Lane", "zone": "Europe/Berlin", "latitude_e7": BERLIN[0], "longitude_e7": BERLIN[1]},
    "symptom": "The pipe under the sink drips.",
}


class Insurer(NamedTuple):
    """A partner's program."""

    world: World
    id: str
    key: str

    async def ask(self, method: str, path: str, json: Any = None, **headers: str) -> httpx.Response:
        """A request of theirs."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.world.http.request(method, path, json=json, headers={"Authorization": f"Bearer {self.key}", **headers})

    async def done(self, method: str, path: str, json: Any = None) -> Any:
        """What it answers."""
        answer = await self.ask(method, path, json)
        assert answer.is_success, answer.text
        return answer.json()


async def insurer(world: World, name: str = "Northern Mutual") -> Insurer:
    partner = await world.done("POST", "/v1/partners", {"name": name}, role="manager")
    made = await world.done("POST", f"/v1/partners/{partner['id']}/keys", {"name": "Claims"}, role="manager")
    return Insurer(world, partner["id"], made["key"])


async def begun(world: World) -> tuple[Field, Insurer, dict[str, Any]]:
    """Somebody who works, a partner, and a job that they brought."""
    anna = await technician(world, home=home(BERLIN))
    await world.done("PUT", "/v1/choice-policy", POLICY, headers={"If-Match": '"0"'})
    northern = await insurer(world)
    return anna, northern, await northern.done("POST", "/v1/partner/jobs", NEW)


async def held(northern: Insurer, job_id: str) -> dict[str, Any]:
    times = (await northern.done("GET", f"/v1/partner/jobs/{job_id}/times"))["times"]
    best = min(times, key=lambda one: one["rank"])
    answer: dict[str, Any] = await northern.done("POST", f"/v1/partner/jobs/{job_id}/holds", {"from": best["from"]})
    assert answer["arrive"] == best["arrive"]
    return answer


async def test_a_partner_raises_a_job_holds_books_moves_and_cancels(world: World) -> None:
    anna, northern, of = await begun(world)
    kept = await held(northern, of["id"])
    assert (kept["state"], kept["job_id"]) == ("held", of["id"])
    assert kept["expires_at"]
    booked = await northern.done("POST", f"/v1/partner/visits/{kept['id']}/book")
    assert (booked["state"], booked["arrive"], booked["expires_at"]) == ("booked", kept["arrive"], None)
    stands = await northern.done("GET", f"/v1/partner/jobs/{of['id']}")
    assert (stands["reference"], stands["state"], stands["may_move"], stands["may_cancel"]) == ("CLAIM-4711", "open", True, True)
    assert [one["state"] for one in stands["visits"]] == ["booked"]
    another = (await northern.done("GET", f"/v1/partner/jobs/{of['id']}/times"))["times"][-1]
    moved = await northern.done("POST", f"/v1/partner/visits/{kept['id']}/move", {"from": another["from"]})
    assert moved["arrive"] == another["arrive"]
    again = await northern.ask("POST", f"/v1/partner/visits/{kept['id']}/move", {"from": kept["arrive"]["from"]})
    assert (again.status_code, again.json()["code"]) == (409, "MOVES_USED_UP")
    refused = await northern.ask("POST", f"/v1/partner/jobs/{of['id']}/cancel")
    assert (refused.status_code, refused.json()["code"]) == (409, "JOB_HAS_VISITS")
    assert (await northern.done("POST", f"/v1/partner/visits/{kept['id']}/cancel"))["state"] == "cancelled"
    assert (await northern.done("POST", f"/v1/partner/jobs/{of['id']}/cancel"))["state"] == "cancelled"
    promises = (await world.done("GET", f"/v1/promises?subject_id={kept['id']}&open=false"))["items"]
    assert {one["state"] for one in promises} == {"released"}
    ours = await world.done("GET", f"/v1/jobs/{of['id']}")
    assert (ours["state"], [one["technician_id"] for one in ours["visits"]]) == ("cancelled", [anna.id])


async def test_a_partner_reads_when_somebody_is_expected_as_far_as_it_is_known(world: World) -> None:
    _, northern, of = await begun(world)
    kept = await held(northern, of["id"])
    await northern.done("POST", f"/v1/partner/visits/{kept['id']}/book")

    async def expected() -> str | None:
        [one] = (await northern.done("GET", f"/v1/partner/jobs/{of['id']}"))["visits"]
        at: str | None = one["expected_at"]
        return at

    starts = datetime.fromisoformat(kept["arrive"]["from"])
    assert await expected() is None, "another day"
    world.clock.forward(seconds=int((starts - world.clock.now).total_seconds()) - 60)
    assert await expected() == kept["arrive"]["from"]
    world.clock.forward(minutes=2)
    assert await expected() is None, "nothing was heard of whoever comes"
    await advance(world, kept["id"], to="en-route")
    assert await expected() is not None
    await world.done("POST", f"/v1/visits/{kept['id']}/arrive", {})
    assert await expected() is None, "somebody is there"


async def read_on(by: Insurer, after: str | None = None, limit: int = 200) -> tuple[list[dict[str, Any]], str]:
    """What happened to what they brought up to now, and where to read on."""
    facts: list[dict[str, Any]] = []
    while True:
        page = await by.done("GET", f"/v1/partner/facts?limit={limit}" + (f"&after={after}" if after else ""))
        facts, after = [*facts, *page["items"]], page["next"]
        if not page["more"]:
            return facts, page["next"]


async def test_a_partner_reads_on_what_happened_to_what_they_brought_and_to_nothing_else(world: World) -> None:
    anna, northern, of = await begun(world)
    southern = await insurer(world, "Southern Mutual")
    kept = await held(northern, of["id"])
    so_far, here = await read_on(northern)
    assert [(one["kind"], one["job_id"], one["reference"], one["visit_id"]) for one in so_far] == [
        ("job_brought", of["id"], "CLAIM-4711", None),
        ("visit_held", of["id"], "CLAIM-4711", kept["id"]),
    ]
    await visit(world, by=anna, of=await job(world))
    assert (await read_on(northern, here))[0] == []
    await northern.done("POST", f"/v1/partner/visits/{kept['id']}/book")
    await world.done("POST", f"/v1/visits/{kept['id']}/cancel", {"reason": "customer_asked"})
    await world.done("POST", f"/v1/jobs/{of['id']}/cancel", {})
    later, _ = await read_on(northern, here)
    assert [one["kind"] for one in later] == ["visit_booked", "visit_cancelled", "job_cancelled"]
    assert {*later[0]} == {"cursor", "kind", "job_id", "reference", "visit_id", "occurred_at"}, "nobody's name, no price, no technician"
    assert (await read_on(northern, limit=1))[0] == [*so_far, *later]
    assert (await read_on(northern, later[0]["cursor"]))[0] == later[1:]
    assert (await read_on(southern))[0] == []
    refused = await northern.ask("GET", "/v1/facts")
    assert refused.status_code == 403, "of everything else they read no fact"


async def test_a_partner_comes_to_their_facts_through_many_of_others(world: World) -> None:
    _, northern, of = await begun(world)
    so_far, here = await read_on(northern)
    await world.sql(
        "insert into kit.fact (organisation_id, kind, subject_kind, subject_id, body, actor, request_id, occurred_at)"
        " select $1, 'tried', 'customer', $2, '{}', 'system:test', $2, now() from generate_series(1, $3::int)",
        world.organisation_id,
        world.id(),
        2 * LOOKED_THROUGH,
    )
    kept = await held(northern, of["id"])
    page = await northern.done("GET", f"/v1/partner/facts?after={here}")
    assert (page["items"], page["more"]) == ([], True)
    later, _ = await read_on(northern, here)
    assert [one["visit_id"] for one in later] == [kept["id"]]
    assert (await read_on(northern))[0] == [*so_far, *later]


async def test_a_partner_hears_why_there_is_no_time_to_choose(world: World) -> None:
    anna, northern = await technician(world, home=home(BERLIN)), await insurer(world)
    of = await northern.done("POST", "/v1/partner/jobs", NEW)

    async def why() -> str | None:
        told = await northern.done("GET", f"/v1/partner/jobs/{of['id']}/times")
        assert (told["none_because"] is None) == bool(told["times"])
        assert told["times"] or told["none_because"]["remedy"]
        return told["none_because"] and str(told["none_because"]["code"])

    assert await why() == "CHOICE_NOT_OPEN"
    refused = await northern.ask("POST", f"/v1/partner/jobs/{of['id']}/holds", {"from": "2026-03-06T09:00:00Z"})
    assert (refused.status_code, refused.json()["code"]) == (409, "CHOICE_NOT_OPEN")
    await world.done("PUT", "/v1/choice-policy", POLICY, headers={"If-Match": '"0"'})
    assert await why() is None
    away = {"from": world.clock.now.isoformat(), "until": "2026-03-20T00:00:00Z", "reason": "holiday"}
    absence = await world.done("POST", f"/v1/technicians/{anna.id}/absences", away)
    assert await why() == "FULL"
    await world.done("POST", f"/v1/technicians/{anna.id}/absences/{absence['id']}/cancel", {})
    kept = await held(northern, of["id"])
    assert await why() == "ALREADY_BOOKED"
    await northern.done("POST", f"/v1/partner/visits/{kept['id']}/book")
    another = (await northern.done("GET", f"/v1/partner/jobs/{of['id']}/times"))["times"][-1]
    await northern.done("POST", f"/v1/partner/visits/{kept['id']}/move", {"from": another["from"]})
    assert await why() == "MOVES_USED_UP"
    await northern.done("POST", f"/v1/partner/visits/{kept['id']}/cancel")
    await northern.done("POST", f"/v1/partner/jobs/{of['id']}/cancel")
    assert await why() == "JOB_NOT_OPEN"


async def test_what_is_held_is_let_go_and_another_time_held(world: World) -> None:
    _, northern, of = await begun(world)
    kept = await held(northern, of["id"])
    refused = await northern.ask("POST", f"/v1/partner/jobs/{of['id']}/holds", {"from": kept["arrive"]["from"]})
    assert refused.status_code == 409
    assert (await northern.done("POST", f"/v1/partner/visits/{kept['id']}/release"))["state"] == "cancelled"
    assert (await northern.done("GET", f"/v1/partner/jobs/{of['id']}"))["visits"] == []
    await held(northern, of["id"])


async def test_the_same_job_is_brought_once_and_the_same_hold_taken_once(world: World) -> None:
    _, northern, of = await begun(world)
    again = await northern.ask("POST", "/v1/partner/jobs", NEW)
    assert (again.status_code, again.json()) == (200, of)
    other = await northern.ask("POST", "/v1/partner/jobs", NEW | {"symptom": "It floods."})
    assert (other.status_code, other.json()["code"], other.json()["job_id"]) == (409, "PARTNERS_REFERENCE_TAKEN", of["id"])
    at = (await northern.done("GET", f"/v1/partner/jobs/{of['id']}/times"))["times"][0]["from"]
    answers = [
        await northern.ask("POST", f"/v1/partner/jobs/{of['id']}/holds", {"from": at}, Idempotency_Key="holds-it-once") for _ in "12"
    ]
    assert [(one.status_code, one.json()) for one in answers] == [(201, answers[0].json())] * 2
    assert len(await world.sql("select from customers.customer where name = 'Ada Owner'")) == 1


async def test_a_second_job_at_the_same_place_is_of_the_same_customer(world: World) -> None:
    _, northern, of = await begun(world)
    world.clock.forward(minutes=1)
    second = await northern.done("POST", "/v1/partner/jobs", {"reference": "CLAIM-4712", "kind": "inspection", "as_before": of["id"]})
    places = [
        (row["customer_id"], row["site_id"]) for row in [await world.done("GET", f"/v1/jobs/{one}") for one in (of["id"], second["id"])]
    ]
    assert places[0] == places[1]
    listed = (await northern.done("GET", "/v1/partner/jobs"))["items"]
    assert [(one["reference"], one["kind"]) for one in listed] == [("CLAIM-4711", "repair"), ("CLAIM-4712", "inspection")]
    found = (await northern.done("GET", "/v1/partner/jobs?reference=CLAIM-4712"))["items"]
    assert [one["id"] for one in found] == [second["id"]]
    for wrong in ({"as_before": of["id"], "customer": NEW["customer"]}, {"customer": NEW["customer"]}, {}):
        answer = await northern.ask("POST", "/v1/partner/jobs", {"reference": "CLAIM-4713", "kind": "repair", **wrong})
        assert answer.status_code == 422, wrong


async def test_whose_time_is_taken_hears_the_next_best_and_nobodys_name(world: World) -> None:
    anna, northern, of = await begun(world)
    taken = (await northern.done("GET", f"/v1/partner/jobs/{of['id']}/times"))["times"][0]
    await visit(world, by=anna, at=taken["from"], of=await job(world, place=BERLIN))
    refused = await northern.ask("POST", f"/v1/partner/jobs/{of['id']}/holds", {"from": taken["from"]}, Idempotency_Key="taken-meanwhile")
    assert (refused.status_code, refused.json()["code"]) == (409, "SLOT_TAKEN")
    assert [one["rank"] for one in refused.json()["slots"]] == [1, 2, 3, 4, 5]
    later = await northern.ask("POST", f"/v1/partner/jobs/{of['id']}/holds", {"from": "2026-04-20T08:00:00Z"})
    assert (later.status_code, later.json()["code"]) == (409, "OUTSIDE_CHOICE")
    everything = [refused.text, later.text, (await northern.ask("GET", f"/v1/partner/jobs/{of['id']}/times")).text]
    kept = await held(northern, of["id"])
    everything += [(await northern.ask("POST", f"/v1/partner/visits/{kept['id']}/{act}")).text for act in ("book", "cancel")]
    everything.append((await northern.ask("GET", f"/v1/partner/jobs/{of['id']}")).text)
    assert [text for text in everything if anna.id in text or "detour" in text or "metres" in text] == []


async def test_nothing_of_a_refused_job_stays(world: World) -> None:
    _, northern, _ = await begun(world)
    wrong = NEW | {"reference": "CLAIM-4714", "customer": {"name": "Bob Tenant", "email": "nobody"}}
    answer = await northern.ask("POST", "/v1/partner/jobs", wrong)
    assert (answer.status_code, answer.json()["code"]) == (422, "ADDRESS_DOES_NOT_FIT")
    assert await world.sql("select from customers.customer where name = 'Bob Tenant'") == []


async def test_another_partner_and_what_we_opened_ourselves_are_as_if_not_there(world: World) -> None:
    anna, northern, of = await begun(world)
    southern = await insurer(world, "Southern Trust")
    kept = await held(northern, of["id"])
    ours = await job(world, place=BERLIN)
    our_visit = await visit(world, by=anna, at="2026-03-06T12:00:00Z", of=ours)
    for partner, job_id, visit_id in ((southern, of["id"], kept["id"]), (northern, ours["id"], our_visit["id"])):
        asked = [
            ("GET", f"/v1/partner/jobs/{job_id}", None),
            ("GET", f"/v1/partner/jobs/{job_id}/times", None),
            ("POST", f"/v1/partner/jobs/{job_id}/holds", {"from": "2026-03-06T09:00:00Z"}),
            ("POST", f"/v1/partner/jobs/{job_id}/cancel", None),
            ("POST", "/v1/partner/jobs", {"reference": "X-1", "kind": "repair", "as_before": job_id}),
            *((("POST", f"/v1/partner/visits/{visit_id}/{act}", None)) for act in ("book", "release", "cancel")),
            ("POST", f"/v1/partner/visits/{visit_id}/move", {"from": "2026-03-06T09:00:00Z"}),
        ]
        answers = {path: (await partner.ask(method, path, document)).status_code for method, path, document in asked}
        assert set(answers.values()) == {404}, answers
    assert (await southern.done("GET", "/v1/partner/jobs"))["items"] == []
    for path in (f"/v1/jobs/{of['id']}", "/v1/jobs", "/v1/customers", f"/v1/visits/{kept['id']}", "/v1/technicians", "/v1/me", "/v1/facts"):
        refused = await northern.ask("GET", path)
        assert (refused.status_code, refused.json()["code"]) == (403, "NOT_ALLOWED"), path


async def test_a_partners_key_is_listed_and_shut_out_at_once(world: World) -> None:
    _, northern, of = await begun(world)
    assert (await world.done("GET", "/v1/partners", role="manager"))["items"][0]["name"] == "Northern Mutual"
    [key] = [one for one in (await world.done("GET", "/v1/api-keys", role="manager"))["items"] if one["partner_id"] == northern.id]
    assert key["scopes"] == ["partner:act", "partner:read"]
    second = await world.done("POST", f"/v1/partners/{northern.id}/keys", {"name": "Claims, next year"}, role="manager")
    await world.done("POST", f"/v1/api-keys/{key['id']}/revoke", role="manager")
    assert (await northern.ask("GET", f"/v1/partner/jobs/{of['id']}")).status_code == 401
    assert (await northern._replace(key=second["key"]).done("GET", f"/v1/partner/jobs/{of['id']}"))["id"] == of["id"]
    known = await world.post("/v1/partners", {"name": "Northern Mutual"}, role="manager")
    assert (known.status_code, known.json()["code"]) == (409, "PARTNER_KNOWN")


async def as_service(world: World, actor: str, *statements: tuple[Any, ...]) -> None:
    async with world.database.pool.acquire() as connection, connection.transaction():
        settings = {"organisation": world.organisation_id, "actor": actor, "at": world.clock.now.isoformat()}
        await connection.execute("; ".join(f"set local sayso.{name} = '{value}'" for name, value in settings.items()))
        for text, *values in statements:
            await connection.execute(text, *values)


async def test_raw_sql_takes_no_step_of_a_partner_at_what_they_did_not_bring(world: World) -> None:
    anna, northern, of = await begun(world)
    ours = await job(world, place=BERLIN)
    booked = UUID((await visit(world, by=anna, at="2026-03-06T12:00:00Z", of=ours))["id"])
    actor = f"partner:{northern.id}"
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="customers_step_is_their_choice"):
        await as_service(world, actor, (STEP, booked, "cancelled", "customer_asked", actor))
    choice = (
        "insert into dispatch.choice (organisation_id, job_id, number, act, partner_id, visit_id, step, starts_at, moves_before, policy_version, days_ahead, hours_before, most_moves, earliest, latest, zone)"
        " select v.organisation_id, v.job_id, 1, 'cancelled', $2, v.visit_id, 2, s.starts_at, 0, 1, 5, 24, 1, '08:00', '18:00', 'Europe/Berlin'"
        " from dispatch.visit v join dispatch.visit_step s using (organisation_id, visit_id) where v.visit_id = $1"
    )
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="choice_by_partner_who_brought_it"):
        await as_service(world, "system:test", (choice, booked, UUID(northern.id)), (STEP, booked, "cancelled", "customer_asked", actor))
    end = (
        "insert into dispatch.job_step (organisation_id, job_id, step, from_state, to_state, actor, happened_at)"
        " select organisation_id, job_id, 2, 'open', 'cancelled', $2, happened_at from dispatch.job_step where job_id = $1"
    )
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="partners_step_is_of_what_they_brought"):
        await as_service(world, "system:test", (end, UUID(ours["id"]), actor))
    bring = (
        "insert into dispatch.brought (organisation_id, job_id, partner_id, customer_id, site_id, reference, asked_hash)"
        " select organisation_id, job_id, $2, customer_id, site_id, 'MINE', sha256('x') from dispatch.job where job_id = $1"
    )
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="brought_what_they_opened"):
        await as_service(world, "system:test", (bring, UUID(ours["id"]), UUID(northern.id)))
    assert of["id"]


async def test_raw_sql_as_a_partner_sees_what_that_partner_brought(world: World) -> None:
    _, northern, _ = await begun(world)
    southern = await insurer(world, "Southern Trust")
    for partner, seen in ((northern, 1), (southern, 0)):
        async with world.database.pool.acquire() as connection, connection.transaction():
            await connection.execute(
                f"set local sayso.organisation = '{world.organisation_id}'; set local sayso.actor = 'partner:{partner.id}'"
            )
            assert await connection.fetchval("select count(*) from dispatch.brought") == seen


async def test_no_key_of_a_partner_reaches_further(world: World) -> None:
    northern = await insurer(world)
    for scopes in (["partner:act", "partner:read", "visits:write"], ["customers:read"]):
        with pytest.raises(asyncpg.CheckViolationError, match="partners_key_reaches_what_they_brought"):
            await world.sql(
                "insert into identity.api_key (organisation_id, api_key_id, name, scopes, made_by, made_at, partner_id) values ($1, $2, 'x', $3, 'x', $4, $5)",
                world.organisation_id,
                world.id(),
                scopes,
                world.clock.now,
                UUID(northern.id),
            )
    asked = await world.post("/v1/api-keys", {"name": "x", "scopes": ["partner:read"]}, role="manager")
    assert (asked.status_code, asked.json()["code"]) == (422, "SCOPE_UNKNOWN")
