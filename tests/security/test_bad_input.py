"""Bad input is answered with a problem that has a code and a remedy, and changes nothing: each oddity is a row."""

from typing import Any

import pytest

from tests.world import World

NAME = '{"name": "Ada", "zone": "Europe/Berlin"%s}'
DEEP = "[" * 5_000 + "]" * 5_000

BODIES: dict[str, tuple[bytes, int]] = {
    "nothing": (b"", 422),
    "null": (b"null", 422),
    "a text": (b'"Ada"', 422),
    "a list": (b"[]", 422),
    "half a document": (b'{"name": "Ada', 422),
    "two documents": (NAME.encode() % b"" * 2, 422),
    "a comment": (b'{"name": "Ada", "zone": "Europe/Berlin" /* me */}', 422),
    "an unknown field": ((NAME % ', "nane": "Ada"').encode(), 422),
    "a duplicate key": ((NAME % ', "name": "Eve"').encode(), 422),
    "a field as number": (b'{"name": 1, "zone": "Europe/Berlin"}', 422),
    "a field as list": (b'{"name": ["Ada"], "zone": "Europe/Berlin"}', 422),
    "an empty name": (b'{"name": "", "zone": "Europe/Berlin"}', 422),
    "a name of 201 characters": (b'{"name": "%s", "zone": "Europe/Berlin"}' % (b"x" * 201), 422),
    "an unknown zone": (b'{"name": "Ada", "zone": "Europe/Atlantis"}', 422),
    "a path as zone": (b'{"name": "Ada", "zone": "../../etc/passwd"}', 422),
    "an escaped NUL": (rb'{"name": "A\u0000da", "zone": "Europe/Berlin"}', 422),
    "a raw NUL": (b'{"name": "A\0da", "zone": "Europe/Berlin"}', 422),
    "half a surrogate pair": (rb'{"name": "A\ud800da", "zone": "Europe/Berlin"}', 422),
    "Latin-1": ('{"name": "Zoë", "zone": "Europe/Berlin"}'.encode("latin-1"), 422),
    "UTF-16": ('{"name": "Zoë", "zone": "Europe/Berlin"}'.encode("utf-16"), 422),
    "a byte order mark": (b"\xef\xbb\xbf" + (NAME % "").encode(), 422),
    "overlong UTF-8": (b'{"name": "A\xc0\x80da", "zone": "Europe/Berlin"}', 422),
    "nested 5,000 deep": (DEEP.encode(), 422),
    "objects 5,000 deep": (('{"a":' * 5_000 + "1" + "}" * 5_000).encode(), 422),
    "NaN": ((NAME % ', "id": NaN').encode(), 422),
    "Infinity": ((NAME % ', "id": -Infinity').encode(), 422),
    "1e999999": ((NAME % ', "id": 1e999999').encode(), 422),
    "a number of 5,000 digits": ((NAME % (', "id": ' + "9" * 5_000)).encode(), 422),
    "an id that is none": ((NAME % ', "id": "1"').encode(), 422),
    "an id in braces": ((NAME % ', "id": "{01890000-0000-7000-8000-000000000000}"').encode(), 422),
    "10 MB": (b'{"name": "' + b"x" * 10_000_000 + b'"}', 413),
    "100,000 keys": (("{" + ",".join(f'"k{number}":1' for number in range(20_000)) + "}").encode(), 422),
}
MONEY: dict[str, Any] = {
    "a float": 12.5,
    "an integral float": 12.0,
    "a text": "1250",
    "an exponent": "raw:1e3",
    "nothing": None,
    "true": True,
    "zero": 0,
    "negative": -1,
    "2^63": 2**63,
    "2^64": 2**64,
    "a quintillion": 10**18,
    "other digits": "١٢٣",
}
CURRENCIES = ["", "eur", "EURO", "€", "XXQ", "E\u0000R", "ЕUR", None, 978]
INSTANTS = [
    "2026-03-04T12:00:00",
    "2026-03-04",
    "now",
    0,
    1_772_625_600,
    "2026-02-30T12:00:00Z",
    "2026-03-04T25:00:00Z",
    "9999999-01-01T00:00:00Z",
    "",
]


async def count(world: World) -> int:
    """Everything that happened here."""
    rows = await world.sql("select count(*) from kit.fact where organisation_id = $1", world.organisation_id)
    return int(rows[0][0])


def assert_problem(answer: Any, *statuses: int) -> None:
    assert answer.status_code in statuses, (answer.status_code, answer.text[:300])
    told = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert told["code"].isupper()
    assert told["remedy"]
    assert told["status"] == answer.status_code
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("oddity", BODIES)
async def test_an_odd_body_is_refused_and_changes_nothing(world: World, oddity: str) -> None:
    body, status = BODIES[oddity]
    headers = {"Authorization": f"Bearer {await world.token('manager')}", "Content-Type": "application/json"}
    answer = await world.http.post("/v1/customers", content=body, headers=headers)
    assert_problem(answer, status)
    assert await count(world) == 0


@pytest.mark.parametrize(
    "media_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "application/jsonp"],
)
async def test_only_json_is_read(world: World, media_type: str) -> None:
    headers = {"Authorization": f"Bearer {await world.token('manager')}", "Content-Type": media_type}
    answer = await world.http.post("/v1/customers", content=(NAME % "").encode(), headers=headers)
    assert_problem(answer, 415)
    assert await count(world) == 0


@pytest.mark.parametrize("oddity", MONEY)
async def test_an_odd_amount_of_money_is_refused_and_moves_nothing(world: World, oddity: str) -> None:
    customer = await world.customer()
    before = await count(world)
    answer = await world.post(
        "/v1/payments/cash", {"customer_id": customer["id"], "amount": {"amount": MONEY[oddity], "currency": "EUR"}}, key=str(world.id())
    )
    assert_problem(answer, 422)
    assert await count(world) == before


@pytest.mark.parametrize("currency", CURRENCIES)
async def test_an_unknown_currency_is_refused(world: World, currency: Any) -> None:
    customer = await world.customer()
    before = await count(world)
    body = {"customer_id": customer["id"], "amount": {"amount": 1250, "currency": currency}}
    assert_problem(await world.post("/v1/payments/cash", body, key=str(world.id())), 422)
    assert await count(world) == before


@pytest.mark.parametrize("instant", INSTANTS)
async def test_an_instant_without_an_offset_or_sense_is_refused(world: World, instant: Any) -> None:
    before = await count(world)
    answer = await world.post("/v1/api-keys", {"name": "Odd", "scopes": ["customers:read"], "expires_at": instant})
    assert_problem(answer, 422)
    assert await count(world) == before


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=201", "limit=-1", "limit=1e2", "limit=10.0", "limit=", "limit=ten", "limit=١٠", "limit=99999999999999999999", "limit=5&limit=6",
        "cursor=x", "cursor=%00", "cursor=" + "A" * 501, "cursor=%FF%FE", "sort=name", "limit[]=5", "limits=5", "cursor=AAAA&limit=5;drop",
    ],
)  # fmt: skip
async def test_an_odd_question_is_refused(world: World, query: str) -> None:
    assert_problem(await world.get(f"/v1/customers?{query}"), 422)


async def test_a_cursor_of_another_list_or_organisation_opens_nothing(world: World) -> None:
    for name in ("Ada", "Bob"):
        await world.customer(name=name)
    cursor = (await world.get("/v1/customers?limit=1")).json()["next"]
    assert_problem(await world.get(f"/v1/staff?cursor={cursor}"), 422)
    other = World(app=world.app, database=world.database, clock=world.clock)
    await other.begin()
    assert_problem(await other.get(f"/v1/customers?cursor={cursor}"), 422)
    await other.end()
    for at in range(len(cursor)):
        changed = cursor[:at] + ("A" if cursor[at] != "A" else "B") + cursor[at + 1 :]
        assert (await world.get(f"/v1/customers?cursor={changed}&limit=1")).status_code == 422, at


@pytest.mark.parametrize(
    "path", ["/v1/customers/1", "/v1/customers/%00", "/v1/customers/..%2f..", "/v1/customers/' or 1=1", "/v1/%2e%2e/", "/v1", "/v2/me"]
)
async def test_an_address_that_is_none_is_not_found(world: World, path: str) -> None:
    assert_problem(await world.get(path), 404)


@pytest.mark.parametrize("key", ["short", "x" * 201, "söme-key-of-mine", "tab\tin the middle"])
async def test_an_odd_idempotency_key_is_refused(world: World, key: str) -> None:
    headers = [(b"idempotency-key", key.encode()), (b"authorization", f"Bearer {await world.token('manager')}".encode())]
    answer = await world.http.post("/v1/customers", json={"name": "Ada", "zone": "Europe/Berlin"}, headers=headers)
    assert_problem(answer, 422)


async def test_a_method_nobody_answers_is_said_with_those_that_are(world: World) -> None:
    answer = await world.request("DELETE", "/v1/customers")
    assert_problem(answer, 405)
    assert set(answer.headers["allow"].split(", ")) >= {"GET", "POST"}
