"""A customer's device at the counter, and the people through whose hands it goes."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.authorisations.photographs import photograph
from tests.dispatch.builders import agreed, job, offered
from tests.world import World

SIGNATURE = [[[100 + 40 * at, 200 + 10 * (at % 3)] for at in range(12)]]


@dataclass(frozen=True)
class Hand:
    """A member of staff who holds devices."""

    world: World
    id: str
    session_id: UUID
    role: Any

    async def ask(self, method: str, path: str, json: Any = None) -> Any:
        """A request as them, at whatever time it is."""
        token = self.world._signed(UUID(self.id), self.session_id, (self.role,))
        return await self.world.http.request(method, path, json=json, headers={"Authorization": f"Bearer {token}"})

    async def done(self, path: str, json: Any = None) -> dict[str, Any]:
        """A POST that must succeed."""
        answer = await self.ask("POST", path, json or {})
        assert answer.is_success, (answer.status_code, answer.text)
        document: dict[str, Any] = answer.json()
        return document

    async def code(self, path: str, json: Any = None) -> tuple[int, str]:
        """How a POST is refused."""
        answer = await self.ask("POST", path, json or {})
        return answer.status_code, answer.json().get("code", "")


async def hand(world: World, role: Any = "technician") -> Hand:
    """Somebody who works here."""
    staff = await world.staff(role)
    return Hand(world, str(staff["id"]), staff["session_id"], role)


async def device(world: World, customer_id: str, **differences: Any) -> str:
    """A router of the customer's."""
    asset = {"kind": "router", "name": "Hall router", "serial": "FB-7590-1", **differences}
    return str((await world.done("POST", f"/v1/customers/{customer_id}/assets", asset))["id"])


async def repair(world: World, **differences: Any) -> dict[str, Any]:
    """A job to repair a customer's router, with the device."""
    opened = await job(world, kind="repair", **differences)
    found = await world.done("GET", f"/v1/jobs/{opened['id']}")
    return {**opened, "scope_id": found["scope_id"], "asset_id": await device(world, opened["customer_id"])}


async def photo(world: World, scope_id: str, colour: str = "red", **about: Any) -> str:
    """A photo of the device, kept."""
    headers = {"Authorization": f"Bearer {await world.token('technician')}", "Content-Type": "image/jpeg"}
    answer = await world.http.post(
        f"/v1/scopes/{scope_id}/photos", content=photograph(colour), params={"shows": "custody", **about}, headers=headers
    )
    assert answer.is_success, answer.text
    return str(answer.json()["id"])


async def intake(world: World, of: dict[str, Any], **differences: Any) -> dict[str, Any]:
    """What is sent when a device is taken in."""
    return {
        "asset_id": of["asset_id"],
        "condition": "Scratch on the lid; no lamp is on.",
        "accessories": ["Power supply", "Box"],
        "photo_ids": [await photo(world, of["scope_id"])],
        "signature": SIGNATURE,
        "signed_by": "Ada Owner",
        "hear_within_minutes": 7 * 1440,
        **differences,
    }


async def taken(by: Hand, of: dict[str, Any], **differences: Any) -> dict[str, Any]:
    """A device taken in by somebody."""
    return await by.done(f"/v1/jobs/{of['id']}/custodies", await intake(by.world, of, **differences))


async def place(world: World, name: str = "Shelf 3") -> str:
    """Somewhere for devices."""
    return str((await world.done("POST", "/v1/bench-places", {"name": name}))["id"])


async def now(world: World, custody_id: str) -> dict[str, Any]:
    """The device as it stands."""
    return await world.done("GET", f"/v1/custodies/{custody_id}")


async def hand_overs(world: World, custody_id: str) -> list[dict[str, Any]]:
    """From hand to hand."""
    items: list[dict[str, Any]] = (await world.done("GET", f"/v1/custodies/{custody_id}/hand-overs"))["items"]
    return items


async def loaner(world: World, name: str = "Loan router 3") -> str:
    """A device of the company's own."""
    return str((await world.done("POST", "/v1/loaners", {"kind": "router", "name": name, "serial": "L-3"}))["id"])


async def lent(by: Hand, loaner_id: str, custody_id: str, **differences: Any) -> dict[str, Any]:
    """It goes out to whoever's device is here."""
    signed = {"signature": SIGNATURE, "signed_by": "Ada Owner", "accessories": ["Power supply"], "back_within_minutes": 14 * 1440}
    return await by.done(f"/v1/loaners/{loaner_id}/lend", {"custody_id": custody_id, **signed, **differences})


async def left(world: World, by: Hand) -> None:
    """Somebody is made inactive."""
    version = (await world.done("GET", f"/v1/staff/{by.id}"))["version"]
    await world.done("PATCH", f"/v1/staff/{by.id}", {"active": False}, headers={"If-Match": f'"{version}"'})


async def agreed_disposal(world: World, by: Hand, of: dict[str, Any], path: str, **differences: Any) -> None:
    """Its customer authorised that it is disposed of, and the bench says so."""
    item = {"kind": "disposal", "description": "Dispose of Hall router (FB-7590-1), data erased", "unit_price": "0", **differences}
    offer = await offered(world, of, item)
    await by.done(f"{path}/steps", {"to": "waiting_approval", "offer_id": offer["id"]})
    _, [item_id] = await agreed(world, of, offer)
    await by.done(f"{path}/steps", {"to": "approved", "item_id": item_id})
