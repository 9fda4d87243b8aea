"""Photos of a matter: drawn anew without metadata, kept once however often they are sent, cited by hash, seen by whom an offer shows them to."""

import hashlib
import io
import json
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from PIL import Image

from service.authorisations.pictures import MOST_BYTES
from tests.authorisations.matters import LABOUR, Matter
from tests.authorisations.photographs import PLACE, kept, photograph, send
from tests.authorisations.showings import Showing, shown
from tests.dispatch.builders import technician, visit
from tests.world import World


@pytest.fixture
async def matter(world: World) -> Matter:
    """A customer's matter."""
    return await Matter(world).begin()


async def picture(matter: Matter, photo_id: str, size: str = "whole") -> bytes:
    """What staff see of it."""
    answer = await matter.world.get(f"/v1/photos/{photo_id}/picture?size={size}", role="technician")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg"), answer.text
    return answer.content


async def test_a_photo_is_kept_without_where_it_was_taken(matter: Matter) -> None:
    sent = photograph(sideways=True)
    assert PLACE.encode() in sent
    photo = await kept(matter, sent)
    content = await picture(matter, photo["id"])
    assert PLACE.encode() not in content
    assert b"Exif" not in content
    opened = Image.open(io.BytesIO(content))
    assert (opened.size, dict(opened.getexif())) == ((480, 640), {}), "turned as the camera was held"
    assert photo["photo_hash"] == hashlib.sha256(content).hexdigest()
    assert photo["received_hash"] == hashlib.sha256(sent).hexdigest()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
async def test_whatever_kind_it_is_by_its_bytes_it_is_kept_as_a_jpeg_of_bounded_size(matter: Matter, kind: str) -> None:
    photo = await kept(matter, photograph(kind=kind, size=(3000, 1000)))
    whole, small = [Image.open(io.BytesIO(await picture(matter, photo["id"], size))) for size in ("whole", "small")]
    assert [(one.format, one.size) for one in (whole, small)] == [("JPEG", (2048, 683)), ("JPEG", (320, 107))]


@pytest.mark.parametrize(
    "content",
    [b"", photograph(kind="GIF"), b"<svg xmlns='http://www.w3.org/2000/svg'/>", photograph()[:400], b"\xff\xd8\xff\xe0" + bytes(2000)],
    ids=["nothing", "a GIF", "an SVG", "half a JPEG", "a JPEG of zeros"],
)
async def test_what_is_no_photo_is_refused_and_nothing_is_kept(matter: Matter, content: bytes) -> None:
    answer = await send(matter, content)
    assert (answer.status_code, answer.json()["code"]) == (422, "PHOTO_UNREADABLE")
    assert await matter.world.sql("select 1 from authorisations.photo where scope_id = $1", matter.scope_id) == []


async def test_a_file_that_is_too_large_is_refused(matter: Matter) -> None:
    answer = await send(matter, bytes(MOST_BYTES + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "BODY_TOO_LARGE")


async def test_a_small_file_of_too_many_pixels_is_refused(matter: Matter) -> None:
    answer = await send(matter, photograph(kind="PNG", size=(6000, 5000)))
    assert (answer.status_code, answer.json()["code"]) == (422, "PHOTO_UNREADABLE")


async def test_a_phone_that_sends_it_again_finds_it_there(matter: Matter) -> None:
    photo_id, content = str(matter.world.id()), photograph()
    first = await send(matter, content, id=photo_id)
    again, unnamed = await send(matter, content, id=photo_id), await send(matter, content)
    assert [answer.status_code for answer in (first, again, unnamed)] == [201, 200, 200]
    assert first.json() == again.json() == unnamed.json()
    other = await send(matter, photograph("blue"), id=photo_id)
    assert (other.status_code, other.json()["code"]) == (409, "ID_TAKEN")
    listed = await matter.world.done("GET", f"/v1/scopes/{matter.scope_id}/photos", role="technician")
    assert [one["id"] for one in listed["items"]] == [photo_id]


async def test_a_key_stands_for_the_file_and_what_is_said_about_it(matter: Matter) -> None:
    world = matter.world
    headers = {"Authorization": f"Bearer {await world.token('technician')}", "Idempotency-Key": "key-of-photo-1"}
    path = f"/v1/scopes/{matter.scope_id}/photos?shows="
    first, again = [await world.http.post(path + "found", content=photograph(), headers=headers) for _ in range(2)]
    assert (first.status_code, again.content, again.headers["idempotency-replayed"]) == (201, first.content, "true")
    for content, shows in ((photograph("blue"), "found"), (photograph(), "work")):
        other = await world.http.post(path + shows, content=content, headers=headers)
        assert (other.status_code, other.json()["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")


async def test_what_it_shows_who_and_when_stay_with_it(world: World) -> None:
    matter = await Matter(world).of_job()
    visit_id = (await visit(world, by=await technician(world), of={"id": matter.job_id}))["id"]
    await kept(matter, shows="reported", taken_at="2026-03-04T09:30:00+01:00", visit_id=visit_id)
    [photo] = (await matter.world.done("GET", f"/v1/scopes/{matter.scope_id}/photos"))["items"]
    assert (photo["shows"], photo["taken_at"], photo["visit_id"], photo["erased"]) == ("reported", "2026-03-04T08:30:00Z", visit_id, False)
    assert photo["recorded_by"].startswith("staff:")


async def offered_with(matter: Matter, *photos: dict[str, Any]) -> Showing:
    """An offer that shows these photos."""
    return await shown(matter, {"description": "Brake pads"}, found="Pads worn to 1 mm", photos=[UUID(one["id"]) for one in photos])


async def test_what_the_customer_sees_is_sealed_with_the_offer(matter: Matter) -> None:
    photo = await kept(matter, taken_at="2026-03-04T11:00:00Z")
    showing = await offered_with(matter, photo)
    text = json.loads((await showing.look()).json()["text"])
    told = {"photo_id": photo["id"], "shows": "found", "photo_hash": photo["photo_hash"], "taken_at": "2026-03-04T11:00:00.000000+00:00"}
    assert (text["photos"], text["found"]) == ([told], "Pads worn to 1 mm")


async def test_an_offer_shows_photos_of_its_own_matter_alone_and_each_once(world: World) -> None:
    matter = await Matter(world).of_job(symptom="Brakes squeal")
    own, foreign = await kept(matter), await kept(await Matter(world).begin())
    item = {"kind": "part", "description": "Pads", "quantity": "1", "unit": "EA", "unit_price": "1", "tax_category": "S", "tax_rate": "19"}
    path = f"/v1/jobs/{matter.job_id}/offers"
    for photos in ([foreign["id"]], [str(world.id())], [own["id"], own["id"]]):
        answer = await world.post(path, {"items": [item], "photos": photos})
        assert (answer.status_code, answer.json()["code"]) == (404, "PHOTO_NOT_FOUND")
    offer = await world.done("POST", path, {"items": [item], "photos": [own["id"]]})
    text = json.loads((await world.done("GET", f"/v1/offers/{offer['id']}"))["text"])
    assert ([one["photo_id"] for one in text["photos"]], text["reported"]) == ([own["id"]], "Brakes squeal")


async def test_work_cites_its_photos_by_hash(matter: Matter) -> None:
    [item] = await matter.authorised({})
    photo = await kept(matter, shows="work")
    record_id = str(matter.world.id())
    await matter.work(item, id=record_id, photos=[photo["id"]])
    rows = await matter.world.sql("select encode(photo_hash, 'hex') from authorisations.work_photo where work_record_id = $1", record_id)
    assert [row[0] for row in rows] == [photo["photo_hash"]]
    at = matter.world.clock.now.isoformat()
    document = {"item_id": item, "quantity": "1", "started_at": at, "ended_at": at, "staff_id": str(matter.staff_id)}
    foreign = await matter.world.post("/v1/work-records", document | {"photos": [str(matter.world.id())]})
    assert (foreign.status_code, foreign.json()["code"]) == (404, "PHOTO_NOT_FOUND")
    without = await matter.world.post("/v1/work-records", document | {"id": record_id})
    assert (without.status_code, without.json()["code"]) == (409, "ID_TAKEN")


async def test_a_link_shows_the_photos_of_its_offer_and_no_others(matter: Matter) -> None:
    photo, hidden = await kept(matter), await kept(matter, photograph("blue"))
    showing = await offered_with(matter, photo)
    http, page = matter.world.http, f"/a/{showing.given['token']}/photos"
    answer = await http.get(f"{page}/{photo['id']}")
    assert (answer.status_code, answer.content) == (200, await picture(matter, photo["id"]))
    told = ("content-type", "x-content-type-options", "content-security-policy", "cross-origin-resource-policy")
    assert [answer.headers[name] for name in told] == ["image/jpeg", "nosniff", "default-src 'none'; sandbox", "same-origin"]
    assert (await http.get(f"{page}/{photo['id']}/small")).content == await picture(matter, photo["id"], "small")
    for other in (hidden["id"], str(matter.world.id())):
        assert (await http.get(f"{page}/{other}")).status_code == 404
    elsewhere = await shown(await Matter(matter.world).begin(), {})
    assert (await http.get(f"/a/{elsewhere.given['token']}/photos/{photo['id']}")).status_code == 404
    await matter.world.done("POST", f"/v1/offers/{showing.offer.id}/revisions", {"revises": 1, "items": [LABOUR]})
    without = (await matter.present(showing.offer))["token"]
    assert (await http.get(f"/a/{without}/photos/{photo['id']}")).status_code == 404, "another wording, another sight"


async def test_the_api_shows_a_link_the_same(matter: Matter) -> None:
    photo = await kept(matter)
    showing, other = await offered_with(matter, photo), await offered_with(matter, photo)

    async def seen(of: Showing, by: Showing) -> tuple[int, bytes]:
        path = f"/v1/presentations/{of.given['presentation_id']}/photos/{photo['id']}/picture?size=small"
        answer = await matter.world.http.get(path, headers={"Authorization": f"Bearer {by.given['token']}"})
        return answer.status_code, answer.content

    assert await seen(showing, showing) == (200, await picture(matter, photo["id"], "small"))
    assert (await seen(other, showing))[0] == 404, "a link speaks for its own showing"


async def test_nobody_else_sees_or_adds_photos(matter: Matter, other_world: World) -> None:
    photo = await kept(matter)
    assert (await other_world.get(f"/v1/photos/{photo['id']}/picture")).status_code == 404
    assert (await matter.world.http.get(f"/v1/photos/{photo['id']}/picture")).status_code == 401
    assert (await send(matter, photograph("blue"), role="dispatcher")).status_code == 403
    showing = await offered_with(matter, photo)
    by_link = {"Authorization": f"Bearer {showing.given['token']}"}
    assert (await matter.world.http.get(f"/v1/photos/{photo['id']}/picture", headers=by_link)).status_code == 403


OFFERED_ELSEWHERE = """insert into authorisations.offer_photo (organisation_id, offer_id, revision, scope_id, position, photo_id, photo_hash)
select p.organisation_id, o.offer_id, 1, o.scope_id, 1, p.photo_id, p.photo_hash from authorisations.photo p join authorisations.offer o
on o.organisation_id = p.organisation_id and o.scope_id <> p.scope_id where p.photo_id = $1"""


@pytest.mark.parametrize(
    "attack, refused_by",
    [
        ("update authorisations.photo set shows = 'work' where photo_id = $1", "permission denied"),
        ("delete from authorisations.photo where photo_id = $1", "permission denied"),
        ("update authorisations.photo_content set content = '' where photo_id = $1", "permission denied"),
        ("insert into authorisations.photo_content (organisation_id, photo_id, photo_hash, content, thumbnail) select organisation_id, photo_id, photo_hash, 'x', '' from authorisations.photo where photo_id = $1", "photo_is_what_was_hashed"),
        (OFFERED_ELSEWHERE, "offer_shows_photo_as_kept"),
    ],
    ids=["another word", "none at all", "another picture", "a picture of another hash", "another matter's offer"],
)  # fmt: skip
async def test_raw_sql_as_the_service_changes_no_photo(matter: Matter, attack: str, refused_by: str) -> None:
    photo = await kept(matter)
    await shown(await Matter(matter.world).begin(), {})
    with pytest.raises(asyncpg.PostgresError, match=refused_by):
        await matter.world.sql(attack, photo["id"])
