"""Customers, contacts, sites and assets as sent and received."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from service.identity.trade import BuyerReference, City, Country, ElectronicAddress, Postcode, Street, VatId
from service.kit.patterns import LINE, whole

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=LINE)]
Zone = Annotated[str, msgspec.Meta(min_length=1, max_length=60, description="An IANA time zone, `Europe/Berlin`.")]
Language = Literal["en", "de"]
Reference = Annotated[str, msgspec.Meta(min_length=1, max_length=60, pattern=LINE)]
Channel = Literal["email", "phone", "sms", "chat", "post"]
ContactAddress = Annotated[str, msgspec.Meta(min_length=3, max_length=254)]
SiteAddress = Annotated[str, msgspec.Meta(min_length=3, max_length=500)]
AccessNotes = Annotated[str, msgspec.Meta(max_length=2000)]
LatitudeE7 = Annotated[int, msgspec.Meta(ge=-900_000_000, le=900_000_000, description="Ten-millionths of a degree north (WGS 84).")]
LongitudeE7 = Annotated[int, msgspec.Meta(ge=-1_800_000_000, le=1_800_000_000, description="Ten-millionths of a degree east (WGS 84).")]
AssetKind = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
Serial = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
Plate = Annotated[str, msgspec.Meta(min_length=1, max_length=20, pattern=LINE, description="As on the vehicle: `B-AB 1234`.")]


class New(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A thing to be; the id may be the caller's own, so that it can be made offline."""

    id: UUID | None = None


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is to be different; a field left out stays as it is."""


class Receipt(msgspec.Struct, frozen=True):
    """That it stands in this version."""

    id: UUID
    version: int


class NewCustomer(New, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A customer to be."""

    name: Name
    zone: Zone
    language: Language = "en"
    reference: Reference | None = None
    street: Street | None = None
    city: City | None = None
    postcode: Postcode | None = None
    country: Country | None = None
    vat_id: VatId | None = None
    buyer_reference: BuyerReference | None = None
    electronic_address: ElectronicAddress | None = None


class CustomerChange(Change, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is to be different about a customer."""

    name: Name | UnsetType = UNSET
    zone: Zone | UnsetType = UNSET
    language: Language | UnsetType = UNSET
    reference: Reference | UnsetType | None = UNSET
    street: Street | UnsetType | None = UNSET
    city: City | UnsetType | None = UNSET
    postcode: Postcode | UnsetType | None = UNSET
    country: Country | UnsetType | None = UNSET
    vat_id: VatId | UnsetType | None = UNSET
    buyer_reference: BuyerReference | UnsetType | None = UNSET
    electronic_address: ElectronicAddress | UnsetType | None = UNSET


class Customer(msgspec.Struct, frozen=True):
    """A customer as they stand."""

    id: UUID
    name: str
    reference: str | None
    language: Language
    zone: str
    street: str | None
    """Whom an invoice is made out to, in parts; an e-invoice needs the country at least."""
    city: str | None
    postcode: str | None
    country: str | None
    vat_id: str | None
    buyer_reference: str | None
    electronic_address: str | None
    version: int
    created_at: datetime
    quote: str
    """What they are asked for on the telephone: `reference`, or one of ours where there is none."""


class Help(msgspec.Struct, frozen=True):
    """Who helps a customer, and what they are asked for."""

    phone: str
    email: str
    quote: str


class NewContact(New, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A way to reach a person of the customer's."""

    name: Name
    channel: Channel
    address: ContactAddress
    may_authorise: bool = False
    """Whether this person may agree to offers for the customer."""


class ContactChange(Change, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is to be different about a contact."""

    name: Name | UnsetType = UNSET
    channel: Channel | UnsetType = UNSET
    address: ContactAddress | UnsetType = UNSET
    may_authorise: bool | UnsetType = UNSET


class Contact(msgspec.Struct, frozen=True):
    """A contact as it stands."""

    id: UUID
    customer_id: UUID
    name: str
    channel: Channel
    address: str
    may_authorise: bool
    version: int
    created_at: datetime


Jurisdiction = Annotated[
    str,
    msgspec.Meta(
        pattern=whole("[A-Z]{2}(-[A-Z0-9]{1,3})?"), max_length=6, description="ISO 3166: `US-FL`, `DE`; `ZZ` where nobody has said."
    ),
]


class NewSite(New, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A place to be served, with its own time zone."""

    address: SiteAddress
    zone: Zone
    access_notes: AccessNotes = ""
    latitude_e7: LatitudeE7 | None = None
    longitude_e7: LongitudeE7 | None = None
    jurisdiction: Jurisdiction = "ZZ"
    """Whose law says how far a bill may exceed what was authorised."""


class SiteChange(Change, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is to be different about a site."""

    address: SiteAddress | UnsetType = UNSET
    zone: Zone | UnsetType = UNSET
    access_notes: AccessNotes | UnsetType = UNSET
    latitude_e7: LatitudeE7 | UnsetType | None = UNSET
    longitude_e7: LongitudeE7 | UnsetType | None = UNSET
    jurisdiction: Jurisdiction | UnsetType = UNSET


class Site(msgspec.Struct, frozen=True):
    """A site as it stands, with its wall clock at the time of asking."""

    id: UUID
    customer_id: UUID
    address: str
    zone: str
    local_time: str
    access_notes: str
    latitude_e7: int | None
    longitude_e7: int | None
    jurisdiction: str
    version: int
    created_at: datetime


class NewAsset(New, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A thing that stands at a site or travels."""

    kind: AssetKind
    name: Name
    serial: Serial | None = None
    """Of a vehicle its VIN."""
    plate: Plate | None = None
    site_id: UUID | None = None


class AssetChange(Change, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is to be different about an asset; another site moves it, null takes it from its site."""

    kind: AssetKind | UnsetType = UNSET
    name: Name | UnsetType = UNSET
    serial: Serial | UnsetType | None = UNSET
    plate: Plate | UnsetType | None = UNSET
    site_id: UUID | UnsetType | None = UNSET


class Asset(msgspec.Struct, frozen=True):
    """An asset as it stands."""

    id: UUID
    customer_id: UUID
    site_id: UUID | None
    kind: str
    name: str
    serial: str | None
    plate: str | None
    version: int
    created_at: datetime


class AssetStep(msgspec.Struct, frozen=True):
    """One moment of an asset's history: what it was from then on, and who says so."""

    version: int
    happening: Literal["added", "changed", "moved"]
    site_id: UUID | None
    kind: str
    name: str
    serial: str | None
    plate: str | None
    at: datetime
    by: str


class NamedCustomer(msgspec.Struct, frozen=True):
    """Whose reference it is."""

    reference: str
    id: UUID


class FoundCustomer(msgspec.Struct, frozen=True):
    """Somebody who was looked for, with what tells two of a name apart."""

    id: UUID
    name: str
    reference: str | None
    phone: str | None
    address: str | None
    """The first of their sites."""


class CountedWord(msgspec.Struct, frozen=True):
    """In how many places a word stands, as far as was counted."""

    word: str
    rows: int


class WordsKept(msgspec.Struct, frozen=True):
    """By how many words something is found."""

    words: int
