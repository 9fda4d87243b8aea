"""What an evidence pack holds of bills and of the attempts to post them."""

from service.evidence.records.common import Strict


class LineTold(Strict, frozen=True):
    """A line of an invoice."""

    number: int
    item_id: str | None
    scope_id: str | None
    description: str
    unit: str
    quantity: str
    unit_price: str
    discount_minor: int
    net_minor: int
    tax_category: str
    tax_rate: str


class TaxTold(Strict, frozen=True):
    """The tax of one rate."""

    tax_category: str
    tax_rate: str
    lines_minor: int
    tax_minor: int


class CreditedTold(Strict, frozen=True):
    """What is given back of a line: of its item's own unit, and in money."""

    line: int
    quantity: str
    net_minor: int


class CreditTold(Strict, frozen=True):
    """A credit note to an invoice."""

    credit_note_id: str
    number: str
    issued_on: str
    total_minor: int
    lines: list[CreditedTold]


class InvoiceTold(Strict, frozen=True):
    """An invoice that bills something of the matter."""

    invoice_id: str
    attempt_id: str
    number: str
    currency: str
    tax_basis: str
    issued_us: int
    issued_on: str
    due_on: str
    lines_minor: int
    tax_minor: int
    total_minor: int
    lines: list[LineTold]
    taxes: list[TaxTold]
    credits: list[CreditTold]


class DecisionTold(Strict, frozen=True):
    """How a line was judged: `results` has a letter for each of the 14 rules, p passed, f failed, - not reached."""

    line: int
    verdict: str
    code: str | None
    results: str
    item_id: str | None
    policy_name: str | None
    policy_version: int | None
    asked: str | None
    authorised: str | None
    performed: str | None
    billed: str | None


class AttemptTold(Strict, frozen=True):
    """An attempt to bill, posted or refused: so many `lines`, and the decisions on those of this matter.

    `input_hash` is SHA-256 of what was sent. An old refusal is told by it alone, without its decisions.
    """

    attempt_id: str
    invoice_id: str
    verdict: str
    code: str | None
    input_hash: str
    lines: int
    attempted_by: str
    attempted_us: int
    decisions: list[DecisionTold]


class DecisionsTold(Strict, frozen=True):
    """Every attempt that posted, the latest refused ones, and how many refused ones before those are left out."""

    attempts: list[AttemptTold]
    left_out: int
