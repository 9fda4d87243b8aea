from uuid import UUID

from tests.billing.builders import Books, pay
from tests.documents.papers import text_of
from tests.world import World


async def test_the_receipt_on_paper_says_what_was_received_and_whom_to_ask(world: World, books: Books) -> None:
    invoice_id = await books.invoice(await books.customer(), 4_990)
    paid = await pay(world, 5_000, invoice_id=invoice_id)
    text = await text_of(world, f"/v1/payments/{paid['payment_id']}/receipt.pdf")
    for part in (
        paid["receipt_number"],
        "€50.00 (cash)",
        "€49.90",
        "€0.10",
        "4 March 2026 13:00",
        "Ada Owner",
        "Robin Field",
        "+49 30 555 0100",
        "help@northwind.example",
    ):
        assert part in text, (part, text)


async def test_the_receipt_speaks_the_customers_language(world: World, books: Books) -> None:
    customer = await world.customer(language="de", name="Jörg #strong[Äpfel]")
    paid = await pay(world, 1_234_56, customer_id=UUID(customer["id"]))
    text = await text_of(world, f"/v1/payments/{paid['payment_id']}/receipt.pdf")
    for part in ("Quittung", "1.234,56 € (bar)", "Jörg #strong[Äpfel]", "4. März 2026 13:00"):
        assert part in text, (part, text)


async def test_a_payment_taken_back_says_so_on_its_receipt(world: World, books: Books) -> None:
    paid = await pay(world, 1_000, customer_id=await books.customer())
    await world.done("POST", f"/v1/payments/{paid['payment_id']}/reverse", {"reason": "False note"}, key=str(world.id()))
    assert "VOID" in await text_of(world, f"/v1/payments/{paid['payment_id']}/receipt.pdf")
