"""Devices, API keys and customers' links: live until ended, then out at once."""

import hashlib
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from service.identity.links import link_hash, link_token
from tests.identity.builders import me, signed_in
from tests.world import World


async def made(world: World, *scopes: str, **differences: Any) -> dict[str, Any]:
    return await world.done("POST", "/v1/api-keys", {"name": "Reports", "scopes": list(scopes), **differences})


async def test_a_lost_phone_is_out_at_once_with_the_token_it_still_holds(world: World) -> None:
    device = {"id": str(world.id()), "name": "Phone of Kim"}
    person = await signed_in(world, device=device)
    office = await signed_in(world)
    revoked = await world.done("POST", f"/v1/devices/{device['id']}/revoke")
    assert revoked["sessions_ended"] == 1
    assert (await me(world, person["access_token"])).status_code == 401
    assert (await world.http.post("/v1/refresh", json={"refresh_token": person["refresh_token"]})).status_code == 401
    assert (await me(world, office["access_token"])).status_code == 200
    sent = {"email": person["email"], "password": "correct horse battery staple", "device": device}
    again = await world.http.post("/v1/sign-in", json=sent)
    assert (again.status_code, again.json()["code"]) == (409, "DEVICE_REVOKED")


async def test_somebody_without_the_right_revokes_only_their_own_devices(world: World) -> None:
    device = {"id": str(world.id()), "name": "Phone of Kim"}
    person = await signed_in(world, device=device)
    other = await signed_in(world)
    headers = {"Authorization": f"Bearer {other['access_token']}"}
    assert (await world.http.post(f"/v1/devices/{device['id']}/revoke", headers=headers)).status_code == 404
    assert (await world.http.get("/v1/devices", headers=headers)).json()["items"] == []
    own = {"Authorization": f"Bearer {person['access_token']}"}
    assert (await world.http.post(f"/v1/devices/{device['id']}/revoke", headers=own)).status_code == 200


async def test_a_device_of_somebody_else_cannot_be_signed_in_with(world: World) -> None:
    device = {"id": str(world.id()), "name": "Phone of Kim"}
    await signed_in(world, device=device)
    other = await signed_in(world)
    sent = {"email": other["email"], "password": "correct horse battery staple", "device": device}
    assert (await world.http.post("/v1/sign-in", json=sent)).status_code == 409


async def test_a_key_does_what_its_scopes_say_and_no_more(world: World) -> None:
    key = await made(world, "customers:read", "me:read")
    headers = {"Authorization": f"Bearer {key['key']}"}
    assert (await world.http.get("/v1/customers", headers=headers)).status_code == 200
    assert (await world.http.post("/v1/customers", json={}, headers=headers)).json()["code"] == "NOT_ALLOWED"
    assert (await me(world, key["key"])).json()["kind"] == "api_key"


async def test_a_key_is_shown_once_and_kept_as_a_hash(world: World, owner: Any) -> None:
    key = await made(world, "customers:read")
    listed = (await world.get("/v1/api-keys")).text
    assert key["key"] not in listed
    kept = await owner.fetchval(
        "select count(*) from identity.api_key_hash where token_hash = $1", hashlib.sha256(key["key"].encode()).digest()
    )
    assert kept == 1
    for table in ("identity.api_key", "kit.fact", "kit.idempotency", "kit.task"):
        rows = await owner.fetch(f"select t::text as line from {table} t where organisation_id = $1", world.organisation_id)
        assert not [row for row in rows if key["key"] in row["line"]]


async def test_a_key_made_again_under_its_idempotency_key_is_the_same_key(world: World) -> None:
    document = {"name": "Reports", "scopes": ["customers:read"]}
    first = await world.post("/v1/api-keys", document, key="the-only-key-1")
    again = await world.post("/v1/api-keys", document, key="the-only-key-1")
    assert (first.content, again.headers["idempotency-replayed"]) == (again.content, "true")


async def test_a_revoked_key_is_out_at_once(world: World) -> None:
    key = await made(world, "me:read")
    assert (await me(world, key["key"])).status_code == 200
    await world.done("POST", f"/v1/api-keys/{key['id']}/revoke")
    assert (await me(world, key["key"])).status_code == 401


async def test_a_key_and_the_keys_it_made_end_with_the_manager_who_made_it(world: World) -> None:
    person = await signed_in(world, roles=("manager",))
    await signed_in(world, roles=("manager",))  # somebody has to stay
    as_them = {"Authorization": f"Bearer {person['access_token']}"}
    document = {"name": "Reports", "scopes": ["me:read", "keys:write"]}
    key = (await world.http.post("/v1/api-keys", json=document, headers=as_them)).json()
    of_key = (await world.http.post("/v1/api-keys", json=document, headers={"Authorization": f"Bearer {key['key']}"})).json()
    assert [(await me(world, one["key"])).status_code for one in (key, of_key)] == [200, 200]
    etag = (await world.get(f"/v1/staff/{person['id']}")).headers["etag"]
    await world.done("PATCH", f"/v1/staff/{person['id']}", {"active": False}, headers={"If-Match": etag})
    assert [(await me(world, one["key"])).status_code for one in (key, of_key)] == [401, 401]


async def test_a_key_expires(world: World) -> None:
    key = await made(world, "me:read", expires_at=(world.clock.now + timedelta(hours=1)).isoformat())
    assert (await me(world, key["key"])).status_code == 200
    world.clock.forward(hours=1)
    assert (await me(world, key["key"])).status_code == 401


@pytest.mark.parametrize(
    "differences, status, code",
    [
        ({"scopes": ["customers:red"]}, 422, "SCOPE_UNKNOWN"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, 422, "EXPIRES_IN_THE_PAST"),
        ({"expires_at": "2030-01-01T00:00:00"}, 422, "INVALID_DOCUMENT"),
        ({"scopes": []}, 422, "INVALID_DOCUMENT"),
    ],
)
async def test_a_key_that_makes_no_sense_is_refused(world: World, differences: dict[str, Any], status: int, code: str) -> None:
    answer = await world.post("/v1/api-keys", {"name": "Odd", "scopes": ["customers:read"], **differences})
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_key_cannot_make_a_greater_key(world: World) -> None:
    key = await made(world, "keys:write")
    headers = {"Authorization": f"Bearer {key['key']}"}
    answer = await world.http.post("/v1/api-keys", json={"name": "More", "scopes": ["ledger:read"]}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "SCOPE_NOT_YOURS")


@pytest.mark.parametrize(
    "header",
    ["Bearer", "Bearer ", "Basic dXNlcjpwdw==", "Bearer k_" + "A" * 43, "Bearer l_" + "A" * 43, "Bearer " + "x" * 5000, "k_" + "A" * 43],
)
async def test_credentials_that_are_none_open_nothing(world: World, header: str) -> None:
    answer = await world.http.get("/v1/customers", headers={"Authorization": header})
    assert (answer.status_code, answer.json()["code"]) == (401, "NOT_AUTHENTICATED")
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_two_authorization_headers_open_nothing(world: World) -> None:
    token = await world.token("manager")
    answer = await world.http.get("/v1/customers", headers=[("Authorization", f"Bearer {token}"), ("Authorization", f"Bearer {token}")])
    assert answer.status_code == 401


async def test_a_key_in_the_query_string_opens_nothing(world: World) -> None:
    key = await made(world, "customers:read")
    for name in ("access_token", "token", "key", "api_key"):
        assert (await world.http.get(f"/v1/customers?{name}={key['key']}")).status_code == 401


async def link(world: World, *, lasts: timedelta = timedelta(days=14)) -> tuple[UUID, str]:
    """A customer's link, made as the fragment makes it."""
    link_id = world.id()
    token = link_token(world.database.cursors, link_id)
    await world.sql(
        "insert into identity.link (organisation_id, link_id, purpose, customer_id, subject_id, made_by, made_at, expires_at)"
        " values ($1, $2, 'presentation', $3, $4, 'test', $5, $6)",
        world.organisation_id,
        link_id,
        world.id(),
        world.id(),
        world.clock.now,
        world.clock.now + lasts,
    )
    await world.sql("insert into identity.link_hash values ($1, $2, $3)", link_hash(token), world.organisation_id, link_id)
    return link_id, token


async def as_link(world: World, token: str, path: str = "/v1/customers") -> httpx.Response:
    return await world.http.get(path, headers={"Authorization": f"Bearer {token}"})


async def test_a_link_may_do_nothing_that_staff_do(world: World) -> None:
    _, token = await link(world)
    answer = await as_link(world, token)
    assert (answer.status_code, answer.json()["code"]) == (403, "NOT_ALLOWED")
    assert answer.headers["ratelimit-policy"] == '"link";q=120;w=60'


async def test_a_link_says_when_it_has_expired_or_was_taken_back(world: World) -> None:
    _, token = await link(world, lasts=timedelta(hours=1))
    assert (await as_link(world, token)).status_code == 403
    world.clock.forward(hours=1)
    answer = await as_link(world, token)
    assert (answer.status_code, answer.json()["code"]) == (410, "LINK_GONE")
    link_id, token = await link(world)
    await world.sql(
        "update identity.link set revoked_at = made_at where organisation_id = $1 and link_id = $2", world.organisation_id, link_id
    )
    answer = await as_link(world, token)
    assert (answer.status_code, answer.json()["code"]) == (410, "LINK_GONE")


async def test_a_link_is_not_used_more_than_a_hundred_and_twenty_times_a_minute(world: World) -> None:
    _, token = await link(world)
    answers = [await as_link(world, token) for _ in range(121)]
    assert [answer.status_code for answer in answers] == [403] * 120 + [429]
    assert int(answers[-1].headers["retry-after"]) <= 60
