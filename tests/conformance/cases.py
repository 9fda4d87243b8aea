"""Cases of what may be billed, in the format that `make conformance` runs: times in minutes from the opening of the job, money in minor units."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec

Number = str | int | None


class Policy(msgspec.Struct, frozen=True):
    """How far a bill may exceed what was authorised; figures are the law's."""

    pct: str | None = None
    abs: int | None = None
    combine: str = "none"
    hardcap: int | None = None
    boundary: str = "gt"
    consent: str = "before_work"
    record_lag: int = 0
    requires_written_offer: bool = False
    ratification: str = "refuse"


class Item(msgspec.Struct, frozen=True):
    """Something offered."""

    id: str
    qty: str
    price: str | int
    unit: str = "EA"
    sku: str | None = None
    alts: list[str] = []
    cond: str | None = None
    method: str | None = None
    conv: dict[str, str | int] = {}


class Auth(msgspec.Struct, frozen=True):
    """One offer and the act that answered it; a field set to null is one that the record lacks."""

    id: str
    items: list[Item]
    at: int
    recorded_at: int | None = None
    channel: str = "link"
    by: str | None = "Ada Owner"
    recorded_by: str | None = "tech7"
    contact: str | None = "+15550100"
    conditions: str | None = ""
    valid_until: int | None = None
    cap: int | None = None
    job: str = "J1"
    entitled: bool = True
    decision: str = "approved"
    declined_items: list[str] = []
    tax_basis: str = "excl"
    written_offer: bool = True

    @property
    def oral(self) -> bool:
        """Whether a person recorded it: what is recorded later than it was said can't have been tapped on a page."""
        return self.channel.startswith("oral") or self.written_offer is False or (self.recorded_at or self.at) > self.at


class Event(msgspec.Struct, frozen=True):
    """What became of an authorisation."""

    type: str
    auth: str
    at: int


class Line(msgspec.Struct, frozen=True):
    """A line of an invoice, or of a credit note (`item`, `qty`, `amount`)."""

    item: str | None = None
    qty: str = "1"
    price: str | int = 0
    unit: str | None = None
    sku: str | None = None
    cond: str | None = None
    method: str | None = None
    discount: int = 0
    amount: int | None = None
    work: list[str] = []

    @property
    def quantity(self) -> Fraction:
        """How much is billed."""
        return Fraction(self.qty)


class Tax(msgspec.Struct, frozen=True):
    """The tax as the biller makes it."""

    rate: str
    amount: int | None = None


class Invoice(msgspec.Struct, frozen=True):
    """An attempt to post, or to credit what an earlier one posted."""

    lines: list[Line]
    currency: str = "USD"
    tax: Tax | None = None
    job: str = "J1"
    credit_of: int | None = None


class Matter(msgspec.Struct, frozen=True):
    """What was agreed, what was done and what is billed."""

    auths: list[Auth]
    invoices: list[Invoice]
    policy: str = "ZERO"
    events: list[Event] = []
    work_start: dict[str, int] = {}
    work_end: dict[str, int] = {}
    performed: dict[str, str] = {}
    record_lag: int | None = None
    requires_written_offer: bool | None = None


class Case(msgspec.Struct, frozen=True):
    """A matter with one verdict expected per invoice: ACCEPT or REFUSE, and the code."""

    id: str
    case: Matter
    expect: list[tuple[str, str]]
    situation: str = ""


class File(msgspec.Struct, frozen=True):
    """A file of cases with the policies they name."""

    match: list[Case]
    policies: dict[str, Policy] = {}


def read(path: Path) -> Iterator[tuple[Case, Policy]]:
    """Every case of a file, or of the `.json` files of a folder, with the policy that it is judged by. Raises msgspec.ValidationError."""
    for file in sorted(path.glob("*.json")) if path.is_dir() else [path]:
        document: Any = msgspec.json.decode(file.read_bytes())
        found = msgspec.convert(document, File)
        for case in found.match:
            policy = found.policies.get(case.case.policy, Policy())
            changes = {name: value for name in ("record_lag", "requires_written_offer") if (value := getattr(case.case, name)) is not None}
            yield case, msgspec.structs.replace(policy, **changes)
