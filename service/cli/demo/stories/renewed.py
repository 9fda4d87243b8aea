"""Story 1. A subscription lapses; the agent takes the money at the door, and at that moment everything knows."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from service.cli.demo.stories.cast import ZONE, Booked, Cast, Met, book, mailed_link, meet, money
from service.cli.demo.teller import Follower, Teller, Voice, following


async def renewed_at_the_door(story: Teller, cast: Cast) -> None:
    """From the lapse to the call that isn't made."""
    met = await meet(story, cast, name="Jale Aydın", reference="STORY-1", address="Oranienstraße 25, 10999 Berlin")
    subscription_id = await lapsed(story, cast, met)
    async with following(cast.office, met.customer_id) as follower:
        invoice = await bill_renewal(story, cast, subscription_id)
        booked = await book(
            story,
            cast,
            who="agent",
            job={
                "customer_id": met.customer_id,
                "site_id": met.site_id,
                "kind": "collection",
                "duration_minutes": 15,
                "collects_invoice_ids": [invoice["id"]],
            },
        )
        payment = await _pays_at_the_door(story, cast, subscription_id, invoice, booked)
        await _everything_knows(story, cast, met, invoice, booked, payment, follower)
    await _nobody_calls(story, cast, subscription_id, payment)


async def lapsed(story: Teller, cast: Cast, met: Met) -> str:
    """Taken over from elsewhere with ten days unpaid, a week of grace: cut off. The plan is authorised by the customer's own link."""
    office = cast.office
    for state in ("active", "suspended"):  # of a story told before
        earlier = await office.send("GET", f"/v1/subscriptions?customer_id={met.customer_id}&state={state}")
        for subscription in earlier.json()["items"]:
            await story.ask("what they had before is ended", office, "POST", f"/v1/subscriptions/{subscription['id']}/end")
    today = datetime.now(ZoneInfo(ZONE)).date()
    opened = await story.ask(
        "their subscription, last paid ten days ago, has lapsed",
        office,
        "POST",
        "/v1/subscriptions",
        {
            "customer_id": met.customer_id,
            "site_id": met.site_id,
            "plan_item_id": cast.items["PLAN-250"],
            "begins_on": str(today - timedelta(days=10)),
            "grace_days": 7,
        },
        says=lambda answer: f"{answer['state']}: {', '.join(answer['reasons'])}",
        claims=lambda answer: {
            "the subscription is suspended as unpaid": (answer["state"], answer["reasons"]) == ("suspended", ["unpaid"])
        },
    )
    await _approve_all(story, cast, met, opened["offer_id"])
    await story.ask(
        "so they stand on the list of renewal calls",
        office,
        "GET",
        "/v1/renewal-calls?limit=200",
        says=lambda answer: f"{len(answer['items'])} to call",
        claims=lambda answer: {"the lapsed customer is on the call list": _listed(answer, opened["id"])},
    )
    return str(opened["id"])


async def _approve_all(story: Teller, cast: Cast, met: Met, offer_id: str) -> None:
    """The customer sees the plan on their link, and agrees to it for each period until cancelled."""
    shown = await story.ask(
        "the plan is mailed to them, by a link that the office never sees",
        cast.office,
        "POST",
        f"/v1/offers/{offer_id}/present",
        {"contact_id": met.contact_id},
        claims=lambda answer: {"whoever shows an offer is not given its link": answer["token"] is None},
    )
    offer = await story.ask("what it says", cast.office, "GET", f"/v1/offers/{offer_id}")
    customer = Voice(cast.http, name="customer", credential=await mailed_link(cast, offer_id=offer_id))
    await story.ask(
        "they approve it, to be billed each month",
        customer,
        "POST",
        f"/v1/presentations/{shown['presentation_id']}/answer",
        {"offer_hash": shown["offer_hash"], "approved": [item["item_id"] for item in offer["items"]]},
        claims=lambda answer: {"the plan is authorised before it is billed": answer["active"]},
    )


async def bill_renewal(story: Teller, cast: Cast, subscription_id: str) -> Any:
    return await story.ask(
        "the customer asks for renewal: the next month is billed",
        cast.office,
        "POST",
        f"/v1/subscriptions/{subscription_id}/renew",
        None,
        says=lambda answer: f"invoice {answer['number']}, {money(answer['total_minor'])}",
        claims=lambda answer: {"the renewal is billed under the authorisation": answer["total_minor"] > 0},
    )


async def _pays_at_the_door(story: Teller, cast: Cast, subscription_id: str, invoice: Any, booked: Booked) -> Any:
    del cast
    path = f"/v1/visits/{booked.visit_id}"
    await story.ask("the agent begins", booked.visitor, "POST", f"{path}/start", {})
    payment = await story.ask(
        f"takes {money(invoice['total_minor'])} in cash",
        booked.visitor,
        "POST",
        "/v1/payments/cash",
        {
            "amount": {"amount": invoice["total_minor"], "currency": "EUR"},
            "invoice_id": invoice["id"],
            "visit_id": booked.visit_id,
            "captured_at": datetime.now(UTC).isoformat(),
        },
        says=lambda answer: f"receipt {answer['receipt_number']}, service {answer['services'][0]['to_state']}",
        claims=lambda answer: {
            "one answer holds the receipt": bool(answer["receipt_number"]),
            "the invoice is paid": [one["open_minor"] for one in answer["paid"]] == [0],
            "the service is active again": [one["to_state"] for one in answer["services"]] == ["active"],
            "the renewal call is withdrawn": answer["renewal_calls_withdrawn"] == [subscription_id],
            "the visit that took the cash stays": "visits_withdrawn" not in answer,
        },
    )
    await story.ask(
        "and completes the visit",
        booked.visitor,
        "POST",
        f"{path}/complete",
        {},
        claims=lambda answer: {"the visit is completed": answer["state"] == "completed"},
    )
    return payment


async def _everything_knows(story: Teller, cast: Cast, met: Met, invoice: Any, booked: Booked, payment: Any, follower: Follower) -> None:
    """What one transaction wrote, read from each place where somebody would look."""
    office, customer = cast.office, f"/v1/customers/{met.customer_id}"
    await story.ask(
        "the receipt says the same",
        office,
        "GET",
        f"/v1/payments/{payment['payment_id']}/receipt",
        claims=lambda answer: {"the receipt is kept as told": answer["receipt_number"] == payment["receipt_number"]},
    )
    await story.ask(
        "the account owes nothing of it",
        office,
        "GET",
        f"{customer}/account",
        claims=lambda answer: {"nothing of the invoice is open": not _open(answer, invoice["id"])},
    )
    await story.ask(
        "the cash is in the agent's custody",
        office,
        "GET",
        "/v1/cash/agents",
        says=lambda answer: next((money(one["held_minor"]) for one in answer["agents"] if one["staff_id"] == booked.visitor_id), "nothing"),
        claims=lambda answer: {
            "the agent holds the cash": any(
                one["staff_id"] == booked.visitor_id and one["held_minor"] >= invoice["total_minor"] for one in answer["agents"]
            )
        },
    )
    await story.ask(
        "the ledger is in balance",
        office,
        "GET",
        "/v1/ledger/trial-balance",
        claims=lambda answer: {"every currency sums to zero": set(answer["sums"].values()) <= {0}},
    )
    await story.hear(
        "the network carries out the order, and whoever follows hears all of it",
        follower,
        {"payment_recorded", "subscription_paid_through", "visit_completed", "provisioning_confirmed"},
        claims=lambda seen: {
            "payment and service changed in one transaction": _together(seen, "payment_recorded", "subscription_paid_through")
        },
    )
    await story.ask(
        "the timeline tells it",
        office,
        "GET",
        f"{customer}/timeline?limit=200",
        says=lambda answer: f"{len(answer['items'])} entries",
        claims=lambda answer: {
            "payment and renewal are on the timeline": _kinds(answer) >= {"payment_recorded", "subscription_paid_through"}
        },
    )


async def _nobody_calls(story: Teller, cast: Cast, subscription_id: str, payment: Any) -> None:
    await story.ask(
        "nobody has to call about renewal any more",
        cast.office,
        "GET",
        "/v1/renewal-calls?limit=200",
        claims=lambda answer: {"the call list doesn't show them": not _listed(answer, subscription_id)},
    )
    await story.ask(
        "who works from yesterday's list is told",
        cast.office,
        "POST",
        "/v1/renewal-calls",
        {"subscription_id": subscription_id, "outcome": "reached"},
        expects=409,
        says=lambda answer: f"{answer['code']}: {answer['detail']}",
        claims=lambda answer: {
            "logging a call is refused with what happened": answer["code"] == "ALREADY_RENEWED"
            and answer["renewed"]["receipt_number"] == payment["receipt_number"]
        },
    )


def _open(account: Any, invoice_id: str) -> bool:
    return any(one["invoice_id"] == invoice_id for one in account["open_invoices"])


def _listed(answer: Any, subscription_id: str) -> bool:
    return any(one["subscription_id"] == subscription_id for one in answer["items"])


def _kinds(answer: Any) -> set[str]:
    return {one["kind"] for one in answer["items"]}


def _together(seen: Any, *kinds: str) -> bool:
    return len({seen[kind]["request_id"] for kind in kinds if kind in seen}) == 1
