"""Raw SQL by the service's own role can't make bank money of a cheque that didn't clear, take one twice, or bounce it past its chain."""

from typing import Any

import asyncpg
import pytest

from service.billing.queries.payments import REVERSE_PAYMENT
from tests.billing.builders import Books
from tests.billing.test_receive_cheque import BOUNCED, acted, on_its_way
from tests.world import World

STEP = (
    "insert into billing.cheque_step (organisation_id, payment_id, step, before, state, customer_id, currency, amount_minor, posting_id, bank_reference, told_by, occurred_at)"
    " select organisation_id, payment_id, {step}, '{before}', '{state}', customer_id, currency, {amount}, {posting}, {reference}, 'x', now() from billing.cheque where payment_id = '{paid}'"
)


async def tried(world: World, edit: str) -> str | None:
    """The constraint that refuses an edit by the service's role; None where it stands."""
    async with world.database.pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        try:
            await connection.execute(f"set local sayso.organisation = '{world.organisation_id}'")
            await connection.execute(edit)
            await connection.execute("set constraints all immediate")
        except asyncpg.PostgresError as refused:
            return str(getattr(refused, "constraint_name", None) or type(refused).__name__)
        finally:
            await transaction.rollback()
    return None


def step(paid: str, **more: Any) -> str:
    told = {
        "step": 1,
        "before": "on_its_way",
        "state": "cleared",
        "amount": "amount_minor",
        "posting": "gen_random_uuid()",
        "reference": "'B1'",
        "paid": paid,
    }
    return STEP.format(**{**told, **more})


@pytest.mark.parametrize(
    "more, refused",
    [
        ({}, "clearing_is_posted"),
        ({"posting": "payment_id"}, "clearing_is_posted"),  # the payment's own transfer
        ({"amount": "amount_minor + 1"}, "cheque_step_of_cheque"),
        ({"reference": "null"}, "clearing_is_told_by_one"),
        ({"state": "bounced", "reference": "null"}, "bounce_of_reversal"),
        ({"state": "taken_back", "reference": "null"}, "bounce_of_reversal"),
        ({"before": "cleared", "state": "on_its_way", "reference": "null"}, "cheque_begins_on_its_way"),
        ({"step": 2, "before": "cleared", "state": "on_its_way", "reference": "null"}, "cheque_step_follows"),
        ({"state": "gone", "reference": "null"}, "cheque_moves"),
    ],
)
async def test_no_step_stands_without_what_it_moves(world: World, books: Books, more: dict[str, Any], refused: str) -> None:
    assert await tried(world, step(await on_its_way(world, books), **more)) == refused


async def test_a_cheque_is_one_payment_whose_money_moved(world: World, books: Books) -> None:
    paid = await on_its_way(world, books)
    columns = "organisation_id, customer_id, key_kind, method, amount_minor, currency, captured_at, source_kind, source_holder"
    payment = f"insert into billing.payment (payment_id, key, {columns}) select gen_random_uuid(), 'again', {columns} from billing.payment where payment_id = '{paid}'"
    assert await tried(world, payment) == "payment_is_posted"
    as_bank = payment.replace("source_kind, source_holder from", "'bank', '' from")
    assert await tried(world, as_bank) == "money_lies_where_its_method_puts_it"
    paper = "number, bank, dated_on"
    again = f"insert into billing.cheque (organisation_id, payment_id, customer_id, currency, amount_minor, {paper}, nth, instead_of, again_after) select organisation_id, gen_random_uuid(), customer_id, currency, amount_minor, {paper}, {{}} from billing.cheque where payment_id = '{paid}'"
    assert await tried(world, again.format("1, null, null")) == "one_payment_a_cheque"
    assert await tried(world, again.format("2, null, null")) == "cheque_again_names_the_one_before"
    assert await tried(world, again.format("2, payment_id, null")) == "cheque_again_names_the_one_before"
    assert await tried(world, again.format("2, payment_id, 'other'")) == "cheque_again_once_taken_back"
    for edit in (
        "update billing.cheque set number = '1'",
        "delete from billing.cheque_step",
        "update billing.cheque_step set state = 'cleared'",
    ):
        assert await tried(world, edit) == "InsufficientPrivilegeError"


@pytest.mark.parametrize("told", ["bounced_cheque", "mistyped"])
async def test_a_bounced_cheque_stands_again_for_its_own_amount_only(world: World, books: Books, told: str) -> None:
    paid = await on_its_way(world, books)
    await acted(world, paid, "reverse", BOUNCED)
    columns = "organisation_id, customer_id, currency, number, bank, dated_on"
    other = f"insert into billing.cheque ({columns}, payment_id, amount_minor, nth, instead_of, again_after) select {columns}, gen_random_uuid(), 1, 2, payment_id, '{told}' from billing.cheque where payment_id = '{paid}'"
    refused = {"bounced_cheque": "only_a_mistyped_cheque_changes_its_amount", "mistyped": "cheque_again_once_taken_back"}
    assert await tried(world, other) == refused[told]


async def test_a_cheque_is_not_taken_back_past_its_chain_nor_told_again_afterwards(world: World, books: Books) -> None:
    paid = await on_its_way(world, books)
    await acted(world, paid, "reverse", BOUNCED)
    assert await tried(world, step(paid, step=2, before="bounced")) == "cheque_moves"
    assert await tried(world, step(paid, step=2)) == "cheque_step_follows"
    assert await tried(world, step(paid)) == "cheque_step_pkey"
    [rows] = await world.sql(
        "select count(*) as n from billing.payment_reversal r join billing.bank_sighting s on s.reversal_id = r.reversal_id and s.organisation_id = r.organisation_id"
        " join billing.cheque_step c on c.reversal_id = r.reversal_id and c.organisation_id = r.organisation_id where r.organisation_id = $1",
        world.organisation_id,
    )
    assert rows["n"] == 1


@pytest.mark.parametrize("cause, state", [("bounced_cheque", "taken_back"), ("mistyped", "bounced"), ("other", "bounced")])
async def test_a_mistake_is_not_passed_off_as_a_bounce_nor_a_bounce_as_a_mistake(
    world: World, books: Books, cause: str, state: str
) -> None:
    honest = "case when :cause::text in ('mistyped', 'other') then 'taken_back' else 'bounced' end"
    honest = honest.replace(":cause", f"${REVERSE_PAYMENT.parameters.index('cause') + 1}")
    assert REVERSE_PAYMENT.text.count(honest) == 1
    values = {
        "payment_id": await on_its_way(world, books), "reversal_id": world.id(), "by_line": False, "organisation": world.organisation_id, "actor": "staff:x",
        "replaced_minor": 0, "at": world.clock.now, "cause": cause, "reason": "x", "request_id": world.id(), "route": None, "key_hash": None, "body_hash": None,
    }  # fmt: skip
    tenant = f"set local sayso.organisation = '{world.organisation_id}'; set local sayso.at = '{world.clock.now.isoformat()}'"
    async with world.database.pool.acquire() as connection, connection.transaction():
        await connection.execute(tenant)
        with pytest.raises(asyncpg.ForeignKeyViolationError) as refused:
            await connection.fetch(
                REVERSE_PAYMENT.text.replace(honest, f"'{state}'"), *(values[name] for name in REVERSE_PAYMENT.parameters)
            )
    assert refused.value.constraint_name == "cheque_taken_back_in_its_turn"
