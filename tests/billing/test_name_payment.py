"""A payment names its invoice by a reference that shows a slip of the pen."""

from hypothesis import given
from hypothesis import strategies as st

from service.kit.check_digits import rest_of_97
from tests.billing.builders import Books
from tests.world import World


async def test_an_invoice_tells_the_reference_that_its_payment_names(world: World) -> None:
    books = Books(world)
    invoice = await world.done("GET", f"/v1/invoices/{await books.invoice(await books.customer(), 4_990)}")
    assert (invoice["number"], invoice["payment_reference"]) == ("INV-2026-1", "RF85INV20261")


async def test_every_number_has_a_reference_of_its_own_that_proves_itself(world: World) -> None:
    rows = await world.sql(
        "select kit.creditor_reference('INV-' || year || '-' || number) as reference from generate_series(2024, 2043) year, generate_series(1, 500) number"
    )
    references = {row["reference"] for row in rows}
    assert len(references) == len(rows)
    assert {rest_of_97(reference) for reference in references} == {1}
    assert all("02" <= reference[2:4] <= "98" for reference in references)


async def test_any_series_and_number_that_the_database_takes_has_a_reference_of_25_characters_at_most(world: World) -> None:
    numbers = []

    @given(st.from_regex(r"\A[A-Z0-9-]{1,11}\Z"), st.integers(1, 10**9))
    def drawn(series: str, number: int) -> None:
        numbers.append(f"{series}-{number}")

    drawn()
    rows = await world.sql("select n, kit.creditor_reference(n) as reference from unnest($1::text[]) n", numbers)
    for row in rows:
        assert row["reference"].startswith("RF"), row
        assert row["reference"][4:] == row["n"].replace("-", "")
        assert len(row["reference"]) <= 25
        assert rest_of_97(row["reference"]) == 1, row


async def test_the_reference_is_that_of_the_standard(world: World) -> None:
    [row] = await world.sql("select kit.creditor_reference('539007547034') as reference")
    assert row["reference"] == "RF18539007547034"
