"""A column map: how one bank's CSV is to be read. A record, so that it can be kept and shown."""

from typing import Annotated, Literal

import msgspec

from service.integrations.bank_statements.texts import Encoding
from service.kit.money import Currency
from service.kit.patterns import LINE

Column = Annotated[
    str, msgspec.Meta(min_length=1, max_length=100, pattern=LINE, description="The heading of a column, as the file has it.")
]
Mark = Annotated[str, msgspec.Meta(min_length=1, max_length=20, pattern=LINE)]
Marks = Annotated[tuple[Mark, ...], msgspec.Meta(max_length=20)]
DateForm = Literal["YYYY-MM-DD", "YYYYMMDD", "DD.MM.YYYY", "DD.MM.YY", "DD/MM/YYYY", "DD-MM-YYYY", "MM/DD/YYYY", "MM/DD/YY"]


class CsvMap(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which column says what. Columns that aren't named here are left alone."""

    booked_on: Column
    date_form: DateForm
    amount: Column | None = None
    """The one signed column; with `mark` the unsigned one; without either, `debit` and `credit` are two."""
    debit: Column | None = None
    credit: Column | None = None
    mark: Column | None = None
    debit_marks: Marks = msgspec.field(default_factory=lambda: ("D", "S", "DBIT", "Debit", "Soll", "Af"))
    credit_marks: Marks = msgspec.field(default_factory=lambda: ("C", "H", "CRDT", "Credit", "Haben", "Bij"))
    inverted: bool = False
    """The signed column is positive where the account pays, as of credit cards."""
    decimal_mark: Literal[".", ","] = "."
    thousands_mark: Literal["", ".", ",", "'", " "] = ""
    delimiter: Literal[",", ";", "\t", "|"] = ","
    encoding: Encoding = "utf-8"
    lines_before: Annotated[int, msgspec.Meta(ge=0, le=100, description="Lines above the one with the headings.")] = 0
    account: Annotated[str, msgspec.Meta(min_length=1, max_length=34, pattern=LINE)] | None = None
    """The account, where no column says it."""
    account_column: Column | None = None
    currency: Currency | None = None
    currency_column: Column | None = None
    value_on: Column | None = None
    balance: Column | None = None
    """The account's balance after each entry: it proves that none is missing."""
    newest_first: bool = False
    name: Column | None = None
    other_account: Column | None = None
    other_bank: Column | None = None
    remittance: Annotated[tuple[Column, ...], msgspec.Meta(max_length=20)] = msgspec.field(default_factory=lambda: ())
    booking_text: Column | None = None
    bank_reference: Column | None = None
    end_to_end_id: Column | None = None
    mandate_id: Column | None = None
    creditor_reference: Column | None = None
    pending_marks: Marks = msgspec.field(default_factory=lambda: ())
    status: Column | None = None
    """The column that says with `pending_marks` what isn't booked yet."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Every heading that it names."""
        single = (
            self.booked_on, self.amount, self.debit, self.credit, self.mark, self.account_column, self.currency_column, self.value_on, self.balance,
            self.name, self.other_account, self.other_bank, self.booking_text, self.bank_reference, self.end_to_end_id, self.mandate_id,
            self.creditor_reference, self.status,
        )  # fmt: skip
        return tuple(dict.fromkeys(name for name in (*single, *self.remittance) if name is not None))

    def complaint(self) -> str | None:
        """Why no file can be read by it, or None."""
        complaints = {
            "Name either `amount`, or `credit` and `debit`.": (self.amount is None) != (self.debit is not None and self.credit is not None)
            or (self.amount is not None and (self.debit is not None or self.credit is not None)),
            "`mark` says the sign of `amount`: name that too.": self.mark is not None and self.amount is None,
            "Name either `account` or `account_column`.": (self.account is None) == (self.account_column is None),
            "Name either `currency` or `currency_column`.": (self.currency is None) == (self.currency_column is None),
            "`decimal_mark` and `thousands_mark` can't be the same.": self.decimal_mark == self.thousands_mark,
            "`status` and `pending_marks` go together.": (self.status is None) != (not self.pending_marks),
        }
        return next((complaint for complaint, wrong in complaints.items() if wrong), None)
