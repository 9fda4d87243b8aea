"""Time without service that counts twice, or gave more than a period cost or than its credit note says, is found by the doctor."""

import asyncpg
import pytest

from service.settings import Settings
from tests.billing.test_credit_outages import HOURS, paid, ruled, span, told
from tests.proofs.soundness import offences, offences_after
from tests.world import World

CHECK = "outages_are_credited_once"
EDITS = {
    "a moment that counts twice": "insert into billing.outage_span (organisation_id, outage_id, subscription_id, from_at, until_at)"
    " select organisation_id, outage_id, subscription_id, from_at + interval '1 second', until_at from billing.outage_span where organisation_id = $1",
    "more than the outage was": "update billing.outage_span set until_at = until_at + interval '1 second' where organisation_id = $1",
    "another service's time": "update billing.outage_span set subscription_id = gen_random_uuid() where organisation_id = $1",
    "more hours than there were": "update billing.outage_credit set units = units + 1 where organisation_id = $1",
    "hours without an outage": "delete from billing.outage_span where organisation_id = $1",
    "more than the period cost": "update billing.outage_credit set given_after = 2991 where organisation_id = $1",
    "a period that was never billed": "delete from billing.invoice_line where organisation_id = $1",
    "more than the credit note says": "update billing.outage_credit set given_after = given_after + 1 where organisation_id = $1",
    "another line's credit note": "update billing.outage_credit set line_number = 2 where organisation_id = $1",
    "one credit note told twice": "insert into billing.outage_credit (organisation_id, subscription_id, number, step, outage_id, policy_version, unit, units, parts, given_before, given_after,"
    " beyond_minor, credit_note_id, invoice_id, line_number, judged_at) select organisation_id, subscription_id, number, 2, outage_id, policy_version, unit, units, parts, given_before,"
    " given_after, beyond_minor, credit_note_id, invoice_id, line_number, judged_at from billing.outage_credit where organisation_id = $1",
}  # fmt: skip


async def test_credits_as_they_were_given_contradict_nothing(world: World, owner: asyncpg.Connection, settings: Settings) -> None:
    await ruled(world, **HOURS)
    subscription = await paid(world)
    for outage in (span(2, 30), span(3, 30), span(9, 5)):  # the second goes on from within the first
        await told(world, subscription, outage)
    await ruled(world, unit="day", tiers=[{}])
    await told(world, subscription, span(14, 72))
    assert CHECK not in await offences(owner, settings, world)


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
async def test_a_credit_that_contradicts_its_outage_its_period_or_its_note_is_found(
    world: World, owner: asyncpg.Connection, settings: Settings, edit: str
) -> None:
    await ruled(world, **HOURS)
    await told(world, await paid(world), span(2, 30))
    transaction = owner.transaction(isolation="repeatable_read")
    await transaction.start()
    if edit.startswith("insert into billing.outage_span"):
        await owner.execute("alter table billing.outage_span drop constraint no_moment_counts_twice")
    found = await offences_after(owner, settings, world, edit)
    await transaction.rollback()
    assert CHECK in found
