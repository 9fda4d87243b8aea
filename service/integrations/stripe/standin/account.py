"""One stand-in: the account it plays, its idempotency keys, its courier, and what happens by itself as its clock moves."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from service.integrations.asgi import Request
from service.integrations.stripe.standin.deliveries import Courier
from service.integrations.stripe.standin.faults import StripeFault
from service.integrations.stripe.standin.forms import Fields
from service.integrations.stripe.standin.idempotency import Keys
from service.integrations.stripe.standin.nouns.payouts import plan
from service.integrations.stripe.standin.state import Call, Provider

LOOKS_EVERY_S = 3600.0
T = TypeVar("T")


@dataclass
class StandIn:
    api_key: str
    public_url: str | None = None
    """Where a browser reaches the pages, if elsewhere than the API's own callers."""
    provider: Provider = field(default_factory=Provider)
    keys: Keys = field(default_factory=Keys)
    courier: Courier = field(init=False)
    hanging: int = 0
    """Calls that came in and are kept waiting."""
    address: str = ""
    """Where it was last called."""
    _hanging_changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _let_go: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.courier = Courier(self.provider)

    async def reset(self) -> None:
        """Back to an account in which nothing ever happened."""
        await self.courier.close()
        former = self.provider
        self.provider, self.keys = Provider(), Keys()
        self.courier = Courier(self.provider)
        former.clock.wake()

    def reached_at(self, request: Request) -> str:
        self.address = self.public_url or f"http://{request.headers.get('host', '127.0.0.1')}"
        return self.address

    async def send_early(self, call: Call) -> Callable[[], None]:
        """Delivers now what was asked to arrive before the response; what it gives back lets the rest leave, once the call is answered."""
        plan(call)
        courier = self.courier
        courier.expected += 1
        ruled = [(event, courier.rule_for(event["type"])) for event in call.happened]
        for event, rule in ruled:
            if rule.before_response:
                await courier.attempt_all(event, rule)
        return partial(courier.soon, [(event, rule) for event, rule in ruled if not rule.before_response])

    async def act_outside(self, act: Callable[[Call], T], *, at: float | None = None) -> T:
        """Something that happens at the provider without a call of ours; its events leave at once, refused or not."""
        call = Call(self.provider, Fields({}, accepts=()), None, address=self.public_url or self.address)
        try:
            with self.provider.clock.at(at if at is not None else self.provider.clock.now()):
                done = act(call)
                plan(call)
                return done
        finally:
            (await self.send_early(call))()

    async def run_due(self) -> None:
        """What should have happened by now happens, one after another, each at its moment."""
        while (planned := self.provider.due()) is not None:
            try:
                await self.act_outside(planned.act, at=planned.due_at)
            except StripeFault:
                continue  # what was planned doesn't fit any more: the world has moved on

    async def live(self) -> None:
        """Lets things happen by themselves, for as long as this runs."""
        while True:
            await self.run_due()
            clock = self.provider.clock
            await clock.wait_moved_or(min((one.due_at for one in self.provider.agenda), default=clock.now() + LOOKS_EVERY_S))

    async def hang(self, request: Request) -> bool:
        """Keeps a call waiting until it's let go (true) or its client has hung up."""
        await self._count_hanging(1)
        waits = [asyncio.create_task(self._let_go.wait()), asyncio.ensure_future(request.gone())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            return waits[0].done()
        finally:
            for wait in waits:
                wait.cancel()
            await asyncio.gather(*waits, return_exceptions=True)
            await self._count_hanging(-1)

    async def _count_hanging(self, by: int) -> None:
        async with self._hanging_changed:
            self.hanging += by
            self._hanging_changed.notify_all()

    async def until_hanging(self, count: int) -> None:
        async with self._hanging_changed:
            await self._hanging_changed.wait_for(lambda: self.hanging >= count)

    def let_go(self) -> int:
        """Every call that hangs now goes on as if nothing had been."""
        self._let_go.set()
        self._let_go = asyncio.Event()
        return self.hanging
