"""Whatever id a body names, another organisation's is as unknown as nobody's: asked of every field of every document that takes one."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple
from uuid import UUID

import httpx
import pytest

from service.app.document import examples
from tests.document import DOCUMENT, OPERATIONS
from tests.each import Cases
from tests.security.company import Ids, filled, ids_of
from tests.security.crowded import crowded, somebody_brought
from tests.world import World

Place = tuple[str, ...]
"""Where in a document: names of fields, `[]` for each of a list."""
EXAMPLES = examples()
CALLED = {
    "to_staff_id": "staff_id", "owner_staff_id": "staff_id", "escalates_to": "staff_id", "taken_by": "staff_id",
    "preferred_technician_id": "technician_id", "crew": "technician_id", "absent": "technician_id",
    "approved": "item_id", "declined": "item_id", "plan_item_id": "item_id", "book_item": "item_id",
    "collects_invoice_ids": "invoice_id", "moves": "visit_id", "as_before": "job_id", "photos": "photo_id",
    "another_than": "payment_id", "answer_id": "message_id",
}  # fmt: skip
"""What is called otherwise than in the tables."""


class Asked(NamedTuple):
    """A request that was answered with success: the rest of what is asked is as there."""

    method: str
    path: str
    body: dict[str, Any]
    credential: str
    version: str | None


class Field(NamedTuple):
    """One place of one operation's document that takes an id."""

    operation: str
    place: Place

    @property
    def name(self) -> str:
        return [one for one in self.place if one != "[]"][-1]

    def __str__(self) -> str:
        return f"{self.operation} {'.'.join(self.place)}"


def places(schema: dict[str, Any], at: Place = (), inside: frozenset[str] = frozenset()) -> Iterator[Place]:
    """Where in a document of that schema ids stand."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name not in inside:
            yield from places(DOCUMENT["components"]["schemas"][name], at, inside | {name})
    if schema.get("format") == "uuid":
        yield at
    for name, field in schema.get("properties", {}).items():
        yield from places(field, (*at, name), inside)
    for one in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from places(one, at, inside)
    if isinstance(schema.get("items"), dict):
        yield from places(schema["items"], (*at, "[]"), inside)


TAKING = {one.id: one for one in OPERATIONS if "application/json" in one.told.get("requestBody", {}).get("content", {})}
"""The operations that take a document."""
FIELDS = [
    Field(name, place)
    for name, one in TAKING.items()
    for place in dict.fromkeys(places(one.told["requestBody"]["content"]["application/json"]["schema"]))
]
TOLD = {
    "raise_case message_id": "chosen for the words that are made by it",
    "decide_objection answer_id": "chosen for the answer that is made by it",
    "note_message promise_ids.[]": "which of the customer's own open promises it is about; another is none of them",
    "find_slots technician_id": "a question",
    "find_slots moves": "a question",
    "foresee_hand_over visits.[].technician_id": "a question; what can't be is told in the answer",
    "receive_cheque another_than": "compared with the payment that stands, and not kept",
    "observe_network services.[].subscription_id": "what the network says runs there, unknown to us or not",
    "observe_network covers.after": "a bound between ids, of nothing",
    "observe_network covers.until": "a bound between ids, of nothing",
    "sign_in organisation_id": "where somebody signs in, proven by their password",
}
"""What is answered alike whatever it names, and why it may be."""
NAMED = [one for one in FIELDS if one.name != "id" and str(one) not in TOLD]
ADDRESSES = [
    (one.id, one.method, re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(one.path))))
    for one in sorted(TAKING.values(), key=lambda one: one.path.count("{"))
]


def with_id(body: dict[str, Any], place: Place, value: UUID) -> dict[str, Any]:
    """The document with that id there, and what has to be around it."""
    changed = deepcopy(body)
    here: Any = changed
    for step, then in zip(place, (*place[1:], None), strict=True):
        key: Any = 0 if step == "[]" else step
        if then is None:
            inside: Any = str(value)
        else:
            kept = here[key] if (key in here if isinstance(here, dict) else len(here)) else None
            inside = kept or ([] if then == "[]" else {})
        if isinstance(here, list):
            here[:1] = [inside]
        else:
            here[key] = inside
        here = inside
    return changed


class Both(NamedTuple):
    """Who asks, what they asked before with success, and what is another organisation's."""

    mine: World
    asked: dict[str, Asked]
    own: Ids
    theirs: Ids


def kept_by(world: World, asked: dict[str, Asked]) -> None:
    """Keeps, from now on, the last request of each operation that is answered with success."""

    async def keep(answer: httpx.Response) -> None:
        request = answer.request
        for name, method, address in ADDRESSES:
            if answer.is_success and request.method == method and address.fullmatch(request.url.path):
                asked[name] = Asked(
                    method, request.url.path, json.loads(request.content), request.headers["Authorization"], request.headers.get("If-Match")
                )
                return

    world.http.event_hooks["response"].append(keep)


async def things(owner: Any, world: World) -> Ids:
    """The ids in the tables of the things that they are of, by name; of each table the last, which nothing was done with yet."""
    keys = await owner.fetch(
        "select c.conrelid::regclass::text as relation, a.attname as name from pg_constraint c"
        " join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[cardinality(c.conkey)]"
        " join pg_attribute o on o.attrelid = c.conrelid and o.attnum = c.conkey[1]"
        " where c.contype = 'p' and cardinality(c.conkey) > 1 and o.attname = 'organisation_id' and a.atttypid = 'uuid'::regtype order by 1"
    )
    found = await ids_of(owner, world.organisation_id, {column(one.name) for one in NAMED} - {key["name"] for key in keys})
    for key in keys:
        of = f"select {key['name']} as id from {key['relation']} where organisation_id = $1 order by 1 desc limit 1"
        found.setdefault(key["name"], []).extend(row["id"] for row in await owner.fetch(of, world.organisation_id))
    return {name: list(dict.fromkeys(ids)) for name, ids in found.items()}


@pytest.fixture(scope="module")
async def both(company_world: World, other_world: World, company_owner: Any) -> Both:
    asked: dict[str, Asked] = {}
    kept_by(company_world, asked)
    for world in (company_world, other_world):
        await crowded(world)
        await somebody_brought(world)
    company_world.http.event_hooks["response"].pop()
    return Both(company_world, asked, await things(company_owner, company_world), await things(company_owner, other_world))


def column(name: str) -> str:
    return CALLED.get(name, name.removesuffix("s") if name.endswith("_ids") else name)


async def usual(both: Both, operation: str) -> Asked:
    """What was asked with success; else the recorded example, with ids of one's own."""
    if operation in both.asked:
        return both.asked[operation]
    one, body = TAKING[operation], deepcopy(EXAMPLES[operation]["request"]["body"])
    for field in FIELDS:
        if field.operation == operation and field.name != "id" and both.own.get(column(field.name)) and _has(body, field.place):
            body = with_id(body, field.place, both.own[column(field.name)][0])
    return Asked(one.method, filled(one.path, both.own), body, f"Bearer {await both.mine.token('manager')}", '"1"')


def _has(body: Any, place: Place) -> bool:
    if not place:
        return body is not None
    if place[0] == "[]":
        return bool(body) and _has(body[0], place[1:])
    return isinstance(body, dict) and _has(body.get(place[0]), place[1:])


async def ask(both: Both, asked: Asked, body: dict[str, Any]) -> tuple[httpx.Response, int]:
    """The answer, and how many facts came with it."""
    headers = {"Authorization": asked.credential, "Idempotency-Key": str(both.mine.id())}
    if asked.version:
        headers["If-Match"] = asked.version
    before = await _facts(both.mine)
    answer = await both.mine.http.request(asked.method, asked.path, json=body, headers=headers)
    return answer, await _facts(both.mine) - before


async def _facts(world: World) -> int:
    [row] = await world.sql("select count(*) as many from kit.fact where organisation_id = $1", world.organisation_id)
    return int(row["many"])


def problem(answer: httpx.Response, named: UUID) -> dict[str, Any]:
    """What it says, but for what is the request's own and the id that was named."""
    told: dict[str, Any] = json.loads(answer.text.replace(str(named), "it"))
    return {name: value for name, value in told.items() if name not in {"instance", "attempt_id"}}


def unnamed(body: Any) -> Any:
    """The document without the ids that a client may choose: what is asked again is another thing."""
    if isinstance(body, list):
        return [unnamed(one) for one in body]
    return {name: unnamed(value) for name, value in body.items() if name != "id"} if isinstance(body, dict) else body


async def test_another_organisations_id_in_a_body_is_as_unknown_as_nobodys(both: Both, company_owner: Any) -> None:
    cases, named = Cases(), set[UUID]()
    for field in NAMED:
        with cases.case(str(field)):
            asked = await usual(both, field.operation)
            body, nobodys = unnamed(asked.body), both.mine.id()
            unknown, facts = await ask(both, asked, with_id(body, field.place, nobodys))
            assert unknown.is_client_error, (unknown.status_code, unknown.text)
            assert both.theirs[column(field.name)], "make one in tests/security/crowded.py"
            for theirs in both.theirs[column(field.name)]:
                named.add(theirs)
                answer, as_well = await ask(both, asked, with_id(body, field.place, theirs))
                assert answer.status_code == unknown.status_code, answer.text
                assert problem(answer, theirs) == problem(unknown, nobodys)
                assert as_well == facts
    cases.hold()
    assert await written_down(company_owner, both.mine, named) == ["billing.decision"], (
        "where what a refused line named is kept as it was told"
    )


async def written_down(owner: Any, world: World, ids: set[UUID]) -> list[str]:
    """The tables of the organisation that hold one of these ids."""
    tables = await owner.fetch(
        "select c.oid::regclass::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid"
        " where c.relkind = 'r' and a.attname = 'organisation_id' order by 1"
    )
    pattern = "|".join(map(str, ids))
    holds = "select exists (select from {} t where t.organisation_id = $1 and t::text ~ $2)"
    return [one["name"] for one in tables if await owner.fetchval(holds.format(one["name"]), world.organisation_id, pattern)]


async def test_what_may_name_anything_is_answered_as_if_it_were_nobodys(both: Both) -> None:
    assert TOLD.keys() <= {str(one) for one in FIELDS}
    cases = Cases()
    for field in FIELDS:
        if str(field) in TOLD and field.operation != "sign_in":
            with cases.case(str(field)):
                asked = await usual(both, field.operation)
                named = [both.mine.id(), *both.theirs.get(column(field.name), [])]
                answers = [await ask(both, asked, with_id(unnamed(asked.body), field.place, one)) for one in named]
                assert len({answer.status_code // 100 for answer, _ in answers}) == 1, [answer.text for answer, _ in answers]
    cases.hold()
