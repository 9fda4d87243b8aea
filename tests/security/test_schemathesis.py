"""Whatever a request says, the answer is one that the document declares: no 5xx, no other status, media type or shape.

Schemathesis makes the requests from the committed document; ids in addresses are half the time ids that exist, so that what lies behind
them is reached. `make test` asks a few of each operation, `make soak` many, from one seed.
"""

import asyncio
import random
from datetime import timedelta
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple
from uuid import UUID

import httpx
import pytest

from tests.document import OPERATIONS
from tests.security.company import Ids, names_in
from tests.security.crowded import crowded, ids_there, somebody_brought
from tests.world import World

ASKED = {one.id: one.path for one in OPERATIONS if not one.path.endswith("/stream")}
"""The path of each operation, by its name. A stream never ends; tests/kit follow it."""
SEED = 20_260_304


@cache
def declared() -> Any:
    """tests/security/declared.py, for the one worker that asks, not for each that collects."""
    return import_module("tests.security.declared")


class Company(NamedTuple):
    """An organisation to ask, and a partner of theirs with what they brought."""

    world: World
    ids: Ids
    key: str
    brought: Ids


@pytest.fixture(scope="module")
async def company(company_world: World, company_owner: Any) -> Company:
    world = await crowded(company_world)
    ids = await ids_there(company_owner, world, {name for path in ASKED.values() for name in names_in(path)})
    northern, brought = await somebody_brought(world)  # after it, so that nobody ends their keys
    return Company(world, ids, northern.key, brought)


async def ask(company: Company, case: Any, choice: random.Random) -> None:
    """Sends what was made, as the manager, or as a partner what partners ask, and judges the answer."""
    world, partners = company.world, case.operation.path.startswith("/v1/partner/")
    ids = company.brought if partners else company.ids
    for name in names_in(case.operation.path):
        if ids.get(name) and choice.random() < 0.7:
            case.path_parameters[name] = str(choice.choice(ids[name]))
    sent = case.as_transport_kwargs(base_url="http://127.0.0.1")
    headers = {name: value for name, value in dict(sent.pop("headers", {})).items() if name.lower() not in {"host", "authorization"}}
    if partners:
        token = company.key
    else:
        token = (await world.staff("manager"))["token"] if case.operation.path == "/v1/sign-out" else await world.token("manager")
    sent.pop("timeout", None)
    sent.pop("cookies", None)
    if isinstance(sent.get("data"), str | bytes):
        sent["content"] = sent.pop("data")
    request = world.http.build_request(**sent, headers={**headers, "Authorization": f"Bearer {token}"})
    answer = await world.http.send(request)
    await answer.aread()
    declared().judge(case, answer)


async def undeclared(company: Company, operation: str, examples: int) -> list[str]:
    """What was asked of an operation and answered otherwise than the document declares."""
    choice = random.Random(SEED)
    made = await asyncio.to_thread(declared().cases, operation, examples, SEED)
    assert made, "nothing was made to ask"
    wrong: list[str] = []
    for case in made:
        try:
            await ask(company, case, choice)
        except declared().FAULTS as error:
            told = "; ".join(str(one) for one in error.exceptions) if isinstance(error, BaseExceptionGroup) else str(error)
            wrong.append(f"{case.method} {case.path} {case.path_parameters} {case.query} {case.body!r:.300}\n{told[:700]}")
        except (httpx.InvalidURL, UnicodeError, httpx.LocalProtocolError):
            continue  # no client could send it
    return wrong


@pytest.mark.parametrize("operation", ASKED)
async def test_an_answer_is_one_that_the_document_declares(company: Company, operation: str) -> None:
    wrong = await undeclared(company, operation, 3)
    assert not wrong, f"{len(wrong)} answers, seed {SEED}; the first:\n{wrong[0]}"


@pytest.mark.soak
@pytest.mark.parametrize("operation", ASKED)
async def test_every_one_of_many_answers_is_declared(company: Company, operation: str) -> None:
    wrong = await undeclared(company, operation, 100)
    assert not wrong, f"{len(wrong)} answers, seed {SEED}; the first:\n{wrong[0]}"


async def test_a_partners_own_is_reached_by_what_is_asked_with_their_key(company: Company) -> None:
    """Else every answer asked of partners would be that there is nothing."""
    headers = {"Authorization": f"Bearer {company.key}"}
    for path in ("/v1/partner/jobs", "/v1/partner/facts"):
        answer = await company.world.http.get(path, headers=headers)
        assert {UUID(one.get("job_id", one.get("id"))) for one in answer.json()["items"]} == {*company.brought["job_id"]}


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
    case = declared().OPERATIONS["list_customers"].Case(headers={})
    request = httpx.Request("GET", "http://127.0.0.1/v1/customers")
    answer = httpx.Response(status, headers={"Content-Type": media_type}, content=body, request=request)
    answer.elapsed = timedelta(seconds=1)
    with pytest.raises((AssertionError, BaseExceptionGroup)):
        declared().judge(case, answer)
