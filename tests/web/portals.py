"""A customer with something of everything, and the link of one of their people."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from service.identity.links import link_token
from tests.billing.builders import Books
from tests.care.builders import did, raised
from tests.dispatch.builders import job, offered, technician, visit
from tests.notices.test_tell_incident import declared
from tests.promises.builders import promised
from tests.subscriptions.builders import opened
from tests.world import World

ADA = {"name": "Ada Owner", "channel": "email", "address": "ada@a.example", "may_authorise": True}


@dataclass(frozen=True)
class Everything:
    """Who they are, and what there is of theirs."""

    world: World
    customer_id: str
    contact_id: str
    job: dict[str, Any]
    offer_id: str
    books: Books
    invoice_id: UUID
    case: dict[str, Any]
    service: dict[str, Any]

    async def link(self, contact_id: str | None = None) -> str:
        """The path of the page of one of their people."""
        return await link(self.world, self.customer_id, contact_id)


async def link(world: World, customer_id: str, contact_id: str | None = None) -> str:
    """Sent by the office; the path of its page."""
    made = await world.done(
        "POST",
        f"/v1/customers/{customer_id}/portal-links",
        {"contact_id": contact_id} if contact_id else {},
        role="back_office",
        key=str(world.id()),
    )
    return f"/l/{link_token(world.database.cursors, UUID(made['id']))}"


async def everything(world: World, *, words: str = "", **customer: Any) -> Everything:
    """A visit tomorrow, an offer, an invoice, a suspended service under an incident, a promise, and a case that was answered; `words` stand wherever anybody writes."""
    customer_id = (await world.customer(**({"name": f"Ada Owner{words}"} | customer)))["id"]
    contact = await world.done("POST", f"/v1/customers/{customer_id}/contacts", {**ADA, "id": customer_id, "name": f"Ada{words}"})
    of = await job(world, customer_id=customer_id, kind="repair", symptom=f"Engine knocks{words}")
    await visit(world, by=await technician(world), of=of)
    offer = await offered(world, of, {"description": f"Brake pads, front{words}"})
    await world.done("POST", f"/v1/offers/{offer['id']}/present", {"contact_id": contact["id"]}, key=str(world.id()))
    books = Books(world)
    invoice_id = await books.invoice(UUID(customer_id), 4990)
    service = await opened(world, customer_id=customer_id)
    await world.done("POST", f"/v1/subscriptions/{service['id']}/suspend", {"reason": "equipment"}, role="back_office", key=str(world.id()))
    await declared(world, service, what=f"No light in the street{words}")
    await promised(world, customer_id, kind="update", words=f"The router is being looked at{words}")
    case = await raised(world, customer_id, words=f"The router is dead{words}")
    world.clock.forward(minutes=1)
    await did(world, case["id"], "notes", words=f"Only for colleagues{words}")
    await did(world, case["id"], "answers", channel="phone", words=f"We bring you another one{words}")
    of |= {"reference": (await world.done("GET", f"/v1/jobs/{of['id']}"))["reference"]}
    return Everything(world, customer_id, contact["id"], of, offer["id"], books, invoice_id, case, service)
