"""The embedded PostgreSQL: started by anybody, found again after kill -9, never twice on one folder."""

import asyncio
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from service.kit.embedded_postgres import EmbeddedPostgres, Server, create_database, drop_database, on_database
from service.kit.postgres_programs import AS_NOBODY, IN_NAMESPACE, PostgresUnavailable, Programs

START_AND_STAY = """
import signal, sys
from pathlib import Path
from service.kit.embedded_postgres import EmbeddedPostgres
print(EmbeddedPostgres(Path(sys.argv[1]), fast=True).start().url, flush=True)
signal.pause()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder for a server; whatever a test left running there is ended."""
    place = tmp_path / "pg"
    yield place
    if (pid := pid_in(place)) is not None:
        end(pid)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One that is only asked."""
    with EmbeddedPostgres(tmp_path_factory.mktemp("running") / "pg", fast=True) as server:
        yield server


@pytest.fixture
def bystander() -> Iterator[subprocess.Popen[str]]:
    """Another process that lives on."""
    process = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"], text=True)
    yield process
    process.kill()
    process.wait()


def pid_in(folder: Path) -> int | None:
    try:
        return int((folder / "data/postmaster.pid").read_text().split()[0])
    except (FileNotFoundError, NotADirectoryError):
        return None


def runs(pid: int) -> bool:
    """Whether the process does; a zombie that nobody collected doesn't."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def owner_of(pid: int | None) -> int:
    return Path(f"/proc/{pid}").stat().st_uid


def ends(pid: int) -> bool:
    """Whether the process does within ten seconds; a server that was told to stop removes its files first."""
    deadline = time.monotonic() + 10
    while runs(pid) and time.monotonic() < deadline:
        os.sched_yield()
    return not runs(pid)


def end(pid: int) -> None:
    if runs(pid):
        os.kill(pid, signal.SIGKILL)
    assert ends(pid)


def start_elsewhere(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", START_AND_STAY, str(folder)], stdout=subprocess.PIPE, text=True)


def started_elsewhere(folder: Path) -> subprocess.Popen[str]:
    """Another process that started a server in `folder` and stays."""
    process = start_elsewhere(folder)
    assert process.stdout is not None
    assert process.stdout.readline().startswith("postgresql://")
    return process


def killed(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


async def ask(url: str, question: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def test_a_first_start_answers_sql_and_a_stop_leaves_nothing_running(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        pid = pid_in(folder)
        assert await ask(server.url, "select current_database() || ' ' || current_setting('fsync')") == "sayso on"
        assert await ask(server.url, "select lower('MÜLLER')") == "müller"
    assert pid is not None
    assert ends(pid)


async def test_rows_are_there_after_a_restart(folder: Path) -> None:
    with EmbeddedPostgres(folder, fast=True) as server:
        await ask(server.url, "create table kept as select 7 as n")
    with EmbeddedPostgres(folder, fast=True) as server:
        assert await ask(server.url, "select n from kept") == 7


async def test_nobody_enters_without_the_password(running: Server) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        await ask(on_database(running.url, "sayso", user="postgres", password="guessed"), "select 1")
    assert stat.S_IMODE((running.folder / "password").stat().st_mode) == 0o600
    rules = (running.folder / "data/pg_hba.conf").read_text().splitlines()
    methods = {line.split()[-1] for line in rules if line.strip() and not line.startswith("#")}
    assert methods == {"scram-sha-256"}


async def test_a_short_path_opens_no_network_port(running: Server) -> None:
    assert await ask(running.url, "select current_setting('listen_addresses')") == ""


async def test_a_path_too_long_for_a_socket_listens_on_loopback_alone(tmp_path: Path) -> None:
    deep = tmp_path / ("a folder with a 'long' name " * 4).strip() / "pg"
    with EmbeddedPostgres(deep, fast=True) as server:
        assert "@127.0.0.1:" in server.url
        assert await ask(server.url, "select current_setting('listen_addresses')") == "127.0.0.1"


def test_parents_keep_their_permissions(folder: Path) -> None:
    folder.parent.chmod(0o700)
    before = {path: path.stat() for path in folder.parents}
    with EmbeddedPostgres(folder, fast=True):
        after = {path: path.stat() for path in folder.parents}
    assert {path: (s.st_mode, s.st_uid, s.st_gid) for path, s in after.items()} == {
        path: (s.st_mode, s.st_uid, s.st_gid) for path, s in before.items()
    }
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


async def test_the_next_start_adopts_the_server_of_a_killed_process(folder: Path) -> None:
    killed(started_elsewhere(folder))
    orphan = pid_in(folder)
    with EmbeddedPostgres(folder, fast=True) as server:
        assert pid_in(folder) == orphan
        assert await ask(server.url, "select 1") == 1
    assert orphan is not None
    assert ends(orphan)


async def test_the_next_start_recovers_after_the_postmaster_is_killed(folder: Path) -> None:
    first = EmbeddedPostgres(folder)
    server = first.start()
    await ask(server.url, "create table kept as select 7 as n")
    pid = pid_in(folder)
    assert pid is not None
    end(pid)
    with EmbeddedPostgres(folder) as again:
        assert again.url == server.url
        assert pid_in(folder) != pid
        assert await ask(again.url, "select n from kept") == 7
    first.stop()


async def test_a_busy_orphan_of_a_killed_postmaster_is_waited_for(folder: Path) -> None:
    first = EmbeddedPostgres(folder, fast=True)
    connection = await asyncpg.connect(url := first.start().url)
    backend = connection.get_server_pid()
    busy = asyncio.create_task(connection.execute("select count(*) from generate_series(1, 8000000) a"))
    while not await ask(url, f"select exists (select from pg_stat_activity where pid = {backend} and state = 'active')"):
        assert not busy.done()
    postmaster = pid_in(folder)
    assert postmaster is not None
    os.kill(postmaster, signal.SIGKILL)
    with EmbeddedPostgres(folder, fast=True) as server:
        assert not runs(backend)
        assert await ask(server.url, "select 1") == 1
    await asyncio.wait([busy])
    busy.exception()
    connection.terminate()
    first.stop()


async def test_a_number_reused_by_another_program_is_not_taken_for_the_server(folder: Path, bystander: subprocess.Popen[str]) -> None:
    with EmbeddedPostgres(folder, fast=True):
        lines = (folder / "data/postmaster.pid").read_text().splitlines()
    (folder / "data/postmaster.pid").write_text("\n".join([str(bystander.pid), *lines[1:]]) + "\n")
    with EmbeddedPostgres(folder, fast=True) as server:
        assert await ask(server.url, "select 1") == 1
    assert bystander.poll() is None


async def test_a_first_start_that_was_killed_half_way_starts_afresh(folder: Path) -> None:
    (folder / "data.new").mkdir(parents=True)
    (folder / "data.new/PG_VERSION").write_text("18\n")
    (folder / "password").write_text("left over")
    with EmbeddedPostgres(folder, fast=True) as server:
        assert await ask(server.url, "select 1") == 1


def test_the_last_user_out_stops_the_server(folder: Path) -> None:
    first, second = EmbeddedPostgres(folder, fast=True), EmbeddedPostgres(folder, fast=True)
    assert first.start() == second.start()
    pid = pid_in(folder)
    assert pid is not None
    first.stop()
    assert runs(pid)
    second.stop()
    assert ends(pid)


async def test_eight_processes_starting_at_once_share_one_server(folder: Path) -> None:
    starters = [start_elsewhere(folder) for _ in range(8)]
    urls = {process.stdout.readline() for process in starters if process.stdout}
    assert len(urls) == 1
    assert await ask(urls.pop().strip(), "select 1") == 1
    for process in starters:
        killed(process)


@pytest.mark.parametrize("what", ["strange files", "data without our password", "another version", "a file"])
def test_a_foreign_folder_is_one_clear_sentence(folder: Path, what: str) -> None:
    match what:
        case "strange files":
            folder.mkdir()
            (folder / "holiday.jpg").touch()
            sentence = "isn't a database folder that Sayso made"
        case "data without our password":
            (folder / "data").mkdir(parents=True)
            (folder / "data/PG_VERSION").write_text("18\n")
            sentence = "isn't a database folder that Sayso made"
        case "another version":
            (folder / "data").mkdir(parents=True)
            (folder / "data/PG_VERSION").write_text("14\n")
            (folder / "password").write_text("x")
            sentence = r"was made by PostgreSQL 14 and this is \d+: set PG_BINDIR"
        case _:
            folder.write_text("not a folder")
            sentence = "can't be used"
    with pytest.raises(PostgresUnavailable, match=sentence) as refused:
        EmbeddedPostgres(folder).start()
    assert "\n" not in str(refused.value)


def test_a_damaged_data_folder_says_what_postgresql_said(folder: Path) -> None:
    with EmbeddedPostgres(folder, fast=True):
        pass
    shutil.rmtree(folder / "data/global")
    with pytest.raises(PostgresUnavailable, match=r"didn't start in .*more in .*log"):
        EmbeddedPostgres(folder, fast=True).start()


def test_absent_programs_are_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(PostgresUnavailable, match=r"no PostgreSQL programs in .*: set PG_BINDIR"):
        Programs.find(tmp_path)


async def test_a_database_is_made_from_a_template_and_dropped_under_its_users(running: Server) -> None:
    template = await create_database(running.url, "pattern")
    await ask(template, "create table seed as select 7 as n")
    copy = await create_database(running.url, "copy", template="pattern")
    held = await asyncpg.connect(copy)
    assert await held.fetchval("select n from seed") == 7
    await drop_database(running.url, "copy")
    await drop_database(running.url, "copy")
    held.terminate()
    assert await ask(running.url, "select count(*) from pg_database where datname = 'copy'") == 0


if os.geteuid() == 0:

    @pytest.fixture
    def open_folder() -> Iterator[Path]:
        """A folder that every user can reach."""
        with tempfile.TemporaryDirectory(prefix="sayso-") as place:
            Path(place).chmod(0o755)
            yield Path(place) / "pg"

    async def test_root_runs_it_in_a_user_namespace_or_as_nobody(open_folder: Path) -> None:
        found = Programs.find()
        assert found.prefix in {IN_NAMESPACE, AS_NOBODY}
        with EmbeddedPostgres(open_folder, fast=True, programs=Programs(found.folder, AS_NOBODY)) as server:
            assert await ask(server.url, "select 1") == 1
            assert owner_of(pid_in(open_folder)) == 65534

    def test_a_folder_that_nobody_can_reach_is_one_clear_sentence(folder: Path) -> None:
        folder.parent.chmod(0o700)
        with pytest.raises(PostgresUnavailable, match=r"initdb failed: .*ermission denied"):
            EmbeddedPostgres(folder, programs=Programs(Programs.find().folder, AS_NOBODY)).start()

else:

    def test_a_folder_without_permission_is_one_clear_sentence(tmp_path: Path) -> None:
        tmp_path.chmod(0o500)
        with pytest.raises(PostgresUnavailable, match="can't be used: Permission denied"):
            EmbeddedPostgres(tmp_path / "pg").start()
        tmp_path.chmod(0o700)
