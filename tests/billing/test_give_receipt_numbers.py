"""A device gives receipt numbers of its own book without signal: each once, by whom it belongs to, and none gets lost unseen."""

import asyncio
import csv
import io
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from service.billing.receipt_blocks import number_in_block
from tests.billing.builders import Books, cash, pay
from tests.world import World


async def device(world: World, role: Any = "agent", *, revoked: bool = False) -> UUID:
    """A phone of whoever has that role."""
    await world.token(role)
    device_id = world.id()
    await world.sql(
        "insert into identity.device (organisation_id, device_id, staff_id, name, registered_at, revoked_at) values ($1, $2, $3, 'Phone', $4, case when $5 then $4::timestamptz end)",
        world.organisation_id, device_id, world._staff[role,]["id"], world.clock.now, revoked,
    )  # fmt: skip
    return device_id


async def book(world: World, size: int = 5, **more: Any) -> dict[str, Any]:
    return await world.done("POST", f"/v1/devices/{await device(world)}/receipt-blocks", {"size": size, **more}, role="agent")


async def code_of(world: World, body: dict[str, Any], role: Any = "agent") -> str:
    answer = await world.post("/v1/payments/cash", body, role=role, key=str(world.id()))
    assert answer.is_client_error, answer.text
    return str(answer.json()["code"])


async def test_a_book_has_numbers_in_order_with_check_digits_and_books_have_no_gap(world: World) -> None:
    phone = await device(world)
    told = [await world.done("POST", f"/v1/devices/{phone}/receipt-blocks", {"size": 2}, role="agent") for _ in range(3)]
    assert [one["block"] for one in told] == [1, 2, 3]
    assert told[0]["numbers"] == [number_in_block(1, 1), number_in_block(1, 2)]
    twin = await world.sql("select billing.number_in_block($1, $2)", 3, 2)
    assert told[2]["numbers"][1] == twin[0][0]
    assert len({f"B-000001-001-{n:02d}" for n in range(100) if number_in_block(1, 1) == f"B-000001-001-{n:02d}"}) == 1


async def test_a_book_asked_for_again_is_the_same_and_eight_at_once_are_eight(world: World) -> None:
    phone, again = await device(world), {"id": str(world.id()), "size": 3}
    path = f"/v1/devices/{phone}/receipt-blocks"
    first, second = [await world.post(path, again, role="agent") for _ in "12"]
    assert (first.status_code, second.status_code, first.json()) == (201, 200, second.json())
    assert (await world.post(path, {**again, "size": 4}, role="agent")).json()["code"] == "ID_TAKEN"
    answers = await asyncio.gather(*(world.done("POST", path, {"size": 1}, role="agent") for _ in range(8)))
    assert sorted(one["block"] for one in answers) == [2, 3, 4, 5, 6, 7, 8, 9]


async def test_only_a_live_device_of_ones_own_is_given_numbers(world: World) -> None:
    path = "/v1/devices/{}/receipt-blocks"
    assert (await world.post(path.format(await device(world)), {}, role="technician")).status_code == 404
    assert (await world.post(path.format(await device(world, revoked=True)), {}, role="agent")).json()["code"] == "NO_NUMBERS_FOR_DEVICE"


async def test_a_payment_told_later_has_the_number_that_was_given_at_the_door(world: World, books: Books) -> None:
    numbers = (await book(world))["numbers"]
    body = cash(1_000, customer_id=await books.customer(), id=world.id(), receipt_number=numbers[0])
    first, again = [await world.post("/v1/payments/cash", body, role="agent", key=str(world.id())) for _ in "12"]
    assert (first.status_code, again.status_code, first.json()) == (201, 200, again.json())
    assert first.json()["receipt_number"] == numbers[0]
    assert (await pay(world, 500, customer_id=await books.customer()))["receipt_number"].startswith("R-")


async def test_a_number_is_given_once_by_its_owner_and_inside_its_book(world: World, books: Books) -> None:
    numbers, customer_id = (await book(world))["numbers"], await books.customer()

    def told(number: str, **more: Any) -> dict[str, Any]:
        return cash(1_000, customer_id=customer_id, id=world.id(), receipt_number=number, **more)

    await world.done("POST", "/v1/payments/cash", told(numbers[0]), role="agent", key=str(world.id()))
    assert await code_of(world, told(numbers[0])) == "RECEIPT_NUMBER_TAKEN"
    assert await code_of(world, told(numbers[1]), role="technician") == "NUMBER_NOT_IN_YOUR_BLOCK"
    assert await code_of(world, told(number_in_block(1, 6))) == "NUMBER_NOT_IN_YOUR_BLOCK"
    assert await code_of(world, told(number_in_block(2, 1))) == "NUMBER_NOT_IN_YOUR_BLOCK"
    wrong = numbers[1][:-2] + f"{(int(numbers[1][-2:]) + 1) % 97:02d}"
    assert await code_of(world, told(wrong)) == "NUMBER_NOT_IN_YOUR_BLOCK"
    assert await code_of(world, told("R-20260304-ABCDEFGH")) == "NUMBER_NOT_IN_YOUR_BLOCK"
    without = {**told(numbers[1])}
    del without["id"]
    assert await code_of(world, without) == "INVALID_DOCUMENT"
    [[paid]] = await world.sql("select count(*) from billing.payment where organisation_id = $1", world.organisation_id)
    assert paid == 1, "a refused number leaves no payment behind"


async def test_two_payments_with_one_number_at_once_are_one(world: World, books: Books) -> None:
    number, customer_id = (await book(world))["numbers"][0], await books.customer()
    bodies = [cash(1_000 + n, customer_id=customer_id, id=world.id(), receipt_number=number) for n in range(4)]
    answers = await asyncio.gather(*(world.post("/v1/payments/cash", body, role="agent", key=str(world.id())) for body in bodies))
    assert sorted(one.status_code for one in answers) == [201, 409, 409, 409]


async def test_the_report_says_what_became_of_each_number(world: World, books: Books) -> None:
    told = await book(world, 10)
    for n in (0, 3):
        body = cash(1_000, customer_id=await books.customer(), id=world.id(), receipt_number=told["numbers"][n])
        await world.done("POST", "/v1/payments/cash", body, role="agent", key=str(world.id()))
    void = {"from_serial": 1, "until_serial": 2, "reason": "Torn out"}
    path = f"/v1/receipt-blocks/{told['block_id']}/void"
    assert (await world.post(path, void, role="technician")).status_code == 404
    assert (await world.done("POST", path, void, role="agent"))["voided"] == 1
    [line] = (await world.done("GET", "/v1/reports/receipt-numbers", role="back_office"))["items"]
    assert (line["given"], line["void"], line["missing"], line["unused"], line["missing_numbers"]) == (2, 1, 1, 6, told["numbers"][2])
    assert (
        await code_of(world, cash(1_000, customer_id=await books.customer(), id=world.id(), receipt_number=told["numbers"][1]))
        == "RECEIPT_NUMBER_TAKEN"
    )
    # lost with the phone: the office voids the rest
    rest = {"from_serial": 1, "until_serial": 10, "reason": "The phone was lost"}
    assert (await world.done("POST", path, rest, role="back_office"))["voided"] == 7
    [row] = csv.DictReader(io.StringIO((await world.get("/v1/reports/receipt-numbers.csv", role="back_office")).text))
    assert (row["given"], row["void"], row["missing"], row["unused"]) == ("2", "8", "0", "0")
    assert (await world.get("/v1/reports/receipt-numbers.jsonl", role="back_office")).text.count("\n") == 1
    backwards = await world.post(path, {"from_serial": 2, "until_serial": 1, "reason": "No"}, role="agent")
    assert backwards.json()["code"] == "INVALID_DOCUMENT"


@pytest.mark.parametrize(
    "constraint, values",
    [
        ("receipt_number_in_its_block", "1, 6, b.staff_id, 5, null, null, null, null, 'Void'"),
        ("number_of_block", "1, 1, p.customer_id, 5, null, null, null, null, 'Void'"),
        ("number_of_block", "1, 6, b.staff_id, 6, null, null, null, null, 'Void'"),
        ("number_given_or_void", "1, 1, b.staff_id, 5, p.payment_id, p.customer_id, p.currency, p.amount_minor, 'Both'"),
        ("number_given_by_its_owner", "1, 1, b.staff_id, 5, p.payment_id, p.customer_id, p.currency, p.amount_minor + 1, null"),
        ("number_stands_on_its_receipt", "1, 1, b.staff_id, 5, p.payment_id, p.customer_id, p.currency, p.amount_minor, null"),
    ],
)
async def test_no_raw_sql_gives_a_number_otherwise(world: World, books: Books, constraint: str, values: str) -> None:
    await book(world)
    await pay(world, 1_000, customer_id=await books.customer())
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=constraint):
        await world.sql(
            "insert into billing.receipt_number_use (organisation_id, block, serial, staff_id, size, payment_id, customer_id, currency, amount_minor, reason, told_at)"
            f" select p.organisation_id, {values}, now() from billing.payment p, billing.receipt_block b where p.organisation_id = $1 and b.organisation_id = $1",
            world.organisation_id,
        )


async def test_no_receipt_has_a_number_of_a_book_that_wasnt_given_for_its_payment(
    world: World, books: Books, owner: asyncpg.Connection
) -> None:
    numbers = (await book(world))["numbers"]
    paid = UUID((await pay(world, 1_000, customer_id=await books.customer()))["payment_id"])
    transaction = owner.transaction()
    await transaction.start()
    await owner.execute("set local session_replication_role = replica")
    await owner.execute("delete from billing.receipt where payment_id = $1", paid)
    await owner.execute("set local session_replication_role = origin; set constraints all immediate")
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="receipt_from_a_block"):
        await owner.execute(
            "insert into billing.receipt (organisation_id, payment_id, receipt_number, outcome) values ($1, $2, $3, '{}')",
            world.organisation_id,
            paid,
            numbers[0],
        )
    await transaction.rollback()
