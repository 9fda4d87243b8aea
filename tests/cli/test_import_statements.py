"""`sayso import statements` takes in what a bank sends, and matches it at once."""

import re
from pathlib import Path

import pytest

from service.cli._statements import StatementsRefused, import_file
from service.settings import Settings
from tests.billing.bank_files import OURS, entry, lines, statement, with_account
from tests.billing.builders import Books
from tests.cli.test_import_files import run
from tests.integrations.bank_files import Statement, Told, mt940
from tests.world import World

TABLE = "Buchungstag;Betrag;Name;Zweck\n03.03.2026;10,00;Ada;{number}\n03.03.2026;-1,50;Bank;Entgelt\n"
MAP = {
    "booked_on": "Buchungstag", "date_form": "DD.MM.YYYY", "amount": "Betrag", "decimal_mark": ",", "delimiter": ";", "account": OURS, "currency": "EUR",
    "name": "Name", "remittance": ["Zweck"],
}  # fmt: skip


async def number(world: World) -> str:
    books = Books(world)
    return str((await world.done("GET", f"/v1/invoices/{await books.invoice(await books.customer(), 1_000)}"))["number"])


async def test_a_file_is_taken_in_matched_and_known_when_it_comes_again(world: World) -> None:
    await with_account(world)
    content = statement(0, 1_500, entry(1_000, await number(world)), entry(500, "who"))
    taken = await import_file(world.database, content=content, account=None, gap_reason=None, importer=world.principal())
    assert (taken.file.lines, taken.judged, taken.waiting) == (2, 2, 1)
    again = await import_file(world.database, content=content, account=None, gap_reason=None, importer=world.principal())
    assert (again.file.already_imported, again.judged, again.waiting) == (True, 0, 1)


async def test_a_table_is_read_by_its_accounts_map_and_only_its_new_lines_are_taken(world: World) -> None:
    await with_account(world, csv_map=MAP)
    table = TABLE.format(number=await number(world))
    for content, new, waiting in ((table, 2, 1), (f"{table}04.03.2026;7,00;Bea;x\n", 1, 2)):
        taken = await import_file(world.database, content=content.encode(), account=OURS, gap_reason=None, importer=world.principal())
        assert (taken.file.format, taken.file.lines, taken.waiting) == ("csv", new, waiting)
    assert sorted(line["amount_minor"] for line in await lines(world)) == [-150, 700]
    [account] = (await world.done("GET", "/v1/bank/accounts"))["items"]
    assert account["closing_minor"] == 1_550


async def test_a_file_that_is_refused_says_where_and_what_to_do(world: World) -> None:
    await with_account(world)
    for content, account, said in (
        (b"nothing", None, "line 1"),
        (TABLE.encode(), "XX1", "There is no bank account XX1"),
        (statement(0, 500, entry(500), number="DE89370400440532013000"), None, "POST /v1/bank/accounts"),
    ):
        with pytest.raises(StatementsRefused, match=re.escape(said)):
            await import_file(world.database, content=content, account=account, gap_reason=None, importer=world.principal())
    assert await lines(world) == []


async def test_the_command_tells_what_it_did(world: World, settings: Settings, owner_url: str, tmp_path: Path) -> None:
    await with_account(world)
    path = tmp_path / "march.xml"
    options = ["statements", str(path), "--organisation", str(world.organisation_id)]
    path.write_bytes(statement(0, 501, entry(500)))
    refused = run(options, settings, owner_url)
    assert (refused.returncode, refused.stderr.splitlines()[-1]) == (1, "Nothing was imported.")
    path.write_bytes(statement(0, 500, entry(500)))
    first, again = run(options, settings, owner_url), run(options, settings, owner_url)
    assert (first.returncode, first.stdout) == (0, "1 line imported from march.xml; 1 line waiting for a person.\n")
    assert again.stdout == "march.xml was imported already; nothing was changed.\n"


async def test_the_command_is_told_what_the_bank_writes_in(world: World, settings: Settings, owner_url: str, tmp_path: Path) -> None:
    await with_account(world, number="DE89370400440532013000")
    path = tmp_path / "march.sta"
    path.write_bytes(mt940(Statement((Told(12_50, name="MÜLLER"),))).encode("cp1252"))
    options = ["statements", str(path), "--organisation", str(world.organisation_id)]
    refused = run(options, settings, owner_url)
    assert (refused.returncode, "line 7" in refused.stderr, refused.stderr.splitlines()[-1]) == (1, True, "Nothing was imported.")
    assert run([*options, "--encoding", "cp1252"], settings, owner_url).returncode == 0
    assert [line["party_name"] for line in await lines(world)] == ["MÜLLER"]
