"""A real HTTP server that hears, and a worker that tells it."""

from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import msgspec
import pytest

from service.integrations.outside import Outside, open_outside
from service.kit.tasks.runner import Runner
from service.settings import Settings
from service.worker.rooms import kinds
from tests.notices.conftest import mailbox
from tests.webhooks.builders import Hearer, Hooks, running_hearer
from tests.world import World

__all__ = ["mailbox"]
SERVES = ("serve_webhook", "forget_webhook_deliveries")


@pytest.fixture(scope="session")
async def one_receiver() -> AsyncIterator[Hearer]:
    async with running_hearer() as receiver:
        yield receiver


@pytest.fixture
async def receiver(one_receiver: Hearer, world: World) -> Hearer:
    one_receiver.refused, one_receiver.silent, one_receiver.knocks = set(), False, 0
    one_receiver.begin_anew(f"/hook/{world.organisation_id}")
    return one_receiver


@pytest.fixture
async def outside(settings: Settings, receiver: Hearer, world: World) -> AsyncIterator[Outside]:
    """The receiver is on the loopback: the operator vouches for it."""
    allowed = msgspec.structs.replace(settings, inside_webhooks=(httpx.URL(receiver.base_url).netloc.decode(),))
    world.app.state.settings = allowed
    async with open_outside(allowed) as opened:
        yield opened
    world.app.state.settings = settings


@pytest.fixture
def worker(world: World, outside: Outside) -> Callable[[], Runner]:
    """Makes a worker of webhooks."""
    return lambda: Runner(world.database, kinds={kind: kinds()[kind] for kind in SERVES}, outside=outside, clock=world.clock)


@pytest.fixture
def work(world: World, worker: Callable[[], Runner]) -> Callable[..., Awaitable[int]]:
    """Some time later: does all that is due then."""

    async def run(**later: float) -> int:
        world.clock.forward(**(later or {"seconds": 3}))
        return await worker().drain()

    return run


@pytest.fixture
def hooks(world: World, receiver: Hearer, outside: Outside) -> Hooks:
    return Hooks(world, receiver.url)
