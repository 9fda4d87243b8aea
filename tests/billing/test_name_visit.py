"""Work, photos and money that are said to be of a visit are of one that is theirs: of the same job, or to the same customer."""

from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest

from tests.authorisations.matters import Matter
from tests.authorisations.photographs import photograph
from tests.billing.builders import Books, cash
from tests.dispatch.builders import job, technician, visit
from tests.world import World

ELSEWHERE = (422, "VISIT_ELSEWHERE")
CHEQUE = {"amount": {"amount": 1_000, "currency": "EUR"}, "number": "1", "bank": "First Bank"}


@pytest.fixture
async def visits(world: World, other_world: World) -> dict[str, str]:
    """The visit of a job, and others that it isn't."""
    by = await technician(world)
    hour = iter(range(8, 15))

    async def to(of: dict[str, Any]) -> str:
        return str((await visit(world, by=by, of=of, at=f"2026-03-05T{next(hour):02}:00:00Z"))["id"])

    matter = await Matter(world).of_job()
    return {
        "customer": matter.customer_id, "contact": matter.contact_id, "job": matter.job_id, "scope": str(matter.scope_id), "staff": matter.staff_id,
        "own": await to({"id": matter.job_id}),
        "another job of theirs": await to(await job(world, customer_id=matter.customer_id)),
        "somebody else": await to(await job(world)),
        "another organisation": str(await Books(other_world).visit(await Books(other_world).customer())),
        "nobody": str(world.id()),
    }  # fmt: skip


def told(answer: httpx.Response) -> tuple[int, str | None]:
    """How it was answered."""
    return answer.status_code, answer.json().get("code")


async def kept(world: World, table: str) -> int:
    """How many are on record."""
    [row] = await world.sql(f"select count(*) from {table} where organisation_id = $1", world.organisation_id)
    return int(row[0])


async def test_work_is_done_on_a_visit_of_its_job(world: World, visits: dict[str, str]) -> None:
    item = {
        "quantity": "1", "kind": "labour", "description": "Work", "unit": "HUR", "unit_price": "10000", "tax_category": "S", "tax_rate": "0",
    }  # fmt: skip
    [item_id] = (await world.done("POST", f"/v1/jobs/{visits['job']}/offers", {"items": [item]}))["item_ids"]
    at = world.clock.now.isoformat()
    record = {"item_id": item_id, "quantity": "1", "started_at": at, "ended_at": at, "staff_id": visits["staff"]}
    for elsewhere in ("another job of theirs", "somebody else", "another organisation", "nobody"):
        one = record | {"visit_id": visits[elsewhere]}
        assert told(await world.post("/v1/work-records", one)) == ELSEWHERE, elsewhere
        assert told(await world.post("/v1/work-records/several", {"records": [record, one]})) == ELSEWHERE, elsewhere
    assert await kept(world, "authorisations.work_record") == 0
    done = await world.done("POST", "/v1/work-records", record | {"visit_id": visits["own"]})
    correction = {"quantity": "0.5", "started_at": at, "ended_at": at}
    await world.done("POST", f"/v1/work-records/{done['id']}/corrections", correction)
    await world.done("POST", "/v1/work-records", record)
    rows = await world.sql(
        "select visit_id from authorisations.work_record where organisation_id = $1 and visit_id is not null", world.organisation_id
    )
    assert {str(row["visit_id"]) for row in rows} == {visits["own"]}


async def test_a_photo_is_taken_on_a_visit_of_its_job(world: World, visits: dict[str, str]) -> None:
    headers = {"Authorization": f"Bearer {await world.token('technician')}"}
    path = f"/v1/scopes/{visits['scope']}/photos?shows=found&visit_id="
    for elsewhere in ("another job of theirs", "somebody else", "another organisation", "nobody"):
        refused = await world.http.post(path + visits[elsewhere], content=photograph(), headers=headers)
        assert told(refused) == ELSEWHERE, elsewhere
    assert (await world.http.post(path + visits["own"], content=photograph(), headers=headers)).status_code == 201


@pytest.mark.parametrize("way", ["cash", "cheques"])
async def test_money_is_taken_at_a_visit_to_its_customer(world: World, visits: dict[str, str], way: str) -> None:
    path = f"/v1/payments/{way}"
    body = cash(1_000) if way == "cash" else CHEQUE | {"dated_on": str(world.clock.now.date())}
    body |= {"customer_id": visits["customer"]}
    for elsewhere in ("somebody else", "another organisation", "nobody"):
        key = str(world.id())
        for _ in "12":
            refused = await world.post(path, body | {"visit_id": visits[elsewhere]}, role="agent", key=key)
            assert told(refused) == ELSEWHERE, elsewhere
    assert await kept(world, "billing.payment") == 0
    for number, own in enumerate(("own", "another job of theirs")):
        paid = await world.done(
            "POST",
            path,
            body | {"visit_id": visits[own]} | ({"number": f"2{number}"} if way == "cheques" else {}),
            role="agent",
            key=str(world.id()),
        )
        assert paid["visit_id"] == visits[own]


async def test_a_visit_is_made_in_the_matter_of_its_job(world: World, visits: dict[str, str]) -> None:
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="visit_of_job_at_its_site"):
        await world.sql(
            "insert into dispatch.visit (organisation_id, visit_id, job_id, scope_id, customer_id, site_id, collects, crew_size, made_by, made_at)"
            " select v.organisation_id, $2, v.job_id, o.scope_id, v.customer_id, v.site_id, v.collects, v.crew_size, v.made_by, v.made_at"
            " from dispatch.visit v, dispatch.visit o where v.visit_id = $1 and o.visit_id = $3",
            UUID(visits["own"]), world.id(), UUID(visits["somebody else"]),
        )  # fmt: skip
