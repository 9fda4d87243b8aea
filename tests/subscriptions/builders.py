"""Subscriptions named by what makes them different, authorised and renewed as people do it."""

import json
from typing import Any

import httpx

from tests.catalogue.builders import item
from tests.customers.builders import site
from tests.world import World


async def plan(world: World, **differences: Any) -> dict[str, Any]:
    """Internet at 29.90 a month without tax, but for the differences."""
    usual = {"kind": "plan", "name": "Internet 100", "unit": "MON", "price": "2990", "tax_category": "Z", "tax_rate_bp": 0}
    return await item(world, **{**usual, **differences})


async def opened(world: World, **differences: Any) -> dict[str, Any]:
    """A subscription that begins today in Berlin and isn't authorised yet: its receipt with the ids of what it stands on."""
    customer_id = differences.pop("customer_id", None) or (await world.customer())["id"]
    site_id = differences.pop("site_id", None) or (await site(world, customer_id, zone=differences.pop("zone", "Europe/Berlin")))["id"]
    plan_id = differences.pop("plan_item_id", None) or (await plan(world))["id"]
    usual = {"customer_id": customer_id, "site_id": site_id, "plan_item_id": plan_id, "begins_on": "2026-03-04", "grace_days": 0}
    sent = {**usual, **differences}
    return {**sent, **await world.done("POST", "/v1/subscriptions", sent, role="back_office")}


async def authorise(world: World, subscription: dict[str, Any]) -> None:
    """The customer says yes to the plan, in person."""
    offer = await world.done("GET", f"/v1/offers/{subscription['offer_id']}")
    total = json.loads(offer["text"])["total_minor"]
    person = {"name": "Ada Owner", "channel": "email", "address": "ada@a.example", "may_authorise": True}
    contact = await world.done("POST", f"/v1/customers/{subscription['customer_id']}/contacts", person)
    consent = {
        "offer_hash": offer["offer_hash"],
        "channel": "oral_in_person",
        "consented_at": world.clock.now.isoformat(),
        "authoriser": {"contact_id": contact["id"]},
        "approved": [one["item_id"] for one in offer["items"]],
        "received_by": "RF",
        "conditions": "none",
        "added_minor": total,
        "total_minor": total,
    }
    receipt = await world.done("POST", f"/v1/offers/{subscription['offer_id']}/oral-consents", consent, role="back_office")
    assert receipt["active"], receipt


async def subscribed(world: World, **differences: Any) -> dict[str, Any]:
    """A subscription whose plan the customer authorised."""
    subscription = await opened(world, **differences)
    await authorise(world, subscription)
    return subscription


async def renew(world: World, subscription: dict[str, Any]) -> dict[str, Any]:
    """The next period billed: the invoice's receipt."""
    return await world.done("POST", f"/v1/subscriptions/{subscription['id']}/renew", role="back_office", key=str(world.id()))


async def supply(world: World, subscription: dict[str, Any], *periods: tuple[str, str], unit_price: str = "2990") -> httpx.Response:
    """An invoice, past the renewal, that claims to have supplied the plan in those periods."""
    item_id = (await world.done("GET", f"/v1/offers/{subscription['offer_id']}"))["items"][0]["item_id"]
    lines = [
        {"item_id": item_id, "quantity": "1", "unit_price": unit_price, "supply": {"period_from": begins, "period_until": ends}}
        for begins, ends in periods
    ]
    document = {"customer_id": subscription["customer_id"], "currency": "EUR", "lines": lines}
    return await world.post("/v1/invoices", document, key=str(world.id()))


async def pay(world: World, invoice: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An agent takes the invoice's amount in cash at the door."""
    money = {"amount": invoice["total_minor"], "currency": invoice["currency"]}
    return await world.done(
        "POST", "/v1/payments/cash", {"amount": money, "invoice_id": invoice["id"], **more}, role="agent", key=str(world.id())
    )


async def standing(world: World, subscription: dict[str, Any]) -> tuple[str, list[str], str]:
    """State, reasons and the last day paid for."""
    found = await world.done("GET", f"/v1/subscriptions/{subscription['id']}")
    return found["state"], found["reasons"], found["paid_through_on"]
