"""Cases of what may be billed are judged as their sources say, through the public API; a wrong verdict doesn't pass."""

import asyncio
from pathlib import Path

import pytest

from tests.conformance.__main__ import failure_of
from tests.conformance.cases import Case, Policy
from tests.conformance.reading import read
from tests.conformance.runner import Office
from tests.world import World

OWN = Path(__file__).parent / "own_cases.json"
SHARED = Path(__file__).parents[3] / "shared" / "cases"
FILES = [OWN, *([SHARED] if SHARED.exists() else [])]


async def failures(world: World, cases: list[tuple[Case, Policy]]) -> list[str]:
    office = Office(world.http, await world.token("manager"))
    free = asyncio.Semaphore(4)

    async def one(case: Case, policy: Policy) -> str | None:
        async with free:
            return await failure_of(office, case, policy)

    return [failure for failure in await asyncio.gather(*(one(*pair) for pair in cases)) if failure]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
async def test_every_case_is_judged_as_its_source_says(world: World, path: Path) -> None:
    found = read(path)
    assert len(found.cases) > 30
    assert not found.bad
    assert await failures(world, found.cases) == []


async def test_a_wrong_verdict_is_told(world: World) -> None:
    cases = [
        (
            Case(case.id, case.case, [("REFUSE", "OVER_TOLERANCE") if want[0] == "ACCEPT" else ("ACCEPT", "OK") for want in case.expect]),
            policy,
        )
        for case, policy in read(OWN).cases
    ]
    assert len(await failures(world, cases)) == len(cases)
