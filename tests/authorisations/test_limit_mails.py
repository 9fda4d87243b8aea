"""A contact gets few mails an hour and hears few wrong codes a day, over all offers and showings together."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.authorisations.matters import Matter
from tests.authorisations.showings import Showing
from tests.authorisations.test_confirm_answer import asked, coded, mailed, said, wrong
from tests.world import World


@pytest.fixture
async def matter(world: World) -> Matter:
    """A matter of a job."""
    return await Matter(world).of_job()


async def presented(matter: Matter, offer_id: Any, **differences: Any) -> httpx.Response:
    """A showing to the matter's contact, by link."""
    return await matter.world.post(f"/v1/offers/{offer_id}/present", {"contact_id": matter.contact_id, **differences})


async def test_the_eleventh_link_of_an_hour_is_not_mailed(matter: Matter) -> None:
    offer = await matter.offer()
    matter.world.clock.forward(minutes=20)
    assert [(await presented(matter, offer.id)).status_code for _ in range(10)] == [201] * 10
    refused = await presented(matter, offer.id)
    assert (*said(refused), refused.headers["retry-after"]) == (429, "CONTACT_MAILED_OFTEN", "2400")
    assert (await presented(matter, offer.id, channel="on_device")).status_code == 201
    other = await matter.contact(may_authorise=True)
    assert (await presented(matter, offer.id, contact_id=str(other))).status_code == 201
    matter.world.clock.forward(minutes=40)
    assert (await presented(matter, offer.id)).status_code == 201


async def test_codes_and_links_count_together(matter: Matter) -> None:
    showing = await asked(matter, "otp")
    for _ in range(9):
        assert (await presented(matter, showing.offer.id)).status_code == 201
    assert (await coded(showing)).status_code == 201
    assert said(await coded(await asked(matter, "otp"))) == (429, "CONTACT_MAILED_OFTEN")


async def test_sixteen_offers_at_once_mail_ten_times(matter: Matter) -> None:
    matters = [await Matter(matter.world).of_job(customer_id=matter.customer_id) for _ in range(16)]
    offers = [await one.offer() for one in matters]
    answers = await asyncio.gather(*(presented(matter, offer.id) for offer in offers))
    assert sorted(answer.status_code for answer in answers) == [201] * 10 + [429] * 6
    links = await matter.world.sql(
        "select count(*) from kit.task where kind = 'send_link' and organisation_id = $1", matter.world.organisation_id
    )
    assert links[0][0] == 10


async def test_twenty_wrong_codes_a_day_are_all_whatever_is_shown(matter: Matter) -> None:
    showings = [await asked(matter, "otp") for _ in range(5)]
    for showing in showings:
        await coded(showing)
    for showing in showings[:4]:
        answers = [await showing.answer(*showing.items, code=wrong(await mailed(showing))) for _ in range(5)]
        assert answers[-1].json()["code"] == "PRESENTATION_LOCKED"
    last = showings[4]
    right = await last.answer(*last.items, code=await mailed(last))
    assert (*said(right), right.headers["retry-after"]) == (429, "CODES_GUESSED_OFTEN", "43200")
    assert said(await coded(await asked(matter, "otp"))) == (429, "CODES_GUESSED_OFTEN")
    tapped = Showing(matter, last.offer, await matter.present(last.offer, channel="on_device"))
    assert (await tapped.answer(*tapped.items)).status_code == 201
    matter.world.clock.forward(hours=12)
    fresh = await asked(matter, "otp")
    await coded(fresh)
    assert (await fresh.answer(*fresh.items, code=await mailed(fresh))).status_code == 201


async def test_phones_at_several_offers_have_twenty_guesses_together(matter: Matter) -> None:
    matters = [await Matter(matter.world).of_job(customer_id=matter.customer_id) for _ in range(6)]
    showings = []
    for one in matters:
        one.contact_id = matter.contact_id
        showings.append(await asked(one, "otp"))
        await coded(showings[-1])
    guesses = [(showing, wrong(await mailed(showing))) for showing in showings for _ in range(5)]
    await asyncio.gather(*(showing.answer(*showing.items, code=guess) for showing, guess in guesses))
    [row] = await matter.world.sql(
        "select count(*) from authorisations.wrong_code where organisation_id = $1", matter.world.organisation_id
    )
    assert row[0] == 20


@pytest.mark.parametrize(
    "differences, status", [({}, 200), ({"method": "signature"}, 409), ({"expires_in_hours": 71}, 409), ({"language": "de"}, 409)]
)
async def test_a_showing_with_an_id_of_its_own_is_one(matter: Matter, differences: dict[str, Any], status: int) -> None:
    offer = await matter.offer()
    document = {"id": str(matter.world.id()), "channel": "on_device"}
    first = await presented(matter, offer.id, **document)
    matter.world.clock.forward(seconds=5)
    again = await presented(matter, offer.id, **document | differences)
    assert (first.status_code, again.status_code) == (201, status), again.text
    assert again.json() == first.json() if status == 200 else again.json()["code"] == "ID_TAKEN"
