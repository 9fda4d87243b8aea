"""What the bank says and what became of it, as sent and told."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.billing.records.cash import DifferenceReason
from service.kit.money import MinorUnits, PositiveMinorUnits
from service.kit.patterns import LINE

State = Literal["waiting", "matched", "confirming"]
Reason = Literal["payout", "bank_fees", "interest", "own_transfer", "supplier", "wages", "taxes", "loan", "told_before", "other"]
Doubt = Literal["another_statement", "told_otherwise"]
"""An equal entry of that day stands in another statement; or the bank may have told this money before, in other words or other parts."""
Rule = Literal[
    "told_before",
    "creditor_reference",
    "end_to_end_id",
    "invoice_number",
    "known_payer",
    "returned",
    "subset_sum",
    "name",
    "amount",
    "deposit_slip",
    "deposit_amount",
    "cheque_number",
    "cheque_amount",
    "payout_reference",
    "payout_amount",
    "hand",
]
StepKind = Literal["payment", "told", "reversal", "told_reversal", "refund", "told_refund", "deposit", "payout", "other", "undo"]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=LINE)]
Note = Annotated[str, msgspec.Meta(min_length=1, max_length=500, pattern=LINE)]
SignedMinor = Annotated[int, msgspec.Meta(description="Whole minor units, positive where the account gains.")]


class ImportedStatement(msgspec.Struct, frozen=True):
    """One statement of a file, and whether it was new."""

    id: UUID | None
    """None where it was here before."""
    bank_account_id: UUID
    kind: Literal["statement", "report", "notification"]
    until_on: date
    lines: int
    """New ones."""
    known_lines: int
    """Told before: confirmed, or left out."""


class ImportedFile(msgspec.Struct, frozen=True):
    """What a file brought; the same file again is answered the same, with `already_imported`."""

    file_id: UUID
    format: str
    already_imported: bool
    lines: int
    known_lines: int
    statement_count: int
    statements: list[ImportedStatement]
    """The first hundred; all of them are listed by `GET /v1/bank/statements?file_id=`."""


class KnownEntry(msgspec.Struct, frozen=True):
    """How often statements of days told an entry, the last time they did, and how often it came within a day."""

    entry_key: str
    days: int
    statement_id: UUID | None
    booked_on: date | None
    repeated: bool
    within: int


class UnconfirmedLine(msgspec.Struct, frozen=True):
    """A line that came within the day and that no statement of a day has told."""

    line_id: UUID
    statement_id: UUID
    entry: int
    entry_key: str
    batch_key: str
    amount_minor: int
    booked_on: date


class BankStatement(msgspec.Struct, frozen=True):
    """A statement as it was taken in; `open_minor` is what of its lines waits."""

    id: UUID
    bank_account_id: UUID
    kind: Literal["statement", "report", "notification"]
    step: int | None
    name: str
    from_on: date | None
    until_on: date
    currency: str
    opening_minor: SignedMinor
    closing_minor: SignedMinor
    balances_told: bool
    gap_minor: SignedMinor
    gap_reason: str | None
    lines: int
    open_minor: SignedMinor


class LineStep(msgspec.Struct, frozen=True):
    """What was made of a line, or undone."""

    step: int
    kind: StepKind
    amount_minor: int
    rule: Rule
    reason: Reason | None
    note: str | None
    customer_id: UUID | None
    payment_id: UUID | None
    refund_id: UUID | None
    deposit_id: UUID | None
    payout_id: UUID | None
    undoes: int | None
    made_by: str
    made_at: datetime


class BankLine(msgspec.Struct, frozen=True):
    """A line as the bank told it, and what became of it."""

    id: UUID
    bank_account_id: UUID
    statement_id: UUID
    booked_on: date
    value_on: date | None
    amount_minor: SignedMinor
    currency: str
    open_minor: int
    state: State
    party_name: str
    party_account: str
    reference: str
    end_to_end_id: str
    creditor_references: str
    remittance: str
    booking_text: str
    reversal: bool
    interim: bool
    doubt: Doubt | None
    """Why nothing is made of it by itself."""
    steps: list[LineStep]

    @property
    def next_step(self) -> int:
        """The number of what becomes of it next."""
        return len(self.steps) + 1


class BankLineFilter(msgspec.Struct, frozen=True):
    """Which lines."""

    state: State | None = None
    bank_account_id: UUID | None = None
    on: date | None = None
    amount_minor: int | None = None
    text: str | None = None


class LiveStep(msgspec.Struct, frozen=True):
    """A step that stands, with the sides of its transfer."""

    step: int
    kind: StepKind
    amount_minor: int
    debit_kind: str
    debit_holder: str
    credit_kind: str
    credit_holder: str
    customer_id: UUID | None
    payment_id: UUID | None
    reversal_id: UUID | None
    refund_id: UUID | None
    deposit_id: UUID | None
    payout_id: UUID | None
    kept_minor: int


class MatchPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An amount of a line for one invoice, or for a customer's account."""

    amount_minor: PositiveMinorUnits
    invoice_id: UUID | None = None
    customer_id: UUID | None = None


class Match(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whose money a line is: `parts` of a line that came in; a `payment_id` that was told by hand before, or that a line going out takes back; the `refund_id` that it pays;
    the `deposit_id` of the cash that was taken to the bank, or the `deposit_ids` where the bank put several on one line; the `payout_id` of what the provider paid out, or that came back.
    """

    parts: Annotated[list[MatchPart], msgspec.Meta(max_length=50)] = []
    payment_id: UUID | None = None
    refund_id: UUID | None = None
    deposit_id: UUID | None = None
    deposit_ids: Annotated[list[UUID], msgspec.Meta(max_length=50)] = []
    """Each of the amount on its slip, or as which it was told; what they leave of the line goes on waiting."""
    payout_id: UUID | None = None
    kept_minor: MinorUnits = 0
    """What the bank took of a payout as a fee of its own before it put the rest on the line."""
    reason: DifferenceReason | None = None
    """Why the bank counted a deposit otherwise than its slip says."""
    note: Note | None = None
    rule: Rule = "hand"
    """By which suggestion."""


class NotAPayment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a line is, where it is no customer's money; as a `payout` only one that the provider didn't tell of: one of `/v1/payouts` is matched by its `payout_id`."""

    reason: Reason
    note: Note | None = None


class LineOpen(msgspec.Struct, frozen=True):
    """What is then open of a line."""

    id: UUID
    open_minor: int


class LinesMoved(msgspec.Struct, frozen=True):
    """The lines that were moved."""

    lines: list[LineOpen]


class SuggestedPart(msgspec.Struct, frozen=True):
    """An amount for one invoice, or for a customer's account."""

    customer_id: UUID
    customer_name: str
    invoice_id: UUID | None
    number: str | None
    open_minor: int
    amount_minor: int


class Suggestion(msgspec.Struct, frozen=True):
    """What a line may be, why, and whether that posts by itself."""

    rule: Rule
    posts: bool
    parts: list[SuggestedPart] = []
    payment_id: UUID | None = None
    refund_id: UUID | None = None
    customer_id: UUID | None = None
    customer_name: str | None = None
    deposit_id: UUID | None = None
    payout_id: UUID | None = None
    name: str | None = None
    """The slip of a deposit, the number of a cheque, the provider's name of a payout."""
    amount_minor: int | None = None
    """What the slip, the cheque or the provider says."""
    fee_minor: int | None = None
    """The provider's fees in a payout, which are no part of its amount."""
    line_count: int | None = None
    """Of how many movements a payout is made."""


class Suggestions(msgspec.Struct, frozen=True):
    """The likeliest first, at most nine."""

    line_id: UUID
    items: list[Suggestion]


class LineCounts(msgspec.Struct, frozen=True):
    """How many wait, of how many since the first day that has one waiting."""

    waiting: int
    of: int
