"""`sayso doctor` finds a subscription, a period, an order or an asset that contradicts the rows beside it, whoever broke it."""

from collections.abc import AsyncIterator, Awaitable, Callable

import asyncpg
import pytest

from service.cli.doctor import SESSION, checks
from service.settings import Settings
from tests.customers.builders import asset, site
from tests.subscriptions.builders import pay, renew, subscribed
from tests.world import World

Find = Callable[[], Awaitable[set[str]]]
OURS = {"assets_are_their_last_step", "periods_are_billed_and_paid", "service_changes_are_ordered", "subscriptions_stand_as_paid"}


@pytest.fixture
async def broken(owner: asyncpg.Connection) -> AsyncIterator[asyncpg.Connection]:
    """A superuser who may do anything, undone afterwards."""
    transaction = owner.transaction()
    await transaction.start()
    await owner.execute("set local session_replication_role = replica")
    yield owner
    await transaction.rollback()


@pytest.fixture
async def find(world: World, broken: asyncpg.Connection, settings: Settings) -> Find:
    """The checks of these rooms that this organisation breaks."""

    async def find() -> set[str]:
        await broken.execute(SESSION.replace("set ", "set local "))
        found = set()
        for name, _, check in checks():
            if name in OURS and any(organisation_id == world.organisation_id for organisation_id, *_ in await check(broken, settings)):
                found.add(name)
        return found

    return find


async def company(world: World) -> str:
    """A customer who lapsed and paid, paid again and took it back, and whose router moved: its organisation."""
    subscription = await subscribed(world)
    await pay(world, await renew(world, subscription))
    told = await pay(world, await renew(world, subscription))
    await world.done("POST", f"/v1/payments/{told['payment_id']}/reverse", {"reason": "Mistyped"}, key=str(world.id()))
    customer_id = subscription["customer_id"]
    router, home = await asset(world, customer_id), await site(world, customer_id)
    await world.done("PATCH", f"/v1/customers/{customer_id}/assets/{router['id']}", {"site_id": home["id"]}, headers={"If-Match": '"1"'})
    return str(world.organisation_id)


async def test_what_was_done_through_the_api_is_sound(world: World, find: Find) -> None:
    await company(world)
    assert await find() == set()


@pytest.mark.parametrize(
    "attack, check",
    [
        ("update customers.asset set site_id = null", "assets_are_their_last_step"),
        ("update customers.asset set version = 1, site_id = null", "assets_are_their_last_step"),
        ("delete from customers.asset_step where version = 2", "assets_are_their_last_step"),
        ("delete from subscriptions.subscription_step where kind = 'reopen'", "subscriptions_stand_as_paid"),
        ("delete from subscriptions.paid_period where number = 1", "subscriptions_stand_as_paid"),
        ("delete from subscriptions.paid_period where number = 1", "periods_are_billed_and_paid"),
        ("update subscriptions.period set invoice_id = gen_random_uuid() where number = 2", "periods_are_billed_and_paid"),
        ("delete from subscriptions.provisioning_order where sequence = 2", "service_changes_are_ordered"),
        ("delete from subscriptions.subscription", "service_changes_are_ordered"),
    ],
)
async def test_what_somebody_broke_is_found(world: World, find: Find, broken: asyncpg.Connection, attack: str, check: str) -> None:
    organisation_id = await company(world)
    where = "and" if " where " in attack else "where"
    changed = await broken.execute(f"{attack} {where} organisation_id = '{organisation_id}'")
    assert not changed.endswith(" 0")
    assert check in await find()
