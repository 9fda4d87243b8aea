"""A credit note reaches its customer by mail, with itself as a file, and says what becomes of the money."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from tests.authorisations.matters import Matter
from tests.billing.builders import pay
from tests.billing.test_credit_outages import HOURS, paid, ruled, span
from tests.billing.test_credit_outages import told as credited_for
from tests.documents.papers import pages_of
from tests.documents.test_print_credit_note import billed, credited
from tests.notices.conftest import Mailbox, told
from tests.notices.test_mail_invoice import mail_to, words_of
from tests.world import World

Work = Callable[[], Awaitable[int]]


async def test_a_credit_note_is_mailed_with_its_paper_and_says_what_becomes_of_the_money(
    matter: Matter, mailbox: Mailbox, work: Work
) -> None:
    invoice = await billed(matter)
    await pay(matter.world, 22_000, invoice_id=invoice["id"], customer_id=matter.customer_id)
    note = await credited(matter, invoice, {})
    await work()
    await work()
    mail = mail_to(matter, mailbox, "Your credit note CN-2026-1")
    text = words_of(mail)
    assert "our credit note CN-2026-1: it corrects invoice INV-2026-1 of March 4, 2026 by €119.00.\n" in text
    assert "\n€71.50 of it is taken off invoice INV-2026-1, of which nothing was then open.\n" in text
    assert "\n€47.50 is yours: your next invoice takes it" in text
    [paper] = mail.iter_attachments()
    assert (paper.get_filename(), paper.get_content_type()) == ("Credit note CN-2026-1.pdf", "application/pdf")
    assert paper.get_content() == (await matter.world.get(f"/v1/credit-notes/{note['id']}/credit-note.pdf")).content
    assert [one for one in await told(matter) if one[0] == "credit_note"] == [("credit_note", "handed_over", None)]


async def test_it_is_written_in_the_customers_language(matter: Matter, mailbox: Mailbox, work: Work) -> None:
    await matter.world.changed(f"/v1/customers/{matter.customer_id}", language="de")
    await credited(matter, await billed(matter), {})
    await work()
    text = words_of(mail_to(matter, mailbox, "Ihre Rechnungskorrektur CN-2026-1"))
    assert "berichtigt die Rechnung INV-2026-1 vom 4. März 2026 um 119,00 €." in text
    assert "119,00 € davon sind auf die Rechnung INV-2026-1 angerechnet, von der danach 172,50 € offen war." in text
    assert "stehen Ihnen zu" not in text


async def test_a_credit_for_time_without_service_says_which_and_how_it_is_computed(world: World, mailbox: Mailbox, work: Work) -> None:
    await ruled(world, **HOURS)
    subscription = await paid(world, reference="line-7")
    customer_id, address = subscription["customer_id"], f"{subscription['id']}@a.example"
    await world.sql("update customers.contact set address = $2 where customer_id = $1", UUID(customer_id), address)
    receipt = await credited_for(world, subscription, span(3, 28.5))
    await work()
    await work()
    [mail] = [one for one in mailbox.to(address) if one["Subject"].startswith("Your credit note")]
    text = words_of(mail)
    assert "\nIt is for the time in which your service didn't work:\n" in text
    assert ", of which 28 whole hours count.\n" in text
    [note_id] = receipt["credit_note_ids"]
    paper = " ".join(pages_of((await world.get(f"/v1/credit-notes/{note_id}/credit-note.pdf")).content))
    assert "line-7: 2026-03-08 00:00 – 2026-03-09 04:30; 28 h × 1/743 × 29.90 EUR" in " ".join(paper.split())
