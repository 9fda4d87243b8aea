"""The company itself as sent and received."""

from typing import Annotated
from uuid import UUID

import msgspec

from service.identity.records.common import Email, Language, Name, Password, Phone, Zone
from service.identity.trade import (
    CityOrNone,
    CountryOrNone,
    ElectronicAddressOrNone,
    LegalIdOrNone,
    PostcodeOrNone,
    StreetOrNone,
    TaxNumberOrNone,
    VatIdOrNone,
)
from service.kit.money import Currency
from service.kit.patterns import LINE, or_none, whole

AccountHolder = Annotated[str, msgspec.Meta(max_length=70, pattern=or_none(LINE), description="Whose account it is; an IBAN needs one.")]
Iban = Annotated[
    str,
    msgspec.Meta(
        max_length=42,
        pattern=whole("([A-Z]{2}[0-9]{2}( ?[0-9A-Z]){11,30})?"),
        description="Where invoices are paid to, spaces allowed: `DE75 5121 0800 1245 1261 99`. Its check digits must hold (ISO 13616). Empty: none.",
    ),
]
Bic = Annotated[
    str, msgspec.Meta(max_length=11, pattern=whole("([A-Z]{6}[0-9A-Z]{2}([0-9A-Z]{3})?)?"), description="Only where a bank asks for it.")
]
BankDetails = Annotated[
    str,
    msgspec.Meta(max_length=200, pattern=or_none(LINE), description="For accounts without an IBAN: `Routing 021000021, account 1234567`."),
]

Slug = Annotated[
    str,
    msgspec.Meta(
        max_length=60,
        pattern=or_none(whole("[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])")),
        description="Under which name its public pages are: `/o/lovelace-net/status`. Once told it leads here for good. Empty: no public pages.",
    ),
]
Colour = Annotated[
    str,
    msgspec.Meta(
        max_length=7,
        pattern=or_none(whole("#[0-9a-f]{6}")),
        description="Of buttons and links on its pages, dark enough to be read on white: `#0b57d0`. Dark screens get a lighter one made from it. Empty: as shipped.",
    ),
]


class Founding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An organisation to be, and its first manager."""

    name: Name
    zone: Zone
    currency: Currency
    language: Language
    phone: Phone
    email: Email
    manager_name: Name
    manager_email: Email
    manager_password: Password
    organisation_id: UUID
    manager_id: UUID


class Founded(msgspec.Struct, frozen=True):
    """That the organisation exists."""

    organisation_id: UUID
    manager_id: UUID


class FoundedBefore(msgspec.Struct, frozen=True):
    """An organisation of this database, and whether the address asked about signs in to it."""

    organisation_id: UUID
    same_address: bool


class Organisation(msgspec.Struct, frozen=True):
    """The company itself, as its papers and pages show it."""

    id: UUID
    name: str
    zone: str
    currency: str
    language: Language
    phone: str
    email: str
    address: str
    registration: str
    """Register and tax numbers, as documents print them."""
    street: str
    """Who sells, in the parts that e-invoices tell; each may be empty."""
    city: str
    postcode: str
    country: str
    vat_id: str
    tax_number: str
    legal_id: str
    electronic_address: str
    account_holder: str
    iban: str
    """Where invoices are paid to; empty where none was told."""
    bic: str
    bank_details: str
    """In the words of a company without an IBAN."""
    reply_within_minutes: int
    """How soon a customer's question is promised a reply."""
    slug: str
    """Under which name its public pages are; empty where it has none."""
    colour: str
    """Of buttons and links on its pages; empty: as shipped."""
    logo: str
    """The hash of the logo that its pages show; empty: none."""
    version: int


class OrganisationChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What should be different; a member left out stays. The currency never changes."""

    name: Name | None = None
    zone: Zone | None = None
    language: Language | None = None
    phone: Phone | None = None
    email: Email | None = None
    address: Annotated[str, msgspec.Meta(max_length=500)] | None = None
    registration: Annotated[str, msgspec.Meta(max_length=200, description="`USt-IdNr. DE123456789`, `ARD 00123456`.")] | None = None
    street: StreetOrNone | None = None
    city: CityOrNone | None = None
    postcode: PostcodeOrNone | None = None
    country: CountryOrNone | None = None
    vat_id: VatIdOrNone | None = None
    tax_number: TaxNumberOrNone | None = None
    legal_id: LegalIdOrNone | None = None
    electronic_address: ElectronicAddressOrNone | None = None
    account_holder: AccountHolder | None = None
    iban: Iban | None = None
    bic: Bic | None = None
    bank_details: BankDetails | None = None
    reply_within_minutes: Annotated[int, msgspec.Meta(ge=15, le=43_200)] | None = None
    slug: Slug | None = None
    colour: Colour | None = None


class LogoSet(msgspec.Struct, frozen=True):
    """The hash of the logo that is shown from now on; empty where it was taken away."""

    logo: str


class Changed(msgspec.Struct, frozen=True):
    """That it was changed, and the version it has now."""

    id: UUID
    version: int
