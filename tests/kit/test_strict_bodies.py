import gzip
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.authorisations.matters import LABOUR
from tests.world import World

ADA = b'{"name": "Ada", "zone": "Europe/Berlin"}'


@pytest.mark.parametrize(
    "body",
    [
        b'{"name": "Ada", "name": "Eve", "zone": "Europe/Berlin"}',
        b'{"name": "A\\u0000da", "zone": "Europe/Berlin"}',
        b'{"name": "Ada", "zone": "Europe/Berlin", "surname": "Owner"}',
        b'{"name": 5, "zone": "Europe/Berlin"}',
        b'{"name": "\xff\xfe", "zone": "Europe/Berlin"}',
        b'{"name": NaN, "zone": "Europe/Berlin"}',
        b'{"name": 1e999999, "zone": "Europe/Berlin"}',
        b"[" * 100_000,
        b'{"name": "A \\" [", "zone": ' + b"[" * 40 + b"]" * 40 + b"}",
        b'{"name": ' + b"9" * 5000 + b"}",
        b"",
        b"null",
        b"{",
        b'{"name": "\\ud800", "zone": "Europe/Berlin"}',
        b'{"name": "\\udfff", "zone": "Europe/Berlin"}',
    ],
)
async def test_a_body_that_leaves_anything_open_is_refused(world: World, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {await world.token('manager')}", "Content-Type": "application/json"}
    refused = await world.http.post("/v1/customers", content=body, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (422, "INVALID_DOCUMENT"), refused.text
    assert refused.headers["content-type"] == "application/problem+json"


NOBODY = "01890000-0000-7000-8000-000000000000"


@pytest.mark.parametrize(
    "path, document",
    [
        ("/v1/policies", {"name": "OURS", "citation": "ours", "combine": "pct", "percent_of": "1/10\n"}),
        ("/v1/policies", {"name": "OURS\n", "citation": "ours", "combine": "pct", "percent_of": "1/10"}),
        ("/v1/policies", {"name": "OURS", "citation": "ours", "combine": "pct", "percent_of": "1/10", "trade": "auto\n"}),
        (f"/v1/jobs/{NOBODY}/offers", {"items": [LABOUR | {"quantity": "1\n"}]}),
        (f"/v1/offers/{NOBODY}/revisions", {"revises": 1, "items": [LABOUR | {"unit_price": "1/3\n"}]}),
        (
            "/v1/work-records",
            {"item_id": NOBODY, "quantity": "1\n", "started_at": "2026-03-04T10:00:00Z", "ended_at": "2026-03-04T11:00:00Z"},
        ),
        (f"/v1/invoices/{NOBODY}/credit-notes", {"reason": "Torn", "lines": [{"line_number": 1, "quantity": "1\n"}]}),
        ("/v1/invoices", {"customer_id": NOBODY, "currency": "EUR", "lines": [{"quantity": "1", "unit_price": "1\n"}]}),
        ("/v1/jobs", {"customer_id": NOBODY, "site_id": NOBODY, "kind": "repair", "currency": "EUR\n"}),
    ],
)
async def test_a_number_or_word_with_a_line_after_it_is_none(world: World, path: str, document: dict[str, Any]) -> None:
    refused = await world.post(path, document, key=str(world.id()))
    assert (refused.status_code, refused.json()["code"]) == (422, "INVALID_DOCUMENT"), refused.text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "gzip"])
async def test_a_body_that_is_not_utf_8_is_told_so_and_nothing_else(world: World, encoding: str) -> None:
    body = gzip.compress(ADA) if encoding == "gzip" else ADA.decode().encode(encoding)
    headers = {"Authorization": f"Bearer {await world.token('manager')}", "Content-Type": "application/json"}
    refused = await world.http.post("/v1/customers", content=body, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (422, "INVALID_DOCUMENT"), refused.text
    assert "UTF-8" in refused.json()["detail"], refused.text


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate, gzip", "zstd"])
async def test_a_body_that_would_have_to_be_unpacked_is_refused_wherever_one_is_read(world: World, coding: str) -> None:
    for method, path, media_type in (
        ("POST", "/v1/customers", "application/json"),
        ("PUT", "/v1/organisation/logo", "image/png"),
        ("POST", "/v1/sign-in", "application/json"),
        ("POST", f"/v1/jobs/{NOBODY}/slots", "application/json"),
        ("POST", "/sign-in", "application/x-www-form-urlencoded"),
    ):
        headers = {"Authorization": f"Bearer {await world.token('manager')}", "Content-Type": media_type, "Content-Encoding": coding}
        refused = await world.http.request(method, path, content=gzip.compress(ADA), headers=headers)
        if path == "/sign-in":  # a page for people, who never send such a thing
            assert refused.status_code == 415, refused.text
            continue
        assert (refused.status_code, refused.json()["code"], refused.headers["accept-encoding"]) == (415, "BODY_ENCODED", "identity"), path
        assert "Content-Encoding" in refused.json()["remedy"]


async def test_a_body_that_is_said_to_be_as_it_is_is_read(world: World) -> None:
    headers = {
        "Authorization": f"Bearer {await world.token('manager')}",
        "Content-Type": "application/json",
        "Content-Encoding": "Identity",
    }
    made = await world.http.post("/v1/customers", content=ADA, headers=headers)
    assert made.status_code == 201, made.text


async def test_ten_megabytes_are_refused_unread(world: World) -> None:
    headers = {"Authorization": f"Bearer {await world.token('manager')}", "Content-Type": "application/json"}
    refused = await world.http.post("/v1/customers", content=b'"' + b"a" * 10_000_000 + b'"', headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (413, "BODY_TOO_LARGE")


async def test_another_media_type_is_refused(world: World) -> None:
    headers = {"Authorization": f"Bearer {await world.token('manager')}", "Content-Type": "text/xml"}
    refused = await world.http.post("/v1/customers", content=ADA, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (415, "WRONG_MEDIA_TYPE")


@pytest.mark.parametrize("place", ["note", "nested", "escaped", "like an id", "like an id, escaped"])
async def test_a_card_number_is_refused_in_any_text_of_any_route(world: World, place: str) -> None:
    every_digit_escaped = '"' + "".join(f"\\u00{ord(digit):02x}" for digit in "4111111111111111") + '"'
    card = {
        "note": '"4111 1111 1111 1111"',
        "nested": '"paid with 5555555555554444"',
        "escaped": every_digit_escaped,
        "like an id": '"41111111-1111-1111-aaaa-aaaaaaaaaaaaä"',
        "like an id, escaped": '"41111111-1111-1111-aaaa-aaaaaaaaaaaa\\u4e00"',
    }[place]
    body = f'{{"customer_id": "{world.id()}", "site_id": "{world.id()}", "kind": "repair", "symptom": {card}}}'
    headers = {"Authorization": f"Bearer {await world.token('manager')}", "Content-Type": "application/json"}
    refused = await world.http.post("/v1/jobs", content=body.encode(), headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (422, "CARD_NUMBER"), refused.text


async def test_a_request_without_a_body_is_told_what_to_send(world: World) -> None:
    refused = await world.post("/v1/plans")
    assert (refused.status_code, refused.json()["detail"]) == (422, "The request has no body: send a JSON object, if only `{}`.")


@pytest.mark.parametrize("version", [1, 3, 4, 5, 7])
async def test_an_id_of_ones_own_is_of_any_version_and_is_listed(world: World, version: int) -> None:
    ids = [str(UUID(int=uuid4().int, version=version)) for _ in range(3)] if version < 6 else [str(world.id()) for _ in range(3)]
    for one in ids:
        assert (await world.done("POST", "/v1/customers", {"id": one, "name": "Ada", "zone": "Europe/Berlin"}))["id"] == one
    listed = [one["id"] for one in (await world.done("GET", "/v1/customers"))["items"]]
    assert listed == sorted(ids)


async def test_the_id_that_names_nothing_names_no_customer(world: World) -> None:
    refused = await world.post("/v1/customers", {"id": str(UUID(int=0)), "name": "Ada", "zone": "Europe/Berlin"})
    assert (refused.status_code, refused.json()["code"]) == (422, "INVALID_DOCUMENT")
    assert "nil" in refused.json()["detail"]
