"""Texts that come in by a gateway of the operator's: a word in a case of whoever has that number; of nobody known, it waits for somebody who knows."""

from uuid import UUID

from service.care.case_lists import find_case_going_on
from service.care.cases import CaseMerged, hear
from service.care.mails import FIRST, REFERENCE
from service.care.messages import note_message
from service.care.queries import (
    ADD_TEXT_DOOR,
    CASE_TEXTED_OF,
    FIND_MAIL_BY_KEY,
    FIND_TEXT_DOOR,
    KEEP_TEXT,
    LIST_TEXT_DOORS,
    REMOVE_TEXT_DOOR,
)
from service.care.records import NewMessage
from service.care.records.cases import NewCaseWord
from service.care.records.texts import NewTextDoor, OpenTextDoor, TextDoor, TextDoorReceipt, TextPlace, TextTaken
from service.customers.finding import list_contacts_by_number
from service.integrations.text_reading import ReadText, secret_of
from service.kit.card_numbers import masked
from service.kit.paging import Cursors, Page
from service.kit.refusals import IdTaken, Refusal
from service.kit.verbs import Again, Lock, Work, verb


class TextNotTaken(Refusal):
    """This message isn't signed by a gateway that may hand texts in, or can't be read."""

    code, status, remedy = (
        "TEXT_NOT_TAKEN",
        422,
        "Sign the JSON by Standard Webhooks with the secret of its door (`POST /v1/text-doors`), within five minutes, of at most 64 KiB.",
    )
    final = True


def door_secret(cursors: Cursors, *, organisation_id: UUID, text_door_id: UUID) -> str:
    """The secret of one door: made of its id, so that a replay shows the same one; kept nowhere."""
    return secret_of(cursors.derived("text door", organisation_id.bytes, text_door_id.bytes))


def _shown(work: Work, receipt: TextDoorReceipt) -> OpenTextDoor:
    path = f"/v1/organisations/{work.organisation_id}/text-doors/{receipt.id}/texts"
    return OpenTextDoor(receipt.id, path, door_secret(work.cursors, organisation_id=work.organisation_id, text_door_id=receipt.id))


@verb(refusals=(IdTaken,), remembers=TextDoorReceipt, finish=_shown)
async def add_text_door(work: Work, *, door: NewTextDoor) -> TextDoorReceipt:
    """Takes texts of a gateway in from now on; the answer is where its secret is shown. Two doors of one channel are live at once, while a secret is changed."""
    return await work.run(ADD_TEXT_DOOR, text_door_id=door.id or work.new_id(), channel=door.channel, name=door.name)


@verb()
async def remove_text_door(work: Work, *, text_door_id: UUID) -> TextDoorReceipt:
    """Takes no more texts in there; its secret is good for nothing."""
    return await work.run(REMOVE_TEXT_DOOR, text_door_id=text_door_id)


async def list_text_doors(work: Work, *, limit: int, cursor: str | None) -> Page[TextDoor]:
    """Where texts are taken in."""
    purpose = f"text doors {work.organisation_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else FIRST
    rows = await work.all(LIST_TEXT_DOORS, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (str(row.id),))


async def find_text_door(work: Work, *, text_door_id: UUID) -> TextDoor:
    """One of them; raises TextNotTaken."""
    door = await work.first(FIND_TEXT_DOOR, text_door_id=text_door_id)
    if door is None:
        raise TextNotTaken
    return door


@verb(refusals=(TextNotTaken, CaseMerged))
async def take_text_in(work: Work, *, text_door_id: UUID, text: ReadText) -> TextTaken:
    """Keeps a text where it belongs, once, and promises a reply; one that only says that no more are wanted waits for none."""
    door = await find_text_door(work, text_door_id=text_door_id)
    key = text.key_in(door.channel)
    if (taken := await work.first(FIND_MAIL_BY_KEY, message_key=key, content_key=key)) is not None:
        return TextTaken(taken)
    place = await _place(work, door, text)
    if place.customer_id is not None and not work.again:  # whose it is, and in which case, only looking tells
        raise Again(Lock.account(place.customer_id), *((Lock.job(place.case_id),) if place.case_id else ()))
    taken_id, words = work.new_id(), masked(text.words)
    if place.customer_id is not None and text.says_more:
        word = NewCaseWord(channel=door.channel, words=words, id=taken_id, contact_id=place.contact_id)
        await hear(
            work.part(),
            customer_id=place.customer_id,
            case_id=place.case_id or work.new_id(),
            opens=place.case_id is None,
            word=word,
        )
    elif place.customer_id is not None:
        noted = NewMessage(direction="in", channel=door.channel, words=words, id=taken_id, contact_id=place.contact_id)
        await note_message(work.part(), customer_id=place.customer_id, message=noted)
    return await work.run(
        KEEP_TEXT,
        message_key=key,
        taken_id=taken_id,
        customer_id=place.customer_id,
        strays=place.customer_id is None and text.says_more,
        channel=door.channel,
        sender=text.sender,
        sender_name=masked(text.name)[:200],
        words=words,
        case_id=None if place.customer_id else place.case_id,
    )


async def _place(work: Work, door: TextDoor, text: ReadText) -> TextPlace:
    """Whose it is by the number, and which case it goes on with."""
    senders = {one.customer_id: one.id for one in await list_contacts_by_number(work, channel=door.channel, number=text.sender)}
    spoken_of = await work.first(
        CASE_TEXTED_OF,
        answered_id=text.answered_id,
        quoted=REFERENCE.findall(text.words.upper()),
        customer_ids=list(senders),
    )
    case = await find_case_going_on(work, case_id=spoken_of) if spoken_of else None
    if case is not None and case.customer_id in senders and (len(senders) == 1 or text.answered_id or case.reference in text.words.upper()):
        return TextPlace(customer_id=case.customer_id, contact_id=senders[case.customer_id], case_id=case.id)
    if len(senders) == 1:
        [(customer_id, contact_id)] = senders.items()
        return TextPlace(customer_id=customer_id, contact_id=contact_id)
    return TextPlace(case_id=case.id if case else None)
