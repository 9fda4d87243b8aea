"""All that the stand-in remembers, and its clock. In memory, gone with the process: it is the provider, not our store."""

import asyncio
import copy
import secrets
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any

from service.integrations.stripe import API_VERSION
from service.integrations.stripe.standin.faults import PlannedFault, missing
from service.integrations.stripe.standin.forms import Fields
from service.integrations.stripe.standin.manners import Manners

Thing = dict[str, Any]
"""One Stripe object, exactly as it goes over the wire."""

DAY_S = 24 * 3600


class Clock:
    """Runs with the wall clock and can be put forward."""

    def __init__(self) -> None:
        self._ahead_s = 0.0
        self._moved = asyncio.Event()
        self._stopped_at: float | None = None

    def now(self) -> float:
        return time.time() + self._ahead_s if self._stopped_at is None else self._stopped_at

    def advance(self, seconds: float) -> None:
        self._ahead_s += seconds
        self.wake()

    def wake(self) -> None:
        self._moved.set()
        self._moved = asyncio.Event()

    @contextmanager
    def at(self, moment: float) -> Iterator[None]:
        """What was due earlier than it's noticed happens at the moment that it was due."""
        self._stopped_at = moment
        try:
            yield
        finally:
            self._stopped_at = None

    async def wait_moved_or(self, due_at: float) -> None:
        """Returns when that moment has come, or when the clock was put forward or woken."""
        moved = self._moved
        with suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, due_at - self.now())):
                await moved.wait()

    async def wait_until(self, due_at: float) -> None:
        while due_at > self.now():
            await self.wait_moved_or(due_at)


@dataclass
class Planned:
    """Something that happens at the provider by itself, later."""

    due_at: float
    act: "Callable[[Call], object]"


@dataclass
class Provider:
    """The account that the stand-in plays. Dictionaries keep the order of creation."""

    clock: Clock = field(default_factory=Clock)
    manners: Manners = field(default_factory=Manners)
    random: Random = field(default_factory=lambda: Random(0))  # noqa: S311 — mishaps, not secrets
    """The dice: what goes wrong by chance is drawn from them, and nothing else."""
    things: dict[str, dict[str, Thing]] = field(default_factory=lambda: defaultdict(dict))
    """Noun → id → object."""
    test_cards: dict[str, str] = field(default_factory=dict)
    """Payment method id → the test card behind it."""
    used_up: set[str] = field(default_factory=set)
    """Payment methods that belonged to nobody when they paid, or were detached: good for no second payment."""
    declines: dict[str, str] = field(default_factory=dict)
    """Saved methods whose bank says no from now on, each with its decline code."""
    contents: dict[str, bytes] = field(default_factory=dict)
    """File id → what was uploaded."""
    paid_out_by: dict[str, str] = field(default_factory=dict)
    """Balance transaction id → the automatic payout that carried it."""
    checkouts: dict[str, str] = field(default_factory=dict)
    """The secret in a checkout page's address → the session."""
    session_items: dict[str, list[Thing]] = field(default_factory=dict)
    session_data: dict[str, Fields] = field(default_factory=dict)
    """Session → what its intent will be told."""
    endpoint_secrets: dict[str, list[str]] = field(default_factory=dict)
    """Newest first; two while a rolled secret still lives."""
    faults: list[PlannedFault] = field(default_factory=list)
    agenda: list[Planned] = field(default_factory=list)
    money_came: bool = False
    """Since the next automatic payout was planned last."""
    down_until: float = 0.0

    def new_id(self, prefix: str) -> str:
        return f"{prefix}_{secrets.token_hex(12)}"

    def new_client_secret(self, thing_id: str) -> str:
        """What lets its holder pay or save by this intent."""
        return f"{thing_id}_secret_{secrets.token_hex(12)}"

    def created(self) -> int:
        return int(self.clock.now())

    def keep(self, thing: Thing) -> Thing:
        self.things[thing["object"]][thing["id"]] = thing
        return thing

    def all(self, noun: str) -> list[Thing]:
        return list(self.things[noun].values())

    def remove(self, thing: Thing) -> Thing:
        """What is answered where a thing is gone."""
        del self.things[thing["object"]][thing["id"]]
        return {"id": thing["id"], "object": thing["object"], "deleted": True}

    def find(self, noun: str, key: str, *, param: str = "id") -> Thing:
        if key not in self.things[noun]:
            raise missing(noun, key, param=param)
        return self.things[noun][key]

    def anything(self, key: str) -> Thing | None:
        """The object of this id, whatever it is."""
        return next((things[key] for things in self.things.values() if key in things), None)

    @property
    def is_down(self) -> bool:
        return self.clock.now() < self.down_until

    def planned_fault(self, *, method: str, path: str) -> PlannedFault | None:
        """Takes the first fault that was asked for and fits this call."""
        for fault in self.faults:
            if fault.meets(method=method, path=path) and self.random.random() < fault.chance:
                fault.times -= 1
                return fault
        return None

    def due(self) -> Planned | None:
        """Takes the earliest thing that should have happened by now."""
        first = min(self.agenda, key=lambda planned: planned.due_at, default=None)
        if first is None or first.due_at > self.clock.now():
            return None
        self.agenda.remove(first)
        return first


@dataclass
class Call:
    """One request to the API while it is being answered: who asks, and what it made happen."""

    provider: Provider
    fields: Fields
    request_id: str | None
    idempotency_key: str | None = None
    address: str = ""
    """Where the caller reaches the stand-in: for links to its pages."""
    happened: list[Thing] = field(default_factory=list)

    def later(self, seconds: float, act: "Callable[[Call], object]") -> None:
        """Something that happens by itself when the stand-in's clock has moved on that far."""
        self.provider.agenda.append(Planned(self.provider.clock.now() + seconds, act))
        self.provider.clock.wake()

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
            "pending_webhooks": sum(1 for endpoint in self.provider.all("webhook_endpoint") if listens(endpoint, kind)),
            "request": {"id": self.request_id, "idempotency_key": self.idempotency_key},
            "type": kind,
        }
        self.provider.keep(event)
        self.happened.append(event)

    def change(self, thing: Thing, kind: str, **changes: object) -> None:
        """Changes an object and tells it, with what it was before."""
        previously = {name: copy.deepcopy(thing.get(name)) for name, value in changes.items() if thing.get(name) != value}
        thing.update(changes)
        self.tell(kind, thing, previously=previously)


def listens(endpoint: Thing, kind: str) -> bool:
    return endpoint["status"] == "enabled" and ("*" in endpoint["enabled_events"] or kind in endpoint["enabled_events"])


PAGING = frozenset({"limit", "starting_after", "ending_before"})
DATED = PAGING | {"created"}
_BOUNDS = ("gt", "gte", "lt", "lte")


def matching(call: Call, noun: str, filters: Collection[str]) -> list[Thing]:
    """What of this noun has the value that the call asks for in each of these; one that isn't told takes any."""
    asked = {name: call.fields.text(name) for name in filters}
    return [thing for thing in call.provider.all(noun) if all(value in {None, thing[name]} for name, value in asked.items())]


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
    exactly = fields.text("created") if fields.is_text("created") else None
    if exactly is not None:
        return str(thing["created"]) == exactly
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
