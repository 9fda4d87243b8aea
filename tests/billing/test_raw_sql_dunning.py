"""What raw SQL as the service's role can't do: dun early, twice, for nothing, out of order, or silently after a reversal."""

import re
from typing import Any

import asyncpg
import pytest

from service.billing.dunning.rule import SHIPPED, SPARED
from tests.billing.bank_files import with_account
from tests.billing.builders import Books
from tests.billing.dunning import beat, in_arrears, live
from tests.billing.test_claim_refunded_money import refunded_and_returned
from tests.forged import forge
from tests.subscriptions.builders import pay
from tests.world import World

LAST = "order by ordinal desc limit 1"
NEXT = {"ordinal": 2, "days_before": 3, "days_after": 10, "previous_on": "2026-03-07", "taken_at": "2026-03-14T12:00:00Z"}


@pytest.mark.parametrize(
    "changes, constraint",
    [
        ({}, "one_dunning_step"),
        ({**NEXT, "taken_at": "2026-03-13T12:00:00Z"}, "dunned_not_too_soon"),
        ({**NEXT, "previous_on": "2026-03-01", "taken_at": "2026-03-14T12:00:00Z"}, "dunning_steps_follow"),
        ({**NEXT, "base_on": "2026-02-01"}, "dunning_steps_follow"),
        ({**NEXT, "ordinal": 3}, "dunning_steps_follow"),
        ({**NEXT, "days_after": 3}, "dunning_goes_on"),
        ({**NEXT, "kind": "call"}, "dunned_as_the_shipped_policy_says"),
        ({**NEXT, "kind": "suspend", "days_after": 4, "taken_at": "2026-03-14T12:00:00Z"}, "dunned_as_the_shipped_policy_says"),
        ({**NEXT, "taken_at": "2027-03-14T12:00:00Z"}, "dunned_not_ahead_of_time"),
        ({**NEXT, "kind": "collect"}, "collected_by_a_job"),
        ({**NEXT, "open_minor": 0}, "dunned_for_something"),
        ({**NEXT, "policy_version": 7}, "dunned_by_a_policy"),
        ({"episode": 1, "ordinal": 1}, "told_first_of_what_was_taken_back"),
        ({"episode": 1, "ordinal": 1, "kind": "tell", "days_after": 0}, "dunning_episode_was_opened"),
    ],
)
async def test_a_step_that_isnt_due_is_refused_by_the_tables(world: World, changes: dict[str, Any], constraint: str) -> None:
    await in_arrears(world)
    await live(world, 3)
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as error:
        await forge(world, "billing.dunning_step", changes, which=LAST)
    assert error.value.constraint_name == constraint


async def test_a_step_is_one_of_the_policy_in_its_words_and_days(world: World) -> None:
    await in_arrears(world)
    await live(world, 3)
    steps = [{"kind": "remind", "days_after": 3, "held_by": SPARED}, {"kind": "suspend", "days_after": 30, "held_by": SPARED}]
    await world.done("POST", "/v1/dunning/policies", {"steps": steps})
    await live(world, 7)
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as error:
        await forge(world, "billing.dunning_step", {**NEXT, "kind": "suspend", "policy_version": 1}, which=LAST)
    assert error.value.constraint_name == "dunned_as_the_policy_says"


async def test_what_is_shipped_is_what_the_tables_hold_to(world: World) -> None:
    [row] = await world.sql(
        "select pg_get_constraintdef(oid) as said from pg_constraint where conname = 'dunned_as_the_shipped_policy_says'"
    )
    held_to = re.findall(r"days_after = (\d+)\) AND \(kind = '(\w+)'", row["said"])
    assert held_to == [(str(one.days_after), one.kind) for one in SHIPPED.steps]


async def test_a_step_cites_what_was_open(world: World) -> None:
    subscription = await in_arrears(world)
    await live(world, 3)
    await pay(world, subscription["invoice"])
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as error:
        await forge(world, "billing.dunning_step", {**NEXT, "allocation_step": 1}, which=LAST)
    assert error.value.constraint_name == "dunned_while_open"


NEXT_OF_CLAIM = {"ordinal": 2, "kind": "remind", "days_after": 3, "taken_at": "2026-06-01T12:00:00Z"}


@pytest.mark.parametrize(
    "changes, constraint",
    [
        ({}, "one_claim_reminder"),
        ({**NEXT_OF_CLAIM, "taken_at": "2026-03-01T12:00:00Z"}, "claim_dunned_not_too_soon"),
        ({**NEXT_OF_CLAIM, "taken_at": "2027-03-14T12:00:00Z"}, "claim_dunned_not_ahead_of_time"),
        ({**NEXT_OF_CLAIM, "days_after": 4}, "claim_dunned_as_the_shipped_policy_says"),
        ({"ordinal": 2}, "claim_told_first"),
        ({**NEXT_OF_CLAIM, "days_before": 3}, "claim_dunning_goes_on"),
        ({**NEXT_OF_CLAIM, "base_on": "2026-01-01"}, "claim_reminders_follow"),
        ({**NEXT_OF_CLAIM, "open_minor": 1}, "claim_dunned_for_something"),
        ({**NEXT_OF_CLAIM, "claim_step": 1}, "claim_dunned_while_open"),
        ({**NEXT_OF_CLAIM, "total_minor": 1, "open_minor": 1}, "reminder_of_claim"),
        ({**NEXT_OF_CLAIM, "policy_version": 7}, "claim_dunned_by_a_policy"),
    ],
)
async def test_a_step_that_isnt_due_of_what_is_owed_by_no_invoice_is_refused_by_the_tables(
    world: World, books: Books, changes: dict[str, Any], constraint: str
) -> None:
    await with_account(world)
    await refunded_and_returned(world, await books.customer())
    await beat(world)
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as error:
        await forge(world, "billing.claim_reminder", changes, which=LAST)
    assert error.value.constraint_name == constraint
