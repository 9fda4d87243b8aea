"""A pack as a file: that its bytes are those that were signed, and what it holds."""

import base64
import hashlib
from collections.abc import Iterator

import msgspec

from service.authorisations.canonical import NOTHING
from service.evidence.archives import NotAnArchive, read
from service.evidence.packs import EVIDENCE, EXPLANATION, FILES_OF, KEYS, MANIFEST, explanation
from service.evidence.records.packs import MEMBERS, ManifestTold, PackTold
from service.evidence.verifying.findings import Fault, Unreadable
from service.kit.signatures import PublicKeys, SignatureInvalid


def opened(content: bytes) -> tuple[int, dict[str, bytes]]:
    """The version of a pack, which its files say, and the files; raises Unreadable."""
    why = []
    for version, names in FILES_OF.items():
        try:
            return version, read(content, names=names)
        except NotAnArchive as error:
            why.append(f"{error}")
    raise Unreadable("PACK_INVALID", why[0])


def manifest_in(members: dict[str, bytes], keys: PublicKeys) -> ManifestTold:
    """What was signed; raises Unreadable."""
    try:
        signed = keys.verify(members[MANIFEST].decode("ascii", "replace"), typ=EVIDENCE)
        return msgspec.json.decode(signed, type=ManifestTold)
    except SignatureInvalid as error:
        raise Unreadable("SIG_INVALID", f"the manifest: {error}") from None
    except msgspec.DecodeError as error:
        raise Unreadable("PACK_INVALID", f"the manifest: {error}") from None


def files(manifest: ManifestTold, members: dict[str, bytes], version: int) -> Iterator[Fault]:
    """Every file is the one in the signed list, which is of packs of this version."""
    if manifest.v != version:
        yield Fault("PACK_INVALID", f"what is signed is a pack of version {manifest.v}, and the files are those of version {version}")
    if [one.name for one in manifest.members] != [name for name in members if name != MANIFEST]:
        yield Fault("PACK_INVALID", "the signed list of files is another")
    for one in manifest.members:
        content = members.get(one.name, b"")
        if (len(content), hashlib.sha256(content).hexdigest()) != (one.size, one.sha256):
            yield Fault("HASH_MISMATCH", f"{one.name} isn't the file that was signed")


def enclosed(members: dict[str, bytes], version: int) -> Iterator[Fault]:
    """The explanation is the one that packs of this version bear, and keys.json names the key that signed: both are there for people."""
    if members[EXPLANATION] != explanation(version):
        yield Fault("PACK_INVALID", f"{EXPLANATION} isn't the explanation that packs of this version bear")
    header = members[MANIFEST].split(b".")[0]
    signed_by = msgspec.json.decode(base64.urlsafe_b64decode(header + b"=" * (-len(header) % 4)))["kid"]
    if signed_by not in {one.kid for one in PublicKeys.read(members[KEYS]).as_set().keys}:
        yield Fault("PACK_INVALID", f"{KEYS} doesn't hold the key that signed")


def parsed(members: dict[str, bytes]) -> PackTold:
    """What a pack tells; raises Unreadable."""
    try:
        parts = {
            name.removesuffix(".json"): msgspec.json.decode(members[name], type=kind) for name, kind in MEMBERS.items() if name in members
        }
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise Unreadable("PACK_INVALID", f"a file isn't as the explanation says: {error}") from None
    return PackTold(**parts)


def subject(pack: PackTold, manifest: ManifestTold) -> Iterator[Fault]:
    """The matter is the one that was signed for, and its chain ends where that says."""
    if (pack.scope.organisation_id, pack.scope.scope_id) != (manifest.organisation_id, manifest.scope_id):
        yield Fault("PACK_INVALID", "scope.json is of another matter")
    if (len(pack.acts), pack.acts[-1].entry_hash if pack.acts else NOTHING) != (manifest.acts, manifest.head):
        yield Fault("LOG_INCONSISTENT", "the chain doesn't end where the manifest says")
