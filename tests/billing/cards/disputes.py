"""A card payment of a job's invoice that its customer disputes."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from service.integrations.stripe.evidence import retrieve_dispute
from service.integrations.stripe.records import Dispute
from tests.authorisations.matters import Matter
from tests.billing.cards.shop import Shop, worker_of


@dataclass
class Disputed:
    """A card payment of a job's invoice that its customer disputes."""

    shop: Shop
    matter: Matter
    thing: dict[str, Any]
    dispute_id: str = ""

    async def ask(self, **document: Any) -> Any:
        return await self.shop.world.post(f"/v1/disputes/{self.dispute_id}/evidence", document, role="back_office")

    async def run(self) -> None:
        await worker_of(self.shop, "send_dispute_evidence").drain()

    async def now(self) -> dict[str, Any]:
        return await self.shop.world.done("GET", f"/v1/disputes/{self.dispute_id}/evidence", role="back_office")

    async def at_provider(self) -> Dispute:
        return await retrieve_dispute(self.shop.world.app.state.outside.stripe, dispute_id=self.thing["id"])


async def disputed(shop: Shop, invoice_id: Any, matter: Any) -> Disputed:
    world = shop.world
    attempt = await shop.begin(UUID(str(invoice_id)))
    await shop.standin.pay(intent=attempt["intent_id"])
    await world.done("POST", f"/v1/card-attempts/{attempt['attempt_id']}/refresh")
    provider = world.app.state.outside.stripe.client.v1
    charge = (await provider.payment_intents.retrieve_async(attempt["intent_id"])).latest_charge
    thing = await shop.standin.dispute(charge=charge)
    assert await shop.tell("charge.dispute.created", thing, event_id=f"evt_{thing['id']}") == 200
    (listed,) = [one for one in (await world.done("GET", "/v1/disputes"))["items"] if one["provider_dispute_id"] == thing["id"]]
    return Disputed(shop, matter, thing, listed["id"])
