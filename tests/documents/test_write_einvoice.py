"""Invoices and credit notes leave as e-invoices: CII, which their PDF carries, and UBL; or not at all, with the rules that what is on record would break."""

import io
from typing import Any
from uuid import UUID

import facturx
import pytest
from pypdf import PdfReader

from service.documents.einvoice.checks import check_einvoice
from service.documents.einvoice.composing import PEPPOL, SPECIFICATION
from service.documents.einvoice.model import EInvoice
from service.documents.einvoice.reading import read_einvoice
from tests.authorisations.matters import Matter
from tests.billing.builders import pay
from tests.documents.official import faults, misfits
from tests.documents.papers import pdf_of
from tests.documents.test_print_credit_note import billed, credited
from tests.documents.traded import BUYER, keep_parties

MISSING = ["BR-08", "BR-10", "BR-CO-26", "BR-S-02"]
"""What an invoice of a company that told nothing of itself breaks."""


async def file_of(matter: Matter, kind: str, one: dict[str, Any], syntax: str) -> bytes:
    answer = await matter.world.get(f"/v1/{kind}s/{one['id']}/{kind}.xml?syntax={syntax}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/xml"), answer.text
    return answer.content


async def written(matter: Matter, one: dict[str, Any], kind: str = "invoice") -> EInvoice:
    """The e-invoice as CII, which passes all there is to pass, as UBL does, with the same content."""
    cii, ubl = [await file_of(matter, kind, one, syntax) for syntax in ("cii", "ubl")]
    for file in (cii, ubl):
        assert misfits(file) == []
        assert faults(file) == set()
        assert check_einvoice(file) == []
    told, other = read_einvoice(cii), read_einvoice(ubl)
    assert [
        name for name in told.__struct_fields__ if getattr(told, name) != getattr(other, name) and name not in ("specification", "process")
    ] == []
    return told


def sums_of(told: EInvoice) -> tuple[str, str, str, str, str]:
    sums = told.sums
    return str(sums.net), str(sums.tax), str(sums.total), str(sums.prepaid), str(sums.due)


async def test_an_invoice_is_written_in_both_syntaxes_as_the_published_rules_ask(matter: Matter) -> None:
    await keep_parties(matter)
    invoice = await billed(matter)
    told = await written(matter, invoice)
    assert (told.number, told.type_code, told.currency) == ("INV-2026-1", "380", "EUR")
    assert sums_of(told) == ("250.00", "41.50", "291.50", "None", "291.50")
    assert [(one.category, str(one.rate), str(one.base), str(one.amount)) for one in told.taxes] == [
        ("S", "7", "50.00", "3.50"),
        ("S", "19", "200.00", "38.00"),
    ]
    assert told.payment is not None
    assert (told.payment.means, told.payment.reference, told.payment.account) == ("58", "RF85INV20261", "DE75512108001245126199")
    assert (told.buyer.vat_id, told.buyer.country, told.buyer_reference) == ("ATU12345678", "AT", "PO 4711")
    assert told.due_on is not None
    assert str(told.delivered_on) == "2026-03-04"
    assert told.note is not None
    assert told.note.startswith("J-")


@pytest.mark.parametrize("paid, prepaid, due", [(10_000, "100.00", "191.50"), (29_150, "291.50", "0.00"), (50_000, "291.50", "0.00")])
async def test_what_was_paid_is_prepaid_and_what_is_open_is_due(matter: Matter, paid: int, prepaid: str, due: str) -> None:
    await keep_parties(matter)
    invoice = await billed(matter)
    await pay(matter.world, paid, invoice_id=invoice["id"], customer_id=matter.customer_id)
    told = await written(matter, invoice)
    assert sums_of(told) == ("250.00", "41.50", "291.50", prepaid, due)
    assert (told.payment is None) == (due == "0.00")


async def test_credit_that_an_invoice_used_is_prepaid(matter: Matter) -> None:
    await keep_parties(matter)
    await pay(matter.world, 30_000, customer_id=matter.customer_id)
    invoice = await billed(matter)
    await matter.world.done("POST", f"/v1/customers/{matter.customer_id}/use-credit", {"currency": "EUR"}, key=str(matter.world.id()))
    assert sums_of(await written(matter, invoice))[3:] == ("291.50", "0.00")


async def test_a_credit_note_is_of_type_381_and_names_its_invoice(matter: Matter) -> None:
    await keep_parties(matter)
    invoice = await billed(matter)
    note = await credited(matter, invoice, {}, {"line_number": 2, "quantity": "0", "amount": 100})
    told = await written(matter, note, "credit-note")
    assert (told.number, told.type_code) == ("CN-2026-1", "381")
    assert [(one.number, str(one.issued_on)) for one in told.preceding] == [("INV-2026-1", "2026-03-04")]
    assert sums_of(told) == ("101.00", "19.07", "120.07", "None", "120.07")
    assert [(str(line.quantity), line.unit, str(line.net)) for line in told.lines] == [("1", "HUR", "100.00"), ("1", "C62", "1.00")]


async def test_prices_that_include_tax_come_to_the_same_total_without(matter: Matter) -> None:
    await keep_parties(matter)
    items = [
        await matter.done({"unit_price": price, "tax_rate": rate}, tax_basis="incl")
        for price, rate in (("3333", "19"), ("101", "19"), ("4999", "7"))
    ]
    invoice = await matter.posted(
        *({"item_id": item, "unit_price": price} for [item], price in zip(items, ("3333", "101", "4999"), strict=True)), tax_basis="incl"
    )
    told = await written(matter, invoice)
    assert str(told.sums.total) == "84.33"
    assert sum(line.net or 0 for line in told.lines) == told.sums.net


async def test_what_was_free_stands_beside_what_was_not(matter: Matter) -> None:
    await keep_parties(matter)
    [item] = await matter.done({"tax_rate": "19"})
    told = await written(
        matter, await matter.posted({"item_id": item}, {"item_id": None, "quantity": "1", "unit_price": "0", "description": "Cleaning"})
    )
    assert [(line.category, str(line.rate), str(line.net)) for line in told.lines] == [("S", "19", "100.00"), ("S", "19", "0.00")]


async def test_a_third_of_an_hour_at_a_discount_adds_up(matter: Matter) -> None:
    await keep_parties(matter)
    [item] = await matter.done({"quantity": "1", "unit_price": "10001", "tax_rate": "19"})
    told = await written(matter, await matter.posted({"item_id": item, "quantity": "1/3", "unit_price": "10001", "discount": 100}))
    [line] = told.lines
    assert (str(line.quantity), str(line.price), str(line.net), str(line.allowances[0].amount)) == (
        "0.3333333333",
        "100.01",
        "32.34",
        "1.00",
    )


async def test_where_nobody_has_an_electronic_address_it_says_nothing_of_peppol(matter: Matter) -> None:
    await keep_parties(matter, buyer=BUYER | {"electronic_address": None})
    invoice = await billed(matter)
    assert read_einvoice(await file_of(matter, "invoice", invoice, "ubl")).specification == SPECIFICATION
    await keep_parties(matter)
    invoice = await billed(matter)
    assert read_einvoice(await file_of(matter, "invoice", invoice, "ubl")).specification == PEPPOL
    assert read_einvoice(await file_of(matter, "invoice", invoice, "cii")).specification == SPECIFICATION


async def test_what_lacks_on_record_is_told_by_rule_and_nothing_leaves_whatever_is_told_afterwards(matter: Matter) -> None:
    invoice = await billed(matter)
    for path in ("invoice.xml", "invoice.xml?syntax=ubl"):
        answer = await matter.world.get(f"/v1/invoices/{invoice['id']}/{path}")
        assert (answer.status_code, answer.json()["code"]) == (422, "E_INVOICE_INCOMPLETE")
        assert [one["rule"] for one in answer.json()["rules"]] == MISSING
    check = await matter.world.done("GET", f"/v1/invoices/{invoice['id']}/e-invoice-check")
    assert (check["number"], check["passes"]) == ("INV-2026-1", False)
    assert {"rule": "BR-10", "says": "The buyer has a postal address."} in check["rules"]
    pdf = await pdf_of(matter.world, f"/v1/invoices/{invoice['id']}/invoice.pdf")
    assert not PdfReader(io.BytesIO(pdf)).attachments
    await keep_parties(matter)
    assert await matter.world.done("GET", f"/v1/invoices/{invoice['id']}/e-invoice-check") == check
    check = await matter.world.done("GET", f"/v1/invoices/{(await billed(matter))['id']}/e-invoice-check")
    assert (check["passes"], check["rules"]) == (True, [])


async def test_a_currency_of_three_decimals_has_no_e_invoice_and_one_of_none_has(matter: Matter) -> None:
    for currency, price in (("KWD", "12345"), ("JPY", "12345")):
        matter = await Matter(matter.world).begin(currency=currency)
        await keep_parties(matter)
        [item] = await matter.done({"unit_price": price, "tax_rate": "10"})
        invoice = await matter.posted({"item_id": item, "unit_price": price}, currency=currency)
        answer = await matter.world.get(f"/v1/invoices/{invoice['id']}/invoice.xml")
        if currency == "KWD":
            assert {"BR-DEC-09", "BR-DEC-12", "BR-DEC-14", "BR-DEC-18", "BR-DEC-23"} < {one["rule"] for one in answer.json()["rules"]}
        else:
            told = await written(matter, invoice)
            assert sums_of(told) == ("12345", "1235", "13580", "None", "13580")
            assert told.payment is not None
            assert told.payment.means == "30"


async def test_the_pdf_carries_the_e_invoice_and_says_so(matter: Matter) -> None:
    await keep_parties(matter)
    invoice = await billed(matter)
    note = await credited(matter, invoice, {})
    for kind, one in (("invoice", invoice), ("credit-note", note)):
        path = f"/v1/{kind}s/{one['id']}/{kind}.pdf"
        pdf = await pdf_of(matter.world, path)
        assert pdf == await pdf_of(matter.world, path)
        reader = PdfReader(io.BytesIO(pdf), strict=True)
        assert reader.attachments["factur-x.xml"] == [await file_of(matter, kind, one, "cii")]
        assert facturx.get_facturx_xml_from_pdf(pdf) == (
            "factur-x.xml",
            await file_of(matter, kind, one, "cii"),
        )  # by its maker's own reader
        root: Any = reader.trailer["/Root"]
        [associated] = [ref.get_object() for ref in root["/AF"]]
        assert (associated["/AFRelationship"], associated["/UF"]) == ("/Alternative", "factur-x.xml")
        assert associated["/EF"]["/F"].get_object()["/Subtype"] == "/text/xml"
        metadata = root["/Metadata"].get_object().get_data().decode()
        for part in (
            "<pdfaid:part>3</pdfaid:part>",
            "<pdfaid:conformance>B</pdfaid:conformance>",
            "<fx:DocumentType>INVOICE</fx:DocumentType>",
            "<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>",
            "<fx:Version>1.0</fx:Version>",
            "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>",
            "<pdfaSchema:prefix>fx</pdfaSchema:prefix>",
        ):
            assert part in metadata, part


async def test_another_companys_invoice_is_nobodys_file(matter: Matter, other_world: Any) -> None:
    await keep_parties(matter)
    invoice = await billed(matter)
    for path in ("invoice.xml", "e-invoice-check"):
        assert (await other_world.get(f"/v1/invoices/{invoice['id']}/{path}")).status_code == 404
    assert (await matter.world.get(f"/v1/credit-notes/{UUID(int=1)}/credit-note.xml")).status_code == 404
