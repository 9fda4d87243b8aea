"""The document: generated, committed without drift, valid, complete, with the limits that bind."""

import json
import logging
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from service.app.document import FOLDER, document, examples, operations, texts
from service.kit.refusals import BY_CODE
from tests.document import DOCUMENT, OPERATIONS
from tests.each import Cases

EXAMPLES = examples()


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    """What `python -m service.app` would write."""
    return texts()


@pytest.mark.parametrize("name", ["openapi.json", "problems.md"])
def test_what_is_committed_is_what_the_code_says(name: str, written: dict[str, str]) -> None:
    committed = (FOLDER / name).read_text(encoding="utf-8")
    assert committed == written[name], "run: python -m service.app"


def test_the_document_is_valid() -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(DOCUMENT).iter_errors()] == []


def test_made_again_it_is_the_same_and_leaves_the_processs_logs_as_they_are(written: dict[str, str]) -> None:
    before = list(logging.getLogger().handlers)
    again = document()
    assert logging.getLogger().handlers == before
    assert json.dumps(again) == json.dumps(json.loads(written["openapi.json"]))


def test_an_operation_declares_its_refusals_and_nothing_of_the_frameworks() -> None:
    cases = Cases()
    for name, _, path, told in OPERATIONS:
        with cases.case(name):
            assert "400" not in told["responses"]
            assert told["summary"]
            if path.startswith("/v1/"):
                for status, answer in told["responses"].items():
                    if status >= "400":
                        [content] = answer["content"].values()
                        assert set(content["examples"]) <= BY_CODE.keys()
                assert ("401" in told["responses"]) or told["security"] == []
    cases.hold()


def test_every_parameter_has_its_limits() -> None:
    unlimited = [
        f"{operation.id}: {parameter['name']}"
        for operation in OPERATIONS
        for parameter in operation.told["parameters"]
        if not parameter["schema"].keys() & {"maxLength", "format", "enum", "maximum", "$ref", "anyOf"}
        and parameter["schema"].get("type") != "boolean"
    ]
    assert unlimited == []


def test_a_body_that_refuses_unknown_fields_says_so() -> None:
    for one in operations():
        if one.body is None:
            continue
        schema = DOCUMENT["paths"][one.path][one.method]["requestBody"]["content"]["application/json"]["schema"]
        name = schema.get("$ref", "").rpartition("/")[2]
        if name:
            assert DOCUMENT["components"]["schemas"][name].get("additionalProperties") is False, (
                f"{one.id}: {name} takes unknown fields silently"
            )


def test_an_answer_has_to_name_the_hash_of_what_was_seen() -> None:
    answer = DOCUMENT["components"]["schemas"]["Answer"]
    assert answer["required"] == ["approved", "offer_hash"]
    assert (answer["properties"]["offer_hash"]["type"], "default" in answer["properties"]["offer_hash"]) == ("string", False)


def test_every_text_and_list_that_is_sent_has_a_limit() -> None:
    """Whatever a body reaches: texts have a length, a format or a choice, lists a size, whole numbers a range."""
    schemas = DOCUMENT["components"]["schemas"]
    sent: set[str] = set()
    bodies = [one.told["requestBody"]["content"] for one in OPERATIONS if "requestBody" in one.told]
    waiting = [body["application/json"]["schema"] for body in bodies if "application/json" in body]
    assert all("maxLength" in one["schema"] for body in bodies if "application/json" not in body for one in body.values())
    unlimited: set[str] = set()
    while waiting:
        schema = waiting.pop()
        for name in _references(schema):
            if name not in sent:
                sent.add(name)
                waiting.append(schemas[name])
                unlimited |= {f"{name}{where}" for where in _unlimited(schemas[name], "")}
    assert sorted(unlimited) == []


def _references(schema: Any) -> set[str]:
    if isinstance(schema, dict):
        own = {schema["$ref"].rpartition("/")[2]} if "$ref" in schema else set()
        return own.union(*(_references(value) for value in schema.values()))
    return set[str]().union(*map(_references, schema)) if isinstance(schema, list) else set()


def _unlimited(schema: Any, where: str) -> set[str]:
    found: set[str] = set()
    kind = schema.get("type")
    if kind == "string" and not schema.keys() & {"maxLength", "format", "enum", "pattern", "const"}:
        found.add(where)
    if kind == "array" and "maxItems" not in schema:
        found.add(where + "[]")
    if kind == "integer" and not {"minimum", "maximum"} <= schema.keys() and "enum" not in schema:
        found.add(where)
    for name, field in schema.get("properties", {}).items():
        found |= _unlimited(field, f"{where}.{name}")
    for one in schema.get("anyOf", ()):
        found |= _unlimited(one, where)
    return found | (_unlimited(schema["items"], where + "[]") if isinstance(schema.get("items"), dict) else set())


def test_examples_are_of_operations_that_exist() -> None:
    assert EXAMPLES.keys() <= {one.id for one in OPERATIONS}


WITHOUT_EXAMPLE = {"follow_facts"}
"""A stream; tests/kit/test_follow_facts.py reads it."""


def test_every_operation_has_an_example_that_a_test_sent_and_received() -> None:
    missing = {one.id for one in OPERATIONS} - EXAMPLES.keys() - WITHOUT_EXAMPLE
    assert sorted(missing) == [], "have a test ask it, with RECORD_EXAMPLES=1 set (tests/examples.py)"


def test_an_example_fits_the_document_and_its_test_is_there() -> None:
    cases = Cases()
    by_name = {one.id: one.told for one in OPERATIONS}
    for name, example in EXAMPLES.items():
        with cases.case(name):
            file, _, test = example["test"].partition("::")
            assert f"def {test}(" in (FOLDER.parent / file).read_text(encoding="utf-8"), (
                f"{example['test']} is gone: delete the example and record it anew"
            )
            told = by_name[name]
            if "body" in example["request"] and "requestBody" in told:
                _fits(example["request"]["body"], told["requestBody"]["content"]["application/json"]["schema"])
            answer = told["responses"][str(example["response"]["status"])]
            if "body" in example["response"]:
                _fits(example["response"]["body"], answer["content"]["application/json"]["schema"])
    cases.hold()


def _fits(value: Any, schema: dict[str, Any]) -> None:
    resolvable = {**schema, "components": DOCUMENT["components"]}
    jsonschema.Draft202012Validator(resolvable, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER).validate(value)
