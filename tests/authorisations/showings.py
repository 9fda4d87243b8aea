"""Offers as a customer holds them: shown, and answered by their link."""

from typing import Any

import httpx

from service.authorisations.records import OfferReceipt
from tests.authorisations.matters import Matter


class Showing:
    """An offer shown to the customer, and the link in their hand."""

    def __init__(self, matter: Matter, offer: OfferReceipt, given: dict[str, Any]) -> None:
        self.matter, self.offer, self.given = matter, offer, given
        self.items = [str(item) for item in offer.item_ids]

    async def answer(self, *approved: str, **differences: Any) -> httpx.Response:
        """An answer by the link."""
        document = {"offer_hash": self.given["offer_hash"], "approved": list(approved)} | differences
        return await self.matter.world.http.post(
            f"/v1/presentations/{self.given['presentation_id']}/answer",
            json=document,
            headers={"Authorization": f"Bearer {self.given['token']}"},
        )

    async def look(self) -> httpx.Response:
        """The link opened."""
        return await self.matter.world.http.get(
            f"/v1/presentations/{self.given['presentation_id']}", headers={"Authorization": f"Bearer {self.given['token']}"}
        )

    async def acts(self) -> list[str]:
        """The kinds of facts about answers in this organisation."""
        rows = await self.matter.world.sql(
            "select kind from kit.fact where kind = 'offer_answered' and organisation_id = $1", self.matter.world.organisation_id
        )
        return [row[0] for row in rows]


async def shown(matter: Matter, *items: dict[str, Any], presentation: dict[str, Any] | None = None, **wording: Any) -> Showing:
    """An offer presented to the matter's contact."""
    offer = await matter.offer(*items, **wording)
    return Showing(matter, offer, await matter.present(offer, **(presentation or {})))
