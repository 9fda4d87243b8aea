"""`sayso doctor` finds every row of a log that was edited, removed or slipped in up to the last checkpoint, whoever did it."""

import asyncio
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import pytest

from service.cli._checks import logs_are_as_sealed, look_around
from service.cli.doctor import SESSION, examine
from service.kit.ids import uuid7
from service.kit.seals.background import KeptCheckpoint
from service.kit.seals.checkpoints import find_checkpoint, seal
from service.settings import Settings
from tests.catalogue import builders as catalogue
from tests.world import World

SLIPPED_IN = """insert into kit.fact (organisation_id, epoch, transaction_id, kind, customer_id, subject_kind, subject_id, body, actor, request_id, occurred_at)
overriding system value select organisation_id, epoch, transaction_id, kind, customer_id, subject_kind, subject_id, body, actor, request_id, occurred_at
from kit.fact where organisation_id = $1 limit 1"""


async def sealed(world: World, settings: Settings) -> int | None:
    """Seals; the number of the checkpoint, or None when there was nothing new."""
    values = {"signing_key": settings.signing_key}
    done = await world.database.perform(
        seal, principal=world.principal(), at=world.clock.now, request_id=uuid7(at=world.clock.now), remember=None, values=values
    )
    return None if done.record is None else int(done.record.number)


async def found(world: World, owner: Any, settings: Settings) -> list[tuple[str, str]]:
    """What the check finds in this organisation."""
    offences = await logs_are_as_sealed.find(owner, look_around(settings))
    return [(where, what) for organisation_id, where, what in offences if organisation_id == world.organisation_id]


async def history(world: World, settings: Settings) -> None:
    """Two checkpoints over facts and price book."""
    for _ in range(2):
        await world.customer()
        await catalogue.item(world)
        assert await sealed(world, settings)


async def keep(world: World, number: int, file: Path) -> None:
    """Adds a checkpoint to the file outside."""
    request_id = uuid7(at=world.clock.now)
    checkpoint = await world.database.read(
        find_checkpoint, principal=world.principal(), at=world.clock.now, request_id=request_id, values={"number": number}
    )
    with file.open("ab") as lines:
        lines.write(msgspec.json.encode(KeptCheckpoint(world.organisation_id, checkpoint)) + b"\n")


async def test_untouched_logs_are_as_sealed(world: World, owner: Any, settings: Settings) -> None:
    await history(world, settings)
    await world.customer()  # not sealed yet: nobody's promise
    await owner.execute(SESSION)
    assert await found(world, owner, settings) == []
    page = await world.done("GET", "/v1/checkpoints")
    assert [one["number"] for one in page["items"]] == [1, 2]
    assert {"kit.fact", "catalogue.item_version"} <= {log["log"] for log in page["items"][0]["logs"]}


async def test_nothing_new_makes_no_checkpoint(world: World, settings: Settings) -> None:
    await world.customer()
    assert await sealed(world, settings) == 1
    assert await sealed(world, settings) is None


@pytest.mark.parametrize(
    "change, where",
    [
        ("update kit.fact set body = '{\"forged\": true}' where organisation_id = $1", "kit.fact"),
        ("update kit.fact set occurred_at = occurred_at + interval '1 microsecond' where organisation_id = $1", "kit.fact"),
        ("delete from kit.fact where ctid = (select max(ctid) from kit.fact where organisation_id = $1)", "kit.fact"),
        (SLIPPED_IN, "kit.fact"),
        ("delete from catalogue.item_version where organisation_id = $1", "catalogue.item_version"),
        (
            "update catalogue.item_version set transaction_id = transaction_id + 1000000 where organisation_id = $1",
            "catalogue.item_version",
        ),
        ("delete from kit.checkpoint where organisation_id = $1 and number = 1", "checkpoint 2"),
        ("update kit.checkpoint set sealed_at = sealed_at + interval '1 day' where organisation_id = $1 and number = 2", "checkpoint 2"),
        ("update kit.checkpoint set logs = '[]' where organisation_id = $1 and number = 2", "checkpoint 2"),
        ("update kit.checkpoint set signature = decode(repeat('00', 64), 'hex') where organisation_id = $1 and number = 1", "checkpoint 1"),
    ],
)
async def test_a_change_by_the_tables_owner_is_found(world: World, owner: Any, settings: Settings, change: str, where: str) -> None:
    await history(world, settings)
    await owner.execute(SESSION)
    transaction = owner.transaction()
    await transaction.start()
    try:
        await owner.execute("set local session_replication_role = replica")  # past foreign keys, as only a superuser can
        assert await owner.execute(change, world.organisation_id) not in {"UPDATE 0", "DELETE 0", "INSERT 0 0"}
        assert where in {place for place, _ in await found(world, owner, settings)}
    finally:
        await transaction.rollback()


async def test_history_cut_off_at_its_end_is_found_by_the_file_outside(
    world: World, owner: Any, settings: Settings, tmp_path: Path
) -> None:
    await history(world, settings)
    file = tmp_path / "checkpoints.jsonl"
    for number in (1, 2):
        await keep(world, number, file)
    kept = msgspec.structs.replace(settings, checkpoint_file=str(file))
    await owner.execute(SESSION)
    assert await found(world, owner, kept) == []
    transaction = owner.transaction()
    await transaction.start()
    try:
        await owner.execute("delete from kit.fact where organisation_id = $1", world.organisation_id)
        await owner.execute("set local session_replication_role = replica")
        await owner.execute("delete from kit.checkpoint where organisation_id = $1", world.organisation_id)
        assert {place for place, _ in await found(world, owner, kept)} == {"checkpoint 1", "checkpoint 2"}
    finally:
        await transaction.rollback()


async def test_what_a_running_service_seals_while_the_doctor_looks_is_no_offence(
    world: World, owner: Any, settings: Settings, owner_url: str, tmp_path: Path
) -> None:
    await world.customer()
    file = tmp_path / "checkpoints.jsonl"
    meanwhile = await asyncpg.connect(owner_url)
    try:
        holding = meanwhile.transaction()
        await holding.start()
        await meanwhile.execute("lock table customers.asset")  # which the first check reads, in the snapshot of them all
        looking = asyncio.create_task(examine(owner, msgspec.structs.replace(settings, checkpoint_file=str(file))))
        while not await meanwhile.fetchval("select exists (select from pg_locks where not granted)"):
            assert not looking.done()
        number = await sealed(world, settings)
        assert number
        await keep(world, number, file)
        await holding.rollback()
        findings = await looking
    finally:
        await meanwhile.close()
    assert [one.offences for one in findings if one.check == "logs_are_as_sealed"] == [[]]


async def test_rows_of_a_running_transaction_wait_for_a_later_checkpoint(
    world: World, owner: Any, settings: Settings, owner_url: str
) -> None:
    slow = await asyncpg.connect(owner_url)
    try:
        running = slow.transaction()
        await running.start()
        await slow.execute(
            "insert into kit.fact (organisation_id, kind, subject_kind, subject_id, body, actor, request_id, occurred_at)"
            " values ($1, 'tried', 'customer', $1, '{}', 'system:test', $1, now())",
            world.organisation_id,
        )
        await world.customer()
        assert await sealed(world, settings) is None  # behind the running one nothing is complete
        await running.commit()
        assert await sealed(world, settings) == 1
        await owner.execute(SESSION)
        assert await found(world, owner, settings) == []
    finally:
        await slow.close()
