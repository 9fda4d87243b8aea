"""Price book items named by what makes them different."""

from typing import Any

from tests.world import World


async def item(world: World, **differences: Any) -> dict[str, Any]:
    """An hour of labour at 89.90, but for the differences."""
    return await world.done("POST", "/v1/catalogue/items", document(world, **differences))


def document(world: World, **differences: Any) -> dict[str, Any]:
    """The item as it is sent."""
    usual = {"code": f"labour-{world.id().hex[-8:]}", "kind": "labour", **terms()}
    return {**usual, **differences}


def terms(**differences: Any) -> dict[str, Any]:
    """Terms as they are sent, but for the differences."""
    usual = {
        "effective_on": "2026-01-01",
        "name": "Technician's hour",
        "unit": "HUR",
        "currency": "EUR",
        "price": "8990",
        "tax_category": "S",
        "tax_rate_bp": 1900,
    }
    return {**usual, **differences}
