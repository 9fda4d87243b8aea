"""Packs that were handed out before verify for good: `version-1.zip` was written by the service as it was then."""

import hashlib
import random
from pathlib import Path

import msgspec
import pytest

from service.evidence import archives
from service.evidence.archives import written
from service.evidence.packs import EVIDENCE, EXPLANATION, FILES_OF, KEYS, MANIFEST, explanation
from service.evidence.verifying import verify_pack
from service.kit.signatures import Keys, PublicKeys
from tests.evidence.packs import Job, codes, read
from tests.world import World

OLD = (Path(__file__).parent / "version-1.zip").read_bytes()
MEMBERS = archives.read(OLD, names=FILES_OF[1])
ITS_KEYS = PublicKeys.read(MEMBERS[KEYS])
RECEIPTS = [act["receipt"] for act in msgspec.json.decode(MEMBERS["acts.json"])]


def test_a_pack_of_the_first_version_verifies_with_the_receipts_of_its_acts() -> None:
    assert len(RECEIPTS) == 3
    assert codes(OLD, ITS_KEYS, RECEIPTS) == set()
    assert "forecasts" not in " ".join(one.check for one in verify_pack(OLD, keys=ITS_KEYS))


def test_a_byte_flipped_in_a_pack_of_the_first_version_is_detected() -> None:
    chance, unnoticed = random.Random(1), []
    for at in range(0, len(OLD), 7):
        flipped = bytearray(OLD)
        flipped[at] ^= 1 << chance.randrange(8)
        if not codes(bytes(flipped), ITS_KEYS):
            unnoticed.append(at)
    assert unnoticed == []


def signed(members: dict[str, bytes], *, version: int, keys: Keys) -> bytes:
    """The files under a manifest that says it is of that version, by the company's own key."""
    members = members | {KEYS: msgspec.json.encode(keys.as_set())}
    manifest = msgspec.json.decode(keys.verify(members.pop(MANIFEST).decode(), typ=EVIDENCE)) | {"v": version}
    manifest["members"] = [{"name": name, "size": len(of), "sha256": hashlib.sha256(of).hexdigest()} for name, of in members.items()]
    return written({MANIFEST: keys.sign(msgspec.json.encode(manifest), typ=EVIDENCE).encode(), **members})


@pytest.mark.parametrize("version, found", [(2, set()), (1, {"PACK_INVALID"}), (3, {"PACK_INVALID"})])
async def test_what_was_signed_as_another_version_is_none(ordinary: Job, world: World, version: int, found: set[str]) -> None:
    forged = signed(read(await ordinary.evidence()), version=version, keys=world.database.keys)
    assert codes(forged, world.database.keys) == found


async def test_a_pack_cut_down_to_the_files_of_an_older_version_is_found(ordinary: Job, world: World) -> None:
    members = read(await ordinary.evidence())
    older = {name: members[name] for name in FILES_OF[1]}
    assert codes(signed(older, version=2, keys=world.database.keys), world.database.keys) == {"PACK_INVALID"}
    assert codes(signed(older, version=1, keys=world.database.keys), world.database.keys) == {"PACK_INVALID"}, "its explanation is another"


async def test_the_explanation_of_an_older_version_is_none_of_a_newer_pack(ordinary: Job, world: World) -> None:
    members = read(await ordinary.evidence()) | {EXPLANATION: explanation(1)}
    assert codes(signed(members, version=2, keys=world.database.keys), world.database.keys) == {"PACK_INVALID"}
