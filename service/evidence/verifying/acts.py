"""What the customer did: texts, showings, the chain of acts, their receipts, and the persons behind them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec

from service.authorisations.canonical import NOTHING, OFFER, commitment, seal
from service.authorisations.confirmations import SIGNATURE
from service.authorisations.receipts import RECEIPT
from service.evidence.records.packs import ActTold, PackTold
from service.evidence.verifying.findings import Fault, Unreadable
from service.kit.seals.digests import is_signed
from service.kit.signatures import PublicKeys, SignatureInvalid

ACT = "sayso/authorisation/1"
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
POLICY = ("combine", "pct_numerator", "pct_denominator", "abs_minor", "hard_cap_minor", "at_limit_refuses", "consent_deadline")
"""What of a policy each sealed text says too."""
ENOUGH = {"tap": ("tap", "signature", "otp"), "signature": ("signature", "otp"), "otp": ("otp",)}
"""What confirms an answer, by what its showing asks for: whatever says more is enough too."""


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


def offers(pack: PackTold) -> Iterator[Fault]:
    """Each text is the one that was hashed, of this matter, under the policy and in the currency that the matter is told to have."""
    before: dict[str, tuple[int, str]] = {}
    scope = pack.scope
    policy = {"name": scope.policy_name, "version": scope.policy_version} | {name: getattr(scope, name) for name in POLICY}
    for one in pack.offers:
        name = f"offer {one.offer_id} revision {one.revision}"
        if seal(OFFER, one.text) != one.offer_hash:
            yield Fault("HASH_MISMATCH", f"{name}: the text isn't the one that was hashed")
        earlier = before.get(one.offer_id, (0, NOTHING))
        if (one.revision - 1, one.prior_hash) != earlier and (one.revision - 1 == earlier[0] or not pack.left_out.offers):
            yield Fault("LOG_INCONSISTENT", f"{name} doesn't follow the revision before it")
        before[one.offer_id] = (one.revision, one.offer_hash)
        said = said_in(one.text)
        if (said.get("offer_id"), said.get("revision"), said.get("prior_hash"), said.get("kind"), said.get("scope_id"), said.get("currency")) != (
            one.offer_id, one.revision, one.prior_hash, one.kind, scope.scope_id, scope.currency,
        ):  # fmt: skip
            yield Fault("HASH_MISMATCH", f"{name}: its text names another")
        if said.get("policy") != policy:
            yield Fault("HASH_MISMATCH", f"{name}: its text was sealed under another policy than scope.json tells")


def presentations(pack: PackTold) -> Iterator[Fault]:
    """A showing is of a text that is there, and an answered one is there, to the same person in the same way and confirmed as it asked."""
    texts = {(one.offer_id, one.revision, one.offer_hash) for one in pack.offers}
    shown = {one.presentation_id: one for one in pack.presentations}
    for one in pack.presentations:
        if (one.offer_id, one.revision, one.offer_hash) not in texts:
            yield Fault("LOG_INCONSISTENT", f"showing {one.presentation_id} is of a text that isn't there")
    for act in pack.acts:
        if act.presentation_id is None:
            continue
        showing = shown.get(act.presentation_id)
        if showing is None:
            yield Fault("LOG_INCONSISTENT", f"act {act.seq} answers a showing that isn't there")
        elif (showing.offer_id, showing.revision, showing.offer_hash, showing.contact_id, showing.channel) != (
            act.offer_id, act.revision, act.offer_hash, act.contact_id, act.channel,
        ) or act.consented_us >= showing.expires_us or act.method not in ENOUGH.get(showing.required_method, ()):  # fmt: skip
            yield Fault("LOG_INCONSISTENT", f"act {act.seq} answers its showing otherwise than it was shown")


def chain(pack: PackTold) -> Iterator[Fault]:
    """Each act's hash is of its content and of the act before it: the database's own `authorisations.seal`, over again."""
    prior, total = NOTHING, 0
    for number, act in enumerate(pack.acts, 1):
        if (act.seq, act.prior_hash) != (number, prior) or act.revised_total_minor != total + act.added_minor:
            yield Fault("LOG_INCONSISTENT", f"act {act.seq} doesn't follow the one before it")
        if seal(ACT, f"{act.prior_hash} {act.recorded_us} {act.revised_total_minor} {act.content}") != act.entry_hash:
            yield Fault("HASH_MISMATCH", f"act {act.seq} isn't the one that was hashed")
        prior, total = act.entry_hash, act.revised_total_minor


def acts(pack: PackTold) -> Iterator[Fault]:
    """All that an act is told as follows from its hashed content, from the act that it revokes and from the text that it is about."""
    kinds = {(one.offer_id, one.revision, one.offer_hash): one.kind for one in pack.offers}
    before: dict[str, ActTold] = {}
    for act in pack.acts:
        said = said_in(act.content)
        text = (act.offer_id, act.revision, act.offer_hash)
        revoked = before.get(act.revokes or "")
        expected = _revocation(said, revoked) if act.kind == "revocation" else _answer(said, act)
        told = {name: getattr(act, name) for name in expected}
        if (
            told != expected
            or text not in kinds
            or act.kind not in ("revocation", kinds[text])
            or (act.kind == "revocation") != bool(revoked)
        ):
            yield Fault("HASH_MISMATCH", f"act {act.seq} is told otherwise than it was recorded")
        if (
            act.active != (act.shortcoming is None and act.kind not in ("revocation", "ratification"))
            or act.currency != pack.scope.currency
        ):
            yield Fault("LOG_INCONSISTENT", f"act {act.seq} contradicts itself")
        before[act.authorisation_id] = act


def _revocation(said: dict[str, Any], revoked: ActTold | None) -> dict[str, Any]:
    return {name: said.get(name) for name in ("authorisation_id", "revokes", "channel")} | {
        "recorded_by": said.get("by"), "authoriser_capacity": "customer", "presentation_id": None, "method": None, "signature_hash": None,
        "approved": [], "declined": [], "authoriser_commitment": None, "contact_point_commitment": None,
        **({name: getattr(revoked, name) for name in ("offer_id", "revision", "offer_hash", "contact_id")} if revoked else {}),
    }  # fmt: skip


def _answer(said: dict[str, Any], act: ActTold) -> dict[str, Any]:
    """By a showing, which the content names, or by word of mouth, of which it says more."""
    copied = (
        "authorisation_id",
        "offer_hash",
        "presentation_id",
        "contact_id",
        "method",
        "approved",
        "declined",
        "authoriser_commitment",
        "contact_point_commitment",
    )
    expected = {name: said.get(name) for name in copied} | {
        "revokes": None,
        "signature_hash": said.get("signature"),
        "recorded_by": said.get("by"),
    }
    if said.get("presentation_id") is None:
        spoken = {"channel": said.get("channel"), "authoriser_capacity": said.get("capacity")}
        return expected | spoken | {"consented_us": microseconds(said.get("consented_at"))}
    entitled = act.shortcoming != "AUTHORISER_NOT_ENTITLED"
    return expected | {"authoriser_capacity": "customer" if entitled else "other"}


def receipts(pack: PackTold, keys: PublicKeys) -> Iterator[Fault]:
    """Each act's is there, signed, and says of the act what is told of it."""
    there = {(one.number, one.digest) for one in pack.checkpoints}
    for act in pack.acts:
        if act.receipt is None:
            yield Fault("LOG_INCONSISTENT", f"act {act.seq} has no receipt")
            continue
        try:
            told = receipt_in(act.receipt, keys=keys)
        except Unreadable as error:
            yield Fault(error.fault.code, f"the receipt of act {act.seq}: {error.fault.detail}")
            continue
        if not fits(told, act, pack):
            yield Fault("HASH_MISMATCH", f"act {act.seq} isn't what its receipt says")
        checkpoint = told.get("checkpoint")
        if checkpoint and (checkpoint["number"], checkpoint["digest"]) not in there:
            yield Fault("LOG_INCONSISTENT", f"the checkpoint that the receipt of act {act.seq} names isn't there")


def held(text: str, pack: PackTold, keys: PublicKeys) -> Iterator[Fault]:
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
        and (microseconds(told.get("consented_at")), microseconds(told.get("recorded_at"))) == (act.consented_us, act.recorded_us)
    )


def checkpoints(pack: PackTold, keys: PublicKeys) -> Iterator[Fault]:
    """Each is signed by one of the keys."""
    known = keys.raw()
    for one in pack.checkpoints:
        if not is_signed(bytes.fromhex(one.digest), bytes.fromhex(one.signature), keys=known):
            yield Fault("SIG_INVALID", f"checkpoint {one.number} isn't signed by a known key")


def persons(pack: PackTold) -> Iterator[Fault]:
    """The words are those committed to; where they are missing, an erasure since then is told."""
    by_id = {act.authorisation_id: act for act in pack.acts}
    for one in pack.persons:
        act = by_id.get(one.authorisation_id)
        salt = bytes.fromhex(one.salt)
        name, point = (commitment(salt, word) if word else None for word in (one.authoriser_name, one.contact_point))
        drawn = seal(SIGNATURE, one.strokes) if one.strokes is not None else None
        if act is None or (name, point, drawn) != (act.authoriser_commitment, act.contact_point_commitment, act.signature_hash):
            yield Fault("HASH_MISMATCH", f"the words kept for {one.authorisation_id} aren't those that were committed to")
    told = {one.authorisation_id for one in pack.persons}
    for act in pack.acts:
        erased = any(one.contact_id in (None, act.contact_id) and one.erased_us >= act.recorded_us for one in pack.scope.erasures)
        committed_to = act.authoriser_commitment or act.contact_point_commitment
        if committed_to and act.authorisation_id not in told and not erased:
            yield Fault("LOG_INCONSISTENT", f"the person of act {act.seq} is missing, and no erasure is told")


def said_in(text: str) -> dict[str, Any]:
    """What a canonical text says; nothing where it is none."""
    try:
        said = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def microseconds(instant: object) -> int | None:
    """Since 1970 (UTC); None where no instant is written."""
    return (datetime.fromisoformat(instant) - EPOCH) // timedelta(microseconds=1) if isinstance(instant, str) else None
