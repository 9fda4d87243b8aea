"""The network side's stand-in: takes each order once and in order, and fails when told to."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest

from service.integrations.provisioning_standin import DEFAULT_SECRET, Confirmation, ProvisioningOrder, RunningNetwork, running_network
from service.integrations.targets import resolve_target
from service.integrations.webhooks_out import WebhookAnswer, open_sender, send_webhook

SUBSCRIPTION = UUID("01900000-0000-7000-8000-0000000000aa")


@pytest.fixture
async def network() -> AsyncIterator[RunningNetwork]:
    async with running_network() as network:
        yield network


def order(sequence: int, state: Literal["active", "suspended", "ended"]) -> ProvisioningOrder:
    return ProvisioningOrder(order_id=uuid4(), subscription_id=SUBSCRIPTION, sequence=sequence, state=state)


async def send(
    network: RunningNetwork, wanted: ProvisioningOrder, *, secret: str = DEFAULT_SECRET, at: datetime | None = None, within_s: float = 5.0
) -> WebhookAnswer:
    target = await resolve_target(network.url, allowed=frozenset({network.authority}))
    async with open_sender() as sender:
        return await send_webhook(
            sender,
            target=target,
            message_id=f"msg_{wanted.order_id}",
            at=at or datetime.now(UTC),
            body=msgspec.json.encode(wanted),
            secrets=(secret,),
            answer_within_s=within_s,
        )


def outcome(answer: WebhookAnswer) -> str:
    return msgspec.json.decode(answer.body, type=Confirmation).outcome


async def test_an_order_is_carried_out_and_confirmed(network: RunningNetwork):
    wanted = order(1, "active")
    answer = await send(network, wanted)
    assert answer.state == "confirmed"
    assert msgspec.json.decode(answer.body, type=Confirmation) == Confirmation(order_id=wanted.order_id, outcome="applied")
    assert network.network.state_of(SUBSCRIPTION) == "active"


async def test_an_order_sent_again_changes_nothing_and_is_answered_the_same(network: RunningNetwork):
    wanted = order(1, "active")
    first, again = await send(network, wanted), await send(network, wanted)
    assert again == first
    assert len(network.network.orders) == 1
    assert network.network.received == 2


async def test_an_older_order_never_overtakes_a_newer_one(network: RunningNetwork):
    older, newer = order(1, "suspended"), order(2, "active")
    assert outcome(await send(network, newer)) == "applied"
    assert outcome(await send(network, older)) == "superseded"
    assert network.network.state_of(SUBSCRIPTION) == "active"


async def test_another_order_under_a_known_id_is_refused(network: RunningNetwork):
    wanted = order(1, "active")
    await send(network, wanted)
    answer = await send(network, msgspec.structs.replace(wanted, state="ended"))
    assert (answer.state, answer.status) == ("refused", 409)
    assert network.network.state_of(SUBSCRIPTION) == "active"


@pytest.mark.parametrize(
    "secret,late_by",
    [
        ("whsec_c29tZWJvZHkgZWxzZSdzIHNlY3JldCBoZXJl", timedelta()),
        (DEFAULT_SECRET, timedelta(hours=1)),
        (DEFAULT_SECRET, timedelta(hours=-1)),
    ],
)
async def test_an_order_that_is_forged_old_or_future_is_refused(network: RunningNetwork, secret: str, late_by: timedelta):
    answer = await send(network, order(1, "active"), secret=secret, at=datetime.now(UTC) - late_by)
    assert (answer.state, answer.status) == ("refused", 401)
    assert network.network.orders == {}


@pytest.mark.parametrize(
    "headers", [{}, {"webhook-id": "m", "webhook-timestamp": "1", "webhook-signature": "v1"}, {"webhook-signature": "é"}]
)
async def test_an_unsigned_order_is_refused(network: RunningNetwork, headers: dict[str, str]):
    async with httpx.AsyncClient(trust_env=False) as anybody:
        answer = await anybody.post(network.url, content=b"{}", headers={name: value.encode() for name, value in headers.items()})
    assert answer.status_code == 401


async def test_a_failure_asked_for_passes_and_the_order_is_taken_once(network: RunningNetwork):
    async with httpx.AsyncClient(trust_env=False) as control:
        await control.post(f"{network.url.removesuffix('/orders')}/_standin/faults", json={"how": "error", "times": 2})
    wanted = order(1, "active")
    assert [(await send(network, wanted)).state for _ in range(3)] == ["unavailable", "unavailable", "confirmed"]
    assert len(network.network.orders) == 1


async def test_a_confirmation_that_got_lost_is_given_again(network: RunningNetwork):
    async with httpx.AsyncClient(trust_env=False) as control:
        await control.post(f"{network.url.removesuffix('/orders')}/_standin/faults", json={"how": "hang_after"})
    wanted = order(1, "active")
    assert (await send(network, wanted, within_s=0.3)).state == "unknown"
    assert network.network.state_of(SUBSCRIPTION) == "active"
    assert outcome(await send(network, wanted)) == "applied"


async def test_the_network_tells_what_it_has_taken(network: RunningNetwork):
    wanted = order(1, "active")
    await send(network, wanted)
    base_url = network.url.removesuffix("/orders")
    async with httpx.AsyncClient(trust_env=False) as control:
        taken = (await control.get(f"{base_url}/_standin/orders")).content
        states = (await control.get(f"{base_url}/_standin/states")).json()
    assert msgspec.json.decode(taken, type=list[ProvisioningOrder]) == [wanted]
    assert states == {str(SUBSCRIPTION): "active"}
