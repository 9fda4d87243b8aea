"""Attempts to post, each line's decision, and the report of what was refused."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.kit.patterns import whole

AttemptVerdict = Literal["posted", "refused"]
Instant = Annotated[datetime, msgspec.Meta(tz=True, description="RFC 3339 with an offset.")]
Code = Annotated[
    str, msgspec.Meta(pattern=whole("[A-Z][A-Z_]{2,39}"), max_length=40, description="A code of the rule: `QTY_OVER_AUTHORISED`.")
]


class AttemptSummary(msgspec.Struct, frozen=True):
    """An attempt to post, kept whatever became of it; `code` is that of its first refused line, `codes` those of all."""

    id: UUID
    invoice_id: UUID
    customer_id: UUID
    verdict: AttemptVerdict
    code: str | None
    codes: list[str]
    line_count: int
    attempted_by: str
    attempted_at: datetime


class LineDecision(msgspec.Struct, frozen=True):
    """How a line was judged, by what stood on record then.

    `results` has a letter for each of the 14 rules in their order: p passed, f failed, - not reached. `inputs_hash` is of the line as
    sent and of the record as it stood: the same inputs are always judged the same.
    """

    index: int
    verdict: Literal["passed", "refused"]
    code: str | None
    results: str
    inputs_hash: str
    item_id: UUID | None
    scope_id: UUID | None
    policy_name: str | None
    policy_version: int | None
    detail: str | None
    remedy: str | None
    peppol: str | None
    x12: str | None
    unit: str | None
    currency: str
    asked: str | None
    authorised: str | None
    performed: str | None
    billed: str | None
    allowed: str | None
    asked_minor: int
    authorised_minor: int | None
    billed_minor: int | None


class Attempt(msgspec.Struct, frozen=True):
    """An attempt to post with the decision on each line; `input_hash` is of the whole invoice as sent."""

    id: UUID
    invoice_id: UUID
    customer_id: UUID
    verdict: AttemptVerdict
    code: str | None
    input_hash: str
    attempted_by: str
    attempted_at: datetime
    lines: list[LineDecision]


class RefusedCount(msgspec.Struct, frozen=True):
    """How many lines were refused for one reason, on the work of one person, for one item, in one currency."""

    code: str
    technician: str
    technician_name: str | None
    book_item: UUID | None
    description: str | None
    currency: str
    lines: int
    attempts: int
    asked_minor: int
    last_attempt_id: UUID
    last_attempted_at: datetime


class RefusedRow(RefusedCount, frozen=True):
    """A row of the report as counted; `place` orders rows with as many lines."""

    place: str


class RefusedLines(RefusedCount, frozen=True):
    """Lines that were refused for one reason, on the work of one person, for one item, in one currency.

    Who did the work, or else recorded it, or else tried to bill; the item as it stands in the price book, or by its words.
    """

    rule: int
    detail: str
    remedy: str
    peppol: str
    x12: str | None


class RefusedLinesReport(msgspec.Struct, frozen=True):
    """What was refused on those days of the organisation's zone, what most lines were refused for first, and the cursor of the rest."""

    from_on: date
    until_on: Annotated[date, msgspec.Meta(description="The day after the last.")]
    zone: str
    items: list[RefusedLines]
    next: str | None = None
