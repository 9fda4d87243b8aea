"""The stand-ins as processes of their own, as `sayso` starts them."""

import asyncio
import signal
import sys
from datetime import UTC, datetime

import httpx
import pytest

from service.integrations.stripe.client import create_payment_intent, open_stripe
from service.integrations.stripe.standin import DEFAULT_API_KEY, Standin
from service.integrations.stripe.webhooks import verify_and_read
from tests.integrations.account import Account
from tests.integrations.receiver import Receiver

START = "import asyncio, sys; from service.integrations.{module} import serve; asyncio.run(serve(port=0, announce=lambda url, *_: print(url, flush=True){more}))"


async def start(module: str, more: str = "") -> tuple[asyncio.subprocess.Process, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", START.format(module=module, more=more), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    async with asyncio.timeout(30):
        return process, (await process.stdout.readline()).decode().strip()


async def stop(process: asyncio.subprocess.Process) -> tuple[int | None, bytes]:
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(10):
        _, complaints = await process.communicate()
    return process.returncode, complaints


async def test_the_stripe_standin_serves_tells_and_stops_when_asked(receiver: Receiver):
    process, url = await start("stripe.standin", f", webhook_url={receiver.url!r}, webhook_secret='whsec_x'")
    async with open_stripe(api_key=DEFAULT_API_KEY, address=url) as connection, Standin(url=url, api_key=DEFAULT_API_KEY) as standin:
        made = await create_payment_intent(
            connection, amount_minor=100, currency="EUR", metadata={}, description="x", idempotency_key="attempt:a1:create"
        )
        await standin.pay(intent=made.id)
        await receiver.came(3)
    assert await stop(process) == (0, b"")


@pytest.mark.parametrize("module", ["stripe.standin", "provisioning_standin"])
async def test_a_standin_stops_cleanly_also_with_a_client_connected(module: str):
    process, url = await start(module)
    async with httpx.AsyncClient(base_url=str(httpx.URL(url).copy_with(path="/")), trust_env=False) as client:
        assert (await client.get("/_standin/health")).status_code == 200
        assert await stop(process) == (0, b"")


async def test_the_command_prints_what_to_set_and_where_the_controls_are(receiver: Receiver):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "service.cli", "stripe-standin", "--port", "0", "--webhook-url", receiver.url, "--public-url", "http://shop",
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    async with asyncio.timeout(30):
        lines = [(await process.stdout.readline()).decode() for _ in range(4)]
    said = {line.rpartition("   ")[2].strip(): line.rpartition("   ")[0].split()[-1] for line in lines}
    url, key = said["SAYSO_STRIPE_API_BASE"], said["SAYSO_STRIPE_API_KEY"]
    async with open_stripe(api_key=key, address=url) as connection, Standin(url=url, api_key=key) as standin:
        account = Account(connection.client, standin)
        asks = await account.pay("pm_card_authenticationRequired", return_url="http://127.0.0.1/back")
        assert asks.next_action.redirect_to_url.url.startswith("http://shop/pay/")
        await standin.settle()
    assert said["docs/stripe-standin.md"] == f"{url}/_standin/"
    request = receiver.requests[0]
    event = verify_and_read(
        raw_body=request.body,
        signature_header=request.headers["stripe-signature"],
        secrets=(said["SAYSO_STRIPE_WEBHOOK_SECRETS"],),
        now=datetime.now(UTC),
    )
    assert event.type.startswith(("payment_intent.", "charge."))
    assert await stop(process) == (0, b"")
