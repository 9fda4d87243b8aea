"""Messages: words in and out, noted by whoever heard or said them; what reached a customer keeps what was promised to them."""

from uuid import UUID

from service.care.queries import FORGET_MESSAGES, LIST_MESSAGES, NOTE_MESSAGE
from service.care.records import Forgotten, Message, MessageReceipt, NewMessage
from service.customers.customers import find_customer
from service.kit.card_numbers import refuse_card_numbers
from service.kit.lists import under
from service.kit.paging import Page
from service.kit.refusals import CardNumber, IdTaken, Refusal
from service.kit.verbs import Work, verb

LAST = UUID(int=2**128 - 1)


class ContactUnknown(Refusal):
    """This customer has no such contact."""

    code, status, remedy = "CONTACT_UNKNOWN", 422, "Name one of `GET /v1/customers/{customer_id}/contacts`, or nobody."
    constraints = ("care.message_with_contact", "care.case_with_contact", "care.signed_by_contact", "care.loan_signed_by_contact")


class InboundUnheard(Refusal):
    """What came in was heard by whoever notes it."""

    code, status, remedy = "INBOUND_UNHEARD", 422, "Send `reached: false` only with `direction: out`."
    constraints = ("care.what_came_in_was_heard",)


@verb(refusals=(CardNumber, IdTaken, ContactUnknown, InboundUnheard))
async def note_message(work: Work, *, customer_id: UUID, message: NewMessage) -> MessageReceipt:
    """Notes a call, a visit to the counter, a mail or a letter; now is when it happened. One that reached them keeps the open promises made by hand, or those it names."""
    refuse_card_numbers(message.words)
    return await work.run(
        NOTE_MESSAGE,
        message_id=message.id or work.new_id(),
        customer_id=customer_id,
        contact_id=message.contact_id,
        direction=message.direction,
        channel=message.channel,
        reached=message.reached,
        words=message.words,
        promise_ids=message.promise_ids,
    )


@under(find_customer)
async def list_messages(work: Work, *, customer_id: UUID, limit: int, cursor: str | None) -> Page[Message]:
    """What a customer told us and was told by people, the latest first."""
    purpose = f"messages {work.organisation_id} {customer_id}"
    before = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else LAST
    rows = await work.all(LIST_MESSAGES, customer_id=customer_id, before=before, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))


@verb()
async def forget_messages(work: Work, *, customer_id: UUID, contact_id: UUID | None, everybody: bool) -> Forgotten:
    """Erases what was said by and to somebody who was erased; again there is nothing left."""
    return await work.run(FORGET_MESSAGES, customer_id=customer_id, contact_id=contact_id, everybody=everybody)
