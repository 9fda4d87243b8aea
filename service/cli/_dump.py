"""PostgreSQL's own dump and restore, with the password in the environment rather than in the list of processes."""

import os
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click

from service.kit.postgres_programs import Programs

SIGNATURE = b"PGDMP"
"""How every file of pg_dump's own format begins."""


def dump(admin_url: str, file: Path) -> None:
    """Writes the database into a new file that only its owner may read, whole or not at all."""
    part = file.with_name(f"{file.name}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise click.ClickException(f"{part} is there already: another backup writes it, or one was cut off; remove it then.") from None
    except OSError as error:
        raise click.ClickException(f"{file} can't be written: {error.strerror}.") from None
    try:
        with os.fdopen(descriptor, "wb") as target:
            complaint = _run("pg_dump", admin_url, "--format=custom", "--compress=6", "--lock-wait-timeout=10s", stdout=target)
            if complaint:
                raise click.ClickException(f"The database can't be backed up; pg_dump says: {complaint}")
            target.flush()
            os.fsync(target.fileno())
        os.link(part, file)
    except FileExistsError:
        raise click.ClickException(f"{file} exists; name another file.") from None
    finally:
        part.unlink()


def require_dump(file: Path) -> None:
    """Refuses a file that `dump` can't have written, before anything begins."""
    with file.open("rb") as source:
        if source.read(len(SIGNATURE)) != SIGNATURE:
            raise click.ClickException(f"{file} is no backup of Sayso's: `sayso backup` writes one.")


def load(admin_url: str, file: Path) -> None:
    """Fills the database from such a file, in one transaction."""
    with file.open("rb") as source:
        complaint = _run("pg_restore", admin_url, "--single-transaction", "--exit-on-error", "--clean", "--if-exists", stdin=source)
    if complaint:
        raise click.ClickException(f"{file} is damaged, or another version's: nothing was restored. (pg_restore says: {complaint})")


def _run(program: str, admin_url: str, *options: str, stdin: object = None, stdout: object = None) -> str:
    """What the program complains of where it fails, on one line; else nothing."""
    programs = Programs.find()
    parts = urlsplit(admin_url)
    bare = parts._replace(netloc=f"{parts.username or ''}@{parts.netloc.rpartition('@')[2]}").geturl()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    environment = {**kept, "LC_ALL": "C", "PGPASSWORD": unquote(parts.password or "")}
    command = [*programs.prefix, programs.folder / program, *options, f"--dbname={bare}"]
    done = subprocess.run(command, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE, env=environment, check=False)  # type: ignore[call-overload]  # noqa: S603 — PostgreSQL's own program, found by us
    said = " ".join(done.stderr.decode(errors="replace").split())[-600:]
    return (said or f"exit code {done.returncode}") if done.returncode else ""
