"""Cash in custody, and the ledger, as sent and received."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.billing.records.payments import PositiveMoney, Reason
from service.kit.money import MinorUnits, Money


class NewHandIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cash handed in, as its agent counted it."""

    counted: PositiveMoney
    id: UUID | None = None


class HandInReceipt(msgspec.Struct, frozen=True):
    """That the cash left the agent's hands, and what is left in them."""

    hand_in_id: UUID
    left_minor: int


class Acceptance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cash as counted by who accepts it, without having been told the agent's count."""

    counted: Money
    reason: Reason | None = None
    """Why the counts differ, where they do."""


class AcceptanceReceipt(msgspec.Struct, frozen=True):
    """That the cash was accepted; the difference is positive where there was more than the agent counted."""

    hand_in_id: UUID
    difference_minor: int


class HandIn(msgspec.Struct, frozen=True):
    """A hand-in; its agent's count shows once it is accepted."""

    id: UUID
    staff_id: UUID
    counted: Money | None
    currency: str
    handed_in_at: datetime
    accepted_by: UUID | None
    accepted: Money | None
    reason: str | None
    accepted_at: datetime | None


class CashOnAgent(msgspec.Struct, frozen=True):
    """What a member of staff holds in one currency."""

    staff_id: UUID
    currency: str
    held_minor: int


class CashOnAgents(msgspec.Struct, frozen=True):
    """Cash in custody, by member of staff and currency."""

    agents: list[CashOnAgent]


class AccountTotal(msgspec.Struct, frozen=True):
    """An account's balance: debits less credits. Customers' accounts of a kind are one line."""

    kind: str
    holder: str
    currency: str
    balance_minor: int


class TrialBalance(msgspec.Struct, frozen=True):
    """Every account at an instant; each currency's sum is zero."""

    until: datetime
    accounts: list[AccountTotal]
    sums: dict[str, int]


class LedgerTransfer(msgspec.Struct, frozen=True):
    """One side of a ledger row, as one account has it."""

    posting_id: UUID
    ordinal: int
    kind: str
    side: Literal["debit", "credit"]
    amount_minor: MinorUnits
    currency: str
    other_kind: str
    other_holder: str
    subject_kind: str
    subject_id: UUID
    occurred_at: datetime
    recorded_at: datetime


AccountKind = Literal[
    "receivable", "customer_credit", "cash_on_agent", "cash_in_transit", "cash_office", "cash_difference", "bank", "card_clearing", "card_fees",
    "disputes_held", "refunds_due", "unmatched", "rounding", "revenue", "tax", "write_off",
]  # fmt: skip
Holder = Annotated[
    str, msgspec.Meta(max_length=60, description="Whose account: a customer, a member of staff, a rate; empty for the organisation's one.")
]
