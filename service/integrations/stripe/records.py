"""What Sayso keeps of Stripe's objects: few fields, strictly read, immutable."""

from datetime import UTC, date, datetime
from typing import Annotated, Generic, Literal, TypeVar

import msgspec
from msgspec import Meta

from service.integrations.stripe.reader_records import ReaderTold
from service.integrations.stripe.saved_records import Mandate, NextAction, PaymentMethod, SetupIntent

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
DisputeStatus = Literal[
    "warning_needs_response",
    "warning_under_review",
    "warning_closed",
    "needs_response",
    "under_review",
    "won",
    "lost",
    "prevented",
]
RefundStatus = Literal["pending", "requires_action", "succeeded", "failed", "canceled"]


T = TypeVar("T")


class Page(msgspec.Struct, Generic[T], frozen=True):
    """A part of a list, newest first."""

    data: list[T]
    has_more: bool


class _Dated(msgspec.Struct, frozen=True, kw_only=True):
    created: EpochSeconds

    @property
    def created_at(self) -> datetime:
        return datetime.fromtimestamp(self.created, UTC)


class _OfMoney(_Dated, frozen=True, kw_only=True):
    currency: Currency
    """In capitals here, whatever came."""

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "currency", self.currency.upper())


class CardProblem(msgspec.Struct, frozen=True, kw_only=True):
    """Why the last attempt to charge failed. `message` is Stripe's sentence for the customer."""

    code: str | None = None
    decline_code: str | None = None
    advice_code: str | None = None
    message: str | None = None


class PaymentIntent(_OfMoney, frozen=True, kw_only=True, rename={"amount_minor": "amount", "received_minor": "amount_received"}):
    """One attempt to collect an amount, as Stripe has it."""

    object: Literal["payment_intent"]
    id: Id
    amount_minor: AmountMinor
    received_minor: AmountMinor
    status: IntentStatus
    livemode: bool
    metadata: dict[str, str]
    client_secret: str | None = None
    """Lets its holder pay this intent; never logged."""
    latest_charge: str | None = None
    last_payment_error: CardProblem | None = None
    next_action: NextAction | None = None
    cancellation_reason: str | None = None


class Refund(_OfMoney, frozen=True, kw_only=True, rename={"amount_minor": "amount"}):
    """Money on its way back."""

    object: Literal["refund"]
    id: Id
    amount_minor: AmountMinor
    status: RefundStatus
    metadata: dict[str, str] = {}
    payment_intent: str | None = None
    charge: str | None = None
    failure_reason: str | None = None


class EvidenceDetails(msgspec.Struct, frozen=True):
    """Until when a dispute takes evidence, and how often it was given some."""

    due_by: EpochSeconds | None = None
    submission_count: int = 0


class BalanceMove(msgspec.Struct, frozen=True):
    """What a dispute moved on our balance: below 0 withdrawn, above 0 given back."""

    amount: int


class Dispute(_OfMoney, frozen=True, kw_only=True, rename={"amount_minor": "amount", "intent_id": "payment_intent"}):
    """A card payment that its customer disputes with their bank."""

    object: Literal["dispute"]
    id: Id
    amount_minor: AmountMinor
    status: DisputeStatus
    reason: Annotated[str, Meta(min_length=1, max_length=100)]
    intent_id: Id | None = None
    metadata: dict[str, str] = {}
    evidence_details: EvidenceDetails = EvidenceDetails()
    balance_transactions: list[BalanceMove] = []

    @property
    def due_by(self) -> datetime | None:
        due = self.evidence_details.due_by
        return None if due is None else datetime.fromtimestamp(due, UTC)


class TraceId(msgspec.Struct, frozen=True, kw_only=True):
    """By which banks follow a payout, once it is known."""

    value: str | None = None


class Payout(_OfMoney, frozen=True, kw_only=True, rename={"amount_minor": "amount"}):
    """What goes to the bank."""

    object: Literal["payout"]
    id: Id
    amount_minor: int
    status: Literal["pending", "in_transit", "paid", "failed", "canceled"]
    arrival_date: EpochSeconds
    automatic: bool
    statement_descriptor: str | None = None
    trace_id: TraceId | None = None

    @property
    def arrives_on(self) -> date:
        return datetime.fromtimestamp(self.arrival_date, UTC).date()


class MoveSource(msgspec.Struct, frozen=True, kw_only=True, rename={"intent_id": "payment_intent"}):
    """What a movement is about."""

    id: Id
    object: str = ""
    intent_id: Id | None = None


class BalanceTransaction(_OfMoney, frozen=True, kw_only=True, rename={"amount_minor": "amount", "fee_minor": "fee"}):
    """One movement of the balance, with its fee."""

    id: Id
    type: Annotated[str, Meta(min_length=1, max_length=100)]
    amount_minor: int
    fee_minor: int
    source: MoveSource | Id | None = None


class CheckoutSession(_Dated, frozen=True, kw_only=True, rename={"intent_id": "payment_intent"}):
    """The provider's own page, on which a customer pays or saves a card."""

    object: Literal["checkout.session"]
    id: Id
    mode: Literal["payment", "setup", "subscription"]
    status: Literal["open", "complete", "expired"] | None
    payment_status: Literal["paid", "unpaid", "no_payment_required"]
    metadata: dict[str, str] | None = None
    intent_id: Id | None = None
    setup_intent: Id | None = None
    url: str | None = None
    """Lets its holder pay, or save; gone once they did, or it is over."""


class Charge(msgspec.Struct, frozen=True, kw_only=True, rename={"intent_id": "payment_intent"}):
    """What a card was charged; its movement is known some time after it."""

    object: Literal["charge"]
    id: Id
    intent_id: Id | None = None
    balance_transaction: Id | None = None
    metadata: dict[str, str] = {}


class OfIntent(msgspec.Struct, frozen=True, kw_only=True, rename={"intent_id": "payment_intent"}):
    """A warning or a review: what it says of itself is its kind, and which intent it is about."""

    object: str
    id: Id
    intent_id: Id | None = None


Told = PaymentIntent | CheckoutSession | Refund | Dispute | Payout | Charge | ReaderTold | OfIntent | SetupIntent | PaymentMethod | Mandate
"""What of an event's object is read."""
READ_AS: dict[str, type[Told]] = {
    "payment_intent": PaymentIntent,
    "refund": Refund,
    "charge.dispute": Dispute,
    "payout": Payout,
    "charge": Charge,
    "terminal.reader": ReaderTold,
    "checkout.session": CheckoutSession,
    "radar.early_fraud_warning": OfIntent,
    "review": OfIntent,
    "setup_intent": SetupIntent,
    "payment_method": PaymentMethod,
    "mandate": Mandate,
}
"""By an event's type without its last word."""


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
    object: Told | None
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


_DECODERS = {kind: msgspec.json.Decoder(record) for kind, record in READ_AS.items()}


def read_object(event_type: str, object_json: bytes) -> Told | None:
    """An event's object by its type, None for a type that Sayso doesn't read; raises what msgspec raises."""
    decoder = _DECODERS.get(event_type.rpartition(".")[0])
    return None if decoder is None else decoder.decode(object_json)


def read_event(envelope: EventEnvelope) -> ProviderEvent:
    """The event with its object read by its kind; an object that can't be read is kept as it came."""
    inside = bytes(envelope.data.object)
    found: Told | None = None
    unread = None
    try:
        found = read_object(envelope.type, inside)
        if found is None:
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
