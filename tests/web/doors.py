"""A technician at somebody's door, as the pages of the day need them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
from playwright.async_api import Page

from tests.billing.builders import Books
from tests.dispatch.builders import HOUR, advance, job
from tests.identity.builders import PASSWORD, joined
from tests.world import World

TODAY = "2026-03-04"


@dataclass(frozen=True)
class Door:
    """A visit whose technician stands at the door, and who lives behind it."""

    world: World
    email: str
    staff_id: str
    visit_id: str
    job_id: str
    scope_id: str
    customer_id: str
    contact_id: str

    @property
    def path(self) -> str:
        """The page of the visit."""
        return f"/app/visits/{self.visit_id}"

    async def agreed(self, *items: dict[str, Any]) -> list[str]:
        """Items offered and said yes to by word of mouth; each is an hour but for the differences. A minute passes."""
        before = await self.world.sql(
            "select revised_total_minor from authorisations.authorisation where organisation_id = $1 order by seq desc limit 1",
            self.world.organisation_id,
        )
        agreed_before = before[0][0] if before else 0
        offer = await self.world.done("POST", f"/v1/jobs/{self.job_id}/offers", {"items": [HOUR | item for item in items or ({},)]})
        act = {
            "offer_hash": offer["offer_hash"], "channel": "oral_in_person", "consented_at": self.world.clock.now.isoformat(),
            "authoriser": {"contact_id": self.contact_id, "name": "Ada Owner"}, "approved": offer["item_ids"], "received_by": "AT", "conditions": "",
            "added_minor": offer["total_minor"], "total_minor": agreed_before + offer["total_minor"],
        }  # fmt: skip
        await self.world.done("POST", f"/v1/offers/{offer['id']}/oral-consents", act)
        self.world.clock.forward(minutes=1)
        item_ids: list[str] = offer["item_ids"]
        return item_ids

    async def started(self, *item_ids: str) -> None:
        """Work begins on these items; ten minutes pass."""
        await self.world.done("POST", f"/v1/visits/{self.visit_id}/start", {"item_ids": list(item_ids)})
        self.world.clock.forward(minutes=10)


async def sent(world: World, *, kind: str = "repair", language: str = "en", to: str = "dispatch") -> Door:
    """A technician with a password, sent this afternoon to a customer who may authorise, by phone or by mail."""
    person = await joined(world, roles=("technician",))
    await world.done("POST", "/v1/technicians", {"staff_id": person["id"], "zone": "Europe/Berlin", "may_take_cash": True})
    hours = {"from_on": TODAY, "until_on": "2026-03-05", "starts": "08:00:00", "ends": "17:00:00"}
    await world.done("POST", f"/v1/technicians/{person['id']}/shifts", hours)
    customer = await world.customer(language=language)
    contacts = {}
    for channel, address in (("phone", "+49 30 555 0199"), ("email", "ada@a.example")):
        told = {"name": "Ada Owner", "channel": channel, "address": address, "may_authorise": True}
        if channel == "phone":
            told["id"] = customer["id"]  # the books of the billing tests consent by it
        contacts[channel] = (await world.done("POST", f"/v1/customers/{customer['id']}/contacts", told))["id"]
    owed = {"collects_invoice_ids": [str(await Books(world).invoice(UUID(customer["id"]), 4990))]} if kind == "collection" else {}
    opened = await job(world, customer_id=customer["id"], kind=kind, symptom="Engine knocks when cold", **owed)
    visit = await world.done("POST", f"/v1/jobs/{opened['id']}/visits", {"technician_id": person["id"], "from": f"{TODAY}T13:00:00Z"})
    await advance(world, visit["id"], to=to)
    return Door(
        world, person["email"], person["id"], visit["id"], opened["id"], opened["scope_id"], customer["id"], contacts["email"]
    )  # fmt: skip


async def at_the_door(world: World, *, kind: str = "repair", language: str = "en") -> Door:
    """A technician who was sent, and has arrived."""
    return await sent(world, kind=kind, language=language, to="arrive")


async def pads_in_the_book(world: World) -> None:
    """Something that can be offered."""
    terms = {
        "effective_on": "2026-01-01",
        "name": "Brake pads, front",
        "unit": "EA",
        "currency": "EUR",
        "price": "4500",
        "tax_category": "S",
    }
    await world.done("POST", "/v1/catalogue/items", {"code": "PADS", "kind": "part", **terms, "tax_rate_bp": 1900})


async def signed_in(browser: httpx.AsyncClient, email: str) -> None:
    """As the form does."""
    await browser.post("/sign-in", data={"email": email, "password": PASSWORD})


async def come_in(phone: Page, served: str, email: str, *, to: str) -> None:
    """That page, signed in; the form itself is filled in where signing in is what is looked at."""
    await phone.request.post(f"{served}/sign-in", form={"email": email, "password": PASSWORD}, max_redirects=0)
    await phone.goto(served + to)
