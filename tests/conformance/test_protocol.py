"""The protocol cases of `shared/cases`, each by its id: what an approval, a policy and an invoice answer."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pytest

from service.identity.scopes import ALL, ROLES
from tests.authorisations.matters import LABOUR, Matter
from tests.authorisations.showings import Showing, shown
from tests.world import World

LIMIT: dict[str, Any] = {"quantity": "1000", "unit": "EA", "unit_price": "100"}
"""Units of 1.00, of which no more than the cap may be billed."""


@pytest.fixture
async def matter(world: World) -> Matter:
    """A matter without tolerance."""
    return await Matter(world).begin()


def verdict(answer: httpx.Response) -> tuple[int, str]:
    """The status and the code."""
    return answer.status_code, answer.json().get("code", "")


async def second(matter: Matter) -> Showing:
    """An additional offer, shown."""
    return await shown(matter, {})


async def test_p01_exactly_what_was_shown_is_approved(matter: Matter) -> None:
    showing = await shown(matter, {})
    answer = await showing.answer(*showing.items)
    assert (answer.status_code, answer.json()["active"]) == (201, True)


async def test_p02_a_price_edited_while_the_page_is_open_is_not_agreed_to(matter: Matter) -> None:
    showing = await shown(matter, {})
    await matter.world.done("POST", f"/v1/offers/{showing.offer.id}/revisions", {"revises": 1, "items": [LABOUR | {"unit_price": "12000"}]})
    assert verdict(await showing.answer(*showing.items)) == (409, "OFFER_CHANGED")
    assert await showing.acts() == []


async def test_p03_an_approval_says_what_was_seen(matter: Matter) -> None:
    showing = await shown(matter, {})
    assert verdict(await showing.answer(*showing.items, offer_hash=None)) == (422, "OFFER_HASH_REQUIRED")
    assert await showing.acts() == []


async def test_p04_the_same_approval_again_is_the_same_act(matter: Matter) -> None:
    showing = await shown(matter, {})
    first, again = await showing.answer(*showing.items), await showing.answer(*showing.items)
    assert (first.status_code, again.status_code, first.json()["id"]) == (201, 200, again.json()["id"])
    assert await showing.acts() == ["offer_answered"]


async def test_p05_a_used_link_takes_no_other_answer(matter: Matter) -> None:
    showing = await shown(matter, {}, {})
    await showing.answer(*showing.items)
    assert verdict(await showing.answer(showing.items[0])) == (409, "TOKEN_USED")


async def test_p06_a_link_ends(matter: Matter) -> None:
    showing = await shown(matter, {}, presentation={"expires_in_hours": 1})
    matter.world.clock.forward(hours=1)
    assert verdict(await showing.answer(*showing.items)) == (410, "LINK_EXPIRED")


async def test_p07_a_link_shows_nothing_of_another_job(world: World, matter: Matter) -> None:
    own, other = await shown(matter, {}), await shown(await Matter(world).begin(), {})
    own.given["presentation_id"] = other.given["presentation_id"]
    assert (await own.answer(*other.items, offer_hash=other.given["offer_hash"])).status_code == 404
    assert (await own.look()).status_code == 404


async def test_p08_opening_a_link_consents_to_nothing(matter: Matter) -> None:
    showing = await shown(matter, {})
    for _ in range(3):
        assert (await showing.look()).status_code == 200
        assert (await matter.world.http.get(f"/a/{showing.given['token']}")).status_code == 200
    assert await showing.acts() == []


async def test_p10_a_part_is_approved_and_the_rest_declined(matter: Matter) -> None:
    showing = await shown(matter, {}, {"unit_price": "4000"})
    answer = (await showing.answer(showing.items[0], declined=[showing.items[1]])).json()
    assert (answer["approved"], answer["declined"], answer["revised_total_minor"]) == ([showing.items[0]], [showing.items[1]], 10_000)


async def test_p13_two_devices_that_approve_at_once_are_one_act(matter: Matter) -> None:
    showing = await shown(matter, {})
    answers = await asyncio.gather(*(showing.answer(*showing.items) for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) == [200, 201]
    assert await showing.acts() == ["offer_answered"]


async def test_p14_of_two_additions_on_one_head_one_wins(matter: Matter) -> None:
    first = await shown(matter, {})
    head = (await first.answer(*first.items)).json()["head"]
    one, other = await second(matter), await second(matter)
    answers = await asyncio.gather(one.answer(*one.items, prior_head=head), other.answer(*other.items, prior_head=head))
    assert sorted(verdict(answer) for answer in answers) == [(201, ""), (409, "HEAD_MOVED")]


async def test_p26_no_role_bills_what_nobody_authorised(matter: Matter) -> None:
    world, [item] = matter.world, await matter.done({})
    assert await matter.refused({"item_id": item}, {"unit_price": "500"}) == [None, "UNAUTHORISED_LINE"]
    key = (await world.done("POST", "/v1/api-keys", {"name": "Everything", "scopes": sorted(ALL)}))["key"]
    lines = [{"item_id": item, "quantity": "1", "unit_price": "10000"}, {"quantity": "1", "unit_price": "500"}]
    for bearer in (await world.token(*ROLES), key):  # somebody with every role there is, and a key with every scope
        headers = {"Authorization": f"Bearer {bearer}", "Idempotency-Key": str(world.id())}
        invoice = {"customer_id": matter.customer_id, "currency": "EUR", "lines": lines}
        answer = await world.http.post("/v1/invoices", json=invoice, headers=headers)
        assert (answer.status_code, [line["code"] for line in answer.json()["lines"]]) == (422, ["UNAUTHORISED_LINE"])
    await matter.posted({"item_id": item}, {"unit_price": "0"})


async def test_p28_no_tolerance_above_the_legal_ceiling(world: World) -> None:
    policy = {"name": "FL", "citation": "ours", "jurisdiction": "US-FL", "combine": "pct", "percent_of": "15/100", "hard_cap_minor": 5000}
    assert verdict(await world.post("/v1/policies", policy)) == (422, "POLICY_ABOVE_LEGAL_MAX")


@pytest.mark.parametrize("place", ["FR", "GB", "AU"])
async def test_p29_no_tolerance_for_consumers_of_the_eu_the_uk_and_australia(world: World, place: str) -> None:
    policy = {"name": "SOME", "citation": "ours", "jurisdiction": place, "combine": "pct", "percent_of": "1/1000"}
    assert verdict(await world.post("/v1/policies", policy)) == (422, "POLICY_ABOVE_LEGAL_MAX")


async def test_p30_nothing_optional_is_ticked_beforehand(matter: Matter) -> None:
    offer = await matter.offer({"optional": True, "preselected": True})
    answer = await matter.world.post(f"/v1/offers/{offer.id}/present", {"contact_id": matter.contact_id, "channel": "on_device"})
    assert verdict(answer) == (422, "PRETICKED_OPTION")


async def test_p33_a_bill_waits_for_the_notice_that_a_german_forecast_of_more_makes_due(world: World) -> None:
    matter = await Matter(world).in_germany()
    [item] = await matter.done({"unit_price": "50000"})
    within = await forecast(matter, 50_000)
    assert (within["notice_due"], await due(matter)) == (False, [])
    stated = await forecast(matter, 65_000)
    assert (stated["notice_due"], await due(matter)) == (True, [(65_000, 50_000)])
    bill = {"item_id": item, "unit_price": "50000"}
    assert await matter.refused(bill) == ["NOTICE_MISSING"]
    draft = await world.done("GET", f"/v1/jobs/{matter.job_id}/invoice-draft", role="back_office")
    assert (draft["invoices"], [one["code"] for one in draft["not_billable"]]) == ([], ["NOTICE_MISSING"])
    await notify(matter, stated)
    assert [[n["channel"] for n in one["notices"]] for one in (await world.get(f"/v1/scopes/{matter.scope_id}/forecasts")).json()] == [
        ["phone"],
        [],
    ]
    await forecast(matter, 60_000)  # less than they were told of: nothing more is due
    assert await due(matter) == [(65_000, 50_000)]
    assert (await matter.posted(bill))["total_minor"] == 50_000


async def test_p33_more_than_was_told_has_to_be_told_anew_and_a_new_yes_ends_the_wait(world: World) -> None:
    matter = await Matter(world).in_germany()
    [item] = await matter.done({})
    await notify(matter, await forecast(matter, 12_000))
    await forecast(matter, 20_000)
    assert await matter.refused({"item_id": item}) == ["NOTICE_MISSING"]
    await matter.authorised({}, kind="additional")
    await matter.posted({"item_id": item})


async def test_p33_a_notice_is_of_an_overrun_and_not_of_tomorrow(world: World) -> None:
    matter = await Matter(world).in_germany()
    await matter.done({})
    assert verdict(await notice(matter, await forecast(matter, 10_000))) == (409, "NOTHING_OVERRUN")
    stated = await forecast(matter, 10_001)
    assert verdict(await notice(matter, stated, told_at=(world.clock.now + timedelta(hours=1)).isoformat())) == (422, "NOTICE_NOT_GIVEN")
    assert verdict(await notice(matter, stated, contact_id=str(world.id()))) == (404, "CONTACT_NOT_FOUND")


async def test_p33_where_no_law_wants_a_notice_none_is_due(world: World) -> None:
    matter = await Matter(world).of_job()
    [item] = await matter.done({})
    assert not (await forecast(matter, 20_000))["notice_due"]
    assert await due(matter) == []
    await matter.posted({"item_id": item})


async def forecast(matter: Matter, projected_minor: int) -> dict[str, Any]:
    """What it is expected to come to."""
    document = {"projected_minor": projected_minor, "reason": "The pipe behind the wall is rusty too"}
    return await matter.world.done("POST", f"/v1/scopes/{matter.scope_id}/forecasts", document)


async def notice(matter: Matter, stated: dict[str, Any], **differences: Any) -> httpx.Response:
    """The customer told by telephone."""
    document = {"contact_id": matter.contact_id, "channel": "phone", "told_at": matter.world.clock.now.isoformat()}
    return await matter.world.post(f"/v1/forecasts/{stated['id']}/notices", document | differences)


async def notify(matter: Matter, stated: dict[str, Any]) -> None:
    """The same, which must be kept."""
    assert (await notice(matter, stated)).status_code == 201


async def due(matter: Matter) -> list[tuple[int, int]]:
    """What had to be told: the forecast, and what was authorised."""
    facts = (await matter.world.done("GET", "/v1/facts"))["items"]
    return [(f["body"]["projected_minor"], f["body"]["authorised_minor"]) for f in facts if f["kind"] == "overrun_notice_due"]


async def test_p34_work_that_comes_near_its_ceiling_is_told_of_once(matter: Matter) -> None:
    hour = {"quantity": "100", "unit_price": "10000"}
    first, second = await matter.authorised(hour, hour, price_form="time_and_materials", cap=100_000)
    await matter.work(first, "4")
    await matter.posted({"item_id": first, "quantity": "2"})
    await matter.work(second, "4.4999")
    assert await told_of_ceilings(matter) == []
    record = await matter.work(second, "0.0001")
    flag = {"flag": "CEILING_85", "scope_id": str(matter.scope_id), "currency": "EUR", "cap_minor": 100_000, "reached_minor": 85_000}
    assert await told_of_ceilings(matter) == [flag]
    at = {name: matter.world.clock.now.isoformat() for name in ("started_at", "ended_at")}
    await matter.world.done("POST", f"/v1/work-records/{record['id']}/corrections", {"quantity": "0.5", **at})
    await matter.work(first, "20")
    assert await told_of_ceilings(matter) == [flag]


async def test_p34_without_a_ceiling_nothing_is_told(matter: Matter) -> None:
    [item] = await matter.authorised({"quantity": "10"})
    await matter.work(item, "10")
    assert await told_of_ceilings(matter) == []


async def told_of_ceilings(matter: Matter) -> list[dict[str, Any]]:
    """What the facts of this organisation say of ceilings."""
    facts = (await matter.world.done("GET", "/v1/facts"))["items"]
    return [fact["body"] for fact in facts if fact["kind"] == "ceiling_nearly_reached"]


@pytest.mark.parametrize("quantity, codes", [("250", [None]), ("250.01", ["CAP_EXCEEDED"])])
async def test_p45_a_standing_authorisation_holds_up_to_its_limit(matter: Matter, quantity: str, codes: list[str | None]) -> None:
    offer = await matter.offer(LIMIT, kind="standing_emergency", price_form="limit", cap=25_000)
    await matter.consent(offer)
    matter.world.clock.forward(minutes=1)
    await matter.work(str(offer.item_ids[0]), quantity)
    line = {"item_id": str(offer.item_ids[0]), "quantity": quantity, "unit_price": "100"}
    if codes == [None]:
        await matter.posted(line)
    else:
        assert await matter.refused(line) == codes


@pytest.mark.parametrize("deadline, later", [("before_work", "WORK_BEFORE_AUTH"), ("after_work", None)])
async def test_p46_an_emergency_that_nobody_authorised_is_refused_and_may_be_ratified(
    world: World, deadline: str, later: str | None
) -> None:
    matter = await Matter(world).begin(consent_deadline=deadline)
    offer = await matter.offer({"unit_price": "9000", "description": "Shut the gas off"}, kind="additional")
    item = str(offer.item_ids[0])
    at = world.clock.now.isoformat()
    times = {"started_at": at, "ended_at": at}
    record = await matter.work(item, emergency="gas", note="Smell of gas in the hall; nobody could be reached", **times)
    assert (record["billable"], record["finding"]) == (False, "EMERGENCY_NO_STANDING_AUTH")
    bill = {"item_id": item, "unit_price": "9000"}
    assert await matter.refused(bill, bill | {"work_record_ids": [record["id"]]}) == ["EMERGENCY_NO_STANDING_AUTH"] * 2
    world.clock.forward(hours=1)
    showing = Showing(matter, offer, await matter.present(offer))
    assert (await showing.answer(item)).json()["active"]
    corrected = await world.done("POST", f"/v1/work-records/{record['id']}/corrections", {"quantity": "1", **times})
    assert (corrected["finding"], corrected["flags"]) == (later, [] if later else ["RATIFIED_AFTER_WORK"])
    if later is None:
        await matter.posted(bill)
    else:
        assert await matter.refused(bill) == [later]


async def test_p46_an_emergency_has_a_reason_in_words_and_a_no_stays_a_no(matter: Matter) -> None:
    offer = await matter.offer({})
    item = str(offer.item_ids[0])
    at = matter.world.clock.now.isoformat()
    bare = {"item_id": item, "quantity": "1", "started_at": at, "ended_at": at, "staff_id": matter.staff_id, "emergency": "water"}
    assert verdict(await matter.world.post("/v1/work-records", bare)) == (422, "EMERGENCY_UNEXPLAINED")
    await matter.consent(offer, approved=[], declined=[item], added_minor=0, total_minor=0)
    assert (await matter.work(item, emergency="water", note="A pipe had burst"))["finding"] == "AUTH_DECLINED"
    assert await matter.refused({"item_id": item}) == ["AUTH_DECLINED"]


@pytest.mark.parametrize("deadline, code", [("before_work", "WORK_BEFORE_AUTH"), ("after_work", None)])
async def test_p47_consent_after_the_work_counts_where_the_place_lets_it_and_is_flagged(
    world: World, deadline: str, code: str | None
) -> None:
    matter = await Matter(world).begin(consent_deadline=deadline)
    done_at = world.clock.now.isoformat()
    world.clock.forward(hours=1)
    [item] = await matter.authorised({})
    record = await matter.work(item, started_at=done_at, ended_at=done_at)
    assert (record["finding"], record["flags"]) == (code, [] if code else ["RATIFIED_AFTER_WORK"])
    if code is None:
        await matter.posted({"item_id": item})
    else:
        assert await matter.refused({"item_id": item}) == [code]


async def test_p48_above_the_sum_to_call_for_a_new_yes_is_needed(matter: Matter) -> None:
    offer = await matter.offer(LIMIT, kind="limit", price_form="limit", cap=30_000)
    await matter.consent(offer)
    matter.world.clock.forward(minutes=1)
    await matter.work(str(offer.item_ids[0]), "300.01")
    line = {"item_id": str(offer.item_ids[0]), "unit_price": "100"}
    assert await matter.refused(line | {"quantity": "300.01"}) == ["CAP_EXCEEDED"]
    await matter.posted(line | {"quantity": "300"})


@pytest.mark.parametrize("days, flags", [(1, []), (2, ["DATE_EXCEEDED"])])
async def test_p49_work_later_than_agreed_is_flagged_and_billed(matter: Matter, days: int, flags: list[str]) -> None:
    agreed = matter.world.clock.now + timedelta(days=1, minutes=1)
    [item] = await matter.authorised({}, complete_by=agreed)
    at = matter.world.clock.forward(days=days).isoformat()
    record = await matter.work(item, started_at=at, ended_at=at)
    assert (record["billable"], record["finding"], record["flags"]) == (True, None, flags)
    corrected = await matter.world.done(
        "POST", f"/v1/work-records/{record['id']}/corrections", {"quantity": "1", "started_at": at, "ended_at": at}
    )
    assert corrected["flags"] == flags
    [told] = await matter.world.sql("select body from kit.fact where kind = 'work_recorded' and subject_id = $1", UUID(record["id"]))
    assert msgspec.json.decode(told["body"])["flags"] == flags
    assert (await matter.posted({"item_id": item}))["total_minor"] == 10_000


async def test_p50_who_only_pays_has_not_authorised(matter: Matter) -> None:
    offer = await matter.offer({})
    act = await matter.consent(offer, authoriser={"capacity": "payer", "name": "Insurer", "contact_id": matter.contact_id})
    assert (act["active"], act["shortcoming"]) == (False, "AUTHORISER_NOT_ENTITLED")
    matter.world.clock.forward(minutes=1)
    await matter.work(str(offer.item_ids[0]))
    assert await matter.refused({"item_id": str(offer.item_ids[0])}) == ["AUTHORISER_NOT_ENTITLED"]
