import pytest

from tests.files import leaves_whole
from tests.subscriptions.builders import opened, pay, renew, standing, subscribed
from tests.world import World


async def say(world: World, subscription: dict[str, object], verb: str, reason: str | None = None) -> tuple[int, dict[str, object]]:
    body = None if reason is None else {"reason": reason}
    answer = await world.post(f"/v1/subscriptions/{subscription['id']}/{verb}", body, role="back_office")
    return answer.status_code, answer.json()


async def test_the_service_stays_off_until_the_last_reason_is_gone(world: World) -> None:
    subscription = await opened(world, begins_on="2026-03-20")
    for reason in ("fault", "moving"):
        assert (await say(world, subscription, "suspend", reason))[0] == 201
    assert await standing(world, subscription) == ("suspended", ["fault", "moving"], "2026-03-19")
    assert (await say(world, subscription, "lift", "fault"))[1]["state"] == "suspended"
    assert (await say(world, subscription, "lift", "moving"))[1]["state"] == "active"


async def test_what_already_is_so_is_answered_as_it_is(world: World) -> None:
    subscription = await opened(world, begins_on="2026-03-20")
    assert [(await say(world, subscription, "suspend", "fault"))[0] for _ in range(2)] == [201, 200]
    assert [(await say(world, subscription, "end"))[0] for _ in range(2)] == [201, 200]


async def test_a_reason_that_is_not_there_is_not_lifted(world: World) -> None:
    subscription = await opened(world, begins_on="2026-03-20")
    status, problem = await say(world, subscription, "lift", "fault")
    assert (status, problem["code"]) == (409, "REASON_NOT_THERE")


@pytest.mark.parametrize("verb, reason", [("suspend", "unpaid"), ("lift", "unpaid"), ("suspend", "whim")])
async def test_nobody_says_by_hand_who_has_paid(world: World, verb: str, reason: str) -> None:
    subscription = await opened(world, begins_on="2026-03-20")
    status, problem = await say(world, subscription, verb, reason)
    assert (status, problem["code"]) == (422, "INVALID_DOCUMENT")


async def test_what_ended_stays_ended(world: World) -> None:
    subscription = await opened(world, begins_on="2026-03-20")
    await say(world, subscription, "end")
    for verb, reason in (("suspend", "fault"), ("lift", "fault"), ("lapse", None)):
        status, problem = await say(world, subscription, verb, reason)
        assert (status, problem["code"]) == (409, "SUBSCRIPTION_ENDED")


async def test_paying_what_was_owed_does_not_bring_back_what_ended(world: World) -> None:
    subscription = await subscribed(world, begins_on="2026-03-20")
    invoice = await renew(world, subscription)
    await say(world, subscription, "end")
    await pay(world, invoice)
    assert await standing(world, subscription) == ("ended", [], "2026-04-19")


async def test_the_history_says_what_happened_when_and_by_whom(world: World) -> None:
    subscription = await subscribed(world, begins_on="2026-03-20")
    await say(world, subscription, "suspend", "moving")
    await pay(world, await renew(world, subscription))
    await say(world, subscription, "lift", "moving")
    history = await leaves_whole(world, f"/v1/subscriptions/{subscription['id']}/history")
    assert [(one["happening"], one["reason"], one["state"]) for one in history] == [
        ("begin", None, "active"),
        ("suspend", "moving", "suspended"),
        ("pay", None, "suspended"),
        ("lift", "moving", "active"),
    ]
    assert all(one["by"].startswith("staff:") for one in history)


async def test_what_was_true_at_a_moment_is_answered_for_that_moment(world: World) -> None:
    subscription = await opened(world, begins_on="2026-03-20")
    path = f"/v1/subscriptions/{subscription['id']}/state"
    world.clock.forward(hours=1)
    await say(world, subscription, "suspend", "fault")
    world.clock.forward(hours=1)
    assert (await world.get(path)).json()["state"] == "suspended"
    assert (await world.get(f"{path}?at=2026-03-04T12:30:00Z")).json()["state"] == "active"
    assert (await world.get(f"{path}?at=2026-03-04T11:59:59Z")).status_code == 404
    assert (await world.get(f"{path}?at=2026-03-04T12:30:00")).status_code == 422


async def test_a_subscription_opened_twice_is_one_with_one_offer(world: World) -> None:
    first = await opened(world, id=str(world.id()), begins_on="2026-03-20")
    sent = {name: first[name] for name in ("id", "customer_id", "site_id", "plan_item_id", "begins_on", "grace_days")}
    again = await world.post("/v1/subscriptions", sent, role="back_office")
    assert (again.status_code, again.json()["offer_id"]) == (200, first["offer_id"])
    refused = await world.post("/v1/subscriptions", {**sent, "grace_days": 9}, role="back_office")
    assert (refused.status_code, refused.json()["code"]) == (409, "ID_TAKEN")
    (count,) = await world.sql("select count(*)::int as n from authorisations.offer")
    assert count["n"] == 1


async def test_the_same_request_under_the_same_key_is_answered_the_same(world: World) -> None:
    first = await opened(world, begins_on="2026-03-20")
    sent = {name: first[name] for name in ("customer_id", "site_id", "plan_item_id", "begins_on")}
    key = str(world.id())
    answers = [await world.post("/v1/subscriptions", sent, key=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].content == answers[1].content


async def test_only_a_plan_in_force_is_subscribed_to(world: World) -> None:
    first = await opened(world, begins_on="2026-03-20")
    await world.done("POST", f"/v1/catalogue/items/{first['plan_item_id']}/withdraw", {"effective_on": "2026-03-04"})
    sent = {name: first[name] for name in ("customer_id", "site_id", "plan_item_id", "begins_on")}
    refused = await world.post("/v1/subscriptions", sent)
    assert (refused.status_code, refused.json()["code"]) == (409, "PLAN_NOT_IN_FORCE")
    nowhere = await world.post("/v1/subscriptions", {**sent, "site_id": str(world.id())})
    assert nowhere.status_code == 404


async def test_another_organisation_sees_and_does_nothing(world: World, other_world: World) -> None:
    subscription = await opened(world, begins_on="2026-03-20")
    for path in ("", "/history", "/periods", "/state"):
        assert (await other_world.get(f"/v1/subscriptions/{subscription['id']}{path}")).status_code == 404
    for verb in ("end", "lapse"):
        assert (await say(other_world, subscription, verb))[0] == 404
    assert (await other_world.post(f"/v1/subscriptions/{subscription['id']}/renew", key=str(world.id()))).status_code == 404


async def test_subscriptions_are_listed_by_customer_state_and_reference(world: World) -> None:
    active = await opened(world, begins_on="2026-03-20", reference="S-1")
    suspended = await opened(world)

    async def listed(query: str) -> list[str]:
        return [one["id"] for one in await leaves_whole(world, f"/v1/subscriptions?{query}")]

    assert await listed("state=active") == [active["id"]]
    assert await listed("state=suspended") == [suspended["id"]]
    assert await listed(f"customer_id={suspended['customer_id']}") == [suspended["id"]]
    assert await listed("reference=S-1") == [active["id"]]
    assert (await world.get("/v1/subscriptions?state=tired")).status_code == 422
