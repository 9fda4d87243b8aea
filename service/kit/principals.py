"""Who asks: a member of staff, an API key, a device, a customer by link, a partner by a key of theirs, or the system itself."""

from typing import Literal
from uuid import UUID

import msgspec

Kind = Literal["staff", "api_key", "customer_link", "partner", "system"]


class Principal(msgspec.Struct, frozen=True):
    """Somebody who may act in exactly one organisation."""

    organisation_id: UUID
    kind: Kind
    id: UUID
    scopes: frozenset[str] = frozenset()
    session_id: UUID | None = None
    """Checked to be live in the opening message of every transaction, so that a lost phone is out at once."""
    customer_id: UUID | None = None
    """For a link: the one customer it speaks for."""
    subject_id: UUID | None = None
    """For a link: the one thing it is about: a presentation, or the member of staff whose calendar it feeds."""

    @property
    def actor(self) -> str:
        """How facts name them."""
        return f"{self.kind}:{self.id}"

    def may(self, scope: str) -> bool:
        """Whether one of their scopes is this one."""
        return scope in self.scopes
