"""A credit note on paper names the invoice that it corrects, what is given back with its tax, and what becomes of the money."""

from typing import Any

from tests.authorisations.matters import Matter
from tests.billing.builders import pay
from tests.documents.papers import pages_of, text_of


async def billed(matter: Matter) -> dict[str, Any]:
    """An invoice of two hours with 19 % tax and a part with 7 %: €200.00 + €50.00, €291.50 in all."""
    items = await matter.done(
        {"quantity": "2", "tax_rate": "19"},
        {"kind": "part", "description": "Drum belt", "unit": "EA", "unit_price": "5000", "tax_rate": "7"},
    )
    return await matter.posted({"item_id": items[0], "quantity": "2"}, {"item_id": items[1], "unit_price": "5000"})


async def credited(matter: Matter, invoice: dict[str, Any], *lines: dict[str, Any]) -> dict[str, Any]:
    document = {"reason": "The second hour was ours.", "lines": [{"line_number": 1, "quantity": "1"} | line for line in lines]}
    note: dict[str, Any] = await matter.world.done(
        "POST", f"/v1/invoices/{invoice['id']}/credit-notes", document, key=str(matter.world.id())
    )
    return note


async def test_a_credit_note_says_which_invoice_it_corrects_why_and_by_how_much(matter: Matter) -> None:
    invoice = await billed(matter)
    note = await credited(matter, invoice, {}, {"line_number": 2, "quantity": "1"})
    text = await text_of(matter.world, f"/v1/credit-notes/{note['id']}/credit-note.pdf")
    for part in (
        "Credit note CN-2026-1",
        "Issued 4 March 2026 Corrects Invoice INV-2026-1, 4 March 2026 Reason The second hour was ours.",
        "Work line 1 of the invoice 1 h €100.00 €100.00",
        "Drum belt line 2 of the invoice 1 × €50.00 €50.00",
        "Sum €150.00 Tax 7 % €3.50 Tax 19 % €19.00 Given back €172.50",
        "# Taken off Amount Then open 1 Invoice INV-2026-1 €172.50 €119.00",
    ):
        assert part in text, (part, text)
    assert "is yours" not in text


async def test_what_no_invoice_takes_is_the_customers_and_the_paper_says_so(matter: Matter) -> None:
    invoice = await billed(matter)
    await pay(matter.world, 22_000, invoice_id=invoice["id"], customer_id=matter.customer_id)
    note = await credited(matter, invoice, {})
    text = await text_of(matter.world, f"/v1/credit-notes/{note['id']}/credit-note.pdf")
    assert "1 Invoice INV-2026-1 €71.50 €0.00" in text
    assert "Your credit €47.50 €47.50 is yours: your next invoice takes it, or ask us to pay it back." in text


async def test_money_alone_is_given_back_without_a_quantity(matter: Matter) -> None:
    note = await credited(matter, await billed(matter), {"quantity": "0", "amount": 1_000})
    text = await text_of(matter.world, f"/v1/credit-notes/{note['id']}/credit-note.pdf")
    assert "line 1 of the invoice · money alone, nothing of the quantity – €100.00 €10.00" in text
    assert "Tax 19 % €1.90 Given back €11.90" in text


async def test_each_of_several_credit_notes_has_the_tax_that_it_gave_back(matter: Matter) -> None:
    [item] = await matter.done({"unit_price": "9001", "tax_rate": "19"})
    invoice = await matter.posted({"item_id": item, "unit_price": "9001"})
    for _ in range(3):
        note = await credited(matter, invoice, {"quantity": "1/3"})
        text = await text_of(matter.world, f"/v1/credit-notes/{note['id']}/credit-note.pdf")
        tax, total = f"€{note['tax_minor'] / 100:.2f}", f"€{note['total_minor'] / 100:.2f}"
        assert f"Tax 19 % {tax} Given back {total}" in text
        assert "1/3 h" in text


async def test_it_speaks_the_customers_language(matter: Matter) -> None:
    invoice = await billed(matter)
    await matter.world.changed(f"/v1/customers/{matter.customer_id}", language="de")
    note = await credited(matter, invoice, {})
    answer = await matter.world.get(f"/v1/credit-notes/{note['id']}/credit-note.pdf")
    assert answer.headers["content-disposition"] == 'inline; filename="credit-note-CN-2026-1_INV-2026-1.pdf"'
    [text] = pages_of(answer.content)
    assert "Rechnungskorrektur CN-2026-1" in text
    assert "Berichtigt Rechnung INV-2026-1, 4. März 2026" in text


async def test_an_invoice_tells_which_credit_notes_correct_it(matter: Matter) -> None:
    invoice = await billed(matter)
    note = await credited(matter, invoice, {})
    shown = await matter.world.done("GET", f"/v1/invoices/{invoice['id']}")
    assert shown["credit_notes"] == [{"id": note["id"], "number": "CN-2026-1", "issued_on": "2026-03-04", "total_minor": 11_900}]
