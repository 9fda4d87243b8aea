"""What bank lines show, forged with raw SQL by the service's own role: refused by a named constraint."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from service.settings import Settings
from tests.authorisations.ledger import NINE, Rows, insert
from tests.billing.bank_files import with_account
from tests.billing.builders import Books, pay
from tests.billing.test_claim_refunded_money import refunded_and_returned
from tests.billing.test_match_bank_line import act
from tests.billing.test_undo_bank_steps import SUM, made_of, moved, refund, told
from tests.security.test_raw_sql_money import Forger
from tests.world import World


@pytest.fixture
async def forger(world: World, books: Books, settings: Settings) -> AsyncIterator[Forger]:
    """Somebody with SQL at hand, as the service; rolled back."""
    connection = await asyncpg.connect(settings.database_url)
    transaction = connection.transaction()
    await with_account(world)
    customer_id = await books.customer()
    await pay(world, 5 * SUM, customer_id=customer_id)
    await transaction.start()
    await connection.execute(f"set local sayso.organisation = '{world.organisation_id}'; set constraints all immediate")
    yield Forger(connection, world, customer_id)
    await transaction.rollback()
    await connection.close()


async def reversal(forger: Forger, payment_id: str, source: str, **differences: Any) -> Rows:
    """A payment taken back as the service would, but for the differences."""
    reversal_id, who = forger.world.id(), str(forger.customer_id)
    rows = await forger.transfer(reversal_id, SUM, credit=source, credit_holder="")
    row = {
        **forger.organisation, "reversal_id": str(reversal_id), "payment_id": payment_id, "customer_id": who, "currency": "EUR", "amount_minor": SUM, "cause": "other",
        "reason": "forged", "reversed_by": "staff:x", "ordinal": 1, "source_kind": source, "source_holder": "",
    }  # fmt: skip
    return {**rows, "billing.payment_reversal": [row | differences]}


def shown(forger: Forger, line: dict[str, Any], subject: str, **figures: Any) -> Rows:
    """A line that shows a payment told by hand, honest but for the figures of its sighting; an outgoing one shows a refund."""
    posting, strand = str(forger.world.id()), line["id"]
    comes = line["amount_minor"] > 0
    sides: dict[str, Any] = {
        "debit_kind": "unmatched" if comes else "bank",
        "credit_kind": "bank" if comes else "unmatched",
        "debit_holder": "",
        "credit_holder": "",
    }
    whole = {**forger.organisation, "posting_id": posting, "ordinal": 1, **sides, "currency": "EUR", "amount_minor": SUM, "strand": strand}
    entries = [
        {**whole, "side": side, "version": 1, "balance_before": 0, "balance_after": SUM if side == "debit" else -SUM}
        for side in ("debit", "credit")
    ]
    transfer = {"kind": "bank_match", "subject_kind": "bank_line", "subject_id": line["id"], "occurred_at": str(NINE)}
    whose = {"kind": "told", "payment_id": subject} if comes else {"kind": "told_refund", "refund_id": subject}
    step = {
        **forger.organisation, "line_id": line["id"], "step": 1, "size_minor": SUM, "incoming": comes, "currency": "EUR", "open_before": SUM, "open_after": 0, "posting_id": posting,
        "ordinal": 1, "strand": strand, **sides, "customer_id": str(forger.customer_id), "shows": subject, "rule": "hand", "made_by": "staff:x", **whose,
    }  # fmt: skip
    seen = {**forger.organisation, "told_id": subject, "step": 1, "before": "told", "state": "seen", "line_id": line["id"], "line_step": 1}
    return {
        "billing.transfer": [whole | transfer],
        "billing.account_entry": entries,
        "billing.bank_step": [step],
        **({} if figures.get("state") == "none" else {"billing.bank_sighting": [seen | figures]}),
    }


async def test_an_honest_showing_passes_so_that_the_refusals_below_mean_something(world: World, forger: Forger) -> None:
    payment_id, (line,) = await told(world, forger.customer_id), await moved(world, SUM)
    await insert(forger.connection, shown(forger, line, payment_id))
    seen = await forger.connection.fetchval("select state from billing.bank_sighting where told_id = $1", UUID(payment_id))
    assert seen == "seen"


async def test_no_line_shows_what_another_shows_nor_anything_unsaid(world: World, forger: Forger) -> None:
    payment_id, lines = await told(world, forger.customer_id), await moved(world, SUM, SUM)
    await act(world, lines[0], "match", {"payment_id": payment_id})
    for figures, by in (
        ({}, "bank_sighting_pkey"),
        ({"step": 2}, "sighting_follows"),
        ({"step": 2, "before": "seen"}, "sighting_moves"),
        ({"step": 3}, "sighting_follows"),
        ({"told_id": str(world.id())}, "bank_step_is_sighted"),
        ({"state": "none"}, "bank_step_is_sighted"),
    ):
        await forger.refused(by, shown(forger, lines[1], payment_id, **figures))
    forged = shown(forger, lines[1], payment_id, state="none")
    forged["billing.bank_step"][0]["shows"] = lines[1]["id"]
    await forger.refused("bank_step_shows_what_it_names", forged)
    forged["billing.bank_step"][0]["kind"] = "payment"
    await forger.refused("bank_step_says_what_it_is", forged)
    forged["billing.bank_step"][0] |= {"kind": "other", "reason": "other"}
    await forger.refused("bank_step_says_what_it_is", forged)


async def test_no_line_is_opened_again_while_what_was_made_of_it_stands(world: World, forger: Forger) -> None:
    [line] = await moved(world, SUM)
    await act(world, line, "match", {"parts": [{"amount_minor": SUM, "customer_id": str(forger.customer_id)}]})
    payment_id = str((await made_of(world, line))["payment_id"])
    rows = shown(forger, line, line["id"], state="none")
    (step,), (transfer,) = rows["billing.bank_step"], rows["billing.transfer"]
    turned = {"debit_kind": "bank", "credit_kind": "unmatched"}
    for row in (step, transfer, *rows["billing.account_entry"]):
        row.update(turned)
    step |= {
        "kind": "undo",
        "step": 2,
        "undoes": 1,
        "undoes_kind": "payment",
        "open_before": 0,
        "open_after": SUM,
        "payment_id": payment_id,
    }
    await forger.refused("bank_undo_undoes_what_was_made", rows)
    step["undoes_kind"] = "other"
    await forger.refused("bank_undo_puts_the_same_back", rows)
    step["undoes_kind"] = None
    await forger.refused("bank_undo_names_its_step", rows)


async def test_no_two_lines_show_one_refund_and_none_is_unpaid_but_by_its_line(world: World, forger: Forger) -> None:
    refund_id, lines = await refund(world, forger.customer_id), await moved(world, -SUM, -SUM)
    await act(world, lines[0], "match", {"refund_id": refund_id})
    await forger.refused("bank_sighting_pkey", shown(forger, lines[1], refund_id))
    outcome = {
        **forger.organisation, "refund_id": refund_id, "step": 2, "customer_id": str(forger.customer_id), "currency": "EUR", "amount_minor": SUM, "before": "paid",
        "outcome": "proposed", "settled_by": "staff:x", "settled_at": str(NINE), "line_id": lines[0]["id"], "line_step": 2,
    }  # fmt: skip
    for figures, by in (
        ({}, "refund_unpaid_by_its_line"),
        ({"line_id": None, "line_step": None}, "refund_unpaid_by_a_line"),
        ({"outcome": "paid", "line_id": None, "line_step": None}, "refund_outcome_moves"),
        ({"outcome": "cancelled", "line_id": None, "line_step": None}, "refund_outcome_moves"),
        ({"step": 1, "before": "proposed", "outcome": "paid", "line_id": None, "line_step": None}, "refund_outcome_pkey"),
        ({"before": "failed", "step": 3}, "refund_outcome_moves"),
    ):
        await forger.refused(by, {"billing.refund_outcome": [outcome | figures]})


async def test_what_a_line_brought_or_shows_is_not_reversed_beside_it(world: World, forger: Forger) -> None:
    payment_id, (came, line) = await told(world, forger.customer_id), await moved(world, SUM, SUM)
    await act(world, came, "match", {"parts": [{"amount_minor": SUM, "customer_id": str(forger.customer_id)}]})
    await act(world, line, "match", {"payment_id": payment_id})
    brought = str((await made_of(world, came))["payment_id"])
    await forger.refused("line_taken_back_by_a_line", await reversal(forger, brought, "unmatched"))
    await forger.refused("reversal_of_parked_money", await reversal(forger, brought, "unmatched", parked_id=str(world.id())))
    rows = await reversal(forger, payment_id, "bank")
    await forger.refused("told_taken_back_in_its_turn", rows)
    taken = {
        **forger.organisation,
        "told_id": payment_id,
        "state": "reversed",
        "reversal_id": rows["billing.payment_reversal"][0]["reversal_id"],
    }
    for figures, by in (
        ({"step": 2, "before": "seen"}, "sighting_is_on_a_line"),
        ({"step": 2, "before": "told"}, "sighting_follows"),
        ({"step": 1, "before": "told"}, "bank_sighting_pkey"),
        ({"step": 2, "before": "seen", "state": "over"}, "sighting_is_on_a_line"),
    ):
        await forger.refused(by, {**rows, "billing.bank_sighting": [taken | figures]})


async def test_what_became_of_a_sighting_is_neither_edited_nor_deleted(world: World) -> None:
    for change in ("update billing.bank_sighting set state = state", "delete from billing.bank_sighting"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await world.sql(change)


async def test_no_claim_is_forged_nor_paid_beyond_its_amount(world: World, forger: Forger) -> None:
    await refunded_and_returned(world, customer_id := UUID((await world.customer())["id"]))
    (claim,) = await world.sql("select claim_id, payment_id, ordinal from billing.claim where customer_id = $1", customer_id)
    whose = {**forger.organisation, "claim_id": str(claim["claim_id"]), "customer_id": str(customer_id), "currency": "EUR"}
    another = {"claim_id": str(world.id()), "payment_id": str(claim["payment_id"]), "amount_minor": 5, "ordinal": 1}
    await forger.refused("claim_of_reversal", {"billing.claim": [whose | another]})
    step = {**whose, "step": 1, "posting_id": str(world.id()), "ordinal": 1, "total_minor": SUM, "open_before": SUM, "open_after": 0}
    for figures, by in (
        ({}, "claim_step_is_posted"),
        ({"open_after": -1}, "claim_paid_within_its_amount"),
        ({"total_minor": 2 * SUM, "open_before": 2 * SUM}, "step_of_claim"),
        ({"open_before": 500}, "claim_begins_with_all_open"),
        ({"step": 2}, "claim_step_follows"),
    ):
        await forger.refused(by, {"billing.claim_step": [step | figures]})
