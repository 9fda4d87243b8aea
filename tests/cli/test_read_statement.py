"""`sayso read-statement` tells what a bank's file holds, or the line and the reason; it needs no database."""

from pathlib import Path
from typing import Any

import msgspec
from click.testing import CliRunner, Result

from service.cli import main
from tests.integrations.bank_files import SHEET, Statement, Told, camt, camt_entry, mt940, sheet


def told(folder: Path, text: str, *arguments: str, encoding: str = "utf-8") -> Result:
    file = folder / "bank.txt"
    file.write_bytes(text.encode(encoding))
    return CliRunner().invoke(main, ["read-statement", str(file), *arguments])


def test_a_file_is_told_entry_by_entry(tmp_path: Path) -> None:
    answer = told(tmp_path, mt940(Statement((Told(12_50), Told(-3_00, name="BRINK")))))
    assert answer.exit_code == 0
    assert answer.output.splitlines() == [
        "line 1: mt940 statement ST7 of DE89370400440532013000 in EUR",
        "  2 bookings; opens with 1000.00 on 2026-03-02, closes with 1009.50 on 2026-03-02, the entries come to it",
        "  line 5: 2026-03-02        12.50 EUR  ADA BYRON · NL91ABNA0417164300 · E2E-1 · INVOICE 2026 17",
        "  line 8: 2026-03-02        -3.00 EUR  BRINK · NL91ABNA0417164300 · E2E-1 · INVOICE 2026 17",
    ]


def test_a_refused_file_says_line_and_reason_and_nothing_else(tmp_path: Path) -> None:
    answer = told(tmp_path, camt(Statement(closing=5)))
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr.startswith("bank.txt:11: balance_differs: The opening balance 1000.00 EUR and the entries come to 1012.50 EUR")


def test_everything_is_told_as_json_lines(tmp_path: Path) -> None:
    first, second = told(tmp_path, camt(Statement(), Statement(number=8)), "--json").output.splitlines()
    statement: dict[str, Any] = msgspec.json.decode(first)
    assert (statement["account"]["number"], statement["entries"][0]["amount_minor"], statement["continuity"]) == (
        "DE89370400440532013000",
        12_50,
        "proved",
    )
    assert msgspec.json.decode(second)["statement_id"] == "ST-8"


def test_a_batch_says_whether_its_payments_come_to_it(tmp_path: Path) -> None:
    details = '<TxDtls><Amt Ccy="EUR">1</Amt></TxDtls><TxDtls><Amt Ccy="EUR">2</Amt></TxDtls>'
    answer = told(tmp_path, camt(Statement((), closing=1_003_00, more={"after": camt_entry(Told(3_00), "EUR", details=details)})))
    assert "    2 payments, which come to it" in answer.output.splitlines()


def test_a_csv_needs_its_map(tmp_path: Path) -> None:
    text = sheet(Statement())
    assert told(tmp_path, text).stderr.startswith("bank.txt:1: format_unknown:")
    column_map = tmp_path / "map.json"
    column_map.write_bytes(msgspec.json.encode(SHEET))
    assert "csv statement of DE89370400440532013000 in EUR" in told(tmp_path, text, "--map", str(column_map)).output
    for wrong in (b"{}", b'{"booked_on":"Booked","date_form":"DD.MM.YYYY"}', b'{"booked_on":"Booked","date_form":"someday"}', b"no"):
        column_map.write_bytes(wrong)
        assert told(tmp_path, text, "--map", str(column_map)).exit_code == 2


def test_an_encoding_is_named(tmp_path: Path) -> None:
    text = mt940(Statement((Told(12_50, name="MÜLLER"),)))
    assert told(tmp_path, text, encoding="cp1252").exit_code == 1
    assert "MÜLLER" in told(tmp_path, text, "--encoding", "cp1252", encoding="cp1252").output
