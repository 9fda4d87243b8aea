"""Files of customers, sites and assets: each row is the same record that a request carries, through the same rule."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import msgspec

from service.customers.assets import add_asset
from service.customers.contacts import add_contact
from service.customers.customers import add_customer
from service.customers.queries import CUSTOMERS_BY_REFERENCE
from service.customers.records import (
    AccessNotes,
    AssetKind,
    ContactAddress,
    Jurisdiction,
    Language,
    LatitudeE7,
    LongitudeE7,
    Name,
    NewAsset,
    NewContact,
    NewCustomer,
    NewSite,
    Reference,
    Serial,
    SiteAddress,
)
from service.customers.sites import add_site
from service.kit.imports.cells import Column, degrees_e7, named_id, prose, typed, yes_or_no, zone_name
from service.kit.imports.files import Row
from service.kit.imports.loading import ImportKind, Known, added, decoded
from service.kit.patterns import whole
from service.kit.verbs import Work


async def customers_by_reference(work: Work, *, references: Sequence[str]) -> dict[str, UUID]:
    """The customers that have these references."""
    rows = await work.all(CUSTOMERS_BY_REFERENCE, references=sorted(set(references)))
    return {row.reference: row.id for row in rows}


def customer_of(row: Row, known: Known) -> UUID:
    """The customer that the row names."""
    customer_id: UUID = known[row.cells["customer"]]
    return customer_id


def judge_customer(row: Row, known: Known) -> list[str]:
    """Whether there is the customer that the row names."""
    unknown = "customer" in row.cells and row.cells["customer"] not in known
    return ["customer: nobody has this reference; load the customers first."] if unknown else []


def judge_coordinates(row: Row, latitude: str, longitude: str) -> list[str]:
    """Whether a place has both of its coordinates, or neither."""
    return [f"{latitude} and {longitude} come together."] if (latitude in row.cells) != (longitude in row.cells) else []


def site_of(work: Work, row: Row) -> UUID:
    """The id of the site that the row names by its customer and its own name."""
    return named_id(work.organisation_id, "site", row.cells["customer"], row.cells["site"])


async def look_up_customers(work: Work, rows: Sequence[Row]) -> Known:
    """The customers that the rows name."""
    return {**await customers_by_reference(work, references=[row.cells["customer"] for row in rows if "customer" in row.cells])}


async def _look_up_references(work: Work, rows: Sequence[Row]) -> Known:
    return {**await customers_by_reference(work, references=[row.cells["reference"] for row in rows if "reference" in row.cells])}


def _judge_site(row: Row, known: Known) -> list[str]:
    return [*judge_customer(row, known), *judge_coordinates(row, "latitude", "longitude")]


async def _add_customer(work: Work, row: Row, known: Known) -> bool:
    values, reference = row.values, row.values["reference"]
    customer = decoded(
        NewCustomer,
        id=known.get(reference) or named_id(work.organisation_id, "customer", reference),
        reference=reference,
        name=values["name"],
        zone=values["zone"],
        language=values.get("language"),
    )
    new = await added(add_customer, work, customer=customer)
    for channel in ("email", "phone"):
        if channel in values:
            contact = decoded(
                NewContact,
                id=named_id(work.organisation_id, "contact", reference, channel, values[channel]),
                name=values.get("contact_name", values["name"]),
                channel=channel,
                address=values[channel],
                may_authorise=values.get("may_authorise"),
            )
            await added(add_contact, work, customer_id=customer.id, contact=contact)
    return new


async def _add_site(work: Work, row: Row, known: Known) -> bool:
    values = row.values
    site = decoded(
        NewSite,
        id=site_of(work, row),
        address=values["address"],
        zone=values["zone"],
        access_notes=values.get("access_notes"),
        latitude_e7=values.get("latitude"),
        longitude_e7=values.get("longitude"),
        jurisdiction=values.get("jurisdiction"),
    )
    return await added(add_site, work, customer_id=customer_of(row, known), site=site)


async def _add_asset(work: Work, row: Row, known: Known) -> bool:
    values = row.values
    asset = decoded(
        NewAsset,
        id=named_id(work.organisation_id, "asset", values["customer"], values["asset"]),
        kind=values["kind"],
        name=values["name"],
        serial=values.get("serial"),
        site_id=site_of(work, row) if "site" in values else None,
    )
    return await added(add_asset, work, customer_id=customer_of(row, known), asset=asset)


# As the constraint contact_address_fits_its_channel has them.
MailAddress = Annotated[ContactAddress, msgspec.Meta(pattern=whole(r"[^@\s]+@[^@\s]+"))]
Telephone = Annotated[ContactAddress, msgspec.Meta(pattern=whole(r"[+]?[0-9][0-9 ()/.-]{2,39}"))]

ZONE = Column("zone", "the IANA name of a time zone", "Europe/Berlin", zone_name, required=True)
CUSTOMER = Column("customer", "the customer's reference, as in the file of customers", "C-1017", typed(Reference), required=True)
SITE = Column("site", "the name of one of the customer's sites, as in the file of sites", "home", typed(str))
LATITUDE = Column("latitude", "decimal degrees north, at most seven places", "52.5200066", degrees_e7(LatitudeE7))
LONGITUDE = Column("longitude", "decimal degrees east, at most seven places", "13.404954", degrees_e7(LongitudeE7))

CUSTOMERS = ImportKind(
    name="customers",
    about="a row a customer; email and phone become their contacts",
    columns=(
        Column("reference", "1 to 60 characters", "C-1017", prose(Reference), required=True, note="your own number of the customer"),
        Column("name", "1 to 200 characters on one line", "Ada Owner", prose(Name), required=True),
        ZONE,
        Column("language", "en or de", "de", typed(Language), note="en where it is empty"),
        Column(
            "contact_name",
            "1 to 200 characters on one line",
            "Ada Owner",
            prose(Name),
            note="who is reached by email and phone; the customer's name where it is empty",
        ),
        Column("email", "an address of mail", "ada@home.example", prose(MailAddress)),
        Column(
            "phone", "a telephone number", "+49 30 555 0100", prose(Telephone), note="of digits, blanks, ( ) / . - with a + in front or not"
        ),
        Column("may_authorise", "yes or no", "yes", yes_or_no, note="whether these contacts may agree to offers; no where it is empty"),
    ),
    key=("reference",),
    look_up=_look_up_references,
    add=_add_customer,
)
SITES = ImportKind(
    name="sites",
    about="a row an address at which a customer is served",
    columns=(
        CUSTOMER,
        Column("site", "a text", "home", typed(str), required=True, note="your own name of the site, unlike the customer's other ones"),
        Column("address", "3 to 500 characters", "Lindenallee 7, 12345 Berlin", prose(SiteAddress), required=True),
        ZONE,
        Column("access_notes", "at most 2,000 characters", "Ring twice", prose(AccessNotes), note="what whoever comes must know"),
        LATITUDE,
        LONGITUDE,
        Column(
            "jurisdiction",
            "an ISO 3166 code in capitals",
            "DE",
            typed(Jurisdiction),
            note="DE, US-FL: whose law says how far a bill may exceed what was agreed; ZZ where it is empty, and then none does",
        ),
    ),
    key=("customer", "site"),
    look_up=look_up_customers,
    add=_add_site,
    judge=_judge_site,
)
ASSETS = ImportKind(
    name="assets",
    about="a row a thing of a customer's that stands somewhere or travels",
    columns=(
        CUSTOMER,
        Column("asset", "a text", "router", typed(str), required=True, note="your own name of the thing, unlike the customer's other ones"),
        Column("kind", "1 to 60 characters", "router", prose(AssetKind), required=True, note="what sort of thing it is"),
        Column("name", "1 to 200 characters on one line", "Router in the hall", prose(Name), required=True),
        Column("serial", "1 to 100 characters", "RT-4711", prose(Serial), note="its serial number"),
        SITE,
    ),
    key=("customer", "asset"),
    look_up=look_up_customers,
    add=_add_asset,
    judge=judge_customer,
)
