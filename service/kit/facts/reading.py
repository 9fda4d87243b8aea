"""Reading facts in commit order behind a cursor that says nothing to whoever holds it."""

import base64
import struct
from collections.abc import Mapping
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from service.kit.facts.queries import FACTS_AFTER, HORIZON
from service.kit.facts.records import Fact, FactPage, FactRow, Horizon, Position
from service.kit.paging import CursorInvalid, Cursors
from service.kit.principals import Principal
from service.kit.refusals import Refusal
from service.kit.verbs import Work

EVERYTHING = "organisation:read"
"""The scope that sees facts about anything; needed too for a subject that no scope is named for."""

_LAYOUT = struct.Struct(">iiqq")


class FeedReset(Refusal):
    """This cursor is from before a restore: what you have read may differ from what is here now."""

    code, status, remedy = "FEED_RESET", 410, "Forget what you derived from the feed and read it from the beginning, without `after`."


class FeedCursors:
    """Cursors of the feed, encrypted: transaction ids and sequences would tell how busy other organisations are."""

    def __init__(self, cursors: Cursors) -> None:
        self._cipher = AESSIV(cursors.key("facts"))

    def write(self, organisation_id: UUID, position: Position, *, epoch: int) -> str:
        """The cursor behind that fact, as read in that epoch."""
        plain = _LAYOUT.pack(epoch, position.epoch, position.transaction_id, position.sequence)
        return base64.urlsafe_b64encode(self._cipher.encrypt(plain, [organisation_id.bytes])).decode().rstrip("=")

    def read(self, organisation_id: UUID, cursor: str, *, epoch: int) -> Position:
        """Where the cursor points; raises CursorInvalid, and FeedReset where it was made in another epoch than the present."""
        try:
            sealed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            made_in, *place = _LAYOUT.unpack(self._cipher.decrypt(sealed, [organisation_id.bytes]))
        except (ValueError, InvalidTag, struct.error):
            raise CursorInvalid from None
        if made_in != epoch:
            raise FeedReset
        return Position(*place)


def visible_subjects(principal: Principal, scope_of_subject: Mapping[str, str]) -> list[str] | None:
    """The kinds of subject whose facts they may read; None is all of them."""
    if principal.may(EVERYTHING):
        return None
    return sorted(subject for subject, scope in scope_of_subject.items() if principal.may(scope))


async def read_facts(work: Work, *, after: str | None, limit: int, subjects: list[str] | None) -> FactPage:
    """What happened behind the cursor, in commit order; from the beginning without one."""
    cursors = FeedCursors(work.cursors)
    horizon = await find_horizon(work)
    position = cursors.read(work.organisation_id, after, epoch=horizon.epoch) if after is not None else Position(0, 0, 0)
    rows = await rows_after(work, position=position, limit=limit + 1, subjects=subjects)
    items = [fact_of(row, cursors=cursors, organisation_id=work.organisation_id, epoch=horizon.epoch) for row in rows[:limit]]
    here = items[-1].cursor if items else cursors.write(work.organisation_id, position, epoch=horizon.epoch)
    return FactPage(items=items, next=here, more=len(rows) > limit)


async def rows_after(work: Work, *, position: Position, limit: int, subjects: list[str] | None) -> list[FactRow]:
    """The facts behind a position, as they lie."""
    return await work.all(
        FACTS_AFTER,
        epoch=position.epoch,
        transaction_id=str(position.transaction_id),
        sequence=position.sequence,
        limit=limit,
        subjects=subjects,
    )


async def find_horizon(work: Work) -> Horizon:
    """Up to where the feed can be read now."""
    return await work.one(HORIZON)


def fact_of(row: FactRow, *, cursors: FeedCursors, organisation_id: UUID, epoch: int) -> Fact:
    """The fact as sent, with the cursor behind it."""
    return Fact(
        cursor=cursors.write(organisation_id, row.position, epoch=epoch),
        kind=row.kind,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        customer_id=row.customer_id,
        body=row.body,
        actor=row.actor,
        request_id=row.request_id,
        occurred_at=row.occurred_at,
    )
