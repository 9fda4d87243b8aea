"""Webhook deliveries: signed, retried for three days, and as unruly as whoever drives the stand-in asks.

A signature carries the wall clock, also when the stand-in's own clock was put forward: a late delivery is late, not forged.
"""

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Literal

import httpx
import msgspec
import stripe

from service.integrations.stripe.standin.state import Provider, Thing, listens

Signature = Literal["good", "forged", "unsigned", "old", "future"]
State = Literal["waiting", "delivered", "dropped", "held", "given_up"]

RETRY_AFTER_S = (5, 60, 600, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600, 24 * 3600)
"""Growing pauses over three days, as Stripe promises; it doesn't publish the figures, these are ours."""
ANSWER_WITHIN_S = 10.0
AT_ONCE = 16
"""Deliveries on their way at the same time: a burst waits its turn, and isn't counted as unanswered meanwhile."""
SKEWED_BY_S = 3600


class Rule(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """How the next matching events are delivered. `times` nothing: until cleared."""

    types: list[str] = []
    copies: int = 1
    delay_s: float = 0.0
    drop: bool = False
    hold: bool = False
    before_response: bool = False
    signature: Signature = "good"
    times: int | None = None
    chance: float = 1.0
    """Of each matching event; the dice are those of the control `dice`."""

    def take(self, kind: str, random: Random) -> bool:
        if self.times == 0 or (self.types and kind not in self.types) or random.random() >= self.chance:
            return False
        if self.times is not None:
            self.times -= 1
        return True


PLAIN = Rule()


class Delivery(msgspec.Struct, kw_only=True):
    endpoint: str
    event: str
    kind: str
    signature: Signature
    due_at: float
    state: State = "waiting"
    attempts: int = 0
    last_status: int | None = None
    """What the endpoint answered last; nothing when it couldn't be reached in time."""


@dataclass
class Courier:
    """Carries events to the endpoints, each delivery on its own: order isn't promised, as with Stripe."""

    provider: Provider
    rules: list[Rule] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    expected: int = 0
    """Calls that made events and aren't answered yet."""
    _under_way: int = 0
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _free: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _http: httpx.AsyncClient = field(
        default_factory=lambda: httpx.AsyncClient(timeout=ANSWER_WITHIN_S, trust_env=False, follow_redirects=False)
    )

    def rule_for(self, kind: str) -> Rule:
        return next((rule for rule in self.rules if rule.take(kind, self.provider.random)), PLAIN)

    def dispatch(self, event: Thing, rule: Rule) -> int:
        """Starts carrying this event to whoever listens; says how many deliveries that makes."""
        fresh = self._address(event, rule)
        for delivery in fresh:
            if delivery.state == "waiting":
                self._start(delivery)
        return len(fresh)

    async def attempt_all(self, event: Thing, rule: Rule) -> None:
        """Delivers now and waits for the answers; what failed is retried later."""
        for delivery in self._address(event, rule):
            if delivery.state == "waiting":
                if not self.provider.is_down:
                    await self._attempt(delivery)
                self._start(delivery)

    def _address(self, event: Thing, rule: Rule) -> list[Delivery]:
        fresh = []
        for endpoint in self.provider.all("webhook_endpoint"):
            if not listens(endpoint, event["type"]):
                continue
            for _ in range(1 if rule.drop or rule.hold else rule.copies):
                delivery = Delivery(
                    endpoint=endpoint["id"],
                    event=event["id"],
                    kind=event["type"],
                    signature=rule.signature,
                    due_at=self.provider.clock.now() + rule.delay_s,
                )
                if rule.drop or rule.hold:
                    delivery.state = "dropped" if rule.drop else "held"
                fresh.append(delivery)
        self.deliveries += fresh
        return fresh

    async def release(self, *, order: Literal["as_sent", "reversed", "shuffled"]) -> int:
        """Delivers what was held, one after another in this order; each is attempted before the next."""
        held = [delivery for delivery in self.deliveries if delivery.state == "held"]
        if order == "reversed":
            held.reverse()
        elif order == "shuffled":
            self.provider.random.shuffle(held)
        for delivery in held:
            delivery.state = "waiting"
            delivery.due_at = self.provider.clock.now()
            await self._attempt(delivery)
            self._start(delivery)
        return len(held)

    async def settled(self) -> None:
        """Returns when every event made so far was attempted; a retry that is due later isn't waited for."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.expected == 0 and self._under_way == 0 and not self._due())

    def _due(self) -> bool:
        now = self.provider.clock.now()
        return not self.provider.is_down and any(delivery.state == "waiting" and delivery.due_at <= now for delivery in self.deliveries)

    async def answered(self, events: Iterable[tuple[Thing, Rule]]) -> None:
        """The call that made these events has its answer: now they may leave."""
        for event, rule in events:
            self.dispatch(event, rule)
        self.expected -= 1
        await self._tell()

    def soon(self, events: list[tuple[Thing, Rule]]) -> None:
        if not self._http.is_closed:
            self._keep(asyncio.create_task(self.answered(events)))

    async def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._http.aclose()

    def _start(self, delivery: Delivery) -> None:
        self._keep(asyncio.create_task(self._carry(delivery)))

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, delivery: Delivery) -> None:
        while delivery.state == "waiting":
            await self.provider.clock.wait_until(max(delivery.due_at, self.provider.down_until))
            if not self.provider.is_down:
                await self._attempt(delivery)

    async def _attempt(self, delivery: Delivery) -> None:
        self._under_way += 1
        try:
            async with self._free:
                delivery.last_status = await self._post(delivery)
            delivery.attempts += 1
            if delivery.last_status is not None and 200 <= delivery.last_status < 300:
                delivery.state = "delivered"
                event = self.provider.find("event", delivery.event)
                event["pending_webhooks"] = max(0, event["pending_webhooks"] - 1)
            elif delivery.attempts > len(RETRY_AFTER_S):
                delivery.state = "given_up"
            else:
                delivery.due_at = self.provider.clock.now() + RETRY_AFTER_S[delivery.attempts - 1]
        finally:
            self._under_way -= 1
            await self._tell()

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _post(self, delivery: Delivery) -> int | None:
        endpoint = self.provider.things["webhook_endpoint"].get(delivery.endpoint)
        if endpoint is None:
            return 410
        body = msgspec.json.format(msgspec.json.encode(self.provider.find("event", delivery.event)), indent=2)
        headers = {"content-type": "application/json; charset=utf-8", "user-agent": "Stripe/1.0 (Sayso's stand-in)"}
        signature = sign(body, self.provider.endpoint_secrets[delivery.endpoint], how=delivery.signature, now_s=int(time.time()))
        if signature is not None:
            headers["stripe-signature"] = signature
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                return (await self._http.post(endpoint["url"], content=body, headers=headers)).status_code
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError):
            return None


def sign(body: bytes, secrets: list[str], *, how: Signature, now_s: int) -> str | None:
    """The `Stripe-Signature` header: one `v1` for each live secret."""
    if how == "unsigned":
        return None
    signed_at = now_s + {"old": -SKEWED_BY_S, "future": SKEWED_BY_S}.get(how, 0)
    used = ["whsec_of_somebody_else"] if how == "forged" else secrets
    headers = [stripe.WebhookSignature.generate_signature_header(body.decode(), secret, signed_at) for secret in used]
    return ",".join([f"t={signed_at}", *(header.split(",", 1)[1] for header in headers)])
