"""A customer's answer counts once, for exactly what they saw."""

import asyncio

import pytest

from service.authorisations.records import OfferReceipt
from tests.authorisations.matters import LABOUR, Matter
from tests.authorisations.showings import Showing, shown
from tests.world import World


@pytest.fixture
async def matter(world: World) -> Matter:
    """A matter without tolerance."""
    return await Matter(world).begin()


async def test_approving_what_was_shown_authorises_it(matter: Matter) -> None:
    showing = await shown(matter, {})
    answer = await showing.answer(*showing.items)
    assert (answer.status_code, answer.json()["active"], answer.json()["revised_total_minor"]) == (201, True, 10_000)
    offer = (await matter.world.get(f"/v1/offers/{showing.offer.id}")).json()
    assert (offer["state"], offer["items"][0]["status"]) == ("authorised", "active")


async def test_an_offer_revised_while_the_page_is_open_is_not_approved(matter: Matter) -> None:
    showing = await shown(matter, {})
    await matter.world.done("POST", f"/v1/offers/{showing.offer.id}/revisions", {"revises": 1, "items": [LABOUR | {"unit_price": "12000"}]})
    answer = await showing.answer(*showing.items)
    assert (answer.status_code, answer.json()["code"]) == (409, "OFFER_CHANGED")
    assert await showing.acts() == []


async def test_the_hash_of_something_else_is_not_approved(matter: Matter) -> None:
    showing = await shown(matter, {})
    answer = await showing.answer(*showing.items, offer_hash="ab" * 32)
    assert (answer.status_code, answer.json()["code"]) == (409, "OFFER_CHANGED")


async def test_an_approval_says_what_was_seen(matter: Matter) -> None:
    showing = await shown(matter, {})
    answer = await matter.world.http.post(
        f"/v1/presentations/{showing.given['presentation_id']}/answer",
        json={"approved": showing.items},
        headers={"Authorization": f"Bearer {showing.given['token']}"},
    )
    assert answer.status_code == 422


async def test_the_same_answer_twice_is_one_act(matter: Matter) -> None:
    showing = await shown(matter, {})
    first, again = await showing.answer(*showing.items), await showing.answer(*showing.items)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert await showing.acts() == ["offer_answered"]


async def test_another_answer_by_a_used_link_is_refused(matter: Matter) -> None:
    showing = await shown(matter, {}, {})
    await showing.answer(*showing.items)
    for answer in (
        await showing.answer(showing.items[0], declined=[showing.items[1]]),
        await showing.answer(*showing.items, begin_at_once=True),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "TOKEN_USED")


async def test_two_devices_at_once_are_one_act(matter: Matter) -> None:
    showing = await shown(matter, {})
    answers = await asyncio.gather(*(showing.answer(*showing.items) for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) == [200, 201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert await showing.acts() == ["offer_answered"]


async def test_an_answer_after_the_time_is_refused(matter: Matter) -> None:
    showing = await shown(matter, {}, presentation={"expires_in_hours": 1})
    matter.world.clock.forward(hours=1)
    answer = await showing.answer(*showing.items)
    assert (answer.status_code, answer.json()["code"]) == (410, "LINK_EXPIRED")


async def test_opening_the_link_is_no_act(matter: Matter) -> None:
    showing = await shown(matter, {})
    looked = await showing.look()
    assert (looked.status_code, looked.json()["state"]) == (200, "open")
    assert await showing.acts() == []


async def test_a_link_shows_nothing_of_another_presentation(matter: Matter) -> None:
    mine, other = await shown(matter, {}), await shown(await Matter(matter.world).begin(), {})
    for path in ("", "/answer"):
        address = f"/v1/presentations/{other.given['presentation_id']}{path}"
        headers = {"Authorization": f"Bearer {mine.given['token']}"}
        document = {"offer_hash": other.given["offer_hash"], "approved": other.items}
        answer = await matter.world.http.request("POST" if path else "GET", address, json=document if path else None, headers=headers)
        assert answer.status_code == 404


async def test_a_partial_approval_authorises_what_was_approved(matter: Matter) -> None:
    showing = await shown(matter, {}, {"unit_price": "5000"})
    answer = (await showing.answer(showing.items[0], declined=[showing.items[1]])).json()
    assert (answer["approved"], answer["declined"], answer["revised_total_minor"]) == ([showing.items[0]], [showing.items[1]], 10_000)
    states = (await matter.world.get(f"/v1/offers/{showing.offer.id}")).json()
    assert (states["state"], [item["status"] for item in states["items"]]) == ("part_authorised", ["active", "declined"])


async def test_the_answer_says_what_is_in_force_after_it(matter: Matter) -> None:
    first = await shown(matter, {}, {})
    given = [await matter.present(first.offer) for _ in range(3)]
    one, other = first.items
    act = (await first.answer(one)).json()
    assert (act["active"], act["in_force"]) == (True, [one])
    again = (await Showing(matter, first.offer, given[0]).answer(one)).json()
    assert (again["active"], again["in_force"], again["added_minor"]) == (True, [one], 0)
    matter.world.clock.forward(minutes=1)
    await matter.world.done("POST", f"/v1/authorisations/{act['id']}/revoke", {"channel": "link"})
    late = Showing(matter, first.offer, given[1])
    told, told_again = await late.answer(one), await late.answer(one)
    assert (told.json()["active"], told.json()["in_force"], told.json()["added_minor"]) == (False, [], 0)
    assert (told_again.status_code, told_again.json()) == (200, told.json())
    partly = (await Showing(matter, first.offer, given[2]).answer(one, other)).json()
    assert (partly["active"], partly["in_force"]) == (True, [other])
    assert (await first.answer(one)).json() == act  # what the first act put in force stays what it did
    facts = await matter.world.sql("select body ->> 'active' from kit.fact where kind = 'offer_answered' order by sequence")
    assert [row[0] for row in facts] == ["true", "true", "false", "true"]


async def test_an_item_that_was_not_shown_is_refused(matter: Matter) -> None:
    showing = await shown(matter, {})
    answer = await showing.answer(str(matter.world.id()))
    assert (answer.status_code, answer.json()["code"]) == (422, "ITEM_NOT_OFFERED")


async def test_of_two_additions_on_one_head_one_wins(matter: Matter) -> None:
    one, other = await shown(matter, {}), await shown(matter, {})
    head = "00" * 32
    answers = await asyncio.gather(one.answer(*one.items, prior_head=head), other.answer(*other.items, prior_head=head))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert [answer.json()["code"] for answer in answers if answer.status_code == 409] == ["HEAD_MOVED"]


async def test_a_contact_without_the_right_to_authorise_authorises_nothing(matter: Matter) -> None:
    tenant = await matter.contact(may_authorise=False)
    showing = await shown(matter, {}, presentation={"contact_id": str(tenant)})
    answer = (await showing.answer(*showing.items)).json()
    assert (answer["active"], answer["shortcoming"]) == (False, "AUTHORISER_NOT_ENTITLED")
    matter.world.clock.forward(minutes=1)
    await matter.work(showing.items[0])
    assert await matter.refused({"item_id": showing.items[0]}) == ["AUTHORISER_NOT_ENTITLED"]


async def test_a_preticked_option_is_not_shown_to_anybody(matter: Matter) -> None:
    offer = await matter.offer({"optional": True, "preselected": True})
    answer = await matter.world.post(f"/v1/offers/{offer.id}/present", {"contact_id": matter.contact_id})
    assert (answer.status_code, answer.json()["code"]) == (422, "PRETICKED_OPTION")


async def test_a_presentation_retried_under_its_key_gives_the_same_link(matter: Matter) -> None:
    offer = await matter.offer({})
    answers = [
        await matter.world.post(
            f"/v1/offers/{offer.id}/present", {"contact_id": matter.contact_id, "channel": "on_device"}, key="present-once-please"
        )
        for _ in range(2)
    ]
    assert answers[0].json()["token"] == answers[1].json()["token"]


async def test_the_link_is_kept_nowhere_in_the_database(matter: Matter) -> None:
    showing = await shown(matter, {})
    rows = await matter.world.sql("select body::text from kit.fact where organisation_id = $1", matter.world.organisation_id)
    assert all(showing.given["token"] not in row[0] for row in rows)


async def test_a_later_revision_supersedes_what_an_earlier_one_authorised(matter: Matter) -> None:
    first = await shown(matter, {})
    await first.answer(*first.items)
    matter.world.clock.forward(minutes=1)
    revision = {"revises": 1, "items": [LABOUR | {"unit_price": "8000"}]}
    revised = OfferReceipt(**await matter.world.done("POST", f"/v1/offers/{first.offer.id}/revisions", revision))
    given = await matter.present(revised)
    second = Showing(matter, revised, given)
    assert (await second.answer(*second.items)).json()["revised_total_minor"] == 8_000
    matter.world.clock.forward(minutes=1)
    assert (await matter.work(first.items[0]))["finding"] == "AUTH_SUPERSEDED"
    assert (await matter.work(second.items[0]))["billable"]


async def test_a_later_no_to_an_item_withdraws_the_yes(matter: Matter) -> None:
    first = await shown(matter, {}, {})
    given = await matter.present(first.offer)
    second = Showing(matter, first.offer, given)
    kept, taken = first.items
    assert (await first.answer(kept, taken)).json()["revised_total_minor"] == 20_000
    matter.world.clock.forward(minutes=1)
    assert (await second.answer(kept, declined=[taken])).json()["revised_total_minor"] == 10_000
    matter.world.clock.forward(minutes=1)
    assert (await matter.work(kept))["billable"]
    assert (await matter.work(taken))["finding"] == "AUTH_SUPERSEDED"


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"])
async def test_an_offer_ends_within_the_calendar(matter: Matter, at: str) -> None:
    offer = await matter.offer({})
    revision = {"revises": 1, "items": [LABOUR], "valid_until": at}
    assert (await matter.world.post(f"/v1/offers/{offer.id}/revisions", revision)).status_code == 422
