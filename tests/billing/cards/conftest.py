"""What every test of cards begins with."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import msgspec
import pytest
from litestar import Litestar

from service.integrations.stripe.client import open_stripe
from service.integrations.stripe.standin import Standin, running_standin
from tests.billing.cards.disputes import Disputed, disputed
from tests.billing.cards.shop import SECRET, Outside, Shop
from tests.evidence.packs import job, matter_in
from tests.web.conftest import browser, one_phone, phone
from tests.world import World

__all__ = ["browser", "one_phone", "phone"]


@pytest.fixture(scope="module")
async def standin() -> AsyncIterator[Standin]:
    async with running_standin() as standin:
        yield standin


@pytest.fixture(scope="module")
async def app(app: Litestar, standin: Standin) -> AsyncIterator[Litestar]:
    """The worker's service, which takes cards meanwhile: putting one together for each file takes most of a second."""
    state = app.state
    settings, outside = state.settings, state.outside
    state.settings = msgspec.structs.replace(
        settings, stripe_api_key=standin.api_key, stripe_api_base=standin.url, stripe_webhook_secrets=(SECRET,)
    )
    async with open_stripe(api_key=standin.api_key, address=standin.url) as connection:
        state.outside = Outside(connection)
        yield app
    state.settings, state.outside = settings, outside


@pytest.fixture
def world(world: World) -> World:
    """At the real time, by which the stand-in signs."""
    world.clock.now = datetime.now(UTC).replace(microsecond=0)
    return world


@pytest.fixture
def shop(world: World, standin: Standin) -> Shop:
    return Shop(world, standin)


@pytest.fixture
async def one(shop: Shop) -> AsyncIterator[Disputed]:
    matter = (await job(shop.world, of=await matter_in(shop.world))).matter
    [invoice] = (await shop.world.done("GET", f"/v1/invoices?customer_id={matter.customer_id}"))["items"]
    yield await disputed(shop, invoice["id"], matter)
    await shop.standin.fail_no_more()
