"""Companies, customers and invoices that make e-invoices."""

from typing import Any

from tests.authorisations.matters import Matter
from tests.documents.papers import IBAN, keep_account
from tests.world import World

SELLER = {
    "street": "Werkstraße 7", "city": "Berlin", "postcode": "10115", "country": "DE", "vat_id": "DE123456789", "legal_id": "HRB 12345",
    "registration": "Amtsgericht Berlin\nGeschäftsführer: Robin Field", "electronic_address": "0204:991-12345-67",
}  # fmt: skip
BUYER = {
    "street": "Ringstraße 1", "city": "Wien", "postcode": "1010", "country": "AT", "vat_id": "ATU12345678", "electronic_address": "EM:bills@a.example",
    "buyer_reference": "PO 4711",
}  # fmt: skip


async def keep_parties(matter: Matter, *, buyer: dict[str, Any] = BUYER, **seller: str) -> None:
    """The company and the matter's customer say who they are."""
    await keep_account(matter.world, account_holder="Northwind GmbH", iban=IBAN, **(SELLER | seller))
    await keep_buyer(matter.world, matter.customer_id, **buyer)


async def keep_buyer(world: World, customer_id: str, **change: Any) -> None:
    await world.changed(f"/v1/customers/{customer_id}", **change)
