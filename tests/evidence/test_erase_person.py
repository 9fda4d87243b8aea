"""A person is erased without a trace but for what proves nothing about them; never while something is open, never before the law allows."""

import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from service.evidence.archives import read
from service.evidence.minimums import Minimum, kept_until, minimum_of
from tests.authorisations.showings import shown
from tests.authorisations.test_confirm_answer import SIGNED, asked
from tests.evidence.packs import Job, codes, job, matter_in, paid
from tests.world import World

AFTER_ALL_MINIMUMS = datetime(2035, 1, 1, 12, 0, tzinfo=UTC)
"""Eight years from the end of 2026."""


async def erase(one: Job, **body: Any) -> httpx.Response:
    """An erasure of the contact, or as the body says."""
    document = {"contact_id": one.matter.contact_id} | body
    return await one.matter.world.post(f"/v1/customers/{one.matter.customer_id}/erasures", document)


async def settled(world: World, **place: str) -> Job:
    """A job with nothing open."""
    one = await job(world, of=await matter_in(world, **place))
    await paid(one)
    return one


async def test_e13_after_the_minimum_a_person_is_gone_and_all_proofs_verify(world: World, owner: Any) -> None:
    one = await settled(world)
    before = await one.evidence()
    assert b"Ada Owner" in before
    world.clock.now = AFTER_ALL_MINIMUMS
    answer = await erase(one)
    assert (answer.status_code, answer.json()["acts"], answer.json()["contacts"]) == (201, 2, 1), answer.text
    after = await one.evidence()
    assert codes(after, world.database.keys, one.receipts) == set()
    assert codes(before, world.database.keys, one.receipts) == set(), "what was exported before still verifies"
    assert not any(word in after for word in (b"Ada", b"a.example", b"0199"))
    contact = await world.done("GET", f"/v1/customers/{one.matter.customer_id}/contacts/{one.matter.contact_id}")
    assert (contact["name"], contact["address"], contact["may_authorise"]) == ("Erased", "Erased", False)
    for table in ("authorisations.consent_detail", "customers.contact", "authorisations.authorisation", "kit.fact", "kit.idempotency"):
        rows = await owner.fetch(f"select t::text as row from {table} t where organisation_id = $1", world.organisation_id)
        assert not any("Ada" in row["row"] or "0199" in row["row"] for row in rows), table


async def test_e14_nothing_is_erased_while_a_dispute_is_open(world: World) -> None:
    one = await settled(world)
    hold = await world.done("POST", f"/v1/customers/{one.matter.customer_id}/legal-holds", {"reason": "dispute"})
    world.clock.now = AFTER_ALL_MINIMUMS
    refused = await erase(one)
    assert (refused.status_code, refused.json()["code"], refused.json()["holds"]) == (409, "LEGAL_HOLD", ["dispute"])
    assert b"Ada Owner" in await one.evidence()
    await world.done("POST", f"/v1/legal-holds/{hold['id']}/release")
    assert (await erase(one)).status_code == 201


async def test_e14_nothing_is_erased_while_an_invoice_is_open(world: World) -> None:
    one = await job(world)
    world.clock.now = AFTER_ALL_MINIMUMS
    refused = await erase(one)
    assert (refused.status_code, refused.json()["code"], refused.json()["holds"]) == (409, "LEGAL_HOLD", ["open_invoice"])
    await paid(one)
    assert (await erase(one)).status_code == 201


@pytest.mark.parametrize(
    "policy, zone, allowed_at, place",
    [
        ("US-DE", "America/New_York", datetime(2028, 3, 4, 12, 5, tzinfo=UTC), "US-DE"),
        ("US-FL", "America/New_York", datetime(2027, 3, 4, 12, 5, tzinfo=UTC), "US-FL"),
        ("US-MA", "America/New_York", datetime(2027, 9, 4, 11, 5, tzinfo=UTC), "US-MA"),
        ("US-CA-UPHOLSTERY", "America/Los_Angeles", datetime(2027, 3, 4, 12, 5, tzinfo=UTC), "US-CA-UPHOLSTERY"),
        ("US-CA-AUTO", "America/Los_Angeles", datetime(2029, 3, 4, 12, 5, tzinfo=UTC), "US-CA"),
        ("US-WA", "America/Los_Angeles", datetime(2029, 3, 4, 12, 5, tzinfo=UTC), "US-CA"),
        (None, "America/New_York US-FL", datetime(2027, 3, 4, 12, 5, tzinfo=UTC), "US-FL"),
        (None, "America/Chicago", datetime(2029, 3, 4, 12, 5, tzinfo=UTC), "US-CA"),
        (None, "Europe/Berlin", datetime(2034, 12, 31, 23, 0, tzinfo=UTC), "DE"),
    ],
)
async def test_e19_nothing_is_erased_before_the_legal_minimum_of_its_place(
    world: World, policy: str | None, zone: str, allowed_at: datetime, place: str
) -> None:
    place_of_site = dict(zip(("zone", "jurisdiction"), zone.split(), strict=False))
    one = await settled(world, **({"policy": policy} if policy else {}), **place_of_site)
    world.clock.now = allowed_at
    world.clock.forward(seconds=-1)
    refused = await erase(one)
    assert (refused.status_code, refused.json()["code"], refused.json()["place"]) == (409, "RETENTION", place), refused.text
    assert refused.json()["kept_until"] == allowed_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert refused.json()["citation"]
    world.clock.now = allowed_at
    assert (await erase(one)).status_code == 201


async def test_where_we_know_of_no_minimum_a_person_is_erased_at_once(world: World) -> None:
    assert (await erase(await settled(world, zone="Europe/Lisbon"))).status_code == 201


async def test_everybody_of_a_customer_is_erased_with_whom_no_contact_was_kept_of(world: World) -> None:
    matter = await matter_in(world, zone="Europe/Lisbon")
    await world.done("POST", f"/v1/customers/{matter.customer_id}/contacts", {"name": "Bo", "channel": "phone", "address": "+49 30 1", "may_authorise": False})  # fmt: skip
    await matter.consent(await matter.offer({}), authoriser={"name": "Cy Caller"})
    world.clock.now = AFTER_ALL_MINIMUMS  # the matter of the customer's own zone has a minimum
    answer = await erase(Job(matter, []), contact_id=None)
    assert (answer.status_code, answer.json()["acts"], answer.json()["contacts"]) == (201, 1, 2), answer.text


async def test_a_drawn_signature_is_packed_and_goes_with_the_person(world: World) -> None:
    matter = await matter_in(world, zone="Europe/Lisbon")
    showing = await asked(matter, "signature")
    receipt = (await showing.answer(*showing.items, signature=SIGNED)).json()["receipt"]
    one = Job(matter, [receipt])
    before = await one.evidence()
    assert "strokes" in json.loads(read(before)["persons.json"])[0]["strokes"]
    assert codes(before, world.database.keys, one.receipts) == set()
    assert (await erase(one)).status_code == 201
    after = await one.evidence()
    assert read(after)["persons.json"] == b"[]"
    assert codes(after, world.database.keys, one.receipts) == set()
    assert await world.sql("select 1 from authorisations.signature where organisation_id = $1", world.organisation_id) == []


async def test_what_a_person_asked_and_was_told_goes_with_them(world: World) -> None:
    matter = await matter_in(world, zone="Europe/Lisbon")
    showing = await shown(matter, {})
    headers = {"Authorization": f"Bearer {showing.given['token']}"}
    path = f"/v1/presentations/{showing.given['presentation_id']}/questions"
    question = (await world.http.post(path, json={"words": "Is it for Ada?"}, headers=headers)).json()
    await world.done("POST", f"/v1/questions/{question['id']}/reply", {"words": "For Ada, yes."})
    assert (await erase(Job(matter, []))).status_code == 201
    for table in ("question", "question_reply"):
        assert await world.sql(f"select 1 from authorisations.{table} where organisation_id = $1", world.organisation_id) == []


async def test_the_same_erasure_twice_is_one_and_another_under_its_id_is_refused(world: World) -> None:
    one, erasure_id = await settled(world, zone="Europe/Lisbon"), str(world.id())
    first, again = await erase(one, id=erasure_id), await erase(one, id=erasure_id)
    assert (first.status_code, again.status_code, again.json()) == (201, 200, first.json())
    assert (await erase(one, id=erasure_id, contact_id=None)).json()["code"] == "ID_TAKEN"


async def test_nobody_unknown_is_erased_and_no_technician_erases(world: World, other_world: World) -> None:
    one = await settled(world, zone="Europe/Lisbon")
    assert (await erase(one, contact_id=str(world.id()))).status_code == 404
    path = f"/v1/customers/{one.matter.customer_id}/erasures"
    assert (await world.post(path, {}, role="back_office")).status_code == 403
    assert (await other_world.post(path, {})).status_code == 404


async def test_the_database_takes_no_erasure_before_its_minimum(world: World) -> None:
    one = await settled(world)
    with pytest.raises(Exception, match="kept_for_the_legal_minimum"):
        await world.sql(
            "insert into evidence.erasure (organisation_id, erasure_id, customer_id, kept_until, acts, contacts, photos, erased_by)"
            " select $1, gen_random_uuid(), customer_id, '2200-01-01Z', 0, 0, 0, 'raw' from customers.customer where customer_id = $2::text::uuid",
            world.organisation_id,
            one.matter.customer_id,
        )


@pytest.mark.parametrize(
    "told, zone, place",
    [
        (("REPAIRS", "US-CA-UPHOLSTERY", "US-CA"), "America/Los_Angeles", "US-CA-UPHOLSTERY"),
        (("REPAIRS", "US-CA-AUTO", "ZZ"), "America/Los_Angeles", "US-CA"),
        (("ZERO", "ZZ", "DE-BY"), "UTC", "DE"),
        (("ZERO", "ZZ", "ZZ"), "Europe/Berlin", "DE"),
        (("ZERO", "ZZ", "US-OH"), "America/New_York", "US-CA"),
        (("ZERO", "ZZ", "PT"), "Europe/Berlin", None),
        (("ZERO", "ZZ", "ZZ"), "UTC", None),
    ],
)
def test_the_place_is_what_the_policy_says_else_the_site_else_the_zone(told: tuple[str, ...], zone: str, place: str | None) -> None:
    found = minimum_of(told=told, zone=zone)
    assert (found.place if found else None) == place


def test_a_minimum_that_ends_on_a_day_which_is_not_there_ends_after_it() -> None:
    last_at = datetime(2026, 8, 31, 12, 0, tzinfo=UTC)
    assert kept_until(Minimum("XX", 18, "a test"), last_at=last_at, zone="UTC") == datetime(2028, 3, 1, 12, 0, tzinfo=UTC)
