"""What must never be otherwise isn't, in the made-up company and after its stories."""

from urllib.parse import urlsplit

import asyncpg

from service.cli.demo.house import Ground
from service.cli.demo.stories import STORIES
from service.cli.demo.stories.cast import Cast
from service.cli.demo.teller import Teller
from service.cli.doctor import examine
from service.kit.embedded_postgres import on_database


async def test_the_doctor_finds_nothing_after_both_stories(cast: Cast, ground: Ground, postgres: str) -> None:
    for name, story in STORIES.items():
        await story(Teller(name), cast)
    connection = await asyncpg.connect(on_database(postgres, urlsplit(ground.settings.database_url).path[1:]))
    try:
        findings = await examine(connection, ground.settings)
    finally:
        await connection.close()
    assert [(finding.check, finding.offences) for finding in findings if not finding.ok] == []
    assert len(findings) > 4
