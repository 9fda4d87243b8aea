"""What the network is told, what it says it does, and where the two differ, as sent and received."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

State = Literal["active", "suspended", "ended"]
Observed = Literal["active", "suspended", "ended", "absent"]
OrderOutcome = Literal["requested", "unconfirmed", "confirmed", "overtaken"]
DifferenceKind = Literal["paid_but_suspended", "unpaid_but_active", "unknown_there", "unknown_here", "other"]
MOST_OBSERVED = 500


class ProvisioningOrder(msgspec.Struct, frozen=True):
    """What the network was asked to bring about, and what it said; `attempts` counts its answers, `round` how often it was ordered anew."""

    id: UUID
    subscription_id: UUID
    customer_id: UUID
    sequence: int
    round: int
    state: State
    outcome: OrderOutcome
    detail: str
    attempts: int
    ordered_at: datetime
    answered_at: datetime | None


class NewestOrder(msgspec.Struct, frozen=True):
    """The order that says what should be so now."""

    order_id: UUID
    subscription_id: UUID
    sequence: int
    round: int
    state: State
    outcome: OrderOutcome
    reference: str | None


class OrderSettled(msgspec.Struct, frozen=True):
    """What is known of an order now."""

    sequence: int
    round: int
    outcome: OrderOutcome


class WantedService(msgspec.Struct, frozen=True):
    """What the network should be doing for a subscription; a later order has a greater `sequence`, or the same and a greater `round`."""

    subscription_id: UUID
    reference: str | None
    """Its own, or of the service whose place it took as the plan changed; that one has none any more."""
    state: State
    order_id: UUID
    sequence: int
    round: int
    ordered_at: datetime


class WantedPage(msgspec.Struct, frozen=True):
    """Services by id; `follow_from` of the first page is where to go on reading `/v1/facts` once all pages are read."""

    items: list[WantedService]
    next: str | None
    follow_from: str


class ObservedService(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the network does for a subscription."""

    subscription_id: UUID
    state: Observed


class Covered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ids between which a report names every service there is: `after` excluded, `until` included, to the end where it is absent."""

    after: UUID | None = None
    until: UUID | None = None


class Observation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the network did at a moment; with `covers`, what it doesn't name between those ids isn't there."""

    observed_at: Annotated[datetime, msgspec.Meta(tz=True)]
    services: Annotated[list[ObservedService], msgspec.Meta(max_length=MOST_OBSERVED)]
    covers: Covered | None = None


class ObservationReceipt(msgspec.Struct, frozen=True):
    """How many services were heard of, how many of them do otherwise than before, and than the network had confirmed."""

    observed: int
    changed: int
    differing: int


class OrderedAgain(msgspec.Struct, frozen=True):
    """The newest order, and whether it is new."""

    sequence: int
    round: int
    ordered: bool


class NetworkDifference(msgspec.Struct, frozen=True):
    """A service that the network does otherwise than it should; it `stands` where five minutes didn't heal it."""

    subscription_id: UUID
    customer_id: UUID | None
    kind: DifferenceKind
    wanted: State | None
    observed: Observed
    since: datetime
    rounds: int
    outcome: OrderOutcome | None
    stands: bool


class DifferencesPage(msgspec.Struct, frozen=True):
    """Differences by service; `heard` is whether the network ever said what it does: where it didn't, no difference is no agreement."""

    items: list[NetworkDifference]
    next: str | None
    heard: bool


class Report(msgspec.Struct, frozen=True):
    """What the network answers when it is asked what it does: services by id, and whether there are more after the last."""

    services: list[ObservedService]
    more: bool = False
