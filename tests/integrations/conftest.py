"""The outside world for these tests: stand-ins and receivers on real sockets of the loopback."""

from collections.abc import AsyncIterator
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from service.integrations.stripe.client import Stripe, open_stripe
from service.integrations.stripe.standin import Standin, running_standin
from tests.integrations.account import Account
from tests.integrations.receiver import Receiver, running_receiver

SHARED = Path(__file__).parents[3] / "shared"
collect_ignore = [] if (SHARED / "statements").exists() else ["test_read_foreign_statements.py"]
if not ((SHARED / "routing").exists() and find_spec("osrm") and find_spec("valhalla")):
    collect_ignore.append("test_ask_real_roads.py")


@pytest.fixture(scope="session")
async def one_standin() -> AsyncIterator[Standin]:
    async with running_standin() as standin:
        yield standin


@pytest.fixture
async def standin(one_standin: Standin) -> Standin:
    """A stand-in in which nothing has happened yet."""
    await one_standin.reset()
    return one_standin


@pytest.fixture
async def connection(standin: Standin) -> AsyncIterator[Stripe]:
    async with open_stripe(api_key=standin.api_key, address=standin.url) as connection:
        yield connection


@pytest.fixture
def account(connection: Stripe, standin: Standin) -> Account:
    return Account(connection.client, standin)


@pytest.fixture
async def raw(standin: Standin) -> AsyncIterator[httpx.AsyncClient]:
    """The stand-in without the `stripe` package in between."""
    async with httpx.AsyncClient(base_url=standin.url, headers={"authorization": f"Bearer {standin.api_key}"}, trust_env=False) as client:
        yield client


@pytest.fixture(scope="session")
async def one_receiver() -> AsyncIterator[Receiver]:
    async with running_receiver() as receiver:
        yield receiver


@pytest.fixture
def receiver(one_receiver: Receiver) -> Receiver:
    """A receiver that has heard of nothing, at an address of its own."""
    one_receiver.begin_anew(f"/{uuid4()}")
    return one_receiver
