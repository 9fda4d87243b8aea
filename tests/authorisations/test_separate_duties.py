"""Whoever serves a customer never answers for them: nobody's role lets them, and the link doesn't pass through their hands."""

import re
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from service.identity.scopes import ROLES
from tests.authorisations.matters import Matter
from tests.world import World

LINK = re.compile(r"(?<![\w-])l_[A-Za-z0-9_-]{43}")


@pytest.fixture
async def matter(world: World) -> Matter:
    """A matter without tolerance."""
    return await Matter(world).begin()


async def kept(matter: Matter) -> list[Any]:
    """What anybody said."""
    return await matter.world.sql("select authorisation_id from authorisations.authorisation where scope_id = $1", matter.scope_id)


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("channel", ["link", "on_device"])
async def test_p19_no_role_answers_for_the_customer(matter: Matter, role: Any, channel: str) -> None:
    offer = await matter.offer({})
    given = await matter.present(offer, channel=channel)
    document = {"offer_hash": given["offer_hash"], "approved": [str(item) for item in offer.item_ids]}
    for path, body in (("answer", document), ("code", None)):
        answer = await matter.world.post(f"/v1/presentations/{given['presentation_id']}/{path}", body, role=role)
        assert (answer.status_code, answer.json()["code"]) == (403, "SEPARATION_OF_DUTIES")
    assert await kept(matter) == []


async def test_a_key_with_every_scope_there_is_does_not_either(matter: Matter) -> None:
    scopes = sorted(frozenset[str]().union(*ROLES.values()))
    key = (await matter.world.done("POST", "/v1/api-keys", {"name": "Everything", "scopes": scopes}))["key"]
    offer = await matter.offer({})
    given = await matter.present(offer)
    answer = await matter.world.http.post(
        f"/v1/presentations/{given['presentation_id']}/answer",
        json={"offer_hash": given["offer_hash"], "approved": [str(item) for item in offer.item_ids]},
        headers={"Authorization": f"Bearer {key}"},
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "SEPARATION_OF_DUTIES")


async def test_whoever_shows_an_offer_by_link_is_not_given_the_link(matter: Matter) -> None:
    offer = await matter.offer({})
    document = {"contact_id": matter.contact_id}
    answers = [await matter.world.post(f"/v1/offers/{offer.id}/present", document, key="shown-once-please") for _ in range(2)]
    assert [answer.json()["token"] for answer in answers] == [None, None]
    token = (await matter.present(offer))["token"]
    told = [
        await matter.world.get(path) for path in (f"/v1/offers/{offer.id}", f"/v1/notices?customer_id={matter.customer_id}", "/v1/facts")
    ]
    assert not [answer.text for answer in answers + told if token in answer.text or LINK.search(answer.text)]


async def test_an_answer_on_the_phone_that_was_handed_over_says_so(matter: Matter) -> None:
    offer = await matter.offer({})
    given = await matter.world.done("POST", f"/v1/offers/{offer.id}/present", {"contact_id": matter.contact_id, "channel": "on_device"})
    answer = await matter.world.http.post(
        f"/v1/presentations/{given['presentation_id']}/answer",
        json={"offer_hash": given["offer_hash"], "approved": [str(item) for item in offer.item_ids]},
        headers={"Authorization": f"Bearer {given['token']}"},
    )
    [row] = await matter.world.sql(
        "select a.channel, p.presented_by like 'staff:%' as shown_by_staff, a.recorded_by like 'customer_link:%' as by_link"
        " from authorisations.authorisation a join authorisations.presentation p using (organisation_id, presentation_id) where authorisation_id = $1",
        UUID(answer.json()["id"]),
    )
    assert tuple(row) == ("on_device", True, True)


@pytest.mark.parametrize("role", ["dispatcher", "back_office"])
async def test_nobody_at_a_desk_hands_a_phone_over(matter: Matter, role: str) -> None:
    offer = await matter.offer({})
    document = {"contact_id": matter.contact_id, "channel": "on_device"}
    refused = await matter.world.post(f"/v1/offers/{offer.id}/present", document, role=role)
    assert (refused.status_code, refused.json()["code"]) == (403, "SEPARATION_OF_DUTIES")


async def test_no_program_hands_a_phone_over_not_even_by_raw_sql(matter: Matter) -> None:
    offer = await matter.offer({})
    key = (await matter.world.done("POST", "/v1/api-keys", {"name": "Shop", "scopes": ["offers:present"]}))["key"]
    refused = await matter.world.http.post(
        f"/v1/offers/{offer.id}/present",
        json={"contact_id": matter.contact_id, "channel": "on_device"},
        headers={"Authorization": f"Bearer {key}", "Idempotency-Key": "a-program-shows-it"},
    )
    assert (refused.status_code, refused.json()["code"]) == (403, "SEPARATION_OF_DUTIES")
    shown = await matter.present(offer, channel="on_device")
    with pytest.raises(asyncpg.CheckViolationError, match="handed_over_by_a_person"):
        await matter.world.sql(
            "insert into authorisations.presentation (organisation_id, presentation_id, offer_id, revision, offer_hash, scope_id, customer_id, currency, contact_id,"
            " channel, required_method, language, nonce_hash, presented_by, expires_at)"
            " select organisation_id, $2, offer_id, revision, offer_hash, scope_id, customer_id, currency, contact_id, channel, required_method, language,"
            " sha256('another'), 'api_key:1', expires_at from authorisations.presentation where presentation_id = $1::text::uuid",
            shown["presentation_id"], matter.world.id(),
        )  # fmt: skip


async def test_who_has_no_mail_is_sent_no_link(matter: Matter) -> None:
    await matter.world.sql(
        "update customers.contact set channel = 'phone', address = '+49305550100' where contact_id = $1", UUID(matter.contact_id)
    )
    offer = await matter.offer({})
    refused = await matter.world.post(f"/v1/offers/{offer.id}/present", {"contact_id": matter.contact_id})
    assert (refused.status_code, refused.json()["code"]) == (409, "CONTACT_UNREACHABLE")
    assert (await matter.present(offer, channel="on_device"))["token"]
