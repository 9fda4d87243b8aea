"""The documents tell of what is there."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
_TEST = re.compile(r"`(tests/[\w/.]+\.py)?(?:::(\w+))?`")
_PATH = re.compile(r"`((?:service|db|docs|openapi|tests)/[\w/.-]+|\.ci/\w+)`")
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_and_link_of_a_document_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = [ROOT / path for path in _PATH.findall(text)] + [document.parent / link for link in _LINK.findall(text)]
    assert [str(path) for path in named if not path.exists()] == []


def test_every_test_that_shows_something_exists() -> None:
    file, missing, shown = "", [], 0
    for path, name in _TEST.findall((ROOT / "docs" / "security.md").read_text(encoding="utf-8")):
        file = path or file
        if name:
            shown += 1
            if not re.search(rf"def {name}\(", (ROOT / file).read_text(encoding="utf-8")):
                missing.append(f"{file}::{name}")
    assert missing == []
    assert shown > 30


def test_every_case_of_the_conformance_table_is_a_test_named_by_its_id() -> None:
    table = (ROOT / "docs" / "conformance.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([PE]\d+) \| .* \| (`tests/.*`) \|$", table, re.MULTILINE)
    without = [
        f"{case} in {file}"
        for case, files in rows
        for file in re.findall(r"`([^`]+)`", files)
        if f"def test_{case.lower()}_" not in (ROOT / file).read_text(encoding="utf-8")
    ]
    assert without == []
    assert len(rows) > 45


def test_every_library_is_accounted_for_with_its_locked_release() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(one for group in project["optional-dependencies"].values() for one in group)]
    names = {re.match(r"[A-Za-z0-9_.-]+", one)[0].lower() for one in wanted}  # type: ignore[index]
    locked = dict(re.findall(r"^([a-z0-9_.-]+)==([\w.]+)", (ROOT / "requirements-dev.lock").read_text(encoding="utf-8"), re.MULTILINE))
    told: dict[str, str] = {}
    for libraries, releases in re.findall(
        r"^\| ([a-z0-9, _-]+) \| ([\w., ]+) \|", (ROOT / "docs" / "libraries.md").read_text(encoding="utf-8"), re.MULTILINE
    ):
        told |= dict(zip(libraries.split(", "), releases.split(", "), strict=True))
    assert told == {"library": "release"} | {name: locked[name] for name in names}
