"""An invoice says on paper how it is paid, in words and as a code that a bank's app reads, as long as something of it is open."""

import io
from uuid import UUID

import pytest
import segno
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from service.documents.paying import MOST_BYTES, MOST_IN_A_TRANSFER, drawn, in_fours, transfer_of
from service.documents.records import PayTo
from tests.billing.builders import Books, pay
from tests.documents.papers import IBAN, keep_account, pdf_of, text_of
from tests.world import World

IN_WORDS = "How to pay Still open €49.90 Due 19 January 2026 Account holder Northwind GmbH IBAN DE75 5121 0800 1245 1261 99 Payment reference RF85 INV2 0261"
TO_SCAN = "To scan with your bank's app"
NAMES = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=70)


async def billed(books: Books, **differences: str) -> tuple[UUID, str]:
    """An invoice of €49.90 or as much of another currency, and where its paper is."""
    invoice_id = await books.invoice(await books.customer(), 4_990, **differences)
    return invoice_id, f"/v1/invoices/{invoice_id}/invoice.pdf"


async def test_an_invoice_says_to_which_account_and_under_which_reference_it_is_paid(world: World, books: Books) -> None:
    await keep_account(world, account_holder="Northwind GmbH", iban=IBAN)
    _, path = await billed(books)
    text = await text_of(world, path)
    assert IN_WORDS in text, text
    assert TO_SCAN in text


async def test_what_is_open_at_the_moment_of_printing_is_asked_for_and_nothing_when_nothing_is(world: World, books: Books) -> None:
    await keep_account(world, account_holder="Northwind GmbH", iban=IBAN)
    invoice_id, path = await billed(books)
    await pay(world, 1_990, invoice_id=invoice_id)
    assert "How to pay Still open €30.00 Due" in await text_of(world, path)
    await pay(world, 3_000, invoice_id=invoice_id)
    text = await text_of(world, path)
    assert "How to pay" not in text
    assert TO_SCAN not in text


async def test_an_invoice_of_a_company_that_told_no_account_asks_for_no_transfer(world: World, books: Books) -> None:
    _, path = await billed(books)
    assert "How to pay" not in await text_of(world, path)


async def test_an_account_without_iban_stands_there_in_the_companys_own_words(world: World, books: Books) -> None:
    await keep_account(world, bank_details="Routing 021000021, account 1234567")
    _, path = await billed(books, currency="USD")
    text = await text_of(world, path)
    assert "Bank details Routing 021000021, account 1234567 Payment reference RF85 INV2 0261" in text
    assert TO_SCAN not in text


async def test_only_euros_have_a_code(world: World, books: Books) -> None:
    await keep_account(world, account_holder="Northwind Ltd", iban="GB33BUKB20201555555555", bic="BUKBGB22")
    _, path = await billed(books, currency="GBP")
    text = await text_of(world, path)
    assert "IBAN GB33 BUKB 2020 1555 5555 55 BIC BUKBGB22" in text
    assert TO_SCAN not in text


async def test_the_code_is_drawn_on_the_paper_itself_and_says_what_it_is_to_who_cannot_see_it(world: World, books: Books) -> None:
    await keep_account(world, account_holder="Northwind GmbH", iban=IBAN)
    papers = [await pdf_of(world, (await billed(books, currency=currency))[1]) for currency in ("EUR", "GBP")]
    drawings = [PdfReader(io.BytesIO(pdf)).pages[0].get_contents() for pdf in papers]
    coded, plain = (len(one.get_data()) for one in drawings if one is not None)
    dark = sum(sum(line) for line in segno.make_qr(a_transfer(), error="m", boost_error=False, encoding="utf-8").matrix)
    assert coded - plain > dark, "drawing it takes at least a byte a dark module"
    assert [b"/Alt" in pdf for pdf in papers] == [True, False]


def a_transfer(name: str = "Northwind GmbH", *, cents: int = 4_990) -> str:
    return transfer_of(PayTo(holder=name, iban=IBAN, bic="", details=""), cents=cents, reference="RF85INV20261")


def test_a_transfer_has_a_line_a_member_as_banks_read_it() -> None:
    assert a_transfer().split("\n") == ["BCD", "002", "1", "SCT", "", "Northwind GmbH", IBAN, "EUR49.90", "", "RF85INV20261"]
    assert a_transfer(cents=1).split("\n")[7] == "EUR0.01"
    assert a_transfer(cents=MOST_IN_A_TRANSFER).split("\n")[7] == "EUR999999999.99"


async def test_a_name_that_no_code_holds_stands_there_in_words_alone(world: World, books: Books) -> None:
    await keep_account(world, account_holder="🏠" * 70, iban="MT31MALT01100000000000000000123", bic="MALTMTMTXXX")
    _, path = await billed(books)
    text = await text_of(world, path)
    assert "IBAN MT31 MALT 0110 0000 0000 0000 0000 123 BIC MALTMTMTXXX" in text
    assert TO_SCAN not in text


@settings(deadline=None)  # the first code takes its time
@given(NAMES, st.integers(1, MOST_IN_A_TRANSFER))
def test_whatever_the_name_and_sum_a_code_is_as_small_as_banks_take_it(name: str, cents: int) -> None:
    transfer = a_transfer(name, cents=cents)
    assume(len(transfer.encode()) <= MOST_BYTES)
    code = segno.make_qr(transfer, error="m", boost_error=False, encoding="utf-8")
    assert isinstance(code.version, int)
    assert code.version <= 13
    assert drawn(transfer).startswith("<svg ")


@pytest.mark.parametrize("code, printed", [("", ""), ("NO9386011117947", "NO93 8601 1117 947"), ("RF85INV20261", "RF85 INV2 0261")])
def test_codes_are_printed_in_fours(code: str, printed: str) -> None:
    assert in_fours(code) == printed
