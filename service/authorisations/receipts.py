"""Signed receipts: each act is answered with one in the same response, so that every customer is a witness against rewritten history."""

from typing import Any, Literal
from uuid import UUID

import msgspec

from service.authorisations.canonical import text_of
from service.authorisations.queries import FIND_ACT, FIND_RECEIPT, KEEP_RECEIPT
from service.authorisations.records import ActReceipt, ActRow, KeptReceipt, RecordedAct, RevocationReceipt, SignedAct, SignedRevocation
from service.kit.refusals import NotFound
from service.kit.verbs import Work
from service.kit.zones import in_utc

RECEIPT = "sayso-receipt+jws"
"""The `typ` in the header of each."""


async def signed_act(work: Work, act: ActReceipt) -> SignedAct:
    """The answer with its receipt; the first time it is signed and kept, later it is the same bytes."""
    if isinstance(act, RecordedAct) and act.as_recorded is not None:
        row = act.as_recorded
    else:
        row = await work.one(FIND_ACT, authorisation_id=act.id)
    answer = {name: getattr(act, name) for name in ActReceipt.__struct_fields__}
    return SignedAct(**answer, flags=flags_of(row), receipt=await _receipt(work, row))


async def signed_revocation(work: Work, revocation: RevocationReceipt) -> SignedRevocation:
    """The answer to a revocation with its receipt, likewise."""
    row = await work.one(FIND_ACT, authorisation_id=revocation.id)
    return SignedRevocation(**msgspec.structs.asdict(revocation), receipt=await _receipt(work, row))


async def find_receipt(work: Work, *, presentation_id: UUID) -> KeptReceipt:
    """The receipt of the answer to a presentation; raises NotFound before there is one, and for a link to another."""
    if work.principal.kind == "customer_link" and work.principal.subject_id != presentation_id:
        raise NotFound
    return await work.one(FIND_RECEIPT, presentation_id=presentation_id)


def flags_of(row: ActRow) -> list[Literal["CLOCK_SKEW"]]:
    """What doesn't refuse an act and should be known of it."""
    return ["CLOCK_SKEW"] if row.consented_at > row.recorded_at else []


async def _receipt(work: Work, row: ActRow) -> str:
    if row.receipt is not None:
        return row.receipt
    jws = work.keys.sign(text_of(told(row, organisation_id=work.organisation_id)).encode(), typ=RECEIPT)
    kept = await work.one(KEEP_RECEIPT, authorisation_id=row.authorisation_id, jws=jws, checkpoint_number=row.checkpoint_number)
    return kept.jws


def told(row: ActRow, *, organisation_id: UUID) -> dict[str, Any]:
    """What a receipt says: where the act stands in its chain, of what it is, what it comes to; nothing about a person."""
    return {
        "v": 1, "organisation_id": str(organisation_id), "scope_id": str(row.scope_id), "authorisation_id": str(row.authorisation_id),
        "seq": row.seq, "kind": row.kind, "channel": row.channel, "revokes": str(row.revokes) if row.revokes else None,
        "offer_id": str(row.offer_id), "revision": row.revision, "offer_hash": row.offer_hash, "prior_hash": row.prior_hash,
        "entry_hash": row.entry_hash, "head": row.entry_hash, "approved": row.approved, "declined": row.declined, "active": row.active,
        "shortcoming": row.shortcoming, "flags": flags_of(row), "currency": row.currency, "added_minor": row.added_minor,
        "revised_total_minor": row.revised_total_minor, "consented_at": in_utc(row.consented_at).isoformat(timespec="microseconds"),
        "recorded_at": in_utc(row.recorded_at).isoformat(timespec="microseconds"),
        "checkpoint": {"number": row.checkpoint_number, "digest": row.checkpoint_digest} if row.checkpoint_number else None,
    }  # fmt: skip
