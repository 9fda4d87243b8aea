"""What a room keeps to itself: its statements, and how it is asked and set to work."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, floors

SEEN_BY = {"queries": set[str](), "http": {"app", "web"}, "background": {"worker"}}
"""Who else may import it: nobody a room's statements, who puts everything together its routes and tasks, and the pages its manners at the edge."""
IMPORTS = sorted((ROOT / "service").rglob("*.py"))


def imported(file: Path) -> Iterator[list[str]]:
    """Each name of the service that a module imports, in parts: room first."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
        elif isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        yield from (name.split(".")[1:] for name in names if name.startswith("service."))


@pytest.mark.parametrize("role", SEEN_BY)
def test_what_a_room_keeps_to_itself_is_imported_by_nobody_else(role: str) -> None:
    wrong = set()
    for file in IMPORTS:
        room = file.relative_to(ROOT / "service").parts[0].removesuffix(".py")
        for other, *inside in imported(file):
            if role in inside and other not in {room, "kit"} and room not in SEEN_BY[role]:
                wrong.add(f"{file.relative_to(ROOT)} imports service.{'.'.join([other, *inside])}")
    assert sorted(wrong) == []


def test_each_of_them_is_looked_for_in_rooms_that_there_are() -> None:
    assert {room for rooms in SEEN_BY.values() for room in rooms} <= floors().keys()
