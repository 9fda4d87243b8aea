"""A backup taken under use is a whole service again elsewhere: everything holds, and readers of the feed are told."""

import asyncio
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.cli._place import kept_secrets
from service.kit.postgres_programs import Programs
from tests.billing.builders import Books, pay
from tests.faults.served import Served


@pytest.fixture(scope="module")
async def process() -> AsyncIterator[Served]:
    """The service whose backups these are; nobody kills it."""
    one = Served(fast=True)
    try:
        await one.start()
        yield one
    finally:
        await one.end()


async def test_a_restored_copy_holds_everything_and_tells_old_readers(served: Served, tmp_path: Path) -> None:
    world = served.world
    books = Books(world)
    customer_id = await books.customer()
    paid = await pay(world, 700, invoice_id=await books.invoice(customer_id, 1_000))
    account = await world.done("GET", f"/v1/customers/{customer_id}/account")
    before = (await world.done("GET", "/v1/facts"))["next"]
    backup = tmp_path / "backup"
    done = await served.run("backup", str(backup))
    assert done.returncode == 0, done.stderr
    assert backup.stat().st_mode & 0o777 == 0o600
    refused = await served.run("backup", str(backup))
    assert refused.returncode == 1
    assert "exists" in refused.stderr
    copy = Served(fast=True)
    try:
        restored = await copy.run("restore", str(backup), "--secrets", str(served.folder / "secrets.json"))
        assert restored.returncode == 0, restored.stdout + restored.stderr
        assert "all held" in restored.stdout
        await asyncio.to_thread(copy.embedded.start)  # once, for both that follow
        again = await copy.run("restore", str(backup))
        assert again.returncode == 1
        assert "isn't empty" in again.stderr
        await copy.start()
        async with httpx.AsyncClient(base_url=copy.url, headers={"Authorization": f"Bearer {await world.token('manager')}"}) as client:
            assert (await client.get(f"/v1/customers/{customer_id}/account")).json() == account
            reset = await client.get("/v1/facts", params={"after": before})
            assert (reset.status_code, reset.json()["code"]) == (410, "FEED_RESET")
            assert paid["payment_id"] in await subjects(client)
            body = {"name": "After the restore", "zone": "Europe/Berlin"}
            assert (await client.post("/v1/customers", json=body)).status_code == 201
            assert (await subjects(client))[-1] != paid["payment_id"]
    finally:
        await copy.end()


@pytest.fixture
def elsewhere() -> Iterator[Served]:
    """A folder with nothing but the secrets of a backup, to restore beside them."""
    one = Served()
    kept_secrets(one.folder / "kept.json")
    yield one
    shutil.rmtree(one.folder)


async def restore(elsewhere: Served, content: bytes, folder: Path) -> str:
    """What was said of a backup that can't be restored."""
    backup = elsewhere.folder / "backup"
    backup.write_bytes(content)
    options = ["restore", str(backup), "--secrets", str(elsewhere.folder / "kept.json"), "--folder", str(folder)]
    command = [sys.executable, "-m", "service.cli", *options]
    refused = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, env=elsewhere.environment(), check=False)
    assert refused.returncode == 1, refused.stdout + refused.stderr
    assert "Traceback" not in refused.stderr
    return refused.stderr


@pytest.fixture(scope="module")
async def cut_off(process: Served) -> bytes:
    """A backup that begins well."""
    whole = process.folder / "whole"
    done = await process.run("backup", str(whole))
    assert done.returncode == 0, done.stderr
    content = whole.read_bytes()
    return content[: len(content) // 2]


@pytest.fixture(scope="module")
def somebody_elses() -> Iterator[Served]:
    """A folder whose database isn't Sayso's."""
    one = Served(fast=True)
    with one.embedded:
        yield one
    shutil.rmtree(one.folder)


async def test_a_restore_that_fails_leaves_nothing_behind(elsewhere: Served, cut_off: bytes) -> None:
    before = {"kept.json", "backup"}
    assert "backup is no backup of Sayso's" in await restore(elsewhere, b"no backup", elsewhere.folder / "new" / "place")
    assert "is damaged" in await restore(elsewhere, cut_off, elsewhere.folder / "new" / "place")
    assert {path.name for path in elsewhere.folder.iterdir()} == before


async def test_a_dump_of_somebody_elses_database_is_not_restored(elsewhere: Served, somebody_elses: Served) -> None:
    programs, other = Programs.find(), elsewhere.folder / "other"
    command = [*programs.prefix, str(programs.folder / "pg_dump"), "--format=custom", somebody_elses.embedded.start().url]
    content = (await asyncio.to_thread(subprocess.run, command, capture_output=True, check=True)).stdout
    assert "is no backup of Sayso's" in await restore(elsewhere, content, other)
    assert not other.exists()


async def test_a_restore_that_fails_leaves_what_it_didnt_make(elsewhere: Served, cut_off: bytes) -> None:
    place = elsewhere.folder / "place"
    place.mkdir()
    (place / "notes").write_text("mine")
    assert "is no backup of Sayso's" in await restore(elsewhere, b"no backup", place)
    assert "is damaged" in await restore(elsewhere, b"PGDMP, and no more", place)
    assert "is damaged" in await restore(elsewhere, cut_off, place)
    assert {path.name for path in place.iterdir()} == {"notes"}
    (place / "secrets.json").write_text("mine too")
    assert "exists; restore into a new folder" in await restore(elsewhere, cut_off, place)
    assert (place / "secrets.json").read_text() == "mine too"


async def test_a_database_that_is_not_ours_is_neither_backed_up_nor_examined(somebody_elses: Served) -> None:
    for command in (["backup", str(somebody_elses.folder / "copy")], ["doctor"]):
        refused = await somebody_elses.run(*command)
        assert refused.returncode == 1, refused.stdout
        assert refused.stderr == f"Error: The database in {somebody_elses.folder} isn't one of Sayso's: name another with --folder.\n"
    assert not (somebody_elses.folder / "copy").exists()


@pytest.mark.parametrize("file", ["nowhere/copy", "closed/copy"])
async def test_a_backup_that_cannot_be_written_is_told_in_a_sentence(served: Served, tmp_path: Path, file: str) -> None:
    (tmp_path / "closed").write_text("no folder")
    refused = await served.run("backup", str(tmp_path / file))
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"Error: {tmp_path / file} can't be written: ")
    assert len(refused.stderr.splitlines()) == 1


async def subjects(client: httpx.AsyncClient) -> list[Any]:
    """Whom the facts are about, from the beginning."""
    return [fact["subject_id"] for fact in (await client.get("/v1/facts", params={"limit": 1000})).json()["items"]]
