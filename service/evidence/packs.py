"""The evidence pack: everything about one matter that a stranger needs to judge it, signed as a whole."""

import hashlib
from importlib import resources
from typing import Any
from uuid import UUID

import msgspec

from service.authorisations.canonical import NOTHING, text_of
from service.evidence.archives import written
from service.evidence.queries import (
    ACTS_TOLD,
    CHECKPOINTS_TOLD,
    DECISIONS_TOLD,
    INVOICES_TOLD,
    OFFERS_TOLD,
    PERSONS_TOLD,
    PHOTOS_TOLD,
    PRESENTATIONS_TOLD,
    SCOPE_TOLD,
    WORK_TOLD,
)
from service.evidence.records.packs import ManifestTold, MemberTold, PackTold
from service.kit.signatures import KeySet
from service.kit.verbs import Work

EVIDENCE = "sayso-evidence+jws"
"""The `typ` of a manifest."""
MANIFEST, KEYS, EXPLANATION = "manifest.jws", "keys.json", "README.txt"


class Pack(msgspec.Struct, frozen=True):
    """The archive of one matter."""

    scope_id: UUID
    content: bytes


async def read_evidence(work: Work, *, scope_id: UUID) -> Pack:
    """Everything about one matter as one signed archive, which `sayso verify` checks offline.

    Offers as shown, presentations, the chain of acts with their receipts, work, the hashes of photos, invoices and every decision about a line. Persons are there as
    salted commitments; their words and salts are a file of their own, without those of who was erased. The same matter gives the same bytes.
    """
    of = {"scope_id": scope_id}
    told = PackTold(
        scope=await work.one(SCOPE_TOLD, **of),
        offers=await work.all(OFFERS_TOLD, **of),
        presentations=await work.all(PRESENTATIONS_TOLD, **of),
        acts=await work.all(ACTS_TOLD, **of),
        work=await work.all(WORK_TOLD, **of),
        photos=await work.all(PHOTOS_TOLD, **of),
        invoices=await work.all(INVOICES_TOLD, **of),
        decisions=await work.all(DECISIONS_TOLD, **of),
        checkpoints=await work.all(CHECKPOINTS_TOLD, **of),
        persons=await work.all(PERSONS_TOLD, **of),
    )
    members = members_of(told, keys=work.keys.as_set())
    manifest = work.keys.sign(manifest_of(told, members), typ=EVIDENCE)
    return Pack(scope_id, written({MANIFEST: manifest.encode(), **members}))


def members_of(told: PackTold, *, keys: KeySet) -> dict[str, bytes]:
    """The files but for the manifest, each in its one form (RFC 8785)."""
    explanation = resources.files(__package__).joinpath("explanation.txt").read_bytes()
    parts = {f"{name}.json": _canonical(part) for name, part in msgspec.structs.asdict(told).items()}
    return {EXPLANATION: explanation, KEYS: _canonical(keys), **parts}


def manifest_of(told: PackTold, members: dict[str, bytes]) -> bytes:
    """What is signed: the hash of every file, and the head of the chain."""
    return _canonical(
        ManifestTold(
            v=1,
            organisation_id=told.scope.organisation_id,
            scope_id=told.scope.scope_id,
            acts=len(told.acts),
            head=told.acts[-1].entry_hash if told.acts else NOTHING,
            members=[MemberTold(name, len(content), hashlib.sha256(content).hexdigest()) for name, content in members.items()],
        )
    )


def _canonical(part: Any) -> bytes:
    return text_of(msgspec.to_builtins(part)).encode()
