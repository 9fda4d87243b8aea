"""Cases: a conversation until settled. Each word of a customer's promises a reply, and none is closed while one waits."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from service.care.case_lists import find_case
from service.care.messages import ContactUnknown
from service.care.queries import ANSWER_CASE, HEAR, MERGE_CASE, MOVE_CASE, SPLIT_CASE
from service.care.records.cases import (
    Answered,
    CaseMoved,
    Fault,
    HandedOver,
    Heard,
    MergedInto,
    NewAnswer,
    NewCase,
    NewCaseNote,
    NewCaseWord,
    SplitOff,
)
from service.identity.organisations import find_organisation
from service.kit.card_numbers import refuse_card_numbers
from service.kit.refusals import CardNumber, IdTaken, NotFound, Refusal
from service.kit.verbs import Lock, Work, verb
from service.promises.calendar import due_after
from service.promises.policies import OwnerUnknown, calendar_of
from service.subscriptions.incidents import incidents_of_customer

FULL = 90_000
"""Steps of a case that takes no more words in: so many are left of its 100,000 to answer and settle what waits in it."""
LONGEST_TEXT = 1400
"""What a text carries beside who it is from and the case's reference."""


class CaseMerged(Refusal):
    """This case was merged into another, which goes on with it."""

    code, status, remedy = "CASE_MERGED", 409, "Read it: `merged_into` names the one that goes on."


class CaseClosed(Refusal):
    """This case is closed: nobody needs to have it."""

    code, status, remedy = "CASE_CLOSED", 409, "Note what the customer says now, which opens it again, then hand it over."


class CaseUnanswered(Refusal):
    """Something that the customer said in this case waits for an answer."""

    code, status, remedy = "CASE_UNANSWERED", 409, "Answer it, or note what they were told in person; then close it."
    constraints = ("care.closed_once_answered",)


class CaseContested(Refusal):
    """What the customer objects to in this case isn't decided yet."""

    code, status, remedy = (
        "CASE_CONTESTED",
        409,
        "Decide each objection of it: `POST /v1/objections/{objection_id}/decision`; then close it.",
    )


class AnswerUnaddressed(Refusal):
    """None of this customer's contacts is reached by that channel."""

    code, status, remedy = "ANSWER_UNADDRESSED", 409, "Add one, or tell them another way and note it with that `channel`."


class AnswerTooLong(Refusal):
    """So many words don't go into a text."""

    code, status, remedy = "ANSWER_TOO_LONG", 422, "Write at most 1,400 letters, or answer by mail."


class CasesApart(Refusal):
    """These don't go together: two cases of one customer are merged, and a case keeps words of its own when others of its are split off."""

    code, status, remedy = (
        "CASES_APART",
        422,
        "Name another case of the same customer, or some of the words that are in this case, not all of them.",
    )


class NotTheCustomers(Refusal):
    """This customer has no such site or asset."""

    code, status, remedy = "NOT_THE_CUSTOMERS", 422, "Name a site or asset of this customer's, or none."
    constraints = ("care.fault_at_site", "care.fault_of_asset")


def _locked(*, case_id: UUID, **_: Any) -> Iterable[Lock]:
    """A case is locked as a job is: one kind of thing that people work on, by its id."""
    return (Lock.job(case_id),)


@verb(refusals=(CardNumber, ContactUnknown, OwnerUnknown, NotTheCustomers, IdTaken))
async def raise_case(work: Work, *, customer_id: UUID, case: NewCase) -> Heard:
    """Opens a case with what a customer said, and promises them a reply."""
    return await hear(
        work,
        customer_id=customer_id,
        case_id=case.id or work.new_id(),
        opens=True,
        word=NewCaseWord(channel=case.channel, words=case.words, id=case.message_id or case.id, contact_id=case.contact_id),
        fault=case.fault,
        team=case.team,
        staff_id=case.staff_id,
    )


@verb(refusals=(CardNumber, ContactUnknown, CaseMerged, IdTaken), locks=_locked)
async def hear_in_case(work: Work, *, case_id: UUID, word: NewCaseWord) -> Heard:
    """Notes another word of the customer's, which is promised a reply; a closed case is open again."""
    return await hear(work, customer_id=None, case_id=case_id, opens=False, word=word)


async def hear(
    work: Work,
    *,
    customer_id: UUID | None,
    case_id: UUID,
    opens: bool,
    word: NewCaseWord,
    fault: Fault | None = None,
    team: str | None = None,
    staff_id: UUID | None = None,
    awaits: bool = True,
) -> Heard:
    """The word in its case, or in one that goes on with it where that is full, with the promise of a reply where it `awaits` one; raises refusals."""
    refuse_card_numbers(word.words)
    full = None
    if not opens:
        case = await find_case(work, case_id=case_id)
        while case.continued_in is not None:
            case = await find_case(work, case_id=case.continued_in)
        case_id, customer_id = case.id, case.customer_id
        if case.steps >= FULL and case.state != "merged":
            full, opens, case_id, team = case.id, True, work.new_id(), case.team
    if customer_id is None:
        raise NotFound
    organisation = await find_organisation(work)
    calendar = await calendar_of(work, customer_id=customer_id, site_id=fault.site_id if fault else None)
    known = await incidents_of_customer(work, customer_id=customer_id) if opens else []
    return await work.run(
        HEAR,
        incident_ids=[one.id for one in known],
        case_id=case_id,
        opens=opens,
        continues_case_id=full,
        customer_id=customer_id,
        contact_id=word.contact_id,
        message_id=word.id or work.new_id(),
        channel=word.channel,
        words=word.words,
        reply_due_at=due_after(calendar, start=work.at, minutes=organisation.reply_within_minutes) if awaits else None,
        promise_id=work.new_id(),
        fault=fault is not None,
        site_id=fault.site_id if fault else None,
        asset_id=fault.asset_id if fault else None,
        team=team,
        staff_id=staff_id,
    )


@verb(refusals=(CardNumber, AnswerTooLong, CaseMerged, AnswerUnaddressed, IdTaken), locks=_locked)
async def answer_case(work: Work, *, case_id: UUID, answer: NewAnswer) -> Answered:
    """Tells the customer: everything of theirs that waited is answered, and what was promised of it kept, or broken where it was late."""
    refuse_card_numbers(answer.words)
    if answer.channel in {"sms", "chat"} and len(answer.words) > LONGEST_TEXT:
        raise AnswerTooLong
    return await work.run(ANSWER_CASE, case_id=case_id, message_id=answer.id or work.new_id(), channel=answer.channel, words=answer.words)


@verb(refusals=(CardNumber, CaseMerged, IdTaken), locks=_locked)
async def note_in_case(work: Work, *, case_id: UUID, note: NewCaseNote) -> CaseMoved:
    """Keeps a remark for colleagues; it answers nothing."""
    return await _move(work, case_id, "noted", note_id=note.id, words=note.words)


@verb(refusals=(CardNumber, CaseMerged, CaseClosed, OwnerUnknown, IdTaken), locks=_locked)
async def hand_case_over(work: Work, *, case_id: UUID, handed: HandedOver) -> CaseMoved:
    """Gives it to a team, to somebody, or back to nobody, with everything that was said in it."""
    return await _move(work, case_id, "handed", note_id=handed.id, words=handed.words, team=handed.team, staff_id=handed.staff_id)


@verb(refusals=(NotTheCustomers, CaseMerged), locks=_locked)
async def call_case_fault(work: Work, *, case_id: UUID, fault: Fault) -> CaseMoved:
    """Says that it is about something that doesn't work; one that came back within thirty days is linked to the last, and seen to first. Once."""
    return await _move(work, case_id, "fault", site_id=fault.site_id, asset_id=fault.asset_id)


@verb(refusals=(CaseMerged, CaseUnanswered, CaseContested), locks=_locked)
async def close_case(work: Work, *, case_id: UUID) -> CaseMoved:
    """Settles it; whatever the customer says of it later opens it again."""
    return await _move(work, case_id, "closed")


@verb(
    refusals=(CasesApart, CaseMerged),
    locks=lambda *, case_id, merged: (Lock.job(case_id), Lock.job(merged.case_id)),
)
async def merge_case(work: Work, *, case_id: UUID, merged: MergedInto) -> CaseMoved:
    """Ends a case and leads to another of the same customer's, which has its words from now on, and what waits of them."""
    return await work.run(MERGE_CASE, case_id=case_id, into_case_id=merged.case_id)


@verb(refusals=(CasesApart, CaseMerged, IdTaken), locks=_locked)
async def split_case(work: Work, *, case_id: UUID, split: SplitOff) -> CaseMoved:
    """Makes some of its words a case of their own, with what waits of them."""
    return await work.run(SPLIT_CASE, case_id=case_id, new_case_id=split.id or work.new_id(), message_ids=split.message_ids)


async def _move(work: Work, case_id: UUID, kind: str, *, note_id: UUID | None = None, **values: Any) -> CaseMoved:
    refuse_card_numbers(values.get("words"))
    said = {"words": None, "team": None, "staff_id": None, "site_id": None, "asset_id": None, **values}
    return await work.run(MOVE_CASE, case_id=case_id, kind=kind, note_id=note_id or work.new_id(), **said)
