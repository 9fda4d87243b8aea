"""Sites: where a customer is served, each with its own time zone."""

from uuid import UUID

from service.customers.changes import after, changed, values
from service.customers.customers import find_customer
from service.customers.finding import keep_words_of_site
from service.customers.queries import ADD_SITE, CHANGE_SITE, FIND_SITE, LIST_SITES
from service.customers.records import NewSite, Receipt, Site, SiteChange
from service.kit.lists import under
from service.kit.paging import Page
from service.kit.refusals import CardNumber, IdTaken, Refusal, StaleVersion
from service.kit.verbs import Lock, Work, verb
from service.kit.zones import ZoneUnknown, zone


class CoordinatesIncomplete(Refusal):
    """A place on earth has both a latitude and a longitude."""

    code, status, remedy = "COORDINATES_INCOMPLETE", 422, "Send both `latitude_e7` and `longitude_e7`, or neither."
    constraints = ("customers.site_coordinates_come_together",)


@verb(refusals=(CardNumber, ZoneUnknown, CoordinatesIncomplete, IdTaken))
async def add_site(work: Work, *, customer_id: UUID, site: NewSite) -> Receipt:
    """Adds a site of a customer; the same one under the same id again answers the same."""
    zone(site.zone)
    receipt = await work.run(ADD_SITE, customer_id=customer_id, site_id=site.id or work.new_id(), **values(site))
    await keep_words_of_site(work, customer_id, receipt.id, site)
    return receipt


@verb(
    refusals=(CardNumber, ZoneUnknown, CoordinatesIncomplete, StaleVersion),
    # before or after an invoice of the customer's is issued, which shows where the site was said to be at that moment
    locks=lambda *, customer_id, **_: (Lock.account(customer_id),),
)
async def change_site(work: Work, *, customer_id: UUID, site_id: UUID, version: int, change: SiteChange) -> Receipt:
    """Changes the fields that are sent, if nobody else changed the site since."""
    if isinstance(change.zone, str):
        zone(change.zone)
    receipt = await work.run(CHANGE_SITE, customer_id=customer_id, site_id=site_id, version=version, change=changed(change))
    site = await work.one(FIND_SITE, customer_id=customer_id, site_id=site_id)
    await keep_words_of_site(work, customer_id, site_id, site)
    return receipt


async def find_site(work: Work, *, customer_id: UUID, site_id: UUID) -> Site:
    """One site as it stands, with its wall clock."""
    return await work.one(FIND_SITE, customer_id=customer_id, site_id=site_id)


@under(find_customer)
async def list_sites(work: Work, *, customer_id: UUID, limit: int, cursor: str | None) -> Page[Site]:
    """A customer's sites in the order they were added."""
    purpose = f"sites {work.organisation_id} {customer_id}"
    rows = await work.all(LIST_SITES, customer_id=customer_id, after=after(work, purpose, cursor), limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))
