"""What a job is done on, as papers tell it."""

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
