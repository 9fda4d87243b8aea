"""Cases as the office makes them."""

from typing import Any

from tests.world import World


async def raised(world: World, customer_id: str, **differences: Any) -> dict[str, Any]:
    """A case by telephone, but for the differences."""
    case = {"channel": "phone", "words": "The router is dead", **differences}
    return await world.done("POST", f"/v1/customers/{customer_id}/cases", case, key=str(world.id()))


async def did(world: World, case_id: str, what: str, /, **body: Any) -> dict[str, Any]:
    """Something done with a case."""
    return await world.done("POST", f"/v1/cases/{case_id}/{what}", body, key=str(world.id()))


async def code_of(world: World, case_id: str, what: str, /, **body: Any) -> tuple[int, str]:
    """How something that isn't to be done with a case is refused."""
    answer = await world.post(f"/v1/cases/{case_id}/{what}", body, key=str(world.id()))
    return answer.status_code, answer.json().get("code", "")


async def found(world: World, case_id: str) -> dict[str, Any]:
    """The case as it stands."""
    return await world.done("GET", f"/v1/cases/{case_id}")


async def entries(world: World, case_id: str) -> list[dict[str, Any]]:
    """What was said in it and done with it."""
    items: list[dict[str, Any]] = (await world.done("GET", f"/v1/cases/{case_id}/entries"))["items"]
    return items


async def with_mail(world: World, customer_id: str, address: str) -> str:
    """A contact of theirs who is reached by mail."""
    contact = {"name": "Ada", "channel": "email", "address": address}
    return str((await world.done("POST", f"/v1/customers/{customer_id}/contacts", contact))["id"])
