"""What a card payment's dispute is answered with, in the fields that Stripe names."""

from typing import Literal
from uuid import UUID

import msgspec

TextName = Literal["customer_name", "product_description", "service_date", "uncategorized_text"]
FileName = Literal["receipt"]


class TextField(msgspec.Struct, frozen=True, tag_field="type", tag="text"):
    """A field that is told in words."""

    name: TextName
    value: str


class FileField(msgspec.Struct, frozen=True, tag_field="type", tag="file"):
    """A field that is a file: fetch it at `source`, upload it with `purpose`, and send the id that Stripe gives."""

    name: FileName
    source: str
    media_type: Literal["application/pdf"]
    purpose: Literal["dispute_evidence"]


class DisputeEvidence(msgspec.Struct, frozen=True):
    """The evidence, staged: with `submit` false Stripe shows it to a person, who sends it or doesn't."""

    scope_id: UUID
    submit: Literal[False]
    characters: int
    fields: list[TextField | FileField]
