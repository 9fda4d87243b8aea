"""Contacts: the ways to reach a customer's people."""

from uuid import UUID

from service.customers.changes import after, changed, values
from service.customers.customers import find_customer
from service.customers.finding import keep_words_of_contact
from service.customers.queries import ADD_CONTACT, CHANGE_CONTACT, FIND_CONTACT, LIST_CONTACTS
from service.customers.records import Contact, ContactChange, NewContact, Receipt
from service.kit.lists import under
from service.kit.paging import Page
from service.kit.refusals import CardNumber, IdTaken, Refusal, StaleVersion
from service.kit.verbs import Work, verb


class AddressDoesNotFit(Refusal):
    """This address can't be reached by that channel."""

    code, status, remedy = "ADDRESS_DOES_NOT_FIT", 422, "Send an e-mail address for `email`, a telephone number for `phone` and `sms`."
    constraints = ("customers.contact_address_fits_its_channel",)


@verb(refusals=(CardNumber, AddressDoesNotFit, IdTaken))
async def add_contact(work: Work, *, customer_id: UUID, contact: NewContact) -> Receipt:
    """Adds a way to reach somebody; the same one under the same id again answers the same."""
    receipt = await work.run(ADD_CONTACT, customer_id=customer_id, contact_id=contact.id or work.new_id(), **values(contact))
    await keep_words_of_contact(work, customer_id, receipt.id, contact)
    return receipt


@verb(refusals=(CardNumber, AddressDoesNotFit, StaleVersion))
async def change_contact(work: Work, *, customer_id: UUID, contact_id: UUID, version: int, change: ContactChange) -> Receipt:
    """Changes the fields that are sent, if nobody else changed the contact since."""
    receipt = await work.run(CHANGE_CONTACT, customer_id=customer_id, contact_id=contact_id, version=version, change=changed(change))
    contact = await work.one(FIND_CONTACT, customer_id=customer_id, contact_id=contact_id)
    await keep_words_of_contact(work, customer_id, contact_id, contact)
    return receipt


async def find_contact(work: Work, *, customer_id: UUID, contact_id: UUID) -> Contact:
    """One contact as it stands."""
    return await work.one(FIND_CONTACT, customer_id=customer_id, contact_id=contact_id)


@under(find_customer)
async def list_contacts(work: Work, *, customer_id: UUID, limit: int, cursor: str | None) -> Page[Contact]:
    """A customer's contacts in the order they were added."""
    purpose = f"contacts {work.organisation_id} {customer_id}"
    rows = await work.all(LIST_CONTACTS, customer_id=customer_id, after=after(work, purpose, cursor), limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))
