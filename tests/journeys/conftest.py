"""The demo's own house with a twentieth of its company: a real socket, background work, and the outside's stand-ins."""

import asyncio
import os
from collections.abc import AsyncIterator

import httpx
import pytest

from service.cli._place import kept_secrets
from service.cli.demo.house import Ground, House, open_house, prepare, settings_for
from service.cli.demo.stories.cast import Cast, gather
from service.kit.embedded_postgres import drop_database, on_database
from tests.notices.conftest import follow, gateway, mailbox, texting  # noqa: F401 — servers that the stories of telling people speak to


@pytest.fixture(scope="session")
async def ground(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Ground]:
    """The made-up company in a database of its own."""
    made = kept_secrets(tmp_path_factory.mktemp("demo") / "secrets.json")
    kept = {**made, "service_password": "only-for-tests"}  # the run's databases share their roles
    name = f"journeys_{os.getpid()}"
    await prepare(postgres, name, kept=kept, share=20)
    yield Ground(settings_for(on_database(postgres, name), kept), fresh=True)
    await drop_database(postgres, name)


@pytest.fixture(scope="session")
async def house(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """All that answers."""
    async with open_house(ground, port=0, mails=tmp_path_factory.mktemp("mail"), stop=asyncio.Event()) as opened:
        yield opened


@pytest.fixture(scope="session")
async def cast(house: House) -> AsyncIterator[Cast]:
    """The people of the stories, over HTTP."""
    async with httpx.AsyncClient(base_url=house.url, timeout=30, trust_env=False) as http:
        cast = await gather(http, house.stripe, house.mailbox)
        await house.stripe.register(url=f"{house.url}/v1/organisations/{cast.organisation_id}/stripe-events", secret=house.webhook_secret)
        yield cast
