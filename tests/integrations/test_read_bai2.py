"""BAI2: files, groups, accounts and bookings with their continuations; every count and every total has to come out."""

from datetime import date

import pytest

from service.integrations.bank_statements import Party, StatementUnreadable, read_statements
from tests.integrations.bank_files import PAYERS, Statement, Told, bai2

USD = Statement((Told(12_50), Told(-3_00, name="BRINK")), currency="USD", account="1234567890")
FILE = (
    "01,BANK01,SAYSO,260303,0600,1,,,2/\n02,SAYSO,BANK01,1,260302,2359,,2/\n03,111,,010,10000,,/\n"
    "16,{booking}\n49,{total},{records}/\n98,{total},1,{in_group}/\n99,{total},1,{in_file}/\n"
)


def file_of(booking: str, *, amount: int) -> bytes:
    """A file with one booking, of as many lines as it has, and totals that are right."""
    lines = 3 + booking.count("\n")
    return FILE.format(booking=booking, total=10000 + amount, records=lines, in_group=lines + 2, in_file=lines + 4).encode()


def refused(content: str | bytes) -> StatementUnreadable:
    with pytest.raises(StatementUnreadable) as refusal:
        read_statements(content if isinstance(content, bytes) else content.encode())
    return refusal.value


def test_a_file_is_read_whole() -> None:
    (statement,) = read_statements(bai2(USD).encode())
    gained, spent = statement.entries
    assert (statement.format, statement.kind, statement.continuity, statement.line) == ("bai2", "statement", "proved", 3)
    assert (statement.account.number, statement.account.currency, statement.account.bank) == ("1234567890", "USD", "BANK01")
    assert (statement.from_day, statement.created_at) == (date(2026, 3, 2), "2026-03-02T23:59")
    assert statement.opening is not None
    assert statement.closing is not None
    assert (statement.opening.amount_minor, statement.closing.amount_minor) == (1_000_00, 1_009_50)
    assert (gained.line, gained.amount_minor, gained.booked_on, gained.value_on) == (4, 12_50, date(2026, 3, 2), date(2026, 3, 3))
    assert (gained.bank_reference, gained.transaction_code, gained.payer) == ("BANK0001", "195", Party(name="ADA BYRON", account=PAYERS))
    assert gained.remittance.splitlines()[0] == "INVOICE 2026 17"
    assert (spent.line, spent.amount_minor, spent.counterparty.name) == (7, -3_00, "BRINK")


def test_several_accounts_of_a_group_arrive() -> None:
    statements = read_statements(bai2(USD, USD.but(account="2", entries=())).encode())
    assert [(one.account.number, len(one.entries)) for one in statements] == [("1234567890", 2), ("2", 0)]


@pytest.mark.parametrize(
    "booking, amount, reference, customer, value, text",
    [
        ("165,1500000,1,DD1620,,DEALER, PAYMENTS", 1_500_000, "DD1620", None, None, "DEALER, PAYMENTS"),
        (
            "115,10000000,S,5000000,4000000,1000000/\n88,AX13612,B096132,LOCKBOX, ONE/TWO\n88,DEPOSIT",
            10_000_000,
            "AX13612",
            "B096132",
            None,
            "LOCKBOX, ONE/TWO\nDEPOSIT",
        ),
        ("191,5,D,2,1,1,2,4,77,88,text/", 5, "77", "88", None, "text"),
        ("191,5,V,260304,2340,77,88/\n88,FR:one\n88,two", 5, "77", "88", date(2026, 3, 4), "FR:one\ntwo"),
        ("191,5,V,,,77,88/", 5, "77", "88", None, ""),
        ("399,89,,,/\n88,TFR one", 89, None, None, None, "TFR one"),
        ("195,5,Z,0,NONREF,x/", 5, None, None, None, "x"),
    ],
)
def test_bookings_are_read_over_continuations(booking: str, amount: int, reference: str, customer: str, value: date, text: str) -> None:
    (statement,) = read_statements(file_of(booking, amount=amount))
    (entry,) = statement.entries
    assert (entry.amount_minor, entry.currency, entry.bank_reference, entry.value_on, entry.remittance) == (
        amount,
        "USD",
        reference,
        value,
        text,
    )
    assert entry.references == ((("customer", customer),) if customer else ())


@pytest.mark.parametrize("code, sign", [("108", 1), ("399", 1), ("400", -1), ("699", -1), ("920", 1), ("959", 1), ("960", -1), ("999", -1)])
def test_the_code_says_whether_it_was_gained_or_spent(code: str, sign: int) -> None:
    assert read_statements(file_of(f"{code},500,0,,,x", amount=500))[0].entries[0].amount_minor == sign * 500


@pytest.mark.parametrize("code", ["010", "100000", "721", "900", "", "1x5"])
def test_a_code_that_doesnt_say_is_refused(code: str) -> None:
    assert refused(file_of(f"{code},500,0,,,x", amount=500)).code == "sign_unreadable"


def test_what_moves_no_money_is_information() -> None:
    (entry,) = read_statements(file_of("890,,,,,CALL US", amount=0))[0].entries
    assert (entry.amount_minor, entry.status) == (0, "information")


@pytest.mark.parametrize("currency, opening", [("JPY", 1000), ("KWD", 1000), ("EUR", -1000)])
def test_amounts_are_minor_units_of_whichever_currency(currency: str, opening: int) -> None:
    (statement,) = read_statements(bai2(Statement((Told(7),), currency=currency, opening=opening)).encode())
    assert statement.closing is not None
    assert (statement.entries[0].amount_minor, statement.closing.amount_minor) == (7, opening + 7)


def test_a_trailer_without_an_amount_is_right_for_an_account_without_one() -> None:
    text = "01,1,T,210101,0101,0,,,2/\n02,T,1,1,210101,2359,,2/\n03,12345,/\n49,,2/\n03,54321,/\n49,,2/\n98,0,2,6/\n99,0,1,8/\n"
    assert [one.account.number for one in read_statements(text.encode())] == ["12345", "54321"]


def test_commas_too_many_or_too_few_between_balances_do_no_harm() -> None:
    head = "03,111,,010,10000,,,,015,10500,,/\n88,040,1,2,V,260302,,045,5,,S,1,2,3/\n88,072,0,,,/"
    text = f"01,B,S,260303,0600,1,,,2/\n02,S,B,1,260302,,,/\n{head}\n16,195,500,0,,,x\n49,21006,5/\n98,21006,1,7/\n99,21006,1,9/"
    assert read_statements(text.encode())[0].continuity == "proved"


def test_an_interim_group_proves_nothing() -> None:
    text = bai2(USD.but(closing=5)).replace("2359,,2/", "2359,,3/")
    (statement,) = read_statements(text.encode())
    assert (statement.kind, statement.continuity) == ("report", "untold")


@pytest.mark.parametrize("old, new, line, code", [
    ("49,201250,8/", "49,201251,8/", 10, "total_differs"),
    ("49,202500,8/", "49,202500,7/", 10, "total_differs"),
    ("98,202500,1,10/", "98,202500,2,10/", 11, "total_differs"),
    ("98,202500,1,10/", "98,202500,1,11/", 11, "total_differs"),
    ("98,202500,1,10/", "98,2,1,10/", 11, "total_differs"),
    ("99,202500,1,12/", "99,202500,1,1", 12, "total_differs"),
    ("99,202500,1,12/", "99,2025", 12, "total_differs"),
    ("99,202500,1,12/\n", "", 11, "file_cut_off"),
    ("98,202500,1,10/\n", "", 11, "record_misplaced"),
    ("49,202500,8/\n", "", 10, "record_misplaced"),
    ("16,195,1250,", "16,195,1251,", 10, "total_differs"),
    ("16,195,1250,", "16,195,-1250,", 4, "amount_unreadable"),
    ("16,195,1250,", "16,195,12.50,", 4, "amount_unreadable"),
    ("16,195,1250,", "16,195,9999999999999999,", 4, "amount_too_large"),
    ("16,195,1250,V", "16,195,1250,Q", 4, "record_unreadable"),
    ("16,195,1250,V,260303", "16,195,1250,V,260230", 4, "date_unreadable"),
    ("01,BANK01", "02,BANK01", 1, "record_misplaced"),
    ("1,,,2/", "1,,,3/", 1, "version_unknown"),
    ("02,SAYSO,BANK01,1,", "02,SAYSO,BANK01,4,", 2, "group_refused"),
    ("02,SAYSO,BANK01,1,", "02,SAYSO,BANK01,2,", 2, "group_refused"),
    ("02,SAYSO,BANK01,1,", "02,SAYSO,BANK01,9,", 2, "group_refused"),
    ("03,1234567890,", "03,,", 3, "account_missing"),
    ("88,INVOICE", "87,INVOICE", 5, "record_unreadable"),
    ("88,INVOICE", "INVOICE", 5, "record_unreadable"),
    ("USD", "XTS", 3, "currency_unknown"),
])  # fmt: skip
def test_what_doesnt_come_out_is_refused_with_its_line(old: str, new: str, line: int, code: str) -> None:
    text = bai2(USD)
    old = old.replace("201250", "202500")
    assert old in text, text
    refusal = refused(text.replace(old, new, 1))
    assert (refusal.line, refusal.code) == (line, code), refusal


def test_bookings_that_miss_the_closing_ledger_are_refused() -> None:
    assert refused(bai2(USD.but(closing=1_009_51))).code == "balance_differs"


def test_a_file_twice_in_one_is_refused() -> None:
    refusal = refused(bai2(USD) * 2)
    assert (refusal.line, refusal.code) == (15, "statement_twice")
