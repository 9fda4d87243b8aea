"""What must never be otherwise: one file a check. An `.sql` file's first comment is its promise; each row it finds is an offence."""

from pathlib import Path

import msgspec

from service.settings import Settings


class Surroundings(msgspec.Struct, frozen=True):
    """What a check knows besides the database."""

    settings: Settings
    kept_checkpoints: bytes
    """The lines of the checkpoint file."""


def look_around(settings: Settings) -> Surroundings:
    """What is there before the snapshot is taken: of a service that runs meanwhile the snapshot lacks what comes after it."""
    file = Path(settings.checkpoint_file)
    return Surroundings(settings, file.read_bytes() if settings.checkpoint_file and file.exists() else b"")
