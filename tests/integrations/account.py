"""An account at the provider, as these tests use it: through the `stripe` package alone."""

from dataclasses import dataclass
from typing import Any

import stripe

from service.integrations.stripe.standin import Standin


@dataclass
class Account:
    client: stripe.StripeClient
    standin: Standin

    @property
    def v1(self) -> Any:
        return self.client.v1

    async def customer(self, **told: Any) -> str:
        return str((await self.v1.customers.create_async({"email": "ada@example.com", **told})).id)

    async def pay(self, card: str = "pm_card_visa", amount: int = 10_000, **told: Any) -> Any:
        """An intent confirmed with this card."""
        form = {"amount": amount, "currency": "eur", "payment_method": card, "confirm": True, **told}
        return await self.v1.payment_intents.create_async(form)

    async def save(self, customer: str, card: str = "pm_card_visa") -> str:
        """A card saved for payments without the customer; asked for them if it must be."""
        setup = await self.v1.setup_intents.create_async({"customer": customer, "usage": "off_session"})
        return str((await self.standin.save(setup=setup.id, payment_method=card))["payment_method"])

    async def account_of(self, iban: str) -> str:
        form = {"type": "sepa_debit", "sepa_debit": {"iban": iban}, "billing_details": {"name": "Ada", "email": "ada@example.com"}}
        return str((await self.v1.payment_methods.create_async(form)).id)

    async def intent(self, intent_id: str, **told: Any) -> Any:
        return await self.v1.payment_intents.retrieve_async(intent_id, told)

    async def charge_of(self, intent: Any) -> Any:
        return await self.v1.charges.retrieve_async(intent.latest_charge)

    async def told(self, *kinds: str) -> list[str]:
        """The kinds of the events so far, oldest first; of these families only, if told."""
        events = await self.v1.events.list_async({"limit": 100})
        found = [event.type async for event in events.auto_paging_iter()]
        return [kind for kind in reversed(found) if not kinds or kind.startswith(kinds)]

    async def net(self) -> int:
        """Everything in the balance, available or pending, in cents."""
        balance = await self.v1.balance.retrieve_async()
        return sum(part.amount for part in (*balance.available, *balance.pending))
