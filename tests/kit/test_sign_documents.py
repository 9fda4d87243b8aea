"""A signed document verifies by a key that is known, in the one way there is, also after the key was rotated."""

import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from service.cli._checks import logs_are_as_sealed, look_around
from service.cli.doctor import SESSION
from service.kit.signatures import Keys, PublicKeys, SignatureInvalid
from service.settings import Settings
from tests.cli.test_find_broken_logs import history
from tests.world import World

TYPE = "test+jws"


def new_key() -> str:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def rightly_signed(keys: Keys, header: dict[str, Any]) -> str:
    """A document under an odd header that our own key really signed."""
    parts = [base64.urlsafe_b64encode(part).rstrip(b"=") for part in (json.dumps(header, separators=(",", ":")).encode(), b"{}")]
    signature = keys._signing.get_op_key("sign").sign(b".".join(parts))
    return b".".join([*parts, base64.urlsafe_b64encode(signature).rstrip(b"=")]).decode()


@pytest.mark.parametrize(
    "change",
    [{"alg": "none"}, {"alg": "HS256"}, {"alg": "Ed25519"}, {"kid": "unknown"}, {"typ": "at+jwt"}, {"jwk": {}}, {"jku": "https://evil.example"}, {"crit": ["b64"], "b64": False}],
    ids=str,
)  # fmt: skip
def test_e11_another_algorithm_key_or_header_is_refused(change: dict[str, Any]) -> None:
    keys = Keys(new_key())
    header = json.loads(base64.urlsafe_b64decode(keys.sign(b"{}", typ=TYPE).split(".")[0] + "=="))
    assert keys.verify(rightly_signed(keys, header), typ=TYPE) == b"{}"
    with pytest.raises(SignatureInvalid):
        keys.verify(rightly_signed(keys, header | change), typ=TYPE)


@pytest.mark.parametrize("odd", ["", "a.b", "a.b.c.d", "....", "é.e.e", "e30.e30.", "W10.e30.AAAA"])
def test_e11_what_is_no_signed_document_is_refused(odd: str) -> None:
    with pytest.raises(SignatureInvalid):
        Keys(new_key()).verify(odd, typ=TYPE)


def test_e11_a_document_signed_for_another_purpose_is_refused() -> None:
    keys = Keys(new_key())
    with pytest.raises(SignatureInvalid, match="header"):
        keys.verify(keys.sign(b"{}", typ="other+jws"), typ=TYPE)


def test_every_change_of_a_character_is_noticed() -> None:
    """Base64 has several spellings of its last bits; only ours is taken."""
    keys = Keys(new_key())
    text = keys.sign(b'{"a":1}', typ=TYPE)
    for at in range(len(text)):
        for other in "AQgwB_":
            if text[at] != other:
                with pytest.raises(SignatureInvalid):
                    keys.verify(text[:at] + other + text[at + 1 :], typ=TYPE)


def test_e12_what_a_retired_key_signed_verifies() -> None:
    before = Keys(new_key())
    text = before.sign(b"{}", typ=TYPE)
    after = Keys(new_key(), retired=[before.as_set().keys[0].x])
    assert after.verify(text, typ=TYPE) == b"{}"
    with pytest.raises(SignatureInvalid, match="isn't known"):
        Keys(new_key()).verify(text, typ=TYPE)


@pytest.mark.parametrize("odd", [b"[]", b"{}", b"\xff", b'{"kty":"RSA"}', b"5", b'{"keys":5}', b'{"kty":"OKP","crv":"Ed25519","x":5}'])
def test_what_holds_no_key_is_told_as_that(odd: bytes) -> None:
    with pytest.raises(ValueError, match="Ed25519 public key"):
        PublicKeys.read(odd)


async def test_the_keys_are_published_to_everybody_and_may_be_cached(world: World) -> None:
    answer = await world.http.get("/.well-known/jwks.json")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "public, max-age=300")
    assert PublicKeys.read(answer.content).as_set() == world.database.keys.as_set()
    [key] = answer.json()["keys"]
    assert "d" not in key


async def test_checkpoints_of_a_retired_key_still_verify(world: World, owner: Any, settings: Settings) -> None:
    await history(world, settings)
    await owner.execute(SESSION)
    retired = world.database.keys.as_set().keys[0].x
    for rotated, held in ((Settings(**_without(settings), signing_key=new_key(), retired_keys=(retired,)), True), (Settings(**_without(settings), signing_key=new_key()), False)):  # fmt: skip
        offences = await logs_are_as_sealed.find(owner, look_around(rotated))
        assert ([one for one in offences if one[0] == world.organisation_id] == []) is held


def _without(settings: Settings) -> dict[str, Any]:
    return {"database_url": settings.database_url, "secret": settings.secret}
