"""An invoice and a credit note show the seller and the buyer as they were when it was issued, wherever and however often they are read again."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from service.billing.provider.pay_links import pay_path
from tests.authorisations.matters import Matter
from tests.documents.papers import text_of
from tests.documents.test_print_credit_note import billed, credited
from tests.documents.traded import keep_parties

SELLER_ELSE = {
    "name": "Southwind AG", "zone": "Asia/Tokyo", "language": "de", "phone": "+41 44 555 0199", "email": "else@southwind.example", "address": "Seestraße 9, Zürich",
    "registration": "CHE-123.456.789", "street": "Seestraße 9", "city": "Zürich", "postcode": "8001", "country": "CH", "vat_id": "CHE123456789",
    "tax_number": "99/815", "legal_id": "CHE-123.456.789", "electronic_address": "EM:bills@southwind.example", "account_holder": "Southwind AG",
    "iban": "CH9300762011623852957", "bic": "POFICHBEXXX", "bank_details": "Post",
}  # fmt: skip
BUYER_ELSE = {
    "name": "Ada Lovelace", "zone": "Asia/Tokyo", "language": "de", "street": "St James’s Square 12", "city": "London", "postcode": "SW1Y", "country": "GB",
    "vat_id": "GB123456789", "buyer_reference": "PO 1", "electronic_address": "EM:ada@lovelace.example",
}  # fmt: skip


async def become_others(matter: Matter) -> None:
    """Both parties change whatever can be changed of them, and where the work was done is said to be elsewhere."""
    await matter.world.changed("/v1/organisation", **SELLER_ELSE)
    customer = f"/v1/customers/{matter.customer_id}"
    await matter.world.changed(customer, **BUYER_ELSE)
    [site] = (await matter.world.done("GET", f"{customer}/sites"))["items"]
    matter.world.clock.forward(seconds=1)
    await matter.world.changed(f"{customer}/sites/{site['id']}", address="Elsewhere 9", zone="Asia/Tokyo")


async def papers(matter: Matter, invoice: dict[str, Any], note: dict[str, Any]) -> dict[str, bytes]:
    """All that is said of an invoice and its credit note, by where it is read."""
    world, one, other = matter.world, f"/v1/invoices/{invoice['id']}", f"/v1/credit-notes/{note['id']}"
    paths = [one, f"{one}/invoice.pdf", f"{one}/invoice.xml", f"{one}/invoice.xml?syntax=ubl", f"{one}/e-invoice-check"]
    paths += [f"{other}/credit-note.pdf", f"{other}/credit-note.xml", f"{other}/credit-note.xml?syntax=ubl"]
    answers = {path: await world.get(path) for path in paths}
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(paths, 200)
    return {path: answer.content for path, answer in answers.items()}


async def test_all_that_was_issued_is_the_same_to_the_byte_whoever_the_parties_became(matter: Matter) -> None:
    await keep_parties(matter)
    invoice = await billed(matter)
    note = await credited(matter, invoice, {})
    before = await papers(matter, invoice, note)
    matter.world.clock.forward(days=800)
    await become_others(matter)
    assert await papers(matter, invoice, note) == before
    later = await text_of(matter.world, f"/v1/invoices/{(await billed(matter))['id']}/invoice.pdf")
    assert ("1 Mill Lane" in later, "Elsewhere 9" in later) == (False, True)


async def test_what_is_issued_afterwards_shows_who_they_are_by_then(matter: Matter) -> None:
    await keep_parties(matter)
    invoice = await billed(matter)
    await become_others(matter)
    note = await credited(matter, invoice, {})
    text = await text_of(matter.world, f"/v1/credit-notes/{note['id']}/credit-note.pdf")
    assert ("Southwind AG" in text, "Ada Lovelace, St James’s Square 12" in text, "Rechnungskorrektur" in text) == (True, True, True)
    text = await text_of(matter.world, f"/v1/invoices/{(await billed(matter))['id']}/invoice.pdf")
    assert ("Southwind AG" in text, "Ada Lovelace" in text, "CH93 0076" in text) == (True, True, True)


async def test_the_invoice_itself_says_field_by_field_who_they_were(matter: Matter) -> None:
    await keep_parties(matter)
    invoice = await billed(matter)
    await become_others(matter)
    read = await matter.world.done("GET", f"/v1/invoices/{invoice['id']}")
    assert read["buyer"] == {
        "name": "Ada Owner", "street": "Ringstraße 1", "city": "Wien", "postcode": "1010", "country": "AT", "vat_id": "ATU12345678",
        "buyer_reference": "PO 4711", "electronic_address": "EM:bills@a.example",
    }  # fmt: skip
    assert read["seller"] == {
        "name": "Northwind Doorstep", "address": "", "registration": "Amtsgericht Berlin\nGeschäftsführer: Robin Field", "street": "Werkstraße 7",
        "city": "Berlin", "postcode": "10115", "country": "DE", "vat_id": "DE123456789", "tax_number": "", "legal_id": "HRB 12345",
        "electronic_address": "0204:991-12345-67", "phone": "+49 30 555 0100", "email": "help@northwind.example", "account_holder": "Northwind GmbH",
        "iban": "DE75512108001245126199", "bic": "", "bank_details": "",
    }  # fmt: skip


async def test_the_customers_page_names_the_account_of_the_invoice(matter: Matter) -> None:
    await keep_parties(matter)
    invoice = await billed(matter)
    await become_others(matter)
    path = pay_path(matter.world.database.cursors, organisation_id=matter.world.organisation_id, invoice_id=UUID(invoice["id"]))
    page = (await matter.world.http.get(path)).text
    assert ("DE75 5121 0800 1245 1261 99" in page, "CH93" in page, "Pay by transfer" in page) == (True, False, True)


async def test_no_hand_changes_what_papers_tell_without_another_version(matter: Matter) -> None:
    world, invoice = matter.world, await billed(matter)
    for statement, promise in (
        ("update customers.customer set name = 'Eve'", "customer_is_its_last_step"),
        ("update customers.customer set street = 'Else'", "customer_is_its_last_step"),
        ("update customers.customer set version = 2", "customer_is_its_last_step"),
        ("update customers.site set address = 'Else'", "site_is_its_last_step"),
        ("update identity.organisation set iban = 'CH9300762011623852957', account_holder = 'Eve'", "organisation_is_its_last_step"),
        ("delete from customers.customer_step", "customer_is_its_last_step|invoice_tells_the_customer_as_then"),
    ):
        with pytest.raises(asyncpg.ForeignKeyViolationError, match=promise):
            await world.sql(statement)
    await become_others(matter)
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="invoice_tells_the_customer_as_then"):
        await world.sql("delete from customers.customer_step where version = 1")
    path = f"/v1/invoices/{invoice['id']}/invoice.pdf"
    told = await text_of(world, path)
    assert await world.sql("delete from customers.site_step where version = 1 returning address") == [], "what_an_invoice_tells_stays"
    assert await text_of(world, path) == told
    for table in ("customers.customer_step", "identity.organisation_step", "billing.invoice"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await world.sql(f"update {table} set {'name' if table != 'billing.invoice' else 'customer_version'} = default")
    assert (await world.done("GET", f"/v1/invoices/{invoice['id']}"))["buyer"]["name"] == "Ada Owner"
