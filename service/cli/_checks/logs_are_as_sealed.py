"""Every row of an append-only log up to the last checkpoint is there, unchanged, and none was slipped in; every checkpoint is ours, in one chain."""

from collections import defaultdict
from typing import Any
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from service.cli._checks import Surroundings
from service.kit.seals.background import KeptCheckpoint
from service.kit.seals.digests import NOTHING, Reach, digest_of, digest_query, is_signed
from service.kit.seals.records import Log, SealedLog
from service.settings import keys_of

_CHECKPOINTS = """select organisation_id, number, until_epoch, until_transaction, sealed_at, logs::text, before_digest, digest, signature
from kit.checkpoint order by organisation_id, number"""
_COLUMNS = """select quote_ident(attname) from pg_attribute where attrelid = $1::text::regclass and attname like '%\\_id' and attname <> 'organisation_id'
and attname <> 'transaction_id' and attnum > 0 and not attisdropped order by attnum limit 2"""

Offence = tuple[UUID | None, str, str]


async def find(connection: Any, surroundings: Surroundings) -> list[Offence]:
    """What contradicts the checkpoints: (organisation, id, what)."""
    keys = keys_of(surroundings.settings).raw()
    chains: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in await connection.fetch(_CHECKPOINTS):
        chains[row["organisation_id"]].append(row)
    offences = []
    for organisation_id, rows in chains.items():
        offences += _chain_offences(organisation_id, rows, keys)
        offences += await _row_offences(connection, organisation_id, rows)
    return offences + _outside_offences(surroundings, chains)


def _chain_offences(organisation_id: UUID, rows: list[Any], keys: list[Ed25519PublicKey]) -> list[Offence]:
    offences: list[Offence] = []
    before, number = NOTHING, 0
    for row in rows:
        number += 1
        name = f"checkpoint {row['number']}"
        digest = digest_of(
            organisation_id=organisation_id,
            number=row["number"],
            until_epoch=row["until_epoch"],
            until_transaction=row["until_transaction"],
            sealed_at=row["sealed_at"],
            logs=_logs(row),
            before=row["before_digest"],
        )
        if row["number"] != number or row["before_digest"] != before:
            offences.append((organisation_id, name, "a checkpoint before this one is missing or was changed"))
            number = row["number"]
        if digest != row["digest"] or not is_signed(row["digest"], row["signature"], keys=keys):
            offences.append((organisation_id, name, "was changed after it was signed, or never signed by this service"))
        before = row["digest"]
    return offences


async def _row_offences(connection: Any, organisation_id: UUID, rows: list[Any]) -> list[Offence]:
    offences: list[Offence] = []
    epoch = transaction = 0
    known = {row[0] for row in await connection.fetch("select c.oid::regclass::text from pg_class c where relkind = 'r'")}
    columns: dict[str, list[str]] = {}
    for row in rows:
        reach = Reach(epoch, transaction, row["until_epoch"], row["until_transaction"])
        epoch, transaction = reach.until_epoch, reach.until_transaction
        sealed = {one.log: one for one in _logs(row)}
        # Logs that had nothing in this reach are asked too: a row slipped in later is found by being there.
        columns |= {one.log: list(one.columns) for one in sealed.values()}
        asked = [Log(log, sealed[log].columns if log in sealed else names) for log, names in columns.items() if log in known]
        query = digest_query(asked, reach=reach)
        found = {each[0]: (each[1], each[2]) for each in await connection.fetch(query, organisation_id)} if asked else {}
        for log in sorted(sealed.keys() | found.keys()):
            promised = (sealed[log].rows, sealed[log].digest) if log in sealed else (0, "")
            present = found.get(log, (0, ""))
            if promised != present:
                ids = await _ids(connection, organisation_id, log, reach) if log in known else ""
                detail = f"{promised[0]} rows were sealed by checkpoint {row['number']}, {present[0]} are there and they differ{ids}"
                offences.append((organisation_id, log, detail))
    return offences


async def _ids(connection: Any, organisation_id: UUID, log: str, reach: Reach) -> str:
    """Where to look: the ids of what stands in that reach."""
    names = [row[0] for row in await connection.fetch(_COLUMNS, log)]
    if not names:
        return ""
    rows = await connection.fetch(
        f"select {', '.join(names)} from {log} where organisation_id = $1"  # noqa: S608 — names from the catalogue
        " and (epoch, transaction_id::text::bigint) >= ($2, $3) and (epoch, transaction_id::text::bigint) < ($4, $5) limit 5",
        organisation_id,
        *msgspec.structs.astuple(reach),
    )
    return ": among " + "; ".join(", ".join(f"{name} {row[index]}" for index, name in enumerate(names)) for row in rows) if rows else ""


def _outside_offences(surroundings: Surroundings, chains: dict[UUID, list[Any]]) -> list[Offence]:
    """Checkpoints that were kept outside and are no longer inside."""
    inside = {(organisation_id, row["number"], row["digest"].hex()) for organisation_id, rows in chains.items() for row in rows}
    offences: list[Offence] = []
    file = surroundings.settings.checkpoint_file
    for line in surroundings.kept_checkpoints.splitlines():
        try:
            kept = msgspec.json.decode(line, type=KeptCheckpoint)
        except msgspec.DecodeError:
            offences.append((None, file, "holds a line that is no checkpoint"))
            continue
        if (kept.organisation_id, kept.checkpoint.number, kept.checkpoint.digest) not in inside:
            offences.append((kept.organisation_id, f"checkpoint {kept.checkpoint.number}", f"is in {file} and not in the database"))
    return offences


def _logs(row: Any) -> list[SealedLog]:
    return msgspec.json.decode(row["logs"], type=list[SealedLog])
