"""Mail that comes in: a word in a case of whoever sent it; of nobody known, it waits for somebody who knows whose it is."""

import re
from typing import Literal
from uuid import UUID

from service.care.case_lists import find_case_going_on
from service.care.cases import CaseMerged, NotTheCustomers, hear
from service.care.messages import ContactUnknown
from service.care.queries import (
    ADD_MAIL_ADDRESS,
    CASE_SPOKEN_OF,
    FIND_ATTACHMENT,
    FIND_MAIL_BY_KEY,
    FIND_MAIL_THREAD,
    FIND_STRAY_MAIL,
    KEEP_MAIL,
    LIST_MAIL_ADDRESSES,
    LIST_STRAY_MAILS,
    MAIL_ADDRESS_OWNER,
    REMOVE_MAIL_ADDRESS,
    SETTLE_STRAY_MAIL,
)
from service.care.records.cases import Heard, NewCaseWord
from service.care.records.mails import (
    AttachmentContent,
    MailAddress,
    MailAddressReceipt,
    MailPlace,
    MailTaken,
    MailThread,
    NewMailAddress,
    StrayMail,
    StrayTaken,
)
from service.customers.contacts import AddressDoesNotFit, add_contact
from service.customers.customers import find_customer
from service.customers.finding import list_contacts_by_mail
from service.customers.records import NewContact
from service.integrations.mail_reading import ReadMail, address_hash, mail_key
from service.kit.card_numbers import masked
from service.kit.database import Database
from service.kit.paging import Page
from service.kit.refusals import CardNumber, IdTaken, Refusal
from service.kit.verbs import Again, Lock, Work, verb

FIRST = UUID(int=0)
LONGEST_ADDRESS = 254
REFERENCE = re.compile(r"\bC-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}\b")
_OURS = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.[1-9]\d?\.[0-9a-f]{32}@")
"""Our answer's id, the way by which it went and its mark (`message_id_for`)."""


class DoorTaken(Refusal):
    """Mail for this address is taken in already."""

    code, status, remedy = "DOOR_TAKEN", 409, "Name another one; an address belongs to one organisation."
    constraints = ("care.one_mail_address_a_hash", "care.one_mail_address_of_its_organisation")


class StillSends(Refusal):
    """Our mail is from this address."""

    code, status, remedy = "STILL_SENDS", 409, "Send from another one first, or from the operator's (`…/sender/remove`)."
    constraints = ("care.mail_sender_is_proven",)


async def owner_of_address(database: Database, *, address: str) -> UUID | None:
    """Whose address it is; raises Busy."""
    return await database.look_up(MAIL_ADDRESS_OWNER, address_hash=address_hash(address))


@verb(refusals=(IdTaken, DoorTaken))
async def add_mail_address(work: Work, *, address: NewMailAddress) -> MailAddressReceipt:
    """Takes mail for this address in from now on; its mail server hands it to our door."""
    return await work.run(
        ADD_MAIL_ADDRESS, mail_address_id=address.id or work.new_id(), address=address.address, address_hash=address_hash(address.address)
    )


@verb(refusals=(StillSends,))
async def remove_mail_address(work: Work, *, mail_address_id: UUID) -> MailAddressReceipt:
    """Takes no mail for this address in any more."""
    return await work.run(REMOVE_MAIL_ADDRESS, mail_address_id=mail_address_id)


async def list_mail_addresses(work: Work, *, limit: int, cursor: str | None) -> Page[MailAddress]:
    """Where mail is taken in."""
    purpose = f"mail addresses {work.organisation_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else FIRST
    rows = await work.all(LIST_MAIL_ADDRESSES, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (str(row.id),))


async def place_mail(work: Work, *, mail: ReadMail) -> MailPlace:
    """Where a mail belongs: whose it is, and in which open case, as far as that is known."""
    if (taken := await work.first(FIND_MAIL_BY_KEY, message_key=mail.key, content_key=mail.content_key)) is not None:
        return MailPlace(taken_id=taken)
    senders = {one.customer_id: one.id for one in await list_contacts_by_mail(work, address=mail.sender_address)}
    spoken_of = await work.first(
        CASE_SPOKEN_OF,
        message_keys=[mail_key(one) for one in mail.answers],
        message_ids=[UUID(found[1]) for one in mail.answers if (found := _OURS.match(one.lower()))],
        customer_ids=list(senders),
        quoted=REFERENCE.findall(mail.subject.upper()),
    )
    case = await find_case_going_on(work, case_id=spoken_of) if spoken_of else None
    if case is not None and case.customer_id in senders:
        return MailPlace(customer_id=case.customer_id, contact_id=senders[case.customer_id], case_id=case.id)
    if len(senders) == 1:
        [(customer_id, contact_id)] = senders.items()
        return MailPlace(customer_id=customer_id, contact_id=contact_id)
    return MailPlace(case_id=case.id if case else None)


@verb(
    refusals=(CaseMerged,),
    locks=lambda *, place, **_: (Lock.job(place.case_id),) if place.case_id else (),
)
async def take_mail_in(work: Work, *, mail: ReadMail, place: MailPlace) -> MailTaken:
    """Keeps the mail where it belongs. A person's mail is promised a reply; what a machine wrote is kept, and nobody answers it."""
    if (taken := await work.first(FIND_MAIL_BY_KEY, message_key=mail.key, content_key=mail.content_key)) is not None:
        return MailTaken(taken)
    taken_id, words = work.new_id(), masked(mail.text)
    if place.customer_id is not None:
        await hear(
            work.part(),
            customer_id=place.customer_id,
            case_id=place.case_id or work.new_id(),
            opens=place.case_id is None,
            word=NewCaseWord(channel="email", words=words, id=taken_id, contact_id=place.contact_id),
            awaits=not mail.automatic,
        )
    return await work.run(
        KEEP_MAIL,
        message_key=mail.key,
        content_key=mail.content_key,
        taken_id=taken_id,
        customer_id=place.customer_id,
        case_id=None if place.customer_id else place.case_id,
        rfc_id=mail.message_id,
        subject=masked(mail.subject),
        sender=mail.sender_address,
        sender_name=masked(mail.sender_name),
        words=words,
        automatic=mail.automatic,
        came_back_to=mail.came_back and masked(mail.came_back.recipient),
        came_back_because=mail.came_back and masked(mail.came_back.reason),
        attachment_ids=[work.new_id() for _ in mail.attachments],
        names=[masked(one.name) for one in mail.attachments],
        media_types=[one.media_type for one in mail.attachments],
        sizes=[one.size_bytes for one in mail.attachments],
        refusals=[one.refused for one in mail.attachments],
        contents=[one.content for one in mail.attachments],
    )


async def list_stray_mails(work: Work, *, limit: int, cursor: str | None) -> Page[StrayMail]:
    """Mail of nobody known, the longest waiting first."""
    purpose = f"stray mails {work.organisation_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else FIRST
    rows = await work.all(LIST_STRAY_MAILS, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (str(row.id),))


@verb(refusals=(CardNumber, AddressDoesNotFit, ContactUnknown, NotTheCustomers, CaseMerged, IdTaken))
async def take_stray_mail(work: Work, *, stray_id: UUID, taken: StrayTaken) -> Heard:
    """Says whose it is: it opens a case of theirs, or joins the one that it speaks of, and is promised a reply."""
    stray = await work.one(FIND_STRAY_MAIL, stray_id=stray_id)
    case = await find_case_going_on(work, case_id=stray.case_id) if stray.case_id else None
    joins = case.id if case is not None and case.customer_id == taken.customer_id else None
    if joins is not None and not work.again:  # which case it is, only looking tells
        raise Again(Lock.job(joins))
    contact_id = None
    if taken.adds_contact:
        contact = NewContact(name=(stray.sender_name or stray.sender)[:200], channel=_way_to(stray), address=stray.sender)
        contact_id = (await add_contact(work.part(), customer_id=taken.customer_id, contact=contact)).id
    else:
        await find_customer(work, customer_id=taken.customer_id)
    heard = await hear(
        work,
        customer_id=taken.customer_id,
        case_id=joins or work.new_id(),
        opens=joins is None,
        word=NewCaseWord(channel=stray.channel, words=stray.words, id=stray_id, contact_id=contact_id),
        awaits=not stray.automatic,
    )
    await work.part().run(SETTLE_STRAY_MAIL, stray_id=stray_id, customer_id=taken.customer_id)
    return heard


def _way_to(stray: StrayMail) -> Literal["email", "sms", "chat", "phone"]:
    """By what whoever wrote it is reached; raises AddressDoesNotFit."""
    if not 0 < len(stray.sender) <= LONGEST_ADDRESS:
        raise AddressDoesNotFit
    if stray.channel in {"sms", "chat"}:
        return stray.channel
    return "email" if stray.channel == "email" or "@" in stray.sender else "phone"


@verb()
async def dismiss_stray_mail(work: Work, *, stray_id: UUID) -> MailTaken:
    """Deletes mail of nobody known that isn't for us; that it came stays known."""
    return await work.run(SETTLE_STRAY_MAIL, stray_id=stray_id, customer_id=None)


async def find_attachment(work: Work, *, attachment_id: UUID) -> AttachmentContent:
    """A file as it came; NotFound where it wasn't kept."""
    return await work.one(FIND_ATTACHMENT, attachment_id=attachment_id)


async def list_mails_answered(work: Work, *, answer_id: UUID) -> list[MailThread]:
    """The mails that a word of ours answers, the last of them last."""
    return await work.all(FIND_MAIL_THREAD, answer_id=answer_id)
