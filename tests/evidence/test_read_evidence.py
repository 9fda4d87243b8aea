"""The evidence pack holds everything about one matter, the same bytes each time, small enough to be mailed."""

import json
from typing import Any

import msgspec
import pytest

from service.evidence.archives import MOST_BYTES
from service.evidence.packs import MOST_IN_FULL, MOST_LINES, EvidenceTooLarge, packed
from service.evidence.records.packs import DecisionsTold, LeftOut, PackTold, PersonTold, ScopeTold
from tests.authorisations.matters import Matter
from tests.evidence.packs import Job, codes, job, read
from tests.world import World


async def parts(one: Job) -> dict[str, Any]:
    return {name: json.loads(content) for name, content in read(await one.evidence()).items() if name.endswith(".json")}


async def test_an_ordinary_job_is_packed_in_thirty_kilobytes_the_same_each_time_and_verifies(ordinary: Job) -> None:
    content = await ordinary.evidence()
    print(f"pack of an ordinary job: {len(content)} bytes")
    assert len(content) <= 30_000
    assert await ordinary.evidence() == content
    assert codes(content, ordinary.matter.world.database.keys, ordinary.receipts) == set()


async def test_it_holds_what_was_offered_answered_done_billed_and_refused(ordinary: Job) -> None:
    told = await parts(ordinary)
    assert {json.loads(offer["text"])["items"][0]["description"] for offer in told["offers.json"]} == {"Oil change", "Spark plugs"}
    assert [act["kind"] for act in told["acts.json"]] == ["initial", "initial", "revocation"]
    assert [act["receipt"] for act in told["acts.json"]] == ordinary.receipts
    assert (len(told["presentations.json"]), len(told["work.json"])) == (1, 2)
    assert sorted(attempt["verdict"] for attempt in told["decisions.json"]["attempts"]) == ["posted", "refused"]
    assert [line["description"] for line in told["invoices.json"][0]["lines"]] == ["Oil change", "Brake pads, front"]


async def test_names_and_addresses_stand_in_their_own_file_alone(ordinary: Job) -> None:
    members = read(await ordinary.evidence())
    naming = {name for name, content in members.items() if b"Ada" in content or b"a.example" in content or b"555 0199" in content}
    assert naming == {"persons.json"}
    assert [(one["authoriser_name"], one["contact_point"]) for one in json.loads(members["persons.json"])] == [
        ("Ada Owner", "ada@a.example"),
        ("Ada Owner", "+49 30 555 0199"),
    ]


async def test_a_matter_without_acts_is_packed_too(world: World) -> None:
    matter = await Matter(world).begin()
    assert codes(await Job(matter, []).evidence(), world.database.keys) == set()


async def test_a_technician_and_another_organisation_get_none(ordinary: Job, other_world: World) -> None:
    path = f"/v1/scopes/{ordinary.matter.scope_id}/evidence"
    assert (await ordinary.matter.world.get(path, role="technician")).status_code == 403
    assert (await other_world.get(path)).status_code == 404


async def test_a_thousand_refusals_make_no_pack_larger_and_all_that_posted_is_in_it(world: World) -> None:
    one = await job(world)
    [item] = await one.matter.authorised({})
    for _ in range(MOST_IN_FULL + 3):
        await one.matter.refused(*[{"item_id": item}] * 200)
    content = await one.evidence()
    print(f"pack of a job with {MOST_IN_FULL + 3} refusals of 200 lines: {len(content)} bytes")
    assert len(content) < MOST_IN_FULL * MOST_LINES * 400
    assert codes(content, world.database.keys, one.receipts) == set()
    attempts = json.loads(read(content)["decisions.json"])["attempts"]
    told = sorted((attempt["verdict"], attempt["lines"], len(attempt["decisions"])) for attempt in attempts)
    assert told == [("posted", 2, 2), ("refused", 1, 0), *[("refused", 200, 0)] * 3, *[("refused", 200, MOST_LINES)] * MOST_IN_FULL]
    assert all(len(attempt["input_hash"]) == 64 for attempt in attempts)


def test_nothing_is_written_that_nobody_could_read(world: World) -> None:
    filled = PersonTold(authorisation_id="", salt="", authoriser_name="A" * MOST_BYTES, contact_point=None, strokes=None)
    scope = ScopeTold(**{field.name: 0 if field.type is int else "" for field in msgspec.structs.fields(ScopeTold)} | {"erasures": []})
    told = PackTold(scope, LeftOut(0, 0, 0), [], [], [], [], [], [], DecisionsTold([], 0), [], [filled])
    with pytest.raises(EvidenceTooLarge):
        packed(told, keys=world.database.keys)


async def test_offers_showings_and_work_without_end_make_no_pack_larger(world: World) -> None:
    one = await job(world)
    before = len(await one.evidence())
    for number in range(25):
        offer = await one.matter.offer(*[{"description": f"{number} " + "long words " * 30}] * 20)
        await one.matter.present(offer, channel="on_device")
        await one.matter.work(str(offer.item_ids[0]))
    content = await one.evidence()
    assert codes(content, world.database.keys, one.receipts) == set()
    members = read(content)
    assert json.loads(members["left_out.json"]) == {"offers": 5, "presentations": 5, "work": 5, "forecasts": 0}
    assert [len(json.loads(members[f"{name}.json"])) for name in ("acts", "offers", "presentations", "work")] == [3, 22, 21, 22]
    assert len(content) < before + 20 * 20 * 1_000 + 50_000
