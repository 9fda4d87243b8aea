"""Customers: added once, changed by version, read by page."""

from uuid import UUID

from service.customers.queries import ADD_CUSTOMER, FIND_CUSTOMER, LIST_CUSTOMERS
from service.customers.records import Customer, CustomerReceipt, NewCustomer
from service.kit.paging import Page
from service.kit.refusals import IdTaken, Refusal
from service.kit.verbs import Work, verb
from service.kit.zones import ZoneUnknown, zone

NOBODY = UUID(int=0)


class ReferenceTaken(Refusal):
    """Another customer has this reference."""

    code, status, remedy = "REFERENCE_TAKEN", 409, "Find the customer with this reference, or choose another."
    constraints = ("customers.one_customer_a_reference",)


@verb(refusals=(ZoneUnknown, IdTaken, ReferenceTaken))
async def add_customer(work: Work, *, customer: NewCustomer) -> CustomerReceipt:
    """Adds a customer; the same one under the same id again answers the same."""
    zone(customer.zone)
    return await work.run(
        ADD_CUSTOMER,
        customer_id=customer.id or work.new_id(),
        name=customer.name,
        reference=customer.reference,
        language=customer.language,
        zone=customer.zone,
    )


async def find_customer(work: Work, *, customer_id: UUID) -> Customer:
    """One customer as they stand."""
    return await work.one(FIND_CUSTOMER, customer_id=customer_id)


async def list_customers(work: Work, *, limit: int, cursor: str | None) -> Page[Customer]:
    """Customers in the order they were added."""
    purpose = f"customers {work.organisation_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOBODY
    rows = await work.all(LIST_CUSTOMERS, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))
