"""What both see and sign when a thing goes from hand to hand, sealed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from service.authorisations.canonical import seal, text_of
from service.authorisations.confirmations import drawn
from service.authorisations.offers import photos_as_sealed
from service.care.custody_refusals import HandsNeeded
from service.care.records.custody import Signature
from service.kit.card_numbers import refuse_card_numbers
from service.kit.verbs import Work
from service.kit.zones import in_utc

HAND_OVER = "sayso/hand-over/1"


def hand_of(work: Work) -> UUID:
    """Whose hand it is; raises HandsNeeded."""
    if work.principal.kind != "staff" or work.principal.id is None:
        raise HandsNeeded
    return work.principal.id


async def signed_text(
    work: Work,
    *,
    about: dict[str, str],
    scope_id: UUID | None,
    hand_over_id: UUID | None,
    captured_at: datetime | None,
    signature: Signature | None = None,
    staff_signature: Signature | None = None,
    signed_by: str | None = None,
    condition: str | None = None,
    accessories: list[str] | None = None,
    photo_ids: list[UUID] | None = None,
    contact_id: UUID | None = None,
) -> dict[str, Any]:
    """What is signed of a hand-over, sealed: in its text, by its hashes; `about` names what goes from hand to hand. Raises refusals."""
    refuse_card_numbers(condition, signed_by, *(accessories or []))
    strokes, signature_hash = drawn(signature) if signature is not None else (None, None)
    staff_strokes, staff_signature_hash = drawn(staff_signature) if staff_signature is not None else (None, None)
    captured = min(in_utc(captured_at or work.at), work.at)
    content = text_of(
        {
            "v": 1,
            **about,
            "condition": condition,
            "accessories": accessories or [],
            "photos": await photos_as_sealed(work, scope_id=scope_id, wanted=photo_ids or []) if scope_id else [],
            "signed_by": signed_by,
            "captured_at": captured.isoformat(timespec="microseconds"),
            "salt": work.new_secret(16).hex(),
        }
    )
    return {
        "hand_over_id": hand_over_id or work.new_id(),
        "contact_id": contact_id,
        "content": content,
        "content_hash": seal(HAND_OVER, content),
        "strokes": strokes,
        "signature_hash": signature_hash,
        "staff_strokes": staff_strokes,
        "staff_signature_hash": staff_signature_hash,
        "taken_because": None,
        "photo_ids": photo_ids or [],
        "captured_at": captured,
        "signed_by": work.principal.actor,
    }
