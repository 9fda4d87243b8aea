"""What Sayso keeps of Stripe's objects: few fields, strictly read, immutable."""

from datetime import UTC, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

AmountMinor = Annotated[int, Meta(ge=0, le=10**12)]
"""In the smallest unit of the currency."""
Currency = Annotated[str, Meta(min_length=3, max_length=3)]
Id = Annotated[str, Meta(min_length=1, max_length=255)]
EpochSeconds = Annotated[int, Meta(ge=0, le=1 << 40)]

IntentStatus = Literal[
    "requires_payment_method",
    "requires_confirmation",
    "requires_action",
    "processing",
    "requires_capture",
    "canceled",
    "succeeded",
]
RefundStatus = Literal["pending", "requires_action", "succeeded", "failed", "canceled"]


class _Dated(msgspec.Struct, frozen=True, kw_only=True):
    created: EpochSeconds

    @property
    def created_at(self) -> datetime:
        return datetime.fromtimestamp(self.created, UTC)


class CardProblem(msgspec.Struct, frozen=True, kw_only=True):
    """Why the last attempt to charge failed. `message` is Stripe's sentence for the customer."""

    code: str | None = None
    decline_code: str | None = None
    message: str | None = None


class PaymentIntent(_Dated, frozen=True, kw_only=True, rename={"amount_minor": "amount", "received_minor": "amount_received"}):
    """One attempt to collect an amount, as Stripe has it. Currency in capitals."""

    object: Literal["payment_intent"]
    id: Id
    amount_minor: AmountMinor
    received_minor: AmountMinor
    currency: Currency
    status: IntentStatus
    livemode: bool
    metadata: dict[str, str]
    client_secret: str | None = None
    """Lets its holder pay this intent; never logged."""
    latest_charge: str | None = None
    last_payment_error: CardProblem | None = None
    cancellation_reason: str | None = None

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "currency", self.currency.upper())


class Refund(_Dated, frozen=True, kw_only=True, rename={"amount_minor": "amount"}):
    """Money on its way back. Currency in capitals."""

    object: Literal["refund"]
    id: Id
    amount_minor: AmountMinor
    currency: Currency
    status: RefundStatus
    metadata: dict[str, str] = {}
    payment_intent: str | None = None
    charge: str | None = None
    failure_reason: str | None = None

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "currency", self.currency.upper())


class ProviderEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event, from a verified webhook or from the list of events: the same record for both.

    `object` is nothing for kinds that Sayso doesn't read, and where reading failed; `unread` then says why. Such an event is to be kept
    and looked at, never dropped.
    """

    id: str
    type: str
    created_at: datetime
    livemode: bool
    account: str | None
    api_version: str | None
    object: PaymentIntent | Refund | None
    object_json: bytes
    unread: str | None = None


class EventEnvelope(msgspec.Struct, frozen=True, kw_only=True):
    """An event over the wire; the object inside is left unread until its kind is known."""

    class Data(msgspec.Struct, frozen=True):
        object: msgspec.Raw

    object: Literal["event"]
    id: Id
    type: Annotated[str, Meta(min_length=1, max_length=255)]
    created: EpochSeconds
    livemode: bool
    data: Data
    account: str | None = None
    api_version: str | None = None


class EventList(msgspec.Struct, frozen=True):
    data: list[EventEnvelope]
    has_more: bool


_INTENT = msgspec.json.Decoder(PaymentIntent)
_REFUND = msgspec.json.Decoder(Refund)


def read_event(envelope: EventEnvelope) -> ProviderEvent:
    """The event with its object read by its kind; an object that can't be read is kept as it came."""
    inside = bytes(envelope.data.object)
    found: PaymentIntent | Refund | None = None
    unread = None
    try:
        if envelope.type.startswith("payment_intent."):
            found = _INTENT.decode(inside)
        elif envelope.type.startswith("refund."):
            found = _REFUND.decode(inside)
        else:
            unread = "Sayso doesn't read this kind of event."
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        unread = f"The object can't be read: {error}"
    return ProviderEvent(
        id=envelope.id,
        type=envelope.type,
        created_at=datetime.fromtimestamp(envelope.created, UTC),
        livemode=envelope.livemode,
        account=envelope.account,
        api_version=envelope.api_version,
        object=found,
        object_json=inside,
        unread=unread,
    )
