"""The shapes of names, addresses and secrets."""

from typing import Annotated, Literal

import msgspec

from service.identity.scopes import Role
from service.kit.patterns import LINE, whole

LinkPurpose = Literal["presentation", "customer", "feed", "choice", "portal"]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=LINE)]
Email = Annotated[
    str, msgspec.Meta(min_length=3, max_length=254, pattern=whole(r"[^\s@<>\"]{1,64}@[^\s@<>\"]{1,189}"), description="An address of mail.")
]
Password = Annotated[str, msgspec.Meta(min_length=12, max_length=128, description="12 characters or more; any are allowed.")]
SentPassword = Annotated[str, msgspec.Meta(min_length=1, max_length=128)]
Token = Annotated[str, msgspec.Meta(min_length=20, max_length=200)]
Phone = Annotated[str, msgspec.Meta(min_length=3, max_length=40)]
Zone = Annotated[str, msgspec.Meta(min_length=1, max_length=60, description="An IANA time zone, `Europe/Berlin`.")]
Roles = Annotated[list[Role], msgspec.Meta(min_length=1, max_length=5)]
Language = Literal["en", "de"]
