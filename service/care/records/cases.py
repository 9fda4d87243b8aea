"""Cases as sent and read."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.care.records import Channel, Direction
from service.identity.scopes import Role
from service.kit.patterns import LINES

Words = Annotated[str, msgspec.Meta(min_length=2, max_length=10_000, pattern=LINES)]
CaseState = Literal["open", "closed", "merged"]
Happening = Literal["heard", "answered", "noted", "fault", "handed", "joined", "merged", "divided", "split_off", "closed"]


class Fault(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where or at what something doesn't work, as far as it is known."""

    site_id: UUID | None = None
    asset_id: UUID | None = None


class NewCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a customer wants, in their own words, noted by whoever heard it. It promises them a reply."""

    channel: Channel
    words: Words
    id: UUID | None = None
    message_id: UUID | None = None
    contact_id: UUID | None = None
    """Who said it, and is answered by mail where they have an address for it."""
    fault: Fault | None = None
    """Where something doesn't work: one that came back within thirty days is seen to before others."""
    team: Role | None = None
    staff_id: UUID | None = None
    """Whose it is; nobody's, where neither is named."""


class NewCaseWord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Another word of the customer's in the same matter."""

    channel: Channel
    words: Words
    id: UUID | None = None
    contact_id: UUID | None = None


class NewAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the customer is told: by mail, text or chat it is sent, any other way it has just been said."""

    words: Words
    channel: Channel = "email"
    id: UUID | None = None


class NewCaseNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A remark for colleagues; no customer reads it."""

    words: Words
    id: UUID | None = None


class HandedOver(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whose it is from now on: a team's, somebody's, or nobody's."""

    team: Role | None = None
    staff_id: UUID | None = None
    words: Words | None = None
    """What they need to know."""
    id: UUID | None = None


class MergedInto(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which case goes on with both."""

    case_id: UUID


class SplitOff(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which words are another matter."""

    message_ids: Annotated[list[UUID], msgspec.Meta(min_length=1, max_length=200)]
    id: UUID | None = None
    """Of the new case."""


class CaseIncident(msgspec.Struct, frozen=True):
    """An incident that a case came in during, as it stands now."""

    id: UUID
    what: str
    begins_at: datetime
    until_at: datetime
    closed_at: datetime | None


class Heard(msgspec.Struct, frozen=True):
    """The case that a word opened or joined, and by when it is to be answered."""

    id: UUID
    reference: str
    message_id: UUID
    reply_due_at: datetime | None
    incident_ids: list[UUID]
    """Incidents under way that reach the customer, where the word opened the case: it is attached to them."""


class Answered(msgspec.Struct, frozen=True):
    """Our word, and the promises that it settled."""

    id: UUID
    settled: list[UUID]


class CaseMoved(msgspec.Struct, frozen=True):
    """The case, and how it stands now."""

    id: UUID
    state: CaseState


class CaseLine(msgspec.Struct, frozen=True):
    """A case in a list."""

    id: UUID
    reference: str
    """What the customer quotes."""
    customer_id: UUID
    customer_name: str
    channel: Channel
    state: CaseState
    waiting: int
    """How many words of theirs nobody has answered."""
    due_at: datetime | None
    """By when the first of them is."""
    late: bool
    returned: bool
    """A fault that had come within the thirty days before."""
    team: Role | None
    staff_id: UUID | None
    staff_name: str | None
    raised_at: datetime
    rank: int
    """0: came back and waits; 1: waits; 2: waits for nothing of ours; 3: settled."""
    about: str | None
    """The subject of its first mail, or else how it begins; None once that was erased."""


class Case(msgspec.Struct, frozen=True):
    """One case as it stands."""

    id: UUID
    reference: str
    customer_id: UUID
    customer_name: str
    contact_id: UUID | None
    channel: Channel
    state: CaseState
    waiting: int
    due_at: datetime | None
    late: bool
    team: Role | None
    staff_id: UUID | None
    staff_name: str | None
    raised_by: str
    raised_at: datetime
    merged_into: UUID | None
    fault: bool
    site_id: UUID | None
    asset_id: UUID | None
    repeats_case_id: UUID | None
    """The last one about the same, of the thirty days before."""
    other_reference: str | None
    """Of the case that it was merged into, or else repeats."""
    incidents: list[CaseIncident]
    """What it came in during, of what reached its customer, as it stands now."""
    continues_case_id: UUID | None
    """The one before it, which holds as much as a case can."""
    continued_in: UUID | None
    """The one that goes on with it, where it holds as much as a case can."""
    steps: int
    """How often something was said in it, or done with it."""


class CaseFile(msgspec.Struct, frozen=True):
    """A file that came with a word."""

    id: UUID
    name: str
    media_type: str
    size_bytes: int
    refused: Literal["executable", "too_large"] | None
    """Why it wasn't kept."""


class CaseEntry(msgspec.Struct, frozen=True):
    """Something said in a case, or done with it."""

    kind: Happening
    at: datetime
    step: int
    id: UUID
    """Of the message, where it is one."""
    direction: Direction | None
    channel: Channel | None
    words: str | None
    """None where nothing was said, or it was erased with the person."""
    actor: str | None
    actor_name: str | None
    awaits: bool
    answered: bool
    other_case_id: UUID | None
    other_reference: str | None
    team: Role | None
    staff_name: str | None
    subject: str | None
    sender: str | None
    """Of a mail that came in, whom it says that it is from."""
    automatic: bool
    """Of a mail that a machine wrote: nobody awaits an answer."""
    attachments: list[CaseFile]


class CaseWord(msgspec.Struct, frozen=True):
    """Something said in a case, as its customer reads it."""

    case_id: UUID
    direction: Direction
    at: datetime
    words: str | None
    """None where it was erased with the person."""
    subject: str | None
    files: list[str]
    """The names of what came with it."""


class CaseAnswer(msgspec.Struct, frozen=True):
    """A word of ours as its mail or text tells it."""

    reference: str
    channel: Channel | None
    words: str | None
    """None once it was erased."""
