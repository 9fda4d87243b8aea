"""Tolerance policies as sent and received."""

from typing import Annotated, Literal

import msgspec

from service.kit.money import ExactPrice, MinorUnits

PolicyName = Annotated[str, msgspec.Meta(pattern="^[A-Z0-9][A-Z0-9-]{0,58}$", max_length=59, description="`US-WA`, `US-OH-AUTO`.")]
Combine = Literal["none", "pct", "abs", "greater", "lesser"]
Deadline = Literal["before_work", "before_completion"]


class NewPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far bills may exceed what the items billed so far entitle to, and by when the customer must have agreed."""

    name: PolicyName
    citation: Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
    """Where it is written."""
    combine: Combine = "none"
    percent_of: ExactPrice = "0"
    """An exact fraction of the entitlement: `1/10`."""
    abs_minor: MinorUnits = 0
    hard_cap_minor: MinorUnits | None = None
    at_limit_refuses: bool = False
    consent_deadline: Deadline = "before_work"
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
    combine: Combine
    percent_of: str
    abs_minor: int
    hard_cap_minor: int | None
    at_limit_refuses: bool
    consent_deadline: Deadline
    record_lag_seconds: int
    requires_written_offer: bool
