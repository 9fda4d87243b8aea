"""The rooms' own rules, called as the made-up company's people and at the times when it is said to have happened; nothing is written past them."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg

from service.cli.demo.mould import Client
from service.identity.scopes import Role, scopes_of
from service.kit.database import Database
from service.kit.ids import uuid7
from service.kit.paging import Cursors
from service.kit.principals import Principal
from service.kit.verbs import VerbRule
from service.settings import Settings, keys_of

T = TypeVar("T")
AT_ONCE = 12
SYSTEM = UUID(int=1)
Told = Callable[[str, int], Callable[[], None]]
"""Hears what is being done and how much of it there is; what it answers is called after each."""


def unheard(what: str, total: int) -> Callable[[], None]:  # noqa: ARG001 — the shape of `Told`
    """For who doesn't want to hear."""
    return lambda: None


@dataclass(frozen=True)
class Served:
    """A customer as made."""

    client: Client
    customer_id: UUID
    contact_id: UUID
    """Their telephone."""
    site_id: UUID


@dataclass
class Company:
    """What was made, as later steps need it."""

    founded_at: datetime
    now: datetime
    staff: dict[str, UUID] = field(default_factory=dict)
    """By address of mail."""
    items: dict[str, UUID] = field(default_factory=dict)
    """By code."""
    served: list[Served] = field(default_factory=list)

    def today(self, zone: str) -> date:
        """The day it is there."""
        return self.now.astimezone(ZoneInfo(zone)).date()

    def at(self, on: date, clock: time, zone: str) -> datetime:
        """That wall time there."""
        return datetime.combine(on, clock, ZoneInfo(zone))


class Office:
    """One organisation's rules in this process."""

    def __init__(self, database: Database, organisation_id: UUID) -> None:
        self.database = database
        self.organisation_id = organisation_id
        self.system = Principal(organisation_id=organisation_id, kind="system", id=SYSTEM)

    def person(self, staff_id: UUID, *roles: Role) -> Principal:
        """A member of staff with what these roles may do."""
        return Principal(organisation_id=self.organisation_id, kind="staff", id=staff_id, scopes=scopes_of(list(roles)))

    def new_id(self, at: datetime) -> UUID:
        """A fresh UUIDv7 of that instant."""
        return uuid7(at=at, randomness=self.database.randomness)

    async def do(self, rule: VerbRule[..., T], *, at: datetime, by: Principal | None = None, **values: Any) -> T:
        """Does a verb as of `at`; raises Refusal."""
        done = await self.database.perform(
            rule, principal=by or self.system, at=at, request_id=self.new_id(at), remember=None, values=values
        )
        record: T = done.record
        return record

    async def read(self, question: Callable[..., Coroutine[Any, Any, T]], *, at: datetime, **values: Any) -> T:
        """Answers a question; raises Refusal."""
        return await self.database.read(question, principal=self.system, at=at, request_id=self.new_id(at), values=values)

    async def value(self, statement: str, *values: Any) -> Any:
        """One value that only a mail holds, read as the service's role inside the organisation."""
        async with self.database.pool.acquire() as connection, connection.transaction():
            await connection.execute(f"SET LOCAL sayso.organisation = '{self.organisation_id}'")
            return await connection.fetchval(statement, *values)


@asynccontextmanager
async def open_office(settings: Settings, organisation_id: UUID) -> AsyncIterator[Office]:
    """An office with a pool of its own. What it writes isn't waited for on the disk: a load that a power cut ends is begun anew."""
    lenient = {"application_name": "sayso demo", "synchronous_commit": "off"}
    async with asyncpg.create_pool(settings.database_url, min_size=2, max_size=AT_ONCE, server_settings=lenient) as pool:
        yield Office(
            Database(
                pool,
                randomness=os.urandom,
                cursors=Cursors(settings.secret),
                keys=keys_of(settings),
            ),
            organisation_id,
        )


async def side_by_side(work: Iterable[Callable[[], Awaitable[None]]], done: Callable[[], None]) -> None:
    """All of it, some at once, in about the order given; `done` is told after each. The first failure ends it."""
    waiting = iter(work)

    async def hand() -> None:
        for one in waiting:
            await one()
            done()

    async with asyncio.TaskGroup() as hands:
        for _ in range(AT_ONCE):
            hands.create_task(hand())
