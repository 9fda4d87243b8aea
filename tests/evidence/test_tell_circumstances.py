"""A pack tells why work couldn't wait, what the matter was expected to come to and who was told; the words that explain it go with a person."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.authorisations.matters import Matter
from tests.evidence.packs import Job, codes, ended, matter_in, read, rewritten
from tests.world import World

Parts = dict[str, Any]
SMELL, RUST = "Ada smelt gas in the hall", "Ada's pipe behind the wall is rusty too"


async def urgent(matter: Matter, note: str = SMELL, kind: str = "gas") -> dict[str, Any]:
    """Work that nobody had agreed to, for it couldn't wait; a minute passes."""
    matter.world.clock.forward(minutes=1)
    offer = await matter.offer({"description": "Shut the gas off"})
    return await matter.work(str(offer.item_ids[0]), emergency=kind, note=note)


async def forecast(matter: Matter, projected_minor: int) -> dict[str, Any]:
    """What it is expected to come to."""
    body = {"projected_minor": projected_minor, "reason": RUST}
    return await matter.world.done("POST", f"/v1/scopes/{matter.scope_id}/forecasts", body)


async def notify(matter: Matter, stated: dict[str, Any], channel: str = "phone") -> dict[str, Any]:
    """The customer told of it, an hour after that."""
    matter.world.clock.forward(hours=1)
    body = {"contact_id": matter.contact_id, "channel": channel, "told_at": matter.world.clock.now.isoformat()}
    return await matter.world.done("POST", f"/v1/forecasts/{stated['id']}/notices", body)


async def pack_of(matter: Matter) -> tuple[bytes, Parts]:
    """The pack, which must verify and be the same again, and its parts by name."""
    content = await Job(matter, []).evidence()
    assert codes(content, matter.world.database.keys) == set()
    assert await Job(matter, []).evidence() == content
    return content, {name.removesuffix(".json"): json.loads(part) for name, part in read(content).items() if name.endswith(".json")}


async def test_an_emergency_says_why_it_could_not_wait_and_what_was_found(world: World) -> None:
    matter = await Matter(world).begin()
    [agreed] = await matter.authorised({"quantity": "2"})
    await matter.work(agreed, note="An ordinary note")
    world.clock.forward(minutes=1)
    await matter.work(agreed, emergency="water", note="A pipe had burst")
    record = await urgent(matter)
    content, told = await pack_of(matter)
    assert [(one["finding"], one["emergency"]) for one in told["work"]] == [
        (None, None),
        (None, "water"),
        ("EMERGENCY_NO_STANDING_AUTH", "gas"),
    ]
    assert [(one["about"], one["words"]) for one in told["words"]] == [("work_record", "A pipe had burst"), ("work_record", SMELL)]
    assert told["words"][1]["id"] == record["id"]
    assert b"An ordinary note" not in content


async def test_a_corrected_emergency_stays_one_and_tells_the_words_of_both(world: World) -> None:
    matter = await Matter(world).begin()
    record = await urgent(matter)
    world.clock.forward(minutes=1)
    at = world.clock.now.isoformat()
    body = {"quantity": "2", "started_at": at, "ended_at": at, "note": "Two valves"}
    await world.done("POST", f"/v1/work-records/{record['id']}/corrections", body)
    _, told = await pack_of(matter)
    assert [one["emergency"] for one in told["work"]] == ["gas", "gas"]
    assert [one["words"] for one in told["words"]] == [SMELL, "Two valves"]


async def test_a_forecast_says_what_was_agreed_by_then_and_who_was_told_how_and_when(world: World) -> None:
    matter = await Matter(world).in_germany()
    early = await forecast(matter, 5_000)
    await matter.authorised({"unit_price": "50000"})
    await forecast(matter, 50_000)
    over = await forecast(matter, 65_000)
    notices = [await notify(matter, over), await notify(matter, over, "letter")]
    _, told = await pack_of(matter)
    figures = [(one["projected_minor"], one["acts"], one["authorised_minor"], one["notice_due"]) for one in told["forecasts"]]
    assert figures == [(5_000, 0, 0, True), (50_000, 1, 50_000, False), (65_000, 1, 50_000, True)]
    assert [one["forecast_id"] for one in told["forecasts"]][::2] == [early["id"], over["id"]]
    given = told["forecasts"][2]["notices"]
    at = [(world.clock.now - timedelta(hours=hours)).timestamp() * 1_000_000 for hours in (1, 0)]
    assert [(one["notice_id"], one["contact_id"], one["channel"], one["told_us"]) for one in given] == [
        (notices[0]["id"], matter.contact_id, "phone", at[0]),
        (notices[1]["id"], matter.contact_id, "letter", at[1]),
    ]
    assert given[0]["told_by"].startswith("staff:")
    assert [(one["about"], one["words"]) for one in told["words"]] == [("forecast", RUST)] * 3


async def test_where_no_law_wants_the_customer_told_no_notice_is_due(world: World) -> None:
    matter = await Matter(world).begin()
    await notify(matter, await forecast(matter, 20_000))
    _, told = await pack_of(matter)
    assert [(one["notice_due"], len(one["notices"])) for one in told["forecasts"]] == [(False, 1)]


async def test_forecasts_and_notices_without_end_make_no_pack_larger_and_are_counted(world: World) -> None:
    matter = await Matter(world).begin()
    told_of = await forecast(matter, 7)
    for number in range(22):
        await notify(matter, told_of, "phone" if number else "letter")
    for number in range(102):
        await forecast(matter, number)
    _, told = await pack_of(matter)
    assert (told["left_out"]["forecasts"], len(told["forecasts"]), len(told["words"])) == (2, 101, 101)
    first = told["forecasts"][0]
    assert (first["forecast_id"], first["left_out"], len(first["notices"]), first["notices"][0]["channel"]) == (
        told_of["id"],
        2,
        20,
        "letter",
    )


async def test_words_of_staff_go_from_the_pack_with_a_person_and_what_they_explain_stays(world: World) -> None:
    matter = await matter_in(world, zone="Europe/Lisbon")
    await urgent(matter)
    await notify(matter, await forecast(matter, 20_000))
    before, _ = await pack_of(matter)
    assert (SMELL.encode() in before, RUST.encode() in before) == (True, True)
    await ended(matter)
    await world.done("POST", f"/v1/customers/{matter.customer_id}/erasures", {"contact_id": matter.contact_id})
    after, told = await pack_of(matter)
    assert b"Ada" not in after
    assert (told["words"], [one["emergency"] for one in told["work"]], len(told["forecasts"][0]["notices"])) == ([], ["gas"], 1)
    assert codes(before, world.database.keys) == set(), "what was exported before still verifies"
    world.clock.forward(minutes=1)
    await forecast(matter, 30_000)
    _, told = await pack_of(matter)
    assert len(told["words"]) == 1


async def test_the_words_of_one_customer_stay_when_another_is_erased(world: World) -> None:
    matter, other = await Matter(world).begin(), await matter_in(world, zone="Europe/Lisbon")
    await urgent(matter)
    await ended(other)
    await world.done("POST", f"/v1/customers/{other.customer_id}/erasures", {"contact_id": other.contact_id})
    _, told = await pack_of(matter)
    assert [one["words"] for one in told["words"]] == [SMELL]


def _over(parts: Parts) -> Parts:
    forecast: Parts = parts["forecasts"][0]
    return forecast


FORGERIES: list[Callable[[Parts], Any]] = [
    lambda parts: _over(parts).update(authorised_minor=1),
    lambda parts: _over(parts).update(acts=0),
    lambda parts: _over(parts).update(acts=-1),
    lambda parts: _over(parts).update(acts=2),
    lambda parts: _over(parts).update(projected_minor=10_000),
    lambda parts: _over(parts).update(notice_due=False, projected_minor=10_000),
    lambda parts: (_over(parts)["notices"].clear(), _over(parts).update(projected_minor=10_000)),
    lambda parts: _over(parts)["notices"][0].update(told_us=_over(parts)["notices"][0]["recorded_us"] + 400_000_000),
    lambda parts: parts["forecasts"].clear(),
    lambda parts: parts["work"][-1].update(emergency=None),
    lambda parts: (parts["work"][-1].update(emergency=None), parts["words"].clear()),
    lambda parts: parts["words"][0].update(id=parts["scope"]["scope_id"]),
    lambda parts: parts["words"].append(parts["words"][0]),
]


@pytest.mark.parametrize("change", FORGERIES)
async def test_a_forecast_or_an_emergency_that_contradicts_the_acts_or_the_work_is_found(
    world: World, change: Callable[[Parts], Any]
) -> None:
    matter = await Matter(world).in_germany()
    await matter.authorised({})
    await notify(matter, await forecast(matter, 20_000))
    await urgent(matter)
    content, _ = await pack_of(matter)
    assert codes(rewritten(content, lambda _: None, keys=world.database.keys), world.database.keys) == set()
    assert codes(rewritten(content, change, keys=world.database.keys), world.database.keys) == {"LOG_INCONSISTENT"}
