"""MT940 and MT942 are read in the dialects of banks: amounts, signs, days, references and who paid; what can't be is refused with its line."""

from datetime import date

import pytest

from service.integrations.bank_statements import Entry, Instructed, Party, StatementUnreadable, read_statements
from tests.integrations.bank_files import IBAN, PAYERS, Statement, Told, mt940, mt942

HEAD = ":20:R1\n:25:12345678/1020304050\n:28C:27/2\n:60F:C260301EUR100,00\n"


def entry_of(line: str, *more: str, gained: int = 12_50, currency: str = "EUR") -> Entry:
    """The one entry of a statement with these fields."""
    closing = 100_00 + gained
    text = HEAD.replace("EUR", currency) + "\n".join([line, *more, f":62F:C260302{currency}{closing // 100},{closing % 100:02}", "-", ""])
    (statement,) = read_statements(text.encode())
    assert statement.continuity == "proved"
    (entry,) = statement.entries
    return entry


def refused(text: str | bytes, *, encoding: str | None = None) -> StatementUnreadable:
    with pytest.raises(StatementUnreadable) as refusal:
        read_statements(text if isinstance(text, bytes) else text.encode(), encoding=encoding)
    return refusal.value


def test_a_statement_is_read_whole() -> None:
    (statement,) = read_statements(mt940(Statement((Told(12_50), Told(-3_00, name="BRINK")))).encode())
    gained, spent = statement.entries
    assert (statement.format, statement.kind, statement.statement_id, statement.sequence, statement.page) == (
        "mt940",
        "statement",
        "ST7",
        "7",
        1,
    )
    assert (statement.account.number, statement.account.is_iban, statement.last_page, statement.line) == (IBAN, True, True, 1)
    assert (gained.line, gained.amount_minor, gained.booked_on, gained.value_on) == (5, 12_50, date(2026, 3, 2), date(2026, 3, 3))
    assert gained.payer == gained.counterparty == Party(name="ADA BYRON", account=PAYERS, bank="COBADEFFXXX")
    assert (gained.end_to_end_id, gained.bank_reference, gained.remittance) == ("E2E-1", "BANK0001", "INVOICE 2026 17")
    assert (gained.booking_text, gained.transaction_code) == ("GUTSCHRIFT", "NTRF 166")
    assert (spent.amount_minor, spent.payee.name, spent.counterparty.name) == (-3_00, "BRINK", "BRINK")


@pytest.mark.parametrize(
    "mark, gained, reversal, status",
    [("C", 12_50, False, "booked"), ("D", -12_50, False, "booked"), ("RC", -12_50, True, "booked"), ("RD", 12_50, True, "booked")],
)
@pytest.mark.parametrize("funds", ["", "R"])
def test_a_reversed_credit_is_a_debit(mark: str, gained: int, reversal: bool, status: str, funds: str) -> None:
    entry = entry_of(f":61:2603030302{mark}{funds}12,5NTRFNONREF", gained=gained)
    assert (entry.amount_minor, entry.reversal, entry.status) == (gained, reversal, status)


@pytest.mark.parametrize(
    "written, booked, value",
    [
        ("2603030302", date(2026, 3, 2), date(2026, 3, 3)),
        ("260303", None, date(2026, 3, 3)),
        ("260303    ", None, date(2026, 3, 3)),
        ("2601021231", date(2025, 12, 31), date(2026, 1, 2)),
        ("2512310102", date(2026, 1, 2), date(2025, 12, 31)),
        ("2602300302", date(2026, 3, 2), date(2026, 2, 28)),
        ("2402300301", date(2024, 3, 1), date(2024, 2, 29)),
        ("9912310101", date(2000, 1, 1), date(1999, 12, 31)),
    ],
)
def test_days_are_those_of_the_calendar_and_the_bank(written: str, booked: date | None, value: date) -> None:
    entry = entry_of(f":61:{written}C12,50NTRFNONREF")
    assert (entry.booked_on, entry.value_on, entry.day) == (booked, value, booked or value)


@pytest.mark.parametrize("written", ["2602310302", "2613010302", "2603320302", "2604310302", "2603030230", "260303023", "0000000000"])
def test_a_day_that_never_was_is_refused(written: str) -> None:
    refusal = refused(f"{HEAD}:61:{written}C12,50NTRFNONREF\n:62F:C260302EUR112,50\n")
    assert refusal.line == 5
    assert refusal.code in {"date_unreadable", "entry_unreadable"}


@pytest.mark.parametrize("account, number, bank", [
    ("51210600/9223382012EUR", "9223382012", "51210600"), ("UBRTHUHB/123456/EUR", "123456", "UBRTHUHB"), ("1291.99.348EUR", "1291.99.348", None),
    ("DE89 3704 0044 0532 0130 00", IBAN, None), (f"{IBAN}EUR", IBAN, None), ("TRIODOSBANK/0390123456", "0390123456", "TRIODOSBANK"), ("0123456789", "0123456789", None),
])  # fmt: skip
def test_the_account_is_found_in_what_banks_write(account: str, number: str, bank: str | None) -> None:
    (statement,) = read_statements(HEAD.replace("12345678/1020304050", account).encode() + b":62F:C260302EUR100,00\n")
    assert (statement.account.number, statement.account.bank, statement.account.currency) == (number, bank, "EUR")


def test_an_account_in_another_currency_than_its_balances_is_refused() -> None:
    refusal = refused(HEAD.replace("1020304050", "1020304050USD") + ":62F:C260302EUR100,00\n")
    assert (refusal.line, refusal.code) == (2, "currency_mixed")


def test_german_fields_give_sepa_words_and_names_cut_at_27_letters() -> None:
    entry = entry_of(
        ":61:2603030302C12,50NTRFKREF+//B7",
        ":86:166?00GUTSCHRIFT?109310?20EREF+2026-0001-LONG-REFEREN?21CE-OF-40?22MREF+M1?23CRED+DE98ZZZ09999999999?24SVWZ+Invoice 17 and 2026-00",
        "?2518?26ABWA+Ben Brink?27KREF+K1?30COBADEFFXXX?31DE89370400440532013000?32Ada Byron of the long named?33 Lovelace?34997?60TEXT",
    )
    assert entry.payer == Party(name="Ada Byron of the long named Lovelace", account=IBAN, bank="COBADEFFXXX", ultimate="Ben Brink")
    assert (entry.end_to_end_id, entry.mandate_id, entry.remittance) == (
        "2026-0001-LONG-REFERENCE-OF-40",
        "M1",
        "Invoice 17 and 2026-0018\nTEXT",
    )
    assert entry.references == (("primanota", "9310"), ("text_key", "997"), ("creditor_id", "DE98ZZZ09999999999"), ("customer", "K1"))


def test_a_returned_debit_says_why() -> None:
    assert entry_of(":61:260303D12,50NRTINONREF", ":86:109?00RETOURE?20EREF+A?34914", gained=-12_50).return_reason == "914"


@pytest.mark.parametrize("mark", ["?", ">", "<", "~", "^", "!", "#", "|", "@"])
def test_fields_are_marked_by_whatever_the_bank_takes(mark: str) -> None:
    entry = entry_of(":61:260303C12,50NTRFNONREF", f":86:166{mark}00GUTSCHRIFT{mark}20Invoice 17{mark}32Ada")
    assert (entry.booking_text, entry.remittance, entry.payer.name) == ("GUTSCHRIFT", "Invoice 17", "Ada")


def test_polish_fields_prefer_the_iban() -> None:
    entry = entry_of(
        ":61:260303C12,50NTRFNONREF", ":86: 020?00Uznanie?20Faktura?3010600076?310000777?32HUTA?38PL081060007600007777777777777"
    )
    assert (entry.payer.account, entry.payer.name) == ("PL081060007600007777777777777", "HUTA")


def test_words_between_slashes_are_read_as_dutch_banks_write_them() -> None:
    entry = entry_of(
        ":61:260303C12,50N102EREF", "NL91ABNA0417164300", ":86:/EREF/E-77/ORDP//NAME/ADA BYRON/REMI/Invoice 17 and more/ISDT/2026-03-02/MARF/M1/CSID/NL98ZZZ"
    )  # fmt: skip
    assert (entry.payer.name, entry.payer.account, entry.end_to_end_id, entry.mandate_id) == ("ADA BYRON", PAYERS, "E-77", "M1")
    assert (entry.remittance, entry.references) == ("Invoice 17 and more", (("isdt", "2026-03-02"), ("creditor_id", "NL98ZZZ")))


def test_a_counterparty_and_a_structured_reference_stand_between_slashes_too() -> None:
    text = ":86:/TRTP/SEPA OVERBOEKING/CNTP/NL91ABNA0417164300/ABNANL2A/A Byron/CITY/REMI/STRD/CUR/9001123000000090210"
    entry = entry_of(":61:260303C12,50NTRFNONREF", text)
    assert entry.payer == Party(name="A Byron", account=PAYERS, bank="ABNANL2A")
    assert (entry.creditor_references, entry.booking_text) == (("9001123000000090210",), "SEPA OVERBOEKING")


def test_a_text_that_begins_with_account_and_name_names_the_other_side() -> None:
    entry = entry_of(
        ":61:260303D12,50NIOBNL91ABNA0417164300", "a byron", ":86:NL91ABNA0417164300 a byron", "", "paid for it", "", gained=-12_50
    )
    assert (entry.payee, entry.remittance) == (Party(name="a byron", account=PAYERS), "paid for it")


def test_older_bookings_have_account_and_name_in_the_reference() -> None:
    entry = entry_of(":61:260303D12,50N0440121470966      W.P. Brink", ":86:Terugboeking", ":86:KOSTEN MEI", gained=-12_50)
    assert (entry.payee, entry.remittance, entry.transaction_code) == (
        Party(name="W.P. Brink", account="0121470966"),
        "Terugboeking\nKOSTEN MEI",
        "N044",
    )


def test_collective_postings_of_polish_banks_name_the_payer() -> None:
    entry = entry_of(
        ":61:2603030302CR12,50NTRFNONREF//MB7", "911-TRANSAKCJA", ":86:911 TRANSAKCJA; ID IPH: XX1; Z RACH.: ", "561140; OD: ADA B  ", "UL. 1; TYT.: FV 17  ; ", "TNR: 7.1"
    )  # fmt: skip
    assert (entry.payer, entry.remittance) == (Party(name="ADA B UL. 1", account="561140"), "FV 17")
    assert entry.references == (("virtual_account", "XX1"), ("transaction", "7.1"))


def test_savings_banks_number_their_lines() -> None:
    entry = entry_of(
        ":61:260303C12,50S051NONREF", ":NS:01Invoice 17", "02more", "15Ada", "16Byron", "17GUTSCHRIFT", "3370050000", "34123", "181234"
    )
    assert (entry.payer, entry.remittance, entry.booking_text) == (
        Party(name="Ada Byron", account="123", bank="70050000"),
        "Invoice 17\nmore",
        "GUTSCHRIFT",
    )


def test_what_was_ordered_in_another_currency_is_told_beside() -> None:
    assert entry_of(":61:260303C12,50NTRFREF7//B7", "/OCMT/USD14,5//CHGS/EUR0,5/").instructed == Instructed("14.5", "USD")


def test_free_text_is_kept_line_by_line_and_cut_lines_are_joined() -> None:
    wide = "x" * 60 + " tail"
    entry = entry_of(":61:260303C12,50NTRFNONREF", f":86:{wide}", "goes on", "", "next")
    assert entry.remittance == f"{wide}goes on\nnext"


def test_a_line_that_only_looks_like_a_field_stays_text() -> None:
    entry = entry_of(":61:260303C12,50NTRFNONREF", ":86:106?00PL?20at 12-09-2026T16", ":26:37 Pa?21ge 7")
    assert entry.remittance == "at 12-09-2026T16:26:37 Pa\nge 7"


def test_several_pages_go_on_where_they_ended() -> None:
    first = f"{HEAD.replace('27/2', '27/1')}:61:260303C12,50NTRFNONREF\n:62M:C260302EUR112,50\n-\n"
    second = HEAD.replace(":60F:C260301EUR100,00", ":60M:C260302EUR112,50") + ":62F:C260302EUR112,50\n-\n"
    pages = read_statements((first + second).encode())
    assert [(page.page, page.last_page) for page in pages] == [(1, False), (2, True)]
    refusal = refused(first + second.replace("112,50", "112,51"))
    assert (refusal.line, refusal.code) == (11, "balance_differs")


def test_the_network_s_blocks_and_lines_before_a_statement_are_no_part_of_it() -> None:
    body = f"{HEAD}:62F:C260302EUR100,00\n"
    for text in (
        f"{{1:F01X0}}{{2:O940X}}{{3:}}{{4:\n{body}-}}{{5:}}\n",
        f"ABNANL2A\n940\nABNANL2A\n{body}-\n",
        f":940:\n{body}",
        f"\x01\n{body}-\x03",
        f"{body}-XXX\n",
    ):
        assert read_statements(text.encode())[0].statement_id == "R1"


def test_an_interim_report_proves_its_totals_and_no_balance() -> None:
    (report,) = read_statements(mt942(Statement((Told(12_50), Told(-3_00)))).encode())
    assert (report.format, report.kind, report.continuity, report.opening, len(report.entries)) == ("mt942", "report", "untold", None, 2)
    assert (report.created_at, report.account.currency) == ("2026-03-02T17:30:00+01:00", "EUR")
    refusal = refused(mt942(Statement()).replace(":90C:1EUR12,50", ":90C:1EUR12,51"))
    assert (refusal.line, refusal.code) == (10, "total_differs")
    assert refused(mt942(Statement()).replace(":90C:1", ":90C:2")).code == "total_differs"


@pytest.mark.parametrize("told, created_at", [("2603021730", "2026-03-02T17:30:00"), ("2603021730-0330", "2026-03-02T17:30:00-03:30")])
def test_a_time_without_a_zone_is_given_none(told: str, created_at: str) -> None:
    assert read_statements(mt942(Statement()).replace("2603021730+0100", told).encode())[0].created_at == created_at


@pytest.mark.parametrize("told", ["260302", "2602301730", "2603022400", "2603021760", "2603021730+9900", "26030217300", "now"])
def test_a_time_that_never_was_is_refused(told: str) -> None:
    refusal = refused(mt942(Statement()).replace("2603021730+0100", told))
    assert (refusal.line, refusal.code) == (5, "date_unreadable")


def test_expected_bookings_of_a_report_are_pending() -> None:
    (report,) = read_statements(b":20:R1\n:25:123\n:28C:1/1\n:34F:EUR0,\n:61:260303EC12,50NTRFNONREF\n-\n")
    assert report.entries[0].status == "pending"


@pytest.mark.parametrize("text, line, code", [
    (":60F:C260301EUR100,00\n", 1, "field_misplaced"),
    (":61:260303C12,50NTRFNONREF\n:86:x\n", 1, "field_misplaced"),
    (":20:R1\n", 1, "field_missing"),
    (":20:R1\n:25:123\n:28C:1\n:62F:C260302EUR1,00\n", 1, "field_missing"),
    (f"{HEAD}:61:260303C12,50NTRFNONREF\n", 5, "file_cut_off"),
    (f"{HEAD}:61:260303C12,50NTRFNONREF\n:62F:C260302EUR112,5", 6, None),
    (f"{HEAD}:61:260303C12,50NTRFNONREF\n:62F:C260302EUR112", 6, "balance_differs"),
    (f"{HEAD}:61:260303C12,50NTR", 5, "file_cut_off"),
    (f"{HEAD}:61:260303C12,50NTRFNONREF\n:25:123\n:62F:C260302EUR112,50\n", 6, "field_misplaced"),
    (f"{HEAD}:60F:C260301EUR100,00\n:62F:C260302EUR100,00\n", 5, "field_misplaced"),
    (f"{HEAD}:86:text\n:62F:C260302EUR100,00\n", 5, "field_misplaced"),
    (f"{HEAD}stray\n:62F:C260302EUR100,00\n", 5, "field_unreadable"),
    (f"{HEAD}:99:stray\n:62F:C260302EUR100,00\n", 5, "field_unknown"),
    (f"{HEAD}:62F:C260302EUR100,00\n-\n:61:260303C12,50NTRFNONREF\n", 7, "field_misplaced"),
    (f"{HEAD}:62F:C260302EUR100,00\n-\nwhat is this?\n", 7, "field_misplaced"),
    (f"{HEAD}:62F:C260302USD100,00\n", 5, "currency_mixed"),
    (f"{HEAD}:62F:C260302100,00\n", 5, "balance_unreadable"),
    (f"{HEAD}:62F:X260302EUR100,00\n", 5, "balance_unreadable"),
    (f"{HEAD}:62F:C260302DEM100,00\n", 5, "currency_unknown"),
    (f"{HEAD}:61:260303C12,505NTRFNONREF\n:62F:C260302EUR112,50\n", 5, "amount_inexact"),
    (f"{HEAD}:61:260303C-12,50NTRFNONREF\n:62F:C260302EUR112,50\n", 5, "entry_unreadable"),
    (f"{HEAD}:61:260303C1e9,NTRFNONREF\n:62F:C260302EUR112,50\n", 5, "entry_unreadable"),
    (f"{HEAD}:61:260303X12,50NTRFNONREF\n:62F:C260302EUR112,50\n", 5, "entry_unreadable"),
    (f"{HEAD}:61:260303C{'9' * 30},NTRFNONREF\n:62F:C260302EUR112,50\n", 5, "amount_too_large"),
    (f"{HEAD}:61:260303C{'9' * 300},NTRFNONREF\n:62F:C260302EUR112,50\n", 5, "amount_unreadable"),
    (f"{HEAD}:61:260303C12,50NTRFNONREF\n:86:{'x' * 500}\n:62F:C260302EUR112,50\n", 6, "text_too_long"),
    (f"{{1:F01X0}}{{2:O940X}}{{4:\n{HEAD}:62F:C260302EUR100,00\n", 6, "file_cut_off"),
])  # fmt: skip
def test_fragments_and_what_was_cut_or_changed_are_refused(text: str, line: int, code: str | None) -> None:
    if code is None:
        assert len(read_statements(text.encode())[0].entries) == 1
        return
    refusal = refused(text)
    assert (refusal.line, refusal.code) == (line, code), refusal


def test_a_statement_that_stands_there_twice_is_refused() -> None:
    refusal = refused(mt940(Statement()) * 2)
    assert (refusal.line, refusal.code) == (10, "statement_twice")


def test_two_equal_bookings_of_one_day_both_arrive() -> None:
    assert len(read_statements(mt940(Statement((Told(12_50), Told(12_50)))).encode())[0].entries) == 2


def test_accents_are_read_in_the_encoding_that_is_named_and_never_guessed() -> None:
    text = mt940(Statement((Told(12_50, name="Jürgen Müller", text="für Köln"),)))
    refusal = refused(text.encode("iso-8859-1"))
    assert (refusal.line, refusal.code) == (6, "encoding_wrong")
    for encoding in ("iso-8859-1", "cp1252", "utf-16", "cp850"):
        (statement,) = read_statements(text.encode(encoding), encoding=encoding)
        assert (statement.entries[0].payer.name, statement.entries[0].remittance) == ("Jürgen Müller", "für Köln")
    assert read_statements(b"\xef\xbb\xbf" + text.encode())[0].entries[0].payer.name == "Jürgen Müller"
    assert refused(text, encoding="rot13").code == "encoding_unknown"
