"""Inviting, joining, forgetting the password, being sent away."""

import pytest

from tests.identity.builders import PASSWORD, joined, mailed, me, public, signed_in
from tests.world import World

NEW_PASSWORD = "another horse, same staple"


async def test_an_invitation_wants_one_mail_and_works_once(world: World) -> None:
    person = await joined(world)
    wanted = await world.sql("select kind, body::text from kit.task where organisation_id = $1", world.organisation_id)
    assert [row["kind"] for row in wanted] == ["send_invitation"]
    assert person["invitation"] not in wanted[0]["body"], "the secret is made when the mail is written"
    again = await public(world, "/v1/invitations/accept", {"token": person["invitation"], "password": NEW_PASSWORD})
    assert (again.status_code, again.json()["code"]) == (410, "MAIL_LINK_GONE")
    assert (await public(world, "/v1/sign-in", {"email": person["email"], "password": PASSWORD})).status_code == 200


async def test_an_invitation_lasts_seven_days(world: World) -> None:
    invited = await world.done("POST", "/v1/staff", {"name": "Late Larry", "email": "larry@northwind.example", "roles": ["agent"]})
    token = await mailed(world, invited["id"], "invitation")
    world.clock.forward(days=7)
    assert (await public(world, "/v1/invitations/accept", {"token": token, "password": PASSWORD})).status_code == 410


async def test_inviting_again_stops_the_first_link(world: World) -> None:
    invited = await world.done("POST", "/v1/staff", {"name": "Lost Mail", "email": "lost@northwind.example", "roles": ["agent"]})
    first = await mailed(world, invited["id"], "invitation")
    world.clock.forward(minutes=10)
    await world.done("POST", f"/v1/staff/{invited['id']}/invite-again")
    assert (await public(world, "/v1/invitations/accept", {"token": first, "password": PASSWORD})).status_code == 410
    second = await mailed(world, invited["id"], "invitation")
    assert (await public(world, "/v1/invitations/accept", {"token": second, "password": PASSWORD})).status_code == 200
    refused = await world.post(f"/v1/staff/{invited['id']}/invite-again")
    assert (refused.status_code, refused.json()["code"]) == (409, "ALREADY_JOINED")


async def test_an_invitation_is_no_password_reset(world: World) -> None:
    invited = await world.done("POST", "/v1/staff", {"name": "Two Doors", "email": "doors@northwind.example", "roles": ["agent"]})
    token = await mailed(world, invited["id"], "invitation")
    assert (await public(world, "/v1/password-resets/complete", {"token": token, "password": PASSWORD})).status_code == 410


@pytest.mark.parametrize("roles", [[], ["owner"], ["manager"] * 6])
async def test_roles_are_the_known_ones(world: World, roles: list[str]) -> None:
    answer = await world.post("/v1/staff", {"name": "Who", "email": "who@northwind.example", "roles": roles})
    assert answer.status_code == 422


async def test_two_people_cannot_have_one_address_in_an_organisation(world: World) -> None:
    person = await joined(world)
    answer = await world.post("/v1/staff", {"name": "Twin", "email": person["email"].upper(), "roles": ["agent"]})
    assert (answer.status_code, answer.json()["code"]) == (409, "ADDRESS_TAKEN")


async def test_the_same_invitation_again_is_the_same_person(world: World) -> None:
    document = {"id": str(world.id()), "name": "Twice", "email": "twice@northwind.example", "roles": ["agent"]}
    first, again = await world.post("/v1/staff", document), await world.post("/v1/staff", document)
    assert (first.status_code, again.status_code) == (201, 200)
    other = await world.post("/v1/staff", {**document, "name": "Other"})
    assert (other.status_code, other.json()["code"]) == (409, "ID_TAKEN")


async def test_a_reset_sets_the_password_once_and_ends_every_session(world: World) -> None:
    person = await signed_in(world)
    assert (await public(world, "/v1/password-resets", {"email": person["email"]})).status_code == 202
    token = await mailed(world, person["id"], "password_reset")
    done = await public(world, "/v1/password-resets/complete", {"token": token, "password": NEW_PASSWORD})
    assert done.status_code == 200, done.text
    assert (await me(world, person["access_token"])).status_code == 401
    assert (await public(world, "/v1/sign-in", {"email": person["email"], "password": PASSWORD})).status_code == 401
    assert (await public(world, "/v1/sign-in", {"email": person["email"], "password": NEW_PASSWORD})).status_code == 200
    assert (await public(world, "/v1/password-resets/complete", {"token": token, "password": PASSWORD})).status_code == 410


async def test_a_reset_answers_the_same_for_an_unknown_address_and_mails_nobody(world: World) -> None:
    person = await joined(world)
    known = await public(world, "/v1/password-resets", {"email": person["email"]})
    unknown = await public(world, "/v1/password-resets", {"email": "nobody@northwind.example"})
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    count = await world.sql(
        "select count(*) from kit.task where organisation_id = $1 and kind = 'send_password_reset'", world.organisation_id
    )
    assert count[0]["count"] == 1


async def test_a_mailbox_is_not_flooded(world: World) -> None:
    person = await joined(world)
    for _ in range(4):
        assert (await public(world, "/v1/password-resets", {"email": person["email"]})).status_code == 202
    count = await world.sql(
        "select count(*) from kit.task where organisation_id = $1 and kind = 'send_password_reset'", world.organisation_id
    )
    assert count[0]["count"] == 1, "one in five minutes"


async def test_a_token_for_one_organisation_is_worth_nothing_changed(world: World) -> None:
    person = await joined(world)
    await public(world, "/v1/password-resets", {"email": person["email"]})
    token = await mailed(world, person["id"], "password_reset")
    for at in range(0, len(token), 7):
        changed = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        assert (await public(world, "/v1/password-resets/complete", {"token": changed, "password": NEW_PASSWORD})).status_code == 410
    assert (await public(world, "/v1/password-resets/complete", {"token": token, "password": NEW_PASSWORD})).status_code == 200


async def test_changed_roles_end_the_sessions_that_carried_the_old_ones(world: World) -> None:
    await joined(world, roles=("manager",))
    person = await signed_in(world, roles=("manager",))
    await world.request("PATCH", f"/v1/staff/{person['id']}", json={"roles": ["technician"]}, headers={"If-Match": '"2"'})
    assert (await me(world, person["access_token"])).status_code == 401
    named = await signed_in(world)
    await world.request("PATCH", f"/v1/staff/{named['id']}", json={"name": "New Name"}, headers={"If-Match": '"2"'})
    assert (await me(world, named["access_token"])).status_code == 200, "a new name changes no rights"


async def test_the_last_manager_who_can_sign_in_stays(world: World) -> None:
    only = await joined(world, roles=("manager",))
    for change in ({"active": False}, {"roles": ["agent"]}):
        refused = await world.request("PATCH", f"/v1/staff/{only['id']}", json=change, headers={"If-Match": '"2"'})
        assert (refused.status_code, refused.json()["code"]) == (409, "LAST_MANAGER")
    await joined(world, roles=("manager",))
    done = await world.request("PATCH", f"/v1/staff/{only['id']}", json={"active": False}, headers={"If-Match": '"2"'})
    assert done.status_code == 200, done.text


async def test_a_stale_version_changes_nobody(world: World) -> None:
    person = await joined(world)
    for header, status, code in (
        ({}, 428, "VERSION_MISSING"),
        ({"If-Match": '"1"'}, 412, "STALE_VERSION"),
        ({"If-Match": "x"}, 412, "STALE_VERSION"),
    ):
        answer = await world.request("PATCH", f"/v1/staff/{person['id']}", json={"name": "Nobody"}, headers=header)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    found = await world.get(f"/v1/staff/{person['id']}")
    assert (found.json()["name"], found.headers["etag"]) == ("Kim Joiner", '"2"')
