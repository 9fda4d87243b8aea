"""Checkpoints as made, kept and shown."""

from datetime import datetime

import msgspec


class Log(msgspec.Struct, frozen=True):
    """A table whose rows are only ever added, with its columns as they are now."""

    log: str
    columns: list[str]


class SealedLog(msgspec.Struct, frozen=True):
    """What one checkpoint says of one log: so many rows, with these columns, hash to this (hexadecimal SHA-256)."""

    log: str
    columns: list[str]
    rows: int
    digest: str


class LastCheckpoint(msgspec.Struct, frozen=True):
    """Where the next one goes on."""

    number: int
    until_epoch: int
    until_transaction: int
    digest: bytes


class NewFacts(msgspec.Struct, frozen=True):
    """Whether there is something to seal, and the transaction to stop before where there is much."""

    any: bool
    until_epoch: int | None
    until_transaction: int | None


class Sealed(msgspec.Struct, frozen=True):
    """The number of the checkpoint made."""

    number: int


class Checkpoint(msgspec.Struct, frozen=True):
    """What was complete at that moment, chained to the checkpoint before and signed: keep it outside, and nobody can rewrite what it covers."""

    number: int
    sealed_at: datetime
    logs: list[SealedLog]
    digest: str
    """SHA-256 in hexadecimal over this checkpoint and, through the one before, over all of them."""
    signature: str
    """Ed25519 over the digest, in hexadecimal."""
