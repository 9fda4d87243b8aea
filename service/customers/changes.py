"""What adding and changing have in common: texts without card numbers, and a change as the fields that were sent."""

from uuid import UUID

import msgspec

from service.customers.records import Change, New
from service.kit.card_numbers import refuse_card_numbers
from service.kit.verbs import Work

NOBODY = UUID(int=0)


def values(new: New) -> dict[str, object]:
    """The fields of a new thing but its id; raises CardNumber."""
    fields = {name: getattr(new, name) for name in new.__struct_fields__ if name != "id"}
    refuse_card_numbers(*(value for value in fields.values() if isinstance(value, str)))
    return fields


def changed(change: Change) -> str:
    """The fields that were sent, as JSON; raises CardNumber."""
    fields = msgspec.to_builtins(change)
    refuse_card_numbers(*(value for value in fields.values() if isinstance(value, str)))
    return msgspec.json.encode(fields).decode()


def after(work: Work, purpose: str, cursor: str | None) -> UUID:
    """The id that a page begins after; raises CursorInvalid."""
    return UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOBODY
