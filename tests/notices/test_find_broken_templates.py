"""An operator's own words that can't be written are found by the doctor."""

from pathlib import Path

import asyncpg
import msgspec

from service.settings import Settings
from tests.proofs.soundness import offences
from tests.world import World


async def test_own_words_that_cannot_be_written_are_found(
    world: World, owner: asyncpg.Connection, settings: Settings, tmp_path: Path
) -> None:
    own = msgspec.structs.replace(settings, templates=str(tmp_path))
    (tmp_path / "receipt.en.txt").write_text("Subject: Ta\n\n{{ name }}")
    assert await offences(owner, own, world) == {}
    (tmp_path / "receipt.en.txt").write_text("Subject: Ta\n\n{{ amuont }}")
    assert list(await offences(owner, own, world)) == ["templates_can_be_written"]
