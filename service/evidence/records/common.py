"""How the members of a pack are read."""

import msgspec


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Read as strictly as it is written."""
