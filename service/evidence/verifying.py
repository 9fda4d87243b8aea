"""Checks a receipt or an evidence pack with public keys alone: no database, no network, nothing of ours but this code."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import msgspec

from service.authorisations.canonical import NOTHING, commitment, seal
from service.authorisations.confirmations import SIGNATURE
from service.authorisations.receipts import RECEIPT
from service.evidence.archives import NotAnArchive, read
from service.evidence.packs import EVIDENCE, EXPLANATION, KEYS, MANIFEST
from service.evidence.records.packs import MEMBERS, ActTold, InvoiceTold, ManifestTold, PackTold
from service.evidence.shown import Fault, faults_of_offers, faults_of_photos, said_in
from service.kit.seals.digests import is_signed
from service.kit.signatures import PublicKeys, SignatureInvalid

ACT = "sayso/authorisation/1"
SAID = (
    "kind",
    "recorded_at",
    "offer_hash",
    "approved",
    "declined",
    "shortcoming",
    "flags",
    "added_minor",
    "revised_total_minor",
    "currency",
    "entry_hash",
)
"""What of a receipt is shown to who checks it."""
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


class Finding(NamedTuple):
    """One check and what it found; nothing is that it holds."""

    check: str
    faults: list[Fault]


class Unreadable(Exception):
    """What can't be checked any further, with why."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.fault = Fault(code, detail)


def verify_receipt(text: str, *, keys: PublicKeys) -> list[Finding]:
    """Whether a receipt is signed by one of the keys, and says what a receipt says."""
    try:
        told = receipt_in(text, keys=keys)
    except Unreadable as error:
        return [Finding("the receipt is signed", [error.fault])]
    said = ", ".join(f"{name} {told[name]}" for name in SAID if told.get(name) not in (None, []))
    return [Finding(f"the receipt is signed: act {told['seq']} of {told['scope_id']}: {said}", [])]


def verify_pack(content: bytes, *, keys: PublicKeys, held: Sequence[str] = ()) -> list[Finding]:
    """Whether a pack is whole, signed by one of the keys, consistent in itself, and fits the receipts somebody `held`."""
    findings: list[Finding] = []
    try:
        members = _opened(content)
        findings.append(Finding("the archive is as it was written", []))
        manifest = _manifest(members, keys)
        findings += [Finding("the manifest is signed", []), _finding("every file is as signed", _files(manifest, members))]
        if findings[-1].faults:
            return findings
        pack = _parsed(members)
    except Unreadable as error:
        return [*findings, Finding("the pack can be read", [error.fault])]
    findings += [
        _finding("the pack is of the matter that was signed", _subject(pack, manifest)),
        _finding(f"{len(pack.offers)} texts are those that were hashed", faults_of_offers(pack)),
        _finding(f"{len(pack.photos)} photos are those that were shown and cited", faults_of_photos(pack)),
        _finding(f"{len(pack.acts)} acts follow one another", _chain(pack)),
        _finding("each act answers a text of the pack", _acts(pack)),
        _finding("each act is what its receipt says", (fault for act in pack.acts for fault in _receipt(act, pack, keys))),
        _finding(f"{len(pack.checkpoints)} checkpoints are signed", _checkpoints(pack, keys)),
        _finding(f"{len(pack.persons)} persons are those committed to", _persons(pack)),
        _finding(f"{len(pack.invoices)} invoices bill what was agreed", (fault for one in pack.invoices for fault in _invoice(one, pack))),
    ]
    if held:
        findings.append(_finding(f"{len(held)} receipts held fit the acts", (fault for one in held for fault in _held(one, pack, keys))))
    return findings


def _finding(check: str, faults: Iterable[Fault]) -> Finding:
    """What a check finds; whoever signs can write what no check expects, and that doesn't hold either."""
    try:
        return Finding(check, list(faults))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        return Finding(check, [Fault("PACK_INVALID", f"something is written otherwise than it is ever written ({type(error).__name__})")])


def receipt_in(text: str, *, keys: PublicKeys) -> dict[str, Any]:
    """What a receipt says, if it is signed; raises Unreadable."""
    try:
        told = msgspec.json.decode(keys.verify(text.strip(), typ=RECEIPT))
        if not isinstance(told, dict) or not told.keys() >= {"v", "organisation_id", "scope_id", "seq", "entry_hash"}:
            raise Unreadable("PACK_INVALID", "a signed receipt doesn't say what a receipt says")
    except SignatureInvalid as error:
        raise Unreadable("SIG_INVALID", f"{error}") from None
    except msgspec.DecodeError as error:
        raise Unreadable("PACK_INVALID", f"{error}") from None
    return told


def _opened(content: bytes) -> dict[str, bytes]:
    try:
        members = read(content)
    except NotAnArchive as error:
        raise Unreadable("PACK_INVALID", f"{error}") from None
    if list(members) != [MANIFEST, EXPLANATION, KEYS, *MEMBERS]:
        raise Unreadable("PACK_INVALID", "its files aren't those of an evidence pack, in their order")
    return members


def _manifest(members: dict[str, bytes], keys: PublicKeys) -> ManifestTold:
    try:
        signed = keys.verify(members[MANIFEST].decode("ascii", "replace"), typ=EVIDENCE)
        return msgspec.json.decode(signed, type=ManifestTold)
    except SignatureInvalid as error:
        raise Unreadable("SIG_INVALID", f"the manifest: {error}") from None
    except msgspec.DecodeError as error:
        raise Unreadable("PACK_INVALID", f"the manifest: {error}") from None


def _files(manifest: ManifestTold, members: dict[str, bytes]) -> Iterator[Fault]:
    if [one.name for one in manifest.members] != [name for name in members if name != MANIFEST]:
        yield Fault("PACK_INVALID", "the signed list of files is another")
    for one in manifest.members:
        content = members.get(one.name, b"")
        if (len(content), hashlib.sha256(content).hexdigest()) != (one.size, one.sha256):
            yield Fault("HASH_MISMATCH", f"{one.name} isn't the file that was signed")


def _parsed(members: dict[str, bytes]) -> PackTold:
    try:
        parts = {name.removesuffix(".json"): msgspec.json.decode(members[name], type=kind) for name, kind in MEMBERS.items()}
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise Unreadable("PACK_INVALID", f"a file isn't as the explanation says: {error}") from None
    return PackTold(**parts)


def _subject(pack: PackTold, manifest: ManifestTold) -> Iterator[Fault]:
    if (pack.scope.organisation_id, pack.scope.scope_id) != (manifest.organisation_id, manifest.scope_id):
        yield Fault("PACK_INVALID", "scope.json is of another matter")
    if (len(pack.acts), pack.acts[-1].entry_hash if pack.acts else NOTHING) != (manifest.acts, manifest.head):
        yield Fault("LOG_INCONSISTENT", "the chain doesn't end where the manifest says")


def _chain(pack: PackTold) -> Iterator[Fault]:
    """The database's own `authorisations.seal`, over again."""
    prior, total = NOTHING, 0
    for number, act in enumerate(pack.acts, 1):
        if (act.seq, act.prior_hash) != (number, prior) or act.revised_total_minor != total + act.added_minor:
            yield Fault("LOG_INCONSISTENT", f"act {act.seq} doesn't follow the one before it")
        if seal(ACT, f"{act.prior_hash} {act.recorded_us} {act.revised_total_minor} {act.content}") != act.entry_hash:
            yield Fault("HASH_MISMATCH", f"act {act.seq} isn't the one that was hashed")
        prior, total = act.entry_hash, act.revised_total_minor


def _acts(pack: PackTold) -> Iterator[Fault]:
    """What an act's columns say is what its hashed content says, about a text that is there."""
    texts = {(one.offer_id, one.revision, one.offer_hash) for one in pack.offers}
    for act in pack.acts:
        said = said_in(act.content)
        same = said.get("authorisation_id") == act.authorisation_id
        if act.kind == "revocation":
            same &= said.get("revokes") == act.revokes
        else:
            same &= (said.get("offer_hash"), said.get("approved"), said.get("declined")) == (act.offer_hash, act.approved, act.declined)
            commitments = (said.get("authoriser_commitment"), said.get("contact_point_commitment"))
            same &= commitments == (act.authoriser_commitment, act.contact_point_commitment)
            same &= (said.get("method"), said.get("signature")) == (act.method, act.signature_hash)
        if not same or (act.offer_id, act.revision, act.offer_hash) not in texts:
            yield Fault("HASH_MISMATCH", f"act {act.seq} is told otherwise than it was recorded")


def _receipt(act: ActTold, pack: PackTold, keys: PublicKeys) -> Iterator[Fault]:
    if act.receipt is None:
        yield Fault("LOG_INCONSISTENT", f"act {act.seq} has no receipt")
        return
    try:
        told = receipt_in(act.receipt, keys=keys)
    except Unreadable as error:
        yield Fault(error.fault.code, f"the receipt of act {act.seq}: {error.fault.detail}")
        return
    if not fits(told, act, pack):
        yield Fault("HASH_MISMATCH", f"act {act.seq} isn't what its receipt says")
    checkpoint = told.get("checkpoint")
    if checkpoint and (checkpoint["number"], checkpoint["digest"]) not in {(one.number, one.digest) for one in pack.checkpoints}:
        yield Fault("LOG_INCONSISTENT", f"the checkpoint that the receipt of act {act.seq} names isn't there")


def _held(text: str, pack: PackTold, keys: PublicKeys) -> Iterator[Fault]:
    """Against who can sign anew: an act once receipted is there, unchanged, in its place."""
    try:
        told = receipt_in(text, keys=keys)
    except Unreadable as error:
        yield Fault(error.fault.code, f"a receipt held: {error.fault.detail}")
        return
    act = next((one for one in pack.acts if one.authorisation_id == told.get("authorisation_id")), None)
    if (told["organisation_id"], told["scope_id"]) != (pack.scope.organisation_id, pack.scope.scope_id):
        yield Fault("LOG_INCONSISTENT", "a receipt held is of another matter")
    elif act is None:
        yield Fault("LOG_INCONSISTENT", f"act {told['seq']}, whose receipt is held, is missing")
    elif not fits(told, act, pack):
        yield Fault("HASH_MISMATCH", f"act {told['seq']} isn't what the receipt held says")


def fits(told: dict[str, Any], act: ActTold, pack: PackTold) -> bool:
    """Whether a receipt says of an act what the pack says of it."""
    copied = (
        "authorisation_id", "seq", "kind", "channel", "revokes", "offer_id", "revision", "offer_hash", "prior_hash", "entry_hash", "approved", "declined",
        "active", "shortcoming", "currency", "added_minor", "revised_total_minor",
    )  # fmt: skip
    return (
        all(told.get(name) == getattr(act, name) for name in copied)
        and (told["organisation_id"], told["scope_id"]) == (pack.scope.organisation_id, pack.scope.scope_id)
        and (_microseconds(told.get("consented_at")), _microseconds(told.get("recorded_at"))) == (act.consented_us, act.recorded_us)
    )


def _checkpoints(pack: PackTold, keys: PublicKeys) -> Iterator[Fault]:
    for one in pack.checkpoints:
        if not is_signed(bytes.fromhex(one.digest), bytes.fromhex(one.signature), keys=keys.raw()):
            yield Fault("SIG_INVALID", f"checkpoint {one.number} isn't signed by a known key")


def _persons(pack: PackTold) -> Iterator[Fault]:
    acts = {act.authorisation_id: act for act in pack.acts}
    for one in pack.persons:
        act = acts.get(one.authorisation_id)
        salt = bytes.fromhex(one.salt)
        words = (one.authoriser_name, one.contact_point)
        committed = tuple(commitment(salt, word) if word else None for word in words)
        same = act is not None and committed == (act.authoriser_commitment, act.contact_point_commitment)
        if act is not None and one.strokes is not None:
            same &= seal(SIGNATURE, one.strokes) == act.signature_hash
        if not same:
            yield Fault("HASH_MISMATCH", f"the words kept for {one.authorisation_id} aren't those that were committed to")


def _invoice(one: InvoiceTold, pack: PackTold) -> Iterator[Fault]:
    agreed = {item: act.recorded_us for act in reversed(pack.acts) if act.active for item in act.approved}
    for line in one.lines:
        if line.scope_id == pack.scope.scope_id and agreed.get(str(line.item_id), one.issued_us + 1) > one.issued_us:
            yield Fault("LOG_INCONSISTENT", f"invoice {one.number} line {line.number} bills an item that no act had agreed to")
    tax = sum(rate.tax_minor for rate in one.taxes)
    if (sum(line.net_minor for line in one.lines), tax, one.lines_minor + (tax if one.tax_basis == "excl" else 0)) != (
        one.lines_minor, one.tax_minor, one.total_minor,
    ):  # fmt: skip
        yield Fault("HASH_MISMATCH", f"invoice {one.number} isn't the sum of its lines and taxes")
    if not any(
        (attempt.attempt_id, attempt.invoice_id, attempt.verdict) == (one.attempt_id, one.invoice_id, "posted")
        for attempt in pack.decisions
    ):
        yield Fault("LOG_INCONSISTENT", f"invoice {one.number} has no decision that let it post")


def _microseconds(instant: object) -> int | None:
    return (datetime.fromisoformat(instant) - EPOCH) // timedelta(microseconds=1) if isinstance(instant, str) else None
