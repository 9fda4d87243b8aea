"""What the bank counted otherwise than a slip says is settled with its reason, and keeps the period open until then."""

from typing import Any

import asyncpg
import httpx
import pytest

from service.settings import Settings
from tests.billing.bank_files import balances, entry, imported, statement, with_account
from tests.billing.builders import Books
from tests.billing.test_bank_cash import accepted, banked, confirmed, deposit
from tests.billing.test_close_period import close
from tests.billing.test_match_bank_line import act, only_line
from tests.files import leaves_whole
from tests.proofs.soundness import offences
from tests.world import World

LISTED = "/v1/cash/differences"


async def on_its_way(world: World, books: Books) -> str:
    """A deposit of 15.00 that nobody has told the arrival of."""
    return str((await banked(world, deposit(await accepted(world, books, 1_500)))).json()["deposit_id"])


async def settled(world: World, deposit_id: str, role: Any = "manager", **told: Any) -> httpx.Response:
    body = {"note": "As agreed with the bank", **told}
    return await world.post(f"/v1/cash/deposits/{deposit_id}/settle", body, role=role, key=str(world.id()))


async def differences(world: World) -> dict[str, int]:
    """What lies on difference accounts, with what staff owe, the company bears, and the office holds."""
    found = await balances(world)
    return {kind: found.get(kind, 0) for kind in ("cash_difference", "owed_by_staff", "write_off", "cash_office")}


async def test_what_the_bank_found_missing_is_settled_step_by_step_and_closes_the_day(
    world: World, books: Books, owner: asyncpg.Connection, settings: Settings
) -> None:
    deposit_id = await on_its_way(world, books)
    assert (await settled(world, deposit_id, how="written_off")).status_code == 404
    await confirmed(world, deposit_id, 1_400, reason="counterfeit", note="Two false tens")
    [told] = await leaves_whole(world, LISTED, role="back_office")
    assert (told["deposit_id"], told["slip"], told["hand_in_id"]) == (deposit_id, "E-4711", None)
    assert (told["counted_minor"], told["accepted_minor"], told["open_minor"], told["reason"]) == (1_500, 1_400, -100, "counterfeit")
    world.clock.forward(days=28)
    unexplained = (await close(world, "2026-03-31")).json()
    assert unexplained["code"] == "PERIOD_UNEXPLAINED"
    assert {"CASH_DIFFERENCE_OPEN"} == {one["reason"] for one in unexplained["unexplained"]}
    assert (await settled(world, deposit_id, how="charged", amount_minor=40)).json()["open_minor"] == -60
    assert (await settled(world, deposit_id, how="charged", amount_minor=61)).json()["code"] == "MORE_THAN_DIFFERS"
    assert (await settled(world, deposit_id, how="given_back")).json()["code"] == "SETTLED_OTHERWISE"
    rest = {"how": "written_off", "id": str(world.id())}
    first, again = [await settled(world, deposit_id, **rest) for _ in "12"]
    assert (first.status_code, again.status_code, again.json()) == (201, 200, first.json())
    assert (await settled(world, str(world.id()), **rest)).json()["code"] == "ID_TAKEN"
    assert (await settled(world, deposit_id, how="written_off")).json()["code"] == "MORE_THAN_DIFFERS"
    assert await differences(world) == {"cash_difference": 0, "owed_by_staff": 40, "write_off": 60, "cash_office": 0}
    assert (await world.done("GET", LISTED, role="back_office"))["items"] == []
    [whole] = (await world.done("GET", f"{LISTED}?settled=true", role="back_office"))["items"]
    assert [one["how"] for one in whole["settlements"]] == ["charged", "written_off"]
    clerk = world._staff["back_office",]["id"]
    lines = (await world.done("GET", f"/v1/cash/statements/{clerk}?currency=EUR"))["lines"]
    assert [one["what"] for one in lines] == ["difference", "settled", "settled"]
    assert (await close(world, "2026-03-31")).status_code == 201
    assert await offences(owner, settings, world) == {}


async def test_what_the_bank_found_too_much_is_kept_or_was_the_offices(world: World, books: Books) -> None:
    deposit_id = await on_its_way(world, books)
    await confirmed(world, deposit_id, 1_700, reason="over")
    assert (await settled(world, deposit_id, how="charged")).json()["code"] == "SETTLED_OTHERWISE"
    assert (await settled(world, deposit_id, how="given_back", amount_minor=150)).json()["open_minor"] == 50
    assert (await settled(world, deposit_id, how="written_off")).json()["open_minor"] == 0
    assert await differences(world) == {"cash_difference": 0, "owed_by_staff": 0, "write_off": -50, "cash_office": -150}


async def test_nobody_settles_what_they_banked_or_told(world: World, books: Books) -> None:
    deposit_id = await on_its_way(world, books)
    told = {"arrived": {"amount": 1_400, "currency": "EUR"}, "bank_reference": "NTRF-1", "reason": "short"}
    await world.done("POST", f"/v1/cash/deposits/{deposit_id}/confirm", told, role="manager", key=str(world.id()))
    [listed] = (await world.done("GET", LISTED, role="back_office"))["items"]
    assert (listed["accepted_by"], listed["accepted_by_name"]) == (str(world._staff["manager",]["id"]), "Robin Field")
    assert (await settled(world, deposit_id, how="written_off")).json()["code"] == "SETTLED_BY_SOMEBODY_ELSE"
    assert (await settled(world, deposit_id, role="back_office", how="written_off")).json()["code"] == "NOT_ALLOWED"


async def matched(world: World, books: Books) -> tuple[str, str]:
    """A deposit that a line shows with a note less: the deposit, the line."""
    await with_account(world)
    deposit_id = await on_its_way(world, books)
    await imported(world, statement(0, 1_400, entry(1_400, "E-4711")))
    line = await only_line(world, "waiting")
    assert (await act(world, line, "match", {"deposit_id": deposit_id, "reason": "short"})).is_success
    return deposit_id, line["id"]


async def test_an_undone_match_takes_its_difference_back_unless_it_was_settled(
    world: World, books: Books, owner: asyncpg.Connection, settings: Settings
) -> None:
    deposit_id, line_id = await matched(world, books)
    line = {"id": line_id}
    assert (await act(world, line, "undo")).is_success
    assert (await world.done("GET", f"{LISTED}?settled=true", role="back_office"))["items"] == []
    assert (await differences(world))["cash_difference"] == 0
    assert (await act(world, line, "match", {"deposit_id": deposit_id, "reason": "miscounted"})).is_success
    assert (await settled(world, deposit_id, how="turned_up")).json()["open_minor"] == 0
    refused = await act(world, line, "undo")
    assert (refused.status_code, refused.json()["code"]) == (409, "DIFFERENCE_SETTLED")
    assert await offences(owner, settings, world) == {}


FORGED = """
insert into billing.cash_settlement (organisation_id, arrival_id, hand_in_id, step, settlement_id, staff_id, currency, accepted_by, confirmed_by, missing_minor, settled_by, how, open_before,
  open_after, note, settled_at)
select organisation_id, {whose}, 1, $2, banked_by, currency, {told_by}, missing_minor, {how}, {figures}, 'Forged', now()
from billing.cash_arrival where organisation_id = $1 and $3::uuid is not null"""
SOUND = {"whose": "arrival_id, null", "told_by": "null, confirmed_by", "how": "$3, 'written_off'", "figures": "missing_minor, 0"}


@pytest.mark.parametrize(
    "constraint, forged",
    [
        ("settlement_is_posted", {}),
        ("settled_by_somebody_else", {"how": "banked_by, 'written_off'"}),
        ("settled_by_somebody_else", {"how": "replace(confirmed_by, 'staff:', '')::uuid, 'written_off'"}),
        ("settlement_of_one_difference", {"told_by": "null, null"}),
        ("settlement_of_one_difference", {"whose": "arrival_id, arrival_id"}),
        ("settlement_of_difference", {"whose": "null, arrival_id", "told_by": "banked_by, null", "how": "$3, 'written_off'"}),
        ("settled_by_a_person", {"how": "null, 'written_off'"}),
        ("settled_by_a_person", {"how": "$3, 'taken_back'"}),
        ("taken_back_with_its_arrival", {"how": "null, 'taken_back'"}),
        ("only_an_arrival_is_taken_back", {"how": "null, 'taken_back'", "figures": "missing_minor, 1"}),
        ("settlement_begins_with_all_missing", {"figures": "missing_minor - 1, 0"}),
    ],
)
async def test_no_raw_sql_settles_what_the_rule_refuses(world: World, books: Books, constraint: str, forged: dict[str, str]) -> None:
    deposit_id = await on_its_way(world, books)
    told = {"arrived": {"amount": 1_400, "currency": "EUR"}, "bank_reference": "NTRF-1", "reason": "short"}
    await world.done("POST", f"/v1/cash/deposits/{deposit_id}/confirm", told, role="manager", key=str(world.id()))
    somebody = (await world.staff("manager"))["id"]
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=constraint):
        await world.sql(FORGED.format(**SOUND | forged), world.organisation_id, world.id(), somebody)


async def test_no_raw_sql_takes_an_arrival_back_whose_difference_was_settled(world: World, books: Books) -> None:
    deposit_id, _ = await matched(world, books)
    await settled(world, deposit_id, how="written_off")
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="settled_difference_stays"):
        await world.sql(
            "insert into billing.cash_arrival (organisation_id, deposit_id, step, amount_minor, currency, banked_by, arrival_id, undoes, line_id, arrived_minor, confirmed_by, arrived_at)"
            " select organisation_id, deposit_id, 2, amount_minor, currency, banked_by, $2, arrival_id, line_id, arrived_minor, confirmed_by, now() from billing.cash_arrival"
            " where organisation_id = $1",
            world.organisation_id, world.id(),
        )  # fmt: skip
