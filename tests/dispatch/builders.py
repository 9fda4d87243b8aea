"""Technicians, jobs and visits, each any such thing but for what is named."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from service.kit.tasks.runner import Runner
from service.worker.rooms import kinds
from tests.world import World


@dataclass(frozen=True)
class Field:
    """A member of staff who goes to doors, with a token of their own."""

    id: str
    token: str

    async def post(self, world: World, path: str, json: Any = None) -> Any:
        """A POST as them."""
        return await world.http.post(path, json=json, headers={"Authorization": f"Bearer {self.token}"})

    async def get(self, world: World, path: str) -> Any:
        """A GET as them."""
        return await world.http.get(path, headers={"Authorization": f"Bearer {self.token}"})


async def signed_in_again(world: World, field: Field) -> Field:
    """The same, however much time has passed."""
    [row] = await world.sql(
        "select session_id from identity.session where organisation_id = $1 and staff_id = $2", world.organisation_id, UUID(field.id)
    )
    return Field(field.id, world._signed(UUID(field.id), row["session_id"], ("technician",)))


async def technician(world: World, *, shifts: dict[str, Any] | None = None, role: Any = "technician", **differences: Any) -> Field:
    """Somebody who works from 8 to 17 in Berlin, every day of March 2026."""
    staff = await world.staff(role)
    await world.done("POST", "/v1/technicians", {"staff_id": str(staff["id"]), "zone": "Europe/Berlin", **differences})
    hours = {"from_on": "2026-03-01", "until_on": "2026-04-01", "starts": "08:00:00", "ends": "17:00:00", **(shifts or {})}
    await world.done("POST", f"/v1/technicians/{staff['id']}/shifts", hours)
    return Field(str(staff["id"]), staff["token"])


async def site(world: World, customer_id: str, *, zone: str = "Europe/Berlin", place: tuple[int, int] | None = None) -> str:
    """An address of a customer."""
    site_id = world.id()
    await world.sql(
        "with s as (insert into customers.site (organisation_id, customer_id, site_id, address, zone, latitude_e7, longitude_e7, created_at)"
        " values ($1, $2, $3, '1 Mill Lane', $4, $5, $6, $7) returning *)"
        " insert into customers.site_step (organisation_id, customer_id, site_id, version, address, zone)"
        " select organisation_id, customer_id, site_id, version, address, zone from s",
        world.organisation_id,
        UUID(customer_id),
        site_id,
        zone,
        *(place or (None, None)),
        world.clock.now,
    )
    return str(site_id)


async def job(
    world: World, *, customer_id: str | None = None, zone: str = "Europe/Berlin", place: tuple[int, int] | None = None, **differences: Any
) -> dict[str, Any]:
    """An inspection of an hour; its answer, with the customer it is for."""
    customer_id = customer_id or (await world.customer())["id"]
    site_id = await site(world, customer_id, zone=zone, place=place)
    document = {"customer_id": customer_id, "site_id": site_id, "kind": "inspection", **differences}
    return {**await world.done("POST", "/v1/jobs", document), "customer_id": customer_id, "site_id": site_id}


async def visit(world: World, *, by: Field, at: str = "2026-03-05T09:00:00Z", of: dict[str, Any] | None = None) -> dict[str, Any]:
    """A booked visit."""
    of = of or await job(world)
    return await world.done("POST", f"/v1/jobs/{of['id']}/visits", {"technician_id": by.id, "from": at})


STEPS = ("dispatch", "accept", "en-route", "arrive", "start", "complete")


async def advance(world: World, visit_id: str, *, to: str) -> None:
    """Every step up to and including that one, as the manager."""
    for step in STEPS[: STEPS.index(to) + 1]:
        await world.done("POST", f"/v1/visits/{visit_id}/{step}", {})


async def looked_at(world: World) -> None:
    """The worker looks at the day; no mail leaves."""
    worker = Runner(world.database, kinds={"watch_arrivals": kinds()["watch_arrivals"]}, clock=world.clock, jitter=lambda: 0.0)
    worker._committed(world.organisation_id)
    await worker.drain()


async def facts(world: World, subject_id: str) -> list[str]:
    """What happened to it, in order."""
    rows = await world.sql(
        "select kind from kit.fact where organisation_id = $1 and subject_id = $2 order by epoch, transaction_id, sequence",
        world.organisation_id,
        UUID(subject_id),
    )
    return [row["kind"] for row in rows]


HOUR: dict[str, Any] = {
    "quantity": "1", "kind": "labour", "description": "An hour's work", "unit": "HUR", "unit_price": "9000", "tax_category": "S", "tax_rate": "19",
}  # fmt: skip


async def offered(world: World, of: dict[str, Any], *items: dict[str, Any]) -> dict[str, Any]:
    """An offer on a job; each item is an hour but for the differences."""
    return await world.done("POST", f"/v1/jobs/{of['id']}/offers", {"items": [HOUR | item for item in items or ({},)]})


async def approved(world: World, of: dict[str, Any], *items: dict[str, Any]) -> tuple[str, list[str]]:
    """Items offered on a job and agreed to by word of mouth: the act and the items' ids. A minute passes."""
    return await agreed(world, of, await offered(world, of, *items))


async def agreed(world: World, of: dict[str, Any], offer: dict[str, Any]) -> tuple[str, list[str]]:
    """All of an offer agreed to by word of mouth: the act and the items' ids. A minute passes."""
    contact_id = world.id()
    await world.sql(
        "insert into customers.contact (organisation_id, customer_id, contact_id, name, channel, address, may_authorise, created_at)"
        " values ($1, $2, $3, 'Ada Owner', 'email', 'ada@a.example', true, $4)",
        world.organisation_id,
        UUID(of["customer_id"]),
        contact_id,
        world.clock.now,
    )
    totals = await world.sql(
        "select revised_total_minor from authorisations.authorisation where organisation_id = $1 and scope_id = $2 order by seq desc limit 1",
        world.organisation_id,
        UUID(of["scope_id"]),
    )
    act = await world.done(
        "POST",
        f"/v1/offers/{offer['id']}/oral-consents",
        {
            "offer_hash": offer["offer_hash"], "channel": "oral_in_person", "consented_at": world.clock.now.isoformat(),
            "authoriser": {"contact_id": str(contact_id), "name": "Ada Owner"}, "approved": offer["item_ids"], "received_by": "AT", "conditions": "",
            "added_minor": offer["total_minor"], "total_minor": offer["total_minor"] + (totals[0][0] if totals else 0),
        },
    )  # fmt: skip
    assert act["active"], act
    world.clock.forward(minutes=1)
    return act["id"], offer["item_ids"]
