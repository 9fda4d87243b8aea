"""Customers: added once, changed by version, found by id, name or reference."""

from uuid import UUID

from service.customers.changes import after, changed, values
from service.customers.finding import keep_words_of_customer
from service.customers.queries import ADD_CUSTOMER, CHANGE_CUSTOMER, FIND_CUSTOMER, LIST_CUSTOMERS
from service.customers.records import Customer, CustomerChange, NewCustomer, Receipt
from service.identity.trade import VatIdMalformed
from service.kit.paging import Page
from service.kit.refusals import CardNumber, IdTaken, Refusal, StaleVersion
from service.kit.verbs import Work, verb
from service.kit.zones import ZoneUnknown, zone


class ReferenceTaken(Refusal):
    """Another customer has this reference."""

    code, status, remedy = "REFERENCE_TAKEN", 409, "Find the customer with this reference, or choose another."
    constraints = ("customers.one_customer_a_reference",)


@verb(refusals=(CardNumber, ZoneUnknown, IdTaken, ReferenceTaken, VatIdMalformed))
async def add_customer(work: Work, *, customer: NewCustomer) -> Receipt:
    """Adds a customer; the same one under the same id again answers the same."""
    zone(customer.zone)
    receipt = await work.run(ADD_CUSTOMER, customer_id=customer.id or work.new_id(), **values(customer))
    await keep_words_of_customer(work, receipt.id, customer)
    return receipt


@verb(refusals=(CardNumber, ZoneUnknown, StaleVersion, ReferenceTaken, VatIdMalformed))
async def change_customer(work: Work, *, customer_id: UUID, version: int, change: CustomerChange) -> Receipt:
    """Changes the fields that are sent, if nobody else changed the customer since."""
    if isinstance(change.zone, str):
        zone(change.zone)
    receipt = await work.run(CHANGE_CUSTOMER, customer_id=customer_id, version=version, change=changed(change))
    customer = await work.one(FIND_CUSTOMER, customer_id=customer_id)
    await keep_words_of_customer(work, customer_id, customer)
    return receipt


async def find_customer(work: Work, *, customer_id: UUID) -> Customer:
    """One customer as they stand."""
    return await work.one(FIND_CUSTOMER, customer_id=customer_id)


async def list_customers(work: Work, *, name: str | None, reference: str | None, limit: int, cursor: str | None) -> Page[Customer]:
    """Customers in the order they were added; `name` is any part of it in any case, `reference` the whole of it."""
    purpose = f"customers {work.organisation_id} {name} {reference}"
    rows = await work.all(LIST_CUSTOMERS, name=name, reference=reference, after=after(work, purpose, cursor), limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))
