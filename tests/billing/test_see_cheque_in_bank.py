"""A cheque clears by the line that brings its money and bounces by the line that takes it back, whoever told it before; undoing takes back just that."""

import asyncio
from collections import defaultdict
from typing import Any

import asyncpg
import pytest

from service.settings import Settings
from tests.billing.bank_files import PAYERS, balances, entry, imported, lines, statement, with_account
from tests.billing.builders import Books, cash
from tests.billing.test_match_bank_line import act, only_line, steps, suggested
from tests.billing.test_receive_cheque import BOUNCED, acted, cheques, on_its_way
from tests.proofs.soundness import offences
from tests.world import World

DEPOSIT = entry(5_000, "SCHECK 00 4711 E.V.", reference="NTRF-1")


@pytest.fixture(autouse=True)
async def account(world: World) -> str:
    """The account that all files here are of."""
    return await with_account(world)


async def in_books(world: World) -> tuple[int, int, int, int]:
    """What lies in the bank, in cheques and unmatched, and is owed."""
    found = defaultdict(int, await balances(world))
    return found["bank"], found["cheques"], found["unmatched"], found["receivable"]


async def standing(world: World) -> list[tuple[str, str | None]]:
    """Each cheque's state, and the reference by which it cleared."""
    return [(one["state"], one["bank_reference"]) for one in await cheques(world)]


async def states(world: World) -> list[str]:
    """Each cheque's state, in no order."""
    return sorted(state for state, _ in await standing(world))


async def test_the_line_that_names_a_cheque_clears_it_and_its_undo_takes_that_back(
    world: World, books: Books, owner: asyncpg.Connection, settings: Settings
) -> None:
    paid = await on_its_way(world, books)
    await imported(world, statement(0, 5_000, DEPOSIT))
    line = await only_line(world, "matched")
    assert await steps(world, line["id"]) == [("told", "cheque_number")]
    assert (await in_books(world), await standing(world)) == ((5_000, 0, 0, 0), [("cleared", "NTRF-1")])
    assert [one["bank_line_id"] for one in await cheques(world)] == [line["id"]]
    for verb, body in (("clear/undo", None), ("reverse", BOUNCED)):
        assert (await acted(world, paid, verb, body)).json()["code"] == "PAYMENT_ON_BANK_LINE"
    assert (await act(world, line, "undo")).status_code == 200
    assert (await in_books(world), await standing(world)) == ((5_000, 5_000, -5_000, 0), [("on_its_way", None)])
    [one] = [it for it in await suggested(world, line) if it["posts"]]
    assert (one["rule"], one["payment_id"], one["name"], one["amount_minor"]) == ("cheque_number", paid, "00-4711", 5_000)
    assert (await act(world, line, "match", {"payment_id": paid})).status_code == 200
    assert await offences(owner, settings, world) == {}


async def test_a_cheque_cleared_by_hand_is_seen_by_its_reference_and_stays_cleared_when_that_is_undone(
    world: World, books: Books, owner: asyncpg.Connection, settings: Settings
) -> None:
    paid = await on_its_way(world, books)
    await acted(world, paid, "clear", {"bank_reference": "NTRF-1"})
    await imported(world, statement(0, 5_000, entry(5_000, "Gutschrift", reference="NTRF-1")))
    line = await only_line(world, "matched")
    assert await steps(world, line["id"]) == [("told", "told_before")]
    assert (await in_books(world), await standing(world)) == ((5_000, 0, 0, 0), [("cleared", "NTRF-1")])
    await act(world, line, "undo")
    assert (await in_books(world), await standing(world)) == ((10_000, 0, -5_000, 0), [("cleared", "NTRF-1")])
    assert await offences(owner, settings, world) == {}


async def test_a_line_that_takes_it_back_bounces_it_and_the_undo_of_that_clears_it_again(
    world: World, books: Books, owner: asyncpg.Connection, settings: Settings
) -> None:
    paid = await on_its_way(world, books)
    await imported(world, statement(0, 0, DEPOSIT, entry(-5_000, "RUECKSCHECK 004711", reversal=True)))
    assert await lines(world, "waiting") == []
    back = next(one for one in await lines(world, "matched") if one["amount_minor"] < 0)
    assert await steps(world, back["id"]) == [("reversal", "cheque_number")]
    assert (await in_books(world), await standing(world)) == ((0, 0, 0, 5_000), [("bounced", None)])
    [cause] = await world.sql("select cause from billing.payment_reversal where organisation_id = $1", world.organisation_id)
    assert cause["cause"] == "bounced_cheque"
    assert await offences(owner, settings, world) == {}
    assert (await act(world, back, "undo")).status_code == 200
    assert (await in_books(world), await states(world)) == ((0, 0, 5_000, 0), ["bounced", "cleared"])
    [again] = await cheques(world, "cleared")
    assert (again["number"], again["payment_id"] == paid) == ("00-4711", False)
    assert [(one["payment_id"], one["posts"]) for one in await suggested(world, back)] == [(again["payment_id"], True)]
    assert (await act(world, back, "match", {"payment_id": paid})).status_code == 200
    assert (await in_books(world), await states(world)) == ((0, 0, 0, 5_000), ["bounced", "bounced"])
    assert await offences(owner, settings, world) == {}


async def test_a_bounce_told_by_hand_is_seen_on_both_of_its_lines(
    world: World, books: Books, owner: asyncpg.Connection, settings: Settings
) -> None:
    paid = await on_its_way(world, books)
    await acted(world, paid, "reverse", BOUNCED)
    await imported(world, statement(0, 0, DEPOSIT, entry(-5_000, "RUECKSCHECK 004711", reversal=True)))
    for one in sorted(await lines(world, "waiting"), key=lambda it: int(it["amount_minor"])):
        assert (await act(world, one, "match", {"payment_id": paid})).status_code == 200
    assert (await in_books(world), await standing(world)) == ((0, 0, 0, 5_000), [("bounced", None)])
    for one in sorted(await lines(world, "matched"), key=lambda it: -int(it["amount_minor"])):
        assert (await act(world, one, "undo")).status_code == 200
    assert (await in_books(world), await standing(world)) == ((0, 0, 0, 5_000), [("bounced", None)])
    assert await offences(owner, settings, world) == {}


async def test_a_short_number_or_the_amount_alone_is_a_persons_choice(world: World, books: Books) -> None:
    short, other = await on_its_way(world, books, number="101"), await on_its_way(world, books, number="5005")
    await imported(world, statement(0, 5_000, entry(5_000, "CHEQUE 101")))
    line = await only_line(world)
    found = [(one["rule"], one["posts"], one["payment_id"]) for one in await suggested(world, line)]
    assert found[:2] == [("cheque_number", False, short), ("cheque_amount", False, other)]


@pytest.mark.parametrize("number, said", [("4711", "Kundennummer 4711"), ("4711", "CHECK-IN 4711"), ("2026", "SCHECK vom 3.3.2026")])
async def test_somebodys_transfer_with_the_number_in_its_words_clears_no_cheque_by_itself(
    world: World, books: Books, number: str, said: str
) -> None:
    paid = await on_its_way(world, books, number=number)
    await imported(world, statement(0, 5_000, entry(5_000, said, name="Bo Other", iban=PAYERS)))
    found = [(one["rule"], one["posts"], one["payment_id"]) for one in await suggested(world, await only_line(world))]
    assert (found, await states(world)) == ([("cheque_number", False, paid)], ["on_its_way"])


async def test_a_line_that_says_it_is_a_cheque_clears_it_whoever_it_names(world: World, books: Books) -> None:
    await on_its_way(world, books)
    await imported(world, statement(0, 5_000, entry(5_000, "Cheque no. 004711", name="Ada Owner", iban=PAYERS)))
    assert await states(world) == ["cleared"]


async def test_what_we_pay_bounces_no_cheque_by_itself(world: World, books: Books) -> None:
    paid = await on_its_way(world, books)
    await imported(world, statement(5_000, 0, entry(-5_000, "Rechnung 004711", name="Office Supplies", iban=PAYERS)))
    found = [(one["rule"], one["posts"], one["payment_id"]) for one in await suggested(world, await only_line(world))]
    assert (found, await states(world)) == ([("cheque_number", False, paid)], ["on_its_way"])


async def test_a_return_bounces_no_cheque_by_itself_where_it_may_be_a_refund_of_that_amount(world: World, books: Books) -> None:
    paid = await on_its_way(world, books)
    customer_id = await books.customer()
    await world.done("POST", "/v1/payments/cash", cash(5_000, customer_id=customer_id), role="agent", key=str(world.id()))
    refund = {"amount": {"amount": 5_000, "currency": "EUR"}, "via": "bank_transfer", "reason": "Too much"}
    await world.done("POST", f"/v1/customers/{customer_id}/refunds", refund, role="back_office", key=str(world.id()))
    await imported(world, statement(5_000, 0, entry(-5_000, "Erstattung 004711", reversal=True)))
    found = [(one["rule"], one["posts"], one["payment_id"]) for one in await suggested(world, await only_line(world))]
    assert (found, await states(world)) == ([("cheque_number", False, paid), ("amount", False, None)], ["on_its_way"])


async def test_one_line_of_several_cheques_is_taken_apart(
    world: World, books: Books, owner: asyncpg.Connection, settings: Settings
) -> None:
    some = [await on_its_way(world, books, number=number) for number in ("5001", "5002")]
    await imported(world, statement(0, 10_000, entry(10_000, "SCHECKEINREICHUNG 2 STK")))
    line = await only_line(world)
    assert {one["payment_id"] for one in await suggested(world, line)} == set(some)
    for paid in some:
        assert (await act(world, line, "match", {"payment_id": paid})).status_code == 200
    assert (await in_books(world), await states(world)) == ((10_000, 0, 0, 0), ["cleared", "cleared"])
    back = entry(-5_350, "RETURNED 5002 FEE", on="2026-03-04")
    await imported(world, statement(10_000, 4_650, back, on="2026-03-04", name="S2"))
    line = await only_line(world)
    assert (await act(world, line, "match", {"payment_id": some[1]})).json()["lines"][0]["open_minor"] == 350
    assert (await act(world, line, "dismiss", {"reason": "bank_fees"})).status_code == 200
    assert (await in_books(world), await states(world)) == ((4_650, 0, 0, 5_000), ["bounced", "cleared"])
    assert await offences(owner, settings, world) == {}


async def test_a_line_smaller_than_its_cheque_is_not_it(world: World, books: Books) -> None:
    paid = await on_its_way(world, books)
    await imported(world, statement(0, 4_900, entry(4_900, "SCHECK 004711")))
    line: dict[str, Any] = await only_line(world)
    assert await suggested(world, line) == []
    assert (await act(world, line, "match", {"payment_id": paid})).json()["code"] == "BANK_MATCH_DIFFERS"


async def test_lines_and_people_at_once_make_one_clearing_or_one_bounce_of_a_cheque(
    world: World, books: Books, owner: asyncpg.Connection, settings: Settings
) -> None:
    paid, other = await on_its_way(world, books, number="A1"), await on_its_way(world, books, number="A2")
    await imported(world, statement(0, 0, entry(5_000, "one"), entry(5_000, "two"), entry(-5_000, "three"), entry(-5_000, "four")))
    waiting = await lines(world)
    incoming, outgoing = [[one for one in waiting if (one["amount_minor"] > 0) is way] for way in (True, False)]
    match = {"payment_id": paid}
    first = await asyncio.gather(
        *(act(world, one, "match", match) for one in incoming), acted(world, paid, "clear", {"bank_reference": "B1"})
    )
    assert sorted(one.status_code for one in first[:2]) == [200, 422]
    [shown] = await lines(world, "matched")
    both = await asyncio.gather(
        *(act(world, one, "match", match) for one in outgoing), act(world, shown, "undo"), acted(world, paid, "reverse", BOUNCED)
    )
    assert all(one.status_code < 500 for one in both)
    assert await states(world) in (["bounced", "on_its_way"], ["cleared", "on_its_way"])
    await asyncio.gather(*(acted(world, other, "reverse", BOUNCED) for _ in "12"), act(world, incoming[0], "match", {"payment_id": other}))
    assert await offences(owner, settings, world) == {}
