"""A file of cases that says something nobody understands is told so, case by case; nothing in it is passed over."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from service.authorisations.records.offers import Condition
from service.authorisations.records.policies import Combine, Deadline
from tests.conformance.cases import Auth, Case, Channel, Event, File, Invoice, Item, Line, Matter, Policy, Tax
from tests.conformance.reading import CODES, read

GOOD: dict[str, Any] = {
    "id": "T1",
    "situation": "as agreed",
    "expect": [["ACCEPT", "OK"]],
    "case": {
        "policy": "TENTH",
        "auths": [{"id": "a1", "at": 0, "items": [{"id": "i1", "qty": "1", "price": "10000"}]}],
        "invoices": [{"lines": [{"item": "i1", "qty": "1", "price": 10000}]}],
    },
}


def told_of(folder: Path, *cases: Any, policy: Any = None) -> tuple[int, list[str]]:
    """How many of these cases can run, and the rows of the others."""
    document = {"policies": {"TENTH": policy or {"pct": "1/10", "combine": "pct"}}, "match": cases}
    (folder / "cases.json").write_text(json.dumps(document), encoding="utf-8")
    found = read(folder)
    return len(found.cases), found.bad


def changed(path: str, value: Any) -> Any:
    """The good case with another value at a place, such as `case.auths.0.channels`."""
    case = json.loads(json.dumps(GOOD))
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    inner = case
    for step in way:
        inner = inner[step]
    inner[last] = value
    return case


@pytest.mark.parametrize(
    "path, value, row",
    [
        ("case.auths.0.channels", "link", "unknown field `channels` - at `$.case.auths[0]`; one of id, items, at, "),
        ("case.work_strat", {"i1": 1}, "unknown field `work_strat` - at `$.case`; one of auths, invoices, policy, "),
        ("case.auths.0.decision", "declinned", "'declinned' - at `$.case.auths[0].decision`; one of approved, declined, silence"),
        ("case.auths.0.channel", "oral_fone", "'oral_fone' - at `$.case.auths[0].channel`; one of "),
        ("case.auths.0.items.0.qty", "one", "at `$.case.auths[0].items[0].qty`"),
        ("case.policy", "TENHT", "no policy `TENHT` - at `$.case.policy`; one of ZERO, TENTH"),
        ("case.work_start", {"i2": 5}, "`i2` - at `$.case.work_start`; one of i1, *"),
        ("case.performed", {"i2": "1"}, "`i2` - at `$.case.performed`; one of i1"),
        ("case.events", [{"type": "revoked", "auth": "a2", "at": 1}], "`a2` - at `$.case.events[0].auth`; one of a1"),
        ("case.auths.0.declined_items", ["i2"], "`i2` - at `$.case.auths[0].declined_items`; one of i1"),
        ("case.invoices.0.credit_of", 0, "`0` - at `$.case.invoices[0].credit_of`; one of none"),
        ("expect", [], "`$.expect` has a verdict for each invoice: 1, not 0"),
        ("expect", [["REFUSE", "OVER_TOLERENCE"]], "`OVER_TOLERENCE` - at `$.expect[0]`; with REFUSE one of NEGATIVE_OR_ZERO_LINE, "),
        ("expect", [["ACCEPTED", "OK"]], "one of ACCEPT, REFUSE"),
    ],
)  # fmt: skip
def test_a_bad_case_is_a_row_and_the_others_run(tmp_path: Path, path: str, value: Any, row: str) -> None:
    runs, bad = told_of(tmp_path, changed(path, value), GOOD)
    assert (runs, len(bad)) == (1, 1)
    assert bad[0].startswith("T1  as agreed: ")
    assert row in bad[0]


def test_a_bad_policy_is_told_of_each_case_that_names_it(tmp_path: Path) -> None:
    runs, bad = told_of(tmp_path, GOOD, changed("case.policy", "ZERO"), policy={"combine": "greatest"})
    assert (runs, bad) == (
        1,
        ["T1  as agreed: policy `TENTH`: Invalid enum value 'greatest' - at `$.combine`; one of abs, greater, lesser, none, pct"],
    )


def test_a_file_that_is_no_json_is_a_row(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    assert told_of(tmp_path, GOOD)[0] == 1
    assert read(tmp_path).bad[0].startswith("broken.json: ")


def test_the_page_says_every_key_every_value_and_every_code() -> None:
    page = (Path(__file__).parents[2] / "docs" / "conformance.md").read_text(encoding="utf-8")
    known = {code for codes in CODES.values() for code in codes} | {
        *get_args(Channel),
        *get_args(Combine),
        *get_args(Deadline),
        *get_args(Condition),
    }
    for kind in (File, Case, Matter, Auth, Item, Event, Invoice, Line, Tax, Policy):
        known |= set(kind.__struct_fields__)
    assert {word for word in known if f"`{word}`" not in page and f'"{word}"' not in page} == set()
    for case in read(Path(__file__).parent / "own_cases.json").cases:
        assert f"| {case[0].id} |" in page
