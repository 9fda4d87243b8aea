"""All that the stand-in remembers, and its clock. In memory: it is the provider, not our store."""

import asyncio
import copy
import secrets
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from service.integrations.stripe import API_VERSION
from service.integrations.stripe.standin.faults import PlannedFault, missing
from service.integrations.stripe.standin.forms import Fields

Thing = dict[str, Any]
"""One Stripe object, exactly as it goes over the wire."""


class Clock:
    """Runs with the wall clock and can be put forward."""

    def __init__(self) -> None:
        self._ahead_s = 0.0
        self._moved = asyncio.Event()

    def now(self) -> float:
        return time.time() + self._ahead_s

    def advance(self, seconds: float) -> None:
        self._ahead_s += seconds
        self._moved.set()
        self._moved = asyncio.Event()

    async def wait_until(self, due_at: float) -> None:
        while (left_s := due_at - self.now()) > 0:
            moved = self._moved
            with suppress(TimeoutError):
                async with asyncio.timeout(left_s):
                    await moved.wait()


@dataclass
class Provider:
    """The account that the stand-in plays. Dictionaries keep the order of creation."""

    clock: Clock = field(default_factory=Clock)
    intents: dict[str, Thing] = field(default_factory=dict)
    charges: dict[str, Thing] = field(default_factory=dict)
    refunds: dict[str, Thing] = field(default_factory=dict)
    methods: dict[str, Thing] = field(default_factory=dict)
    cards: dict[str, str] = field(default_factory=dict)
    """Payment method id → the test card behind it."""
    endpoints: dict[str, Thing] = field(default_factory=dict)
    endpoint_secrets: dict[str, list[str]] = field(default_factory=dict)
    """Newest first; two while a rolled secret still lives."""
    events: dict[str, Thing] = field(default_factory=dict)
    faults: list[PlannedFault] = field(default_factory=list)

    def new_id(self, prefix: str) -> str:
        return f"{prefix}_{secrets.token_hex(12)}"

    def created(self) -> int:
        return int(self.clock.now())

    def planned_fault(self, *, method: str, path: str) -> PlannedFault | None:
        """Takes the first fault that was asked for and fits this call."""
        for fault in self.faults:
            if fault.meets(method=method, path=path):
                fault.times -= 1
                return fault
        return None


@dataclass
class Call:
    """One request to the API while it is being answered: who asks, and what it made happen."""

    provider: Provider
    fields: Fields
    request_id: str
    idempotency_key: str | None = None
    happened: list[Thing] = field(default_factory=list)

    def tell(self, kind: str, thing: Thing, *, previously: Thing | None = None) -> None:
        """Records an event with a snapshot of the thing; deliveries start when the call is answered."""
        data: Thing = {"object": copy.deepcopy(thing)}
        if previously is not None:
            data["previous_attributes"] = previously
        event: Thing = {
            "id": self.provider.new_id("evt"),
            "object": "event",
            "api_version": API_VERSION,
            "created": self.provider.created(),
            "data": data,
            "livemode": False,
            "pending_webhooks": sum(1 for endpoint in self.provider.endpoints.values() if listens(endpoint, kind)),
            "request": {"id": self.request_id, "idempotency_key": self.idempotency_key},
            "type": kind,
        }
        self.provider.events[event["id"]] = event
        self.happened.append(event)


def listens(endpoint: Thing, kind: str) -> bool:
    return endpoint["status"] == "enabled" and ("*" in endpoint["enabled_events"] or kind in endpoint["enabled_events"])


PAGING = frozenset({"limit", "starting_after", "ending_before", "created"})
_BOUNDS = ("gt", "gte", "lt", "lte")


def page(things: Iterable[Thing], fields: Fields, *, url: str, noun: str) -> Thing:
    """A list as Stripe gives it: newest first, by cursor, at most 100 at a time."""
    found = [thing for thing in reversed(list(things)) if _created_within(thing, fields)]
    limit = fields.integer("limit", least=1, most=100) or 10
    places = {thing["id"]: place for place, thing in enumerate(found)}
    after, before = fields.text("starting_after"), fields.text("ending_before")
    for cursor, name in ((after, "starting_after"), (before, "ending_before")):
        if cursor is not None and cursor not in places:
            raise missing(noun, cursor, param=name)
    if before is not None:
        end = places[before]
        start = max(0, end - limit)
        return {"object": "list", "data": found[start:end], "has_more": start > 0, "url": url}
    start = 0 if after is None else places[after] + 1
    return {"object": "list", "data": found[start : start + limit], "has_more": start + limit < len(found), "url": url}


def _created_within(thing: Thing, fields: Fields) -> bool:
    bounds = fields.nested("created", accepts=_BOUNDS)
    if bounds is None:
        return True
    most = 1 << 40
    gt, gte, lt, lte = (bounds.integer(name, least=0, most=most) for name in _BOUNDS)
    created = int(thing["created"])
    return (
        (gt is None or created > gt)
        and (gte is None or created >= gte)
        and (lt is None or created < lt)
        and (lte is None or created <= lte)
    )
