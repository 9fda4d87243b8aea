"""Every row that a foreign key vouches for is there with the very values it vouches for: chains have no gap, lines their backing, transfers both sides."""

from typing import Any
from uuid import UUID

from service.cli._checks import Surroundings

_KEYS = """select c.conname, c.conrelid::regclass::text as child, c.confrelid::regclass::text as parent,
  (select array_agg(quote_ident(a.attname) order by k.ordinality) from unnest(c.conkey) with ordinality k (attnum, ordinality)
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum) as child_columns,
  (select array_agg(quote_ident(a.attname) order by k.ordinality) from unnest(c.confkey) with ordinality k (attnum, ordinality)
    join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.attnum) as parent_columns,
  exists (select from pg_attribute where attrelid = c.conrelid and attname = 'organisation_id' and not attisdropped) as of_a_tenant
from pg_constraint c join pg_namespace n on n.oid = c.connamespace
where c.contype = 'f' and n.nspname not like 'pg\\_%' and pg_relation_size(c.conrelid) > 0 order by 2, 1"""


_TOGETHER = 50
"""So many keys are asked for in one statement: one each would be many hundred round trips."""


async def find(connection: Any, _: Surroundings) -> list[tuple[UUID | None, str, str]]:
    """Rows whose key finds nothing: at most 20 a key."""
    keys = await connection.fetch(_KEYS)
    offences = []
    for begin in range(0, len(keys), _TOGETHER):
        together = keys[begin : begin + _TOGETHER]
        for number, organisation_id, row in await connection.fetch(" union all ".join(_without(n, key) for n, key in enumerate(together))):
            key = together[number]
            offences.append((organisation_id, f"{key['child']} {row}", f"{key['conname']}: no such row in {key['parent']}"))
    return offences


def _without(number: int, key: Any) -> str:
    """The question for the rows of the key of that number that find nothing."""
    pairs = list(zip(key["child_columns"], key["parent_columns"], strict=True))
    tenant = "c.organisation_id" if key["of_a_tenant"] else "null::uuid"
    shown = ", ".join(f"c.{child}" for child, _ in pairs)
    return (
        f"(select {number}, {tenant}, row({shown})::text from {key['child']} c where "  # noqa: S608 — names from the catalogue
        + " and ".join(f"c.{child} is not null" for child, _ in pairs)
        + f" and not exists (select from {key['parent']} p where "
        + " and ".join(f"p.{parent} = c.{child}" for child, parent in pairs)
        + ") limit 20)"
    )
