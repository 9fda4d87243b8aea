"""Every attempt to post stays, with the decision on each line."""

import pytest

from tests.authorisations.matters import Matter
from tests.files import leaves_whole
from tests.world import World


@pytest.fixture
async def matter(world: World) -> Matter:
    """A matter without tolerance."""
    return await Matter(world).begin()


async def test_an_attempt_is_kept_with_each_rules_result_line_by_line(matter: Matter) -> None:
    [item] = await matter.done({"quantity": "3"})
    answer = await matter.post({"item_id": item}, {"unit_price": "300"}, {"item_id": item, "unit_price": "10001"})
    attempt = await matter.world.done("GET", f"/v1/posting-attempts/{answer.json()['attempt_id']}", role="back_office")
    assert (attempt["verdict"], attempt["code"], attempt["attempted_by"].partition(":")[0]) == ("refused", "UNAUTHORISED_LINE", "staff")
    assert [line["results"] for line in attempt["lines"]] == ["p" * 13 + "-", "pf------------", "p" * 12 + "f-"]
    good, free, dear = attempt["lines"]
    names = (
        "policy_name",
        "policy_version",
        "unit",
        "asked",
        "authorised",
        "performed",
        "billed",
        "allowed",
        "asked_minor",
        "authorised_minor",
        "billed_minor",
    )
    assert [good[name] for name in names] == [str(matter.scope_id), 1, "HUR", "1", "3", "3", "0", "3", 10_000, 30_000, 0]
    assert (free["item_id"], free["asked_minor"], free["peppol"], free["x12"]) == (None, 300, "UNR", "197")
    assert dear["remedy"] == answer.json()["lines"][1]["remedy"]


async def test_a_posted_one_is_kept_with_every_rule_passed(matter: Matter) -> None:
    [item] = await matter.done({})
    await matter.posted({"item_id": item})
    [listed] = await leaves_whole(matter.world, f"/v1/posting-attempts?customer_id={matter.customer_id}&verdict=posted")
    found = await matter.world.done("GET", f"/v1/posting-attempts/{listed['id']}")
    assert [line["results"] for line in found["lines"]] == ["p" * 14]


async def test_what_was_asked_is_kept_also_of_what_nobody_agreed_to(matter: Matter) -> None:
    offer = await matter.offer({"quantity": "2", "conversions": {"MIN": "1/60"}})
    answer = await matter.post({"item_id": str(offer.item_ids[0]), "quantity": "90", "unit": "MIN"})
    [line] = (await matter.world.done("GET", f"/v1/posting-attempts/{answer.json()['attempt_id']}"))["lines"]
    assert [line[name] for name in ("code", "asked", "unit", "authorised")] == ["NO_EXPRESS_CONSENT", "1.5", "HUR", None]


async def test_the_same_inputs_have_the_same_hash_and_others_another(matter: Matter) -> None:
    [item] = await matter.done({"quantity": "2"})
    over = {"item_id": item, "quantity": "3"}
    hashes = [await hash_of(matter, over), await hash_of(matter, over), await hash_of(matter, over | {"quantity": "4"})]
    await matter.posted({"item_id": item})
    hashes.append(await hash_of(matter, over))
    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 3


async def hash_of(matter: Matter, line: dict[str, str]) -> str:
    """The inputs' hash of the only line of a refused attempt."""
    answer = await matter.post(line)
    attempt = await matter.world.done("GET", f"/v1/posting-attempts/{answer.json()['attempt_id']}")
    return str(attempt["lines"][0]["inputs_hash"])


async def test_attempts_are_found_by_customer_verdict_code_and_time_page_by_page(matter: Matter) -> None:
    world = matter.world
    [item] = await matter.done({})
    for _ in range(3):
        await matter.refused({"item_id": item, "unit_price": "10001"}, {"unit_price": "300"})
    later = world.clock.forward(hours=1).isoformat().replace("+", "%2B")
    await matter.posted({"item_id": item})
    other = await Matter(world).begin()
    await other.refused({"unit_price": "300"})

    async def counted(query: str) -> int:
        return len((await world.done("GET", f"/v1/posting-attempts?{query}"))["items"])

    assert await counted(f"customer_id={matter.customer_id}") == 4
    assert await counted("verdict=posted") == 1
    assert await counted("code=PRICE_OVER_AUTHORISED") == 3
    assert await counted("code=UNAUTHORISED_LINE") == 4, "of any line, not the first alone"
    assert await counted(f"until={later}") == 3
    assert await counted(f"from={later}&verdict=refused") == 1
    first = await world.done("GET", "/v1/posting-attempts?verdict=refused&limit=3")
    rest = await world.done("GET", f"/v1/posting-attempts?verdict=refused&limit=3&cursor={first['next']}")
    assert [len(page["items"]) for page in (first, rest)] == [3, 1]
    assert (await world.get(f"/v1/posting-attempts?verdict=posted&cursor={first['next']}")).status_code == 422, "another list's cursor"
