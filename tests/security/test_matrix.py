"""Every route × every kind of caller, from the document: only what the table of scopes allows.

A new route is in here by being a route. What is compared is the answer's code: who may not, gets 401, 403 or 404 whatever the rest of
the request looks like; who may, gets any other answer.
"""

from datetime import timedelta
from typing import Any, NamedTuple

import httpx
import pytest
from litestar.routes import HTTPRoute

from service.app.document import examples
from service.identity import links
from service.identity.scopes import ALL, PARTNER, ROLES, Role
from tests.document import OPERATIONS, Operation
from tests.each import Cases
from tests.security.company import Ids, filled, names_in
from tests.security.crowded import crowded, ids_there
from tests.world import World

PUBLIC = {
    "health_live", "health_ready", "sign_in", "refresh", "accept_invitation", "ask_password_reset", "complete_password_reset",
    "hear_webhook", "hear_text",  # prove themselves by their signature
    "list_public_keys",
}  # fmt: skip
"""What is open to all; adding to it is a decision."""
LINKS = frozenset[str]().union(*links.SCOPES.values())


EXAMPLES = examples()
SCOPED = [one for one in OPERATIONS if one.scope is not None and not one.path.endswith("/stream")]

READ = {one.path: one for one in SCOPED if one.method == "GET" and names_in(one.path)}
"""What is read of something that its address names."""
OF_ANY_TIME = {
    "find_outage_credit": "from_at=2026-03-01T00:00:00Z&until_at=2026-03-02T00:00:00Z",
    "read_cash_statement_sheet": "currency=EUR",
}
"""What is asked where the recorded question is of a later hour than this company's."""


class Company(NamedTuple):
    """Two organisations of one service, and what is in the first."""

    world: World
    other: World
    ids: Ids
    everything: set[str]


@pytest.fixture(scope="module")
async def company(company_world: World, other_world: World, company_owner: Any) -> Company:
    world = await crowded(company_world)
    ids = await ids_there(company_owner, world, {name for one in OPERATIONS for name in names_in(one.path)})
    everything = {str(value) for values in ids.values() for value in values} | {str(world.organisation_id)}
    return Company(world, other_world, ids, everything)


async def ask(world: World, one: Operation, path: str, credential: str | None) -> httpx.Response:
    """The request with its recorded body, where a test has recorded one."""
    body = EXAMPLES.get(one.id, {}).get("request", {}).get("body", {})
    headers = {"Idempotency-Key": str(world.id()), "If-Match": '"1"'}
    if credential is not None:
        headers["Authorization"] = f"Bearer {credential}"
    return await world.http.request(one.method, path, json=None if one.method == "GET" else body, headers=headers)


async def credential(world: World, one: Operation, role: Role) -> str:
    """A bearer of somebody with that role; whoever signs out is nobody else."""
    token: str = (await world.staff(role))["token"] if one.id == "sign_out" else await world.token(role)
    return token


def code_of(answer: httpx.Response) -> str | None:
    """What went wrong, if anything did."""
    return None if answer.is_success else answer.json()["code"]


def refused(answer: httpx.Response) -> bool:
    """Whether the caller isn't allowed, whatever they asked for."""
    return answer.status_code == 401 or (answer.status_code == 403 and answer.json()["code"] in {"NOT_ALLOWED", "SEPARATION_OF_DUTIES"})


def test_every_route_has_a_scope_or_is_on_the_short_public_list() -> None:
    assert {one.id for one in OPERATIONS if one.scope is None} == PUBLIC
    unknown = {one.id: one.scope for one in OPERATIONS if one.scope is not None and one.scope not in ALL | LINKS | PARTNER}
    assert unknown == {}, "scopes that no role, no link and no partner has"


def test_every_route_of_the_api_is_in_the_document(company_world: World) -> None:
    told = {(one.method, one.path) for one in OPERATIONS}
    answered = {
        (str(method), route.path_format)
        for route in company_world.app.routes
        if isinstance(route, HTTPRoute) and route.path_format.startswith("/v1")
        for method in route.methods
    }
    assert {one for one in answered - told if one[0] not in {"OPTIONS", "HEAD"}} == set()


def test_operations_have_names_of_their_own() -> None:
    names = [one.id for one in OPERATIONS]
    assert sorted(set(names)) == sorted(names)


def test_no_scope_is_held_by_all_roles_but_used_by_no_route() -> None:
    assert sorted(ALL - {one.scope for one in OPERATIONS}) == []


async def test_staff_may_do_what_one_of_their_roles_may(company: Company) -> None:
    cases = Cases()
    for one in SCOPED:
        with cases.case(one.id):
            path = filled(one.path, company.ids)
            wrong = {}
            for role, scopes in ROLES.items():
                answer = await ask(company.world, one, path, await credential(company.world, one, role))
                assert answer.status_code < 500, (role, answer.text)
                if refused(answer) is (one.scope in scopes):
                    wrong[role] = (answer.status_code, answer.text[:200])
            assert wrong == {}
    cases.hold()


async def test_without_credentials_nothing_is_told(company: Company) -> None:
    cases = Cases()
    for one in SCOPED:
        with cases.case(one.id):
            answers = [await ask(company.world, one, filled(one.path, ids), None) for ids in (company.ids, {})]
            assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(401, "NOT_AUTHENTICATED")] * 2
    cases.hold()


async def test_a_key_does_only_what_it_was_made_for(company: Company, keys: dict[str, str]) -> None:
    cases = Cases()
    for one in SCOPED:
        with cases.case(one.id):
            path = filled(one.path, company.ids)
            without = await ask(
                company.world, one, path, keys["without " + one.scope] if "without " + one.scope in keys else keys["me:read"]
            )
            if one.scope != "me:read":
                assert refused(without)
            if one.scope in ALL and one.id != "sign_out":
                held = await ask(company.world, one, path, keys[one.scope])
                assert not refused(held), held.text
    cases.hold()


async def test_a_customers_link_opens_its_own_matter_alone(company: Company) -> None:
    cases = Cases()
    for one in SCOPED:
        with cases.case(one.id):
            answer = await ask(company.world, one, filled(one.path, company.ids), await link(company.world))
            if one.scope in LINKS:
                assert answer.status_code in {404, 422}, "another customer's presentation"
            else:
                assert (answer.status_code, answer.json()["code"]) == (403, "NOT_ALLOWED")
    cases.hold()


async def test_a_partners_key_reaches_what_they_brought_alone(company: Company) -> None:
    """Whatever of the organisation's they name: they brought nothing yet."""
    cases = Cases()
    for one in SCOPED:
        with cases.case(one.id):
            answer = await ask(company.world, one, filled(one.path, company.ids), await partner(company.world))
            if one.scope not in PARTNER:
                assert answer.status_code == 403, answer.text
                assert refused(answer), answer.text
            elif names_in(one.path):
                assert answer.status_code in {404, 422}, answer.text
            assert {value for value in company.everything if value in answer.text and value not in filled(one.path, company.ids)} == set()
    cases.hold()


async def test_another_organisation_is_as_if_it_were_not_there(company: Company) -> None:
    """The other organisation's manager names this one's ids: the answer is that of an id nobody has, and holds nothing of here."""
    cases = Cases()
    for one in SCOPED:
        with cases.case(one.id):
            bearer = await credential(company.other, one, "manager")
            theirs = await ask(company.other, one, filled(one.path, company.ids), bearer)
            nobodys = await ask(company.other, one, filled(one.path, {}), bearer)
            named = {value for value in company.everything if value in filled(one.path, company.ids)}
            told = {value for value in company.everything - named if value in theirs.text}
            assert told == set(), theirs.text
            if names_in(one.path):
                assert (theirs.status_code, code_of(theirs)) == (nobodys.status_code, code_of(nobodys))
                assert not (theirs.is_success and one.method != "GET"), theirs.text
    cases.hold()


async def test_what_stands_under_something_that_is_not_there_is_not_there_either(company: Company) -> None:
    """Lists too: what another organisation has, or nobody, has no empty list; it is what it is asked about by itself."""
    cases = Cases()
    for one in READ.values():
        with cases.case(one.id):
            above = READ.get(next((path for path in paths_above(one.path) if path in READ), ""))
            for ids in (company.ids, {}):
                answer = await read(company.other, one, ids)
                assert answer.status_code == 404, answer.text
                if above is not None:
                    assert code_of(answer) == code_of(await read(company.other, above, ids))
    cases.hold()


def paths_above(path: str) -> list[str]:
    """The addresses that one stands under, the nearest first."""
    parts = path.split("/")
    return ["/".join(parts[:length]) for length in range(len(parts) - 1, 2, -1)]


async def read(world: World, one: Operation, ids: Ids) -> httpx.Response:
    """The question with what has to be asked, of whoever may ask it."""
    bearer = (
        await partner(world) if one.scope in PARTNER else await link(world) if one.scope in LINKS - ALL else await world.token("manager")
    )
    query = OF_ANY_TIME.get(one.id) or EXAMPLES[one.id]["request"].get("query", "")
    return await world.http.get(f"{filled(one.path, ids)}?{query}", headers={"Authorization": f"Bearer {bearer}"})


@pytest.fixture(scope="module")
async def keys(company_world: World) -> dict[str, str]:
    """A key for each scope, with that scope alone."""
    manager = (await company_world.staff("manager"))["token"]
    made: dict[str, str] = {}
    for scope in sorted(ALL):
        headers = {"Authorization": f"Bearer {manager}"}
        answer = await company_world.http.post("/v1/api-keys", json={"name": scope[:100], "scopes": [scope]}, headers=headers)
        assert answer.status_code == 201, answer.text
        made[scope] = answer.json()["key"]
    return made


async def partner(world: World) -> str:
    """A key of a partner who brought nothing."""
    added = await world.done("POST", "/v1/partners", {"name": f"Partner {world.id()}"}, role="manager")
    made = await world.done("POST", f"/v1/partners/{added['id']}/keys", {"name": "Claims"}, role="manager")
    return str(made["key"])


async def link(world: World) -> str:
    """A link to a presentation that isn't any of the company's."""
    link_id = world.id()
    token = links.link_token(world.database.cursors, link_id)
    await world.sql(
        "insert into identity.link (organisation_id, link_id, purpose, customer_id, subject_id, made_by, made_at, expires_at)"
        " values ($1, $2, 'presentation', $3, $4, 'test', $5, $6)",
        world.organisation_id,
        link_id,
        world.id(),
        world.id(),
        world.clock.now,
        world.clock.now + timedelta(days=300),
    )
    await world.sql("insert into identity.link_hash values ($1, $2, $3)", links.link_hash(token), world.organisation_id, link_id)
    return token
