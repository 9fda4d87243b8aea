"""Subscriptions, periods and renewal calls as sent and received."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.kit.money import Currency, Money

State = Literal["active", "suspended", "ended"]
Reason = Literal["unpaid", "fault", "customer_request", "misuse", "equipment", "moving"]
OtherReason = Literal["fault", "customer_request", "misuse", "equipment", "moving"]
"""What people suspend for; `unpaid` comes and goes by itself."""
Reference = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
Months = Annotated[int, msgspec.Meta(ge=1, le=36)]
AnchorDay = Annotated[
    int, msgspec.Meta(ge=1, le=31, description="The day of the month on which periods begin; a shorter month's last day.")
]
GraceDays = Annotated[int, msgspec.Meta(ge=0, le=365)]
CallOutcome = Literal["reached", "not_reached", "will_pay", "wants_visit", "declined"]


class NewSubscription(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A subscription to be; nothing is billed until the customer has authorised the offer made of its plan."""

    customer_id: UUID
    site_id: UUID
    plan_item_id: UUID
    begins_on: date
    """The first day that isn't paid for yet; for one taken over from elsewhere, the day after what is paid there."""
    period_months: Months = 1
    anchor_day: AnchorDay | None = None
    grace_days: GraceDays = 7
    reference: Reference | None = None
    suspended_for: Annotated[list[OtherReason], msgspec.Meta(max_length=5)] = []
    """For one taken over from elsewhere: why it stands still there."""
    id: UUID | None = None


class SubscriptionReceipt(msgspec.Struct, frozen=True):
    """That the subscription exists, in this state, and the offer to be shown to the customer."""

    id: UUID
    scope_id: UUID
    offer_id: UUID
    state: State
    reasons: list[Reason]
    paid_through_on: date
    version: int


class Suspension(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reason to suspend for, or one that is gone."""

    reason: OtherReason


class SubscriptionState(msgspec.Struct, frozen=True):
    """Where the subscription stands now."""

    id: UUID
    state: State
    reasons: list[Reason]
    paid_through_on: date
    version: int


class Subscription(msgspec.Struct, frozen=True):
    """A subscription with where it stands; `paid_through_on` is the last day paid for, by the site's calendar."""

    id: UUID
    customer_id: UUID
    site_id: UUID
    scope_id: UUID
    plan_item_id: UUID
    reference: str | None
    amount: Money
    period_months: int
    anchor_day: int
    begins_on: date
    zone: str
    grace_days: int
    state: State
    reasons: list[Reason]
    paid_through_on: date
    version: int
    created_at: datetime


class SubscriptionStep(msgspec.Struct, frozen=True):
    """One moment of a subscription's history."""

    version: int
    happening: Literal["begin", "pay", "reopen", "suspend", "lift", "lapse", "end"]
    reason: Reason | None
    state: State
    reasons: list[Reason]
    paid_through_on: date
    at: datetime
    by: str


class ServiceState(msgspec.Struct, frozen=True):
    """What was true at a moment, and since when."""

    subscription_id: UUID
    state: State
    reasons: list[Reason]
    paid_through_on: date
    since: datetime


class Period(msgspec.Struct, frozen=True):
    """A period granted; half-open, `until_on` is the first day after it."""

    number: int
    from_on: date
    until_on: date
    invoice_id: UUID
    work_record_id: UUID
    paid: bool
    payment_id: UUID | None


class NextPeriod(msgspec.Struct, frozen=True):
    """What a renewal would bill: half-open days, and the item to cite with how much of it at which price (exact texts)."""

    subscription_id: UUID
    customer_id: UUID
    currency: Currency
    state: State
    at_fault: bool
    """Suspended for a fault, whatever else it is suspended for."""
    open_invoice_id: UUID | None
    """Of the latest period, where that isn't paid yet."""
    from_on: date
    until_on: date
    whole_from: date
    """Where the whole period begins that this one is the end of; `from_on` where it is whole itself."""
    far_ahead: bool
    item_id: UUID
    quantity: str
    unit: str
    unit_price: str
    tax_basis: Literal["excl", "incl"]


class RenewalCall(msgspec.Struct, frozen=True):
    """Somebody to be called about renewing, as of now."""

    subscription_id: UUID
    customer_id: UUID
    customer_name: str
    reference: str | None
    state: State
    reasons: list[Reason]
    paid_through_on: date
    local_time: str
    amount: Money
    open_invoice_id: UUID | None
    last_outcome: CallOutcome | None
    last_called_at: datetime | None
    last_called_by: str | None


class NewRenewalCall(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A call that was made."""

    subscription_id: UUID
    outcome: CallOutcome
    id: UUID | None = None


class RenewalCallReceipt(msgspec.Struct, frozen=True):
    """That the call is logged."""

    id: UUID
    subscription_id: UUID
    outcome: CallOutcome


class LapsingFound(msgspec.Struct, frozen=True):
    """Whether there is more to read of what was written since."""

    more: bool
