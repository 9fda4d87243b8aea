"""A tolerance is published with where it is written; no version is ever edited."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from service.authorisations.records import NewPolicy
from tests.world import World

CASES = Path(__file__).parents[3] / "shared" / "cases" / "authorisation.json"
LAW_OF = {
    "US-OH-SVC": ("US-OH", "any", "any"),
    "US-OH-AUTO": ("US-OH", "auto", "any"),
    "US-IL-LIMIT": ("US-IL", "any", "limit"),
    "US-MI-OLD": ("US-MI", "any", "any"),
}
"""Whose law a policy of the cases is, where its name says more than the place."""
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


async def test_no_policy_allows_more_than_the_law_of_its_place(world: World) -> None:
    florida = {
        "name": "US-FL",
        "citation": "559.909",
        "jurisdiction": "US-FL",
        "combine": "greater",
        "abs_minor": 1000,
        "hard_cap_minor": 5000,
    }
    await world.done("POST", "/v1/policies", florida | {"percent_of": "1/10"})
    for more in ({"percent_of": "15/100"}, {"percent_of": "1/10", "abs_minor": 1001}, {"percent_of": "1/10", "hard_cap_minor": 5001}, {"percent_of": "1/10", "hard_cap_minor": None}, {"percent_of": "1/10", "consent_deadline": "after_work"}):  # fmt: skip
        refused = await world.post("/v1/policies", florida | more)
        assert (refused.status_code, refused.json()["code"]) == (422, "POLICY_ABOVE_LEGAL_MAX"), more


@pytest.mark.parametrize("place", ["DE", "PL", "GB", "AU", "AU-NSW", "US-CA", "US-NY"])
async def test_a_place_whose_law_allows_nothing_has_no_tolerance(world: World, place: str) -> None:
    some = {"name": "SOME", "citation": "ours", "jurisdiction": place, "combine": "pct", "percent_of": "1/100"}
    assert (await world.post("/v1/policies", some)).json()["code"] == "POLICY_ABOVE_LEGAL_MAX"
    await world.done("POST", "/v1/policies", some | {"combine": "none", "percent_of": "0"})


async def test_every_law_on_file_can_be_published_as_it_stands(world: World) -> None:
    laws = (await world.get("/v1/laws")).json()
    assert {law["jurisdiction"] for law in laws} >= {"US-FL", "US-OH", "US-IL", "DE", "GB", "AU"}
    for number, law in enumerate(laws):
        figures = {name: law[name] for name in NewPolicy.__struct_fields__ if name in law}
        await world.done("POST", "/v1/policies", figures | {"name": f"LAW-{number}"})


if CASES.exists():

    async def test_each_policy_of_the_cases_is_the_law_on_file_with_where_it_is_written(world: World) -> None:
        laws = {(law["jurisdiction"], law["trade"], law["price_form"]): law for law in await world.done("GET", "/v1/laws")}
        policies = json.loads(CASES.read_text(encoding="utf-8"))["policies"]
        for name, told in policies.items():
            if name == "ZERO":
                continue
            law = laws[LAW_OF.get(name, (name, "any", "any"))]
            on_file = [law[one] for one in ("combine", "percent_of", "abs_minor", "hard_cap_minor", "at_limit_refuses", "consent_deadline")]
            boundary, share = told["boundary"] == "ge", told["pct"] or "0"
            assert on_file == [told["combine"], share, told["abs"] or 0, told["hardcap"], boundary, told["consent"]], name
            assert law["citation"], name


async def test_a_shape_is_within_the_law_exactly_where_it_never_allows_more(world: World) -> None:
    chance = random.Random(seed := random.randrange(10**6))
    print(f"seed {seed}")
    rows = [(*shape(chance), *shape(chance)) for _ in range(3_000)]
    sql = (
        "select authorisations.within_law(c, n, d, a, h, lc, ln, ld, la, lh) from unnest($1::text[], $2::int[], $3::int[], $4::bigint[], $5::bigint[],"
        " $6::text[], $7::int[], $8::int[], $9::bigint[], $10::bigint[]) with ordinality as r (c, n, d, a, h, lc, ln, ld, la, lh, o) order by o"
    )
    found = [row[0] for row in await world.sql(sql, *map(list, zip(*rows, strict=True)))]
    expected = [all(allowed(*row[:5], entitled) <= allowed(*row[5:], entitled) for entitled in range(401)) for row in rows]
    assert found == expected
    assert {True, False} == set(found)


def shape(chance: random.Random) -> tuple[str, int, int, int, int]:
    """Figures so small that all of their corners lie below 400."""
    combine = chance.choice(["none", "pct", "abs", "greater", "lesser"])
    numerator, denominator = (0, 1) if combine == "none" else (chance.randrange(1, 4), chance.randrange(3, 8))
    return combine, numerator, denominator, 0 if combine == "none" else chance.randrange(20), chance.choice([chance.randrange(30), 120])


PARTS = 420
"""Whole parts of one that any denominator up to seven divides."""


def allowed(combine: str, numerator: int, denominator: int, amount: int, cap: int, entitled: int) -> int:
    """What may be billed beyond so much, in parts."""
    share, fixed = numerator * entitled * PARTS // denominator, amount * PARTS
    shapes = {"none": 0, "pct": share, "abs": fixed, "greater": max(share, fixed), "lesser": min(share, fixed)}
    return min(cap * PARTS, shapes[combine])


async def test_what_laws_want_to_read_on_paper_is_on_file_with_where_it_is_written(world: World) -> None:
    laws = await world.done("GET", "/v1/laws/documents")
    [illinois] = [law for law in laws if (law["jurisdiction"], law["document"]) == ("US-IL", "job")]
    assert illinois["citation"] == "Illinois 815 ILCS 306/25"
    assert illinois["asks"] == ["consent_time", "consent_name", "consent_contact", "specification", "added_cost"]
    assert all(law["citation"] for law in laws)
