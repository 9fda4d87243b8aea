"""`sayso doctor` finds bills, chains, numbers and offers that the constraints would never have let in."""

from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from service.cli import _checks
from tests.authorisations.matters import Matter
from tests.authorisations.photographs import kept
from tests.documents.test_print_credit_note import credited
from tests.documents.traded import keep_parties
from tests.subscriptions.builders import renew, subscribed
from tests.world import World

CHECKS = Path(_checks.__file__).parent
LINES = "delete from billing.invoice_line where organisation_id = '{organisation}'"
BROKEN = {
    "bills_stand_on_authorised_work": LINES,
    "capacity_follows_step_by_step": "delete from authorisations.capacity where organisation_id = '{organisation}' and kind = 'perform'",
    "documents_are_numbered_without_gap": "delete from billing.invoice where organisation_id = '{organisation}' and number = 1",
    "offers_say_what_their_text_says": "alter table authorisations.offer_item drop constraint text_lists_this_item;"
    "update authorisations.offer_item set description = 'Else' where organisation_id = '{organisation}'",
}
"""What breaks each promise."""
STOOD = [
    f"update billing.invoice_line set {column} = {column} + 1 where organisation_id = '{{organisation}}' and line_number = 1"
    for column in ("granted_ticks", "performed_ticks", "billed_ticks", "billed_minor")
]
"""What breaks that a line says how its item stood before it was posted."""
TOLD_WRONG = {
    "a customer who isn't their last step": "update customers.customer set name = 'Else' where organisation_id = '{organisation}'",
    "an organisation that isn't its last step": "update identity.organisation set iban = '' where organisation_id = '{organisation}'",
    "a customer of before who is gone": "delete from customers.customer_step where organisation_id = '{organisation}' and version = 1",
    "an organisation of before that is gone": "delete from identity.organisation_step where organisation_id = '{organisation}' and version = 1",
    "a site that isn't its last step": "update customers.site set address = 'Else' where organisation_id = '{organisation}'",
    "a place of before that is gone": "delete from customers.site_step where organisation_id = '{organisation}' and version = 1",
    "an invoice to whom the customer was": "update billing.invoice set customer_version = 1 where organisation_id = '{organisation}'",
    "an invoice from what the organisation was": "update billing.invoice set organisation_version = 1 where organisation_id = '{organisation}'",
    "a credit note to whom the customer was": "update billing.credit_note set customer_version = 1 where organisation_id = '{organisation}'",
}
"""What breaks that papers tell the parties as they were when they were issued."""
PHOTOS = {
    "a text whose photo is gone": "delete from authorisations.offer_photo where organisation_id = '{organisation}'",
    "a text that shows another photo": "update authorisations.offer_photo set photo_hash = sha256('') where organisation_id = '{organisation}'",
}
"""What breaks that offers show the photos of their text."""


async def offences(owner: asyncpg.Connection, world: World, check: str) -> int:
    """How many things of this organisation the check finds."""
    query = (CHECKS / f"{check}.sql").read_text(encoding="utf-8")
    return sum(row[0] == world.organisation_id for row in await owner.fetch(query))


async def assert_found(owner: asyncpg.Connection, world: World, check: str, breaking: str) -> None:
    """The check finds nothing before the statement and something after it, which is undone."""
    assert await offences(owner, world, check) == 0
    transaction = owner.transaction()
    await transaction.start()
    await owner.execute("set local session_replication_role = replica")
    await owner.execute(breaking.format(organisation=world.organisation_id))
    found = await offences(owner, world, check)
    await transaction.rollback()
    assert found > 0


@pytest.mark.parametrize("check", BROKEN)
async def test_what_is_broken_on_purpose_is_found(world: World, owner: asyncpg.Connection, check: str) -> None:
    matter = await Matter(world).begin()
    one, other = await matter.done({"tax_rate": "19"}, {})
    await matter.posted({"item_id": one})
    await matter.posted({"item_id": other})
    await assert_found(owner, world, check, BROKEN[check])


@pytest.mark.parametrize("broken", STOOD)
async def test_a_line_that_was_judged_by_what_didnt_stand_is_found(world: World, owner: asyncpg.Connection, broken: str) -> None:
    matter = await Matter(world).begin()
    [item] = await matter.done({"quantity": "3"})
    await matter.posted({"item_id": item}, {"item_id": item})
    await matter.posted({"item_id": item})
    await renew(world, await subscribed(world))
    await assert_found(owner, world, "posted_lines_say_what_stood", broken)


@pytest.mark.parametrize("broken", TOLD_WRONG)
async def test_parties_who_are_not_as_they_were_are_found(world: World, owner: asyncpg.Connection, broken: str) -> None:
    matter = await Matter(world).begin()
    [item] = await matter.done({})
    await keep_parties(matter)
    sites = f"/v1/customers/{matter.customer_id}/sites"
    site = await world.done("POST", sites, {"address": "1 Long Road", "zone": "Europe/Berlin"})
    await world.changed(f"{sites}/{site['id']}", address="2 Long Road")
    world.clock.forward(hours=2)
    invoice = await matter.posted({"item_id": item})
    await credited(matter, invoice, {})
    await assert_found(owner, world, "parties_are_as_papers_tell_them", TOLD_WRONG[broken])


@pytest.mark.parametrize("broken", PHOTOS)
async def test_a_photo_that_the_sealed_text_doesnt_name_is_found(world: World, owner: asyncpg.Connection, broken: str) -> None:
    matter = await Matter(world).begin()
    await matter.offer({}, photos=[UUID((await kept(matter))["id"])])
    await assert_found(owner, world, "offers_say_what_their_text_says", PHOTOS[broken])
