"""Promises as the office makes them."""

from datetime import UTC, datetime
from typing import Any

from tests.world import World

WEEK = [{"weekday": day, "opens": "09:00:00", "closes": "17:00:00"} for day in (1, 2, 3, 4, 5)]
FRIDAY = datetime(2026, 4, 3, 6, 0, tzinfo=UTC)
"""Good Friday, 08:00 in Berlin."""


async def hours(world: World, **differences: Any) -> None:
    """Nine to five on weekdays, with the holidays of Berlin."""
    await world.done("POST", "/v1/promise-policies", {"hours": WEEK, "place": "DE-BE", **differences}, key=str(world.id()))


async def promised(world: World, customer_id: str, **differences: Any) -> dict[str, Any]:
    """A call back within an hour, but for the differences."""
    promise = {"kind": "call_back", "words": "About the router", "within_minutes": 60, **differences}
    if "due_at" in differences:
        promise.pop("within_minutes")
    return await world.done("POST", f"/v1/customers/{customer_id}/promises", promise, key=str(world.id()))


async def said(world: World, customer_id: str, **differences: Any) -> dict[str, Any]:
    """A call that reached them, but for the differences."""
    message = {"direction": "out", "channel": "phone", "words": "Told them", **differences}
    return await world.done("POST", f"/v1/customers/{customer_id}/messages", message, key=str(world.id()))


async def state_of(world: World, promise_id: str) -> str:
    """How it stands."""
    return str((await world.done("GET", f"/v1/promises/{promise_id}"))["state"])
