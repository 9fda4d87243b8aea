"""A shop that takes cards."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import stripe

from service.integrations.stripe.client import Stripe
from service.integrations.stripe.standin import Standin
from service.kit.tasks.runner import Runner
from service.worker.rooms import kinds
from tests.world import World

SECRET = "whsec_only_for_tests"


@dataclass(frozen=True)
class Outside:
    """What the service reaches the provider with."""

    stripe: Stripe


class Shop:
    """A world that takes cards, at a stand-in whose webhooks reach it over a real socket."""

    def __init__(self, world: World, standin: Standin) -> None:
        self.world, self.standin = world, standin
        self.webhooks = f"/v1/organisations/{world.organisation_id}/stripe-events"

    async def begin(self, invoice_id: UUID, **options: Any) -> dict[str, Any]:
        return await self.world.done(
            "POST", f"/v1/invoices/{invoice_id}/card-attempts", {}, key=options.pop("key", str(self.world.id())), **options
        )

    async def tell(self, kind: str, intent: dict[str, Any], *, event_id: str, secret: str = SECRET) -> int:
        """A webhook of ours, signed: the answer's status."""
        body = json.dumps(
            {
                "id": event_id,
                "object": "event",
                "type": kind,
                "created": int(self.world.clock.now.timestamp()),
                "livemode": intent["livemode"],
                "data": {"object": intent},
            }
        )
        moment = int(self.world.clock.now.timestamp())
        signature = stripe.WebhookSignature._compute_signature(f"{moment}.{body}", secret)
        answer = await self.world.http.post(self.webhooks, content=body, headers={"stripe-signature": f"t={moment},v1={signature}"})
        return answer.status_code

    def intent(self, attempt: dict[str, Any], **differences: Any) -> dict[str, Any]:
        """The intent of an attempt as the provider would tell it, but for the differences."""
        return {
            "object": "payment_intent", "id": attempt["intent_id"], "amount": attempt["amount"]["amount"], "amount_received": attempt["amount"]["amount"],
            "currency": attempt["amount"]["currency"].lower(), "status": "succeeded", "livemode": False, "created": int(self.world.clock.now.timestamp()),
            "metadata": {
                "organisation_id": str(self.world.organisation_id), "invoice_id": attempt["invoice_id"], "attempt_id": attempt["attempt_id"],
            },
        } | differences  # fmt: skip

    async def kinds(self, customer_id: UUID) -> list[str]:
        rows = await self.world.sql(
            "select kind from kit.fact where customer_id = $1 order by epoch, transaction_id, sequence", customer_id
        )
        return [row["kind"] for row in rows]


def worker_of(shop: Shop, kind: str) -> Runner:
    """A worker for one kind, which has seen this organisation do something."""
    outside = shop.world.app.state.outside
    worker = Runner(shop.world.database, kinds={kind: kinds()[kind]}, outside=outside, clock=shop.world.clock, jitter=lambda: 0.0)
    worker._committed(shop.world.organisation_id)
    return worker
