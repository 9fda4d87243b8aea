"""How rows become a digest, and a checkpoint one that is signed: the same for who seals and who checks."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from service.kit.seals.records import Log, SealedLog

NOTHING = bytes(32)
_PURPOSE = b"sayso checkpoint\0"


class Reach(msgspec.Struct, frozen=True):
    """From one horizon, inclusive, to a later one, exclusive: epoch and transaction of each."""

    from_epoch: int
    from_transaction: int
    until_epoch: int
    until_transaction: int


def digest_query(logs: Sequence[Log], *, reach: Reach) -> str:
    """One question for all logs: `(log, rows, digest)` of one organisation (`$1`) for each that has rows in this reach.

    Names come from the catalogue and are quoted, the rest are integers. Each row is hashed as PostgreSQL writes it as text, the hashes are joined in the order
    of transactions and, inside one, of themselves. Session settings must be those of the service's role (`db/roles.sql`).
    """
    return " union all ".join(_digest_of(log, reach) for log in logs)


def _digest_of(log: Log, reach: Reach) -> str:
    table = ".".join(_quoted(part) for part in log.log.replace('"', "").split("."))
    columns = ", ".join(_quoted(column) for column in log.columns)
    if reach.from_epoch == reach.until_epoch:  # as an index can use it; literals fit both bigint and xid8
        bounds = [
            f"transaction_id >= '{reach.from_transaction}'",
            f"transaction_id < '{reach.until_transaction}'",
            f"epoch = {reach.until_epoch}",
        ]
    else:
        bounds = [
            f"(epoch, transaction_id::text::bigint) >= ({reach.from_epoch}, {reach.from_transaction})",
            f"(epoch, transaction_id::text::bigint) < ({reach.until_epoch}, {reach.until_transaction})",
        ]
    rows = f"select {columns} from {table} where organisation_id = $1 and {' and '.join(bounds)}"  # noqa: S608
    hashes = f"select epoch, transaction_id::text::bigint as t, sha256(convert_to(r::text, 'UTF8')) as h from ({rows}) r"  # noqa: S608
    return (
        f"select '{log.log}'::text, count(*)::bigint, encode(sha256(string_agg(h, ''::bytea order by epoch, t, h)), 'hex')"  # noqa: S608
        f" from ({hashes}) h having count(*) > 0"
    )


def digest_of(
    *,
    organisation_id: UUID,
    number: int,
    until_epoch: int,
    until_transaction: int,
    sealed_at: datetime,
    logs: list[SealedLog],
    before: bytes,
) -> bytes:
    """The digest of a whole checkpoint (SHA-256 over its canonical JSON, RFC 8785)."""
    document: dict[str, Any] = {
        "organisation": str(organisation_id),
        "number": str(number),
        "until": [str(until_epoch), str(until_transaction)],
        "sealed_at": sealed_at.astimezone(UTC).isoformat(),
        "logs": [{"log": one.log, "columns": list(one.columns), "rows": str(one.rows), "digest": one.digest} for one in logs],
        "before": before.hex(),
    }
    return hashlib.sha256(rfc8785.dumps(document)).digest()


def sign(digest: bytes, *, signing_key: str) -> bytes:
    """The signature (Ed25519, RFC 8032) of a checkpoint's digest."""
    return _private(signing_key).sign(_PURPOSE + digest)


def is_signed(digest: bytes, signature: bytes, *, keys: Iterable[Ed25519PublicKey]) -> bool:
    """Whether the service signed that digest, by any key it has or had."""
    return any(_signed_by(key, digest, signature) for key in keys)


def _signed_by(key: Ed25519PublicKey, digest: bytes, signature: bytes) -> bool:
    try:
        key.verify(signature, _PURPOSE + digest)
    except InvalidSignature:
        return False
    return True


def _private(signing_key: str) -> Ed25519PrivateKey:
    key = load_pem_private_key(signing_key.encode(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("the signing key isn't Ed25519")
    return key


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
