"""A bank's CSV is read by a column map: signs, decimals and days as the map has them; a balance column proves that no row is missing."""

from datetime import date
from typing import Any

import msgspec
import pytest

from service.integrations.bank_statements import CsvMap, Party, StatementUnreadable, read_statements
from tests.integrations.bank_files import IBAN, PAYERS, SHEET, Statement, Told, sheet

PLAIN = CsvMap(booked_on="Day", date_form="YYYY-MM-DD", amount="Amount", account="A-1", currency="EUR", remittance=("Text",))


def amount_by(cells: str, *, headings: str = "Day,Amount,Text", **changes: Any) -> int:
    """What the one row under these headings comes to."""
    (statement,) = read_statements(f"{headings}\n{cells}\n".encode(), csv_map=msgspec.structs.replace(PLAIN, **changes))
    return statement.entries[0].amount_minor


def refused(content: str | bytes, csv_map: CsvMap | None = PLAIN, **changes: Any) -> StatementUnreadable:
    told = msgspec.structs.replace(csv_map, **changes) if csv_map else None
    with pytest.raises(StatementUnreadable) as refusal:
        read_statements(content if isinstance(content, bytes) else content.encode(), csv_map=told)
    return refusal.value


def test_every_column_arrives() -> None:
    (statement,) = read_statements(sheet(Statement((Told(1_234_56), Told(-3_00, name='Brink "&" Co; Ltd')))).encode(), csv_map=SHEET)
    gained, spent = statement.entries
    assert (statement.format, statement.continuity, statement.account.number, statement.account.is_iban) == ("csv", "proved", IBAN, True)
    assert statement.opening is not None
    assert statement.closing is not None
    assert (statement.opening.amount_minor, statement.closing.amount_minor) == (1_000_00, 2_231_56)
    assert (gained.line, gained.index, gained.amount_minor, gained.booked_on, gained.value_on) == (
        2,
        0,
        1_234_56,
        date(2026, 3, 2),
        date(2026, 3, 3),
    )
    assert (gained.payer, gained.remittance, gained.end_to_end_id) == (Party(name="ADA BYRON", account=PAYERS), "INVOICE 2026 17", "E2E-1")
    assert (spent.amount_minor, spent.payee.name, spent.bank_reference) == (-3_00, 'Brink "&" Co; Ltd', "BANK0001")


@pytest.mark.parametrize(
    "text, minor",
    [("12.50", 12_50), ("-12.5", -12_50), ("+12", 12_00), ("12.50-", -12_50), ("\u221212.50", -12_50), ("12.5000", 12_50), ("0.00", 0)],
)
def test_one_signed_column(text: str, minor: int) -> None:
    assert amount_by(f"2026-03-02,{text},x") == minor
    assert amount_by(f"2026-03-02,{text},x", inverted=True) == -minor


@pytest.mark.parametrize("debit, credit, minor", [("3.00", "", -3_00), ("", "3.00", 3_00), ("-3.00", "", -3_00)])
def test_a_column_of_debits_and_one_of_credits(debit: str, credit: str, minor: int) -> None:
    assert amount_by(f"2026-03-02,{debit},{credit},x", headings="Day,Out,In,Text", amount=None, debit="Out", credit="In") == minor


def test_both_or_neither_of_debit_and_credit_is_refused() -> None:
    for row in ("2026-03-02,1,1,x", "2026-03-02,,,x"):
        refusal = refused(f"Day,Out,In,Text\n{row}\n", amount=None, debit="Out", credit="In")
        assert (refusal.line, refusal.code) == (2, "amount_unreadable")


@pytest.mark.parametrize("mark, minor", [("D", -3_00), ("S", -3_00), ("Af", -3_00), ("C", 3_00), ("H", 3_00), ("Bij", 3_00)])
def test_a_column_of_marks(mark: str, minor: int) -> None:
    assert amount_by(f"2026-03-02,3.00,{mark},x", headings="Day,Amount,Mark,Text", mark="Mark") == minor
    for row in ("2026-03-02,3.00,?,x", "2026-03-02,-3.00,D,x"):
        assert refused(f"Day,Amount,Mark,Text\n{row}\n", mark="Mark").code == "sign_unreadable"


@pytest.mark.parametrize(
    "decimal_mark, thousands, text, minor",
    [
        (",", ".", "1.234,56", 1_234_56),
        (".", ",", "1,234,567.8", 1_234_567_80),
        (".", "'", "1'234.56", 1_234_56),
        (",", " ", "1\xa0234,56", 1_234_56),
    ],
)
def test_decimals_and_thousands_are_as_the_map_has_them(decimal_mark: str, thousands: str, text: str, minor: int) -> None:
    assert amount_by(f'2026-03-02,"{text}",x', decimal_mark=decimal_mark, thousands_mark=thousands) == minor


@pytest.mark.parametrize(
    "text", ["1,234.5", "1.234,56", "1,23", "NaN", "inf", "1e5", "", "-", "--1", "-1-", "0x1", "1.2.3", "€ 5", "9" * 30]
)
def test_an_amount_that_the_map_doesnt_have_is_refused(text: str) -> None:
    refusal = refused(f'Day,Amount,Text\n2026-03-01,1.00,x\n2026-03-02,"{text}",x\n')
    assert refusal.line == 3
    assert refusal.code in {"amount_unreadable", "amount_too_large"}


def test_an_amount_of_half_a_cent_is_refused() -> None:
    assert refused("Day,Amount,Text\n2026-03-02,1.005,x\n").code == "amount_inexact"


@pytest.mark.parametrize(
    "form, text",
    [
        ("YYYY-MM-DD", "2026-03-02"),
        ("YYYYMMDD", "20260302"),
        ("DD.MM.YYYY", "02.03.2026"),
        ("DD.MM.YY", "2.3.26"),
        ("DD/MM/YYYY", "02/03/2026"),
        ("DD-MM-YYYY", "02-03-2026"),
        ("MM/DD/YYYY", "03/02/2026"),
        ("MM/DD/YY", "3/2/26"),
    ],
)
def test_days_are_as_the_map_has_them(form: str, text: str) -> None:
    (statement,) = read_statements(f"Day,Amount,Text\n{text},1,x\n".encode(), csv_map=msgspec.structs.replace(PLAIN, date_form=form))
    assert (statement.from_day, statement.to_day) == (date(2026, 3, 2), date(2026, 3, 2))
    for wrong in ("2026-02-30", "30.02.2026", "x", ""):
        assert refused(f"Day,Amount,Text\n{wrong},1,x\n", date_form=form).code == "date_unreadable"


def test_a_balance_that_doesnt_come_out_is_refused_at_its_row() -> None:
    lines = sheet(Statement((Told(1_00), Told(2_00), Told(3_00)))).splitlines()
    refusal = refused("\n".join([lines[0], lines[1], lines[3]]), SHEET)
    assert (refusal.line, refusal.code) == (3, "balance_differs")
    assert refused("\n".join([lines[0], lines[1], lines[2].rsplit(";", 1)[0] + ";"]), SHEET).code == "amount_unreadable"


def test_the_newest_may_come_first() -> None:
    lines = sheet(Statement((Told(1_00), Told(2_00), Told(3_00)))).splitlines()
    (statement,) = read_statements(
        "\n".join([lines[0], *reversed(lines[1:])]).encode(), csv_map=msgspec.structs.replace(SHEET, newest_first=True)
    )
    assert [(entry.index, entry.amount_minor, entry.line) for entry in statement.entries] == [(0, 1_00, 4), (1, 2_00, 3), (2, 3_00, 2)]


def test_accounts_and_currencies_may_stand_in_columns() -> None:
    told = msgspec.structs.replace(PLAIN, account=None, account_column="Account", currency=None, currency_column="Currency")
    text = f"Account,Currency,Day,Amount,Text\n{IBAN},EUR,2026-03-02,1,x\nB-2,JPY,2026-03-02,1,x\n{IBAN},EUR,2026-03-02,2,y\n"
    first, second = read_statements(text.encode(), csv_map=told)
    assert (first.account.number, len(first.entries), second.account.number, second.account.currency, second.entries[0].amount_minor) == (
        IBAN,
        2,
        "B-2",
        "JPY",
        1,
    )


def test_rows_not_booked_yet_are_pending() -> None:
    told = msgspec.structs.replace(PLAIN, status="State", pending_marks=("vorgemerkt",))
    (statement,) = read_statements(b"Day,Amount,Text,State\n2026-03-02,1,x,vorgemerkt\n2026-03-02,1,x,\n", csv_map=told)
    assert [entry.status for entry in statement.entries] == ["pending", "booked"]


def test_lines_above_the_headings_and_columns_of_no_use_are_left_alone() -> None:
    told = msgspec.structs.replace(PLAIN, lines_before=2)
    (statement,) = read_statements(b'Account of "us\n\nDay,Fee,Amount,Text\n2026-03-02,9,1,"two\r\nlines"\n\n,,,\n', csv_map=told)
    (entry,) = statement.entries
    assert (entry.line, entry.remittance, statement.continuity) == (4, "two\nlines", "untold")


@pytest.mark.parametrize("text, line, code", [
    ("Day,Amount\n2026-03-02,1\n", 1, "column_missing"),
    ("Day,Amount,Text,Text\n2026-03-02,1,x,y\n", 1, "column_missing"),
    ("Day,Amount,Text\n", 1, "no_statement"),
    ("Day,Amount,Text\n2026-03-02,1\n", 2, "row_unreadable"),
    ("Day,Amount,Text\n2026-03-02,1,x,y\n", 2, "row_unreadable"),
    ('Day,Amount,Text\n2026-03-02,1,"x\n', 2, "row_unreadable"),
    ('Day,Amount,Text\n2026-03-02,1,"x"y\n', 2, "row_unreadable"),
    ("Day,Amount,Text\n2026-03-02,1,x\nTotal,1,\n", 3, "date_unreadable"),
    ("Day,Amount,Text\n2026-03-02,1,x\0\n", 2, "not_text"),
    ("", 1, "file_empty"),
    ("   \n", 1, "file_empty"),
])  # fmt: skip
def test_a_row_that_isnt_one_refuses_the_file(text: str, line: int, code: str) -> None:
    refusal = refused(text)
    assert (refusal.line, refusal.code) == (line, code), refusal


def test_the_encoding_is_the_map_s() -> None:
    text = "Day,Amount,Text\n2026-03-02,1,Müller\n"
    refusal = refused(text.encode("cp1252"))
    assert (refusal.line, refusal.code) == (2, "encoding_wrong")
    (statement,) = read_statements(text.encode("cp1252"), csv_map=msgspec.structs.replace(PLAIN, encoding="cp1252"))
    assert statement.entries[0].remittance == "Müller"


@pytest.mark.parametrize("changes", [
    {"amount": None}, {"amount": None, "credit": "In"}, {"debit": "Out", "credit": "In"}, {"amount": None, "debit": "Out", "credit": "In", "mark": "M"},
    {"account": None}, {"account_column": "A"}, {"currency": None}, {"currency_column": "C"}, {"decimal_mark": ",", "thousands_mark": ","}, {"status": "S"},
    {"pending_marks": ("p",)},
])  # fmt: skip
def test_a_map_that_says_too_little_or_too_much_reads_nothing(changes: dict[str, Any]) -> None:
    assert refused("Day,Amount,Text\n2026-03-02,1,x\n", **changes).code == "map_wrong"


def test_without_a_map_a_csv_is_nothing_known() -> None:
    assert refused("Day,Amount,Text\n2026-03-02,1,x\n", None).code == "format_unknown"
