"""A text comes in: it is kept in its case, and STOP, which is the number's and no customer's, has no more texts sent there by anybody of the organisation."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from service.care.cases import CaseMerged
from service.care.records.texts import TextTaken
from service.care.texts import TextNotTaken, door_secret, find_text_door, take_text_in
from service.customers.folding import phone_word
from service.integrations.text_reading import ReadText, TextRefused, read_text
from service.kit.paging import Cursors
from service.kit.verbs import Work, verb
from service.notices.queries import STOP_TEXTS


def number_hash(channel: str, number: str) -> bytes:
    """By what a number is known that wants no texts, however it is written; `next_way` makes the same of a contact's."""
    known = phone_word(number) if channel == "sms" else number.lower()
    return hashlib.sha256(f"{channel}:{known}".encode()).digest()


def read_signed(
    cursors: Cursors, *, organisation_id: UUID, text_door_id: UUID, body: bytes, headers: Mapping[str, str], now: datetime
) -> ReadText:
    """The text, if the secret of that door signed it; raises TextNotTaken."""
    secret = door_secret(cursors, organisation_id=organisation_id, text_door_id=text_door_id)
    try:
        return read_text(body=body, headers=headers, secret=secret, now=now)
    except TextRefused as refused:
        raise TextNotTaken from refused


@verb(refusals=(TextNotTaken, CaseMerged))
async def hear_text(work: Work, *, text_door_id: UUID, text: ReadText) -> TextTaken:
    """Takes a text in, once however often it is handed over, and does what STOP and START say."""
    taken = await take_text_in(work, text_door_id=text_door_id, text=text)
    if text.wish is not None and work.status == 201:  # handed over again it says nothing new: they may have changed their mind since
        door = await find_text_door(work, text_door_id=text_door_id)
        await work.part().run(STOP_TEXTS, number_hash=number_hash(door.channel, text.sender), stopped=not text.wish, message_id=taken.id)
    return taken
