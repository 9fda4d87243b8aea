"""Words that are written into the public form: a word in a case of whoever writes, kept once; of nobody known, it waits for somebody who knows."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from service.care.case_lists import find_case_going_on
from service.care.cases import CaseMerged, hear
from service.care.mails import REFERENCE
from service.care.queries import CASE_SPOKEN_OF, FIND_MAIL_BY_KEY, KEEP_TEXT
from service.care.records.cases import NewCaseWord
from service.care.records.forms import NewFormWord
from service.care.records.texts import TextPlace, TextTaken
from service.customers.finding import list_contacts_by_mail, list_contacts_by_number
from service.kit.card_numbers import masked
from service.kit.paging import CursorInvalid, Cursors
from service.kit.refusals import Refusal
from service.kit.verbs import Again, Lock, Work, verb

SOONEST, LATEST = timedelta(seconds=3), timedelta(days=1)


class FormTooOld(Refusal):
    """This form was opened too long ago, or sent before anybody could have written it."""

    code, status, remedy = "FORM_TOO_OLD", 422, "Your words are still there: send them once more."


def form_token(cursors: Cursors, *, organisation_id: UUID, at: datetime, nonce: bytes) -> str:
    """What a form that is shown now carries: by it is known what was sent twice."""
    return cursors.write(f"form {organisation_id}", at.isoformat(), nonce.hex())


def form_key(cursors: Cursors, token: str, *, words: str, organisation_id: UUID, at: datetime) -> bytes:
    """By what the same words in a form that was shown are known again; who goes back and writes on says something new. Raises FormTooOld."""
    try:
        shown_at = datetime.fromisoformat(cursors.read(f"form {organisation_id}", token)[0])
    except CursorInvalid:
        raise FormTooOld from None
    if not SOONEST <= at - shown_at <= LATEST:
        raise FormTooOld
    return hashlib.sha256(f"form {token} {words}".encode()).digest()


@verb(refusals=(CaseMerged,))
async def take_form_in(work: Work, *, form: NewFormWord, key: bytes) -> TextTaken:
    """Keeps what somebody wrote where it belongs, once, and promises a reply; by a customer's own link it is theirs."""
    if (taken := await work.first(FIND_MAIL_BY_KEY, message_key=key, content_key=key)) is not None:
        return TextTaken(taken)
    place = await _place(work, form)
    if place.case_id is not None and place.customer_id is not None and not work.again:  # in which case, only looking tells
        raise Again(Lock.job(place.case_id))
    taken_id, words = work.new_id(), masked(form.words)
    if place.customer_id is not None:
        await hear(
            work.part(),
            customer_id=place.customer_id,
            case_id=place.case_id or work.new_id(),
            opens=place.case_id is None,
            word=NewCaseWord(channel="web", words=words, id=taken_id, contact_id=place.contact_id),
        )
    return await work.run(
        KEEP_TEXT,
        message_key=key,
        taken_id=taken_id,
        customer_id=place.customer_id,
        strays=place.customer_id is None,
        channel="web",
        sender=form.reached_by,
        sender_name=masked(form.name),
        words=words,
        case_id=None if place.customer_id else place.case_id,
    )


async def _place(work: Work, form: NewFormWord) -> TextPlace:
    """Whose it is, by the link or by how they are reached, and which case it speaks of."""
    if work.principal.customer_id is not None:
        senders: dict[UUID, UUID | None] = {work.principal.customer_id: None}
    elif "@" in form.reached_by:
        senders = {one.customer_id: one.id for one in await list_contacts_by_mail(work, address=form.reached_by)}
    else:
        senders = {one.customer_id: one.id for one in await list_contacts_by_number(work, channel="sms", number=form.reached_by)}
    quoted = REFERENCE.findall(form.words.upper())
    spoken_of = await work.first(CASE_SPOKEN_OF, message_keys=[], message_ids=[], customer_ids=list(senders), quoted=quoted)
    case = await find_case_going_on(work, case_id=spoken_of) if spoken_of else None
    if case is not None and case.customer_id in senders:
        return TextPlace(customer_id=case.customer_id, contact_id=senders[case.customer_id], case_id=case.id)
    if len(senders) == 1:
        [(customer_id, contact_id)] = senders.items()
        return TextPlace(customer_id=customer_id, contact_id=contact_id)
    return TextPlace(case_id=case.id if case else None)
