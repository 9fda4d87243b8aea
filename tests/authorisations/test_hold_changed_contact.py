"""Who has just taken over a contact doesn't agree by it: it takes a contact of old, a meeting in person, or a day."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from tests.authorisations.matters import Matter
from tests.authorisations.showings import Showing, shown
from tests.authorisations.test_confirm_answer import coded, mailed
from tests.world import World


@pytest.fixture
async def matter(world: World) -> Matter:
    """A matter of a customer whom everybody has known for days."""
    matter = await Matter(world).begin()
    world.clock.forward(days=3)
    return matter


async def changed(matter: Matter, contact_id: str, **change: Any) -> None:
    """The contact changed by whoever rang up."""
    path = f"/v1/customers/{matter.customer_id}/contacts/{contact_id}"
    version = (await matter.world.get(path)).headers["etag"]
    await matter.world.done("PATCH", path, change, headers={"If-Match": version})


async def added(matter: Matter, **differences: Any) -> str:
    """A contact nobody knew before."""
    document = {"name": "A Cousin", "channel": "email", "address": "cousin@a.example", "may_authorise": True, **differences}
    contact_id: str = (await matter.world.done("POST", f"/v1/customers/{matter.customer_id}/contacts", document))["id"]
    return contact_id


async def answered(showing: Showing) -> dict[str, Any]:
    """A yes to all of it."""
    answer = await showing.answer(*showing.items)
    assert answer.status_code == 201, answer.text
    act: dict[str, Any] = answer.json()
    return act


HELD = (False, "CONTACT_CHANGE_UNCONFIRMED", 0)


def stands(act: dict[str, Any]) -> tuple[bool, str | None, int]:
    return act["active"], act["shortcoming"], act["revised_total_minor"]


@pytest.mark.parametrize("change", [{"address": "elsewhere@a.example"}, {"channel": "email", "address": "x@a.example"}])
async def test_p22_an_approval_from_a_changed_address_is_kept_and_lets_nothing_be_done(matter: Matter, change: dict[str, Any]) -> None:
    await changed(matter, matter.contact_id, **change)
    showing = await shown(matter, {})
    assert stands(await answered(showing)) == HELD
    assert (await showing.look()).json()["shortcoming"] == "CONTACT_CHANGE_UNCONFIRMED"
    matter.world.clock.forward(minutes=1)
    assert (await matter.work(showing.items[0]))["finding"] == "CONTACT_CHANGE_UNCONFIRMED"
    assert await matter.refused({"item_id": showing.items[0]}) == ["CONTACT_CHANGE_UNCONFIRMED"]


async def test_so_is_one_from_a_contact_just_added_or_just_given_a_say(matter: Matter) -> None:
    quiet = str(await matter.contact(may_authorise=False))
    matter.world.clock.forward(days=2)
    await changed(matter, quiet, may_authorise=True)
    for contact_id in (await added(matter), quiet):
        assert stands(await answered(await shown(matter, {}, presentation={"contact_id": contact_id}))) == HELD


async def test_so_is_one_said_on_the_telephone_in_their_name(matter: Matter) -> None:
    cousin = await added(matter)
    act = await matter.consent(await matter.offer({}), channel="oral_phone", number_called="+1 555 0100", authoriser={"contact_id": cousin})
    assert stands(act) == HELD


async def test_a_code_to_the_new_address_doesnt_help(matter: Matter) -> None:
    await changed(matter, matter.contact_id, address="elsewhere@a.example")
    showing = await shown(matter, {}, presentation={"method": "otp"})
    await coded(showing)
    answer = await showing.answer(*showing.items, code=await mailed(showing))
    assert stands(answer.json()) == HELD


async def test_p22_a_contact_of_old_confirms_it(matter: Matter) -> None:
    cousin = await added(matter)
    first = await shown(matter, {}, presentation={"contact_id": cousin})
    assert stands(await answered(first)) == HELD
    again = Showing(matter, first.offer, await matter.present(first.offer))
    assert stands(await answered(again)) == (True, None, 10_000)
    matter.world.clock.forward(minutes=1)
    assert (await matter.work(first.items[0]))["billable"]


async def test_p22_the_customer_confirms_it_in_person(matter: Matter) -> None:
    await changed(matter, matter.contact_id, address="elsewhere@a.example")
    first = await shown(matter, {})
    assert stands(await answered(first)) == HELD
    handed = Showing(matter, first.offer, await matter.present(first.offer, channel="on_device"))
    assert stands(await answered(handed)) == (True, None, 10_000)
    assert (await matter.consent(await matter.offer({})))["active"]


async def test_a_day_later_a_new_address_is_an_old_one(matter: Matter) -> None:
    await changed(matter, matter.contact_id, address="elsewhere@a.example")
    matter.world.clock.forward(hours=23)
    assert stands(await answered(await shown(matter, {}))) == HELD
    matter.world.clock.forward(hours=1)
    assert (await answered(await shown(matter, {})))["active"]


async def test_another_name_and_the_same_address_again_change_nothing(matter: Matter) -> None:
    await changed(matter, matter.contact_id, name="Ada Owner-Smith", address="ada@a.example")
    assert (await answered(await shown(matter, {})))["active"]


async def test_a_customer_who_is_new_agrees_by_the_contact_they_came_with(world: World) -> None:
    matter = await Matter(world).begin()
    contact_id = await added(matter)
    assert (await answered(await shown(matter, {}, presentation={"contact_id": contact_id})))["active"]


async def test_a_held_no_takes_nothing_back(matter: Matter) -> None:
    first = await shown(matter, {})
    assert (await answered(first))["active"]
    cousin = await added(matter)
    later = Showing(matter, first.offer, await matter.present(first.offer, contact_id=cousin))
    act = (await later.answer(declined=later.items)).json()
    assert (act["active"], act["shortcoming"], act["revised_total_minor"]) == (False, "CONTACT_CHANGE_UNCONFIRMED", 10_000)
    matter.world.clock.forward(minutes=1)
    assert (await matter.work(first.items[0]))["billable"]


async def test_the_database_refuses_an_act_in_force_by_a_contact_of_today(matter: Matter) -> None:
    cousin = UUID(await added(matter))
    act = await answered(await shown(matter, {}, presentation={"contact_id": str(cousin)}))
    columns = (
        "organisation_id, scope_id, customer_id, currency, kind, offer_id, revision, offer_hash, cap_minor, valid_until, contact_id, contact_version, contact_since,"
        " contact_founding, authoriser_capacity, recorded_by, consented_at, record_lag_seconds, requires_written_offer"
    )
    forged = (
        f"insert into authorisations.authorisation (authorisation_id, seq, channel, authoriser_commitment, contact_point_commitment, received_by, conditions,"
        f" stated_added_minor, stated_total_minor, prior_hash, prior_total_minor, added_minor, revised_total_minor, content, {columns})"
        f" select gen_random_uuid(), 2, 'oral_phone', sha256('a'), sha256('b'), 'TT', '', 0, 0, entry_hash, 0, 0, 0, '{{}}', {columns}"
        " from authorisations.authorisation where authorisation_id = $1"
    )
    told = " contact_founding, authoriser_capacity, recorded_by"
    for claimed, constraint in ((told, "contact_settled"), (" true, authoriser_capacity, recorded_by", "contact_as_reached")):
        head, _, tail = forged.partition(" select ")
        async with matter.world.database.pool.acquire() as connection, connection.transaction():
            now = matter.world.clock.now.isoformat()
            await connection.execute(f"set local sayso.organisation = '{matter.world.organisation_id}'; set local sayso.at = '{now}'")
            with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refusal:
                async with connection.transaction():
                    await connection.execute(f"{head} select {tail.replace(told, claimed)}", UUID(act["id"]))
        assert refusal.value.as_dict()["constraint_name"] == constraint
