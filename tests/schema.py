"""Writes `db/schema.sql`: the whole schema as the migrations make it, for people who want to read it in one place (`make schema`)."""

import asyncio
import os
import re
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from db.migrate import migrate
from service.kit.embedded_postgres import EmbeddedPostgres, create_database, drop_database
from service.kit.postgres_programs import Programs

FILE = Path(__file__).parent.parent / "db" / "schema.sql"
HEADER = "-- What the migrations come to, written by `make schema` and never by hand; a test compares it with them.\n"
# Who dumped with which version, and the settings of the dumping session: nothing of the schema's own.
_NOISE = re.compile(r"^(--( .*)?|SET .*|SELECT pg_catalog\.set_config.*|\\(un)?restrict .*|ALTER .* OWNER TO .*)\n", re.MULTILINE)


async def dumped(server: str) -> str:
    """The schema of a fresh database on that server, normalised: the same text from any machine and any minor version."""
    name = f"schema_{os.getpid()}"
    url = await create_database(server, name)
    try:
        await migrate(
            url, service_password="only-for-tests"
        )  # the role is the whole server's: tests that run beside this one sign in with it
        return HEADER + normalised(_dump(url))
    finally:
        await drop_database(server, name)


def normalised(dump: str) -> str:
    """The dump without the noise, one empty line between statements."""
    return re.sub(r"\n{3,}", "\n\n", "\n" + _NOISE.sub("", dump)).rstrip() + "\n"


def _dump(url: str) -> str:
    parts = urlsplit(url)
    asked = parse_qs(parts.query)
    host, port = asked.get("host", [parts.hostname or ""])[0], asked.get("port", [str(parts.port or 5432)])[0]
    options = ("--schema-only", "--no-owner", "--no-tablespaces", "--no-sync", "-h", host, "-p", port, "-U", parts.username or "")
    return Programs.find().run("pg_dump", *options, "-d", parts.path[1:], password=parts.password or "")


def write() -> None:
    """Dumps the present migrations into the file."""
    with tempfile.TemporaryDirectory() as folder, EmbeddedPostgres(Path(folder) / "postgres", fast=True) as server:
        FILE.write_text(asyncio.run(dumped(server.url)), encoding="utf-8")


if __name__ == "__main__":
    write()
