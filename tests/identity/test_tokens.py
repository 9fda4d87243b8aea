"""Every odd bearer token is refused: algorithm, key, type, times, session; each is a row."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from service.settings import Settings
from tests.identity.builders import me
from tests.world import World


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def signed(settings: Settings, header: dict[str, Any], claims: Any, *, key: Ed25519PrivateKey | None = None) -> str:
    """A token whose signature is right, whatever it says."""
    own = load_pem_private_key(settings.signing_key.encode(), None)
    assert isinstance(own, Ed25519PrivateKey)
    text = f"{b64(json.dumps(header).encode())}.{b64(claims if isinstance(claims, bytes) else json.dumps(claims).encode())}"
    return f"{text}.{b64((key or own).sign(text.encode()))}"


def with_public_key_as_secret(settings: Settings, claims: dict[str, Any], algorithm: str) -> str:
    """The classic confusion: HMAC with what everybody may know."""
    own = load_pem_private_key(settings.signing_key.encode(), None)
    public = own.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    text = f"{b64(json.dumps({'alg': algorithm, 'typ': 'at+jwt'}).encode())}.{b64(json.dumps(claims).encode())}"
    return f"{text}.{b64(hmac.new(public, text.encode(), hashlib.sha256).digest())}"


GOOD: dict[str, Any] = {"alg": "Ed25519", "typ": "at+jwt"}
NEVER = 4_102_444_800

HEADERS: dict[str, dict[str, Any]] = {
    "no algorithm": {"typ": "at+jwt"},
    "EdDSA by its old name": {"alg": "EdDSA", "typ": "at+jwt"},
    "none": {"alg": "none", "typ": "at+jwt"},
    "None": {"alg": "None", "typ": "at+jwt"},
    "HS256": {"alg": "HS256", "typ": "at+jwt"},
    "RS256": {"alg": "RS256", "typ": "at+jwt"},
    "list of algorithms": {"alg": ["Ed25519"], "typ": "at+jwt"},
    "no type": {"alg": "Ed25519"},
    "an ID token": {"alg": "Ed25519", "typ": "JWT"},
    "a receipt": {"alg": "Ed25519", "typ": "receipt+jwt"},
    "type in capitals": {"alg": "Ed25519", "typ": "AT+JWT"},
    "a key id": {**GOOD, "kid": "../../etc/passwd"},
    "a key address": {**GOOD, "jku": "http://127.0.0.1/keys"},
    "a key inside": {**GOOD, "jwk": {"kty": "OKP", "crv": "Ed25519", "x": "AA"}},
    "a certificate address": {**GOOD, "x5u": "http://127.0.0.1/cert"},
    "unencoded payload": {**GOOD, "b64": False, "crit": ["b64"]},
    "an unknown extension": {**GOOD, "crit": ["exp"]},
}
CLAIMS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "other issuer": lambda good: {**good, "iss": "somebody"},
    "an audience we don't name": lambda good: {**good, "aud": "other"},
    "no expiry": lambda good: {name: value for name, value in good.items() if name != "exp"},
    "never expires": lambda good: {**good, "exp": NEVER},
    "expires beyond all numbers": lambda good: {**good, "exp": 10**400},
    "negative expiry": lambda good: {**good, "exp": -1},
    "expiry as float": lambda good: {**good, "exp": good["exp"] + 0.5},
    "expiry as text": lambda good: {**good, "exp": str(good["exp"])},
    "expiry as true": lambda good: {**good, "exp": True},
    "expiry infinite": lambda good: json.dumps({**good, "exp": 0}).replace('"exp": 0', '"exp": Infinity').encode(),
    "issued after it expires": lambda good: {**good, "iat": good["exp"] + 1},
    "lives for an hour": lambda good: {**good, "exp": good["iat"] + 3600},
    "subject is no id": lambda good: {**good, "sub": "admin"},
    "subject is a number": lambda good: {**good, "sub": 1},
    "organisation is no id": lambda good: {**good, "org": "' or 1=1"},
    "session missing": lambda good: {name: value for name, value in good.items() if name != "sid"},
    "session null": lambda good: {**good, "sid": None},
    "roles as text": lambda good: {**good, "roles": 7},
    "claims are a list": lambda good: [good],
    "claims aren't JSON": lambda _: b"{",
    "claims aren't UTF-8": lambda _: b"\xff\xfe",
    "deep claims": lambda good: json.dumps({**good, "iss": 0}).replace('"iss": 0', '"iss": ' + "[" * 900 + "]" * 900).encode(),
}


async def good_claims(world: World) -> dict[str, Any]:
    person = await world.staff("manager")
    payload: dict[str, Any] = json.loads(base64.urlsafe_b64decode(person["token"].split(".")[1] + "=="))
    return payload


async def refused(world: World, token: str) -> None:
    answer = await me(world, token)
    assert (answer.status_code, answer.json()["code"]) == (401, "NOT_AUTHENTICATED"), answer.text


async def test_the_table_starts_from_a_token_that_is_accepted(world: World, settings: Settings) -> None:
    assert (await me(world, signed(settings, GOOD, await good_claims(world)))).status_code == 200


@pytest.mark.parametrize("oddity", HEADERS)
async def test_an_odd_header_is_refused_though_rightly_signed(world: World, settings: Settings, oddity: str) -> None:
    await refused(world, signed(settings, HEADERS[oddity], await good_claims(world)))


@pytest.mark.parametrize("oddity", CLAIMS)
async def test_an_odd_claim_is_refused_though_rightly_signed(world: World, settings: Settings, oddity: str) -> None:
    await refused(world, signed(settings, GOOD, CLAIMS[oddity](await good_claims(world))))


@pytest.mark.parametrize("algorithm", ["HS256", "Ed25519", "none"])
async def test_the_public_key_is_no_secret_to_sign_with(world: World, settings: Settings, algorithm: str) -> None:
    await refused(world, with_public_key_as_secret(settings, await good_claims(world), algorithm))


async def test_another_key_a_cut_and_a_stretched_signature_are_refused(world: World, settings: Settings) -> None:
    claims = await good_claims(world)
    good = signed(settings, GOOD, claims)
    head, body, signature = good.split(".")
    for token in (
        signed(settings, GOOD, claims, key=Ed25519PrivateKey.generate()),
        f"{head}.{body}.",
        f"{head}.{body}",
        f"{head}.{body}.{signature[:-2]}",
        f"{head}.{body}.{signature}AA",
        f"{head}.{b64(json.dumps({**claims, 'roles': ['manager', 'agent']}).encode())}.{signature}",
        f"{good}.{good}",
        f" {good} x",
    ):
        await refused(world, token)


async def test_a_session_of_another_organisation_or_nobody_is_refused(world: World, another: World, settings: Settings) -> None:
    here, there = await good_claims(world), await good_claims(another)
    await refused(world, signed(settings, GOOD, {**here, "org": there["org"]}))
    await refused(world, signed(settings, GOOD, {**here, "sid": there["sid"]}))
    await refused(world, signed(settings, GOOD, {**here, "sid": str(world.id())}))


async def test_a_token_of_tomorrow_is_refused_today(world: World, settings: Settings) -> None:
    claims = await good_claims(world)
    await refused(world, signed(settings, GOOD, {**claims, "iat": claims["iat"] + 86_400, "exp": claims["exp"] + 86_400}))
