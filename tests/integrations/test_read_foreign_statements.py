"""Statement files nobody here wrote, where they stand beside the project: each arrives whole, as it was counted by hand, or is refused at the line known for it."""

from datetime import date
from pathlib import Path

import pytest

from service.integrations.bank_statements import Entry, StatementUnreadable, read_statements

SHARED = Path(__file__).parents[3] / "shared" / "statements"

ARRIVE = {
    "bai2-nwb_example.bai2": [("88888888 600004", "GBP", 36521, 33845, [-971, -100, -123, -1571, 89])],
    "bai2-svb_us_example.bai2": [("1234567890", "USD", 34726979, 35217175, [490196]), ("1234567890", "USD", 35217175, 36122975, [905800])],
    "camt-camt052.v2.other-account.xml": [("CH2801234000123456789", "SEK", None, None, [-20000000])],
    "camt-camt052.v2.with-account-name.xml": [("CH2801234000123456789", "SEK", None, None, [-20000000])],
    "camt-camt052.v6.Amt-zero.xml": [("CH2801234000123456789", "CHF", None, None, [-20000000])],
    "camt-camt052.v6.xml": [("CH2801234000123456789", "CHF", None, None, [-20000000])],
    "camt-camt053.v2.multi.statement.xml": [("NL26VAYB8060476890", "EUR", 1815, 2700, [885]), ("NL26VAYB8060476890", "EUR", 2700, 2000, [-700])],
    "camt-camt054.v2.xml": [("CH2801234000123456789", "SEK", None, None, [-20000000])],
    "camt-camt054.v4.xml": [("CH2801234000123456789", "SEK", None, None, [-20000000])],
    "camt-camt054.v8-with-UETR.xml": [("CH2801234000123456789", "SEK", None, None, [-20000000])],
    "camt-camt054.v8.xml": [("CH2801234000123456789", "SEK", None, None, [-20000000])],
    "camt-camt53.only-Dt-with-DtTm.xml": [("GB33BUKB20201555555555", "RON", 544209, None, [])],
    "mt940-betterplace-with_binary_character.sta": [
        ("0000007055", "EUR", 38011577, 19992902, [2700, 1306830, -19328205]), ("0000007304", "EUR", 13007319, 13119319, [112000]),
    ],
    "mt940-jejik-rabobank-iban.sta": [("NL71RABO0123456789", "EUR", 100000, 96500, [-2500, -1000]), ("NL71RABO0123456789", "EUR", 96500, 93000, [-2500, -1000])],
    "mt940-jejik-sns.sta": [("0123456789", "EUR", 123456, 120956, [-2000, -500]), ("0123456789", "EUR", 120956, 120956, [])],
    "mt940-mBank-mt940.sta": [("PL29114010810000267002001002", "PLN", 40, 43, [1, 1, 1])],
    "mt940-sberbank-171011_01234945.sta": [("1966315302010001", "HUF", 62731130, 61787430, [-240200, -346000, -357500])],
}  # fmt: skip
MANY = {"mt940-ASNB-mt940.txt": (31, 8, 44429, 50123), "mt940-betterplace-sepa_mt9401.sta": (26, 97, -123471836, 5005)}
"""Statements, entries, the first opening and the last closing balance; every one of them is proved."""
REFUSED = {
    "bai2-citi_example.bai2": (3, "balance_differs"),
    "camt-camt053.v2.five.decimals.xml": (49, "balance_differs"),
    "camt-camt053.v2.minimal.ultimate.xml": (54, "currency_mixed"),
    "camt-camt053.v2.minimal.xml": (54, "currency_mixed"),
    "camt-camt053.v2.with-party-ids.xml": (54, "currency_mixed"),
    "camt-camt053.v3.xml": (74, "currency_mixed"),
    "mt940-betterplace-currency_in_25.sta": (1, "field_misplaced"),
    "mt940-betterplace-empty_86.sta": (1, "field_misplaced"),
    "mt940-betterplace-sepa_snippet.sta": (55, "balance_differs"),
    "mt940-betterplace-sepa_snippet_broken.sta": (7, "field_unreadable"),
    "mt940-cmxl-account_balance_credit.sta": (1, "field_misplaced"),
    "mt940-cmxl-closing_balance.sta": (1, "field_misplaced"),
    "mt940-cmxl-mt940.sta": (4, "currency_unknown"),
    "mt940-cmxl-statement_details.sta": (1, "field_misplaced"),
    "mt940-cmxl-statement_number.sta": (1, "field_misplaced"),
    "mt940-jejik-rabobank.sta": (11, "balance_differs"),
    "mt940-self-provided-details_60-63.sta": (12, "balance_differs"),
    "mt940-self-provided-gv_codes.sta": (7, "file_cut_off"),
    "mt940-self-provided-malformed_details.sta": (15, "balance_differs"),
    "mt940-self-provided-mt942.sta": (11, "total_differs"),
    "mt940-self-provided-raiffeisen-cmi.sta": (7, "encoding_wrong"),
    "mt940-self-provided-raphaelm.sta": (13, "currency_unknown"),
    "mt940-self-provided-sparkassen.sta": (1, "field_misplaced"),
}


def entry_of(name: str, line: int) -> Entry:
    """The entry that begins on that line."""
    return next(entry for statement in read_statements((SHARED / name).read_bytes()) for entry in statement.entries if entry.line == line)


def test_no_other_file_of_their_kind_crashes() -> None:
    ends = set()
    for file in SHARED.iterdir():
        try:
            ends.add(len(read_statements(file.read_bytes())) > 0)
        except StatementUnreadable:
            ends.add(False)
    assert ends == {True, False}


@pytest.mark.parametrize("name", ARRIVE)
def test_what_arrives_arrives_whole(name: str) -> None:
    found = [
        (one.account.number, one.account.currency, one.opening and one.opening.amount_minor, one.closing and one.closing.amount_minor, [entry.amount_minor for entry in one.entries])
        for one in read_statements((SHARED / name).read_bytes())
    ]  # fmt: skip
    assert found == ARRIVE[name]


@pytest.mark.parametrize("name", MANY)
def test_long_files_arrive_with_every_statement_proved(name: str) -> None:
    statements = read_statements((SHARED / name).read_bytes())
    assert {one.continuity for one in statements} == {"proved"}
    first, last = statements[0].opening, statements[-1].closing
    assert first is not None
    assert last is not None
    assert (len(statements), sum(len(one.entries) for one in statements), first.amount_minor, last.amount_minor) == MANY[name]


@pytest.mark.parametrize("name", REFUSED)
def test_what_cant_arrive_whole_is_refused_whole(name: str) -> None:
    with pytest.raises(StatementUnreadable) as refusal:
        read_statements((SHARED / name).read_bytes())
    assert (refusal.value.line, refusal.value.code) == REFUSED[name]


def test_the_file_of_another_encoding_is_read_in_it_and_then_says_what_is_wrong() -> None:
    with pytest.raises(StatementUnreadable) as refusal:
        read_statements((SHARED / "mt940-self-provided-raiffeisen-cmi.sta").read_bytes(), encoding="cp852")
    assert (refusal.value.line, refusal.value.code) == (40, "balance_differs")


def test_payers_references_and_days_arrive() -> None:
    entry = entry_of("mt940-betterplace-sepa_mt9401.sta", 547)
    assert (entry.amount_minor, entry.booked_on, entry.value_on) == (1_910_05, date(2007, 9, 4), date(2007, 9, 4))
    assert (entry.payer.name, entry.payer.account, entry.payer.bank) == ("QUENTIN QUAST", "DE03508800500194791600", "DRESDEFF508")
    assert (entry.end_to_end_id, entry.bank_reference) == ("TFNR 21001 EndToEndId 00001", "0724710333345079")
    taken_back = entry_of("mt940-betterplace-sepa_mt9401.sta", 19)
    assert (taken_back.amount_minor, taken_back.reversal) == (-204_88, True)
    dutch = entry_of("mt940-jejik-rabobank-iban.sta", 6)
    assert (dutch.payee.name, dutch.payee.account, dutch.end_to_end_id) == (
        "CONTRA ACCOUNT HOLDER",
        "NL70ABNA0987654321",
        "01-01-2013 12:00 0030000987654321",
    )
    polish = entry_of("mt940-mBank-mt940.sta", 6)
    assert (polish.payer.account, polish.remittance, polish.bank_reference) == (
        "56114010810000267002001001",
        "PRZELEW SRODKOW",
        "MB170119012058",
    )
    british = entry_of("bai2-svb_us_example.bai2", 7)
    assert (british.bank_reference, british.remittance, british.booked_on) == ("172629", "SOME PAYMENT ACH OFFSET", date(2022, 2, 1))


def test_a_batch_arrives_with_its_payments() -> None:
    for name, line in (("camt-camt054.v4.xml", 63), ("camt-camt054.v8.xml", 63)):
        entry = entry_of(name, line)
        assert [detail.amount_minor for detail in entry.details] == [310, 320, 320]
        assert [detail.payee.account for detail in entry.details] == [
            "CH4112345003131313131",
            "CH7212345003232323232",
            "CH7212345003232323232",
        ]
        assert entry.details[2].creditor_references == ("Ref number V3 block 1", "Ref number V3 block 2")
        assert entry.details_sum == "untold"
    assert [detail.payer.name for detail in entry_of("camt-camt054.v2.xml", 58).details] == ["MUELLER"] * 3
