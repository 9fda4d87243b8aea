"""Sealing: hash what is complete, chain it to what was sealed before, sign it."""

import msgspec

from service.kit.facts.reading import find_horizon
from service.kit.paging import Page
from service.kit.seals.digests import NOTHING, Reach, digest_of, digest_query, sign
from service.kit.seals.queries import FIND_CHECKPOINT, LAST_CHECKPOINT, LIST_CHECKPOINTS, LOGS, NEW_FACTS, SEAL
from service.kit.seals.records import Checkpoint, LastCheckpoint, Sealed, SealedLog
from service.kit.signatures import KeySet, PublicKeys
from service.kit.sql import Query
from service.kit.verbs import Work, verb

MOST_FACTS = 20_000
"""How many facts one checkpoint covers, about: each ends between two transactions."""
NOTHING_BEFORE = LastCheckpoint(0, 0, 0, NOTHING)


class Digested(msgspec.Struct, frozen=True):
    """How many rows of a log a checkpoint covers, and their digest."""

    log: str
    rows: int
    digest: str


@verb()
async def seal(work: Work, *, signing_key: str) -> Sealed | None:
    """Seals every log of the organisation up to the oldest running transaction; None when nothing has happened since the last time.

    Below that transaction nothing can appear any more. Every change writes a fact, so facts alone tell whether there is something new.
    """
    before = await work.first(LAST_CHECKPOINT) or NOTHING_BEFORE
    horizon = await find_horizon(work)
    new = await work.one(
        NEW_FACTS,
        from_epoch=before.until_epoch,
        from_transaction=str(before.until_transaction),
        until_epoch=horizon.epoch,
        until_transaction=str(horizon.transaction_id),
        most=MOST_FACTS,
    )
    if not new.any:
        return None
    until = (new.until_epoch or horizon.epoch, new.until_transaction or horizon.transaction_id)
    reach = Reach(before.until_epoch, before.until_transaction, *until)
    logs = await work.all(LOGS)
    # Its text depends on the catalogue, so it can't stand in a file; it takes the organisation alone, as `:organisation`.
    digested = Query("digests", digest_query(logs, reach=reach).replace("$1", ":organisation"), Digested)
    columns = {log.log: log.columns for log in logs}
    sealed = [SealedLog(one.log, columns[one.log], one.rows, one.digest) for one in await work.all(digested)]
    sealed.sort(key=lambda one: one.log)
    digest = digest_of(
        organisation_id=work.organisation_id,
        number=before.number + 1,
        until_epoch=reach.until_epoch,
        until_transaction=reach.until_transaction,
        sealed_at=work.at,
        logs=sealed,
        before=before.digest,
    )
    return await work.run(
        SEAL,
        number=before.number + 1,
        until_epoch=reach.until_epoch,
        until_transaction=reach.until_transaction,
        logs=msgspec.json.encode(sealed).decode(),
        before_digest=before.digest,
        digest=digest,
        signature=sign(digest, signing_key=signing_key),
    )


async def find_checkpoint(work: Work, *, number: int) -> Checkpoint:
    """One checkpoint; raises NotFound."""
    return await work.one(FIND_CHECKPOINT, number=number)


async def list_checkpoints(work: Work, *, limit: int, cursor: str | None) -> Page[Checkpoint]:
    """Signed checkpoints over the organisation's logs, oldest first."""
    purpose = f"checkpoints {work.organisation_id}"
    after = int(work.cursors.read(purpose, cursor)[0]) if cursor else 0
    rows = await work.all(LIST_CHECKPOINTS, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.number,))


def list_public_keys(keys: PublicKeys) -> KeySet:
    """The public keys that receipts, evidence and checkpoints verify with, retired ones too."""
    return keys.as_set()
