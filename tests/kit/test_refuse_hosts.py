"""A request names us by one of our names, once."""

import httpx
import pytest

from tests.world import World


@pytest.mark.parametrize("hosts", [["evil.example"], ["127.0.0.1", "evil.example"], ["127.0.0.1.evil.example"], [""]])
async def test_another_name_is_refused(world: World, hosts: list[str]) -> None:
    request = httpx.Request("GET", "http://127.0.0.1/v1/customers")
    request.headers = httpx.Headers([("host", host) for host in hosts])
    answer = await world.http.send(request)
    assert (answer.status_code, answer.json()["code"]) == (421, "WRONG_HOST")


async def test_our_name_is_answered_on_any_port(world: World) -> None:
    assert (await world.get("/v1/customers", headers={"Host": "LOCALHOST:8123"})).status_code == 200
