"""What the tables themselves refuse, asked as the service's role: no second holder, no gap, no missing signature, no repair that nobody authorised."""

from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from tests.care.devices import Hand, hand, place, repair, taken
from tests.world import World

HAND_OVER = """
insert into care.hand_over (organisation_id, asset_id, step, hand_over_id, custody_id, customer_id, scope_id, from_kind, from_id, to_kind, to_id, offer_number, content_hash, signature_hash, photos,
  bench_step, signed_by, captured_at)
select organisation_id, asset_id, $2, gen_random_uuid(), custody_id, customer_id, scope_id, $3, $4, $5, $6, $7, content_hash, $8, 0, null, $9, captured_at
from care.hand_over where organisation_id = $1 and asset_id = $10 and step = 1"""
BENCH = """
insert into care.bench_step (organisation_id, custody_id, step, scope_id, from_state, to_state, offer_id, item_id, item_revision, acted_by, acted_at)
select organisation_id, custody_id, $3, scope_id, $4, $5, $6, $7, $8, 'staff:me', acted_at from care.bench_step where organisation_id = $1 and custody_id = $2 and step = 1"""


async def refused(world: World, statement: str, *values: Any) -> str:
    """The constraint that a statement runs into."""
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as caught:
        await world.sql(statement, world.organisation_id, *values)
    return str(caught.value.constraint_name)


class Standing:
    """A router in somebody's hand."""

    def __init__(self, world: World, by: Hand, of: dict[str, Any], custody_id: str) -> None:
        self.world, self.by, self.of, self.custody_id = world, by, of, custody_id

    async def moved(
        self, *, step: int, giver: tuple[str, str], taker: tuple[str, str], offer: int | None = None, signed: bytes | None = None, by: str
    ) -> str:
        """How a forged hand-over is refused."""
        return await refused(
            self.world, HAND_OVER, step, giver[0], UUID(giver[1]), taker[0], UUID(taker[1]), offer, signed, f"staff:{by}", UUID(self.of["asset_id"])
        )  # fmt: skip

    async def stepped(self, before: str, after: str, **cited: UUID | int | None) -> str:
        """How a forged step on the bench is refused."""
        return await refused(
            self.world, BENCH, UUID(self.custody_id), 2, before, after, cited.get("offer"), cited.get("item"), cited.get("revision")
        )  # fmt: skip


async def standing(world: World) -> Standing:
    """The device, just taken in."""
    by, of = await hand(world), await repair(world)
    return Standing(world, by, of, (await taken(by, of))["id"])


async def test_nobody_gives_what_another_holds(world: World) -> None:
    device, thief, shelf = await standing(world), await hand(world), await place(world)
    assert await device.moved(step=2, giver=("staff", thief.id), taker=("place", shelf), by=thief.id) == "handed_over_by_who_has_it"
    assert await device.moved(step=2, giver=("place", shelf), taker=("staff", thief.id), by=thief.id) == "handed_over_by_who_has_it"


async def test_no_step_is_left_out_or_taken_twice(world: World) -> None:
    device, shelf = await standing(world), await place(world)
    me = ("staff", device.by.id)
    assert await device.moved(step=3, giver=me, taker=("place", shelf), by=device.by.id) in (
        "handed_over_by_who_has_it",
        "handed_over_within_its_custody",
    )
    owner = ("customer", device.of["customer_id"])
    assert await device.moved(step=1, giver=owner, taker=me, signed=bytes(32), by=device.by.id) == "one_hand_over_a_step"


async def test_a_colleague_has_nothing_that_was_not_offered(world: World) -> None:
    device, thief = await standing(world), await hand(world)
    me, them = ("staff", device.by.id), ("staff", thief.id)
    assert await device.moved(step=2, giver=me, taker=them, by=thief.id) == "colleagues_both_sign"
    assert await device.moved(step=2, giver=me, taker=them, offer=1, by=thief.id) == "taken_over_as_offered"
    assert await device.moved(step=2, giver=me, taker=them, offer=1, by=device.by.id) == "hand_over_signed_by_staff"


async def test_nobody_offers_what_another_holds(world: World) -> None:
    device, thief = await standing(world), await hand(world)
    offer = "insert into care.hand_over_offer (organisation_id, asset_id, step, number, from_id, to_id, offered_by, offered_at) values ($1, $2, 2, 1, $3, $4, $5, now())"
    asset = UUID(device.of["asset_id"])
    assert await refused(world, offer, asset, UUID(thief.id), UUID(device.by.id), f"staff:{thief.id}") == "offered_by_its_holder"
    assert await refused(world, offer, asset, UUID(device.by.id), UUID(thief.id), f"staff:{thief.id}") == "offered_by_who_holds_it"


async def test_nothing_goes_back_unsigned_or_without_its_end(world: World) -> None:
    device, stranger = await standing(world), await world.customer()
    me, owner = ("staff", device.by.id), ("customer", device.of["customer_id"])
    assert await device.moved(step=2, giver=me, taker=owner, by=device.by.id) == "hand_over_signed_by_its_customer"
    assert await device.moved(step=2, giver=me, taker=owner, signed=bytes(32), by=device.by.id) == "handed_back_ends_it"
    assert await device.moved(step=2, giver=me, taker=("customer", stranger["id"]), signed=bytes(32), by=device.by.id) in (
        "handed_over_with_its_owner",
        "handed_back_ends_it",
    )
    assert await device.stepped("received", "handed_back") == "ends_with_its_owner"


async def test_nothing_is_repaired_that_nobody_authorised(world: World) -> None:
    device = await standing(world)
    assert await device.stepped("received", "repairing") == "bench_moves_as_declared"
    assert await device.stepped("approved", "repairing", offer=uuid4(), item=uuid4(), revision=1) == "bench_step_follows"


async def test_what_was_signed_is_not_edited(world: World) -> None:
    await standing(world)
    for table in ("hand_over", "custody", "bench_step", "hand_over_text", "hand_over_photo"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await world.sql(f"update care.{table} set organisation_id = organisation_id where organisation_id = $1", world.organisation_id)
    forged = "insert into care.hand_over_text (organisation_id, hand_over_id, customer_id, content, content_hash) select organisation_id, hand_over_id, customer_id, '{}', content_hash from care.hand_over where organisation_id = $1"
    assert await refused(world, forged) == "hash_of_what_was_signed"


TEXT = """
with gone as (delete from care.hand_over_text where organisation_id = $1 returning *)
insert into care.hand_over_text (organisation_id, hand_over_id, customer_id, content, content_hash) select organisation_id, hand_over_id, $2, content, content_hash from gone"""
STROKES = """
with gone as (delete from care.hand_over_signature where organisation_id = $1 returning *)
insert into care.hand_over_signature (organisation_id, hand_over_id, customer_id, strokes, strokes_hash) select organisation_id, hand_over_id, $2, strokes, strokes_hash from gone"""
NOTE = "insert into care.bench_note (organisation_id, custody_id, step, customer_id, words) select organisation_id, custody_id, step, $2, 'Fan worn' from care.bench_step where organisation_id = $1"
NEWS = "insert into care.custody_news (organisation_id, message_id, custody_id, customer_id) select organisation_id, gen_random_uuid(), custody_id, $2 from care.custody where organisation_id = $1"


@pytest.mark.parametrize(
    "statement, constraint",
    [
        (TEXT, "text_of_hand_over"),
        (STROKES, "signature_of_hand_over"),
        (NOTE, "note_of_its_customer"),
        (NEWS, "news_of_custody"),
    ],
)
async def test_words_about_a_device_go_with_its_customer_and_nobody_else(world: World, statement: str, constraint: str) -> None:
    await standing(world)
    stranger = await world.customer()
    assert await refused(world, statement, UUID(stranger["id"])) == constraint
