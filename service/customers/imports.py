"""Files of customers, sites and assets: each row is the same record that a request carries, through the same rule."""

from collections.abc import Sequence
from uuid import UUID

from service.customers.assets import add_asset
from service.customers.contacts import add_contact
from service.customers.customers import add_customer
from service.customers.queries import CUSTOMERS_BY_REFERENCE
from service.customers.records import NewAsset, NewContact, NewCustomer, NewSite
from service.customers.sites import add_site
from service.kit.imports.cells import degrees_e7, named_id, yes_or_no
from service.kit.imports.files import Row
from service.kit.imports.loading import ImportKind, Known, added, decoded
from service.kit.verbs import Work


async def customers_by_reference(work: Work, *, references: Sequence[str]) -> dict[str, UUID]:
    """The customers that have these references."""
    rows = await work.all(CUSTOMERS_BY_REFERENCE, references=sorted(set(references)))
    return {row.reference: row.id for row in rows}


def customer_of(row: Row, known: Known) -> UUID:
    """The customer that the row names; ValueError where nobody has that reference."""
    customer_id: UUID | None = known.get(row.cells["customer"])
    if customer_id is None:
        raise ValueError("customer: nobody has this reference; load the customers first.")
    return customer_id


def site_of(work: Work, row: Row) -> UUID:
    """The id of the site that the row names by its customer and its own name."""
    return named_id(work.organisation_id, "site", row.cells["customer"], row.cells["site"])


async def look_up_customers(work: Work, rows: Sequence[Row]) -> Known:
    """The customers that the rows name."""
    return {**await customers_by_reference(work, references=[row.cells["customer"] for row in rows])}


async def _look_up_references(work: Work, rows: Sequence[Row]) -> Known:
    return {**await customers_by_reference(work, references=[row.cells["reference"] for row in rows])}


async def _add_customer(work: Work, row: Row, known: Known) -> bool:
    cells, reference = row.cells, row.cells["reference"]
    customer = decoded(
        NewCustomer,
        id=known.get(reference) or named_id(work.organisation_id, "customer", reference),
        reference=reference,
        name=cells["name"],
        zone=cells["zone"],
        language=cells.get("language"),
    )
    new = await added(add_customer, work, customer=customer)
    for channel in ("email", "phone"):
        if channel in cells:
            contact = decoded(
                NewContact,
                id=named_id(work.organisation_id, "contact", reference, channel, cells[channel]),
                name=cells.get("contact_name", cells["name"]),
                channel=channel,
                address=cells[channel],
                may_authorise=yes_or_no(cells.get("may_authorise"), "may_authorise"),
            )
            await added(add_contact, work, customer_id=customer.id, contact=contact)
    return new


async def _add_site(work: Work, row: Row, known: Known) -> bool:
    cells = row.cells
    site = decoded(
        NewSite,
        id=site_of(work, row),
        address=cells["address"],
        zone=cells["zone"],
        access_notes=cells.get("access_notes"),
        latitude_e7=degrees_e7(cells.get("latitude"), "latitude"),
        longitude_e7=degrees_e7(cells.get("longitude"), "longitude"),
    )
    return await added(add_site, work, customer_id=customer_of(row, known), site=site)


async def _add_asset(work: Work, row: Row, known: Known) -> bool:
    cells = row.cells
    asset = decoded(
        NewAsset,
        id=named_id(work.organisation_id, "asset", cells["customer"], cells["asset"]),
        kind=cells["kind"],
        name=cells["name"],
        serial=cells.get("serial"),
        site_id=site_of(work, row) if "site" in cells else None,
    )
    return await added(add_asset, work, customer_id=customer_of(row, known), asset=asset)


CUSTOMERS = ImportKind(
    name="customers",
    columns=("reference", "name", "zone", "language", "contact_name", "email", "phone", "may_authorise"),
    required=("reference", "name", "zone"),
    key=("reference",),
    look_up=_look_up_references,
    add=_add_customer,
)
SITES = ImportKind(
    name="sites",
    columns=("customer", "site", "address", "zone", "access_notes", "latitude", "longitude"),
    required=("customer", "site", "address", "zone"),
    key=("customer", "site"),
    look_up=look_up_customers,
    add=_add_site,
)
ASSETS = ImportKind(
    name="assets",
    columns=("customer", "asset", "kind", "name", "serial", "site"),
    required=("customer", "asset", "kind", "name"),
    key=("customer", "asset"),
    look_up=look_up_customers,
    add=_add_asset,
)
