"""A file that outgrows 300 lines becomes a folder of nouns; a function that outgrows 70 lines says two things."""

import ast
from pathlib import Path

from tests.architecture.house import ROOT

LINES_OF_A_FILE, LINES_OF_A_FUNCTION = 300, 70


def sources() -> list[Path]:
    return sorted([*(ROOT / "service").rglob("*.py"), *(ROOT / "db").rglob("*.py")])


def test_no_file_is_longer_than_can_be_read_at_once() -> None:
    long = {str(file.relative_to(ROOT)): len(file.read_text().splitlines()) for file in sources()}
    assert {name: lines for name, lines in long.items() if lines > LINES_OF_A_FILE} == {}


def test_no_function_is_longer_than_a_page() -> None:
    long = {}
    for file in sources():
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
                lines = node.end_lineno - node.lineno + 1
                if lines > LINES_OF_A_FUNCTION:
                    long[f"{file.relative_to(ROOT)}:{node.name}"] = lines
    assert {name: lines for name, lines in long.items() if lines > LINES_OF_A_FUNCTION} == {}
