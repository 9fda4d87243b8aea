"""Signed documents: JWS compact (RFC 7515) by Ed25519 (RFC 8037), one algorithm, one header; a key is named by its thumbprint (RFC 7638)."""

import base64
import binascii
import re
from collections.abc import Iterable
from typing import Any, Final, Literal

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from joserfc import jws
from joserfc.errors import JoseError, UnsupportedAlgorithmError
from joserfc.jwk import OKPKey
from joserfc.jws import JWSRegistry

ALGORITHM: Final = "EdDSA"
"""The name that verifiers everywhere know; RFC 9864 has a newer one, `Ed25519`, for the same."""
_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+", re.ASCII)


class SignatureInvalid(Exception):
    """Not signed by a key that is known, in the one way there is; the message says what is wrong."""


class PublicKey(msgspec.Struct, frozen=True, kw_only=True):
    """A public key as JWK (RFC 7517, RFC 8037)."""

    kid: str
    """Its thumbprint (RFC 7638)."""
    x: str
    kty: Literal["OKP"] = "OKP"
    crv: Literal["Ed25519"] = "Ed25519"
    alg: Literal["EdDSA"] = ALGORITHM
    use: Literal["sig"] = "sig"


class KeySet(msgspec.Struct, frozen=True):
    """The keys that receipts, evidence and checkpoints verify with: the present one and those retired."""

    keys: list[PublicKey]


class _OneAlgorithm(JWSRegistry):
    """Knows Ed25519 and no other algorithm, `none` least of all."""

    def get_alg(self, name: str) -> Any:
        if name != ALGORITHM:
            raise UnsupportedAlgorithmError(f"`{name}` is refused")
        return self.algorithms[ALGORITHM]


_REGISTRY = _OneAlgorithm(algorithms=[ALGORITHM])


class PublicKeys:
    """What signatures are checked with: keys by thumbprint."""

    def __init__(self, keys: Iterable[OKPKey]) -> None:
        self._public = {key.thumbprint(): key for key in keys}

    @classmethod
    def read(cls, document: bytes) -> "PublicKeys":
        """The keys of a JWK or a JWK set (RFC 7517); raises ValueError where one isn't an Ed25519 public key."""
        try:
            told = msgspec.json.decode(document)
            members = told.get("keys", [told])
            texts = [one["x"] for one in members if _is_ours(one)]
            keys = [OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": text}) for text in texts if raw_key(text) == text]
        except (msgspec.DecodeError, JoseError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError("this holds no Ed25519 public key as JWK or JWK set") from error
        if not keys or len(keys) < len(texts):
            raise ValueError("this holds no Ed25519 public key as JWK or JWK set")
        return cls(keys)

    def verify(self, text: str, *, typ: str) -> bytes:
        """The payload, if one of these keys signed it as a document of that type; raises SignatureInvalid."""
        if not _COMPACT.fullmatch(text):
            raise SignatureInvalid("it isn't a compact JWS")
        # Base64 has several spellings of the last bits; only one is ours, so that no byte can change unnoticed.
        parts = [_decoded(part) for part in text.split(".")]
        try:
            header = msgspec.json.decode(parts[0])
        except (msgspec.DecodeError, ValueError, RecursionError):
            raise SignatureInvalid("its header isn't JSON") from None
        # The whole header is fixed: nothing in it may choose an algorithm, bring a key or name an address.
        if not isinstance(header, dict) or header.keys() != {"alg", "kid", "typ"} or header["alg"] != ALGORITHM or header["typ"] != typ:
            raise SignatureInvalid(f"its header isn't that of a `{typ}` signed by {ALGORITHM}")
        key = self._public.get(str(header["kid"]))
        if key is None:
            raise SignatureInvalid(f"the key `{str(header['kid'])[:50]}` isn't known")
        try:
            return jws.deserialize_compact(text, key, registry=_REGISTRY).payload
        except (JoseError, ValueError):
            raise SignatureInvalid("its signature doesn't fit its content") from None

    def raw(self) -> list[Ed25519PublicKey]:
        """The keys themselves, for signatures that are no JWS."""
        return [Ed25519PublicKey.from_public_bytes(_decoded(one.x)) for one in self.as_set().keys]

    def as_set(self) -> "KeySet":
        """The keys as they are published, in the order of their names."""
        return KeySet([PublicKey(kid=name, x=str(key.as_dict(private=False)["x"])) for name, key in sorted(self._public.items())])


class Keys(PublicKeys):
    """The keys of one service: the present one signs, retired ones still verify what they signed."""

    def __init__(self, signing_key: str, *, retired: Iterable[str] = ()) -> None:
        self._signing = OKPKey.import_key(signing_key)
        super().__init__([OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": one}) for one in retired])
        self._public[self._signing.thumbprint()] = self._signing

    def sign(self, payload: bytes, *, typ: str) -> str:
        """The payload signed by the present key as a document of that type."""
        header = {"alg": ALGORITHM, "kid": self._signing.thumbprint(), "typ": typ}
        return jws.serialize_compact(header, payload, self._signing, registry=_REGISTRY)


def raw_key(text: str) -> str:
    """A public key's 32 bytes, in either base64, as JWK writes them; raises ValueError."""
    decoded = base64.b64decode(text.rstrip("=").replace("-", "+").replace("_", "/") + "=", validate=True)
    if len(decoded) != 32:
        raise ValueError("an Ed25519 public key has 32 bytes")
    return _encoded(decoded)


def _is_ours(jwk: dict[str, Any]) -> bool:
    return (jwk.get("kty"), jwk.get("crv")) == ("OKP", "Ed25519")


def _decoded(part: str) -> bytes:
    try:
        decoded = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except binascii.Error:
        decoded = b""
    if _encoded(decoded) != part:
        raise SignatureInvalid("it isn't written in the one base64 there is")
    return decoded


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
