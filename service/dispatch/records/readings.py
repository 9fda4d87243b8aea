"""Readings of the meter of a job's thing, as sent and received."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

TakenWhen = Literal["intake", "return"]
ReadingUnit = Literal["KMT", "SMI", "HUR"]
ReadingValue = Annotated[int, msgspec.Meta(ge=0, le=100_000_000)]


class NewReading(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an odometer or an hour meter shows when a thing is taken in, or given back; told again it stands for the one before."""

    taken_when: TakenWhen
    value: ReadingValue
    unit: ReadingUnit = "KMT"
    """Kilometres, miles or hours, by UN/ECE Recommendation 20."""


class ReadingReceipt(msgspec.Struct, frozen=True):
    """That it is on record."""

    job_id: UUID
    taken_when: TakenWhen
    value: int
    unit: ReadingUnit


class Reading(msgspec.Struct, frozen=True):
    """One reading; the last one of its moment counts."""

    taken_when: TakenWhen
    value: int
    unit: ReadingUnit
    read_by: str
    read_at: datetime


class Readings(msgspec.Struct, frozen=True):
    """What was read of a job's thing, in order."""

    job_id: UUID
    readings: list[Reading]
