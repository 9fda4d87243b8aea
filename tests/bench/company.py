"""A company to measure with: made by the rooms' own rules, before any clock runs."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from service.authorisations.consents import record_oral_consent
from service.authorisations.offers import create_offer
from service.authorisations.records import Authoriser, NewItem, NewOffer, NewWorkRecord, OralConsent
from service.authorisations.work_records import record_several
from service.billing.invoices import post_invoice
from service.billing.records.invoices import NewInvoice, NewLine
from service.cli._database import open_database
from service.customers.contacts import add_contact
from service.customers.customers import add_customer
from service.customers.records import NewContact, NewCustomer, NewSite
from service.customers.sites import add_site
from service.dispatch.jobs import open_job
from service.dispatch.records import Booking, NewJob, NewShifts, NewTechnician
from service.dispatch.slots import book_visit
from service.dispatch.technicians import add_shifts, add_technician
from service.dispatch.visits import accept_visit, arrive_at_visit, dispatch_visit, set_out_to_visit
from service.identity.organisations import found_organisation
from service.identity.records import Founding
from service.identity.scopes import ALL
from service.identity.tokens import Tokens
from service.kit.database import Database
from service.kit.ids import uuid7
from service.kit.principals import Principal
from service.settings import Settings

HOUR: dict[str, Any] = {"kind": "labour", "description": "Work", "unit": "HUR", "unit_price": "9000", "tax_category": "S", "tax_rate": "19"}
AT_ONCE = 8
ITEMS_OF_AN_OFFER = 100


class Company:
    """One organisation and what the benchmarks ask of it."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.settings = database, settings
        self.organisation_id, self.manager_id = self.id(), self.id()
        self.principal = Principal(organisation_id=self.organisation_id, kind="staff", id=self.manager_id, scopes=ALL)

    def id(self) -> UUID:
        """A fresh id."""
        return uuid7(at=datetime.now(UTC), randomness=os.urandom)

    async def do(self, rule: Any, **values: Any) -> Any:
        """A verb as the manager, now."""
        now = datetime.now(UTC)
        done = await self.database.perform(rule, principal=self.principal, at=now, request_id=self.id(), remember=None, values=values)
        return done.record

    async def begin(self) -> str:
        """The organisation; answers a bearer of its manager's."""
        founding = Founding(
            name="Bench", zone="Europe/Berlin", currency="EUR", language="en", phone="+49 30 555 0100", email="bench@bench.example",
            manager_name="M", manager_email=f"{self.manager_id}@bench.example", manager_password="correct horse battery staple",
            organisation_id=self.organisation_id, manager_id=self.manager_id,
        )  # fmt: skip
        await self.do(found_organisation, founding=founding)
        session_id = self.id()
        async with self.database.pool.acquire() as connection, connection.transaction():
            await connection.execute(f"set local sayso.organisation = '{self.organisation_id}'")
            await connection.execute(
                "insert into identity.session (organisation_id, session_id, staff_id, began_at) values ($1, $2, $3, now())",
                self.organisation_id, session_id, self.manager_id,
            )  # fmt: skip
        return Tokens(self.settings.signing_key).make(
            organisation_id=self.organisation_id, staff_id=self.manager_id, session_id=session_id, roles=["manager"], at=datetime.now(UTC)
        )

    async def commits(self, subjects: set[bytes]) -> dict[bytes, float]:
        """When what was told of each of them was committed, in seconds since 1970."""
        async with self.database.pool.acquire() as connection, connection.transaction():
            await connection.execute(f"set local sayso.organisation = '{self.organisation_id}'")
            rows = await connection.fetch(
                "select subject_id, extract(epoch from min(pg_xact_commit_timestamp(transaction_id::xid)))::float8 as at from kit.fact"
                " where organisation_id = $1 and subject_id = any ($2::uuid[]) group by 1",
                self.organisation_id, [UUID(one.decode()) for one in subjects],
            )  # fmt: skip
        return {str(row["subject_id"]).encode(): row["at"] for row in rows}

    async def customer(self) -> tuple[UUID, UUID, UUID]:
        """Customer, contact who may authorise, site."""
        customer_id = (await self.do(add_customer, customer=NewCustomer(name="Ada Owner", zone="Europe/Berlin"))).id
        contact = NewContact(name="Ada Owner", channel="email", address="ada@a.example", may_authorise=True)
        contact_id = (await self.do(add_contact, customer_id=customer_id, contact=contact)).id
        site_id = (await self.do(add_site, customer_id=customer_id, site=NewSite(address="1 Mill Lane", zone="Europe/Berlin"))).id
        return customer_id, contact_id, site_id

    async def technicians(self, count: int) -> list[UUID]:
        """People who work round the clock for the coming month."""
        ids = []
        for _ in range(count):
            staff_id = self.id()
            async with self.database.pool.acquire() as connection, connection.transaction():
                await connection.execute(f"set local sayso.organisation = '{self.organisation_id}'")
                await connection.execute(
                    "insert into identity.staff (organisation_id, staff_id, name, email, roles, created_at) values ($1, $2, 'T', $3, '{technician}', now())",
                    self.organisation_id, staff_id, f"{staff_id}@bench.example",
                )  # fmt: skip
            await self.do(add_technician, technician=NewTechnician(staff_id=staff_id, zone="UTC", may_take_cash=True))
            today = datetime.now(UTC).date()
            days = NewShifts(from_on=today, until_on=today + timedelta(days=28), starts=time(0), ends=time(0))
            await self.do(add_shifts, technician_id=staff_id, shifts=days)
            ids.append(staff_id)
        return ids

    async def visit(self, technician_id: UUID, number: int) -> tuple[UUID, UUID, UUID, UUID]:
        """Job, visit on site, customer, contact."""
        customer_id, contact_id, site_id = await self.customer()
        job_id = (await self.do(open_job, job=NewJob(customer_id=customer_id, site_id=site_id, kind="repair", duration_minutes=5))).id
        midnight = (datetime.now(UTC) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        booking = Booking(technician_id=technician_id, from_=midnight + timedelta(minutes=5 * number))
        visit_id = (await self.do(book_visit, job_id=job_id, booking=booking)).id
        for step in (dispatch_visit, accept_visit, set_out_to_visit, arrive_at_visit):
            await self.do(step, visit_id=visit_id)
        return job_id, visit_id, customer_id, contact_id

    async def performed(self, *, items: int) -> tuple[UUID, list[UUID]]:
        """A customer with that many items authorised and done, nothing billed."""
        customer_id, contact_id, site_id = await self.customer()
        scope_id = (await self.do(open_job, job=NewJob(customer_id=customer_id, site_id=site_id, kind="repair"))).scope_id
        ids: list[UUID] = []
        for count in [ITEMS_OF_AN_OFFER] * (items // ITEMS_OF_AN_OFFER) + [items % ITEMS_OF_AN_OFFER] * (items % ITEMS_OF_AN_OFFER > 0):
            offer = await self.do(create_offer, scope_id=scope_id, offer=NewOffer(items=[NewItem(quantity="1", **HOUR)] * count))
            now = datetime.now(UTC)
            consent = OralConsent(
                offer_hash=offer.offer_hash, channel="oral_in_person", consented_at=now, authoriser=Authoriser(contact_id=contact_id, name="Ada Owner"),
                approved=offer.item_ids, received_by="B", conditions="", added_minor=offer.total_minor, total_minor=9000 * (len(ids) + count),
            )  # fmt: skip
            await self.do(record_oral_consent, offer_id=offer.id, consent=consent)
            now = datetime.now(UTC)
            records = [NewWorkRecord(item_id=item_id, quantity="1", started_at=now, ended_at=now) for item_id in offer.item_ids]
            await self.do(record_several, records=records)
            ids += offer.item_ids
        return customer_id, ids

    async def billed(self) -> tuple[UUID, UUID, int]:
        """Customer, an invoice with everything open, and how much."""
        customer_id, items = await self.performed(items=1)
        receipt = await self.do(post_invoice, invoice=invoice_of(customer_id, items))
        return customer_id, receipt.id, receipt.total_minor


def invoice_of(customer_id: UUID, items: list[UUID], *, price: str = "9000") -> NewInvoice:
    """An hour of each item."""
    return NewInvoice(
        customer_id=customer_id, currency="EUR", lines=[NewLine(quantity="1", unit_price=price, item_id=item) for item in items]
    )


async def many(count: int, make: Callable[[int], Awaitable[Any]]) -> list[Any]:
    """That many, several at once, in order."""
    made: list[Any] = [None] * count
    numbers = iter(range(count))

    async def worker() -> None:
        for number in numbers:
            made[number] = await make(number)

    await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
    return made


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Company]:
    """A company on an open pool."""
    async with open_database(settings) as database:
        yield Company(database, settings)
