"""Addresses, as they stand inside other objects."""

from service.integrations.stripe.standin.forms import Fields
from service.integrations.stripe.standin.state import Thing

PARTS = ("city", "country", "line1", "line2", "postal_code", "state")


def address_of(fields: Fields | None) -> Thing:
    """The address told inside these parameters, every part of it there."""
    told = None if fields is None else fields.nested("address", accepts=PARTS)
    return {part: None if told is None else told.text(part) for part in PARTS}
