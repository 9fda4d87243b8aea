"""Builders named by what makes them different: `world.customer(zone="Asia/Tokyo")` is any customer but for the zone."""

import asyncio
import os
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
from litestar import Litestar

from service.identity.scopes import Role
from service.kit.database import Database
from service.kit.ids import uuid7
from service.kit.principals import Principal
from tests import examples

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
"""A Wednesday."""
COMPANY_TOLD = (
    "name, zone, address, registration, phone, email, street, city, postcode, country, vat_id, tax_number, legal_id,"
    " electronic_address, account_holder, iban, bic, bank_details"
)
"""What papers tell of an organisation: a row of it comes with a step of its history that says the same."""
CUSTOMER_TOLD = "name, language, zone, street, city, postcode, country, vat_id, buyer_reference, electronic_address"
"""The same of a customer."""


class Clock:
    """The server's time in tests: it stands until moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self, _: object = None) -> datetime:
        return self.now

    def forward(self, **by: float) -> datetime:
        """Moves on by a timedelta's arguments."""
        self.now += timedelta(**by)
        return self.now


class World:
    """One organisation, its people, and requests as any of them."""

    def __init__(self, *, app: Litestar, database: Database, clock: Clock) -> None:
        self.app = app
        self.database = database
        self.clock = clock
        self.organisation_id = self.id()
        self.http = self.browser()
        self._staff: dict[tuple[Role, ...], dict[str, Any]] = {}
        self._tokens: dict[tuple[tuple[Role, ...], datetime], str] = {}
        self._one_at_a_time = asyncio.Lock()

    def browser(self) -> httpx.AsyncClient:
        """Somebody's own: it keeps the cookies that it is given."""
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", event_hooks=examples.hooks())

    def id(self) -> UUID:
        """A fresh UUIDv7."""
        return uuid7(at=self.clock.now, randomness=os.urandom)

    async def begin(self) -> None:
        """The organisation itself, as `sayso init` makes it."""
        await self.sql(
            "with o as (insert into identity.organisation (organisation_id, name, zone, currency, language, phone, email, created_at)"
            " values ($1, 'Northwind Doorstep', 'Europe/Berlin', 'EUR', 'en', '+49 30 555 0100', 'help@northwind.example', $2) returning *)"
            f" insert into identity.organisation_step (organisation_id, version, {COMPANY_TOLD}) select organisation_id, version, {COMPANY_TOLD} from o",
            self.organisation_id,
            self.clock.now,
        )

    async def leave_nothing_due(self) -> None:
        """What this test didn't wait for is done by no other's worker, which works for all organisations of the database."""
        await self.sql("delete from kit.due where organisation_id = $1", self.organisation_id)

    async def end(self) -> None:
        """Closes the client."""
        await self.http.aclose()

    async def sql(self, statement: str, *values: Any) -> list[Any]:
        """Raw SQL as the service's role inside this organisation, committed."""
        async with self.database.pool.acquire() as connection, connection.transaction():
            await connection.execute(f"SET LOCAL sayso.organisation = '{self.organisation_id}'")
            return await connection.fetch(statement, *values)

    async def token(self, *roles: Role) -> str:
        """A bearer token of one member of staff with these roles, who signs in again whenever the clock has moved."""
        async with self._one_at_a_time:
            if roles not in self._staff:
                self._staff[roles] = await self.staff(*roles)
            staff = self._staff[roles]
        if (roles, self.clock.now) not in self._tokens:
            self._tokens[roles, self.clock.now] = self._signed(staff["id"], staff["session_id"], roles)
        return self._tokens[roles, self.clock.now]

    async def staff(self, *roles: Role) -> dict[str, Any]:
        """A new member of staff with a live session."""
        staff_id, session_id = self.id(), self.id()
        await self.sql(
            "with s as (insert into identity.staff (organisation_id, staff_id, name, email, roles, created_at)"
            " values ($1, $2::uuid, 'Robin Field', $2::uuid::text || '@northwind.example', $3, $4) returning 1)"
            " insert into identity.session (organisation_id, session_id, staff_id, began_at) values ($1, $5, $2::uuid, $4)",
            self.organisation_id,
            staff_id,
            list(roles),
            self.clock.now,
            session_id,
        )
        return {"id": staff_id, "session_id": session_id, "token": self._signed(staff_id, session_id, roles)}

    def _signed(self, staff_id: UUID, session_id: UUID, roles: tuple[Role, ...]) -> str:
        token: str = self.app.state.tokens.make(
            organisation_id=self.organisation_id, staff_id=staff_id, session_id=session_id, roles=list(roles), at=self.clock.now
        )
        return token

    async def request(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        role: Role = "manager",
        key: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """One request as somebody with that role."""
        sent = {"Authorization": f"Bearer {await self.token(role)}", **(headers or {})}
        if key is not None:
            sent["Idempotency-Key"] = key
        return await self.http.request(method, path, json=json, headers=sent)

    async def get(self, path: str, **options: Any) -> httpx.Response:
        """A GET."""
        return await self.request("GET", path, **options)

    async def post(self, path: str, json: Any = None, **options: Any) -> httpx.Response:
        """A POST."""
        return await self.request("POST", path, json=json, **options)

    async def done(self, method: str, path: str, json: Any = None, **options: Any) -> dict[str, Any]:
        """A request that must succeed: its answer."""
        answer = await self.request(method, path, json=json, **options)
        assert answer.is_success, (answer.status_code, answer.text)
        document: dict[str, Any] = answer.json()
        return document

    async def customer(self, **differences: Any) -> dict[str, Any]:
        """A customer, but for the differences."""
        return await self.done("POST", "/v1/customers", {"name": "Ada Owner", "zone": "Europe/Berlin", **differences})

    async def changed(self, path: str, **change: Any) -> dict[str, Any]:
        """What stands there, changed as it is by now: `world.changed("/v1/organisation", name="Else")`."""
        return await self.done("PATCH", path, change, headers={"If-Match": (await self.get(path)).headers["etag"]})

    def principal(self, **differences: Any) -> Principal:
        """The system acting in this organisation."""
        return Principal(**{"organisation_id": self.organisation_id, "kind": "system", "id": UUID(int=1), **differences})
