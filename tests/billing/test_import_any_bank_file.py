"""A bank's file that can be read is taken in whatever it is written in and however many notifications it holds; what can't be kept is refused with its line."""

import gzip
import io
import zipfile

import pytest

from tests.billing.bank_files import balances, entry, lines, report, sent, statement, with_account
from tests.integrations.bank_files import Statement, Told, mt940
from tests.world import World

MANY = 3_600


def with_parts(file: bytes, count: int, *, part: str) -> bytes:
    """The file with its one part that often, each under its own name with its own entry."""
    text = file.decode()
    begin, end = text.index(f"<{part}>"), text.index(f"</{part}>") + len(part) + 3
    parts = (text[begin:end].replace("<Id>R1", f"<Id>R{n}").replace("REFERENCE", f"REF{n}") for n in range(count))
    return (text[:begin] + "".join(parts) + text[end:]).encode()


def notifications(count: int) -> bytes:
    file = report(entry(100, "one", reference="REFERENCE"))
    for old, new in (("BkToCstmrAcctRpt", "BkToCstmrDbtCdtNtfctn"), ("camt.052.", "camt.054."), ("Rpt>", "Ntfctn>")):
        file = file.replace(old.encode(), new.encode())
    return with_parts(file, count, part="Ntfctn")


async def test_a_file_of_thousands_of_notifications_is_one_list_of_its_account(world: World) -> None:
    await with_account(world)
    answer = await sent(world, notifications(MANY))
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["lines"], told["statement_count"], len(told["statements"])) == (MANY, 1, 1)
    again = await sent(world, notifications(MANY - 1))
    assert (again.json()["lines"], again.json()["known_lines"], again.json()["already_imported"]) == (0, MANY - 1, True)
    assert (await balances(world))["unmatched"] == -100 * MANY


async def test_a_file_of_many_days_is_answered_with_its_first_hundred_and_all_are_listed(world: World) -> None:
    await with_account(world)
    day = statement(0, 0, name="R1").decode()
    begin, end = day.index("<Stmt>"), day.index("</Stmt>") + 7
    days = "".join(day[begin:end].replace("<Id>R1", f"<Id>R{n}") for n in range(120))
    answer = await sent(world, (day[:begin] + days + day[end:]).encode())
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["statement_count"], len(told["statements"])) == (120, 100)
    listed = await world.done("GET", f"/v1/bank/statements?file_id={told['file_id']}&limit=200")
    assert len(listed["items"]) == 120
    assert (await world.done("GET", f"/v1/bank/statements?file_id={world.id()}"))["items"] == []


@pytest.mark.parametrize("encoding", ["cp1252", "iso-8859-15", "cp850", "utf-16"])
async def test_a_text_is_imported_in_the_encoding_that_is_said(world: World, encoding: str) -> None:
    await with_account(world, number="DE89370400440532013000")
    content = mt940(Statement((Told(12_50, name="MÜLLER"),))).encode(encoding)
    if encoding != "utf-16":
        refused = await sent(world, content)
        assert (refused.status_code, refused.json()["fault"], refused.json()["line"]) == (422, "encoding_wrong", 7)
    assert (await sent(world, content, encoding=encoding)).status_code == 201
    assert [line["party_name"] for line in await lines(world)] == ["MÜLLER"]


async def test_bytes_that_dont_fit_what_is_said_are_refused_with_their_line(world: World) -> None:
    await with_account(world, number="DE89370400440532013000")
    content = mt940(Statement((Told(12_50, name="M\x81LLER"),))).encode("latin-1")
    refused = await sent(world, content, encoding="cp1252")
    assert (refused.status_code, refused.json()["fault"], refused.json()["line"]) == (422, "encoding_wrong", 7)
    assert (await sent(world, content, encoding="klingon")).status_code == 422
    assert await lines(world) == []


def zipped(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.xml", content)
    return packed.getvalue()


DAY = statement(0, 500, entry(500))
ENTITY = b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
WITHIN = report(entry(500))
EVIL = {
    "messages_mixed": DAY.replace(b"</Document>", WITHIN[WITHIN.index(b"<BkToCstmrAcctRpt>") :]),
    "xml_entities": DAY.replace(b"<Document", ENTITY + b"<Document", 1),
    "file_packed": gzip.compress(b"0" * 10_000_000),
    "zip": zipped(DAY),
    "xml_broken": DAY[: len(DAY) // 2],
    "amount_too_large": statement(0, 2 * 10**15, entry(10**15, "a"), entry(10**15, "b")),
    "many moves": report(*(entry(amount * 10**15, words) for amount, words in ((1, "a"), (-1, "b"), (1, "c")))),
}


@pytest.mark.parametrize("name", EVIL)
async def test_what_cant_be_kept_is_refused_with_its_line_and_nothing_is_taken(world: World, name: str) -> None:
    await with_account(world)
    answer = await sent(world, EVIL[name])
    fault = {"zip": "file_packed", "many moves": "amount_too_large"}.get(name, name)
    assert (answer.status_code, answer.json()["code"], answer.json()["fault"]) == (422, "BANK_FILE_UNREADABLE", fault)
    assert answer.json()["line"] >= 1
    assert (await world.done("GET", "/v1/bank/statements"))["items"] == []
