"""Files taken whole or not at all, through the same rules as requests."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from service.cli.import_ import KINDS, command, example, import_rows
from service.kit.imports.files import FileRefused, read_rows
from service.kit.imports.loading import TOGETHER, Loaded, NotLoaded
from service.settings import Settings
from tests.cli.test_init_organisation import place
from tests.kit.test_round_trips import heard
from tests.world import World

CUSTOMERS = "reference,name,zone,language,contact_name,email,phone,may_authorise"
ADA = "C-1,Ada Owner,Europe/Berlin,de,,ada@home.example,+49 30 555 0100,yes"
SITES = "customer,site,address,zone,access_notes,latitude,longitude"
HOME = 'C-1,home,"Lindenallee 7, Berlin",Europe/Berlin,Ring twice,52.5200066,13.404954'
BOOK = "code,kind,effective_on,name,unit,currency,price,tax_category,tax_rate"
PLAN = "NET-100,plan,2020-01-01,Internet 100,MON,EUR,29.90,S,19"
SUBSCRIPTIONS = "reference,customer,site,plan,begins_on,grace_days,suspended_for"
HERS = "S-1,C-1,home,NET-100,2026-03-20,3,fault moving"
ASSETS = "customer,asset,kind,name,serial,site"
TECHNICIANS = "email,name,zone,skills,may_take_cash,home_latitude,home_longitude,reach_metres"


def file(*lines: str) -> bytes:
    return "\r\n".join(lines).encode()


async def load(world: World, name: str, content: bytes, *, rehearsal: bool = False) -> Loaded:
    kind = KINDS[name]
    rows = read_rows(content, columns=kind.columns, key=kind.key)
    return await import_rows(world.database, kind=kind, rows=rows, rehearsal=rehearsal, organisation_id=world.organisation_id)


async def refusals(world: World, name: str, content: bytes) -> list[tuple[int, str]]:
    with pytest.raises(NotLoaded) as caught:
        await load(world, name, content)
    return [(line.line, line.reason) for line in caught.value.refused]


ZONE_SENTENCE = "zone has to be the IANA name of a time zone, such as Europe/Berlin."


async def test_a_company_is_loaded_from_its_files(world: World) -> None:
    assert await load(world, "customers", file(CUSTOMERS, ADA)) == Loaded(1, 0)
    assert await load(world, "sites", file(SITES, HOME)) == Loaded(1, 0)
    assert await load(world, "assets", file(ASSETS, "C-1,router,router,Hall router,RT-1,home")) == Loaded(1, 0)
    assert await load(world, "price-book", file(BOOK, PLAN, "OIL,labour,2020-01-01,Oil change,HUR,EUR,89.905,S,19")) == Loaded(2, 0)
    assert await load(world, "subscriptions", file(SUBSCRIPTIONS, HERS)) == Loaded(1, 0)
    assert await load(
        world, "technicians", file(TECHNICIANS, "robin@northwind.example,Robin Field,Europe/Berlin,router fibre:3,yes,52.5,13.4,")
    ) == Loaded(1, 0)
    customer = (await world.get("/v1/customers?reference=C-1")).json()["items"][0]
    contacts = (await world.get(f"/v1/customers/{customer['id']}/contacts")).json()["items"]
    assert {(one["channel"], one["may_authorise"]) for one in contacts} == {("email", True), ("phone", True)}
    site = (await world.get(f"/v1/customers/{customer['id']}/sites")).json()["items"][0]
    assert (site["latitude_e7"], site["access_notes"]) == (525_200_066, "Ring twice")
    prices = {one["code"]: one["price"] for one in (await world.get("/v1/catalogue")).json()["items"]}
    assert prices == {"NET-100": "2990", "OIL": "8990.5"}
    subscription = (await world.get("/v1/subscriptions?reference=S-1")).json()["items"][0]
    assert (subscription["site_id"], subscription["grace_days"], subscription["paid_through_on"]) == (site["id"], 3, "2026-03-19")
    assert {"fault", "moving"} <= set(subscription["reasons"])


async def test_the_law_of_a_site_is_loaded_with_it(world: World) -> None:
    await load(world, "customers", file(CUSTOMERS, ADA))
    assert await load(world, "sites", file(f"{SITES},jurisdiction", f"{HOME},DE")) == Loaded(1, 0)
    customer = (await world.get("/v1/customers?reference=C-1")).json()["items"][0]
    site = (await world.get(f"/v1/customers/{customer['id']}/sites")).json()["items"][0]
    assert site["jurisdiction"] == "DE"
    assert await refusals(world, "sites", file(f"{SITES},jurisdiction", f"{HOME},Germany")) == [
        (2, "jurisdiction has to be an ISO 3166 code in capitals, such as DE.")
    ]


async def test_the_same_file_twice_is_loaded_once(world: World) -> None:
    steps = {"customers": (CUSTOMERS, ADA), "sites": (SITES, HOME), "price-book": (BOOK, PLAN), "subscriptions": (SUBSCRIPTIONS, HERS)}
    for expected in (Loaded(1, 0), Loaded(0, 1)):
        for name, lines in steps.items():
            assert await load(world, name, file(*lines)) == expected


async def test_one_wrong_line_and_nothing_of_the_file_is_there(world: World) -> None:
    lines = [f"C-{number},Customer {number},Europe/Berlin,,,,," for number in range(600)]
    lines[300] = "C-300,Customer 300,Europe/Atlantis,,,,,"
    lines[450] = "C-450,Card 4111 1111 1111 1111,Europe/Berlin,,,,,"
    lines[599] = f"C-599,{'n' * 201},Europe/Berlin,,,,,"
    told = await refusals(world, "customers", file(CUSTOMERS, *lines))
    assert told == [
        (302, ZONE_SENTENCE),
        (452, "name holds what looks like a card number, which is never kept here."),
        (601, "name has to be 1 to 200 characters on one line, such as Ada Owner."),
    ]
    assert (await world.get("/v1/customers")).json()["items"] == []
    assert await world.sql("select from kit.fact") == []


async def test_a_rehearsal_judges_everything_and_changes_nothing(world: World) -> None:
    with pytest.raises(NotLoaded) as caught:
        await load(world, "customers", file(CUSTOMERS, ADA), rehearsal=True)
    assert (caught.value.refused, caught.value.loaded) == ([], Loaded(1, 0))
    assert (await world.get("/v1/customers")).json()["items"] == []


@pytest.mark.parametrize(
    "name, header, line, sentence",
    [
        ("customers", CUSTOMERS, "C-1,,Europe/Berlin,,,,,", "name is empty."),
        ("customers", CUSTOMERS, "C-1,Ada,Europe/Berlin", "3 cells where the header has 8."),
        ("customers", CUSTOMERS, "C-1,=1+1,Europe/Berlin,,,,,", "name begins like a formula; put an apostrophe before it if it is meant."),
        ("customers", CUSTOMERS, "C-1,Ada,Europe/Berlin,fr,,,,", "language has to be en or de, such as de."),
        (
            "customers",
            CUSTOMERS,
            "C-1,Ada,Europe/Berlin,,,nowhere,,",
            "email has to be an address of mail, such as ada@home.example.",
        ),
        (
            "customers",
            CUSTOMERS,
            "C-1,Ada,Europe/Berlin,,,a@b.example,,maybe",
            "may_authorise has to be yes or no, such as yes.",
        ),
        ("sites", SITES, HOME, "customer: nobody has this reference; load the customers first."),
        ("price-book", BOOK, PLAN.replace("29.90", "29,90"), "9 cells"),
        ("price-book", BOOK, PLAN.replace("29.90", "1e3"), "price has to be a decimal in major units with a point, such as 29.90."),
        (
            "price-book",
            BOOK,
            PLAN.replace("EUR", "XXX"),
            "currency has to be the ISO 4217 code of a currency that Sayso serves, such as EUR.",
        ),
        ("price-book", BOOK, PLAN.replace(",S,", ",Z,"), "tax_rate has to be 0 where tax_category isn't S."),
        ("technicians", TECHNICIANS, "robin@n.example,Robin,Europe/Berlin,,,52.5,,", "home_latitude and home_longitude come together."),
    ],
)
async def test_each_refused_line_says_why(world: World, name: str, header: str, line: str, sentence: str) -> None:
    ((number, reason),) = await refusals(world, name, file(header, line))
    assert number == 2
    assert reason == sentence or (sentence == "9 cells" and reason == "10 cells where the header has 9.")


async def test_a_row_tells_all_that_is_wrong_with_it(world: World) -> None:
    nobody = ",=1+1,Europe/Atlantis,fr,,nowhere,4111 1111 1111 1111,maybe"
    told = await refusals(world, "customers", file(CUSTOMERS, ADA, nobody))
    assert {line for line, _ in told} == {3}
    assert [reason.split()[0] for _, reason in told] == ["reference", "name", "zone", "language", "email", "phone", "may_authorise"]
    assert await refusals(world, "subscriptions", file(SUBSCRIPTIONS, HERS.replace(",3,", ",soon,"))) == [
        (2, "grace_days has to be a whole number from 0 to 365, such as 7."),
        (2, "customer: nobody has this reference; load the customers first."),
        (2, "plan: no item of the price book has this code; load the price book first."),
    ]


@pytest.mark.parametrize(
    "rate, basis_points", [("19", 1900), ("7.70", 770), ("0", 0), ("0.00", 0), ("1", 100), ("19 %", 1900), ("0.5%", 50)]
)
async def test_a_tax_rate_is_a_percentage(world: World, rate: str, basis_points: int) -> None:
    await load(world, "price-book", file(BOOK, PLAN.removesuffix("19") + rate))
    assert [one["tax_rate_bp"] for one in (await world.get("/v1/catalogue")).json()["items"]] == [basis_points]


@pytest.mark.parametrize("rate", ["0.19", ".19", "0.999", "1900", "-19", "19,0", "%", "19 percent"])
async def test_what_is_no_percentage_is_refused(world: World, rate: str) -> None:
    ((_, reason),) = await refusals(world, "price-book", file(BOOK, f'{PLAN.removesuffix("19")}"{rate}"'))
    assert reason.startswith("tax_rate ")
    assert rate not in {"0.19", "0.999"} or "write 19 for 19 %" in reason


async def test_the_help_shows_every_column_and_its_examples_are_taken(world: World) -> None:
    shown = click.unstyle(command.get_help(click.Context(command, info_name="import", max_content_width=120)))
    for kind in ("customers", "sites", "assets", "price-book", "subscriptions", "technicians", "shifts"):
        text = example(KINDS[kind])
        assert all(line in shown for line in text.splitlines())
        assert all(column.wanted in shown for column in KINDS[kind].columns)
        assert await load(world, kind, text.encode()) == Loaded(1, 0)


@pytest.mark.parametrize("name", list(KINDS))
async def test_a_file_of_the_needed_columns_alone_is_taken_and_without_one_of_them_is_not(world: World, name: str) -> None:
    for kind in KINDS.values():
        if kind is KINDS[name]:
            break
        await load(world, kind.name, example(kind).encode())
    needed = [column for column in KINDS[name].columns if column.required]
    header, cells = ",".join(column.name for column in needed), ",".join(f'"{column.example}"' for column in needed)
    assert await load(world, name, file(header, cells)) == Loaded(1, 0)
    for column in needed:
        rest = [one for one in needed if one is not column]
        with pytest.raises(FileRefused, match=f"The column '{column.name}' is missing"):
            await load(world, name, file(",".join(one.name for one in rest)))


async def test_a_site_of_somebody_else_is_not_taken(world: World) -> None:
    await load(world, "customers", file(CUSTOMERS, ADA, ADA.replace("C-1", "C-2")))
    await load(world, "sites", file(SITES, HOME))
    await load(world, "price-book", file(BOOK, PLAN))
    assert await refusals(world, "subscriptions", file(SUBSCRIPTIONS, HERS.replace("C-1", "C-2"))) == [
        (2, "site: this customer has no such site; load the sites first.")
    ]


async def test_another_content_under_a_known_name_is_refused(world: World) -> None:
    await load(world, "customers", file(CUSTOMERS, ADA))
    ((line, reason),) = await refusals(world, "customers", file(CUSTOMERS, ADA.replace("Ada Owner", "Somebody Else")))
    assert (line, reason) == (2, "This id already names something else. (ID_TAKEN)")


async def test_names_twice_in_a_file_are_refused_with_both_lines(world: World) -> None:
    broken = '"C-2","Bea\r\nTenant",Europe/Berlin,,,,,'  # one record over two lines
    told = await refusals(world, "customers", file(CUSTOMERS, ADA, broken, ADA))
    assert told == [(3, "name has to be 1 to 200 characters on one line, such as Ada Owner."), (5, "The same reference as on line 2.")]


@pytest.mark.parametrize(
    "content, line, sentence",
    [
        (b"", 1, "The file is empty."),
        (file(CUSTOMERS, ADA).replace(b"Ada", b"Ad\xe4"), 2, "This isn't UTF-8"),
        (file(CUSTOMERS, ADA).decode().encode("utf-16"), 1, "This isn't UTF-8"),
        (file(CUSTOMERS, ADA, "a\0b"), 3, "The file holds the character NUL"),
        (file("reference,name,zone,colour", "C-1,Ada,Europe/Berlin,red"), 1, "There is no column 'colour'."),
        (file("reference,name", "C-1,Ada"), 1, "The column 'zone' is missing."),
        (file("reference,name,name,zone"), 1, "A column stands twice"),
        (file(CUSTOMERS.replace(",", ";"), ADA), 1, "The columns are separated by semicolons"),
        (file(CUSTOMERS, 'C-1,"Ada'), 2, "The quotes can't be right"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_line(content: bytes, line: int, sentence: str) -> None:
    kind = KINDS["customers"]
    with pytest.raises(FileRefused) as caught:
        read_rows(content, columns=kind.columns, key=kind.key)
    assert caught.value.refused.line == line
    assert caught.value.refused.reason.startswith(sentence)


async def test_a_byte_order_mark_and_guarded_cells_are_understood(world: World) -> None:
    await load(world, "customers", b"\xef\xbb\xbf" + file("reference,name,zone", "C-1,'=Ada,Europe/Berlin"))
    assert (await world.get("/v1/customers?reference=C-1")).json()["items"][0]["name"] == "=Ada"


async def test_ten_thousand_rows_are_loaded_by_two_statements_each(world: World) -> None:
    """However many rows there are: no row is looked at again for another, and none has a transaction or a savepoint of its own."""
    lines = [f"C-{number},Customer {number},Europe/Berlin,,,,," for number in range(10_000)]
    with heard(world) as asked:
        assert await load(world, "customers", file(CUSTOMERS, *lines)) == Loaded(10_000, 0)
    opening, looked_up, savepoints, commit = 1, 1, 2 * len(lines) // TOGETHER, 1
    assert len(asked) <= opening + looked_up + 2 * len(lines) + savepoints + commit
    assert len(asked) > len(lines), "heard on the connection that loads"


def run(arguments: list[str], settings: Settings, owner_url: str) -> Any:
    return subprocess.run(
        [sys.executable, "-m", "service.cli", "import", *arguments],
        env=place(settings) | {"SAYSO_ADMIN_DATABASE_URL": owner_url},
        capture_output=True,
        text=True,
        check=False,
    )


async def test_the_command_tells_what_it_did(world: World, settings: Settings, owner_url: str, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_bytes(file(CUSTOMERS, ADA, "C-2,Bea,Europe/Atlantis,fr,,,,"))
    options = ["customers", str(path), "--organisation", str(world.organisation_id)]
    refused = run(options, settings, owner_url)
    assert (refused.returncode, refused.stderr.splitlines()) == (
        1,
        [
            f"customers.csv:3: {ZONE_SENTENCE}",
            "customers.csv:3: language has to be en or de, such as de.",
            "Nothing was loaded: 1 line was refused.",
        ],
    )
    path.write_bytes(file(CUSTOMERS, ADA))
    rehearsed, loaded = run([*options, "--dry-run"], settings, owner_url), run(options, settings, owner_url)
    assert rehearsed.stdout == "1 row would be loaded from customers.csv; this was a dry run, nothing was changed.\n"
    assert (loaded.returncode, loaded.stdout) == (0, "1 row loaded from customers.csv.\n")
