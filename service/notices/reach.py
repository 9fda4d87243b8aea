"""Somebody is to be reached by a person: the list of whom, and what ends it."""

from uuid import UUID

from service.care.messages import ContactUnknown, note_message
from service.care.records import NewMessage
from service.kit.paging import EARLIEST, Page
from service.kit.refusals import CardNumber, Refusal
from service.kit.verbs import Work, verb
from service.notices.queries import END_REACH, FIND_REACH, LIST_REACHES, NOTICE_BOUNCED, REACHES_TO_JUDGE
from service.notices.reach_records import Bounce, Bounced, Judged, Reach, ReachDone, ReachNoted


class ReachEnded(Refusal):
    """They were reached, or there is nothing to tell any more."""

    code, status, remedy = "REACH_ENDED", 409, "Note what was said as a message of the customer's, if it is to be kept."
    constraints = ("notices.one_ending_a_reach",)


async def list_reaches(work: Work, *, customer_id: UUID | None, limit: int, cursor: str | None) -> Page[Reach]:
    """Who is to be reached by a person, what is due first first, with every way to them that we have."""
    purpose = f"reaches {work.organisation_id} {customer_id}"
    after_at, after_id = work.cursors.read_moment(purpose, cursor, begins=EARLIEST)
    rows = await work.all(LIST_REACHES, customer_id=customer_id, after_at=after_at, after_id=after_id, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.due_at.isoformat(), str(row.id)))


@verb(refusals=(CardNumber, ReachEnded, ContactUnknown))
async def note_reach(work: Work, *, notice_id: UUID, noted: ReachNoted) -> ReachDone:
    """Notes how somebody was tried, as a word to the customer; one that reached them ends it, and nothing else does."""
    found = await work.one(FIND_REACH, notice_id=notice_id)
    if found.state != "open":
        raise ReachEnded
    message_id = work.new_id()
    message = NewMessage(
        id=message_id, direction="out", channel=noted.channel, reached=noted.reached, words=noted.words, contact_id=noted.contact_id
    )
    await note_message(work.part(), customer_id=found.customer_id, message=message)
    if not noted.reached:
        return ReachDone(notice_id, "open")
    return await work.run(END_REACH, notice_id=notice_id, outcome="reached", message_id=message_id, reason=None)


@verb()
async def end_reach(work: Work, *, notice_id: UUID, reason: str) -> ReachDone:
    """Takes somebody off the list since there is nothing to tell them any more."""
    return await work.run(END_REACH, notice_id=notice_id, outcome="matter_ended", message_id=None, reason=reason)


async def reaches_to_judge(work: Work, *, after: UUID) -> list[Judged]:
    """Open ones with what wanted their notice, a part at a time."""
    return await work.all(REACHES_TO_JUDGE, after=after)


@verb()
async def notice_bounced(work: Work, *, notice_id: UUID, bounce: Bounce) -> Bounced:
    """Keeps what whoever carried a message told of it later; what was given back is tried by the next way, or reached by a person."""
    return await work.run(
        NOTICE_BOUNCED,
        notice_id=notice_id,
        way=bounce.way,
        to_state=bounce.outcome,
        status=bounce.status,
        lasting=bounce.status.startswith("5.1."),
        task_id=work.new_id(),
    )
