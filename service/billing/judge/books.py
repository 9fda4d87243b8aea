"""What a bill is judged by, as plain figures."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from fractions import Fraction
from typing import Literal
from uuid import UUID

import msgspec

from service.kit.money import rounded


class Tolerance(msgspec.Struct, frozen=True):
    """How far the bills of a scope may exceed what the items billed so far entitle to."""

    combine: Literal["none", "pct", "abs", "greater", "lesser"] = "none"
    percent: Fraction = Fraction(0)
    abs_minor: int = 0
    hard_cap_minor: int = 9_000_000_000_000_000
    at_limit_refuses: bool = False

    def allowed(self, entitled: int) -> Fraction:
        """The limit over an entitlement, exact."""
        percent, absolute = self.percent * entitled, Fraction(self.abs_minor)
        limit = {"none": Fraction(0), "pct": percent, "abs": absolute, "greater": max(percent, absolute), "lesser": min(percent, absolute)}
        return min(limit[self.combine], Fraction(self.hard_cap_minor))

    def holds(self, *, excess: int, entitled: int, opening_excess: int) -> bool:
        """Whether a posting may close with that excess; what an earlier credit left open is no fault of this posting."""
        if excess <= max(0, opening_excess):
            return True
        allowed = self.allowed(entitled)
        return excess < allowed if self.at_limit_refuses else excess <= allowed


class Scope(msgspec.Struct):
    """A matter as its chain stands; that of a subscription knows the zone of its site, and whether it has ended."""

    customer_id: UUID
    tolerance: Tolerance
    entitled: int = 0
    excess: int = 0
    zone: tzinfo = UTC
    ended: bool = False
    notice_missing: bool = False
    """The customer has to be told of a forecast first."""


class Act(msgspec.Struct):
    """An authorisation: what its bills come to, and the most they may."""

    cap_minor: int = 9_000_000_000_000_000
    net: int = 0


class Item(msgspec.Struct):
    """An offered item with its sealed terms and where its chain stands; quantities in ticks."""

    scope_id: UUID
    currency: str
    tax_basis: str
    tax_rate: Fraction
    tax_category: str
    unit: str
    denominator: int
    price: Fraction
    act_id: UUID | None = None
    """None where the customer hasn't agreed; `consent` says why."""
    consent: str = "NO_EXPRESS_CONSENT"
    conversions: Mapping[str, Fraction] = {}
    sku: str | None = None
    alternates: Sequence[str] = ()
    condition: str | None = None
    method: str | None = None
    granted: int = 0
    performed: int = 0
    billed: int = 0
    net: int = 0
    finding: str | None = None
    """Why work on it that was recorded can't be billed, where there is such work."""
    recurring: bool = False
    period_ticks: int = 0
    periods: list[tuple[date, date]] = []
    authorised_at: datetime | None = None
    revoked_after: datetime | None = None
    due_in_part: bool | None = None
    """Where the customer withdrew: whether what was done by then is due, since they had asked for it to begin."""
    valid_until: datetime | None = None

    @property
    def entitled(self) -> int:
        """What the items billed so far entitle to."""
        return self._worth(min(self.billed, self.granted), self.price)

    @property
    def excess(self) -> int:
        """How much more is billed than that."""
        return max(self.net - self.entitled, 0)

    def amount(self, *, ticks: int, price: Fraction) -> int:
        """What the next ticks come to: parts telescope to the rounded whole, and a lower price never beyond the authorised one."""
        own = self._worth(self.billed + ticks, price) - self._worth(self.billed, price)
        if price > self.price:
            return own
        return min(own, self._worth(self.billed + ticks, self.price) - self._worth(self.billed, self.price))

    def _worth(self, ticks: int, price: Fraction) -> int:
        return rounded(price * ticks / self.denominator)


class Work(msgspec.Struct):
    """A work record as far as bills are concerned."""

    item_id: UUID
    finding: str | None = None
    used: bool = False


class Line(msgspec.Struct, frozen=True):
    """A line to be judged."""

    quantity: Fraction
    price: Fraction
    item_id: UUID | None = None
    unit: str | None = None
    discount: int = 0
    amount: int | None = None
    sku: str | None = None
    condition: str | None = None
    method: str | None = None
    work: Sequence[UUID] = ()
    period: tuple[date, date] | None = None


class Bill(msgspec.Struct, frozen=True):
    """An invoice to be judged."""

    customer_id: UUID
    currency: str
    lines: Sequence[Line]
    at: datetime
    tax_basis: str = "excl"
    tax_minor: int | None = None
    scope_id: UUID | None = None


class Verdict(msgspec.Struct, frozen=True):
    """A code or None a line; the sums hold where none is refused."""

    codes: list[str | None]
    lines_minor: int
    tax_minor: int

    @property
    def posts(self) -> bool:
        """Whether all lines pass."""
        return not any(self.codes)


class Books(msgspec.Struct):
    """Everything a bill is judged by; `judge` moves them on where the bill posts."""

    items: dict[UUID, Item]
    scopes: dict[UUID, Scope]
    acts: dict[UUID, Act]
    work: dict[UUID, Work] = {}
