"""A stand-in for the network side: takes provisioning orders as a real receiver should, and can be told to fail.

It verifies the Standard Webhooks signature, takes each order once, and lets no older order overtake a newer one of the same subscription.
"""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
import standardwebhooks
from msgspec import Meta

from service.integrations.asgi import Answer, Request, application, json_answer, running

How = Literal["error", "refuse", "hang", "hang_after", "pretend", "late"]
SAID: dict[How | None, int] = {"error": 500, "refuse": 422}
DEFAULT_SECRET = "whsec_c2F5c28tcHJvdmlzaW9uaW5nLXN0YW5kaW4h"  # noqa: S105  # of the stand-in, printed by the demo


class ProvisioningOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What the network is asked to bring about: this subscription in this state.

    Orders of one subscription are numbered from 1; the same number in a greater round is the same asked for anew.
    """

    order_id: UUID
    subscription_id: UUID
    sequence: Annotated[int, Meta(ge=1, le=10**9)]
    round: Annotated[int, Meta(ge=0, le=10**9)] = 0
    state: Literal["active", "suspended", "ended"]
    organisation_id: UUID | None = None


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the network is asked to tell: what it does for an organisation's services, by id."""

    organisation_id: UUID
    after: UUID | None = None
    limit: Annotated[int, Meta(ge=1, le=1000)]


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """A question, or an order."""

    report: Asked | None = None


class Confirmation(msgspec.Struct, frozen=True, kw_only=True):
    """The receiver's 200. `superseded`: a newer order was already carried out, so this one changed nothing."""

    order_id: UUID
    outcome: Literal["applied", "superseded"]


class PlannedFault(msgspec.Struct, forbid_unknown_fields=True):
    """`error` 500, `refuse` 422, `hang` no answer and nothing done, `hang_after` done and no answer, `pretend` confirmed and nothing done, `late` confirmed
    and done only when `catch_up` is called, whatever came since.
    """

    how: How
    times: int = 1


@dataclass
class Network:
    """What the network side remembers."""

    secret: str
    orders: dict[UUID, tuple[ProvisioningOrder, Confirmation]] = field(default_factory=dict)
    """In the order of arrival, each once."""
    newest: dict[UUID, ProvisioningOrder] = field(default_factory=dict)
    """The order that each subscription's state rests on."""
    doing: dict[UUID, str] = field(default_factory=dict)
    """What it does in truth."""
    owner: dict[UUID, UUID | None] = field(default_factory=dict)
    """Whose service it is."""
    waiting: list[ProvisioningOrder] = field(default_factory=list)
    """Confirmed and not done yet."""
    received: int = 0
    """Every verified delivery, repeated ones too."""
    faults: list[PlannedFault] = field(default_factory=list)

    def state_of(self, subscription_id: UUID) -> str | None:
        newest = self.newest.get(subscription_id)
        return None if newest is None else newest.state

    def catch_up(self) -> None:
        """Does what it was late with, in the order of arrival, over whatever came since."""
        while self.waiting:
            late = self.waiting.pop(0)
            self.doing[late.subscription_id] = late.state

    def report(self, asked: Asked) -> dict[str, Any]:
        """What it does for that organisation's services behind that id."""
        theirs = sorted(
            one for one in self.doing if self.owner.get(one) == asked.organisation_id and (asked.after is None or one > asked.after)
        )
        named = [{"subscription_id": one, "state": self.doing[one]} for one in theirs[: asked.limit]]
        return {"services": named, "more": len(theirs) > asked.limit}

    def take(self, order: ProvisioningOrder, *, how: How | None = None) -> Confirmation | None:
        """The confirmation, the same each time; nothing if this id was another order before."""
        if order.order_id in self.orders:
            known, confirmation = self.orders[order.order_id]
            return confirmation if known == order else None
        newest = self.newest.get(order.subscription_id)
        overtaken = newest is not None and (newest.sequence, newest.round) >= (order.sequence, order.round)
        confirmation = Confirmation(order_id=order.order_id, outcome="superseded" if overtaken else "applied")
        if not overtaken:
            self.newest[order.subscription_id] = order
            self.owner[order.subscription_id] = order.organisation_id
            if how == "late":
                self.waiting.append(order)
            elif how != "pretend":
                self.doing[order.subscription_id] = order.state
        self.orders[order.order_id] = (order, confirmation)
        return confirmation

    def planned_fault(self) -> How | None:
        for fault in self.faults:
            if fault.times > 0:
                fault.times -= 1
                return fault.how
        return None

    async def handle(self, request: Request) -> Answer | None:
        match (request.method, request.path):
            case ("POST", "/orders"):
                return await self._take_delivery(request)
            case ("GET", "/_standin/orders"):
                return json_answer(200, [order for order, _ in self.orders.values()])
            case ("GET", "/_standin/states"):
                return json_answer(200, {str(key): order.state for key, order in self.newest.items()})
            case ("POST", "/_standin/faults"):
                return self._plan(request)
            case ("GET", "/_standin/health"):
                return json_answer(200, {"ok": True, "received": self.received})
            case _:
                return json_answer(404, {"error": "POST /orders"})

    def _plan(self, request: Request) -> Answer:
        try:
            self.faults.append(msgspec.json.decode(request.body, type=PlannedFault))
        except msgspec.MsgspecError as error:
            return json_answer(400, {"error": str(error)})
        return json_answer(200, {"planned": len(self.faults)})

    async def _take_delivery(self, request: Request) -> Answer | None:
        if not self._signed(request):
            return json_answer(401, {"error": "The signature doesn't match."})
        if (asked := _asked(request)) is not None:
            return json_answer(200, self.report(asked))
        self.received += 1
        fault = self.planned_fault()
        if fault in SAID:
            return json_answer(SAID[fault], {"error": "Asked for by whoever drives the stand-in."})
        if fault == "hang":
            return None
        answer = self._carry_out(request, how=fault)
        return None if fault == "hang_after" else answer

    def _carry_out(self, request: Request, *, how: How | None) -> Answer:
        try:
            order = msgspec.json.decode(request.body, type=ProvisioningOrder)
        except msgspec.MsgspecError as error:
            return json_answer(400, {"error": str(error)})
        confirmation = self.take(order, how=how)
        if confirmation is None:
            return json_answer(409, {"error": "Another order came under this id."})
        return json_answer(200, confirmation)

    def _signed(self, request: Request) -> bool:
        try:
            standardwebhooks.Webhook(self.secret).verify(request.body, request.headers, json_parse=False)
        except (standardwebhooks.WebhookVerificationError, ValueError):
            return False
        return True


def _asked(request: Request) -> Asked | None:
    """The question in a delivery, if it is one."""
    try:
        return msgspec.json.decode(request.body, type=Delivery).report
    except msgspec.MsgspecError:
        return None


@dataclass(frozen=True, kw_only=True)
class RunningNetwork:
    url: str
    """Where orders are posted."""
    authority: str
    """`host:port`, for the allow-list of targets."""
    network: Network


@asynccontextmanager
async def running_network(*, host: str = "127.0.0.1", port: int = 0, secret: str = DEFAULT_SECRET) -> AsyncIterator[RunningNetwork]:
    """The network side, for as long as this block lives; port 0 takes a free one."""
    network = Network(secret)
    async with running(application(network.handle), host=host, port=port) as base_url:
        yield RunningNetwork(url=f"{base_url}/orders", authority=base_url.removeprefix("http://"), network=network)


async def serve(
    *, host: str = "127.0.0.1", port: int = 12112, secret: str = DEFAULT_SECRET, announce: Callable[[str], None] = lambda _: None
) -> None:
    """Serves until SIGINT or SIGTERM. `announce` hears the address of `/orders` once it answers."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows has no handlers on the loop: there the process is simply ended
            loop.add_signal_handler(each, stopped.set)
    async with running_network(host=host, port=port, secret=secret) as running_one:
        announce(running_one.url)
        await stopped.wait()
