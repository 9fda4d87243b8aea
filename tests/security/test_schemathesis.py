"""Whatever a request says, the answer is one that the document declares: no 5xx, no other status, media type or shape.

Schemathesis makes the requests from the committed document; ids in addresses are half the time ids that exist, so that what lies behind
them is reached. `make test` asks a few of each operation, `make soak` many, from one seed.
"""

import asyncio
import contextlib
import random
from datetime import timedelta
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from tests.document import DOCUMENT
from tests.security.company import Ids, ids_of, lived_in, names_in
from tests.world import World

SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
OPERATIONS = [operation.ok() for operation in SCHEMA.get_all_operations()]
ASKED = [one for one in OPERATIONS if not one.path.endswith("/stream")]
"""A stream never ends; tests/kit follow it."""
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
SEED = 20_260_304


@pytest.fixture(scope="module")
async def company(company_world: World, company_owner: Any) -> tuple[World, Ids]:
    world = await lived_in(company_world)
    names = {name for one in ASKED for name in names_in(one.path)}
    return world, await ids_of(company_owner, world.organisation_id, names)


async def ask(company: tuple[World, Ids], case: Any, choice: random.Random) -> None:
    """Sends what was made, as the manager, and judges the answer."""
    world, ids = company
    for name in names_in(case.operation.path):
        if ids.get(name) and choice.random() < 0.7:
            case.path_parameters[name] = str(choice.choice(ids[name]))
    sent = case.as_transport_kwargs(base_url="http://127.0.0.1")
    headers = {name: value for name, value in dict(sent.pop("headers", {})).items() if name.lower() not in {"host", "authorization"}}
    token = (await world.staff("manager"))["token"] if case.operation.path == "/v1/sign-out" else await world.token("manager")
    sent.pop("timeout", None)
    sent.pop("cookies", None)
    if isinstance(sent.get("data"), str | bytes):
        sent["content"] = sent.pop("data")
    request = world.http.build_request(**sent, headers={**headers, "Authorization": f"Bearer {token}"})
    answer = await world.http.send(request)
    await answer.aread()
    case.validate_response(schemathesis.Response.from_httpx(answer, verify=False), checks=CHECKS)


def cases(operation: Any, examples: int) -> list[Any]:
    """What schemathesis makes for an operation, both what fits its schemas and what doesn't."""
    made: list[Any] = []
    modes = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
    for mode in modes:
        strategy = operation.as_strategy(generation_mode=mode)

        @seed(SEED)
        @settings(max_examples=examples, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(strategy)
        def collect(case: Any) -> None:
            made.append(case)

        with contextlib.suppress(Unsatisfiable):  # an address without anything to get wrong can't be asked wrongly
            collect()
    return made


async def ask_all(company: tuple[World, Ids], operation: Any, examples: int) -> None:
    choice = random.Random(SEED)
    made = await asyncio.to_thread(cases, operation, examples)
    wrong: list[str] = []
    for case in made:
        try:
            await ask(company, case, choice)
        except (AssertionError, schemathesis.errors.SchemathesisError, BaseExceptionGroup) as error:
            told = "; ".join(str(one) for one in error.exceptions) if isinstance(error, BaseExceptionGroup) else str(error)
            wrong.append(f"{case.method} {case.path} {case.path_parameters} {case.query} {case.body!r:.300}\n{told[:700]}")
        except (httpx.InvalidURL, UnicodeError, httpx.LocalProtocolError):
            continue  # no client could send it
    assert not wrong, f"{len(wrong)} of {len(made)}, seed {SEED}; the first:\n{wrong[0]}"


@pytest.mark.parametrize("operation", ASKED, ids=lambda one: one.definition.raw["operationId"])
async def test_an_answer_is_one_that_the_document_declares(company: tuple[World, Ids], operation: Any) -> None:
    await ask_all(company, operation, 3)


@pytest.mark.soak
@pytest.mark.parametrize("operation", ASKED, ids=lambda one: one.definition.raw["operationId"])
async def test_every_one_of_many_answers_is_declared(company: tuple[World, Ids], operation: Any) -> None:
    await ask_all(company, operation, 200)


@pytest.mark.parametrize(
    "status, media_type, body",
    [
        (500, "application/problem+json", "{}"),
        (418, "application/json", "{}"),
        (200, "text/html", "<p>"),
        (200, "application/json", '{"items": 1}'),
    ],
)
async def test_an_undeclared_answer_would_be_noticed(status: int, media_type: str, body: str) -> None:
    [operation] = [one for one in ASKED if one.definition.raw["operationId"] == "list_customers"]
    case = operation.Case(headers={})
    request = httpx.Request("GET", "http://127.0.0.1/v1/customers")
    answer = httpx.Response(status, headers={"Content-Type": media_type}, content=body, request=request)
    answer.elapsed = timedelta(seconds=1)
    with pytest.raises((AssertionError, BaseExceptionGroup)):
        case.validate_response(schemathesis.Response.from_httpx(answer, verify=False), checks=CHECKS)
