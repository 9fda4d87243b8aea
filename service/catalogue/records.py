"""The price book's items and versions as sent and received."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.identity.trade import ExemptionCode, ExemptionReason, TaxCategory
from service.kit.money import Currency
from service.kit.patterns import LINE, whole

ItemKind = Literal["labour", "part", "diagnosis", "travel", "fee", "disposal", "reassembly", "plan"]
Code = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=whole(r"[A-Za-z0-9][A-Za-z0-9._-]*"))]
ItemName = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=LINE)]
Unit = Annotated[
    str,
    msgspec.Meta(
        pattern=whole(r"[A-Z0-9]{2,3}"), max_length=3, description="UN/ECE Recommendation 20: `HUR` hour, `C62` one, `MON` month."
    ),
]
Price = Annotated[
    str,
    msgspec.Meta(
        pattern=whole(r"[0-9]{1,9}((\.[0-9]{1,6})|(/[1-9][0-9]{0,5}))?"),
        max_length=16,
        description="Minor units per unit as an exact decimal or fraction: `8990`, `0.5`, `1/3`.",
    ),
]
TaxRate = Annotated[int, msgspec.Meta(ge=0, le=10_000, description="Basis points: 1900 is 19 %.")]


class Warranty(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """For how many months from the hand-back, or how far by its meter, whichever ends first."""

    months: Annotated[int, msgspec.Meta(ge=1, le=600)] | None = None
    distance: Annotated[int, msgspec.Meta(ge=1, le=10_000_000)] | None = None
    unit: Literal["KMT", "SMI", "HUR"] | None = None
    """Of `distance`: kilometres, miles or hours of its meter."""


class Terms(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an item is called and costs from a day on."""

    effective_on: date
    name: ItemName
    unit: Unit
    currency: Currency
    price: Price
    tax_category: TaxCategory
    """UN/CEFACT 5305 as EN 16931 uses it: `S` standard, `Z` zero rated, `E` exempt, `AE` reverse charge."""
    tax_rate_bp: TaxRate
    exemption_code: ExemptionCode | None = None
    exemption_reason: ExemptionReason | None = None
    """Why no tax is charged, in words that customers read; category `E` needs this or the code."""
    warranty: Warranty | None = None
    """What the customer may rely on from the hand-back; each invoice of it says so."""


class NewItem(Terms, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An item to be, with its first version; the id may be the caller's own."""

    code: Code
    kind: ItemKind
    id: UUID | None = None


class Withdrawal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From which day an item is offered no more."""

    effective_on: date


class ItemReceipt(msgspec.Struct, frozen=True):
    """That the item exists in this version."""

    id: UUID
    effective_on: date


class ItemVersion(msgspec.Struct, frozen=True):
    """An item as it is from `effective_on` until its next version; `service.kit.money.exact` reads its price."""

    id: UUID
    effective_on: date
    code: str
    kind: ItemKind
    name: str
    unit: str
    currency: str
    price: str
    tax_category: TaxCategory
    tax_rate_bp: int
    exemption_code: str | None
    exemption_reason: str | None
    warranty_months: int | None
    warranty_distance: int | None
    warranty_unit: str | None
    withdrawn: bool


class Item(msgspec.Struct, frozen=True):
    """An item with all its versions, the oldest first."""

    id: UUID
    code: str
    kind: ItemKind
    versions: list[ItemVersion]


class NamedItem(msgspec.Struct, frozen=True):
    """Which item has the code."""

    code: str
    id: UUID
