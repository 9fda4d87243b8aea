"""What the tables themselves refuse, asked as the service's role: no loaner out twice, none back that isn't out, no device ended without its customer's word."""

from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from tests.care.devices import SIGNATURE, agreed_disposal, hand, lent, loaner, photo, repair, taken
from tests.care.test_attack_custody import refused, standing
from tests.dispatch.builders import approved
from tests.world import World

LOAN = """
insert into care.loan_step (organisation_id, loaner_id, step, kind, loan_id, customer_id, custody_id, scope_id, photos, staff_id, content_hash, signature_hash, signed_by, captured_at)
select organisation_id, loaner_id, $2, $3, $4, customer_id, custody_id, scope_id, photos, staff_id, content_hash, signature_hash, signed_by, captured_at from care.loan_step where organisation_id = $1 and step = 1"""
SCRAPPED = """
insert into care.bench_step (organisation_id, custody_id, step, scope_id, from_state, to_state, offer_id, item_id, item_revision, acted_by, acted_at)
select organisation_id, custody_id, step + 1, scope_id, to_state, 'scrapped', coalesce($2, offer_id), coalesce($3, item_id), item_revision, acted_by, acted_at
from care.bench_step where organisation_id = $1 order by step desc limit 1"""


async def out(world: World) -> dict[str, Any]:
    """A loaner with a customer."""
    counter = await hand(world)
    custody_id = (await taken(counter, await repair(world)))["id"]
    return await lent(counter, await loaner(world), custody_id, staff_signature=SIGNATURE)


async def test_a_loaner_that_is_out_goes_to_nobody_else(world: World) -> None:
    await out(world)
    assert await refused(world, LOAN, 2, "lent", uuid4()) == "lent_when_it_is_back"
    assert await refused(world, LOAN, 1, "lent", uuid4()) == "one_loan_step_a_number"
    assert await refused(world, LOAN, 3, "returned", uuid4()) in ("lent_when_it_is_back", "returned_as_lent")


COUNTED = "insert into care.custody_loan (organisation_id, custody_id, number, kind, loan_id) values ($1, $2, $3, $4, $5)"


async def test_nothing_is_lent_for_a_device_that_was_handed_back(world: World) -> None:
    counter = await hand(world)
    custody_id, ours = (await taken(counter, await repair(world)))["id"], await loaner(world)
    loan = await lent(counter, ours, custody_id)
    back = {"signature": SIGNATURE, "signed_by": "Ada Owner"}
    await counter.done(f"/v1/loaners/{ours}/take-back", {"loan_id": loan["id"], **back})
    assert await refused(world, LOAN, 3, "lent", uuid4()) == "lent_for_what_is_here"
    await counter.done(f"/v1/custodies/{custody_id}/hand-back", {"after_step": 1, **back})
    here = UUID(custody_id)
    assert await refused(world, LOAN, 3, "lent", uuid4()) == "lent_for_what_is_here"
    assert await refused(world, COUNTED, here, 3, "lent", uuid4()) == "lent_while_it_was_here"
    assert await refused(world, COUNTED, here, 4, "lent", uuid4()) == "lent_while_it_was_here"
    assert await refused(world, COUNTED, here, 2, "lent", uuid4()) == "one_custody_loan_a_number"
    assert await refused(world, COUNTED, here, 3, "closed", None) in ("lent_while_it_was_here", "custody_lends_no_more_once")
    assert await refused(world, COUNTED, here, 3, "lent", None) == "custody_loan_names_its_loan"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await world.sql("delete from care.custody_loan where organisation_id = $1", world.organisation_id)


async def test_no_device_goes_home_while_more_could_be_lent_for_it(world: World) -> None:
    await standing(world)
    ended = """
    with step as (
      select b.*, h.asset_id, h.customer_id, h.to_id, h.content_hash, h.signature_hash from care.bench_step b
      join care.hand_over h on h.organisation_id = b.organisation_id and h.custody_id = b.custody_id where b.organisation_id = $1),
    handed as (
      insert into care.hand_over (organisation_id, asset_id, step, hand_over_id, custody_id, customer_id, scope_id, from_kind, from_id, to_kind, to_id, content_hash, signature_hash, photos, bench_step, signed_by, captured_at)
      select organisation_id, asset_id, 2, gen_random_uuid(), custody_id, customer_id, scope_id, 'staff', to_id, 'customer', customer_id, content_hash, signature_hash, 0, 2, 'staff:' || to_id, acted_at from step)
    insert into care.bench_step (organisation_id, custody_id, step, scope_id, from_state, to_state, acted_by, acted_at)
    select organisation_id, custody_id, 2, scope_id, 'received', 'handed_back', acted_by, acted_at from step"""
    assert await refused(world, ended) == "loans_end_with_it"


async def test_a_loaner_comes_back_from_who_has_it_or_not_at_all(world: World) -> None:
    loan = await out(world)
    assert await refused(world, LOAN, 2, "returned", uuid4()) == "returned_as_lent"
    forged = LOAN.replace("$4, customer_id,", f"$4, '{(await world.customer())['id']}'::uuid,")
    assert await refused(world, forged, 2, "returned", UUID(loan["id"])) in ("returned_as_lent", "lent_for_custody")
    unsigned = LOAN.replace("content_hash, signature_hash, signed_by, captured_at from", "content_hash, null, signed_by, captured_at from")
    assert await refused(world, unsigned, 2, "returned", UUID(loan["id"])) == "loan_signed_but_by_retiring"
    other = LOAN.replace("signature_hash, signed_by, captured_at from", f"signature_hash, 'staff:{uuid4()}', captured_at from")
    assert await refused(world, other, 2, "returned", UUID(loan["id"])) == "loan_signed_by_staff"


RETIRED = """
insert into care.loan_step (organisation_id, loaner_id, step, kind, loan_id, customer_id, custody_id, scope_id, photos, retired_because, staff_id, signed_by, captured_at)
select organisation_id, loaner_id, $2, 'retired', loan_id, customer_id, custody_id, scope_id, 0, $3, staff_id, signed_by, captured_at from care.loan_step where organisation_id = $1 and step = 1"""


async def test_what_is_retired_goes_nowhere_any_more(world: World) -> None:
    loan = await out(world)
    assert await refused(world, RETIRED, 2, None) == "retired_says_why"
    assert await refused(world, RETIRED, 2, "worn_out") == "worn_out_is_seen_here"
    assert await refused(world, RETIRED, 3, "lost") in ("lent_when_it_is_back", "returned_as_lent")
    from_the_shelf = RETIRED.replace("'retired', loan_id, customer_id, custody_id, scope_id", "'retired', null, null, null, null")
    assert await refused(world, from_the_shelf, 2, "lost") == "lent_when_it_is_back"
    await world.sql(RETIRED, world.organisation_id, 2, "lost")
    for kind in ("lent", "returned"):
        assert await refused(world, LOAN, 3, kind, uuid4()) in ("lent_when_it_is_back", "returned_as_lent")
    assert await refused(world, LOAN, 3, "returned", UUID(loan["id"])) in ("lent_when_it_is_back", "returned_as_lent")
    assert await refused(world, RETIRED, 3, "sold") in ("lent_when_it_is_back", "returned_as_lent", "loan_goes_out_and_back_once")


async def test_a_loan_shows_no_photo_of_another_matter_and_none_that_it_does_not_say(world: World) -> None:
    await out(world)
    shows = """
    insert into care.loan_photo (organisation_id, loan_id, kind, scope_id, position, photos, photo_id, photo_hash)
    select l.organisation_id, l.loan_id, l.kind, $2, 1, $3, p.photo_id, p.photo_hash from care.loan_step l, authorisations.photo p
    where l.organisation_id = $1 and p.organisation_id = $1 and p.photo_id = $4"""
    [[theirs]] = await world.sql("select scope_id from care.loan_step where organisation_id = $1", world.organisation_id)
    other = await repair(world)
    picture = UUID(await photo(world, other["scope_id"]))
    assert await refused(world, shows, UUID(other["scope_id"]), 0, picture) == "loan_photos_are_numbered"
    assert await refused(world, shows, theirs, 1, picture) in ("loan_shows_photo_as_kept", "photo_of_loan_step")
    assert await refused(world, shows, UUID(other["scope_id"]), 1, picture) == "photo_of_loan_step"


async def test_what_was_signed_for_a_loaner_is_not_edited(world: World) -> None:
    await out(world)
    for table in ("loaner", "loan_step", "loan_paper", "loan_photo"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await world.sql(f"update care.{table} set organisation_id = organisation_id where organisation_id = $1", world.organisation_id)
    columns = "organisation_id, loan_id, kind, customer_id, content, content_hash, strokes, strokes_hash, staff_strokes, staff_strokes_hash"
    again = f"with gone as (delete from care.loan_paper where organisation_id = $1 returning *) insert into care.loan_paper ({columns}) select {columns} from gone"
    for theirs, constraint in (
        ("'{}', content_hash", "hash_of_loan_paper"),
        ("content, content_hash, '[]', strokes_hash", "hash_of_loan_strokes"),
    ):
        mine = "content, content_hash, strokes, strokes_hash" if "strokes" in theirs else "content, content_hash"
        assert await refused(world, again.replace(f"select {columns}", f"select {columns.replace(mine, theirs)}")) == constraint


async def test_no_device_is_scrapped_under_a_yes_to_something_else_or_without_its_end(world: World) -> None:
    device = await standing(world)
    path = f"/v1/custodies/{device.custody_id}"
    await device.by.done(f"{path}/steps", {"to": "diagnosing"})
    _, [labour] = await approved(world, device.of)
    await agreed_disposal(world, device.by, device.of, path)
    assert await refused(world, SCRAPPED, None, UUID(labour)) in ("bench_item_of_its_offer", "scrapped_as_authorised")
    assert await refused(world, SCRAPPED, None, None) in ("scrapped_with_its_disposal", "ends_with_its_owner")
    me, gone = ("staff", device.by.id), ("disposal", device.of["asset_id"])
    assert await device.moved(step=2, giver=me, taker=gone, by=device.by.id) == "handed_back_ends_it"
