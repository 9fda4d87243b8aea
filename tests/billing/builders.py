"""Customers with invoices to pay, and the questions that every money test asks."""

from typing import Any
from uuid import UUID

from service.billing import background
from service.kit.sql import Query, _included
from service.kit.tasks.registry import KINDS
from service.kit.tasks.runner import Runner
from tests.authorisations.ledger import NINE, Ledger
from tests.dispatch.builders import job, technician, visit
from tests.world import World

EUR = "EUR"
OWE = Query(
    "owe",
    _included(
        """with posted_invoice as (
  select invoice_id, customer_id, currency, net_minor, tax_minor, total_minor as gross_minor
  from billing.invoice where organisation_id = :organisation::uuid and invoice_id = :invoice_id::uuid),
posted_lines as (select 'labour' as kind, net_minor from posted_invoice),
posted_taxes as (select 'S 0/1' as rate, tax_minor from posted_invoice),
-- include: billing/receivable
select 1 where :at::timestamptz is not null"""
    ),
    int,
)


def cash(amount: int, *, currency: str = EUR, **more: Any) -> dict[str, Any]:
    """The body of a cash payment."""
    return {"amount": {"amount": amount, "currency": currency}, **{name: str(value) for name, value in more.items()}}


async def pay(world: World, amount: int, *, role: Any = "agent", key: str | None = None, **more: Any) -> dict[str, Any]:
    """Cash taken by an agent: the answer."""
    return await world.done("POST", "/v1/payments/cash", cash(amount, **more), role=role, key=key or str(world.id()))


async def carry(world: World) -> int:
    """Carries forward the days that are over, as the worker does every hour: how many there are by now."""
    assert background.run_carry_forward is KINDS["carry_forward"].handler
    worker = Runner(world.database, kinds={"carry_forward": KINDS["carry_forward"]}, outside=None, clock=world.clock, jitter=lambda: 0.0)
    worker._committed(world.organisation_id)
    await worker.drain()
    (row,) = await world.sql("select count(*) as carried from billing.carry_forward where organisation_id = $1", world.organisation_id)
    return int(row["carried"])


class Books:
    """Posts honest invoices in a world's organisation, so that there is something to pay."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.number = 0
        self.staff_id: UUID | None = None

    async def customer(self) -> UUID:
        """Somebody new who can owe money."""
        customer_id = UUID((await self.world.customer())["id"])
        await self.world.sql(
            "insert into customers.contact (organisation_id, customer_id, contact_id, name, channel, address, may_authorise, created_at)"
            " values ($1, $2, $2, 'Ada', 'email', 'ada@a.example', true, $3)",
            self.world.organisation_id,
            customer_id,
            NINE,
        )
        return customer_id

    async def visit(self, customer_id: UUID) -> UUID:
        """A visit to them, at which money may be taken."""
        by = await technician(self.world)
        return UUID((await visit(self.world, by=by, of=await job(self.world, customer_id=str(customer_id))))["id"])

    async def invoice(self, customer_id: UUID, total_minor: int, *, currency: str = EUR, due_on: str = "2026-01-19") -> UUID:
        """An invoice of one line, authorised, performed and posted with its receivable."""
        if self.staff_id is None:
            self.staff_id = UUID(str((await self.world.staff("technician"))["id"]))
        async with self.world.database.pool.acquire() as connection, connection.transaction():
            await connection.execute(
                f"set local sayso.organisation = '{self.world.organisation_id}'; set local sayso.at = '{NINE.isoformat()}'"
            )
            ledger = Ledger(connection)
            ledger.organisation_id, ledger.customer_id, ledger.contact_id = self.world.organisation_id, customer_id, customer_id
            ledger.staff_id, ledger.number = self.staff_id, self.number
            ledger.customer_version, ledger.organisation_version = await connection.fetchrow(
                "select c.version, o.version from customers.customer c join identity.organisation o using (organisation_id) where c.customer_id = $1",
                customer_id,
            )
            ledger.scopes = {UUID(int=n): {} for n in range(self.number)}  # policies are named by how many scopes there were
            (item_id,) = await ledger.authorise(
                await ledger.scope(currency=currency), {"ticks": 1, "denominator": 1, "price_numerator": total_minor}
            )
            await ledger.work(item_id, 1)
            rows = ledger.posting((item_id, 1, total_minor))
            rows["billing.invoice"][0]["due_on"] = due_on
            await ledger.insert(rows)
            self.number = ledger.number
            invoice_id = UUID(str(rows["billing.invoice"][0]["invoice_id"]))
            values = {"organisation": self.world.organisation_id, "invoice_id": invoice_id, "at": NINE}
            await connection.execute(f"set local sayso.at = '{self.world.clock.now.isoformat()}'")
            await connection.fetch(OWE.text, *[values[name] for name in OWE.parameters])
        return invoice_id
