"""A database whose records stand at the request's clock, which tests set."""

import asyncpg


async def stand_still(url: str) -> None:
    """Lets what the database records stand at the request's settable clock; only the owner of a database can."""
    connection = await asyncpg.connect(url)
    await connection.execute(
        "create or replace function kit.recorded_now() returns timestamptz language sql volatile return"
        " coalesce(nullif(current_setting('sayso.at', true), '')::timestamptz, clock_timestamp())"
    )
    await connection.close()
