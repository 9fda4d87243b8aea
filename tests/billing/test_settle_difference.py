"""Counts that differ: kept each, explained, and settled by somebody who had nothing to do with them."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from service.settings import Settings
from tests.billing.builders import EUR, Books, pay
from tests.files import leaves_whole
from tests.proofs.soundness import offences
from tests.world import World


def counted(amount: int, **more: Any) -> dict[str, Any]:
    return {"counted": {"amount": amount, "currency": EUR}, **more}


async def handed_in(world: World, books: Books, held: int = 1_000, **more: Any) -> str:
    """A hand-in of all that an agent has taken: the path of what is done to it."""
    await pay(world, held, customer_id=await books.customer())
    handed = await world.done("POST", "/v1/cash/hand-ins", counted(held, **more), role="agent", key=str(world.id()))
    return f"/v1/cash/hand-ins/{handed['hand_in_id']}"


async def accepted(world: World, path: str, amount: int, **more: Any) -> dict[str, Any]:
    return await world.done("POST", f"{path}/accept", counted(amount, **more), role="back_office", key=str(world.id()))


async def refused(world: World, path: str, body: dict[str, Any], **options: Any) -> str:
    answer = await world.post(path, body, **{"key": str(world.id()), **options})
    assert answer.is_client_error, answer.text
    return str(answer.json()["code"])


async def balances(world: World) -> dict[str, int]:
    return {one["kind"]: one["balance_minor"] for one in (await world.done("GET", "/v1/ledger/trial-balance"))["accounts"]}


async def test_a_count_by_notes_and_coins_comes_to_its_amount(world: World, books: Books) -> None:
    await pay(world, 7_350, customer_id=await books.customer())
    pieces = [{"value": 5_000, "number": 1}, {"value": 1_000, "number": 2}, {"value": 50, "number": 7}]
    assert await refused(world, "/v1/cash/hand-ins", counted(7_300, pieces=pieces), role="agent") == "PIECES_DONT_ADD_UP"
    handed = await world.done("POST", "/v1/cash/hand-ins", counted(7_350, pieces=pieces), role="agent", key=str(world.id()))
    path = f"/v1/cash/hand-ins/{handed['hand_in_id']}"
    twice = [{"value": 1_000, "number": 1}] * 7 + [{"value": 350, "number": 1}]
    assert (await accepted(world, path, 7_350, pieces=twice))["difference_minor"] == 0
    kept = await world.sql("select pieces::text from billing.cash_count where organisation_id = $1", world.organisation_id)
    assert kept[0][0] == '{"350": 1, "1000": 7}'


@pytest.mark.parametrize("pieces", ['{"5000": 1}', '{"1000": 1.0}', '{"-1000": 1}', "[1000]", '{"1000": "1"}', '{"1e3": 1}', "1000"])
async def test_no_raw_sql_keeps_a_count_whose_pieces_come_to_something_else(world: World, books: Books, pieces: str) -> None:
    path = await handed_in(world, books)
    with pytest.raises(asyncpg.CheckViolationError, match="count_pieces_add_up"):
        await world.sql(
            "insert into billing.cash_count (organisation_id, hand_in_id, counted_by, number, counted_minor, pieces, counted_at)"
            " select organisation_id, hand_in_id, staff_id, 1, 1000, $3::jsonb, now() from billing.cash_hand_in where organisation_id = $1 and hand_in_id = $2",
            world.organisation_id,
            UUID(path.rpartition("/")[2]),
            pieces,
        )


async def test_every_count_that_differed_is_kept_and_the_sixth_is_refused(world: World, books: Books) -> None:
    path = await handed_in(world, books)
    for guess in (900, 910, 920, 930, 940):
        assert await refused(world, f"{path}/accept", counted(guess), role="back_office") == "DIFFERENCE_UNEXPLAINED"
    assert await refused(world, f"{path}/accept", counted(1_000), role="back_office") == "COUNTED_TOO_OFTEN"
    assert (await accepted(world, path, 940, reason="miscounted"))["difference_minor"] == -60
    kept = await world.sql("select counted_minor from billing.cash_count where organisation_id = $1 order by number", world.organisation_id)
    assert [row[0] for row in kept] == [900, 910, 920, 930, 940]


@pytest.mark.parametrize(
    "amount, given",
    [(1_000, {"reason": "short"}), (900, {"reason": "over"}), (1_100, {"reason": "counterfeit"}), (900, {"reason": "other"})],
)
async def test_a_reason_fits_its_difference(world: World, books: Books, amount: int, given: dict[str, str]) -> None:
    path = await handed_in(world, books)
    assert await refused(world, f"{path}/accept", counted(amount, **given), role="back_office") == "REASON_DOES_NOT_FIT"


async def test_what_is_missing_is_charged_found_and_written_off_until_nothing_is_open(world: World, books: Books) -> None:
    path = await handed_in(world, books)
    await accepted(world, path, 400, reason="stolen", note="Robbed on the stairs")
    [told] = await leaves_whole(world, "/v1/cash/differences", role="back_office")
    assert (told["difference_minor"], told["open_minor"], told["reason"]) == (-600, -600, "stolen")
    for how, amount, still in (("charged", 100, -500), ("turned_up", 200, -300)):
        settled = await world.done("POST", f"{path}/settle", {"how": how, "amount_minor": amount, "note": "As agreed"}, key=str(world.id()))
        assert settled["open_minor"] == still
    assert await refused(world, f"{path}/settle", {"how": "charged", "amount_minor": 301, "note": "More"}) == "MORE_THAN_DIFFERS"
    assert await refused(world, f"{path}/settle", {"how": "given_back", "note": "Nothing to give"}) == "SETTLED_OTHERWISE"
    body = {"how": "written_off", "note": "The insurer won't pay", "id": str(world.id())}
    first, again = [await world.post(f"{path}/settle", body, key=str(world.id())) for _ in "12"]
    assert (first.status_code, again.status_code, again.json()["open_minor"]) == (201, 200, 0)
    assert await refused(world, f"{path}/settle", {"how": "written_off", "note": "Again"}) == "MORE_THAN_DIFFERS"
    assert (await world.done("GET", "/v1/cash/differences", role="back_office"))["items"] == []
    [whole] = (await world.done("GET", "/v1/cash/differences?settled=true", role="agent"))["items"]
    assert [one["how"] for one in whole["settlements"]] == ["charged", "turned_up", "written_off"]
    after = await balances(world)
    assert (after["cash_difference"], after["owed_by_staff"], after["write_off"], after["cash_office"]) == (0, 100, 300, 600)


async def test_what_was_too_much_is_given_back_or_kept(world: World, books: Books) -> None:
    path = await handed_in(world, books)
    assert (await accepted(world, path, 1_500, reason="over"))["difference_minor"] == 500
    assert await refused(world, f"{path}/settle", {"how": "charged", "note": "No"}) == "SETTLED_OTHERWISE"
    for how, amount in (("given_back", 200), ("written_off", None)):
        await world.done("POST", f"{path}/settle", {"how": how, "amount_minor": amount, "note": "As agreed"}, key=str(world.id()))
    after = await balances(world)
    assert (after["cash_difference"], after["write_off"], after["cash_office"]) == (0, -300, 1_300)


@pytest.mark.parametrize(
    "found, how", [(400, "charged"), (400, "turned_up"), (400, "written_off"), (1_500, "given_back"), (1_500, "written_off")]
)
async def test_a_settlement_by_mistake_is_undone_by_an_entry_the_other_way_round_once_and_settled_anew(
    world: World, books: Books, owner: asyncpg.Connection, settings: Settings, found: int, how: str
) -> None:
    path = await handed_in(world, books)
    await accepted(world, path, found, reason="stolen" if found < 1_000 else "over")
    before = await balances(world)
    settled = await world.done("POST", f"{path}/settle", {"how": how, "amount_minor": 100, "note": "Wrong"}, key=str(world.id()))
    undo = f"/v1/cash/settlements/{settled['settlement_id']}/undo"
    for told in (
        await world.post(undo, {"note": "Another one's"}, key=str(world.id())),
        await world.post(undo, {"note": "Again"}, key=str(world.id())),
    ):
        assert told.json()["open_minor"] == found - 1_000, told.text
    after = await balances(world)
    assert {kind: minor for kind, minor in after.items() if minor} == {kind: minor for kind, minor in before.items() if minor}
    assert await refused(world, f"/v1/cash/settlements/{told.json()['settlement_id']}/undo", {"note": "Not so"}) == "SETTLED_OTHERWISE"
    await world.done("POST", f"{path}/settle", {"how": "written_off", "note": "As it is"}, key=str(world.id()))
    [whole] = (await world.done("GET", "/v1/cash/differences?settled=true", role="back_office"))["items"]
    assert ([one["how"] for one in whole["settlements"]], whole["open_minor"]) == ([how, "undone", "written_off"], 0)
    assert await offences(owner, settings, world) == {}


async def test_nobody_undoes_the_settlement_of_what_they_counted(world: World, books: Books) -> None:
    path = await handed_in(world, books)
    await world.done("POST", f"{path}/accept", counted(900, reason="short"), key=str(world.id()))
    other = {"Authorization": f"Bearer {(await world.staff('manager'))['token']}"}
    wrote_off = {"how": "written_off", "note": "Never mind"}
    settled = await world.done("POST", f"{path}/settle", wrote_off, headers=other, key=str(world.id()))
    undo = f"/v1/cash/settlements/{settled['settlement_id']}/undo"
    assert await refused(world, undo, {"note": "I counted it"}) == "SETTLED_BY_SOMEBODY_ELSE"
    assert await refused(world, undo, {"note": "I may not"}, role="back_office") == "NOT_ALLOWED"
    undone = await world.done("POST", undo, {"note": "A mistake"}, headers=other, key=str(world.id()))
    assert undone["open_minor"] == -100


async def test_nobody_settles_a_difference_that_they_counted_or_handed_in(world: World, books: Books) -> None:
    path = await handed_in(world, books)
    await world.done("POST", f"{path}/accept", counted(900, reason="short"), key=str(world.id()))
    settle = {"how": "written_off", "note": "Never mind"}
    assert await refused(world, f"{path}/settle", settle) == "SETTLED_BY_SOMEBODY_ELSE"
    assert await refused(world, f"{path}/settle", settle, role="back_office") == "NOT_ALLOWED"


async def test_a_colleague_takes_cash_over_in_the_field_by_a_count_of_their_own(world: World, books: Books) -> None:
    await world.token("technician")
    lead = world._staff["technician",]["id"]
    path = await handed_in(world, books, to_staff_id=str(lead))
    [waiting] = await leaves_whole(world, "/v1/cash/hand-ins?waiting=true", role="technician")
    assert (waiting["to_staff_id"], waiting["counted"]) == (str(lead), None)
    assert await refused(world, f"{path}/accept", counted(1_000), role="back_office") == "FOR_SOMEBODY_ELSE"
    assert await refused(world, f"{path}/take-over", counted(1_000), role="agent") == "FOR_SOMEBODY_ELSE"
    taken = await world.done("POST", f"{path}/take-over", counted(980, reason="miscounted"), role="technician", key=str(world.id()))
    assert taken["difference_minor"] == -20
    agents = {one["staff_id"]: one["held_minor"] for one in (await world.done("GET", "/v1/cash/agents"))["agents"]}
    assert (agents[str(lead)], sorted(agents.values())) == (980, [0, 980])
    # and hands it in for both
    on = await world.done("POST", "/v1/cash/hand-ins", counted(980), role="technician", key=str(world.id()))
    assert (await accepted(world, f"/v1/cash/hand-ins/{on['hand_in_id']}", 980))["difference_minor"] == 0


async def test_cash_is_handed_to_nobody_unknown_and_not_to_oneself(world: World, books: Books) -> None:
    await pay(world, 1_000, customer_id=await books.customer())
    me = world._staff["agent",]["id"]
    for receiver, code in ((str(world.id()), "RECEIVER_UNKNOWN"), (str(me), "HANDED_TO_ONESELF")):
        assert await refused(world, "/v1/cash/hand-ins", counted(1_000, to_staff_id=receiver), role="agent") == code
    path = await handed_in(world, books)
    assert await refused(world, f"{path}/take-over", counted(1_000), role="technician") == "FOR_SOMEBODY_ELSE"


@pytest.mark.parametrize(
    "constraint, forged",
    [
        ("settled_by_somebody_else", "accepted_by, 'written_off', missing_minor, 0"),
        ("settled_by_somebody_else", "staff_id, 'written_off', missing_minor, 0"),
        ("settlement_begins_with_all_missing", "$3, 'written_off', missing_minor - 1, 0"),
        ("settled_within_difference", "$3, 'written_off', missing_minor, missing_minor + 1"),
        ("settled_as_its_kind_allows", "$3, 'given_back', missing_minor, 0"),
        ("settlement_is_posted", "$3, 'written_off', missing_minor, 0"),
        ("settled_within_difference", "$3, 'undone', missing_minor, missing_minor - 1"),
    ],
)
async def test_no_raw_sql_settles_what_the_rule_refuses(world: World, books: Books, constraint: str, forged: str) -> None:
    path = await handed_in(world, books)
    await accepted(world, path, 900, reason="short")
    somebody = (await world.staff("manager"))["id"]
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=constraint):
        await world.sql(
            "insert into billing.cash_settlement (organisation_id, hand_in_id, step, settlement_id, staff_id, currency, accepted_by, missing_minor, settled_by, how,"
            " open_before, open_after, note, settled_at) select organisation_id, hand_in_id, 1, $2, staff_id, currency, accepted_by, missing_minor,"
            f" {forged}, 'Forged', now() from billing.cash_acceptance where organisation_id = $1 and ($3::uuid is not null)",
            world.organisation_id,
            world.id(),
            somebody,
        )


@pytest.mark.parametrize(
    "constraint, forged",
    [
        ("cash_accepted_by_somebody_else", "staff_id, 1000, null"),
        ("difference_has_its_reason", "$2, 900, null"),
        ("reason_fits_its_difference", "$2, 900, 'over'"),
        ("other_reason_is_told", "$2, 900, 'other'"),
        ("accepted_as_counted", "$2, 900, 'short'"),
    ],
)
async def test_no_raw_sql_accepts_what_the_rule_refuses(world: World, books: Books, constraint: str, forged: str) -> None:
    await handed_in(world, books)
    somebody = (await world.staff("back_office"))["id"]
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=constraint):
        await world.sql(
            "insert into billing.cash_acceptance (organisation_id, hand_in_id, staff_id, counted_minor, currency, into_holder, count_number, accepted_at, accepted_by,"
            f" accepted_minor, reason) select organisation_id, hand_in_id, staff_id, counted_minor, currency, into_holder, 1, now(), {forged}"
            " from billing.cash_hand_in where organisation_id = $1 and ($2::uuid is not null)",
            world.organisation_id,
            somebody,
        )
