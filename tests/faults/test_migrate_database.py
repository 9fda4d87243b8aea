"""Migrations: forward only, whole files, one migrator, and traffic isn't stalled."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from db.migrate import MIGRATIONS, MigrationRefused, migrate, pending
from db.statements import split
from service.kit.embedded_postgres import EmbeddedPostgres, create_database, drop_database, on_database

PASSWORD = "it's a secret"
ROOM = """-- A room; isn't empty.
create schema room;
grant usage on schema room to sayso_service;
create table room.thing (n int not null constraint thing_is_small check (n < 100));
grant select, insert on room.thing to sayso_service;
create function room.add(n int) returns void language plpgsql as $body$
begin
  insert into room.thing values (n); -- a semicolon; in a body
end $body$;
select room.add(7)
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with EmbeddedPostgres(tmp_path_factory.mktemp("server") / "pg", fast=True) as running:
        yield running.url


@pytest.fixture
async def url(server: str) -> AsyncIterator[str]:
    """An empty database."""
    yield await create_database(server, "fresh")
    await drop_database(server, "fresh")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "0001_room.sql").write_text(ROOM)
    return tmp_path


def as_service(url: str) -> str:
    return on_database(url, "fresh", user="sayso_service", password=PASSWORD)


async def rows(url: str, question: str) -> list[tuple[object, ...]]:
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(question)]
    finally:
        await connection.close()


async def test_it_runs_each_file_once_and_tells_its_name(url: str, folder: Path) -> None:
    heard: list[str] = []
    assert await migrate(url, service_password=PASSWORD, folder=folder, told=heard.append) == ("0001_room.sql",)
    assert await migrate(url, service_password=PASSWORD, folder=folder, told=heard.append) == ()
    assert heard == ["0001_room.sql"]
    assert await rows(as_service(url), "select n from room.thing") == [(7,)]


async def test_a_later_file_runs_on_what_is_there(url: str, folder: Path) -> None:
    await migrate(url, service_password=PASSWORD, folder=folder)
    (folder / "0002_more.sql").write_text("alter table room.thing add column m int;")
    assert await migrate(url, service_password=PASSWORD, folder=folder) == ("0002_more.sql",)
    assert await rows(as_service(url), "select n, m from room.thing") == [(7, None)]


async def test_a_file_that_fails_leaves_nothing_and_names_its_line(url: str, folder: Path) -> None:
    (folder / "0002_bad.sql").write_text("create table room.half (n int);\n\n-- the mistake\ncreate table room.thing (n int);\n")
    with pytest.raises(MigrationRefused, match=r'0002_bad\.sql, line 4: relation "thing" already exists'):
        await migrate(url, service_password=PASSWORD, folder=folder)
    assert await rows(url, "select name from public.migration") == [("0001_room.sql",)]
    assert await rows(url, "select to_regclass('room.half')") == [(None,)]


async def test_a_file_changed_after_it_ran_is_refused(url: str, folder: Path) -> None:
    await migrate(url, service_password=PASSWORD, folder=folder)
    (folder / "0001_room.sql").write_text(ROOM + "-- one word more")
    with pytest.raises(MigrationRefused, match=r"0001_room\.sql was changed after it had run here"):
        await migrate(url, service_password=PASSWORD, folder=folder)


async def test_line_endings_are_no_change(url: str, folder: Path) -> None:
    await migrate(url, service_password=PASSWORD, folder=folder)
    (folder / "0001_room.sql").write_bytes(ROOM.replace("\n", "\r\n").encode())
    assert await migrate(url, service_password=PASSWORD, folder=folder) == ()


async def test_an_older_program_refuses_a_newer_database(url: str, folder: Path) -> None:
    await migrate(url, service_password=PASSWORD, folder=folder)
    (folder / "0001_room.sql").rename(folder / "0001_other.sql")
    with pytest.raises(MigrationRefused, match=r"newer than this program: it has run 0001_room\.sql"):
        await migrate(url, service_password=PASSWORD, folder=folder)


@pytest.mark.parametrize(
    "name, sentence", [("0000_before.sql", r"comes before 0001_room\.sql"), ("0001_twice.sql", "Two migrations have the number 0001")]
)
async def test_a_file_out_of_order_is_refused(url: str, folder: Path, name: str, sentence: str) -> None:
    await migrate(url, service_password=PASSWORD, folder=folder)
    (folder / name).write_text("select 1")
    with pytest.raises(MigrationRefused, match=sentence):
        await migrate(url, service_password=PASSWORD, folder=folder)


async def test_the_service_can_read_what_ran_and_change_nothing_of_it(url: str, folder: Path) -> None:
    await migrate(url, service_password=PASSWORD, folder=folder)
    connection = await asyncpg.connect(as_service(url))
    assert await pending(connection, folder) == []
    for attack in (
        "update public.migration set name = 'x'",
        "delete from public.migration",
        "delete from room.thing",
        "update room.thing set n = 1",
        "select room.add(1)",
        "create table public.mine (n int)",
        "create table room.mine (n int)",
        "create schema mine",
        "create temporary table mine (n int)",
        "set role sayso_owner",
        "alter table room.thing drop constraint thing_is_small",
        "alter role sayso_service bypassrls",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(attack)
    await connection.close()


async def test_the_service_role_comes_with_its_limits(url: str, folder: Path) -> None:
    await migrate(url, service_password=PASSWORD, folder=folder)
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "plan_cache_mode", "TimeZone")
    found = await rows(as_service(url), f"select name, setting from pg_settings where name in {names}")
    assert dict(found) == dict(zip(names, ("15000", "5000", "15000", "force_generic_plan", "UTC"), strict=True))


async def test_what_is_made_belongs_to_a_role_that_cannot_sign_in(url: str, folder: Path) -> None:
    await migrate(url, service_password=PASSWORD, folder=folder)
    assert await rows(url, "select distinct tableowner from pg_tables where schemaname in ('room', 'public')") == [("sayso_owner",)]
    roles = await rows(url, "select rolname, rolcanlogin, rolsuper, rolbypassrls from pg_roles where rolname like 'sayso%' order by 1")
    assert roles == [("sayso_owner", False, False, False), ("sayso_service", True, False, False)]


async def test_migrators_at_once_run_each_file_once(server: str, url: str, folder: Path) -> None:
    others = [await create_database(server, name) for name in ("other1", "other2")]
    ran = await asyncio.gather(*(migrate(to, service_password=PASSWORD, folder=folder) for to in [url, url, url, *others]))
    assert sorted(ran[:3]) == [(), (), ("0001_room.sql",)]
    assert ran[3:] == [("0001_room.sql",)] * 2
    for other in others:
        await drop_database(other, other.rpartition("/")[2].partition("?")[0])


async def test_waiting_for_a_busy_table_lets_others_pass_and_then_succeeds(url: str, folder: Path) -> None:
    await migrate(url, service_password=PASSWORD, folder=folder)
    (folder / "0002_more.sql").write_text("alter table room.thing add column m int")
    reader = await asyncpg.connect(url)
    transaction = reader.transaction()
    await transaction.start()
    await reader.fetch("select * from room.thing")
    migrating = asyncio.create_task(migrate(url, service_password=PASSWORD, folder=folder))
    writer = await asyncpg.connect(as_service(url), server_settings={"lock_timeout": "1s"})  # whoever waits longer is refused
    until = time.monotonic() + 2
    while time.monotonic() < until:
        await writer.execute("insert into room.thing values (8)")
    assert not migrating.done()
    await transaction.commit()
    assert await migrating == ("0002_more.sql",)
    await asyncio.gather(reader.close(), writer.close())


async def test_a_table_that_is_never_free_is_one_clear_sentence(url: str, folder: Path) -> None:
    await migrate(url, service_password=PASSWORD, folder=folder)
    (folder / "0002_more.sql").write_text("alter table room.thing add column m int")
    reader = await asyncpg.connect(url)
    async with reader.transaction():
        await reader.fetch("select * from room.thing")
        with pytest.raises(MigrationRefused, match=r"0002_more\.sql needs a table that somebody has kept busy"):
            await migrate(url, service_password=PASSWORD, folder=folder, attempts=1)
    await reader.close()


async def test_our_own_migrations_run_on_an_empty_database(url: str) -> None:
    names = tuple(sorted(path.name for path in MIGRATIONS.glob("*.sql")))
    assert await migrate(url, service_password=PASSWORD) == names


@pytest.mark.parametrize(
    "text, statements",
    [
        ("", []),
        ("-- nothing; here\n/* nor; here */ ;", []),
        ("select 1;select 2", [(1, "select 1"), (1, "select 2")]),
        ("-- why; isn't\n\nselect ';';\n", [(3, "select ';'")]),
        ("select 'it''s;', \";\", E'\\';' ;\nselect 2", [(1, "select 'it''s;', \";\", E'\\';'"), (2, "select 2")]),
        ("do $$ begin; end $$; select $1", [(1, "do $$ begin; end $$"), (1, "select $1")]),
        ("do $a$ $$;$$ $b$;$b$ $a$;", [(1, "do $a$ $$;$$ $b$;$b$ $a$")]),
        ("select 1 -- last; word\n;", [(1, "select 1 -- last; word")]),
    ],
)
def test_a_file_is_split_at_the_semicolons_that_end_statements(text: str, statements: list[tuple[int, str]]) -> None:
    assert [tuple(statement) for statement in split(text)] == statements


def test_a_body_that_cannot_be_split_is_refused() -> None:
    with pytest.raises(ValueError, match="begin atomic"):
        list(split("create function f() returns int begin atomic select 1; end"))
