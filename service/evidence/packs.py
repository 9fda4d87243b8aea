"""The evidence pack: everything about one matter that a stranger needs to judge it, signed as a whole."""

import asyncio
import hashlib
from importlib import resources
from typing import Any
from uuid import UUID

import msgspec

from service.authorisations.canonical import NOTHING, text_of
from service.evidence.archives import MOST_BYTES, written
from service.evidence.queries import (
    ACTS_TOLD,
    ALL_THERE_IS,
    CHECKPOINTS_TOLD,
    DECISIONS_TOLD,
    FORECASTS_TOLD,
    INVOICES_TOLD,
    NOTICES_TOLD,
    OFFERS_TOLD,
    PERSONS_TOLD,
    PHOTOS_TOLD,
    PRESENTATIONS_TOLD,
    SCOPE_TOLD,
    WEIGHT_TOLD,
    WORDS_TOLD,
    WORK_TOLD,
)
from service.evidence.records.packs import MEMBERS, SINCE_VERSION_2, LeftOut, ManifestTold, MemberTold, PackTold
from service.kit.refusals import Refusal
from service.kit.signatures import Keys, KeySet
from service.kit.verbs import Work

EVIDENCE = "sayso-evidence+jws"
"""The `typ` of a manifest."""
MANIFEST, KEYS, EXPLANATION = "manifest.jws", "keys.json", "README.txt"
FILES = (MANIFEST, EXPLANATION, KEYS, *MEMBERS)
"""Of a pack, in their order."""
VERSION = 2
"""Of packs as they are written."""
FILES_OF = {VERSION: FILES, 1: tuple(name for name in FILES if name not in SINCE_VERSION_2)}
"""Of packs as they are read: those handed out go on verifying."""

MOST_REFUSED, MOST_IN_FULL, MOST_LINES = 500, 10, 100
"""Of refused attempts: so many are told, so many with decisions, on so many lines each."""

MOST_NOTICES = 500
"""Of mails, the latest."""


class EvidenceTooLarge(Refusal):
    """More was offered, done and billed in this matter than one pack holds."""

    code, status, remedy = (
        "EVIDENCE_TOO_LARGE",
        409,
        "Read its offers, work and invoices one by one; each act's own receipt stays proof of it.",
    )


async def read_evidence(work: Work, *, scope_id: UUID) -> bytes:
    """Everything about one matter as one signed archive, which `sayso verify` checks offline.

    Offers as shown, presentations, the chain of acts with their receipts, work, the hashes of photos, invoices and the decisions about their lines, forecasts and who
    was told of them, mails and how far each got. Persons are there as salted commitments; their words and salts are a file of their own, without those of who was erased, and so are words on
    emergencies and forecasts. The same matter gives the same bytes.
    """
    of = {"scope_id": scope_id}
    if await work.one(WEIGHT_TOLD, **of) > MOST_BYTES:
        raise EvidenceTooLarge
    scope = await work.one(SCOPE_TOLD, **of)
    offers, presentations, done = (
        await work.all(OFFERS_TOLD, **of),
        await work.all(PRESENTATIONS_TOLD, **of),
        await work.all(WORK_TOLD, **of),
    )
    forecasts = await work.all(FORECASTS_TOLD, **of)
    there = await work.one(ALL_THERE_IS, **of)
    told = PackTold(
        scope=scope,
        left_out=LeftOut(
            there.offers - len(offers), there.presentations - len(presentations), there.work - len(done), there.forecasts - len(forecasts)
        ),
        offers=offers,
        presentations=presentations,
        acts=await work.all(ACTS_TOLD, **of),
        work=done,
        photos=await work.all(PHOTOS_TOLD, **of),
        invoices=await work.all(INVOICES_TOLD, **of),
        decisions=await work.one(DECISIONS_TOLD, **of, most_refused=MOST_REFUSED, most_in_full=MOST_IN_FULL, most_lines=MOST_LINES),
        checkpoints=await work.all(CHECKPOINTS_TOLD, **of),
        persons=await work.all(PERSONS_TOLD, **of),
        forecasts=forecasts,
        words=await work.all(WORDS_TOLD, **of),
        notices=await work.one(NOTICES_TOLD, **of, most=MOST_NOTICES),
    )
    # Hashing and signing many bytes takes a while, in which everybody else is answered.
    return await asyncio.to_thread(packed, told, keys=work.keys)


def packed(told: PackTold, *, keys: Keys) -> bytes:
    """The signed archive; raises EvidenceTooLarge."""
    members = members_of(told, keys=keys.as_set())
    content = written({MANIFEST: keys.sign(manifest_of(told, members), typ=EVIDENCE).encode(), **members})
    if len(content) > MOST_BYTES:
        raise EvidenceTooLarge
    return content


def members_of(told: PackTold, *, keys: KeySet) -> dict[str, bytes]:
    """The files but for the manifest, each in its one form (RFC 8785)."""
    parts = {f"{name}.json": _canonical(part) for name, part in msgspec.structs.asdict(told).items()}
    return {EXPLANATION: explanation(), KEYS: _canonical(keys), **parts}


def explanation(version: int = VERSION) -> bytes:
    """How to check a pack of that version by hand; whoever changes it makes another version of packs, or those handed out would be refused."""
    name = "explanation.txt" if version == VERSION else f"explanation.{version}.txt"
    return resources.files(__package__).joinpath(name).read_bytes()


def manifest_of(told: PackTold, members: dict[str, bytes]) -> bytes:
    """What is signed: the hash of every file, and the head of the chain."""
    return _canonical(
        ManifestTold(
            v=VERSION,
            organisation_id=told.scope.organisation_id,
            scope_id=told.scope.scope_id,
            acts=len(told.acts),
            head=told.acts[-1].entry_hash if told.acts else NOTHING,
            members=[MemberTold(name, len(content), hashlib.sha256(content).hexdigest()) for name, content in members.items()],
        )
    )


def _canonical(part: Any) -> bytes:
    return text_of(msgspec.to_builtins(part)).encode()
