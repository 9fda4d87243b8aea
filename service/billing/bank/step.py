"""A step of a line as it will be written, with the transfer that takes its amount out of `unmatched` or puts it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import msgspec

from service.billing.records.bank import BankLine, LiveStep, Reason, Rule, StepKind
from service.billing.records.bank_matching import Sighted
from service.kit.verbs import Kept, Work

UNMATCHED = ("unmatched", "")
NOT_SEEN = ("bank", "")
"""Where money lies that was told by hand, until the bank shows it."""
ON_ITS_WAY = ("cheques", "")
"""Where a cheque's money lies until it clears; it counts as told by hand too."""
Side = tuple[str, str]


class Sighting(msgspec.Struct, frozen=True):
    """How far lines then show a payment or a refund that was told by hand; with the reversal, where that takes it back."""

    told_id: UUID
    before: Sighted
    state: Sighted
    reversal_id: UUID | None = None


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A step to write; with `own`, its transfer too."""

    n: int = 0
    line_id: UUID
    kind: StepKind
    amount_minor: int
    rule: Rule
    posting_id: UUID
    ordinal: int = 1
    strand: UUID
    debit: Side
    credit: Side
    own: bool = False
    undoes: int | None = None
    undoes_kind: StepKind | None = None
    customer_id: UUID | None = None
    payment_id: UUID | None = None
    reversal_id: UUID | None = None
    refund_id: UUID | None = None
    deposit_id: UUID | None = None
    arrival_step: int | None = None
    payout_id: UUID | None = None
    payout_minor: int | None = None
    kept_minor: int = 0
    sight: int | None = None
    reason: Reason | None = None
    note: str | None = None
    sighting: Sighting | None = None


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """A refusal of one part is none of the whole: nothing of it stays, where alone it would be kept."""
    try:
        yield
    except Kept as kept:
        raise kept.refusal from None


def undo_of(line: BankLine, step: LiveStep) -> dict[str, Any]:
    """What every step says that takes another back."""
    return {
        "line_id": line.id, "kind": "undo", "amount_minor": step.amount_minor, "rule": "hand", "undoes": step.step, "undoes_kind": step.kind, "customer_id": step.customer_id,
        "payment_id": step.payment_id, "refund_id": step.refund_id, "deposit_id": step.deposit_id, "payout_id": step.payout_id,
    }  # fmt: skip


def reversed_own(work: Work, line: BankLine, step: LiveStep, sighting: Sighting | None) -> Step:
    """A step that undoes another, with its transfer turned around."""
    debit, credit = (step.credit_kind, step.credit_holder), (step.debit_kind, step.debit_holder)
    return Step(**undo_of(line, step), posting_id=work.new_id(), strand=line.id, own=True, debit=debit, credit=credit, sighting=sighting)


def own_step(work: Work, line: BankLine, kind: StepKind, other: Side, *, rule: Rule, **about: Any) -> Step:
    """A step of what is open of a line, with a transfer of its own: all of it, unless an `amount_minor` is told."""
    debit, credit = (UNMATCHED, other) if line.amount_minor > 0 else (other, UNMATCHED)
    return Step(
        line_id=line.id, kind=kind, rule=rule, posting_id=work.new_id(), strand=line.id, own=True, debit=debit, credit=credit,
        **{"amount_minor": line.open_minor, **about},
    )  # fmt: skip
