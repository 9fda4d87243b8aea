"""The office promises by hand, in its own hours; what happens keeps the promise, and nobody ticks a box."""

from datetime import timedelta
from typing import Any

import pytest

from tests.promises.builders import FRIDAY, WEEK, hours, promised, said, state_of
from tests.world import World


async def test_a_promise_on_a_holiday_is_due_when_the_office_is_back(world: World) -> None:
    await hours(world)
    world.clock.now = FRIDAY
    customer = await world.customer()
    made = await promised(world, customer["id"])
    assert made["due_at"] == "2026-04-07T08:00:00Z"  # Tuesday at ten in Berlin
    told = await world.done("GET", f"/v1/promises/{made['id']}")
    assert (told["kind"], told["words"], told["state"], told["subject_kind"]) == ("call_back", "About the router", "open", "promise")


async def test_a_holiday_where_the_customer_is_counts_too(world: World) -> None:
    await hours(world)
    world.clock.now = FRIDAY.replace(month=1, day=6)
    customer = await world.customer()
    site = {"address": "Marienplatz 1", "zone": "Europe/Berlin", "jurisdiction": "DE-BY"}
    site_id = (await world.done("POST", f"/v1/customers/{customer['id']}/sites", site))["id"]
    assert (await promised(world, customer["id"]))["due_at"] == "2026-01-06T09:00:00Z"
    assert (await promised(world, customer["id"], site_id=site_id))["due_at"] == "2026-01-07T09:00:00Z"


@pytest.mark.parametrize(
    "kind, word, keeps",
    [
        ("call_back", {}, True),
        ("call_back", {"reached": False}, False),
        ("call_back", {"channel": "email"}, False),
        ("call_back", {"direction": "in"}, False),
        ("update", {"channel": "letter"}, True),
        ("reply", {"channel": "email"}, True),
        ("refund", {}, False),
    ],
)
async def test_what_was_said_keeps_what_was_promised(world: World, kind: str, word: dict[str, Any], keeps: bool) -> None:
    customer = await world.customer()
    made = await promised(world, customer["id"], kind=kind)
    settled = (await said(world, customer["id"], **word))["settled"]
    assert (settled, await state_of(world, made["id"])) == (([made["id"]], "kept") if keeps else ([], "open"))


async def test_a_word_about_one_promise_keeps_that_one_alone_and_nobody_elses(world: World) -> None:
    customer, other = await world.customer(), await world.customer(name="Else")
    one, two, theirs = await promised(world, customer["id"]), await promised(world, customer["id"]), await promised(world, other["id"])
    assert (await said(world, customer["id"], promise_ids=[two["id"], theirs["id"]]))["settled"] == [two["id"]]
    assert [await state_of(world, made["id"]) for made in (one, two, theirs)] == ["open", "kept", "open"]


async def test_a_word_after_the_time_leaves_the_promise_broken(world: World) -> None:
    customer = await world.customer()
    made = await promised(world, customer["id"])
    world.clock.forward(minutes=60)
    assert await state_of(world, made["id"]) == "broken"
    await said(world, customer["id"])
    told = await world.done("GET", f"/v1/promises/{made['id']}")
    assert (told["state"], told["ended_at"] is not None) == ("broken", True)


async def test_without_a_time_it_is_due_by_how_long_it_took_lately(world: World) -> None:
    customer = await world.customer()
    path = f"/v1/customers/{customer['id']}/promise-suggestion?kind=call_back"
    assert ((shipped := await world.done("GET", path))["took_minutes"], shipped["from_promises"]) == (240, 0)
    for minutes in (10, 10, 10, 10, 80):
        await promised(world, customer["id"])
        world.clock.forward(minutes=minutes)
        await said(world, customer["id"])
    suggested = await world.done("GET", path)
    assert (suggested["took_minutes"], suggested["from_promises"]) == (90, 5)
    made = await world.done(
        "POST", f"/v1/customers/{customer['id']}/promises", {"kind": "call_back", "words": "As soon as we can"}, key=str(world.id())
    )
    assert made["due_at"] == suggested["due_at"]


async def test_another_time_is_promised_with_its_reason_and_the_first_one_counts(world: World) -> None:
    customer = await world.customer()
    made, late = await promised(world, customer["id"]), await promised(world, customer["id"], kind="update", within_minutes=30)
    world.clock.forward(minutes=40)
    renewal = {"reason": "The part has not come", "within_minutes": 120}
    again = await world.done("POST", f"/v1/promises/{made['id']}/renew", renewal, key=str(world.id()))
    anew = await world.done("POST", f"/v1/promises/{late['id']}/renew", renewal, key=str(world.id()))
    assert [await state_of(world, one["id"]) for one in (made, late, again, anew)] == ["renewed", "broken", "open", "open"]
    refused = await world.post(f"/v1/promises/{made['id']}/renew", renewal, key=str(world.id()))
    assert (refused.status_code, refused.json()["code"]) == (409, "PROMISE_ENDED")
    await said(world, customer["id"])
    assert [await state_of(world, one["id"]) for one in (again, anew)] == ["kept", "kept"]


async def test_a_renewal_made_twice_is_one_and_another_under_its_id_is_refused(world: World) -> None:
    made = await promised(world, (await world.customer())["id"])
    of = {"id": str(world.id()), "reason": "The part has not come", "due_at": "2026-03-06T12:00:00Z"}
    first, again = [await world.done("POST", f"/v1/promises/{made['id']}/renew", of, key=str(world.id())) for _ in range(2)]
    assert first == again
    for other in ({"reason": "The technician is ill"}, {"due_at": "2026-03-09T12:00:00Z"}):
        refused = await world.post(f"/v1/promises/{made['id']}/renew", of | other, key=str(world.id()))
        assert (refused.status_code, refused.json().get("code")) == (409, "ID_TAKEN"), other


async def test_no_promise_is_renewed_without_a_reason(world: World) -> None:
    made = await promised(world, (await world.customer())["id"])
    for body in ({}, {"reason": " "}):
        assert (await world.post(f"/v1/promises/{made['id']}/renew", body, key=str(world.id()))).status_code == 422


async def test_only_a_customer_releases_us_and_never_after_the_time(world: World) -> None:
    customer = await world.customer()
    made, late = await promised(world, customer["id"], within_minutes=90), await promised(world, customer["id"])
    world.clock.forward(minutes=70)
    for one, outcome in ((made, "released"), (late, "broken"), (made, "released")):
        ended = await world.done("POST", f"/v1/promises/{one['id']}/release", {"reason": "customer_asked"}, key=str(world.id()))
        assert ended["outcome"] == outcome


@pytest.mark.parametrize(
    "differences, code",
    [
        ({"due_at": "2026-03-04T12:00:00Z"}, "DUE_UNCLEAR"),
        ({"due_at": "2027-03-06T12:00:00Z"}, "DUE_UNCLEAR"),
        ({"due_at": "2026-03-05T12:00:00Z", "within_minutes": 5}, "DUE_UNCLEAR"),
        ({"owner_staff_id": "01890000-0000-7000-8000-000000000001"}, "OWNER_UNKNOWN"),
        ({"words": "Card 4242 4242 4242 4242"}, "CARD_NUMBER"),
    ],
)
async def test_a_promise_that_cannot_be_kept_is_not_made(world: World, differences: dict[str, Any], code: str) -> None:
    customer = await world.customer()
    promise = {"kind": "reply", "words": "A word", **differences}
    refused = await world.post(f"/v1/customers/{customer['id']}/promises", promise, key=str(world.id()))
    assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_a_promise_made_twice_is_one(world: World) -> None:
    customer, promise_id = await world.customer(), str(world.id())
    made = [await promised(world, customer["id"], id=promise_id) for _ in "12"]
    assert made[0] == made[1]
    other = {"kind": "update", "words": "Else", "id": promise_id}
    assert (await world.post(f"/v1/customers/{customer['id']}/promises", other, key=str(world.id()))).json()["code"] == "ID_TAKEN"


async def test_the_days_list_begins_with_what_is_broken_then_what_breaks_next(world: World) -> None:
    customer = await world.customer()
    broken = await promised(world, customer["id"], within_minutes=10)
    later, soon = await promised(world, customer["id"], within_minutes=600), await promised(world, customer["id"], within_minutes=90)
    kept = await promised(world, customer["id"], within_minutes=95)
    await said(world, customer["id"], promise_ids=[kept["id"]])
    world.clock.forward(minutes=20)
    seen: list[str] = []
    path: str | None = "/v1/promises/due?limit=1"
    while path:
        page = await world.get(path)
        seen += [one["id"] for one in page.json()["items"]]
        path = page.links["next"]["url"] if "next" in page.links else None
    assert seen == [broken["id"], soon["id"], later["id"]]
    until = (world.clock.now + timedelta(hours=2)).isoformat().replace("+00:00", "Z")
    today = (await world.done("GET", f"/v1/promises/due?until={until}&kind=call_back"))["items"]
    assert [(one["id"], one["broken"], one["customer_name"]) for one in today] == [
        (broken["id"], True, "Ada Owner"),
        (soon["id"], False, "Ada Owner"),
    ]


@pytest.mark.parametrize(
    "hours_of",
    [
        [{"weekday": 1, "opens": "09:00:00", "closes": "08:00:00"}],
        [{"weekday": 1, "opens": "09:00:00", "closes": "17:00:00"}] * 2,
        [{"weekday": 1, "opens": "09:00:00", "closes": "09:00:00"}],
    ],
)
async def test_hours_that_are_none_are_refused(world: World, hours_of: list[dict[str, Any]]) -> None:
    refused = await world.post("/v1/promise-policies", {"hours": hours_of, "place": "DE"}, key=str(world.id()))
    assert (refused.status_code, refused.json()["code"]) == (422, "HOURS_UNCLEAR")


@pytest.mark.parametrize("place, known", [("XX", False), ("DE-XX", False), ("DE", True), ("DE-BE", True), ("ZZ", True)])
async def test_holidays_of_a_place_that_nobody_knows_are_refused(world: World, place: str, known: bool) -> None:
    policy = {"hours": WEEK, "place": place}
    told = await world.post("/v1/promise-policies", policy, key=str(world.id()))
    assert (told.status_code, told.json().get("code")) == ((201, None) if known else (422, "HOLIDAYS_UNKNOWN"))
    await hours(world, place=place, rests_on_holidays=False)


async def test_hours_come_in_versions_and_the_last_is_in_force(world: World) -> None:
    await hours(world)
    await hours(world, warn_minutes=30)
    policies = (await world.done("GET", "/v1/promise-policies"))["items"]
    assert [(one["version"], one["warn_minutes"]) for one in policies] == [(2, 30), (1, 60), (0, 60)]
