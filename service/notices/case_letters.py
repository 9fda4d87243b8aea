"""What a customer is told in a case, as it leaves."""

import re
from uuid import UUID

from msgspec.structs import replace

from service.care.case_lists import find_case_answer
from service.care.mails import list_mail_addresses, list_mails_answered
from service.customers.customers import find_customer
from service.kit.verbs import Work
from service.notices.letters import to_customer
from service.notices.records import Letter, Withdrawn
from service.notices.rules import EVERY_WAY

_AGAIN = re.compile(r"^(?:(?:re|aw|fwd?|wg)\s*:\s*)+", re.IGNORECASE)
SUBJECT = 200


async def write_case_answer(work: Work, *, customer_id: UUID, subject_id: UUID) -> Letter | Withdrawn:
    """The answer, in the thread of the mails that it answers, with the case's reference; nothing where it was erased since."""
    told = await find_case_answer(work, message_id=subject_id)
    if told.words is None:
        return Withdrawn("erased")
    customer = await find_customer(work, customer_id=customer_id)
    letter = await to_customer(work, customer, {"words": told.words, "reference": told.reference})
    letter = replace(letter, first=told.channel if told.channel in EVERY_WAY else None)
    mails = await list_mails_answered(work, answer_id=subject_id)
    doors = (await list_mail_addresses(work, limit=1, cursor=None)).items
    if doors:
        letter = replace(letter, reply_to=doors[0].address)
    if mails:
        asked = _AGAIN.sub("", mails[-1].subject).replace(f"[{told.reference}]", "").strip()
        answers = tuple(f"<{one.rfc_id}>" for one in mails if one.rfc_id.isascii())
        letter = replace(letter, subject=f"Re: {asked[:SUBJECT]} [{told.reference}]", answers=answers)
    return letter
