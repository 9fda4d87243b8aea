"""What a customer is told in a case, as it leaves."""

from uuid import UUID

from service.care.case_lists import find_case_answer
from service.customers.customers import find_customer
from service.kit.verbs import Work
from service.notices.letters import to_customer
from service.notices.records import Letter, Withdrawn


async def write_case_answer(work: Work, *, customer_id: UUID, subject_id: UUID) -> Letter | Withdrawn:
    """The answer, to whoever asked, else to where the customer is written to; nothing where it was erased since."""
    told = await find_case_answer(work, message_id=subject_id)
    if told.words is None:
        return Withdrawn("erased")
    return await to_customer(work, await find_customer(work, customer_id=customer_id), {"words": told.words, "reference": told.reference})
