"""A person is erased without a trace but for what proves nothing about them; never while something is open, never before the law allows."""

import json
from typing import Any

import httpx
import pytest

from tests.authorisations.showings import shown
from tests.authorisations.test_confirm_answer import SIGNED, asked
from tests.billing.builders import pay
from tests.billing.test_find_broken_bills import assert_found
from tests.documents.test_print_credit_note import credited
from tests.evidence.packs import AFTER_ALL_MINIMUMS, Job, codes, ended, job, matter_in, paid, read
from tests.world import World


async def erase(one: Job, **body: Any) -> httpx.Response:
    """An erasure of the contact, or as the body says."""
    document = {"contact_id": one.matter.contact_id} | body
    return await one.matter.world.post(f"/v1/customers/{one.matter.customer_id}/erasures", document)


async def settled(world: World, *, law: dict[str, str] | None = None, **place: str) -> Job:
    """A job with nothing open, at a place and under a policy of that name and law."""
    one = await job(world, of=await matter_in(world, law=law, **place))
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
    assert not any(word in after for word in (b"Ada Owner", b"a.example", b"555 0199"))
    contact = await world.done("GET", f"/v1/customers/{one.matter.customer_id}/contacts/{one.matter.contact_id}")
    assert (contact["name"], contact["address"], contact["may_authorise"]) == ("Erased", "Erased", False)
    for table in ("authorisations.consent_detail", "customers.contact", "authorisations.authorisation", "kit.fact", "kit.idempotency"):
        rows = await owner.fetch(f"select t::text as row from {table} t where organisation_id = $1", world.organisation_id)
        assert not any("Ada" in row["row"] or "555 0199" in row["row"] for row in rows), table


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


async def test_where_we_know_of_no_minimum_a_person_is_erased_at_once(world: World) -> None:
    assert (await erase(await settled(world, zone="Europe/Lisbon"))).status_code == 201


async def test_everybody_of_a_customer_is_erased_with_whom_no_contact_was_kept_of(world: World) -> None:
    matter = await matter_in(world, zone="Europe/Lisbon")
    await world.done("POST", f"/v1/customers/{matter.customer_id}/contacts", {"name": "Bo", "channel": "phone", "address": "+49 30 1", "may_authorise": False})  # fmt: skip
    await matter.consent(await matter.offer({}), authoriser={"name": "Cy Caller"})
    await ended(matter)
    world.clock.now = AFTER_ALL_MINIMUMS  # the matter of the customer's own zone has a minimum
    answer = await erase(Job(matter, []), contact_id=None)
    assert (answer.status_code, answer.json()["acts"], answer.json()["contacts"]) == (201, 1, 2), answer.text


async def test_who_a_customer_was_goes_with_the_last_of_their_people_but_as_papers_tell_them(world: World, owner: Any) -> None:
    matter = await matter_in(world, zone="Europe/Lisbon")
    former = "select name as told from customers.customer_step where organisation_id = $1 order by version"
    places = "select address as told from customers.site_step where organisation_id = $1 order by version"
    for name in ("Ada Former", "Ada Billed", "Ada Credited", "Ada Between", "Ada Present"):
        world.clock.forward(minutes=1)
        await world.changed(f"/v1/customers/{matter.customer_id}", name=name)
        await world.changed(f"/v1/customers/{matter.customer_id}/sites/{matter.site_id}", address=f"House of {name}")
        if name == "Ada Billed":
            [item] = await matter.done({})
            invoice = await matter.posted({"item_id": item})
        elif name == "Ada Credited":
            await credited(matter, invoice, {"quantity": "0", "amount": 1})
    await pay(world, invoice["total_minor"] - 1, invoice_id=invoice["id"])
    await ended(matter)
    assert (await erase(Job(matter, []))).status_code == 201
    assert len(await owner.fetch(former, world.organisation_id)) == 6, "the law wants another of their matters kept"
    world.clock.now = AFTER_ALL_MINIMUMS
    assert (await erase(Job(matter, []), contact_id=None)).status_code == 201
    assert [row["told"] for row in await owner.fetch(former, world.organisation_id)] == ["Ada Billed", "Ada Credited", "Ada Present"]
    assert [row["told"] for row in await owner.fetch(places, world.organisation_id)] == ["House of Ada Billed", "House of Ada Present"]
    assert await world.sql("delete from customers.site_step where version <> 6 returning 1") == [], "what_an_invoice_tells_stays"
    world.clock.forward(minutes=1)
    await world.changed(f"/v1/customers/{matter.customer_id}/sites/{matter.site_id}", address="House of nobody")
    for gone in "version = 3", "version = 6":  # as only a superuser could
        await assert_found(
            owner,
            world,
            "parties_are_as_papers_tell_them",
            f"delete from customers.site_step where organisation_id = '{{organisation}}' and {gone}",
        )
    assert (await world.done("GET", f"/v1/invoices/{invoice['id']}"))["buyer"]["name"] == "Ada Billed"


async def test_who_a_customer_was_goes_with_the_last_of_their_people_erased_one_by_one(world: World, owner: Any) -> None:
    matter = await matter_in(world, zone="Europe/Lisbon")
    bo = {"name": "Bo", "channel": "phone", "address": "+49 30 1", "may_authorise": False}
    other = await world.done("POST", f"/v1/customers/{matter.customer_id}/contacts", bo)
    path = f"/v1/customers/{matter.customer_id}"
    for name in ("Ada Former", "Present"):
        await world.changed(path, name=name)
        await world.changed(f"{path}/sites/{matter.site_id}", address=f"House of {name}")

    async def told() -> list[str]:
        names = "select name as told from customers.customer_step where organisation_id = $1 order by version"
        places = "select address as told from customers.site_step where organisation_id = $1 order by version"
        return [row["told"] for each in (names, places) for row in await world.sql(each, world.organisation_id)]

    await ended(matter)
    world.clock.now = AFTER_ALL_MINIMUMS
    kept = await told()
    assert (await erase(Job(matter, []))).status_code == 201
    assert (await told(), len(kept)) == (kept, 6)
    assert (await erase(Job(matter, []), contact_id=other["id"])).status_code == 201
    assert await told() == ["Present", "House of Present"]
    world.clock.forward(minutes=1)
    await world.changed(path, name="Nobody")
    await world.changed(path, name="Nobody else")
    for gone in ("customer_step where version = 4", "site_step where version = 3"):  # as only a superuser could
        await assert_found(
            owner, world, "parties_are_as_papers_tell_them", f"delete from customers.{gone} and organisation_id = '{{organisation}}'"
        )


async def test_a_drawn_signature_is_packed_and_goes_with_the_person(world: World) -> None:
    matter = await matter_in(world, zone="Europe/Lisbon")
    showing = await asked(matter, "signature")
    receipt = (await showing.answer(*showing.items, signature=SIGNED)).json()["receipt"]
    await ended(matter)
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
    await showing.answer(declined=showing.items)
    await ended(matter)
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
            "insert into evidence.erasure (organisation_id, erasure_id, customer_id, last, kept_until, acts, contacts, photos, erased_by)"
            " select $1, gen_random_uuid(), customer_id, true, '2200-01-01Z', 0, 0, 0, 'raw' from customers.customer where customer_id = $2::text::uuid",
            world.organisation_id,
            one.matter.customer_id,
        )
