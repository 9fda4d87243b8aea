"""A text that has a pattern has it to its very last letter, here and in the database."""

import json
import re
from typing import Any

from service.identity.trade import EXEMPTION
from tests.architecture.house import ROOT
from tests.document import DOCUMENT
from tests.world import World


def test_every_pattern_ends_where_its_text_does() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "service").rglob("*.py"))}
    bare = [f"{path.relative_to(ROOT)}: {line.strip()}" for path, text in sources.items() for line in text.splitlines()
            if re.search(r"""pattern=r?["']""", line) or re.search(r"""(?<![\w.])(?:re\.match|re\.search)\(r?["'].*\$["']""", line)]  # fmt: skip
    assert bare == [], "make it by `service.kit.patterns.whole`: Python's `$` lets a last newline pass"


def test_the_document_tells_patterns_as_others_read_them() -> None:
    told = json.dumps(DOCUMENT)
    assert r"\\Z" not in told
    assert told.count('"pattern": "^') == told.count('$"') - told.count(': "$"') > 20


async def test_the_databases_patterns_take_no_last_newline(world: World) -> None:
    rows: list[Any] = await world.sql(
        "select conname, pg_get_constraintdef(oid) as text from pg_constraint where contype = 'c' and pg_get_constraintdef(oid) ~ '~ ''\\^'"
    )
    patterns = [pattern for row in rows for pattern in re.findall(r"~ '(\^[^']*)'", row["text"])]
    assert len(patterns) > 20
    for pattern in patterns:
        assert pattern.endswith("$"), pattern
        assert "\\n" not in pattern
    [row] = await world.sql("select E'auto\\n' ~ '^[a-z]+$' as passes")
    assert row["passes"] is False


async def test_the_list_of_exemptions_is_one_here_and_in_the_database(world: World) -> None:
    [row] = await world.sql("select pg_get_functiondef('kit.is_exemption'::regproc) as text")
    assert re.findall(r"'(\^.*)'", row["text"]) == [EXEMPTION.removesuffix(r"\Z") + "$"]
