"""How a party to a trade is told to tax offices and other systems: VAT ids, countries, addresses in parts, electronic addresses."""

from typing import Annotated, Final, Literal

import msgspec

from service.kit.patterns import LINE, or_none, whole
from service.kit.refusals import Refusal

_VAT_ID: Final = whole("[A-Z]{2}[0-9A-Z+*]{2,13}")
_COUNTRY: Final = whole("[A-Z]{2}")
_ELECTRONIC: Final = whole(r"([0-9]{4}|EM):[!-~]{1,100}")
_OF_EU: Final = (
    r"79-C|132(-1[A-Q])?|135(-1[A-L])?|143(-1(FA|[A-L]))?|144|146-1E|148(-[A-G])?|151(-1(AA|[A-E]))?|153|159|309|AE|D|F|G|I|IC|J|O"
)
_OF_FR: Final = r"FRANCHISE|CNWVAT|AE|298SEXDECIESA|CGI(261-[1-578]|261[AB]|261C-[1-3]|261D-(1BIS|[1-4])|261E-[12]|275|277A|295)"
EXEMPTION: Final = whole(f"VATEX-(EU-({_OF_EU})|FR-({_OF_FR}))")
"""VATEX, the code list of the CEF for reasons why no tax is charged; the database has it as `kit.is_exemption`."""
_OF_VAT_ID: Final = "With its country in front, without spaces: `DE123456789`, `ATU12345678`."
_OF_COUNTRY: Final = "ISO 3166-1 alpha-2: `DE`."
_OF_ELECTRONIC: Final = "Where e-invoices are sent to, after its scheme of the list EAS: `0204:991-12345-67`, `EM:bills@a.example`."

TaxCategory = Literal["S", "Z", "E", "AE", "K", "G", "O"]
"""UN/CEFACT 5305 as EN 16931 uses it."""
VatId = Annotated[str, msgspec.Meta(max_length=15, pattern=_VAT_ID, description=_OF_VAT_ID)]
Country = Annotated[str, msgspec.Meta(pattern=_COUNTRY, description=_OF_COUNTRY)]
ElectronicAddress = Annotated[str, msgspec.Meta(max_length=105, pattern=_ELECTRONIC, description=_OF_ELECTRONIC)]
Street = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=LINE)]
City = Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=LINE)]
Postcode = Annotated[str, msgspec.Meta(min_length=1, max_length=20, pattern=LINE)]
BuyerReference = Annotated[
    str,
    msgspec.Meta(
        min_length=1, max_length=100, pattern=LINE, description="What the customer wants to read on invoices (BT-10): `04011000-12345-03`."
    ),
]

ExemptionCode = Annotated[
    str,
    msgspec.Meta(
        pattern=EXEMPTION,
        max_length=40,
        description="Why no tax is charged, of the list VATEX: `VATEX-EU-132-1C`.",
    ),
]
ExemptionReason = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=LINE, description="`Small business, § 19 UStG`.")]

# The same where an empty text takes it away.
VatIdOrNone = Annotated[str, msgspec.Meta(max_length=15, pattern=or_none(_VAT_ID), description=_OF_VAT_ID)]
CountryOrNone = Annotated[str, msgspec.Meta(pattern=or_none(_COUNTRY), description=_OF_COUNTRY)]
ElectronicAddressOrNone = Annotated[str, msgspec.Meta(max_length=105, pattern=or_none(_ELECTRONIC), description=_OF_ELECTRONIC)]
StreetOrNone = Annotated[str, msgspec.Meta(max_length=200, pattern=or_none(LINE))]
CityOrNone = Annotated[str, msgspec.Meta(max_length=100, pattern=or_none(LINE))]
PostcodeOrNone = Annotated[str, msgspec.Meta(max_length=20, pattern=or_none(LINE))]
TaxNumberOrNone = Annotated[
    str,
    msgspec.Meta(
        max_length=50, pattern=or_none(LINE), description="As the tax office knows you, where you have no VAT id: `12/345/67890`."
    ),
]
LegalIdOrNone = Annotated[str, msgspec.Meta(max_length=50, pattern=or_none(LINE), description="In a register of companies: `HRB 12345`.")]


class VatIdMalformed(Refusal):
    """No VAT id of that country is written like this."""

    code, status, remedy = "VAT_ID_MALFORMED", 422, "Copy it anew: with its country in front, all its digits, without spaces."
    constraints = ("identity.organisation_vat_id_fits_its_country", "customers.customer_vat_id_fits_its_country")
