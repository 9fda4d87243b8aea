"""What is done with devices on the bench, as sent and read."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.authorisations.records.common import Instant
from service.care.records import Channel
from service.care.records.custody import BenchState, Holder
from service.kit.patterns import LINES
from service.promises.records import OpenMinutes

Words = Annotated[str, msgspec.Meta(min_length=2, max_length=4000, pattern=LINES)]


class NewBenchStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is done with a device next, or how it stands."""

    to: Literal["waiting", "diagnosing", "waiting_approval", "approved", "declined", "repairing", "testing", "ready"]
    """From `testing`, `ready` says that it passed, anything else that it didn't."""
    words: Words | None = None
    """What was found or done, for colleagues."""
    offer_id: UUID | None = None
    """The offer that waits for the customer's word; needed for `waiting_approval`."""
    item_id: UUID | None = None
    """Under which authorised item it is repaired; needed for `approved`, and kept from there."""
    hear_by: Instant | None = None
    """By when the customer hears next, where it is our turn again; or `hear_within_minutes`, or neither for what is likely to be kept."""
    hear_within_minutes: OpenMinutes | None = None


class BenchStepped(msgspec.Struct, frozen=True):
    """The device, and how it stands now."""

    id: UUID
    state: BenchState


class NewNews(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A word to the customer about their device, and when the next one comes."""

    words: Words
    channel: Channel = "email"
    """By mail it is sent, any other way it has just been said."""
    id: UUID | None = None
    hear_by: Instant | None = None
    hear_within_minutes: OpenMinutes | None = None


class NewsTold(msgspec.Struct, frozen=True):
    """The word, and by when the next one is promised; by nothing while it is the customer's turn."""

    id: UUID
    next_word_at: datetime | None


class News(msgspec.Struct, frozen=True):
    """What a customer is told of a device; no words where they were erased."""

    custody_id: UUID
    words: str | None


class BenchStep(msgspec.Struct, frozen=True):
    """One step of what was done with a device."""

    step: int
    state: BenchState
    offer_id: UUID | None
    item_id: UUID | None
    passed: bool | None
    """How its test came out."""
    words: str | None
    actor: str
    actor_name: str | None
    at: datetime


class BenchLine(msgspec.Struct, frozen=True):
    """A device that is here."""

    id: UUID
    reference: str
    customer_id: UUID
    customer_name: str
    asset_kind: str
    asset_name: str
    state: BenchState
    returned: bool
    """It was handed back within the thirty days before."""
    holder: Holder
    holder_id: UUID
    holder_name: str | None
    next_word_at: datetime | None
    late: bool
    taken_at: datetime
    rank: int
    """0: came back; 1: others."""
