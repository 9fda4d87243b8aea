"""Presentations: an offer shown once to one person, answered once, by the hash of what was seen."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec

from service.authorisations.canonical import text_of
from service.authorisations.capacity import CapacityMoved
from service.authorisations.confirmations import (
    CodeExpired,
    CodesGuessedOften,
    CodeWrong,
    ContactMailedOften,
    ContactUnreachable,
    LinkExpired,
    MethodRequired,
    PresentationLocked,
    SignatureUnfit,
    TokenUsed,
    code_channel,
    confirmed,
)
from service.authorisations.offers import ContactNotFound, ItemNotOffered, MatterClosed, OfferChanged, OfferExpired
from service.authorisations.persons import Words, committed, kept_apart
from service.authorisations.queries import (
    ANSWER_PRESENTATION,
    FIND_HELD,
    FIND_PERSON_SHOWN,
    FIND_PRESENTATION,
    HISTORY_OF_PRESENTATION,
    LIST_OFFERS_TO_DECIDE,
    PRESENT_OFFER,
)
from service.authorisations.receipts import signed_act
from service.authorisations.records import (
    ActReceipt,
    Answer,
    HeldApproval,
    History,
    NewPresentation,
    Presentation,
    PresentationGiven,
    PresentationReceipt,
)
from service.identity.links import link_hash, link_token
from service.kit.refusals import IdTaken, NotFound, Refusal, SeparationOfDuties
from service.kit.verbs import Lock, Work, verb

LINK_OUTLIVES = timedelta(days=30)
"""The page stays readable this long after the time to answer, to say that it is over."""


class PretickedOption(Refusal):
    """An option may not be selected in advance."""

    code, status, remedy = (
        "PRETICKED_OPTION",
        422,
        "Revise the offer: the customer selects options, nobody else (Directive 2011/83/EU, article 22).",
    )


class OfferHashRequired(Refusal):
    """An answer says what was seen."""

    code, status, remedy = "OFFER_HASH_REQUIRED", 422, "Send the `offer_hash` of the presentation that the customer looked at."


class HeadMoved(Refusal):
    """Something else was agreed in the meantime."""

    code, status, remedy = "HEAD_MOVED", 409, "Read the new total and decide again."


def given(work: Work, receipt: PresentationReceipt) -> PresentationGiven:
    """The receipt, with the page's token for a phone that is handed over; it is derived and never stored."""
    return PresentationGiven(
        presentation_id=receipt.presentation_id, channel=receipt.channel, offer_id=receipt.offer_id, revision=receipt.revision,
        offer_hash=receipt.offer_hash, expires_at=receipt.expires_at,
        token=link_token(work.cursors, receipt.link_id) if receipt.channel == "on_device" else None,
    )  # fmt: skip


SHOWING = (
    IdTaken,
    MatterClosed,
    OfferExpired,
    PretickedOption,
    ContactNotFound,
    ContactUnreachable,
    ContactMailedOften,
    SeparationOfDuties,
    CapacityMoved,
)
"""What showing an offer may be refused for."""


def _locks_of_showing(*, offer_id: UUID, presentation: NewPresentation, **_: object) -> tuple[Lock, ...]:
    """The matter; and where a mail is counted, the account whose contact gets it."""
    mails = (Lock.account_of("authorisations.offer", offer_id),) if presentation.channel == "link" else ()
    return (*mails, Lock.scope_of("authorisations.offer", offer_id))


def _locks_of_answer(*, presentation_id: UUID, answer: Answer) -> tuple[Lock, ...]:
    """The matter; and where a code is guessed, the account whose contact it was sent to."""
    guesses = (Lock.account_of("authorisations.presentation", presentation_id),) if answer.code is not None else ()
    return (*guesses, Lock.scope_of("authorisations.presentation", presentation_id))


@verb(refusals=SHOWING, locks=_locks_of_showing, remembers=PresentationReceipt, finish=given)
async def present_offer(work: Work, *, offer_id: UUID, presentation: NewPresentation, texted: bool) -> PresentationReceipt:
    """Shows the latest revision to one contact, by a link mailed or texted to their own address or on the phone handed to them; the first showing seals it."""
    if presentation.channel == "on_device" and not (work.principal.kind == "staff" and work.principal.may("visits:work")):
        raise SeparationOfDuties("Only somebody who works at the customer's hands a phone over.")
    return await _present(work, offer_id, presentation, texted=texted)


async def _present(work: Work, offer_id: UUID, presentation: NewPresentation, *, texted: bool) -> PresentationReceipt:
    presentation_id, link_id = presentation.id or work.new_id(), work.new_id()
    expires_at = work.at + timedelta(hours=presentation.expires_in_hours)
    return await work.run(
        PRESENT_OFFER,
        offer_id=offer_id,
        presentation_id=presentation_id,
        contact_id=presentation.contact_id,
        link_id=link_id,
        link_expires_at=expires_at + LINK_OUTLIVES,
        nonce_hash=link_hash(link_token(work.cursors, link_id)),
        channel=presentation.channel,
        texted=texted,
        required_method=presentation.method,
        language=presentation.language,
        expires_at=expires_at,
    )


def opened(work: Work, receipt: PresentationReceipt) -> PresentationGiven:
    """The receipt, with the page's token for whom it is shown to."""
    return msgspec.structs.replace(given(work, receipt), token=link_token(work.cursors, receipt.link_id))


@verb(refusals=SHOWING, locks=_locks_of_showing, remembers=PresentationReceipt, finish=opened)
async def open_offer(work: Work, *, offer_id: UUID, presentation: NewPresentation, texted: bool) -> PresentationReceipt:
    """Shows a customer's own offer to whoever of theirs asks for it: the link goes to their address all the same, and their answer is confirmed by a code that is sent there."""
    if presentation.channel != "link" or presentation.method != "otp" or presentation.contact_id != work.principal.subject_id:
        raise SeparationOfDuties
    offers = await work.all(LIST_OFFERS_TO_DECIDE, customer_id=work.principal.customer_id)
    if offer_id not in {one.offer_id for one in offers}:
        raise NotFound
    return await _present(work, offer_id, presentation, texted=texted)


async def find_presentation(work: Work, *, presentation_id: UUID, texted: bool = False) -> Presentation:
    """What a link shows, where codes go by text or not; looking is never an act."""
    _own(work, presentation_id)
    row = await work.one(FIND_PRESENTATION, presentation_id=presentation_id)
    state: Any = "open"
    if row.authorisation_id is not None:
        state = "answered"
    elif row.closed:
        state = "closed"
    elif row.expires_at <= work.at or (row.valid_until is not None and row.valid_until < work.at):
        state = "expired"
    elif row.latest_revision != row.revision:
        state = "superseded"
    elif row.locked:
        state = "locked"
    return Presentation(
        presentation_id=row.presentation_id, reference=row.reference, offer_id=row.offer_id, revision=row.revision, offer_hash=row.offer_hash, customer_id=row.customer_id,
        contact_id=row.contact_id, channel=row.channel, language=row.language, method=row.required_method, expires_at=row.expires_at, state=state,
        verdicts=row.verdicts, text=row.canonical, shortcoming=row.shortcoming, held_until=row.held_until, confirmed=row.confirmed, has_mail=row.contact_channel == "email",
        code_by=code_channel(row.contact_channel, texted=texted),
        code_valid_until=row.code_valid_until if row.code_valid_until and row.code_valid_until > work.at else None,
        withdrawal_days=row.withdrawal_days,
    )  # fmt: skip


async def find_held(work: Work, *, authorisation_id: UUID) -> HeldApproval:
    """An approval that was held because its contact had just been changed."""
    return await work.one(FIND_HELD, authorisation_id=authorisation_id)


async def read_history(work: Work, *, presentation_id: UUID) -> History:
    """What the customer said in this matter so far, and what the offer was before."""
    _own(work, presentation_id)
    return await work.one(HISTORY_OF_PRESENTATION, presentation_id=presentation_id)


@verb(
    refusals=(
        SeparationOfDuties,
        OfferHashRequired,
        SignatureUnfit,
        TokenUsed,
        MatterClosed,
        LinkExpired,
        OfferChanged,
        OfferExpired,
        ItemNotOffered,
        HeadMoved,
        PresentationLocked,
        MethodRequired,
        CodesGuessedOften,
        CodeExpired,
        CodeWrong,
        CapacityMoved,
    ),
    locks=_locks_of_answer,
    remembers=ActReceipt,
    finish=signed_act,
)
async def answer_presentation(work: Work, *, presentation_id: UUID, answer: Answer) -> ActReceipt:
    """Records the customer's yes or no to each item of what they saw; once."""
    if work.principal.kind != "customer_link":
        raise SeparationOfDuties
    _own(work, presentation_id)
    if answer.offer_hash is None:
        raise OfferHashRequired
    item_ids = [*answer.approved, *answer.declined]
    if len(set(item_ids)) != len(item_ids):
        raise ItemNotOffered
    authorisation_id, salt = work.new_id(), work.new_secret(32)
    shown_to = await work.one(FIND_PERSON_SHOWN, presentation_id=presentation_id)
    words = Words(shown_to.name, shown_to.address)
    how = confirmed(work, presentation_id=presentation_id, answer=answer)
    content = text_of(
        {
            "v": 1, "presentation_id": str(presentation_id), "contact_id": str(shown_to.contact_id), "offer_hash": answer.offer_hash, "method": how.method, "signature": how.signature_hash,
            **({"code_channel": shown_to.code_channel} if how.method == "otp" else {}),
            "approved": sorted(str(item) for item in answer.approved), "declined": sorted(str(item) for item in answer.declined),
            "authorisation_id": str(authorisation_id), "begin_at_once": answer.begin_at_once, "by": work.principal.actor, **committed(words, salt=salt),
        }
    )  # fmt: skip
    return await work.run(
        ANSWER_PRESENTATION,
        presentation_id=presentation_id,
        authorisation_id=authorisation_id,
        offer_hash=answer.offer_hash,
        item_ids=item_ids,
        verdicts=["approved"] * len(answer.approved) + ["declined"] * len(answer.declined),
        method=how.method,
        code_hash=how.code_hash,
        strokes=how.strokes,
        signature_hash=how.signature_hash,
        prior_head=answer.prior_head,
        begin_at_once=answer.begin_at_once,
        content=content,
        **kept_apart(words, salt=salt),
    )


def _own(work: Work, presentation_id: UUID) -> None:
    """A link speaks for one presentation and shows nothing of another."""
    if work.principal.kind == "customer_link" and work.principal.subject_id != presentation_id:
        raise NotFound
