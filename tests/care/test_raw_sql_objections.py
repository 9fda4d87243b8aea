"""What raw SQL as the service's role can't do: object twice at once or for another's invoice, or decide without the money and the words that it tells of."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from tests.care.builders import did
from tests.care.objections import Billed, billed
from tests.forged import forge

__all__ = ["billed"]


NEW = "00000000-0000-7000-8000-000000000001"


@pytest.mark.parametrize(
    "changes, constraint",
    [
        ({}, "one_objection_an_id"),
        ({"objection_id": NEW}, "one_objection_a_word"),
        ({"objection_id": NEW, "message_id": NEW}, "one_objection_a_number"),
        ({"objection_id": NEW, "message_id": NEW, "number": 2}, "objection_is_said"),
        ({"objection_id": NEW, "message_id": "heard", "number": 2}, "objection_holds_dunning"),
        ({"objection_id": "held", "message_id": "heard", "number": 2}, "objection_follows_a_decision"),
        ({"objection_id": "held", "message_id": "heard", "number": 1, "line_number": 2}, "objection_to_line"),
        ({"objection_id": NEW, "message_id": NEW, "number": 2, "reason": "bored"}, "objection_reason_is_known"),
    ],
)
async def test_no_statement_objects_out_of_turn_in_silence_or_with_dunning_going_on(
    billed: Billed, changes: dict[str, Any], constraint: str
) -> None:
    objection = await billed.objects(1)
    heard = await did(billed.world, objection["case_id"], "messages", channel="phone", words="And again")
    held = billed.world.id()
    await billed.world.sql(
        "insert into billing.dunning_hold (organisation_id, hold_id, customer_id, kind, invoice_id, currency, contested_minor, placed_by, placed_at)"
        " select organisation_id, $2, customer_id, kind, invoice_id, currency, contested_minor, placed_by, placed_at from billing.dunning_hold where organisation_id = $1",
        billed.world.organisation_id, held,
    )  # fmt: skip
    put = {"heard": heard["message_id"], "held": str(held)}
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as caught:
        await forge(billed.world, "care.objection", {name: put.get(str(value), value) for name, value in changes.items()})
    assert caught.value.constraint_name == constraint


CREDIT = {"credit_note_id": "other", "credited_net": 100, "credited_minor": 119}


@pytest.mark.parametrize(
    "changes, constraint",
    [
        ({"objection_id": "first", "number": 1, **CREDIT}, "one_decision_an_objection"),
        ({}, "one_decision_a_credit"),
        ({"outcome": "explained"}, "outcome_moves_its_money"),
        ({"outcome": "refunded"}, "outcome_moves_its_money"),
        ({"credit_note_id": None}, "outcome_moves_its_money"),
        ({**CREDIT, "line_number": 2}, "decision_of_objection"),
        ({**CREDIT, "answer_id": NEW}, "decision_is_said"),
        ({**CREDIT, "answer_id": "heard"}, "decision_is_said"),
        ({**CREDIT, "credited_net": 101}, "decision_credits_its_line"),
        ({**CREDIT, "credited_minor": 120}, "decision_credits_by_a_note"),
        ({**CREDIT, "outcome": "refunded", "refund_id": NEW, "refunded_minor": 120}, "refunds_what_was_credited"),
        ({**CREDIT, "outcome": "refunded", "refund_id": NEW, "refunded_minor": 119}, "decision_refunds"),
        (CREDIT, None),
    ],
)
async def test_no_statement_decides_with_other_money_or_words_than_there_were(
    billed: Billed, changes: dict[str, Any], constraint: str | None
) -> None:
    first = await billed.objects(1)
    await billed.decide(first, "credited", quantity="0", amount=4_000)
    second = await billed.objects(1)
    note = {"reason": "Something else", "lines": [{"line_number": 1, "quantity": "0", "amount": 100}]}
    path = f"/v1/invoices/{billed.invoice['id']}/credit-notes"
    other = await billed.world.done("POST", path, note, role="back_office", key="key-of-credit")
    await billed.world.sql(
        "insert into billing.dunning_hold_release (organisation_id, hold_id, released_by, released_at) values ($1, $2, 'x', $3)",
        billed.world.organisation_id, UUID(second["id"]), billed.world.clock.now,
    )  # fmt: skip
    put = {"first": first["id"], "other": other["id"], "heard": second["id"]}
    forged = {"objection_id": second["id"], "number": 2} | {name: put.get(str(value), value) for name, value in changes.items()}
    if constraint is None:
        await forge(billed.world, "care.objection_decision", forged)
        return
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as caught:
        await forge(billed.world, "care.objection_decision", forged)
    assert caught.value.constraint_name == constraint


async def test_no_statement_decides_while_dunning_is_still_held(billed: Billed) -> None:
    objection = await billed.objects(1)
    await billed.decide(await billed.objects(2), "explained")
    [row] = await billed.world.sql("select answer_id from care.objection_decision where organisation_id = $1", billed.world.organisation_id)
    forged = {"objection_id": objection["id"], "line_number": 1, "number": 1, "answer_id": str(row["answer_id"])}
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as caught:
        await forge(billed.world, "care.objection_decision", forged)
    assert caught.value.constraint_name == "decision_ends_the_hold"
