"""What Sayso keeps of Stripe's card readers."""

from typing import Annotated, Literal

import msgspec

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=255)]


class ReaderAction(msgspec.Struct, frozen=True):
    """What a reader asks for, or asked for last."""

    status: Literal["in_progress", "succeeded", "failed"]
    failure_code: str | None = None
    failure_message: str | None = None
    process_payment_intent: "AskedIntent | None" = None


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """A card reader."""

    id: Name
    label: str | None = None
    device_type: str
    status: Literal["online", "offline"] | None = None
    action: ReaderAction | None = None


class Location(msgspec.Struct, frozen=True, kw_only=True):
    """Where readers stand."""

    id: Name
    metadata: dict[str, str] = {}


class ConnectionToken(msgspec.Struct, frozen=True):
    """Lets its holder connect a reader; never kept, never logged."""

    secret: str


class AskedIntent(msgspec.Struct, frozen=True, rename={"intent_id": "payment_intent"}):
    """The intent that a reader was to collect."""

    intent_id: Name


class SignatureKept(msgspec.Struct, frozen=True):
    """The file that holds a signature."""

    value: Name | None = None


class AskedInput(msgspec.Struct, frozen=True):
    """One thing that a customer was asked for on a reader."""

    type: str
    signature: SignatureKept | None = None


class AskedInputs(msgspec.Struct, frozen=True):
    """What a customer was asked for on a reader, and our own ids."""

    inputs: list[AskedInput] = []
    metadata: dict[str, str] | None = None


class ReaderEnd(msgspec.Struct, frozen=True):
    """What a reader was asked for, once it has ended."""

    type: str
    status: Literal["in_progress", "succeeded", "failed"]
    failure_code: str | None = None
    process_payment_intent: AskedIntent | None = None
    collect_inputs: AskedInputs | None = None


class ReaderTold(msgspec.Struct, frozen=True, kw_only=True):
    """A card reader, as its events tell it."""

    object: Literal["terminal.reader"]
    id: Name
    action: ReaderEnd | None = None

    @property
    def signature_file(self) -> str | None:
        """The signature that was given."""
        inputs = [] if self.action is None or self.action.collect_inputs is None else self.action.collect_inputs.inputs
        return next((one.signature.value for one in inputs if one.type == "signature" and one.signature), None)

    @property
    def intent_id(self) -> str | None:
        asked = None if self.action is None else self.action.process_payment_intent
        return None if asked is None else asked.intent_id
