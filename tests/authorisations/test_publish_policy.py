"""A tolerance is published with where it is written; no version is ever edited."""

from typing import Any

import pytest

from tests.world import World

WASHINGTON: dict[str, Any] = {"name": "US-WA", "citation": "RCW 46.71.025", "combine": "pct", "percent_of": "1/10"}


async def test_other_figures_under_a_name_are_its_next_version(world: World) -> None:
    first = await world.done("POST", "/v1/policies", WASHINGTON)
    again = await world.done("POST", "/v1/policies", WASHINGTON)
    other = await world.done("POST", "/v1/policies", WASHINGTON | {"at_limit_refuses": True})
    assert [one["version"] for one in (first, again, other)] == [1, 1, 2]
    [listed] = (await world.get("/v1/policies")).json()
    assert (listed["version"], listed["percent_of"], listed["hard_cap_minor"]) == (2, "1/10", None)


@pytest.mark.parametrize(
    "wrong, status", [({"name": "ZERO"}, 409), ({"percent_of": "11/10"}, 422), ({"combine": "none"}, 422), ({"combine": "most"}, 422)]
)
async def test_a_policy_that_makes_no_sense_is_refused(world: World, wrong: dict[str, Any], status: int) -> None:
    assert (await world.post("/v1/policies", WASHINGTON | wrong)).status_code == status
