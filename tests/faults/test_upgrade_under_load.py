"""The schema changes while payments are taken: all of them are, some when they come again, and the version that knows nothing of it goes on."""

import asyncio
import shutil
from pathlib import Path

import msgspec

from db.migrate import MIGRATIONS, migrate
from tests.faults.served import Served
from tests.faults.test_kill_service import till_of

MORE = "".join(
    f"alter table {table} add column more int constraint more_is_small check (more < 10);\n"
    for table in ("kit.fact", "kit.task", "billing.invoice", "billing.payment", "billing.transfer")
)
"""Of the tables that each payment writes; columns that the running version knows nothing of."""


async def test_payments_are_taken_by_the_old_version_while_a_migration_runs(served: Served, tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder)
    (folder / "9999_more.sql").write_text(MORE)
    password = msgspec.json.decode((served.folder / "secrets.json").read_bytes(), type=dict[str, str])["service_password"]
    till, admin = await till_of(served, 60), served.embedded.start().url
    migrating: list[asyncio.Task[tuple[str, ...]]] = []

    def upgrade_after_a_third(acknowledged: int) -> None:
        if acknowledged == 20:
            migrating.append(asyncio.create_task(migrate(admin, service_password=password, folder=folder)))

    await till.take_all(then=upgrade_after_a_third)
    assert await migrating[0] == ("9999_more.sql",)
    assert not till.unanswered
    rows = await served.world.sql("select payment_id from billing.payment")
    assert sorted(str(row["payment_id"]) for row in rows) == sorted(one["payment_id"] for one in till.acknowledged.values())
    assert len(rows) == 60
