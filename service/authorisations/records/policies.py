"""Tolerance policies as sent and received."""

from typing import Annotated, Literal

import msgspec

from service.customers.records import Jurisdiction
from service.kit.money import ExactPrice, MinorUnits
from service.kit.patterns import LINES, whole

PolicyName = Annotated[str, msgspec.Meta(pattern=whole("[A-Z0-9][A-Z0-9-]{0,58}"), max_length=59, description="`US-WA`, `US-OH-AUTO`.")]
Combine = Literal["none", "pct", "abs", "greater", "lesser"]
Deadline = Literal["before_work", "before_completion", "after_work"]
Trade = Annotated[
    str,
    msgspec.Meta(pattern=whole("[a-z][a-z_]{1,39}"), max_length=40, description="A word of one's own, `auto`, `appliance`; `any` for all."),
]
PriceForm = Literal["any", "itemised", "limit", "time_and_materials"]


class NewPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far bills may exceed what the items billed so far entitle to, and by when the customer must have agreed."""

    name: PolicyName
    citation: Annotated[str, msgspec.Meta(min_length=1, max_length=400, pattern=LINES)]
    """Where it is written."""
    jurisdiction: Jurisdiction = "ZZ"
    """Where it applies. Where a law is on file, no policy allows more than it does."""
    trade: Trade = "any"
    price_form: PriceForm = "any"
    combine: Combine = "none"
    percent_of: ExactPrice = "0"
    """An exact fraction of the entitlement: `1/10`."""
    abs_minor: MinorUnits = 0
    hard_cap_minor: MinorUnits | None = None
    at_limit_refuses: bool = False
    consent_deadline: Deadline = "before_work"
    """`after_work` lets the customer agree to what was already done (ratification); such work is flagged."""
    record_lag_seconds: Annotated[int, msgspec.Meta(ge=0, le=86_400)] = 0
    """How long after an oral consent its record still counts as made then."""
    requires_written_offer: bool = False


class PolicyReceipt(msgspec.Struct, frozen=True):
    """That the version is published."""

    name: str
    version: int


class PublishedPolicy(msgspec.Struct, frozen=True):
    """A policy in force."""

    name: str
    version: int
    citation: str
    jurisdiction: str
    trade: str
    price_form: PriceForm
    combine: Combine
    percent_of: str
    abs_minor: int
    hard_cap_minor: int | None
    at_limit_refuses: bool
    consent_deadline: Deadline
    record_lag_seconds: int
    requires_written_offer: bool


class Law(msgspec.Struct, frozen=True):
    """The most that the law of a place allows bills to exceed what was authorised by, and what it gives the customer."""

    jurisdiction: str
    trade: str
    price_form: PriceForm
    citation: str
    combine: Combine
    percent_of: str
    abs_minor: int
    hard_cap_minor: int | None
    at_limit_refuses: bool
    consent_deadline: Deadline
    overrun_notice: bool
    """Whether the customer has to be told as soon as more than was authorised is foreseen."""
    withdrawal_days: int
    """How long a consumer may withdraw after agreeing at a distance or at the door."""
    itemised_request_days: int
    itemised_reply_days: int


Particular = Literal[
    "business_address", "registration_number", "problem_reported", "part_condition", "labour_subtotal", "parts_subtotal", "consent_time",
    "consent_name", "consent_contact", "consent_receiver", "consent_conditions", "specification", "added_cost", "revised_total",
]  # fmt: skip
"""What a law may want to read on paper beyond what every document says."""


class PaperLaw(msgspec.Struct, frozen=True):
    """What the law of a place wants to read on a document."""

    jurisdiction: str
    trade: str
    document: Literal["offer", "job", "invoice"]
    asks: list[Particular]
    notice: str | None
    """To be printed word for word."""
    citation: str
