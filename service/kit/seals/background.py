"""Seals the logs every few seconds, and keeps each checkpoint outside the database where the operator has named a file."""

import asyncio
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import msgspec

from service.kit.seals.checkpoints import find_checkpoint, seal
from service.kit.seals.records import Checkpoint
from service.kit.tasks.registry import Later, Task, task

QUIET = timedelta(seconds=30)


class KeptCheckpoint(msgspec.Struct, frozen=True):
    """A checkpoint as a line of the file outside."""

    organisation_id: UUID
    checkpoint: Checkpoint


@task("seal", every=timedelta(seconds=5))
async def run_seal(one: Task) -> None:
    """Seals what is complete; while nothing happens it looks less often."""
    settings = one.outside.settings
    sealed = await one.perform(seal, signing_key=settings.signing_key)
    if sealed is None:
        raise Later(one.at + QUIET)
    if settings.checkpoint_file:
        checkpoint = await one.read(find_checkpoint, number=sealed.number)
        line = msgspec.json.encode(KeptCheckpoint(one.organisation_id, checkpoint)) + b"\n"
        await asyncio.to_thread(_append, Path(settings.checkpoint_file), line)


def _append(path: Path, line: bytes) -> None:
    with path.open("ab") as file:
        file.write(line)
        file.flush()
