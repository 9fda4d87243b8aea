"""Partners: other businesses that bring us work, each somebody of its own."""

from uuid import UUID

from service.identity.queries import ADD_PARTNER, LIST_PARTNERS
from service.identity.records.partners import NewPartner, Partner, PartnerReceipt
from service.kit.paging import Page
from service.kit.refusals import IdTaken, Refusal
from service.kit.verbs import Work, verb

NOBODY = UUID(int=0)


class PartnerKnown(Refusal):
    """There is a partner of this name."""

    code, status, remedy = (
        "PARTNER_KNOWN",
        409,
        "Make that partner another key (`POST /v1/partners/{partner_id}/keys`), or choose another name.",
    )
    constraints = ("identity.one_partner_a_name",)


@verb(refusals=(IdTaken, PartnerKnown))
async def add_partner(work: Work, *, partner: NewPartner) -> PartnerReceipt:
    """Adds a business that brings us work; what it may do it does by keys of its own."""
    return await work.run(ADD_PARTNER, partner_id=partner.id or work.new_id(), name=partner.name)


async def list_partners(work: Work, *, limit: int, cursor: str | None) -> Page[Partner]:
    """Who brings us work."""
    purpose = f"partners {work.organisation_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOBODY
    rows = await work.all(LIST_PARTNERS, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))
