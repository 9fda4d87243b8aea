from uuid import UUID

from service.kit.database import opening
from service.kit.verbs import LOCK_ORDER, Lock, verb
from tests.dispatch.builders import job
from tests.world import World

ONE, OTHER = UUID("01890000-0000-7000-8000-000000000001"), UUID("01890000-0000-7000-8000-000000000002")


def test_locks_are_opened_in_the_house_order_whatever_the_rule_says(world: World) -> None:
    rule = verb(locks=lambda **_: (Lock.series(), Lock.scope(ONE), Lock.account(ONE), Lock.day(ONE), Lock.job(ONE)))(_nothing)
    message = opening(world.principal(), at=world.clock.now, locks=rule.locks_for())
    places = [message.index(f"pg_advisory_xact_lock({number},") for number in range(1, len(LOCK_ORDER) + 1)]
    assert places == sorted(places)


async def test_locks_of_a_kind_are_taken_in_the_order_of_their_hashes(world: World) -> None:
    message = opening(world.principal(), at=world.clock.now, locks=[Lock.account(OTHER), Lock.account(ONE)])
    statement = message.split("; ")[-1]
    async with world.database.pool.acquire() as connection:
        plan = "\n".join(row[0] for row in await connection.fetch(f"explain (costs off, verbose) {statement}"))
        held = [row["h"] for row in await connection.fetch(statement.replace("pg_advisory_xact_lock(1, h)", "h"))]
    assert "Sort" in plan
    assert held == sorted(held)
    assert len(held) == 2


async def test_locks_that_one_key_leads_to_are_taken_in_the_order_of_their_hashes(world: World) -> None:
    customer_id = UUID((await world.customer())["id"])
    jobs = [await job(world, customer_id=str(customer_id)) for _ in range(5)]
    scopes = [UUID(one["scope_id"]) for one in jobs]
    alone = [Lock.scope_of("authorisations.scope", customer_id)]
    with_others = [*alone, Lock.scope(ONE), Lock.scope(OTHER), *(Lock.scope_of("dispatch.job", UUID(one["id"])) for one in jobs)]
    for locks, most in ((alone, scopes), (with_others, [*scopes, ONE, OTHER])):
        statement = opening(world.principal(), at=world.clock.now, locks=locks).split("; ")[-1]
        async with world.database.pool.acquire() as connection, connection.transaction():
            await connection.execute(f"set local sayso.organisation = '{world.organisation_id}'")
            held = [row["h"] for row in await connection.fetch(statement.replace("pg_advisory_xact_lock(2, h)", "h"))]
            wanted = await connection.fetchval(
                "select array_agg(hashtext(k::text) order by hashtext(k::text)) from unnest($1::uuid[]) k", most
            )
        assert held == wanted


async def test_a_second_holder_waits_until_the_first_lets_go(world: World) -> None:
    message = opening(world.principal(), at=world.clock.now, locks=[Lock.account(ONE)])
    async with world.database.pool.acquire() as first, world.database.pool.acquire() as second:
        await first.execute(message)
        try:
            await second.execute("set lock_timeout = '50ms'")
            refused = await _refused(second, message)
            assert refused == "55P03"
        finally:
            await first.execute("rollback")
            await second.execute("rollback")
        await second.execute(message)
        await second.execute("rollback; reset lock_timeout")


async def _refused(connection: object, message: str) -> str | None:
    try:
        await connection.execute(message)  # type: ignore[attr-defined]
    except Exception as error:  # noqa: BLE001  any error is the answer looked for
        return getattr(error, "sqlstate", None)
    return None


async def _nothing(_: object) -> None:
    """Does nothing."""
