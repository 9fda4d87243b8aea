"""`make conformance CASES=<file or folder>`: runs cases against a real server; a row per failure, then `N passed, M failed`."""

import argparse
import asyncio
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
from rich.console import Console

from service.cli._place import open_place
from tests.conformance.cases import Case, Policy
from tests.conformance.reading import read
from tests.conformance.runner import Office, Run, Unexpected
from tests.served import served
from tests.still_clock import stand_still

FOLDER = Path(".sayso") / "conformance"
AT_ONCE = 8
EMAIL, PASSWORD = "manager@conformance.example", "correct horse battery staple"
TELL = Console(stderr=True)


def main() -> int:
    """How many failed, at most 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=Path, help="a file of cases, or a folder of them")
    parser.add_argument("--table", action="store_true", help="also a row of Markdown for each case that could run")
    given = parser.parse_args()
    path: Path = given.cases
    try:
        found = read(path)
    except OSError as error:
        raise SystemExit(f"{path}: {error.strerror}") from None
    if not found.cases and not found.bad:
        raise SystemExit(f"{path}: no cases")
    judged = _judged(found.cases) if found.cases else []
    if given.table:
        print(_table(found.cases, judged))
    failures = [*found.bad, *(failure for failure in judged if failure)]
    for failure in failures:
        print(failure)
    print(f"{len(found.cases) + len(found.bad) - len(failures)} passed, {len(failures)} failed")
    return 1 if failures else 0


def _judged(cases: list[tuple[Case, Policy]]) -> list[str | None]:
    """Case by case what a server of its own judges otherwise than expected; None where it is as expected."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    try:
        with open_place(FOLDER, told=lambda said: TELL.print(f"  {said}", style="dim")) as place:
            asyncio.run(stand_still(place.require_admin_url()))
            _found()
            with served(FOLDER, SAYSO_SETTABLE_CLOCK="true") as (address, _, __):
                return asyncio.run(_run(address, cases))
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)


def _table(cases: list[tuple[Case, Policy]], failures: list[str | None]) -> str:
    lines = ["| case | situation | expected | result |", "|---|---|---|---|"]
    for (case, _), failure in zip(cases, failures, strict=True):
        expected = ", then ".join(f"{verdict} `{code}`" for verdict, code in case.expect)
        lines.append(f"| {case.id} | {case.situation.replace('|', '·')} | {expected} | {'failed' if failure else 'passed'} |")
    return "\n".join(lines)


def _found() -> None:
    command = [
        sys.executable, "-m", "service.cli", "init", "--folder", str(FOLDER), "--name", "Conformance", "--zone", "UTC", "--currency", "USD", "--language", "en",
        "--phone", "+15550100", "--email", EMAIL, "--manager-name", "Manager", "--manager-email", EMAIL, "--manager-password", PASSWORD,
    ]  # fmt: skip
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


async def _run(address: str, cases: list[tuple[Case, Policy]]) -> list[str | None]:
    async with httpx.AsyncClient(base_url=address, timeout=60) as http:
        signed_in = await http.post("/v1/sign-in", json={"email": EMAIL, "password": PASSWORD})
        bearer = signed_in.raise_for_status().json()["access_token"]
        office = Office(http, bearer)
        free = asyncio.Semaphore(AT_ONCE)

        async def one(case: Case, policy: Policy) -> str | None:
            async with free:
                return await failure_of(office, case, policy)

        with TELL.status(f"{len(cases)} cases …"):
            return await asyncio.gather(*(one(*pair) for pair in cases))


async def failure_of(office: Office, case: Case, policy: Policy) -> str | None:
    """What is wrong with the verdicts of a case; None where they are as expected."""
    try:
        found = await Run(office, case, policy).verdicts()
    except Unexpected as error:
        return f"{case.id}  {case.situation}: {error}"
    except (LookupError, ValueError, httpx.HTTPError) as error:  # what reading doesn't see: one case, not the run
        return f"{case.id}  {case.situation}: {type(error).__name__} {error}"
    if found == case.expect:
        return None
    said = "; ".join(
        f"{want[0]} {want[1]} expected, {got[0]} {got[1]} found" for want, got in zip(case.expect, found, strict=True) if want != got
    )
    return f"{case.id}  {case.situation}: {said}"


if __name__ == "__main__":
    raise SystemExit(main())
