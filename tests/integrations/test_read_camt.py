"""CAMT.052, .053 and .054 in every version are read to the same entries, with all that they tell."""

from datetime import date

import pytest

from service.integrations.bank_statements import Instructed, Party, StatementUnreadable, read_statements
from tests.integrations.bank_files import IBAN, PAYERS, Statement, Told, camt, camt_entry

BATCH = Told(30_00)


def refused(text: str) -> StatementUnreadable:
    with pytest.raises(StatementUnreadable) as refusal:
        read_statements(text.encode())
    return refusal.value


def detail(inner: str) -> str:
    return f"<TxDtls>{inner}</TxDtls>"


@pytest.mark.parametrize("kind", ["052", "053", "054"])
@pytest.mark.parametrize("version", range(2, 14))
def test_every_version_tells_the_same(kind: str, version: int) -> None:
    (statement,) = read_statements(
        camt(Statement((Told(12_50), Told(-3_00, name="Brink & Co"))), version=f"{kind}.001.{version:02}").encode()
    )
    gained, spent = statement.entries
    assert (statement.format, statement.account.number, statement.account.is_iban, statement.account.owner) == (
        f"camt.{kind}",
        IBAN,
        True,
        "Fibre Works",
    )
    assert (statement.statement_id, statement.sequence, statement.created_at) == ("ST-7", "7", "2026-03-03T06:00:00+01:00")
    assert (statement.kind, statement.continuity) == {
        "052": ("report", "untold"), "053": ("statement", "proved"), "054": ("notification", "untold"),
    }[kind]  # fmt: skip
    assert (gained.index, gained.amount_minor, gained.currency, gained.booked_on, gained.value_on) == (
        0,
        12_50,
        "EUR",
        date(2026, 3, 2),
        date(2026, 3, 3),
    )
    assert gained.payer == gained.counterparty == Party(name="ADA BYRON", account=PAYERS)
    assert (gained.end_to_end_id, gained.bank_reference, gained.remittance, gained.transaction_code) == (
        "E2E-1",
        "BANK0001",
        "INVOICE 2026 17",
        "166",
    )
    assert (spent.index, spent.amount_minor, spent.counterparty.name, spent.payer) == (1, -3_00, "Brink & Co", Party())
    assert gained.line == (12 if kind == "053" else 10)


def test_balances_are_those_that_are_booked() -> None:
    available = '<Bal><Tp><CdOrPrtry><Cd>CLAV</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">9.99</Amt><CdtDbtInd>DBIT</CdtDbtInd><Dt><Dt>2026-03-04</Dt></Dt></Bal>'
    (statement,) = read_statements(camt(Statement((Told(-900_00),), opening=-100_00, more={"before": available})).encode())
    assert statement.opening is not None
    assert statement.closing is not None
    assert (statement.opening.amount_minor, statement.closing.amount_minor, statement.closing.on) == (-100_00, -1_000_00, date(2026, 3, 2))


def test_entries_that_miss_the_closing_balance_are_refused_where_it_stands() -> None:
    refusal = refused(camt(Statement(closing=1_012_49)))
    assert (refusal.line, refusal.code) == (11, "balance_differs")
    assert refusal.reason == "The opening balance 1000.00 EUR and the entries come to 1012.50 EUR, but the closing balance is 1012.49 EUR."


def test_an_entry_not_booked_yet_moves_no_balance() -> None:
    pending = camt_entry(Told(5_00), "EUR").replace("<Sts>BOOK</Sts>", "<Sts>PDNG</Sts>")
    (statement,) = read_statements(camt(Statement(more={"after": pending})).encode())
    assert [(entry.amount_minor, entry.status) for entry in statement.entries] == [(12_50, "booked"), (5_00, "pending")]
    assert statement.continuity == "proved"


def test_a_batch_tells_its_payments_and_whether_they_come_to_it() -> None:
    first = detail('<Refs><EndToEndId>A</EndToEndId></Refs><AmtDtls><TxAmt><Amt Ccy="EUR">10.00</Amt></TxAmt></AmtDtls>')
    second = detail('<Refs><EndToEndId>B</EndToEndId></Refs><Amt Ccy="EUR">20.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>')
    for details, comes in ((first + second, "equal"), (first + first, "differ"), (first + detail("<Refs><TxId>C</TxId></Refs>"), "untold")):
        (statement,) = read_statements(
            camt(Statement((), closing=1_030_00, more={"after": camt_entry(BATCH, "EUR", details=details)})).encode()
        )
        (entry,) = statement.entries
        assert (entry.amount_minor, len(entry.details), entry.details_sum) == (30_00, 2, comes)
    assert entry.details[0].end_to_end_id == "A"
    assert entry.details[1].references == (("transaction", "C"),)


def test_one_payment_of_a_batch_of_many_isnt_the_batch() -> None:
    details = "<Btch><PmtInfId>P1</PmtInfId><NbOfTxs>3</NbOfTxs></Btch>" + detail("<Refs><EndToEndId>A</EndToEndId></Refs>")
    (statement,) = read_statements(
        camt(Statement((), closing=1_030_00, more={"after": camt_entry(BATCH, "EUR", details=details)})).encode()
    )
    (entry,) = statement.entries
    assert (entry.end_to_end_id, entry.details_sum, entry.details[0].end_to_end_id) == (None, "untold", "A")
    assert entry.references == (("payment_information", "P1"),)


def test_structured_references_documents_and_words_all_arrive() -> None:
    words = (
        "<RmtInf><Ustrd>one</Ustrd><Ustrd>two</Ustrd><Strd><RfrdDocInf><Nb>INV-1</Nb></RfrdDocInf><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp>"
        "<Ref>RF18539007547034</Ref></CdtrRefInf><AddtlRmtInf>three</AddtlRmtInf></Strd></RmtInf>"
    )
    refs = "<Refs><InstrId>I</InstrId><EndToEndId>NOTPROVIDED</EndToEndId><MndtId>MD</MndtId><UETR>U</UETR><Prtry><Tp>X</Tp><Ref>7</Ref></Prtry></Refs>"
    returned = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf><AddtlTxInf>RETURN</AddtlTxInf>"
    (statement,) = read_statements(
        camt(Statement((), closing=1_030_00, more={"after": camt_entry(BATCH, "EUR", details=detail(refs + words + returned))})).encode()
    )
    (entry,) = statement.entries
    assert (entry.creditor_references, entry.remittance) == (("RF18539007547034",), "one\ntwo\nthree")
    assert (entry.end_to_end_id, entry.mandate_id, entry.return_reason, entry.booking_text) == (None, "MD", "AC04", "RETURN")
    assert entry.references == (("instruction", "I"), ("uetr", "U"), ("X", "7"), ("document", "INV-1"))


def test_ultimate_parties_banks_and_other_numbers_arrive() -> None:
    parties = (
        "<RltdPties><Dbtr><Pty><Nm>Ada</Nm><Id><PrvtId><Othr><Id>77</Id></Othr></PrvtId></Id></Pty></Dbtr><DbtrAcct><Id><Othr><Id>12-34</Id></Othr></Id></DbtrAcct>"
        "<UltmtDbtr><Pty><Nm>Ben</Nm></Pty></UltmtDbtr><Cdtr><Agt><FinInstnId><Nm>A bank</Nm></FinInstnId></Agt></Cdtr></RltdPties>"
        "<RltdAgts><DbtrAgt><FinInstnId><BICFI>COBADEFFXXX</BICFI></FinInstnId></DbtrAgt></RltdAgts>"
    )
    (statement,) = read_statements(
        camt(Statement((), closing=1_030_00, more={"after": camt_entry(BATCH, "EUR", details=detail(parties))})).encode()
    )
    (entry,) = statement.entries
    assert entry.payer == Party(name="Ada", account="12-34", bank="COBADEFFXXX", ultimate="Ben")
    assert (entry.payee.name, entry.references) == ("A bank", (("payer_id", "77"),))


def test_what_was_ordered_in_another_currency_and_what_it_cost_are_told_beside() -> None:
    foreign = '<Amt Ccy="USD">33.10</Amt><AmtDtls><InstdAmt><Amt Ccy="XDR">12.345</Amt></InstdAmt></AmtDtls>'
    charged = '<Chrgs><Rcrd><Amt Ccy="EUR">0.31</Amt><CdtDbtInd>DBIT</CdtDbtInd></Rcrd><Rcrd><Amt Ccy="USD">1.00</Amt></Rcrd></Chrgs>'
    (statement,) = read_statements(
        camt(Statement((), closing=1_030_00, more={"after": camt_entry(BATCH, "EUR", details=detail(foreign + charged))})).encode()
    )
    (entry,) = statement.entries
    assert (entry.amount_minor, entry.currency, entry.instructed) == (30_00, "EUR", Instructed("12.345", "XDR"))
    assert (entry.charges_minor, entry.references, entry.details) == (31, (("charges", "1.00 USD"),), ())


def test_a_reversal_keeps_the_sign_of_its_own_booking() -> None:
    back = camt_entry(Told(-12_50), "EUR").replace("<Sts>", "<RvslInd>true</RvslInd><Sts>").replace("Cdtr", "Dbtr")
    (statement,) = read_statements(camt(Statement(closing=1_000_00, more={"after": back})).encode())
    entry = statement.entries[1]
    assert (entry.amount_minor, entry.reversal, entry.counterparty.name) == (-12_50, True, "ADA BYRON")


@pytest.mark.parametrize(
    "summary, line",
    [
        ("<TtlNtries><NbOfNtries>2</NbOfNtries></TtlNtries>", 12),
        ("<TtlNtries><NbOfNtries>1</NbOfNtries><Sum>12.51</Sum></TtlNtries>", 12),
        ("<TtlCdtNtries><Sum>0</Sum></TtlCdtNtries>", 12),
        ("<TtlDbtNtries><NbOfNtries>1</NbOfNtries></TtlDbtNtries>", 12),
    ],
)
def test_totals_that_arent_what_stands_there_are_refused(summary: str, line: int) -> None:
    refusal = refused(camt(Statement(more={"before": f"<TxsSummry>{summary}</TxsSummry>\n"})))
    assert (refusal.line, refusal.code) == (line, "total_differs")


def test_totals_that_are_right_prove_what_has_no_balance() -> None:
    summary = "<TxsSummry><TtlNtries><NbOfNtries>1</NbOfNtries><Sum>12.50</Sum></TtlNtries><TtlCdtNtries><NbOfNtries>1</NbOfNtries></TtlCdtNtries></TxsSummry>"
    assert len(read_statements(camt(Statement(more={"before": summary}), version="054.001.08").encode())) == 1


@pytest.mark.parametrize(
    "amount, currency, minor",
    [
        ("12.50000", "EUR", 12_50),
        ("12", "EUR", 12_00),
        ("+0.5", "EUR", 50),
        ("12.", "EUR", 12_00),
        ("1250", "JPY", 1250),
        ("1.250", "KWD", 1250),
        ("7.00", "ISK", 7),
    ],
)
def test_amounts_are_exact_in_the_minor_unit_of_their_currency(amount: str, currency: str, minor: int) -> None:
    text = camt(Statement((Told(1),), currency=currency, closing=minor, opening=0))
    first = text.index("<Ntry>")
    changed = text[:first] + text[first:].replace(
        f">{'0.01' if currency == 'EUR' else '0.001' if currency == 'KWD' else '1'}<", f">{amount}<", 1
    )
    assert read_statements(changed.encode())[0].entries[0].amount_minor == minor


@pytest.mark.parametrize(
    "amount",
    ["12.505", "12.00001", "-1.00", "1e3", "NaN", "INF", "", ".", "1,50", "1 000.00", "9" * 20, "9" * 1000, "٣.٠٠", "0x10", "1.2.3"],
)
def test_an_amount_that_isnt_whole_minor_units_is_refused_with_its_line(amount: str) -> None:
    text = camt(Statement(), version="054.001.02").replace(">12.50<", f">{amount}<")
    refusal = refused(text)
    assert refusal.line == 10
    assert refusal.code in {"amount_unreadable", "amount_inexact", "amount_too_large", "element_missing"}


@pytest.mark.parametrize("day", ["2026-02-30", "0000-01-01", "2026-13-01", "26-01-01", "yesterday", "9999-12-31", "2026-02-28x"])
def test_a_day_that_never_was_is_refused(day: str) -> None:
    refusal = refused(camt(Statement()).replace("<BookgDt><Dt>2026-03-02", f"<BookgDt><Dt>{day}"))
    assert (refusal.line, refusal.code) == (12, "date_unreadable")


def test_a_time_gives_the_day_it_was_where_it_was_written() -> None:
    text = camt(Statement()).replace("<BookgDt><Dt>2026-03-02</Dt>", "<BookgDt><DtTm>2026-03-02T00:15:00.000000000+02:00</DtTm>")
    assert read_statements(text.encode())[0].entries[0].booked_on == date(2026, 3, 2)


@pytest.mark.parametrize(
    "old, new, code",
    [
        ("<CdtDbtInd>CRDT</CdtDbtInd><Sts>", "<CdtDbtInd>crdt</CdtDbtInd><Sts>", "sign_unreadable"),
        ("<CdtDbtInd>CRDT</CdtDbtInd><Sts>", "<Sts>", "element_missing"),
        ("<Sts>BOOK</Sts>", "<Sts>GONE</Sts>", "status_unknown"),
        ("<Sts>BOOK</Sts>", "", "element_missing"),
        ("</Sts><BookgDt>", '</Sts><Amt Ccy="EUR">1.00</Amt><BookgDt>', "element_twice"),
        ('Ntry><Amt Ccy="EUR">', 'Ntry><Amt Ccy="SEK">', "currency_mixed"),
        ('Ntry><Amt Ccy="EUR">', 'Ntry><Amt Ccy="EURO">', "currency_unreadable"),
        ('Ntry><Amt Ccy="EUR">', 'Ntry><Amt Ccy="XTS">', "currency_unknown"),
        ('Ntry><Amt Ccy="EUR">', "Ntry><Amt>", "currency_unreadable"),
        (f"<IBAN>{IBAN}</IBAN></Id><Ccy>", "</Id><Ccy>", "account_missing"),
        ("<Id>ST-7</Id>", "", "element_missing"),
        ("camt.053.001.02", "camt.053.001.01", "version_unknown"),
        ("camt.053.001.02", "camt.053.001.14", "version_unknown"),
        ("camt.053.001.02", "camt.054.001.02", "version_unknown"),
        ("camt.053.001.02", "pain.001.001.09", "version_unknown"),
        ("BkToCstmrStmt>", "CstmrCdtTrfInitn>", "no_statement"),
        ("BkToCstmrStmt>\n<GrpHdr>", "BkToCstmrStmtV01>\n<GrpHdr>", "xml_broken"),
    ],
)
def test_what_can_be_taken_two_ways_is_refused(old: str, new: str, code: str) -> None:
    text = camt(Statement())
    assert old in text
    assert refused(text.replace(old, new)).code == code


def test_a_message_in_an_envelope_is_read() -> None:
    text = camt(Statement())
    head, document = text.split("\n", 1)
    assert len(read_statements(f'{head}\n<Envelope xmlns="urn:x"><AppHdr><Fr>A</Fr></AppHdr>{document}</Envelope>'.encode())) == 1


def test_pages_say_which_they_are() -> None:
    paged = camt(Statement(), version="053.001.08").replace(
        "<ElctrncSeqNb>", "<StmtPgntn><PgNb>2</PgNb><LastPgInd>false</LastPgInd></StmtPgntn><ElctrncSeqNb>"
    )
    (statement,) = read_statements(paged.encode())
    assert (statement.page, statement.last_page) == (2, False)


def test_a_statement_without_a_closing_balance_says_that_nothing_is_proved() -> None:
    text = camt(Statement()).replace("<Cd>CLBD</Cd>", "<Cd>CLAV</Cd>")
    assert read_statements(text.encode())[0].continuity == "untold"


def test_version_01_says_that_it_is_too_old() -> None:
    text = camt(Statement()).replace("camt.053.001.02", "camt.053.001.01").replace("BkToCstmrStmt>", "BkToCstmrStmtV01>")
    refusal = refused(text)
    assert (refusal.line, refusal.code) == (2, "version_unknown")


def test_a_balance_in_another_currency_than_the_account_is_refused_where_it_stands() -> None:
    text = camt(Statement()).replace('<Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">', '<Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="SEK">')
    refusal = refused(text)
    assert (refusal.line, refusal.code) == (11, "currency_mixed")


def test_a_booking_in_another_currency_than_the_account_is_refused_without_balances_too() -> None:
    text = camt(Statement(), version="054.001.08")
    refusal = refused(text.replace('<Ntry><Amt Ccy="EUR">', '<Ntry><Amt Ccy="SEK">'))
    assert (refusal.line, refusal.code) == (10, "currency_mixed")
    pending = text.replace('<Ntry><Amt Ccy="EUR">', '<Ntry><Amt Ccy="SEK">').replace("<Cd>BOOK</Cd>", "<Cd>PDNG</Cd>")
    assert read_statements(pending.encode())[0].entries[0].currency == "SEK"
