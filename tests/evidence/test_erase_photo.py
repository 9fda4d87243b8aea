"""A picture may go while its hash stays: never while something is open or the law wants it kept, and every proof that cites it still verifies."""

import json
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.authorisations.matters import Matter
from tests.authorisations.photographs import kept, photograph
from tests.authorisations.showings import shown
from tests.evidence.packs import AFTER_ALL_MINIMUMS, Job, codes, matter_in, paid, read, rewritten
from tests.world import World


async def photographed(world: World, **place: str) -> tuple[Job, dict[str, Any], dict[str, Any]]:
    """A matter with a photo that an offer showed and one that work cites."""
    matter = await matter_in(world, **place)
    found, work = await kept(matter), await kept(matter, photograph("blue"), shows="work")
    showing = await shown(matter, {"description": "Pads"}, found="Worn", photos=[UUID(found["id"])])
    receipt = (await showing.answer(*showing.items)).json()["receipt"]
    world.clock.forward(minutes=5)
    await matter.work(showing.items[0], photos=[work["id"]])
    return Job(matter, [receipt]), found, work


async def erase(world: World, photo_id: str, role: Any = "manager") -> httpx.Response:
    return await world.post(f"/v1/photos/{photo_id}/erase", role=role)


async def picture(world: World, photo_id: str) -> int:
    """Whether it is there."""
    return (await world.get(f"/v1/photos/{photo_id}/picture")).status_code


async def test_a_pack_lists_the_hashes_of_photos_and_none_of_their_bytes(world: World) -> None:
    one, found, work = await photographed(world)
    pack = await one.evidence()
    members = read(pack)
    told = json.loads(members["photos.json"])
    assert [(each["photo_id"], each["shows"], each["photo_hash"]) for each in told] == [
        (found["id"], "found", found["photo_hash"]), (work["id"], "work", work["photo_hash"]),
    ]  # fmt: skip
    assert json.loads(members["work.json"])[0]["photos"] == [work["photo_hash"]]
    assert codes(pack, world.database.keys, one.receipts) == set()
    assert len(pack) <= 30_000
    assert b"JFIF" not in pack


@pytest.mark.parametrize("number", [0, 1], ids=["shown", "cited"])
async def test_whoever_signs_cant_leave_out_a_photo_that_was_shown_or_cited(world: World, number: int) -> None:
    one, *_ = await photographed(world)
    pack = rewritten(await one.evidence(), lambda parts: parts["photos"].pop(number), keys=world.database.keys)
    assert codes(pack, world.database.keys, one.receipts) == {"HASH_MISMATCH"}


async def test_a_picture_goes_and_every_proof_still_verifies(world: World) -> None:
    one, found, work = await photographed(world, zone="Europe/Lisbon")
    before = read(await one.evidence())
    assert [(await erase(world, found["id"])).status_code for _ in range(2)] == [201, 200]
    assert (await picture(world, found["id"]), await picture(world, work["id"])) == (404, 200)
    after = await one.evidence()
    assert codes(after, world.database.keys, one.receipts) == set()
    assert read(after)["photos.json"] == before["photos.json"], "its hash stays"
    listed = (await world.done("GET", f"/v1/scopes/{one.matter.scope_id}/photos"))["items"]
    assert [each["erased"] for each in listed] == [True, False]
    rows = await world.sql("select count(*) from kit.fact where kind = 'photo_erased' and organisation_id = $1", world.organisation_id)
    assert rows[0][0] == 1


async def test_no_picture_goes_before_the_legal_minimum_of_its_place_or_under_a_hold(world: World) -> None:
    one, found, _ = await photographed(world)
    refused = await erase(world, found["id"])
    assert (refused.status_code, refused.json()["code"], refused.json()["place"]) == (409, "RETENTION", "DE")
    world.clock.now = AFTER_ALL_MINIMUMS
    hold = await world.done("POST", f"/v1/customers/{one.matter.customer_id}/legal-holds", {"reason": "claim"})
    held = await erase(world, found["id"])
    assert (held.status_code, held.json()["code"], held.json()["holds"]) == (409, "LEGAL_HOLD", ["claim"])
    assert await picture(world, found["id"]) == 200
    await world.done("POST", f"/v1/legal-holds/{hold['id']}/release")
    assert (await erase(world, found["id"])).status_code == 201


async def test_the_minimum_counts_from_the_last_photo_too(world: World) -> None:
    one, found, _ = await photographed(world, jurisdiction="US-FL", zone="America/New_York")
    world.clock.forward(days=30)
    await kept(one.matter, photograph("green"))
    assert (await erase(world, found["id"])).json()["kept_until"] == "2027-04-03T12:05:00Z"


async def test_pictures_go_with_the_last_of_a_customers_people(world: World) -> None:
    one, found, work = await photographed(world)
    [done] = await world.sql("select item_id from authorisations.work_record where scope_id = $1", one.matter.scope_id)
    await one.matter.posted({"item_id": str(done["item_id"])})
    await paid(one)
    world.clock.now = AFTER_ALL_MINIMUMS
    path = f"/v1/customers/{one.matter.customer_id}/erasures"
    alone = await world.done("POST", path, {"contact_id": one.matter.contact_id})
    assert (alone["photos"], await picture(world, found["id"])) == (0, 200), "whom a photo shows isn't known"
    everybody = await world.done("POST", path, {})
    assert (everybody["photos"], await picture(world, found["id"]), await picture(world, work["id"])) == (2, 404, 404)
    assert codes(await one.evidence(), world.database.keys, one.receipts) == set()


async def test_a_picture_that_was_erased_neither_comes_back_nor_is_shown_anew(world: World) -> None:
    one, found, _ = await photographed(world, zone="Europe/Lisbon")
    await erase(world, found["id"])
    again = await kept_again(one.matter)
    assert (again, await picture(world, found["id"])) == (found["id"], 404)
    answer = await world.post(f"/v1/jobs/{await job_of(one.matter)}/offers", {"items": [{"quantity": "1", "kind": "part", "description": "Pads", "unit": "EA",
        "unit_price": "1", "tax_category": "S", "tax_rate": "19"}], "photos": [found["id"]]})  # fmt: skip
    assert (answer.status_code, answer.json()["code"]) == (404, "PHOTO_NOT_FOUND")


async def kept_again(matter: Matter) -> str:
    """The same file, sent once more by a phone that doesn't know: whose photo it is."""
    headers = {"Authorization": f"Bearer {await matter.world.token('technician')}"}
    answer = await matter.world.http.post(f"/v1/scopes/{matter.scope_id}/photos?shows=found", content=photograph(), headers=headers)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


async def job_of(matter: Matter) -> UUID:
    [row] = await matter.world.sql("select job_id from dispatch.job where scope_id = $1", matter.scope_id)
    job_id: UUID = row["job_id"]
    return job_id


async def test_who_doesnt_erase_persons_erases_no_pictures(world: World, other_world: World) -> None:
    _, found, _ = await photographed(world, zone="Europe/Lisbon")
    assert (await erase(world, found["id"], role="back_office")).status_code == 403
    assert (await erase(other_world, found["id"])).status_code == 404
    assert await picture(world, found["id"]) == 200
