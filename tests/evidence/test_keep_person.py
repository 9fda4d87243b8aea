"""Nobody is erased while something of theirs is open, nor before the law of each place that their matters were ever told to be at allows it."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from service.evidence.erasures import erase_person
from service.evidence.minimums import Minimum, kept_until, longest_of
from service.evidence.records.erasures import NewErasure
from tests.authorisations.matters import Matter
from tests.authorisations.showings import shown
from tests.billing.builders import pay
from tests.billing.test_write_off_invoice import written_off
from tests.customers.builders import site
from tests.evidence.packs import AFTER_ALL_MINIMUMS, ended, matter_in
from tests.evidence.test_erase_person import erase, settled
from tests.subscriptions.builders import subscribed
from tests.world import World


async def holds(matter: Matter, **body: Any) -> list[str]:
    """Why an erasure is refused; nothing where it is done."""
    answer = await matter.world.post(f"/v1/customers/{matter.customer_id}/erasures", {"contact_id": matter.contact_id} | body)
    if answer.status_code == 201:
        return []
    assert (answer.status_code, answer.json()["code"]) == (409, "LEGAL_HOLD"), answer.text
    told: list[str] = answer.json()["holds"]
    return told


async def test_nothing_is_erased_while_a_job_is_open(world: World) -> None:
    matter = await matter_in(world, zone="Europe/Paris")
    await matter.consent(await matter.offer({}))
    world.clock.now = AFTER_ALL_MINIMUMS
    assert await holds(matter) == ["open_job"]
    assert await holds(matter, contact_id=None) == ["open_job"]
    await ended(matter)
    assert await holds(matter) == []


async def test_nothing_is_erased_while_a_showing_may_be_answered(world: World) -> None:
    matter = await matter_in(world, zone="Europe/Paris")
    showing = await shown(matter, {})
    assert await holds(matter) == ["open_job", "open_showing"]
    other = str(await matter.contact(may_authorise=False))
    assert "open_showing" not in await holds(matter, contact_id=other), "it was shown to somebody else"
    await showing.answer(declined=showing.items)
    await ended(matter)
    assert await holds(matter) == []


async def test_nothing_is_erased_while_work_may_be_billed(world: World) -> None:
    matter = await matter_in(world, zone="Europe/Paris")
    [item] = await matter.done({})
    await ended(matter)
    assert await holds(matter) == ["unbilled_work"]
    await matter.posted({"item_id": item})
    assert await holds(matter) == ["open_invoice"]


async def test_nothing_is_erased_while_what_was_written_off_is_owed(world: World) -> None:
    matter = await matter_in(world, zone="Europe/Paris")
    [item] = await matter.done({})
    invoice = await matter.posted({"item_id": item})
    await ended(matter)
    await written_off(world, invoice["id"])
    world.clock.now = AFTER_ALL_MINIMUMS
    assert await holds(matter) == ["open_invoice"]
    await pay(world, invoice["total_minor"], invoice_id=invoice["id"])
    world.clock.now = AFTER_ALL_MINIMUMS.replace(year=AFTER_ALL_MINIMUMS.year + 50)
    assert await holds(matter) == []


async def test_nothing_is_erased_while_a_subscription_runs_nor_before_the_minimum_of_its_site(world: World) -> None:
    customer_id = (await world.customer(zone="Europe/Paris"))["id"]
    place = await site(world, customer_id, zone="Europe/Berlin", jurisdiction="DE")
    subscription = await subscribed(world, customer_id=customer_id, site_id=place["id"])
    erasures = f"/v1/customers/{customer_id}/erasures"
    refused = await world.post(erasures, {})
    assert (refused.status_code, refused.json()["holds"]) == (409, ["open_subscription"]), refused.text
    await world.done("POST", f"/v1/subscriptions/{subscription['id']}/end", {}, role="back_office")
    refused = await world.post(erasures, {})
    assert (refused.status_code, refused.json()["code"], refused.json()["place"]) == (409, "RETENTION", "DE"), refused.text


async def test_an_erasure_waits_for_whatever_is_under_way_in_the_customers_matters(world: World) -> None:
    """Its locks are those that showing, answering, working and billing take: none of them can fall between its judgement and its end."""
    matter = await matter_in(world, zone="Europe/Paris")
    [lock] = [one for one in erase_person.locks_for(customer_id=UUID(matter.customer_id), erasure=NewErasure()) if one.kind == "scope"]
    assert lock.table is not None
    locked = await world.sql(
        f"select {lock.table.replace('.', '.scope_of_')}(array[$1::uuid]) = hashtext($2::text) as ours", lock.key, str(matter.scope_id)
    )
    assert any(row["ours"] for row in locked)


async def test_a_site_that_is_told_to_be_elsewhere_afterwards_shortens_nothing(world: World) -> None:
    one = await settled(world, jurisdiction="DE")
    path = f"/v1/customers/{one.matter.customer_id}/sites/{one.matter.site_id}"
    version = (await world.get(path)).headers["etag"]
    moved = await world.request("PATCH", path, json={"jurisdiction": "FR", "zone": "Europe/Paris"}, headers={"If-Match": version})
    assert moved.status_code == 200, moved.text
    refused = await erase(one)
    assert (refused.status_code, refused.json()["code"], refused.json()["place"]) == (409, "RETENTION", "DE"), refused.text


async def test_a_policys_name_is_no_place(world: World) -> None:
    refused = await erase(await settled(world, policy="NO-TOLERANCE", jurisdiction="DE"))
    assert (refused.status_code, refused.json()["code"], refused.json()["place"]) == (409, "RETENTION", "DE"), refused.text


@pytest.mark.parametrize(
    "law, zone, allowed_at, place",
    [
        ("US-DE", "America/New_York", datetime(2028, 3, 4, 12, 5, tzinfo=UTC), "US-DE"),
        ("US-FL", "America/New_York", datetime(2027, 3, 4, 12, 5, tzinfo=UTC), "US-FL"),
        ("US-MA", "America/New_York", datetime(2027, 9, 4, 11, 5, tzinfo=UTC), "US-MA"),
        ("US-CA upholstery", "America/Los_Angeles", datetime(2027, 3, 4, 12, 5, tzinfo=UTC), "US-CA-UPHOLSTERY"),
        ("US-CA auto", "America/Los_Angeles", datetime(2029, 3, 4, 12, 5, tzinfo=UTC), "US-CA"),
        ("US-WA", "America/Los_Angeles", datetime(2029, 3, 4, 12, 5, tzinfo=UTC), "US-CA"),
        (None, "America/New_York US-FL", datetime(2027, 3, 4, 12, 5, tzinfo=UTC), "US-FL"),
        (None, "America/Chicago", datetime(2029, 3, 4, 12, 5, tzinfo=UTC), "US-CA"),
        (None, "Europe/Berlin", datetime(2034, 12, 31, 23, 0, tzinfo=UTC), "DE"),
    ],
)
async def test_e19_nothing_is_erased_before_the_legal_minimum_of_its_place(
    world: World, law: str | None, zone: str, allowed_at: datetime, place: str
) -> None:
    of_policy = dict(zip(("jurisdiction", "trade"), law.split(), strict=False)) if law else None
    of_site = dict(zip(("zone", "jurisdiction"), zone.split(), strict=False))
    one = await settled(world, law=of_policy, **of_site, **({"policy": "HOUSE-RULES"} if law else {}))
    world.clock.now = allowed_at
    world.clock.forward(seconds=-1)
    refused = await erase(one)
    assert (refused.status_code, refused.json()["code"], refused.json()["place"]) == (409, "RETENTION", place), refused.text
    assert refused.json()["kept_until"] == allowed_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert refused.json()["citation"]
    world.clock.now = allowed_at
    assert (await erase(one)).status_code == 201


LAST = datetime(2026, 8, 31, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "places, trade, zones, place",
    [
        (["US-CA", "US-CA"], "upholstery", ["America/Los_Angeles"], "US-CA-UPHOLSTERY"),
        (["US-CA", "ZZ"], "auto", ["America/Los_Angeles"], "US-CA"),
        (["ZZ", "DE-BY"], "any", ["UTC"], "DE"),
        (["ZZ", "ZZ"], "any", ["Europe/Berlin"], "DE"),
        (["ZZ", "US-OH"], "any", ["America/New_York"], "US-CA"),
        (["US-FL", "US-CA"], "any", ["America/New_York"], "US-CA"),
        (["ZZ", "DE", "FR"], "any", ["Europe/Berlin", "Europe/Paris"], "DE"),
        (["FR", "ZZ"], "any", ["Europe/Berlin"], "DE"),
        (["ZZ", "PT"], "any", ["Europe/Lisbon"], None),
        (["ZZ", "ZZ"], "any", ["UTC"], None),
    ],
)
def test_of_all_places_ever_told_the_one_that_keeps_longest_counts(
    places: list[str], trade: str, zones: list[str], place: str | None
) -> None:
    found = longest_of(places=places, trade=trade, zones=zones, last_at=LAST)
    assert (found.minimum.place if found else None) == place


def test_a_minimum_that_ends_on_a_day_which_is_not_there_ends_after_it() -> None:
    assert kept_until(Minimum("XX", 18, "a test"), last_at=LAST, zone="UTC") == datetime(2028, 3, 1, 12, 0, tzinfo=UTC)
