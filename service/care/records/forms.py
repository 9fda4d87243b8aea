"""What somebody writes into the public form."""

from typing import Annotated

import msgspec

from service.kit.patterns import LINE, LINES


class NewFormWord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who they are, how they are reached, and what they want."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=LINE)]
    reached_by: Annotated[str, msgspec.Meta(min_length=5, max_length=254, pattern=LINE)]
    """A mail address or a telephone number."""
    words: Annotated[str, msgspec.Meta(min_length=2, max_length=10_000, pattern=LINES)]
