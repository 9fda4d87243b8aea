"""An organisation that something has happened in, and the ids there: what a stranger would try to reach."""

import uuid
from typing import Any
from uuid import UUID

from tests.authorisations.matters import Matter
from tests.catalogue import builders as catalogue
from tests.customers import builders as customers
from tests.dispatch import builders as dispatch
from tests.world import World

Ids = dict[str, list[UUID]]
SPELLED = {"kind": "receipt", "last_on": "2026-01-31"}
"""What an address names otherwise than by an id: a kind of notice, the last day of a period."""


async def lived_in(world: World) -> World:
    """A customer with everything, a job with a visit and a hold, work offered, agreed to, done, billed and half paid, a key, a device."""
    matter = await Matter(world).begin()
    customer_id = matter.customer_id
    site = await customers.site(world, customer_id)
    await customers.asset(world, customer_id, site_id=site["id"])
    await catalogue.item(world)
    [item] = await matter.done({})
    await matter.posted({"item_id": item})
    cash = {"customer_id": customer_id, "amount": {"amount": 4_000, "currency": "EUR"}}
    await world.done("POST", "/v1/payments/cash", cash, key=str(world.id()), role="agent")
    technician = await dispatch.technician(world)
    job = await dispatch.job(world, customer_id=customer_id)
    await dispatch.visit(world, by=technician, of=job)
    await world.done("POST", "/v1/api-keys", {"name": "Reports", "scopes": ["customers:read"]})
    offer = await matter.offer()
    await world.done("POST", f"/v1/offers/{offer.id}/present", {"contact_id": matter.contact_id})
    await world.sql(
        "insert into identity.device (organisation_id, device_id, staff_id, name, registered_at)"
        " select organisation_id, $2, staff_id, 'Phone', $3 from identity.staff where organisation_id = $1 limit 1",
        world.organisation_id,
        world.id(),
        world.clock.now,
    )
    return world


async def ids_of(owner: Any, organisation_id: UUID, names: set[str]) -> Ids:
    """For each name of a path parameter, ids of that kind in this organisation; a name that no table has, or no row, gets none."""
    columns = await owner.fetch(
        "select n.nspname || '.' || c.relname as relation, a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid"
        " join pg_namespace n on n.oid = c.relnamespace"
        " where c.relkind in ('r', 'p') and a.attname = any($1) and a.atttypid = 'uuid'::regtype"
        " and exists (select from pg_attribute o where o.attrelid = c.oid and o.attname = 'organisation_id')",
        sorted(names),
    )
    found: Ids = {}
    for row in columns:
        values = await owner.fetch(
            f"select distinct {row['name']} as value from {row['relation']} where organisation_id = $1 and {row['name']} is not null limit 5",
            organisation_id,
        )
        found.setdefault(row["name"], []).extend(value["value"] for value in values)
    return {name: list(dict.fromkeys(values)) for name, values in found.items()}


def names_in(path: str) -> list[str]:
    """The parameters of an address."""
    return [part.partition("}")[0] for part in path.split("{")[1:]]


def filled(path: str, ids: Ids) -> str:
    """The address with ids of the organisation; an id nobody has where there is none."""
    for name in names_in(path):
        named = next(iter(ids.get(name, [])), uuid.UUID("01890000-0000-7000-8000-00000000dead"))
        path = path.replace(f"{{{name}}}", SPELLED.get(name, str(named)))
    return path
