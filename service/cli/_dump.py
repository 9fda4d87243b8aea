"""PostgreSQL's own dump and restore, with the password in the environment rather than in the list of processes."""

import os
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click

from service.kit.postgres_programs import Programs

SIGNATURE = b"PGDMP"
"""How every file of pg_dump's own format begins."""
OURS = b" TABLE kit fact "
"""What such a file of ours lists."""


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
            options = ("--format=custom", "--compress=6", "--lock-wait-timeout=10s")
            _, complaint = _run("pg_dump", *options, admin_url=admin_url, stdout=target)
            if complaint:
                raise click.ClickException(f"The database can't be backed up; pg_dump says: {complaint}")
            target.flush()
            os.fsync(target.fileno())
        os.link(part, file)
    except FileExistsError:
        raise click.ClickException(f"{file} exists; name another file.") from None
    except OSError as error:
        raise click.ClickException(f"{file} can't be written: {error.strerror}.") from None
    finally:
        part.unlink()


def require_dump(file: Path) -> None:
    """Refuses a file that isn't a database of ours as `dump` writes it, before anything begins."""
    with file.open("rb") as source:
        known = source.read(len(SIGNATURE)) == SIGNATURE
    if known:
        with file.open("rb") as source:
            listed, complaint = _run("pg_restore", "--list", stdin=source, stdout=subprocess.PIPE)
        if complaint:
            raise _damaged(file, complaint)
        known = OURS in listed
    if not known:
        raise click.ClickException(f"{file} is no backup of Sayso's: `sayso backup` writes one.")


def load(admin_url: str, file: Path) -> None:
    """Fills the database from such a file, in one transaction."""
    with file.open("rb") as source:
        _, complaint = _run(
            "pg_restore", "--single-transaction", "--exit-on-error", "--clean", "--if-exists", admin_url=admin_url, stdin=source
        )
    if complaint:
        raise _damaged(file, complaint)


def _damaged(file: Path, complaint: str) -> click.ClickException:
    return click.ClickException(f"{file} is damaged, or another version's: nothing was restored. (pg_restore says: {complaint})")


def _run(program: str, *options: str, admin_url: str = "", stdin: object = None, stdout: object = None) -> tuple[bytes, str]:
    """What the program wrote, where that is asked for, and what it complains of where it fails, on one line."""
    programs = Programs.find()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}
    command = [*programs.prefix, programs.folder / program, *options]
    if admin_url:
        parts = urlsplit(admin_url)
        bare = parts._replace(netloc=f"{parts.username or ''}@{parts.netloc.rpartition('@')[2]}").geturl()
        command.append(f"--dbname={bare}")
        environment["PGPASSWORD"] = unquote(parts.password or "")
    done = subprocess.run(command, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE, env=environment, check=False)  # type: ignore[call-overload]  # noqa: S603 — PostgreSQL's own program, found by us
    said = " ".join(done.stderr.decode(errors="replace").split())[-600:]
    return done.stdout or b"", (said or f"exit code {done.returncode}") if done.returncode else ""
