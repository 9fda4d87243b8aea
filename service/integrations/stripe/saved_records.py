"""What Sayso keeps of the provider's objects about saved methods: ids, brand, last four digits, expiry; strictly read, immutable."""

import calendar
from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from service.kit.patterns import whole

Text = Annotated[str, Meta(min_length=1, max_length=255)]


class Redirect(msgspec.Struct, frozen=True):
    """Where the customer's browser is sent to confirm at their bank."""

    url: str


class NextAction(msgspec.Struct, frozen=True):
    """What only the customer can do."""

    redirect_to_url: Redirect | None = None


class CardShort(msgspec.Struct, frozen=True):
    """What may be kept of a card."""

    brand: Text
    last4: Annotated[str, Meta(pattern=whole("[0-9]{4}"))]
    exp_month: Annotated[int, Meta(ge=1, le=12)]
    exp_year: Annotated[int, Meta(ge=2000, le=2199)]

    @property
    def expires_on(self) -> date:
        """The last day of its month."""
        return date(self.exp_year, self.exp_month, calendar.monthrange(self.exp_year, self.exp_month)[1])


class AccountShort(msgspec.Struct, frozen=True):
    """What may be kept of a bank account."""

    last4: Annotated[str, Meta(pattern=whole("[0-9]{4}"))]


class PaymentMethod(msgspec.Struct, frozen=True, kw_only=True):
    """A card or account that a customer saved."""

    object: Literal["payment_method"]
    id: Text
    type: Text
    customer: Text | None = None
    card: CardShort | None = None
    sepa_debit: AccountShort | None = None


class SetupIntent(msgspec.Struct, frozen=True, kw_only=True):
    """One saving of a method."""

    object: Literal["setup_intent"]
    id: Text
    status: Text
    livemode: bool
    metadata: dict[str, str] = {}
    customer: Text | None = None
    payment_method: Text | None = None
    mandate: Text | None = None


class Mandate(msgspec.Struct, frozen=True, kw_only=True):
    """What the customer allowed their bank."""

    object: Literal["mandate"]
    id: Text
    status: Text


class ProviderCustomer(msgspec.Struct, frozen=True, kw_only=True):
    """Whom methods are saved for at the provider."""

    object: Literal["customer"]
    id: Text
