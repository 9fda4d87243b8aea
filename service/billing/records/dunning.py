"""Dunning as sent and received: policies, holds, promises, and where a customer stands."""

from datetime import date, datetime, time
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.billing.records.payments import PositiveMoney
from service.kit.money import Currency, Money
from service.kit.patterns import LINES

PolicyStepKind = Literal["remind", "call", "suspend", "collect", "end"]
StepKind = Literal["tell", "remind", "call", "suspend", "collect", "end"]
"""`tell`: that a payment was taken back, before anything else is done about it."""
HoldKind = Literal["dispute", "incident", "legal", "vulnerable"]
HeldBy = Literal["promise", "dispute", "incident", "legal", "vulnerable"]
Holding = Literal["promise", "dispute", "incident", "legal", "vulnerable", "bank_line", "unreachable", "quiet_hours", "rest_day"]
"""`bank_line`: money that came by bank and may be theirs, or that nothing has looked at yet."""
Channel = Literal["email", "phone", "network", "door", "person"]
Note = Annotated[str, msgspec.Meta(min_length=1, max_length=500, pattern=LINES)]
TimeOfDay = Annotated[time, msgspec.Meta(tz=False, description="By the customer's own clock, `08:00:00`.")]
DaysAfter = Annotated[int, msgspec.Meta(ge=1, le=1000, description="Days after the invoice was due, or after a reversal was told of.")]
Weekday = Annotated[int, msgspec.Meta(ge=1, le=7, description="1 is Monday.")]
PromiseDays = Annotated[int, msgspec.Meta(ge=1, le=90)]


class NewPolicyStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One step of a policy; whoever promises, disputes or is protected is spared what `held_by` names. `citation` is the law that asks for it."""

    kind: PolicyStepKind
    days_after: DaysAfter
    held_by: Annotated[list[HeldBy], msgspec.Meta(max_length=5)]
    citation: Annotated[str, msgspec.Meta(min_length=1, max_length=500, pattern=LINES)] | None = None


class NewDunningPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is done about overdue invoices, in order of the days; nobody is disturbed outside `calm_until` to `calm_from`, by the customer's clock."""

    steps: Annotated[list[NewPolicyStep], msgspec.Meta(min_length=1, max_length=20)]
    calm_until: TimeOfDay = time(8)
    calm_from: TimeOfDay = time(20)
    rest_days: Annotated[list[Weekday], msgspec.Meta(max_length=6)] = msgspec.field(default_factory=lambda: [7])
    rests_on_holidays: bool = True
    longest_promise_days: PromiseDays = 14


class PolicyStep(msgspec.Struct, frozen=True):
    """One step of a policy."""

    kind: PolicyStepKind
    days_after: int
    channel: Channel
    held_by: list[HeldBy]
    citation: str | None


class DunningPolicy(msgspec.Struct, frozen=True):
    """A version of the policy; version 0 is the one that is shipped."""

    version: int
    calm_until: str
    calm_from: str
    rest_days: list[int]
    rests_on_holidays: bool
    longest_promise_days: int
    steps: list[PolicyStep]
    set_by: str | None
    set_at: datetime | None


class PolicySet(msgspec.Struct, frozen=True):
    """The version that is in force now."""

    version: int


class NewHold(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What holds a customer's dunning: a disputed invoice, an incident until a day, a law or court, somebody who must not be cut off."""

    kind: HoldKind
    invoice_id: UUID | None = None
    until_on: date | None = None
    """The first day on which it holds no longer, by the customer's calendar."""
    note: Note | None = None
    id: UUID | None = None


class HoldReceipt(msgspec.Struct, frozen=True):
    """That it holds, or no longer does."""

    id: UUID


class NewPaymentPromise(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the customer says they will pay, and the last day for it by their calendar."""

    amount: PositiveMoney
    pay_by: date
    id: UUID | None = None


class PaymentPromiseReceipt(msgspec.Struct, frozen=True):
    """That it is promised."""

    id: UUID


class OpenInvoice(msgspec.Struct, frozen=True):
    """An invoice that is open, and the last thing done about it."""

    invoice_id: UUID
    number: str
    due_on: date
    currency: Currency
    open_minor: int
    allocation_step: int
    episode: int
    ordinal: int | None
    kind: StepKind | None
    days_after: int | None
    base_on: date | None
    taken_on: date | None
    job_id: UUID | None
    collecting: UUID | None
    """A collection job that is under way for it."""


class ClaimOwed(msgspec.Struct, frozen=True):
    """What is owed by no invoice, since the bank took back what had been refunded, and the last thing done about it."""

    claim_id: UUID
    number: str
    """The receipt of the payment that was taken back."""
    currency: Currency
    open_minor: int
    since_on: date
    ordinal: int | None
    kind: StepKind | None
    days_after: int | None
    base_on: date | None
    taken_on: date | None


class Hold(msgspec.Struct, frozen=True):
    """What holds, and until when; of an invoice `contested_minor`, where an objection to a line says so, else all of it."""

    hold_id: UUID
    kind: HoldKind
    invoice_id: UUID | None
    contested_minor: int | None
    until_on: date | None


class RunningPromise(msgspec.Struct, frozen=True):
    """A promise whose day hasn't passed and which isn't kept yet."""

    promise_id: UUID
    amount_minor: int
    currency: Currency
    pay_by: date


class Service(msgspec.Struct, frozen=True):
    """A subscription as far as dunning cares."""

    subscription_id: UUID
    state: str
    unpaid: bool
    cut_off_from: date
    grace_over: bool
    open_invoice_id: UUID | None


class WaitingMoney(msgspec.Struct, frozen=True):
    """A line of the bank that waits to be decided and may be this customer's money."""

    line_id: UUID
    booked_on: date
    amount_minor: int
    currency: Currency
    party_name: str
    found: bool
    """By what it says or by who paid; else by the payer's name alone."""


class RunningIncident(msgspec.Struct, frozen=True):
    """An incident under way that reaches a service of theirs."""

    incident_id: UUID
    what: str
    begins_at: datetime
    until_at: datetime


class Standing(msgspec.Struct, frozen=True):
    """Everything that decides about a customer's dunning."""

    customer_id: UUID
    name: str
    zone: str
    jurisdictions: list[str]
    site_id: UUID | None
    open_invoices: list[OpenInvoice]
    claims: list[ClaimOwed]
    holds: list[Hold]
    promise: RunningPromise | None
    services: list[Service]
    reachable: bool
    """Whether reminders have a mail address to go to."""
    bank_lines: list[WaitingMoney]
    bank_unjudged: bool
    """Whether money came by bank that nothing has looked at yet: it may be anybody's."""
    incidents: list[RunningIncident]


class NextStep(msgspec.Struct, frozen=True):
    """What is done next and not before `not_before`; while something holds it, nothing is."""

    kind: StepKind
    invoice_id: UUID | None
    claim_id: UUID | None
    number: str
    due_on: date
    not_before: datetime
    held_by: list[Holding]


class TakenStep(msgspec.Struct, frozen=True):
    """Something that was done about an invoice, or about what is owed by none."""

    invoice_id: UUID | None
    claim_id: UUID | None
    episode: int
    ordinal: int
    kind: StepKind
    at: datetime
    by: str
    open_minor: int
    currency: Currency
    policy_version: int
    job_id: UUID | None


class Arrears(msgspec.Struct, frozen=True):
    """Where a customer stands in dunning at this moment."""

    customer_id: UUID
    customer_name: str
    overdue: list[Money]
    last: StepKind | None
    last_on: date | None
    next: NextStep | None


class Dunning(msgspec.Struct, frozen=True):
    """Why something is done about a customer's open invoices or isn't: what comes next, what holds it, what was done."""

    customer_id: UUID
    policy_version: int
    next: NextStep | None
    open_invoices: list[OpenInvoice]
    claims: list[ClaimOwed]
    holds: list[Hold]
    promise: RunningPromise | None
    bank_lines: list[WaitingMoney]
    incidents: list[RunningIncident]
    done: list[TakenStep]


class StepTaken(msgspec.Struct, frozen=True):
    """The step that was taken."""

    customer_id: UUID
    kind: StepKind
    ordinal: int
    cut_off: list[UUID]
    invoice_id: UUID | None = None
    claim_id: UUID | None = None
    job_id: UUID | None = None


class DebtorsFound(msgspec.Struct, frozen=True):
    """Whether there is more to read of what was written since."""

    more: bool


class Due(msgspec.Struct, frozen=True):
    """Some of those in arrears, and who of them has a step due."""

    read: list[UUID]
    due: list[UUID]


class Lapsed(msgspec.Struct, frozen=True):
    """A subscription whose grace is over."""

    subscription_id: UUID
    customer_id: UUID
