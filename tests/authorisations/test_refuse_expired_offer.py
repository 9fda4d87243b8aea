"""An offer whose time is over is neither made, shown nor agreed to: no work could begin under it any more."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from service.web.languages import text
from service.web.refusal_words import OVER
from tests.authorisations.matters import LABOUR, Matter
from tests.authorisations.showings import Showing, shown
from tests.world import World

EXPIRED = (409, "OFFER_EXPIRED")


@pytest.fixture
async def matter(world: World) -> Matter:
    """A matter of a job."""
    return await Matter(world).of_job()


def told(answer: httpx.Response) -> tuple[int, str | None]:
    """How it was answered."""
    return answer.status_code, answer.json().get("code")


async def held_for_an_hour(matter: Matter, **presentation: Any) -> Showing:
    """An offer that holds for an hour, shown by a link that lives for three days."""
    return await shown(matter, {}, presentation=presentation, valid_until=matter.world.clock.now + timedelta(hours=1))


async def test_none_is_made_that_is_over_already_and_nothing_of_it_is_kept(matter: Matter) -> None:
    path, over = f"/v1/jobs/{matter.job_id}/offers", (matter.world.clock.now - timedelta(minutes=1)).isoformat()
    refused = await matter.world.post(path, {"items": [LABOUR], "valid_until": over})
    assert told(refused) == EXPIRED
    assert "valid_until" in refused.json()["remedy"]
    assert await matter.world.sql("select from authorisations.offer where organisation_id = $1", matter.world.organisation_id) == []
    offer = await matter.offer()
    revised = await matter.world.post(f"/v1/offers/{offer.id}/revisions", {"items": [LABOUR], "revises": 1, "valid_until": over})
    assert told(revised) == EXPIRED
    assert (await matter.world.done("GET", f"/v1/offers/{offer.id}"))["revision"] == 1


async def test_one_that_was_made_in_time_and_is_told_again_later_is_the_same(matter: Matter) -> None:
    path, until = f"/v1/jobs/{matter.job_id}/offers", (matter.world.clock.now + timedelta(hours=1)).isoformat()
    document = {"id": str(matter.world.id()), "items": [LABOUR | {"id": str(matter.world.id())}], "valid_until": until}
    made = await matter.world.done("POST", path, document)
    matter.world.clock.forward(hours=2)
    assert (await matter.world.post(path, document)).json() == made


async def test_it_is_shown_and_agreed_to_until_its_very_end(matter: Matter) -> None:
    offer = await matter.offer(valid_until=matter.world.clock.now + timedelta(hours=1))
    matter.world.clock.forward(hours=1)
    showing = Showing(matter, offer, await matter.present(offer))
    assert (await showing.look()).json()["state"] == "open"
    assert (await showing.answer(*showing.items)).status_code == 201


async def test_it_is_shown_to_nobody_once_it_is_over(matter: Matter) -> None:
    offer = await matter.offer(valid_until=matter.world.clock.now + timedelta(hours=1))
    matter.world.clock.forward(hours=2)
    for channel in ("link", "on_device"):
        refused = await matter.world.post(
            f"/v1/offers/{offer.id}/present", {"contact_id": matter.contact_id, "channel": channel}, role="technician"
        )
        assert told(refused) == EXPIRED
    assert (await matter.world.done("GET", f"/v1/offers/{offer.id}"))["state"] == "expired"
    revision = {"items": [LABOUR], "revises": 1, "valid_until": (matter.world.clock.now + timedelta(hours=1)).isoformat()}
    await matter.world.done("POST", f"/v1/offers/{offer.id}/revisions", revision)
    await matter.present(offer)


async def test_a_link_that_lives_longer_answers_nothing_and_gets_no_code(matter: Matter) -> None:
    showing = await held_for_an_hour(matter, method="otp")
    matter.world.clock.forward(hours=2)
    assert (await showing.look()).json()["state"] == "expired"
    for answer in (await showing.answer(*showing.items), await showing.answer(declined=showing.items)):
        assert told(answer) == EXPIRED
    code = await matter.world.http.post(
        f"/v1/presentations/{showing.given['presentation_id']}/code", headers={"Authorization": f"Bearer {showing.given['token']}"}
    )
    assert told(code) == EXPIRED
    assert await showing.acts() == []


async def test_one_that_was_revised_is_told_as_changed_and_not_as_over(matter: Matter) -> None:
    showing = await held_for_an_hour(matter)
    matter.world.clock.forward(hours=2)
    await matter.world.done("POST", f"/v1/offers/{showing.offer.id}/revisions", {"items": [LABOUR], "revises": 1})
    assert told(await showing.answer(*showing.items)) == (409, "OFFER_CHANGED")


async def test_what_was_agreed_to_by_word_of_mouth_in_time_is_recorded_later_too(matter: Matter) -> None:
    offer = await matter.offer(valid_until=matter.world.clock.now + timedelta(hours=1))
    in_time, late = matter.world.clock.forward(minutes=30), matter.world.clock.forward(minutes=40)
    matter.world.clock.forward(minutes=1)
    said = {
        "offer_hash": offer.offer_hash, "channel": "oral_in_person", "authoriser": {"contact_id": matter.contact_id, "name": "Ada Owner"},
        "approved": [str(offer.item_ids[0])], "received_by": "TT", "conditions": "", "added_minor": 10_000, "total_minor": 10_000,
    }  # fmt: skip
    path = f"/v1/offers/{offer.id}/oral-consents"
    assert told(await matter.world.post(path, said | {"consented_at": late.isoformat()})) == EXPIRED
    assert (await matter.world.post(path, said | {"consented_at": in_time.isoformat()})).status_code == 201


@pytest.mark.parametrize("language, heading", [("en", "This offer is no longer open."), ("de", "Dieses Angebot")])
async def test_its_page_says_so_in_the_customers_language(matter: Matter, language: str, heading: str) -> None:
    showing = await held_for_an_hour(matter, language=language)
    path, form = f"/a/{showing.given['token']}", {"offer_hash": showing.offer.offer_hash, f"item-{showing.items[0]}": "approved"}
    matter.world.clock.forward(hours=2)
    for page in (await matter.world.http.get(path), await matter.world.http.post(path, data=form)):
        assert page.status_code == 410
        assert heading in page.text
        assert all(text(language, said) in page.text for said in OVER["expired"])
    assert await showing.acts() == []
