"""A credit note reaches its customer by mail, with itself as a file, and says what becomes of the money."""

from collections.abc import Awaitable, Callable

from tests.authorisations.matters import Matter
from tests.billing.builders import pay
from tests.documents.test_print_credit_note import billed, credited
from tests.notices.conftest import Mailbox, told
from tests.notices.test_mail_invoice import mail_to, words_of

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
