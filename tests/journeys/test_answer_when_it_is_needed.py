"""Story 5, "No few days", from the first word to the last: an urgent fault before a long weekend is answered with a time and with help until then, and one that comes back goes before a first one."""

from tests.care.builders import code_of, did, found
from tests.dispatch.builders import advance, job, technician
from tests.promises.builders import FRIDAY, hours, promised
from tests.web.portals import ADA, link
from tests.world import World

EASTER = {"from_on": "2026-04-01", "until_on": "2026-05-01", "starts": "08:00:00", "ends": "17:00:00"}


async def test_an_urgent_fault_before_a_long_weekend_gets_a_time_help_until_then_and_the_first_place_if_it_comes_back(world: World) -> None:
    world.clock.now = FRIDAY  # Good Friday, eight in the morning
    await hours(world)
    organisation = await world.get("/v1/organisation")
    await world.request("PATCH", "/v1/organisation", json={"reply_within_minutes": 240}, headers={"If-Match": organisation.headers["etag"]})
    anna = await technician(world, shifts=EASTER)
    customer_id = (await world.customer(name="Ada Owner"))["id"]
    await world.done("POST", f"/v1/customers/{customer_id}/contacts", ADA)
    path = await link(world, customer_id)

    # The customer writes on their page what doesn't work, and by when they need it.
    written = await world.http.post(
        f"{path}/messages", data={"words": "No internet since this morning. I have to work from here on Monday."}
    )
    assert written.status_code == 303
    [case] = (await world.done("GET", f"/v1/customers/{customer_id}/cases"))["items"]
    # The office rests on Good Friday, over the weekend and on Easter Monday: four open hours end on Tuesday at one.
    assert case["due_at"] == "2026-04-07T11:00:00Z"
    assert "We answer by Tue 7 Apr 2026, 13:00." in (await world.http.get(f"{path}/messages")).text

    # It is never just noted: while the customer waits for an answer the case can't be closed.
    of = await job(world, customer_id=customer_id, kind="repair", symptom="No internet")
    await did(world, case["id"], "fault", site_id=of["site_id"])
    assert await code_of(world, case["id"], "close") == (409, "CASE_UNANSWERED")

    # Whoever is on duty finds a real place before Monday, and something to work with until then.
    days = (await world.done("POST", f"/v1/jobs/{of['id']}/slots", {"from_on": "2026-04-04", "days": 2}))["days"]
    first = next(slot for day in days for slot in day["slots"])
    assert first["from"] < "2026-04-06T00:00:00Z"
    visit = await world.done("POST", f"/v1/jobs/{of['id']}/visits", {"technician_id": anna.id, "from": first["from"]})
    lent = await promised(
        world,
        customer_id,
        kind="update",
        due_at="2026-04-03T12:00:00Z",
        words="A hotspot is brought to you today, to work with until we were there",
    )
    world.clock.forward(minutes=10)
    await did(world, case["id"], "answers", words="We come tomorrow, and bring you a hotspot today.")
    page = (await world.http.get(path)).text
    for said in ("A hotspot is brought to you today", "by Fri 3 Apr 2026, 14:00", "Your visits"):
        assert said in page
    assert (await found(world, case["id"]))["waiting"] == 0
    world.clock.forward(hours=2)
    await world.done(
        "POST",
        f"/v1/customers/{customer_id}/messages",
        {"direction": "out", "channel": "in_person", "words": "Handed over", "promise_ids": [lent["id"]]},
        key=str(world.id()),
    )
    assert (await world.done("GET", f"/v1/promises/{lent['id']}"))["state"] == "kept"

    # Somebody comes in the window that was promised, and it works.
    world.clock.now = world.clock.now.fromisoformat(first["from"])
    await advance(world, visit["id"], to="arrive")
    [arrive] = (await world.done("GET", f"/v1/promises?subject_id={visit['id']}"))["items"]
    assert arrive["state"] == "kept"
    await did(world, case["id"], "close")

    # Ten days later it is back. Somebody else's first fault came before, and waits longer: this one goes first all the same.
    world.clock.forward(days=10)
    other = (await world.customer(name="Grace Hopper"))["id"]
    await world.done("POST", f"/v1/customers/{other}/cases", {"channel": "phone", "words": "The line is dead", "fault": {}})
    world.clock.forward(hours=1)
    again = await world.done(
        "POST", f"/v1/customers/{customer_id}/cases", {"channel": "phone", "words": "It is gone again", "fault": {"site_id": of["site_id"]}}
    )
    seen = await found(world, again["id"])
    assert seen["repeats_case_id"] == case["id"]
    assert [one["customer_id"] for one in (await world.done("GET", "/v1/cases"))["items"]][:2] == [customer_id, other]
