"""Whatever is changed, removed or put elsewhere is found by a verifier with the public key, and by one with a receipt even if we sign anew."""

import json
import random
import struct
import zlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from service.authorisations.canonical import seal
from service.authorisations.receipts import RECEIPT
from service.cli import main
from service.evidence import archives
from service.evidence.archives import NotAnArchive, written
from service.evidence.packs import FILES
from service.evidence.verifying import verify_receipt
from service.kit.signatures import Keys
from tests.evidence.packs import Job, codes, job, read, rewritten
from tests.world import World

REPLICA = "set session_replication_role = replica"
"""Past foreign keys: what whoever has the server could do."""


@pytest.fixture
def keys(world: World) -> Keys:
    """The service's keys."""
    return world.database.keys


def new_key() -> Keys:
    return Keys(Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())


async def test_i9_every_byte_flipped_in_turn_is_detected(ordinary: Job, keys: Keys) -> None:
    content, chance = await ordinary.evidence(), random.Random(9)
    unnoticed = []
    for at in range(len(content)):
        flipped = bytearray(content)
        flipped[at] ^= 1 << chance.randrange(8)
        if not codes(bytes(flipped), keys):
            unnoticed.append(at)
    print(f"flips: {len(content)} of {len(content)} bytes, {len(unnoticed)} unnoticed")
    assert unnoticed == []


@pytest.mark.parametrize("step", [31, pytest.param(3, marks=pytest.mark.soak)])
async def test_i9_a_byte_flipped_in_a_file_is_detected_though_the_archive_is_packed_anew(ordinary: Job, keys: Keys, step: int) -> None:
    """Checksums of the container are anybody's to write; the manifest's aren't."""
    members, chance = read(await ordinary.evidence()), random.Random(9)
    flips, unnoticed = 0, []
    for name, content in members.items():
        for at in range(0, len(content), step):
            flipped = bytearray(content)
            flipped[at] ^= 1 << chance.randrange(8)
            flips += 1
            if not codes(written(members | {name: bytes(flipped)}), keys):
                unnoticed.append((name, at))
    print(f"flips in files, packed anew: {flips}, {len(unnoticed)} unnoticed")
    assert unnoticed == []


async def test_a_file_removed_added_or_reordered_is_detected(ordinary: Job, keys: Keys) -> None:
    members = read(await ordinary.evidence())
    without = {name: content for name, content in members.items() if name != "decisions.json"}
    turned = dict(reversed(members.items()))
    assert [bool(codes(written(changed), keys)) for changed in (without, turned, members | {"more.json": b"[]"})] == [True] * 3


def _cut(parts: dict[str, Any]) -> None:
    """The last act goes, as if nobody had taken anything back."""
    parts["acts"].pop()


def _cut_first(parts: dict[str, Any]) -> None:
    parts["acts"].pop(0)


def _swap(parts: dict[str, Any]) -> None:
    parts["acts"][0], parts["acts"][1] = parts["acts"][1], parts["acts"][0]


def _reword(parts: dict[str, Any]) -> None:
    """The act says more was approved, with all its hashes computed anew."""
    prior = "00" * 32
    for act in parts["acts"]:
        said = json.loads(act["content"])
        if "approved" in said:
            said["approved"], said["declined"] = sorted([*said["approved"], *said["declined"]]), []
            act["approved"], act["declined"] = said["approved"], said["declined"]
        act["content"], act["prior_hash"] = json.dumps(said, separators=(",", ":")), prior
        prior = act["entry_hash"] = seal(
            "sayso/authorisation/1", f"{prior} {act['recorded_us']} {act['revised_total_minor']} {act['content']}"
        )


@pytest.mark.parametrize("change", [_cut, _cut_first, _swap, _reword])
async def test_i9_a_pack_that_we_sign_anew_fails_against_a_receipt_held(ordinary: Job, keys: Keys, change: Any) -> None:
    forged = rewritten(await ordinary.evidence(), change, keys=keys)
    assert codes(forged, keys, ordinary.receipts)


async def test_i9_history_cut_at_its_end_looks_whole_but_for_the_receipt_held(ordinary: Job, keys: Keys) -> None:
    forged = rewritten(await ordinary.evidence(), _cut, keys=keys)
    assert codes(forged, keys) == set()
    assert codes(forged, keys, ordinary.receipts[2:]) == {"LOG_INCONSISTENT"}


async def test_i9_a_history_rewritten_whole_with_new_receipts_looks_whole_but_for_the_receipt_held(ordinary: Job, keys: Keys) -> None:
    def rewrite(parts: dict[str, Any]) -> None:
        _reword(parts)
        for act in parts["acts"]:
            told = msgspec.json.decode(keys.verify(act["receipt"], typ=RECEIPT))
            told |= {name: act[name] for name in ("approved", "declined", "prior_hash", "entry_hash")} | {"head": act["entry_hash"]}
            act["receipt"] = keys.sign(msgspec.json.encode(told), typ=RECEIPT)

    forged = rewritten(await ordinary.evidence(), rewrite, keys=keys)
    assert codes(forged, keys) == set()
    for receipt in ordinary.receipts:
        assert codes(forged, keys, [receipt]) == {"HASH_MISMATCH"}


async def test_a_receipt_of_another_matter_is_told(ordinary: Job, keys: Keys) -> None:
    other = await job(ordinary.matter.world)
    assert codes(await ordinary.evidence(), keys, other.receipts[:1]) == {"LOG_INCONSISTENT"}


@asynccontextmanager
async def edited(owner: Any, statement: str, *changes: tuple[Any, ...]) -> AsyncIterator[None]:
    """The statement run for each change (from, to), and back again afterwards: other tests ask the doctor about the same database."""
    await owner.execute(REPLICA)
    for was, becomes in changes:
        await owner.execute(statement, was, becomes)
    try:
        yield
    finally:
        for was, becomes in reversed(changes):
            await owner.execute(statement, becomes, was)


async def test_e01_one_byte_of_a_stored_act_changed(ordinary: Job, keys: Keys, owner: Any) -> None:
    statement = f"update authorisations.authorisation set content = replace(content, $1, $2) where scope_id = '{ordinary.matter.scope_id}' and seq = 1"
    async with edited(owner, statement, ('"method":"tap"', '"method":"tbp"')):
        assert "HASH_MISMATCH" in codes(await ordinary.evidence(), keys)


async def test_e01_one_byte_of_a_stored_offer_changed_with_its_hash(ordinary: Job, keys: Keys, owner: Any) -> None:
    statement = (
        "update authorisations.offer_revision set canonical = replace(canonical, $1, $2),"
        f" offer_hash = authorisations.seal('sayso/offer-revision/1', replace(canonical, $1, $2)) where scope_id = '{ordinary.matter.scope_id}'"
    )
    async with edited(owner, statement, ("Oil change", "Oil chango")):
        assert "HASH_MISMATCH" in codes(await ordinary.evidence(), keys)


async def test_e03_two_rows_of_the_log_swapped(ordinary: Job, keys: Keys, owner: Any) -> None:
    statement = f"update authorisations.authorisation set seq = $2 where scope_id = '{ordinary.matter.scope_id}' and seq = $1"
    async with edited(owner, statement, (2, 99), (3, 2), (99, 3)):
        assert "LOG_INCONSISTENT" in codes(await ordinary.evidence(), keys)


async def test_e11_a_pack_and_a_receipt_of_an_unknown_key_are_refused(ordinary: Job) -> None:
    stranger = new_key()
    assert codes(await ordinary.evidence(), stranger) == {"SIG_INVALID"}
    assert [fault.code for finding in verify_receipt(ordinary.receipts[0], keys=stranger) for fault in finding.faults] == ["SIG_INVALID"]


async def test_e12_a_pack_whose_receipts_a_retired_key_signed_verifies(ordinary: Job, keys: Keys) -> None:
    members = read(await ordinary.evidence())
    after = Keys(
        Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
        retired=[one.x for one in keys.as_set().keys],
    )
    assert codes(rewritten(written(members), lambda _: None, keys=after), after, ordinary.receipts) == set()


async def test_the_command_says_what_held_and_ends_with_its_verdict(ordinary: Job, keys: Keys, tmp_path: Path) -> None:
    (tmp_path / "pack.zip").write_bytes(await ordinary.evidence())
    (tmp_path / "receipt.jws").write_text(ordinary.receipts[0])
    (tmp_path / "keys.json").write_bytes(msgspec.json.encode(keys.as_set()))
    (tmp_path / "key.json").write_bytes(msgspec.json.encode(new_key().as_set().keys[0]))

    def run(*arguments: str) -> tuple[int, str]:
        told = CliRunner().invoke(main, ["verify", *(str(tmp_path / one) if "." in one else one for one in arguments)])
        return told.exit_code, told.output

    assert run("pack.zip", "--key", "keys.json", "--receipt", "receipt.jws")[0] == 0
    status, output = run("receipt.jws", "--key", "keys.json")
    assert (status, "act 1 of" in output, "all held" in output) == (0, True, True)
    status, output = run("pack.zip", "--key", "key.json")
    assert (status, "SIG_INVALID" in output) == (1, True)
    (tmp_path / "receipt.jws").write_text(ordinary.receipts[0][:-1] + ("Q" if ordinary.receipts[0][-1] == "A" else "A"))
    assert run("receipt.jws", "--key", "keys.json")[0] == 1
    for odd in (
        b"{}",
        b"[]",
        b'{"kty":"OKP","crv":"Ed25519","x":"!!"}',
        b'{"kty":"OKP","crv":"Ed25519","x":5}',
        b'{"kty":"OKP","crv":"Ed25519","x":"AA"}',
    ):
        (tmp_path / "odd.json").write_bytes(odd)
        status, output = run("receipt.jws", "--key", "odd.json")
        assert (status, "this holds no Ed25519 public key" in output) == (2, True), odd
    assert run("receipt.jws", "--key", "pack.zip")[0] == 2


async def test_without_a_key_nothing_is_vouched_for(ordinary: Job, tmp_path: Path) -> None:
    (tmp_path / "pack.zip").write_bytes(await ordinary.evidence())
    told = CliRunner().invoke(main, ["verify", str(tmp_path / "pack.zip"), "--folder", str(tmp_path / "none")])
    assert (told.exit_code, "Name the company's public key" in told.output) == (2, True)


@pytest.mark.parametrize("odd", [b"", b"PK", b"PK\x03\x04" + bytes(100), b"PK\x05\x06" + bytes(18)])
def test_what_is_no_pack_is_told_as_that(odd: bytes) -> None:
    assert codes(odd, new_key()) == {"PACK_INVALID"}


def nested(names: Sequence[str], tail: int) -> bytes:
    """A ZIP whose files lie in one another, each with all that follow it: a few megabytes that come to hundreds."""
    inner, entries = bytes(tail), []
    for name in reversed(names):
        head = (20, 0, 0, 0, 33, zlib.crc32(inner), len(inner), len(inner), len(name), 0)
        entries.append((name.encode(), head))
        inner = struct.pack("<4s5H3L2H", b"PK\3\4", *head) + name.encode() + inner
    directory, at = b"", 0
    for name, head in reversed(entries):
        directory += struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, *head, 0, 0, 0, 0, at) + name
        at += 30 + len(name)
    return inner + directory + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(names), len(names), len(directory), len(inner), 0)


def test_files_that_lie_in_one_another_are_not_even_read() -> None:
    with pytest.raises(NotAnArchive, match="lie in one another"):
        archives.read(nested(FILES, 4_000_000), names=FILES)
    with pytest.raises(NotAnArchive, match="of these files"):
        archives.read(nested([f"{number:06}" for number in range(300)], 1_000_000), names=FILES)
