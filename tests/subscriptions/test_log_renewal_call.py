import asyncio
from typing import Any

from tests.files import leaves_whole
from tests.subscriptions.builders import opened, pay, renew, subscribed
from tests.world import World


async def called_about(world: World) -> list[str]:
    """Whom the list names now."""
    items = (await world.get("/v1/renewal-calls", role="back_office")).json()["items"]
    return [one["subscription_id"] for one in items]


async def log(world: World, subscription: dict[str, Any], **more: Any) -> Any:
    document = {"subscription_id": subscription["id"], "outcome": "reached", **more}
    return await world.post("/v1/renewal-calls", document, role="back_office")


async def test_the_list_is_asked_not_copied(world: World) -> None:
    due = await subscribed(world, begins_on="2026-03-10")
    await opened(world, begins_on="2026-03-20")
    assert await called_about(world) == [due["id"]]
    await pay(world, await renew(world, due))
    assert await called_about(world) == []
    world.clock.forward(days=9)
    assert len(await called_about(world)) == 1


async def test_the_longest_unpaid_come_first_in_pages_without_gaps(world: World) -> None:
    begun = ["2026-03-06", "2026-03-04", "2026-03-05", "2026-03-04"]
    by_id = {(await opened(world, begins_on=day))["id"]: day for day in begun}
    seen, path = [], "/v1/renewal-calls?limit=1"
    while path:
        page = await world.get(path)
        seen += [one["subscription_id"] for one in page.json()["items"]]
        path = page.links["next"]["url"] if "next" in page.links else ""
    assert len(set(seen)) == 4
    assert [by_id[one] for one in seen] == sorted(begun)


async def test_a_call_is_logged_and_shown_with_the_next_look_at_the_list(world: World) -> None:
    subscription = await opened(world)
    assert (await log(world, subscription, outcome="will_pay")).status_code == 201
    (row,) = await leaves_whole(world, "/v1/renewal-calls")
    assert (row["last_outcome"], row["customer_name"], row["open_invoice_id"]) == ("will_pay", "Ada Owner", None)


async def test_a_call_about_somebody_who_has_renewed_is_refused_with_what_happened(world: World) -> None:
    subscription = await subscribed(world)
    invoice = await renew(world, subscription)
    exported = await called_about(world)
    world.clock.forward(minutes=30)  # 13:30 in Berlin
    agent = await world.staff("agent")
    document = {"amount": {"amount": 2990, "currency": "EUR"}, "invoice_id": invoice["id"]}
    taken = await world.http.post(
        "/v1/payments/cash", json=document, headers={"Authorization": f"Bearer {agent['token']}", "Idempotency-Key": str(world.id())}
    )
    assert taken.status_code == 201, taken.text
    world.clock.forward(hours=4)
    refused = await log(world, {"id": exported[0]})
    problem = refused.json()
    assert (refused.status_code, problem["code"], problem["detail"]) == (409, "ALREADY_RENEWED", "Renewed at 13:30, at the door.")
    renewed = problem["renewed"]
    assert (renewed["by"], renewed["method"], renewed["local_time"]) == (f"staff:{agent['id']}", "cash", "13:30")
    assert (renewed["payment_id"], renewed["receipt_number"]) == (taken.json()["payment_id"], taken.json()["receipt_number"])
    facts = await world.sql("select kind from kit.fact where kind like 'renewal_call%' order by sequence")
    assert [fact["kind"] for fact in facts] == ["renewal_call_withdrawn", "renewal_call_refused"]


async def test_the_refusal_is_the_same_under_the_same_key(world: World) -> None:
    subscription = await subscribed(world)
    await pay(world, await renew(world, subscription))
    document, key = {"subscription_id": subscription["id"], "outcome": "reached"}, str(world.id())
    first = await world.post("/v1/renewal-calls", document, key=key)
    again = await world.post("/v1/renewal-calls", document, key=key)
    assert again.headers["idempotency-replayed"] == "true"
    assert {**first.json(), "instance": ""} == {**again.json(), "instance": ""}


async def test_a_call_and_a_payment_at_the_same_moment_tell_one_story(world: World) -> None:
    for _ in range(10):
        subscription = await subscribed(world)
        invoice = await renew(world, subscription)
        call, _ = await asyncio.gather(log(world, subscription), pay(world, invoice))
        facts = await world.sql(
            "select kind from kit.fact where subject_id = $1 and kind in ('renewal_call_logged', 'renewal_call_refused', 'subscription_paid_through')"
            " order by epoch, transaction_id, sequence",
            subscription["id"],
        )
        kinds = [fact["kind"] for fact in facts]
        assert kinds == (
            ["renewal_call_logged", "subscription_paid_through"]
            if call.status_code == 201
            else ["subscription_paid_through", "renewal_call_refused"]
        )


async def test_nobody_is_called_long_before_it_is_due(world: World) -> None:
    subscription = await opened(world, begins_on="2026-04-30")
    refused = await log(world, subscription)
    assert (refused.status_code, refused.json()["code"], refused.json()["paid_through_on"]) == (409, "RENEWAL_NOT_DUE", "2026-04-29")


async def test_nobody_is_called_about_what_ended(world: World) -> None:
    subscription = await opened(world)
    await world.done("POST", f"/v1/subscriptions/{subscription['id']}/end", role="back_office")
    assert await called_about(world) == []
    assert (await log(world, subscription)).json()["code"] == "SUBSCRIPTION_ENDED"


async def test_the_same_call_twice_is_one(world: World) -> None:
    subscription = await opened(world)
    call_id = str(world.id())
    assert [(await log(world, subscription, id=call_id)).status_code for _ in range(2)] == [201, 200]
    assert (await log(world, subscription, id=call_id, outcome="declined")).json()["code"] == "ID_TAKEN"


async def test_another_organisation_has_its_own_list(world: World, other_world: World) -> None:
    subscription = await opened(world)
    assert await called_about(other_world) == []
    assert (await log(other_world, subscription)).status_code == 404
