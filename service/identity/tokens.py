"""Bearer tokens of staff: JWT (RFC 7519) signed with Ed25519 (RFC 8037), 15 minutes, one fixed algorithm, key and type."""

from datetime import datetime, timedelta
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from service.identity.scopes import ROLES, Role, scopes_of
from service.kit.principals import Principal
from service.kit.refusals import NotAuthenticated

LIFETIME = timedelta(minutes=15)
CLOCKS_APART = timedelta(minutes=10)
"""How far the clocks of two of our own servers may differ."""
ISSUER = "sayso"
HEADER = {"alg": "Ed25519", "typ": "at+jwt"}
CLAIMS = {"iss", "sub", "org", "sid", "roles", "iat", "exp"}


class Tokens:
    """Makes and checks the tokens of one service."""

    def __init__(self, signing_key: str) -> None:
        self._key = OKPKey.import_key(signing_key)
        self._checked: dict[str, tuple[Principal, int, int]] = {}

    def make(self, *, organisation_id: UUID, staff_id: UUID, session_id: UUID, roles: list[Role], at: datetime) -> str:
        """A token for that member of staff's session, good for 15 minutes from `at`."""
        claims: dict[str, object] = {
            "iss": ISSUER,
            "sub": str(staff_id),
            "org": str(organisation_id),
            "sid": str(session_id),
            "roles": list(roles),
            "iat": int(at.timestamp()),
            "exp": int((at + LIFETIME).timestamp()),
        }
        return jwt.encode(HEADER, claims, self._key, algorithms=["Ed25519"])

    def check(self, token: str, *, at: datetime) -> Principal:
        """Who the token speaks for; raises NotAuthenticated. A signature is checked once, its times every time."""
        known = self._checked.get(token)
        if known is None:
            known = self._verified(token)
            if len(self._checked) > 10_000:
                self._checked.clear()
            self._checked[token] = known
        principal, issued, expires = known
        if at.timestamp() >= expires:
            raise NotAuthenticated("This token has expired; refresh it.")
        if at.timestamp() < issued - CLOCKS_APART.total_seconds():
            raise NotAuthenticated("This token isn't good yet.")
        return principal

    def _verified(self, token: str) -> tuple[Principal, int, int]:
        try:
            decoded = jwt.decode(token, self._key, algorithms=["Ed25519"])
            claims = decoded.claims
            # The whole header is fixed: nothing in it may choose a key, an algorithm, an address or an extension.
            if (
                decoded.header != HEADER
                or claims.keys() != CLAIMS
                or claims["iss"] != ISSUER
                or not _is_short(claims["iat"], claims["exp"])
            ):
                raise NotAuthenticated("This token isn't ours or was changed.")
            roles = [role for role in claims["roles"] if role in ROLES]
            principal = Principal(
                organisation_id=UUID(claims["org"]),
                kind="staff",
                id=UUID(claims["sub"]),
                scopes=scopes_of(roles),
                session_id=UUID(claims["sid"]),
            )
            return principal, int(claims["iat"]), int(claims["exp"])
        except (JoseError, KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError):
            raise NotAuthenticated("This token isn't ours or was changed.") from None


def _is_short(issued: object, expires: object) -> bool:
    """Whole seconds of our own lifetime: neither fractions, texts nor centuries."""
    return type(issued) is int and type(expires) is int and 0 <= issued < expires <= issued + LIFETIME.total_seconds()
