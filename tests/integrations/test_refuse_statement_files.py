"""Whatever a file holds: it is read whole, or refused whole with a line and a reason; nothing crashes, nothing is guessed, nothing grows."""

import ast
import io
import re
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from service.integrations.bank_statements import CsvMap, StatementUnreadable, read_statements
from service.integrations.bank_statements import Statement as Read
from tests.integrations.bank_files import NAME_LETTERS, SHEET, Statement, Told, bai2, camt, mt940, mt942, sheet

WRITERS: dict[str, Callable[[Statement], str]] = {
    "camt02": camt, "camt08": lambda one: camt(one, version="053.001.08"), "camt054": lambda one: camt(one, version="054.001.08"), "mt940": mt940, "mt942": mt942,
    "bai2": bai2, "csv": sheet,
}  # fmt: skip
ROOT = Path(__file__).parents[2]
ENTITY = '<!DOCTYPE Document [<!ENTITY a "aaaaaaaaaa">]>'
BOMB = (
    '<!DOCTYPE Document [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
SECRET = '<!DOCTYPE Document [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
PARAMETER = '<!DOCTYPE Document [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>'
OUTSIDE = '<!DOCTYPE Document SYSTEM "http://127.0.0.1:9/x.dtd">'

words = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ", min_size=1, max_size=60).map(lambda text: " ".join(text.split())).filter(bool)
bookings = st.builds(
    Told,
    amount=st.integers(1, 10**9) | st.integers(-(10**9), -1),
    booked_on=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    name=words.map(lambda text: text[:NAME_LETTERS].rstrip()),
    text=words,
    end_to_end_id=words.map(lambda text: f"E{text}"[:35].rstrip()),
    bank_reference=words.map(lambda text: f"B{text.replace(' ', '')}"[:16]),
).map(lambda one: replace(one, value_on=one.booked_on + timedelta(days=abs(one.amount) % 5)))
written = st.builds(
    Statement,
    entries=st.lists(bookings, max_size=6).map(tuple),
    opening=st.integers(-(10**9), 10**9),
    currency=st.sampled_from(["EUR", "JPY", "KWD"]),
    number=st.integers(1, 99999),
)


def read(text: str | bytes, *, csv_map: CsvMap | None = SHEET) -> tuple[Read, ...]:
    return read_statements(text if isinstance(text, bytes) else text.encode(), csv_map=csv_map)


def refused(content: str | bytes) -> StatementUnreadable:
    with pytest.raises(StatementUnreadable) as refusal:
        read(content)
    return refusal.value


def outcome(content: bytes) -> tuple[Read, ...] | StatementUnreadable:
    """What was read, or why nothing was. Any other exception fails the test."""
    try:
        return read(content)
    except StatementUnreadable as refusal:
        return refusal


def sound(told: tuple[Read, ...] | StatementUnreadable) -> bool:
    """Whether a refusal says line and reason, and what was read comes out where balances are told."""
    if isinstance(told, StatementUnreadable):
        return told.line >= 1 and bool(told.code and told.reason)
    return bool(told) and all(comes_out(one) for one in told if one.continuity == "proved")


def comes_out(one: Read) -> bool:
    booked = sum(entry.amount_minor for entry in one.entries if entry.status == "booked")
    return one.opening is not None and one.closing is not None and one.opening.amount_minor + booked == one.closing.amount_minor


@pytest.mark.parametrize("writer", WRITERS)
@settings(max_examples=25, deadline=None)
@example(one=Statement((Told(12_50, name="N" * NAME_LETTERS, text="T" * 60, end_to_end_id="E" * 35, bank_reference="B" * 16),)))
@given(one=written)
def test_what_is_written_is_what_is_read(writer: str, one: Statement) -> None:
    assume(one.entries or writer != "csv")
    assume(writer not in {"camt054", "mt942"} or len(set(one.entries)) == len(one.entries))
    (statement,) = read(WRITERS[writer](one))
    told = [
        (entry.amount_minor, entry.currency, entry.value_on, entry.bank_reference, entry.counterparty.name, entry.counterparty.account)
        for entry in statement.entries
    ]
    assert told == [(entry.amount, one.currency, entry.value_on, entry.bank_reference, entry.name, entry.account) for entry in one.entries]
    assert statement.continuity == ("untold" if writer in {"camt054", "mt942"} else "proved")
    if writer != "bai2":
        assert [(entry.end_to_end_id, entry.booked_on) for entry in statement.entries] == [
            (entry.end_to_end_id, entry.booked_on) for entry in one.entries
        ]
    for entry, wanted in zip(statement.entries, one.entries, strict=True):
        assert wanted.text.replace(" ", "") in entry.remittance.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("writer", WRITERS)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_a_file_cut_changed_or_doubled_anywhere_is_sound_or_refused(writer: str, data: st.DataObject) -> None:
    whole = WRITERS[writer](Statement((Told(12_50), Told(-3_00), Told(7_00, text="Ümläut")))).encode()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    piece = data.draw(
        st.sampled_from([b"", whole[start:end] * 2, b"\0", b"\xff", b"<", b"\n", b"9", b"-", b":86:", b"88,", b'"', b"&x;"])
        | st.binary(max_size=4)
    )
    assert sound(outcome(whole[:start] + piece + whole[end:]))


@pytest.mark.parametrize("writer", ["camt02", "mt940", "bai2"])
def test_a_file_cut_off_anywhere_is_refused_unless_only_its_end_mark_is_missing(writer: str) -> None:
    whole = WRITERS[writer](Statement((Told(12_50), Told(-3_00)))).encode()
    least = len(whole.rstrip(b"\r\n-/ 0"))
    for length in range(len(whole)):
        told = outcome(whole[:length])
        assert sound(told)
        assert length >= least or isinstance(told, StatementUnreadable), whole[:length][-40:]


@pytest.mark.parametrize("writer", ["camt02", "mt940", "bai2", "csv"])
def test_a_changed_amount_is_refused(writer: str) -> None:
    whole = WRITERS[writer](Statement((Told(12_50), Told(-3_00))))
    changed = 0
    for old, new in (
        ("12.50", "12.51"),
        ("12,50", "12,51"),
        ("3.00", "4.00"),
        ("3,00", "4,00"),
        (",1250,", ",1251,"),
        ("CRDT", "DBIT"),
        ("D3", "C3"),
        ("495", "195"),
        ("-3", "3"),
    ):
        at = whole.find(
            old,
            whole.find("Ntry")
            if writer == "camt02"
            else whole.find("16,1")
            if writer == "bai2"
            else whole.find(":61:")
            if writer == "mt940"
            else 90,
        )
        if at >= 0:
            changed += 1
            refusal = refused(whole[:at] + new + whole[at + len(old) :])
            assert refusal.code in {"balance_differs", "total_differs"}
    assert changed >= 2


@pytest.mark.parametrize("writer", ["camt02", "mt940", "bai2", "csv"])
def test_a_dropped_or_doubled_booking_is_refused(writer: str) -> None:
    lines = WRITERS[writer](Statement((Told(1_00), Told(12_50), Told(-3_00)))).splitlines(keepends=True)
    starts = {"camt02": "<Ntry>", "mt940": ":61:", "bai2": "16,", "csv": "02.03.2026"}[writer]
    _, first, second = [index for index, line in enumerate(lines) if line.startswith(starts)]
    assert refused("".join(lines[:first] + lines[second:])).code in {"balance_differs", "total_differs"}
    assert refused("".join(lines[:second] + lines[first:])).code in {"balance_differs", "total_differs"}


@pytest.mark.parametrize("writer", ["camt054", "mt942"])
def test_an_entry_doubled_where_no_balance_would_show_it_is_refused(writer: str) -> None:
    twice = Statement((Told(12_50), Told(12_50)))
    refusal = refused(WRITERS[writer](twice))
    assert refusal.code == "entry_twice"
    assert len(read(WRITERS[writer](Statement((Told(12_50), Told(12_50, bank_reference="B2")))))[0].entries) == 2


def test_a_statement_doubled_within_a_message_is_refused() -> None:
    assert refused(camt(Statement(), Statement())).code == "statement_twice"
    assert refused(camt(Statement(), Statement()).replace("\n", "")).code == "statement_twice"


@pytest.mark.parametrize("writer", ["camt02", "camt054"])
def test_two_messages_in_one_file_are_refused(writer: str) -> None:
    assert refused(WRITERS[writer](Statement()) * 2).code == "xml_broken"


@pytest.mark.parametrize("prologue", [ENTITY, BOMB, SECRET, PARAMETER, OUTSIDE], ids=["entity", "bomb", "file", "parameter", "outside"])
def test_a_document_type_is_refused_where_it_stands(prologue: str) -> None:
    head, rest = camt(Statement(), version="054.001.08").split("\n", 1)
    for used in ("INVOICE 2026 17", "&a;", "&x;", "&i;"):
        refusal = refused(f"{head}\n{prologue}\n{rest.replace('INVOICE 2026 17', used)}")
        assert (refusal.line, refusal.code) == (2, "xml_entities")


def test_an_entity_without_a_declaration_is_refused() -> None:
    refusal = refused(camt(Statement()).replace("INVOICE 2026 17", "&secret;"))
    assert (refusal.line, refusal.code) == (13, "xml_broken")


def test_xinclude_and_processing_instructions_do_nothing() -> None:
    text = camt(Statement()).replace(
        "<GrpHdr>", '<?php system("id")?><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname"/><GrpHdr>'
    )
    assert len(read(text)[0].entries) == 1


def test_elements_in_each_other_without_end_are_refused() -> None:
    text = camt(Statement()).replace("<GrpHdr>", "<GrpHdr>" + "<a>" * 100_000)
    assert refused(text).code == "xml_too_deep"


def test_a_text_without_end_is_refused() -> None:
    assert refused(camt(Statement()).replace("INVOICE", "x" * 30_000)).code == "text_too_long"
    assert (
        refused(camt(Statement()).replace("<GrpHdr>", "<GrpHdr " + " ".join(f'a{index}=""' for index in range(50)) + ">")).code
        == "xml_too_large"
    )


@pytest.mark.parametrize(
    "encoding, declared",
    [("utf-8", "UTF-8"), ("utf-16", "UTF-16"), ("iso-8859-1", "ISO-8859-1"), ("cp1252", "windows-1252"), ("iso-8859-15", "ISO-8859-15")],
)
def test_an_encoding_that_is_declared_is_read(encoding: str, declared: str) -> None:
    text = camt(Statement((Told(12_50, name="Jürgen Müller"),))).replace("UTF-8", declared)
    assert read(text.encode(encoding))[0].entries[0].payer.name == "Jürgen Müller"


@pytest.mark.parametrize(
    "encoding, declared",
    [
        ("iso-8859-1", "UTF-8"),
        ("utf-8", "UTF-16"),
        ("utf-16", "UTF-8"),
        ("utf-8", "EBCDIC-CP-US"),
        ("utf-8", "UTF-7"),
        ("utf-8", "nonsense"),
        ("utf-8", "shift_jis"),
    ],
)
def test_an_encoding_that_is_declared_wrongly_is_refused(encoding: str, declared: str) -> None:
    text = camt(Statement((Told(12_50, name="Jürgen Müller"),))).replace("UTF-8", declared)
    assert refused(text.encode(encoding)).code in {"xml_broken", "encoding_wrong"}


def test_a_byte_order_mark_and_blank_lines_before_do_no_harm() -> None:
    for writer in WRITERS.values():
        assert read(b"\xef\xbb\xbf" + writer(Statement()).encode())
    assert read("\n\n" + mt940(Statement()))


def test_lines_may_end_in_any_way() -> None:
    for writer in ("mt940", "mt942", "bai2"):
        lines = WRITERS[writer](Statement()).splitlines()
        for end in ("\n", "\r\n", "\r"):
            assert read(end.join(lines))
        mixed = "".join(line + end for line, end in zip(lines, ["\n", "\r\n"] * len(lines), strict=False))
        assert read(mixed)


@pytest.mark.parametrize("writer", WRITERS)
def test_a_nul_is_refused(writer: str) -> None:
    whole = WRITERS[writer](Statement())
    refusal = refused(whole.replace("INVOICE", "IN\0OICE"))
    assert refusal.code in {"not_text", "xml_broken"}
    assert refusal.line == next(number for number, line in enumerate(whole.replace("\r\n", "\n").split("\n"), 1) if "INVOICE" in line)


def test_controls_in_a_text_become_blanks() -> None:
    assert read(mt940(Statement((Told(12_50, text="a\x1cb\x85c\x0cd"),))))[0].entries[0].remittance == "a b c d"


@pytest.mark.parametrize("content, code", [
    (b"", "file_empty"), (b" \n\t", "file_empty"), (b"PK\x03\x04", "file_packed"), (b"\x1f\x8b\x08", "file_packed"), (b"%PDF-1.7", "format_unknown"),
    (b"\xff\xd8\xff\xe0", "format_unknown"), (b"<", "xml_broken"), (b"<html/>", "no_statement"), (b"<Document/>", "no_statement"), (b"01,", "format_unknown"),
])  # fmt: skip
def test_what_is_no_statement_at_all_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(StatementUnreadable) as refusal:
        read(content, csv_map=None)
    assert (refusal.value.line, refusal.value.code) == (1, code)


@settings(max_examples=50, deadline=None)
@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_at_all_are_read_or_refused(content: bytes) -> None:
    for begun in (b"", b":20:", b"01,", b"<Document>"):
        assert sound(outcome(begun + content))


def test_the_docs_say_of_every_refusal_what_helps() -> None:
    _, page, *_ = (ROOT / "docs/bank-statements.md").read_text().split("\n## ")
    told = [code for row in page.splitlines() if row.startswith("| `") for code in re.findall("`([a-z_]+)`", row.split("|")[1])]
    raised = {
        str(call.args[1].value)
        for file in (ROOT / "service/integrations/bank_statements").rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text()))
        if isinstance(call, ast.Call) and getattr(call.func, "id", None) == "StatementUnreadable" and isinstance(call.args[1], ast.Constant)
    }
    assert sorted(told) == sorted(raised)


class Endless(io.BytesIO):
    """A file that never ends."""

    def read(self, size: int | None = -1) -> bytes:
        assert size is not None
        assert size > 0, "what never ends can't be read whole"
        return super().read(size) or b"\n" * size


@pytest.mark.parametrize("head", [b"<Document>", b":20:R1", b"01,B,S,260303,0600,1,,,2/\n02,", b"Day;Amount"])
def test_a_file_larger_than_any_bank_sends_is_refused_before_it_is_read(head: bytes) -> None:
    with pytest.raises(StatementUnreadable) as refusal:
        read_statements(Endless(head), csv_map=SHEET)
    assert refusal.value.code == "file_too_large"


def many(entries: int) -> Statement:
    return Statement(tuple(Told(100 + index, bank_reference=f"B{index}", text=f"INVOICE {index}") for index in range(entries)))


def peak_of(content: bytes) -> int:
    tracemalloc.start()
    try:
        read(content)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("writer", WRITERS)
def test_memory_grows_with_the_entries_alone(writer: str) -> None:
    assert peak_of(WRITERS[writer](many(300)).encode()) < 300 * 8_000


def test_elements_that_are_no_entry_take_no_memory_of_their_own() -> None:
    spaced = camt(many(300)).replace("<Ntry>", f"{' ' * 3_000}<Ntry>").encode()
    assert peak_of(spaced) < 300 * 8_000


@pytest.mark.soak
@pytest.mark.parametrize("writer", WRITERS)
def test_ten_thousand_lines_are_read_in_seconds(writer: str) -> None:
    content = WRITERS[writer](many(10_000)).encode()
    begun = time.process_time()
    (statement,) = read(content)
    assert len(statement.entries) == 10_000
    assert time.process_time() - begun < 10
    assert peak_of(content) < 60_000_000
