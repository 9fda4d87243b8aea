"""Whoever changes something has read it: two who change the same thing at once don't undo each other."""

from typing import Any

from tests.document import DOCUMENT, OPERATIONS

LAST_ONE_HOLDS = {
    "set_logo": "a picture takes the place of the one before; nothing of what was read goes into it",
    "set_opt_out": "a log of what a customer said of one kind of notice: each word is whole, and those before it stay",
}
"""What is put without saying what was read, and why nobody's change is lost by it."""


CHANGES = [one for one in OPERATIONS if one.method in {"PATCH", "PUT"}]
VERSIONED = [one for one in CHANGES if any(asked["name"] == "If-Match" and asked["required"] for asked in one.told["parameters"])]
"""Those of all that change what is there already that are told what was read."""


def test_what_is_changed_is_changed_as_it_was_read_or_the_last_word_holds_for_a_reason() -> None:
    assert {one.id for one in CHANGES} - {one.id for one in VERSIONED} == LAST_ONE_HOLDS.keys(), (
        "make it `versioned` (service/kit/http.py), or argue it above"
    )


def test_a_change_declares_what_a_stale_or_missing_version_is_answered_and_tells_the_next() -> None:
    for one in VERSIONED:
        assert one.told["responses"].keys() >= {"412", "428"}, one.id
        assert "ETag" in one.told["responses"]["200"]["headers"], one.id


def test_the_version_to_name_is_read_where_the_thing_is() -> None:
    """At its own address, or in the list that it stands in."""
    for one in VERSIONED:
        reads = [DOCUMENT["paths"].get(at, {}).get("get") for at in (one.path, one.path.rpartition("/")[0])]
        assert any(read and "version" in _fields(read["responses"]["200"]["content"]["application/json"]["schema"]) for read in reads), (
            one.id
        )


def _fields(schema: dict[str, Any]) -> set[str]:
    """What it tells of a thing, or of each thing of a list."""
    if "$ref" in schema:
        return _fields(DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    own = set(schema.get("properties", {}))
    listed = [schema.get("items"), schema.get("properties", {}).get("items", {}).get("items")]
    return own.union(*(_fields(one) for one in listed if one))
