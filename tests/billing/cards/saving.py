"""Customers who save a card by their own link, and the minutes in which they are charged."""

import html
import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx

from service.identity.links import link_token
from service.kit.tasks.runner import Runner
from service.worker.rooms import kinds as kinds_of_worker
from tests.billing.cards.shop import Shop
from tests.files import leaves_whole

CHARGING = ("plan_charges", "charge_saved_method", "sweep_charges", "cancel_attempt", "detach_method", "dun_customers")
CARD = "pm_card_visa"
DECLINES_LATER = "pm_card_chargeCustomerFail"
ASKS = "pm_card_authenticationRequired"
ACCOUNT = "DE89370400440532013000"
ACCOUNT_THAT_FAILS = "DE62370400440532013001"


@dataclass
class Saver:
    """A customer at their own page."""

    shop: Shop
    customer_id: UUID
    page: str

    async def get(self, path: str = "") -> httpx.Response:
        return await self.shop.world.http.get(self.page + path)

    async def send(self, **form: str) -> httpx.Response:
        return await self.shop.world.http.post(self.page, data=form)

    async def agree(self) -> str:
        """Agrees to the words on the page: the provider's session that they are sent to."""
        words = re.search(r'name="words" value="([^"]*)"', (await self.get()).text)
        assert words
        shown = await self.send(do="agree", words=html.unescape(words[1]))
        assert shown.status_code == 200, shown.text
        (row,) = await self.shop.world.sql(
            "select provider_session_id from billing.saving_page where customer_id = $1 order by opened_at desc limit 1", self.customer_id
        )
        return str(row["provider_session_id"])

    async def save(self, card: str = "pm_card_visa") -> dict[str, Any]:
        """Agrees, gives the provider a card and comes back: the saved method."""
        await self.shop.standin.submit(session=await self.agree(), payment_method=card)
        assert (await self.get("/back")).status_code == 303
        return (await self.methods())[-1]

    async def methods(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.shop.world.done("GET", f"/v1/saved-methods?customer_id={self.customer_id}"))["items"]
        return found

    async def charges(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.shop.world.done("GET", f"/v1/charges?customer_id={self.customer_id}"))["items"]
        return found

    async def planned(self) -> list[dict[str, Any]]:
        return await leaves_whole(self.shop.world, f"/v1/customers/{self.customer_id}/planned-charges")

    async def account(self) -> dict[str, int]:
        balances = (await self.shop.world.done("GET", f"/v1/customers/{self.customer_id}/account"))["balances"]
        return {"owed": sum(one["owed_minor"] for one in balances), "credit": sum(one["credit_minor"] for one in balances)}

    async def provider_method(self) -> str:
        (row,) = await self.shop.world.sql(
            "select provider_method_id from billing.saved_method where customer_id = $1 order by saved_at desc, method_id desc limit 1",
            self.customer_id,
        )
        return str(row["provider_method_id"])

    async def mails(self) -> list[str]:
        rows = await self.shop.world.sql(
            "select body ->> 'notice' as notice from kit.task where kind = 'send_notice' and body ->> 'customer_id' = $1 order by created_at, task_id",
            str(self.customer_id),
        )
        return [row["notice"] for row in rows if row["notice"] not in ("invoice", "receipt")]


async def saver(shop: Shop, customer_id: UUID | str) -> Saver:
    """The customer with the link that the office sent them."""
    sent = await shop.world.done("POST", f"/v1/customers/{customer_id}/saving-links", role="back_office")
    return Saver(shop, UUID(str(customer_id)), f"/l/{link_token(shop.world.database.cursors, UUID(sent['link_id']))}/card")


async def minute(shop: Shop, *, days: int = 0, kinds: tuple[str, ...] = CHARGING) -> None:
    """Days go by, then a minute in which what is due is done."""
    shop.world.clock.forward(days=days, minutes=1)
    worker = worker_for(shop, kinds)
    await worker.drain()


def worker_for(shop: Shop, kinds: tuple[str, ...] = CHARGING) -> Runner:
    worker = Runner(
        shop.world.database,
        kinds={kind: kinds_of_worker()[kind] for kind in kinds},
        outside=shop.world.app.state.outside,
        clock=shop.world.clock,
        jitter=lambda: 0.0,
    )
    worker._committed(shop.world.organisation_id)
    return worker


async def always_awake(shop: Shop) -> None:
    """A policy that charges at any hour, so that tests don't depend on the day they run."""
    await shop.world.done("POST", "/v1/charge-policies", {"keeps_quiet_hours": False}, role="manager")


def today(shop: Shop) -> date:
    """The day that its customers have."""
    return shop.world.clock.now.astimezone(ZoneInfo("Europe/Berlin")).date()


def days_until(shop: Shop, told: str) -> int:
    return (date.fromisoformat(told) - today(shop)).days


async def saved_by(shop: Shop, card: str) -> str:
    """What a card or account is called at the provider's page."""
    if card not in (ACCOUNT, ACCOUNT_THAT_FAILS):
        return card
    iban: Any = {"type": "sepa_debit", "sepa_debit": {"iban": card}, "billing_details": {"name": "Ada", "email": "ada@a.example"}}
    return str((await shop.world.app.state.outside.stripe.client.v1.payment_methods.create_async(iban)).id)
