"""What holds for every answer: its headers, its id, its host, its size; and addresses spelled oddly."""

import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import msgspec
import pytest

from service.app import build
from service.app.questions import parameters
from service.kit import zones
from service.kit.database import Database
from service.settings import Settings
from tests.document import DOCUMENT
from tests.world import World


def request(world: World, headers: list[tuple[str, str]], path: str = "/v1/customers") -> httpx.Request:
    """A request with exactly these headers."""
    made = httpx.Request("GET", f"http://127.0.0.1{path}")
    made.headers = httpx.Headers(headers)
    return made


@pytest.mark.parametrize("path", ["/v1/customers", "/v1/nowhere", "/health/live", "/docs"])
async def test_every_answer_carries_its_id_and_the_headers_that_protect_it(world: World, path: str) -> None:
    sent = str(world.id())
    answer = await world.get(path, headers={"X-Request-Id": sent})
    assert answer.headers["x-request-id"] == sent
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-frame-options"] == "DENY"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "server" not in answer.headers


async def test_what_was_answered_to_somebody_is_kept_by_no_cache(world: World) -> None:
    assert (await world.get("/v1/customers")).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("sent", ["x", "0" * 36, "' or 1=1", "\u00e9" * 36])
async def test_a_request_id_that_is_none_is_replaced(world: World, sent: str) -> None:
    answer = await world.http.get("/health/live", headers=[(b"x-request-id", sent.encode())])
    assert answer.headers["x-request-id"] != sent
    assert answer.headers["x-request-id"][14] == "7"


async def test_a_problem_names_the_request_it_is_about(world: World) -> None:
    answer = await world.get("/v1/nowhere")
    assert answer.json()["instance"] == f"urn:uuid:{answer.headers['x-request-id']}"


async def test_no_other_site_is_allowed_to_read(world: World) -> None:
    for method in ("GET", "OPTIONS"):
        headers = {
            "Origin": "https://evil.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization",
        }
        answer = await world.request(method, "/v1/customers", headers=headers)
        assert not [name for name in answer.headers if name.startswith("access-control")]


async def test_two_hosts_no_host_and_another_host_are_refused(world: World) -> None:
    for hosts in ([], ["127.0.0.1", "127.0.0.1"], ["evil.example"], ["127.0.0.1@evil.example"], ["127.0.0.1:80:80"], ["127.0.0.1:x"]):
        answer = await world.http.send(request(world, [("host", host) for host in hosts]))
        assert (answer.status_code, answer.json()["code"]) == (421, "WRONG_HOST"), hosts
    forwarded = await world.get("/health/live", headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"})
    assert forwarded.status_code == 200
    assert "evil" not in forwarded.text


async def test_headers_beyond_reason_are_refused(world: World) -> None:
    for headers in ([("x-a", "y" * 17_000)], [(f"x-{number}", "y") for number in range(120)]):
        answer = await world.http.send(request(world, [("host", "127.0.0.1"), *headers]))
        assert (answer.status_code, answer.json()["code"]) == (431, "HEADERS_TOO_LARGE")


@pytest.mark.parametrize(
    "path", ["/v1/customers/", "/v1/%63ustomers", "//v1/customers", "/v1//customers", "/v1/customers%2f", "/V1/customers"]
)
async def test_an_address_spelled_oddly_opens_nothing_more(world: World, path: str) -> None:
    """Whatever it reaches, it asks for the same scope; what it reaches by another name is the same thing once."""
    assert (await world.http.get(path)).status_code in {401, 404}
    limited = await world.get(path, role="technician")
    assert limited.status_code in {200, 404}
    headers = {"Authorization": f"Bearer {await world.token('technician')}"}
    assert (await world.http.post(path, json={}, headers=headers)).status_code in {403, 404}


async def test_one_key_serves_one_effect_however_the_address_is_spelled(world: World) -> None:
    document = {"name": "Ada", "zone": "Europe/Berlin"}
    first = await world.post("/v1/customers", document, key="spelled-oddly-1")
    again = await world.post("/v1/customers/", document, key="spelled-oddly-1")
    assert again.content == first.content
    customer = first.json()["id"]
    change = {"If-Match": '"1"'}
    one = await world.request("PATCH", f"/v1/customers/{customer}", json={"name": "Eve"}, key="spelled-oddly-2", headers=change)
    two = await world.request("PATCH", f"/v1/customers/{customer.upper()}", json={"name": "Eve"}, key="spelled-oddly-2", headers=change)
    assert (one.status_code, two.content) == (200, one.content)


async def test_health_says_whether_it_lives_and_whether_it_can_serve(world: World) -> None:
    assert (await world.http.get("/health/live")).json() == {"status": "ok", "reason": None}
    assert (await world.http.get("/health/ready")).json()["status"] == "ok"


async def test_a_database_from_the_future_is_not_ready(world: World, owner: Any) -> None:
    await owner.execute("insert into public.migration (name, checksum) values ('9999_later.sql', repeat('0', 64))")
    try:
        answer = await world.http.get("/health/ready")
        assert (answer.status_code, answer.json()["status"]) == (503, "not_ready")
        assert "9999_later.sql" in answer.json()["reason"]
        assert (await world.http.get("/health/live")).status_code == 200
    finally:
        await owner.execute("delete from public.migration where name = '9999_later.sql'")


@pytest.fixture
async def measured(settings: Settings, database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """The service of an operator who set a token for Prometheus."""
    app = build(settings=msgspec.structs.replace(settings, metrics_token="scrape-me"), database=database)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://127.0.0.1") as client:
        yield client


async def test_figures_are_shown_to_the_operators_token_alone(world: World, measured: httpx.AsyncClient) -> None:
    assert (await world.get("/metrics")).status_code == 404, "without the setting there is no such address"
    assert (await measured.get("/metrics")).status_code == 401
    assert (await measured.get("/metrics", headers={"Authorization": f"Bearer {await world.token('manager')}"})).status_code == 401
    await measured.get("/v1/customers/01890000-0000-7000-8000-000000000001")
    await measured.get("/somewhere/else")
    answer = await measured.get("/metrics", headers={"Authorization": "Bearer scrape-me"})
    assert answer.status_code == 200
    assert 'sayso_requests_total{method="GET",route="/v1/customers/{customer_id}",status="401"} 1.0' in answer.text
    assert 'route="none",status="404"' in answer.text
    assert "sayso_pool_connections" in answer.text
    assert "01890000-0000-7000" not in answer.text


async def test_the_document_and_its_page_are_served_without_anything_from_elsewhere(world: World) -> None:
    told = await world.http.get("/openapi.json")
    assert told.json()["openapi"] == "3.1.0"
    page = await world.http.get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert "<script" not in page.text
    assert re.findall(r"(?:src|srcset|href|action|@import|url\()[\s=\"']*(?:https?:)?//[^\s>]*", page.text) == []
    for methods in told.json()["paths"].values():
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in page.text
    assert json.loads(told.content)["info"]["title"] == "Sayso"


@pytest.mark.parametrize(
    "headers, body, status",
    [
        ({"Origin": "http://[::1"}, b"email=a", 403),
        ({"Content-Type": "multipart/form-data; boundary=x"}, b"--x\r\n", 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"email=\xff\xfe", 401),
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"email=%00&password=%ed%bf%bf", 401),
    ],
)
async def test_an_odd_form_is_refused(world: World, headers: dict[str, str], body: bytes, status: int) -> None:
    sent = {"Content-Type": "application/x-www-form-urlencoded"} | headers
    assert (await world.http.post("/sign-in", content=body, headers=sent)).status_code == status


async def test_every_zone_is_one_that_the_database_knows_and_by_which_it_means_the_same(owner: Any) -> None:
    known = {row[0] for row in await owner.fetch("select name from pg_timezone_names")}
    assert zones.names() <= known
    winter, summer = datetime(2020, 1, 15, tzinfo=UTC), datetime(2020, 7, 15, tzinfo=UTC)
    rows = await owner.fetch(
        "select zone, $2::timestamptz at time zone zone, $3::timestamptz at time zone zone from unnest($1::text[]) zone",
        sorted(zones.names()),
        winter,
        summer,
    )
    assert [tuple(row) for row in rows] == [
        (name, *(at.astimezone(zones.zone(name)).replace(tzinfo=None) for at in (winter, summer))) for name in sorted(zones.names())
    ]


async def test_the_front_door_shows_what_there_is(world: World) -> None:
    answer = await world.http.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/docs")


@pytest.mark.parametrize(
    "name", ["%00", "a" * 5_000, "a/" * 400 + "b", "..%2f..%2fapproval.py", "%ff%fe", "sayso.css%00", "nothing.css", ""]
)
async def test_a_file_that_cannot_be_is_not_found(world: World, name: str) -> None:
    answer = await world.http.get(f"/static/{name}")
    assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")
    assert (await world.http.get("/static/sayso.css")).status_code == 200


async def test_a_weak_version_is_no_version_to_change(world: World) -> None:
    customer = await world.customer()
    path = f"/v1/customers/{customer['id']}"
    weak = await world.request("PATCH", path, json={"name": "Eve"}, headers={"If-Match": 'W/"1"'})
    assert (weak.status_code, weak.json()["code"]) == (412, "STALE_VERSION")
    assert (await world.request("PATCH", path, json={"name": "Eve"}, headers={"If-Match": '"1"'})).status_code == 200


async def test_what_an_address_takes_is_read_once_and_not_with_each_request(world: World) -> None:
    await world.done("GET", "/v1/checkpoints")
    once = parameters.cache_info().currsize
    for _ in range(3):
        await world.done("GET", "/v1/checkpoints")
    assert parameters.cache_info().currsize == once, "else a process grows with every request"


async def test_a_question_with_a_body_says_which_media_type_it_takes(world: World) -> None:
    headers = {"Authorization": f"Bearer {await world.token('manager')}", "Content-Type": "text/xml"}
    refused = await world.http.post(f"/v1/jobs/{world.id()}/slots", content=b"<a/>", headers=headers)
    assert refused.status_code == 415
    assert {"413", "415"} <= DOCUMENT["paths"]["/v1/jobs/{job_id}/slots"]["post"]["responses"].keys()
