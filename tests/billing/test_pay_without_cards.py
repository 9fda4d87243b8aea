"""Where no cards are taken, the page of an invoice says how to transfer, and its paper has no link."""

from uuid import UUID

from service.billing.provider.pay_links import pay_path
from tests.billing.builders import Books
from tests.documents.papers import IBAN, keep_account, text_of
from tests.world import World


def page_of(world: World, invoice_id: UUID) -> str:
    return pay_path(world.database.cursors, organisation_id=world.organisation_id, invoice_id=invoice_id)


async def test_the_page_says_how_to_transfer_and_the_paper_has_no_link(world: World, books: Books) -> None:
    await keep_account(world, account_holder="Northwind GmbH", iban=IBAN)
    invoice_id = await books.invoice(customer_id := await books.customer(), 4_990)
    path = page_of(world, invoice_id)
    page = (await world.http.get(path)).text
    assert ("Pay by card" in page, "DE75 5121 0800 1245 1261 99" in page, "<svg" in page) == (False, True, True)
    assert (await world.http.post(path)).status_code == 409
    assert "To pay by card" not in await text_of(world, f"/v1/invoices/{invoice_id}/invoice.pdf")
    await world.changed(f"/v1/customers/{customer_id}", language="de")
    assert "Per Überweisung zahlen" in (await world.http.get(page_of(world, await books.invoice(customer_id, 4_990)))).text
