"""Contacts, sites and assets named by what makes them different."""

from typing import Any

from tests.world import World


async def contact(world: World, customer_id: str, **differences: Any) -> dict[str, Any]:
    """Ada's e-mail, but for the differences."""
    usual = {"name": "Ada Owner", "channel": "email", "address": "ada@home.example", "may_authorise": True}
    return await world.done("POST", f"/v1/customers/{customer_id}/contacts", {**usual, **differences})


async def site(world: World, customer_id: str, **differences: Any) -> dict[str, Any]:
    """A flat in Berlin, but for the differences."""
    usual = {"address": "Lindenallee 7, 12043 Berlin", "zone": "Europe/Berlin", "latitude_e7": 524_700_000, "longitude_e7": 134_300_000}
    return await world.done("POST", f"/v1/customers/{customer_id}/sites", {**usual, **differences})


async def asset(world: World, customer_id: str, **differences: Any) -> dict[str, Any]:
    """A router, but for the differences."""
    usual = {"kind": "router", "name": "Hall router", "serial": "RT-2291"}
    return await world.done("POST", f"/v1/customers/{customer_id}/assets", {**usual, **differences})
