"""The person behind an act: their words are kept apart under a salt, the act holds commitments alone."""

from typing import Any
from uuid import UUID

import msgspec

from service.authorisations.canonical import commitment


class Words(msgspec.Struct, frozen=True):
    """What a person is known by: their name, and the address or number they were reached at."""

    name: str | None
    contact_point: str | None


class ShownTo(msgspec.Struct, frozen=True):
    """The contact that something was shown to, as they are called and reached now."""

    contact_id: UUID
    name: str
    address: str
    code_channel: str | None
    """By which the last code went to them."""


def committed(words: Words, *, salt: bytes) -> dict[str, str | None]:
    """What enters the act: proves the words while the salt is kept, says nothing once both are erased."""
    return {
        "authoriser_commitment": commitment(salt, words.name) if words.name else None,
        "contact_point_commitment": commitment(salt, words.contact_point) if words.contact_point else None,
    }


def kept_apart(words: Words, *, salt: bytes) -> dict[str, Any]:
    """What a statement takes to keep the words and their salt where they can be erased, and the commitments where they can't."""
    return {"salt": salt, "authoriser_name": words.name, "contact_point": words.contact_point, **committed(words, salt=salt)}
