"""An offer is shown in the customer's own language where nobody says another."""

from typing import Any

import pytest

from tests.authorisations.matters import Matter
from tests.world import World


async def shown_in(world: World, **presentation: Any) -> str:
    """The language of a showing to somebody who speaks German."""
    matter = await Matter(world).begin()
    await world.changed(f"/v1/customers/{matter.customer_id}", language="de")
    given = await matter.present(await matter.offer(), **presentation)
    answer = await world.http.get(f"/v1/presentations/{given['presentation_id']}", headers={"Authorization": f"Bearer {given['token']}"})
    language: str = answer.json()["language"]
    return language


@pytest.mark.parametrize("channel", ["link", "on_device"])
async def test_the_customers_language_is_the_default(world: World, channel: str) -> None:
    assert await shown_in(world, channel=channel) == "de"


async def test_another_language_is_used_where_it_is_asked_for(world: World) -> None:
    assert await shown_in(world, language="en") == "en"
