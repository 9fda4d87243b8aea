"""What a customer is told in a case, as it leaves."""

from uuid import UUID

from service.care.case_lists import find_case_answer
from service.customers.customers import find_customer
from service.identity.organisations import find_organisation
from service.kit.verbs import Work
from service.notices.letters import NO_ADDRESS
from service.notices.queries import CONTACT_ADDRESS, MAIL_ADDRESS
from service.notices.records import Letter, Withdrawn


async def write_case_answer(work: Work, *, customer_id: UUID, contact_id: UUID | None, subject_id: UUID) -> Letter | Withdrawn:
    """The answer, to whoever asked, else to where the customer is written to; nothing where it was erased since."""
    told = await find_case_answer(work, message_id=subject_id)
    if told.words is None:
        return Withdrawn("erased")
    asked = [] if contact_id is None else await work.all(CONTACT_ADDRESS, customer_id=customer_id, contact_id=contact_id)
    addresses = asked or await work.all(MAIL_ADDRESS, customer_id=customer_id)
    if not addresses:
        return NO_ADDRESS
    recipient = addresses[0]
    customer = await find_customer(work, customer_id=customer_id)
    values = {"organisation": await find_organisation(work), "name": recipient.name, "words": told.words, "reference": told.reference}
    return Letter(recipient, customer.language, values)
