"""People as tests need them: with a password, on a device, with the mail they were sent."""

from typing import Any
from uuid import UUID

import httpx

from service.identity.mail_links import Purpose, mail_token
from tests.world import World

PASSWORD = "correct horse battery staple"


async def mailed(world: World, staff_id: str, purpose: Purpose) -> str:
    """The token in the latest mail of that kind to them, made as the mailer makes it."""
    row = (
        await world.sql(
            "select mail_link_id from identity.mail_link where organisation_id = $1 and staff_id = $2 and purpose = $3 order by mail_link_id desc",
            world.organisation_id,
            UUID(staff_id),
            purpose,
        )
    )[0]
    return mail_token(
        world.database.cursors,
        purpose=purpose,
        organisation_id=world.organisation_id,
        staff_id=UUID(staff_id),
        mail_link_id=row["mail_link_id"],
    )


async def joined(world: World, *, email: str | None = None, roles: tuple[str, ...] = ("technician",)) -> dict[str, Any]:
    """Somebody who was invited and accepted."""
    email = email or f"{world.id()}@northwind.example"
    invited = await world.done("POST", "/v1/staff", {"name": "Kim Joiner", "email": email, "roles": list(roles)})
    token = await mailed(world, invited["id"], "invitation")
    accepted = await public(world, "/v1/invitations/accept", {"token": token, "password": PASSWORD})
    assert accepted.status_code == 200, accepted.text
    return {"id": invited["id"], "email": email, "invitation": token}


async def public(world: World, path: str, json: Any) -> httpx.Response:
    """A POST without credentials."""
    return await world.http.post(path, json=json)


async def signed_in(world: World, **differences: Any) -> dict[str, Any]:
    """A joined member of staff and the tokens of their session."""
    device = differences.pop("device", None)
    person = await joined(world, **differences)
    answer = await public(world, "/v1/sign-in", {"email": person["email"], "password": PASSWORD, **({"device": device} if device else {})})
    assert answer.status_code == 200, answer.text
    return {**person, **answer.json()}


async def me(world: World, credential: str) -> httpx.Response:
    """Who that credential speaks for."""
    return await world.http.get("/v1/me", headers={"Authorization": f"Bearer {credential}"})
