"""Staff, sessions, devices and keys as sent and received."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.identity.records.common import Email, Name, Password, Roles, SentPassword, Token
from service.identity.scopes import Role


class Invitation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who is to work here."""

    name: Name
    email: Email
    roles: Roles
    id: UUID | None = None


class Invited(msgspec.Struct, frozen=True):
    """That they were invited; the mail goes out at once."""

    id: UUID
    version: int
    expires_at: datetime


class StaffMember(msgspec.Struct, frozen=True):
    """Somebody who works here."""

    id: UUID
    name: str
    email: str
    roles: list[Role]
    active: bool
    joined: bool
    """Whether they accepted their invitation."""
    version: int
    created_at: datetime


class StaffChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What should be different; a member left out stays."""

    name: Name | None = None
    roles: Roles | None = None
    active: bool | None = None


class Acceptance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The token from the mail, and the password it is to set."""

    token: Token
    password: Password


class Joined(msgspec.Struct, frozen=True):
    """That the password is set; now sign in."""

    id: UUID


class ResetRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose password was forgotten."""

    email: Email


class Accepted(msgspec.Struct, frozen=True):
    """The same answer for every address, known or not."""

    accepted: Literal[True] = True


class SentDevice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The phone or tablet in hand; its id is made by the app once and kept."""

    id: UUID
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class SignIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is there."""

    email: Email
    password: SentPassword
    device: SentDevice | None = None
    organisation_id: UUID | None = None
    """For somebody who works for more than one."""


class Refresh(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The latest refresh token of this session."""

    refresh_token: Token


class SessionReceipt(msgspec.Struct, frozen=True):
    """A session in its present generation; tokens are made of it, the same ones each time."""

    session_id: UUID
    staff_id: UUID
    roles: list[Role]
    generation: int
    issued_at: datetime


class Tokenset(msgspec.Struct, frozen=True):
    """What a signed-in app holds (OAuth 2.0's names, RFC 6749 section 5.1)."""

    access_token: str
    refresh_token: str
    expires_in: int
    session_id: UUID
    staff_id: UUID
    roles: list[Role]
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - a kind of token, not a secret


class SignedOut(msgspec.Struct, frozen=True):
    """That the session has ended, its tokens with it."""

    session_id: UUID


class Me(msgspec.Struct, frozen=True):
    """Who the credentials sent speak for."""

    kind: Literal["staff", "api_key"]
    id: UUID
    organisation_id: UUID
    name: str
    scopes: list[str]


class Device(msgspec.Struct, frozen=True):
    """A phone or tablet that somebody signed in with."""

    id: UUID
    staff_id: UUID
    name: str
    registered_at: datetime
    revoked_at: datetime | None


class Revoked(msgspec.Struct, frozen=True):
    """That it is out, from this moment, with the number of sessions it ended."""

    id: UUID
    sessions_ended: int


class Registered(msgspec.Struct, frozen=True):
    """A device that one's session is on."""

    id: UUID


class NewApiKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A key for a program, with no more scopes than it needs."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    scopes: Annotated[list[Annotated[str, msgspec.Meta(min_length=3, max_length=60)]], msgspec.Meta(min_length=1, max_length=100)]
    expires_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    id: UUID | None = None


class ApiKeyReceipt(msgspec.Struct, frozen=True):
    """That the key exists."""

    id: UUID


class MadeApiKey(msgspec.Struct, frozen=True):
    """The key itself: shown in this answer only."""

    id: UUID
    key: str


class ApiKey(msgspec.Struct, frozen=True):
    """A key as it stands, without its secret."""

    id: UUID
    name: str
    scopes: list[str]
    made_by: str
    made_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    partner_id: UUID | None
    """Whom it was made for, if not for ourselves."""


class RevokedKey(msgspec.Struct, frozen=True):
    """That the key is out, from this moment."""

    id: UUID


class Owner(msgspec.Struct, frozen=True):
    """The organisation and id behind a hash."""

    organisation_id: UUID
    id: UUID
