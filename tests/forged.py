"""Rows that only raw SQL as the service's role could write."""

import json
from typing import Any

from tests.world import World


async def forge(world: World, table: str, changes: dict[str, Any], *, which: str = "") -> None:
    """Inserts a row of the organisation's once more with these changes; `which` goes on the query that finds it, where there are several."""
    (row,) = await world.sql(f"select to_jsonb(t)::text as row from {table} t where organisation_id = $1 {which}", world.organisation_id)
    columns = await world.sql(
        "select attname from pg_attribute where attrelid = $1::text::regclass and attnum > 0 and not attisdropped"
        " and has_column_privilege(attrelid, attnum, 'insert')",
        table,
    )
    values = {**json.loads(row["row"]), **changes}
    names = ", ".join(one["attname"] for one in columns)
    await world.sql(
        f"insert into {table} ({names}) select {names} from jsonb_populate_record(null::{table}, $1::jsonb)",
        json.dumps({one["attname"]: values[one["attname"]] for one in columns}),
    )
