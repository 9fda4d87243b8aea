"""Compensation that isn't due, or isn't in the books as it was given, is found by the doctor."""

from datetime import datetime

import asyncpg
import pytest

from service.settings import Settings
from tests.billing.test_compensate_customer import compensated, law, missed
from tests.billing.test_credit_outages import paid, span, told
from tests.proofs.soundness import offences, offences_after
from tests.world import World

CHECK = "compensations_are_due"
EDITS = {
    "more than its days come to": "update billing.compensation set due_minor = due_minor + 1 where organisation_id = $1 and outage_id is not null",
    "a day that it isn't due for": "update billing.compensation_day set due_minor = due_minor + 1 where organisation_id = $1 and nth = 3",
    "a day that wasn't whole": "update billing.compensation_day set day = day + 30, counted_from = counted_from + 30 where organisation_id = $1 and nth = 3",
    "a day counted from no report, where reports count": "update billing.compensation_policy set counts_from = 'report' where organisation_id = $1",
    "a report of another day": "insert into subscriptions.fault_report (organisation_id, subscription_id, report_id, customer_id, reported_at, reported_on, of_case, noted_by, noted_at)"
    " select organisation_id, subscription_id, gen_random_uuid(), customer_id, from_at, from_at::date - 3, false, 'system', until_at from billing.outage where organisation_id = $1",
    "days of a service that worked": "delete from billing.outage_span where organisation_id = $1",
    "an appointment that was kept": "insert into promises.ending (organisation_id, promise_id, due_at, outcome, happened_at, ended_by)"
    " select organisation_id, promise_id, due_at, 'kept', due_at - interval '1 minute', 'system' from promises.promise where organisation_id = $1 and kind = 'arrive'",
    "an appointment that is yet to come": "update promises.promise set due_at = due_at + interval '1 year' where organisation_id = $1 and kind = 'arrive'",
    "books that say less": "delete from billing.account_entry where organisation_id = $1 and account_kind = 'compensation' and version = 2",
    "books that say nothing": "delete from billing.account_entry where organisation_id = $1 and account_kind = 'compensation'",
    "money that nothing was given for": "delete from billing.compensation where organisation_id = $1 and promise_id is not null",
}  # fmt: skip


async def given(world: World) -> None:
    """Somebody who was without service for eight days, and for whom nobody came."""
    await law(world)
    subscription = await paid(world)
    await compensated(world, (await told(world, subscription, span(0.5, 24 * 8.6)))["id"])
    _, _, promise = await missed(world, subscription)
    world.clock.now = datetime.fromisoformat(promise["due_at"])
    await world.done("POST", f"/v1/promises/{promise['id']}/compensation", role="back_office", key=str(world.id()))


async def test_compensation_as_it_was_given_contradicts_nothing(world: World, owner: asyncpg.Connection, settings: Settings) -> None:
    await given(world)
    assert CHECK not in await offences(owner, settings, world)


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
async def test_compensation_that_contradicts_what_happened_or_the_books_is_found(
    world: World, owner: asyncpg.Connection, settings: Settings, edit: str
) -> None:
    await given(world)
    transaction = owner.transaction(isolation="repeatable_read")
    await transaction.start()
    found = await offences_after(owner, settings, world, edit)
    await transaction.rollback()
    assert CHECK in found
