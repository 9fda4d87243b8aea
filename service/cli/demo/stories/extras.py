"""Story 3. The customer approves the oil change and declines the pads; the evening's invoice with extras is refused line by line."""

from datetime import UTC, datetime
from typing import Any

from service.cli.demo.snapshot import worn_pads
from service.cli.demo.stories.cast import Booked, Cast, Met, book, clock_at_the_site, known_or_added, meet, money
from service.cli.demo.teller import Teller, Voice, following


async def invoice_with_extras(story: Teller, cast: Cast) -> None:
    """From the inspection to the card payment of what was agreed."""
    met = await meet(story, cast, name="Marek Zielinski", reference="STORY-3", address="Bergmannstraße 61, 10961 Berlin")
    bike = {"kind": "motorbike", "name": "Honda CB 500 F", "serial": None, "site_id": met.site_id}
    asset_id = await known_or_added(story, cast.office, "who brings a motorbike", f"/v1/customers/{met.customer_id}/assets", bike)
    booked = await book(
        story,
        cast,
        who="technician",
        job={
            "customer_id": met.customer_id,
            "site_id": met.site_id,
            "asset_id": asset_id,
            "kind": "repair",
            "skills": {"motorbike": 1},
            "duration_minutes": 60,
            "symptom": "Oil change is due. Squeaks when braking.",
        },
    )
    items = await _offers(story, cast, met, booked)
    await _works(story, booked, items)
    async with following(cast.office, met.customer_id) as follower:
        invoice = await _bills(story, cast, met, items)
        await _pays_by_card(story, cast, invoice)
        await story.hear(
            "the provider's signed webhook brings the payment",
            follower,
            {"invoice_posted", "payment_recorded"},
            says=lambda seen: seen["payment_recorded"]["body"].get("receipt_number", ""),
        )
    await story.ask(
        "the invoice is paid",
        cast.office,
        "GET",
        f"/v1/customers/{met.customer_id}/account",
        claims=lambda answer: {
            "the card payment paid the invoice": all(one["invoice_id"] != invoice["id"] for one in answer["open_invoices"])
        },
    )


async def _offers(story: Teller, cast: Cast, met: Met, booked: Booked) -> dict[str, str]:
    """Oil change, oil and pads; the customer answers each by its own yes or no."""
    technician = booked.visitor
    photo = await story.ask(
        "the technician has looked, and takes a photo of the pads",
        technician,
        "POST",
        f"/v1/scopes/{booked.scope_id}/photos?shows=found&visit_id={booked.visit_id}",
        worn_pads(),
        says=lambda answer: f"kept under its hash {answer['photo_hash'][:12]}…",
    )
    offer = await story.ask(
        "and offers oil change and brake pads, with what was found",
        technician,
        "POST",
        f"/v1/jobs/{booked.job_id}/offers",
        {
            "items": [
                {"book_item": cast.items["LAB-HOUR"], "quantity": "0.5", "description": "Oil change with filter, labour"},
                {"book_item": cast.items["OIL-10W40"], "quantity": "2"},
                {"book_item": cast.items["PADS-FRONT"], "quantity": "1"},
            ],
            "found": "One of the front pads is worn down to the metal.",
            "photos": [photo["id"]],
        },
        says=lambda answer: f"{money(answer['total_minor'])} before tax",
    )
    labour, oil, pads = offer["item_ids"]
    shown = await story.ask(
        "the offer is sealed, and the technician hands the phone over",
        technician,
        "POST",
        f"/v1/offers/{offer['id']}/present",
        {"contact_id": met.contact_id, "channel": "on_device"},
        claims=lambda answer: {"what is shown is what was offered": answer["offer_hash"] == offer["offer_hash"]},
    )
    customer = Voice(cast.http, name="customer", credential=shown["token"])
    path = f"/v1/presentations/{shown['presentation_id']}"
    await story.ask(
        "opening the link does nothing",
        customer,
        "GET",
        path,
        says=lambda answer: answer["state"],
        claims=lambda answer: {
            "opening the link never acts": answer["state"] == "open",
            "the photo is sealed with the offer": photo["photo_hash"] in answer["text"],
        },
    )
    await _asks(story, customer, technician, path)
    await story.ask(
        "the customer approves the oil change and declines the pads",
        customer,
        "POST",
        f"{path}/answer",
        {"offer_hash": shown["offer_hash"], "approved": [labour, oil], "declined": [pads]},
        says=lambda answer: f"agreed to {money(answer['revised_total_minor'])}",
        claims=lambda answer: {
            "each item was answered by itself": (sorted(answer["approved"]), answer["declined"]) == (sorted([labour, oil]), [pads])
        },
    )
    return {"labour": labour, "oil": oil, "pads": pads}


async def _asks(story: Teller, customer: Voice, technician: Voice, path: str) -> None:
    """A question before the decision, and its reply."""
    question = await story.ask(
        "the customer asks first",
        customer,
        "POST",
        f"{path}/questions",
        {"words": "How long can I ride with these pads?"},
        says=lambda answer: f"a reply is promised by {clock_at_the_site(answer['due_at'])} at the site",
        claims=lambda answer: {"asking promises a reply": answer["due_at"] is not None},
    )
    reply = {"words": "Slowly to another workshop, no further: the metal is on the disc."}
    await story.ask("the technician replies", technician, "POST", f"/v1/questions/{question['id']}/reply", reply)
    await story.ask(
        "and the customer reads it on the offer's page",
        customer,
        "GET",
        f"{path}/questions",
        claims=lambda answer: {"whoever asked reads the reply": answer[0]["reply"] == reply["words"]},
    )


async def _works(story: Teller, booked: Booked, items: dict[str, str]) -> None:
    technician, path = booked.visitor, f"/v1/visits/{booked.visit_id}"
    await story.ask(
        "work on the declined pads can't start",
        technician,
        "POST",
        f"{path}/start",
        {"item_ids": [items["labour"], items["pads"]]},
        expects=409,
        says=lambda answer: answer["code"],
        claims=lambda answer: {"the start of unauthorised work is refused": answer["code"] == "WORK_NOT_AUTHORISED"},
    )
    await story.ask(
        "on the oil change it can",
        technician,
        "POST",
        f"{path}/start",
        {"item_ids": [items["labour"], items["oil"]]},
        claims=lambda answer: {"authorised work starts": answer["state"] == "working"},
    )
    started_at = datetime.now(UTC).isoformat()
    for item, quantity, told in (("labour", "1", "an hour was worked, half an hour more than agreed"), ("oil", "2", "two litres went in")):
        record = {
            "item_id": items[item],
            "quantity": quantity,
            "started_at": started_at,
            "ended_at": datetime.now(UTC).isoformat(),
            "visit_id": booked.visit_id,
        }
        await story.ask(
            told,
            technician,
            "POST",
            "/v1/work-records",
            record,
            claims=lambda answer: {"what was done is kept as evidence": answer["finding"] is None},
        )
    await story.ask("the visit is completed", technician, "POST", f"{path}/complete", {})


async def _bills(story: Teller, cast: Cast, met: Met, items: dict[str, str]) -> Any:
    labour = {"item_id": items["labour"], "quantity": "1", "unit_price": "7200"}
    oil = {"item_id": items["oil"], "quantity": "2", "unit_price": "1290"}
    pads = {"item_id": items["pads"], "quantity": "1", "unit_price": "5890", "description": "Brake pads, front pair"}
    supplies = {"quantity": "1", "unit_price": "461", "description": "Shop supplies 3 %"}
    refused = await story.ask(
        "the evening's invoice: an hour, oil, pads, shop supplies 3 %",
        cast.office,
        "POST",
        "/v1/invoices",
        {"customer_id": met.customer_id, "currency": "EUR", "lines": [labour, oil, pads, supplies]},
        expects=422,
        says=lambda answer: f"{answer['code']}, " + ", ".join(f"line {one['index'] + 1} {one['code']}" for one in answer["lines"]),
        claims=lambda answer: {
            "half an hour more is refused": _code(answer, 0) == "QTY_OVER_AUTHORISED",
            "the declined pads are refused": _code(answer, 2) == "AUTH_DECLINED",
            "shop supplies 3 % is refused": _code(answer, 3) == "UNAUTHORISED_LINE",
            "the agreed oil isn't": _code(answer, 1) == "",
            "each refused line says why, and what would make it acceptable": all(
                one["detail"] and one["remedy"] for one in answer["lines"]
            ),
        },
    )
    await story.ask(
        "the attempt stays on record",
        cast.office,
        "GET",
        await _last_page(cast.office, f"/v1/posting-attempts?customer_id={met.customer_id}"),
        says=lambda answer: f"{answer['items'][-1]['verdict']}: {answer['items'][-1]['code']}",
        claims=lambda answer: {
            "the refused attempt stays on record": [one["verdict"] for one in answer["items"] if one["id"] == refused["attempt_id"]]
            == ["refused"]
        },
    )
    return await story.ask(
        "billed as agreed, it posts",
        cast.office,
        "POST",
        "/v1/invoices",
        {"customer_id": met.customer_id, "currency": "EUR", "lines": [labour | {"quantity": "0.5"}, oil]},
        says=lambda answer: f"invoice {answer['number']}, {money(answer['total_minor'])}",
        claims=lambda answer: {"the agreed invoice posts": answer["total_minor"] == 7354},
    )


async def _pays_by_card(story: Teller, cast: Cast, invoice: Any) -> None:
    attempt = await story.ask(
        "the customer wants to pay by card",
        cast.office,
        "POST",
        f"/v1/invoices/{invoice['id']}/card-attempts",
        {},
        says=lambda answer: f"{answer['intent_id']}, {money(answer['amount']['amount'])}",
        claims=lambda answer: {"the provider is asked for exactly what is open": answer["amount"]["amount"] == invoice["total_minor"]},
    )
    # What the customer's browser does on the provider's page; Sayso sees nothing of the card.
    await cast.stripe.pay(intent=attempt["intent_id"])


async def _last_page(voice: Voice, path: str) -> str:
    """Where a list ends: a story told often leaves a long one."""
    page = path
    while following_page := (await voice.send("GET", page)).json()["next"]:
        page = f"{path}&cursor={following_page}"
    return page


def _code(answer: Any, index: int) -> str:
    return next((str(one["code"]) for one in answer["lines"] if one["index"] == index), "")
