"""What a job is done on and how long what was done is good for, as papers tell it."""

from typing import Literal

import msgspec


class ThingTold(msgspec.Struct, frozen=True):
    """What a job is done on, as it is known by."""

    name: str
    plate: str | None
    serial: str | None


class ReadingTold(msgspec.Struct, frozen=True):
    """What its meter showed when it was taken in, or given back."""

    taken_when: Literal["intake", "return"]
    value: int
    unit: str


class WarrantyTold(msgspec.Struct, frozen=True):
    """For how many months, and how far by its meter, from the hand-back; nothing where there is none."""

    months: int | None = None
    distance: int | None = None
    unit: str | None = None
