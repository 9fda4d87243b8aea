"""A matter of one customer, from its scope to its bills, through the public API wherever there is a route."""

from typing import Any
from uuid import UUID, uuid4

import httpx

from service.authorisations.offers import create_offer
from service.authorisations.records import NewItem, NewOffer, OfferReceipt
from service.identity.links import link_token
from tests.authorisations.ledger import NO_LAW
from tests.dispatch.builders import job
from tests.world import World

LABOUR: dict[str, Any] = {
    "quantity": "1", "kind": "labour", "description": "Work", "unit": "HUR", "unit_price": "10000", "tax_category": "S", "tax_rate": "0",
}  # fmt: skip
NO_TOLERANCE: dict[str, Any] = {
    "combine": "none", "pct_numerator": 0, "pct_denominator": 1, "abs_minor": 0, "hard_cap_minor": 9_000_000_000_000_000,
    "at_limit_refuses": False, "consent_deadline": "before_work", "record_lag_seconds": 0, "requires_written_offer": False,
}  # fmt: skip


async def mailed_token(world: World, presentation_id: str) -> str:
    """The token of a presentation's link, as its mail has it."""
    [row] = await world.sql("select link_id from identity.link where subject_id = $1", UUID(presentation_id))
    return link_token(world.database.cursors, row["link_id"])


class Matter:
    """One scope with its customer, a contact who may authorise, and whoever works on it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.scope_id = world.id()
        self.customer_id = self.contact_id = self.staff_id = self.job_id = self.site_id = ""

    async def begin(self, *, currency: str = "EUR", may_authorise: bool = True, of: str = "job", **policy: Any) -> "Matter":
        """The customer, and the scope as a job would open it."""
        self.customer_id = (await self.world.customer())["id"]
        self.contact_id = str(await self.contact(may_authorise=may_authorise))
        self.staff_id = str((await self.world.staff("technician"))["id"])
        figures = NO_TOLERANCE | policy
        published = NO_LAW | figures
        place = ", ".join(f"${number}" for number in range(5, 5 + len(published)))
        await self.world.sql(
            f"insert into authorisations.policy (organisation_id, policy_name, policy_version, citation, {', '.join(published)}) values ($1, $2, $3, $4, {place})",
            self.world.organisation_id, str(self.scope_id), 1, "a test", *published.values(),
        )  # fmt: skip
        place = ", ".join(f"${number}" for number in range(9, 9 + len(figures)))
        await self.world.sql(
            "insert into authorisations.scope (organisation_id, scope_id, customer_id, subject_kind, subject_id, currency, policy_name, policy_version,"
            f" site_jurisdiction, site_zone, price_forms, {', '.join(figures)}) values ($1, $2, $3, $8, $4, $5, $6, $7, 'ZZ', 'Europe/Berlin', '{{itemised,limit,time_and_materials}}', {place})",
            self.world.organisation_id, self.scope_id, UUID(self.customer_id), uuid4(), currency, str(self.scope_id), 1, of, *figures.values(),
        )  # fmt: skip
        return self

    async def of_job(self, **differences: Any) -> "Matter":
        """The customer, and the scope of a real job of theirs."""
        opened = await job(self.world, kind="repair", **differences)
        self.job_id, self.customer_id, self.scope_id = opened["id"], opened["customer_id"], UUID(opened["scope_id"])
        self.contact_id = str(await self.contact(may_authorise=True))
        self.staff_id = str((await self.world.staff("technician"))["id"])
        return self

    async def in_germany(self) -> "Matter":
        """The matter of a job in Germany, whose law gives fourteen days to withdraw and wants overruns told."""
        customer = await self.world.customer()
        place = {"address": "Mühlweg 1, Berlin", "zone": "Europe/Berlin", "jurisdiction": "DE-BE"}
        site = await self.world.done("POST", f"/v1/customers/{customer['id']}/sites", place)
        return await self.of_job(customer_id=customer["id"], site_id=site["id"])

    async def contact(self, *, may_authorise: bool) -> UUID:
        """Another contact of the customer."""
        contact_id = self.world.id()
        await self.world.sql(
            "insert into customers.contact (organisation_id, customer_id, contact_id, name, channel, address, may_authorise, created_at)"
            " values ($1, $2, $3, 'Ada Owner', 'email', 'ada@a.example', $4, $5)",
            self.world.organisation_id, UUID(self.customer_id), contact_id, may_authorise, self.world.clock.now,
        )  # fmt: skip
        await self.world.sql(
            "insert into customers.contact_reach (organisation_id, customer_id, contact_id, version, founding) values ($1, $2, $3, 1, true)",
            self.world.organisation_id, UUID(self.customer_id), contact_id,
        )  # fmt: skip
        return contact_id

    async def offer(self, *items: dict[str, Any], **wording: Any) -> OfferReceipt:
        """An offer in the scope; each item is an hour at 100.00 but for the differences."""
        document = NewOffer(items=[NewItem(**(LABOUR | item)) for item in items or ({},)], **wording)
        done = await self.world.database.perform(
            create_offer, principal=self.world.principal(), at=self.world.clock.now, request_id=self.world.id(), remember=None,
            values={"scope_id": self.scope_id, "offer": document},
        )  # fmt: skip
        receipt: OfferReceipt = done.record
        return receipt

    async def present(self, offer: OfferReceipt, **differences: Any) -> dict[str, Any]:
        """The offer shown to the matter's contact, with the token that stands in their mail or on the phone handed to them."""
        document = {"contact_id": self.contact_id, **differences}
        given = await self.world.done("POST", f"/v1/offers/{offer.id}/present", document)
        return given | {"token": given["token"] or await mailed_token(self.world, given["presentation_id"])}

    async def total(self) -> int:
        """What the acts of the scope come to so far."""
        rows = await self.world.sql(
            "select revised_total_minor from authorisations.authorisation where organisation_id = $1 and scope_id = $2 order by seq desc limit 1",
            self.world.organisation_id, self.scope_id,
        )  # fmt: skip
        return int(rows[0][0]) if rows else 0

    async def consent(self, offer: OfferReceipt, **differences: Any) -> dict[str, Any]:
        """A complete oral consent to all of an offer, but for the differences."""
        total = await self.total()
        document = {
            "offer_hash": offer.offer_hash, "channel": "oral_in_person", "consented_at": self.world.clock.now.isoformat(),
            "authoriser": {"contact_id": self.contact_id, "name": "Ada Owner"}, "approved": [str(item) for item in offer.item_ids],
            "received_by": "TT", "conditions": "", "added_minor": offer.total_minor, "total_minor": total + offer.total_minor,
        } | differences  # fmt: skip
        return await self.world.done("POST", f"/v1/offers/{offer.id}/oral-consents", document)

    async def authorised(self, *items: dict[str, Any], **wording: Any) -> list[str]:
        """Items offered and agreed to: their ids. A minute passes, so that work can follow."""
        offer = await self.offer(*items, **wording)
        act = await self.consent(offer)
        assert act["active"], act
        self.world.clock.forward(minutes=1)
        return [str(item) for item in offer.item_ids]

    async def work(self, item_id: str, quantity: str = "1", **differences: Any) -> dict[str, Any]:
        """Work done just now."""
        at = self.world.clock.now
        document = {
            "item_id": item_id,
            "quantity": quantity,
            "started_at": at.isoformat(),
            "ended_at": at.isoformat(),
            "staff_id": self.staff_id,
        }
        return await self.world.done("POST", "/v1/work-records", document | differences)

    async def done(self, *items: dict[str, Any], **wording: Any) -> list[str]:
        """Items authorised and performed whole."""
        ids = await self.authorised(*items, **wording)
        for item_id, item in zip(ids, items or ({},), strict=True):
            await self.work(item_id, item.get("quantity", "1"))
        return ids

    async def post(self, *lines: dict[str, Any], key: str | None = None, **differences: Any) -> httpx.Response:
        """An attempt to post; each line is one hour at 100.00 but for the differences."""
        document = {
            "customer_id": self.customer_id, "currency": "EUR", "lines": [{"quantity": "1", "unit_price": "10000"} | line for line in lines],
        } | differences  # fmt: skip
        return await self.world.post("/v1/invoices", document, key=key or str(self.world.id()))

    async def posted(self, *lines: dict[str, Any], **differences: Any) -> dict[str, Any]:
        """An invoice that must post."""
        answer = await self.post(*lines, **differences)
        assert answer.status_code == 201, answer.text
        document: dict[str, Any] = answer.json()
        return document

    async def refused(self, *lines: dict[str, Any], **differences: Any) -> list[str | None]:
        """The codes of an attempt that must be refused, a code or None a line."""
        answer = await self.post(*lines, **differences)
        assert (answer.status_code, answer.json()["code"]) == (422, "INVOICE_REFUSED"), answer.text
        codes = {line["index"]: line["code"] for line in answer.json()["lines"]}
        return [codes.get(index) for index in range(len(lines))]
