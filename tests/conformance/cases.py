"""Cases of what may be billed, in the format that `make conformance` runs: times in minutes from the opening of the job, money in minor units."""

from fractions import Fraction
from typing import Annotated, Any, Literal

import msgspec

from service.authorisations.records.offers import Condition, TaxBasis
from service.authorisations.records.policies import Combine, Deadline
from service.kit.money import Currency

Exact = Annotated[str, msgspec.Meta(pattern=r"^-?([0-9]+(\.[0-9]+)?|[0-9]+/0*[1-9][0-9]*)$")]
"""A decimal or a fraction as text."""
Ratification = Literal["refuse", "allow"]
Verdict = Literal["ACCEPT", "REFUSE"]
Channel = Literal["link", "on_device", "paper", "email", "sms", "portal", "oral_phone", "oral_in_person"]
"""How the answer came; all but the oral ones are a page that was answered, however its link travelled."""


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far a bill may exceed what was authorised; figures are the law's."""

    pct: Exact | None = None
    abs: int | None = None
    combine: Combine = "none"
    hardcap: int | None = None
    boundary: Literal["gt", "ge"] = "gt"
    consent: Deadline = "before_work"
    record_lag: int = 0
    requires_written_offer: bool = False
    ratification: Ratification = "refuse"


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something offered."""

    id: str
    qty: Exact
    price: Exact | int
    unit: str = "EA"
    sku: str | None = None
    alts: list[str] = []
    cond: Condition | None = None
    method: str | None = None
    conv: dict[str, Exact | int] = {}


class Auth(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One offer and the act that answered it; a field set to null is one that the record lacks."""

    id: str
    items: list[Item]
    at: int
    recorded_at: int | None = None
    channel: Channel = "link"
    by: str | None = "Ada Owner"
    recorded_by: str | None = "tech7"
    contact: str | None = "+15550100"
    conditions: str | None = ""
    valid_until: int | None = None
    cap: int | None = None
    job: str = "J1"
    entitled: bool = True
    decision: Literal["approved", "declined", "silence"] = "approved"
    declined_items: list[str] = []
    tax_basis: TaxBasis = "excl"
    written_offer: bool = True

    @property
    def oral(self) -> bool:
        """Whether a person recorded it: what is recorded later than it was said can't have been tapped on a page."""
        return self.channel.startswith("oral") or self.written_offer is False or (self.recorded_at or self.at) > self.at


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What became of an authorisation."""

    type: Literal["revoked", "superseded"]
    auth: str
    at: int


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of an invoice, or of a credit note (`item`, `qty`, `amount`)."""

    item: str | None = None
    qty: Exact = "1"
    price: Exact | int = 0
    unit: str | None = None
    sku: str | None = None
    cond: Condition | None = None
    method: str | None = None
    discount: int = 0
    amount: int | None = None
    work: list[str] = []

    @property
    def quantity(self) -> Fraction:
        """How much is billed."""
        return Fraction(self.qty)


class Tax(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The tax as the biller makes it."""

    rate: Exact
    amount: int | None = None


class Invoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An attempt to post, or to credit what an earlier one posted."""

    lines: list[Line]
    currency: Currency = "USD"
    tax: Tax | None = None
    job: str = "J1"
    credit_of: int | None = None


class Matter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was agreed, what was done and what is billed."""

    auths: list[Auth]
    invoices: list[Invoice]
    policy: str = "ZERO"
    events: list[Event] = []
    work_start: dict[str, int] = {}
    work_end: dict[str, int] = {}
    performed: dict[str, Exact] = {}
    record_lag: int | None = None
    requires_written_offer: bool | None = None
    ratification: Ratification | None = None


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A matter with one verdict expected per invoice: ACCEPT or REFUSE, and the code."""

    id: str
    case: Matter
    expect: list[tuple[Verdict, str]]
    situation: str = ""
    kind: Literal["match"] = "match"
    input: str = ""
    source: str = ""
    grade: str = ""


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of cases with the policies they name. Cases and policies are read one by one, so that a bad one is told by itself."""

    match: list[Any]
    policies: dict[str, Any] = {}
    note: str = ""
    sources: dict[str, Any] = {}
    protocol: list[Any] = []
    evidence: list[Any] = []
