"""The same id with the same content again answers the same; with other content it is taken, whichever field differs."""

from typing import Any

from tests.authorisations.matters import Matter
from tests.billing.builders import Books, pay
from tests.dispatch.builders import technician, visit
from tests.subscriptions.builders import opened
from tests.world import World


async def assert_told_apart(
    world: World, path: str, document: dict[str, Any], *others: dict[str, Any], code: str = "ID_TAKEN", role: Any = "manager"
) -> None:
    """The document under an id of its own, again, and with each of the differences."""
    sent = document | ({"id": str(world.id())} if "id" not in document else {})
    first, again = [await world.post(path, sent, key=str(world.id()), role=role) for _ in "12"]
    assert (first.status_code, again.status_code) == (201, 200), (first.text, again.text)
    assert again.json() == first.json()
    for other in others:
        taken = await world.post(path, sent | other, key=str(world.id()), role=role)
        assert (taken.status_code, taken.json()["code"]) == (409, code), (other, taken.text)


async def test_what_was_said_by_word_of_mouth(world: World) -> None:
    matter = await Matter(world).of_job()
    offer = await matter.offer()
    document = {
        "offer_hash": offer.offer_hash, "channel": "oral_phone", "consented_at": world.clock.now.isoformat(), "approved": [str(offer.item_ids[0])],
        "authoriser": {"contact_id": matter.contact_id, "name": "Ada"}, "received_by": "TT", "number_called": "+49 30 555", "conditions": "",
        "added_minor": 10_000, "total_minor": 10_000,
    }  # fmt: skip
    path = f"/v1/offers/{offer.id}/oral-consents"
    someone_else = {"authoriser": {"contact_id": matter.contact_id, "name": "Eve"}}
    await assert_told_apart(
        world, path, document, {"number_called": "+49 30 556"}, someone_else, {"received_by": "MM"}, {"conditions": "none"}
    )
    [act] = await world.sql("select authorisation_id from authorisations.authorisation where organisation_id = $1", world.organisation_id)
    revoke = {"channel": "oral_phone", "reason": "Too dear", "received_by": "TT"}
    path = f"/v1/authorisations/{act['authorisation_id']}/revoke"
    await assert_told_apart(world, path, revoke, {"channel": "paper"}, {"reason": "Changed their mind"}, {"received_by": "MM"})


async def test_what_was_done_and_what_was_really_done(world: World) -> None:
    matter = await Matter(world).of_job()
    [item] = await matter.authorised()
    now = world.clock.now.isoformat()
    document = {"item_id": item, "quantity": "1", "started_at": now, "ended_at": now, "staff_id": matter.staff_id, "note": "Drained"}
    visited = await visit(world, by=await technician(world), of={"id": matter.job_id})
    await assert_told_apart(world, "/v1/work-records", document, {"note": "Filled"}, {"note": None}, {"visit_id": visited["id"]})
    [record] = await world.sql("select work_record_id from authorisations.work_record where organisation_id = $1", world.organisation_id)
    correction = {"quantity": "0.5", "started_at": now, "ended_at": now, "note": "Half of it"}
    await assert_told_apart(world, f"/v1/work-records/{record['work_record_id']}/corrections", correction, {"note": "A half"})


async def test_money_that_goes_back_and_cash_that_comes_in(world: World) -> None:
    customer_id = await Books(world).customer()
    await pay(world, 2_000, customer_id=customer_id)
    refund = {"amount": {"amount": 500, "currency": "EUR"}, "via": "cash", "reason": "Paid twice"}
    await assert_told_apart(world, f"/v1/customers/{customer_id}/refunds", refund, {"reason": "A gift"}, code="REFUND_DIFFERS")
    handed = await world.done(
        "POST", "/v1/cash/hand-ins", {"counted": {"amount": 2_000, "currency": "EUR"}}, role="agent", key=str(world.id())
    )
    path = f"/v1/cash/hand-ins/{handed['hand_in_id']}/accept"
    short = {"counted": {"amount": 1_900, "currency": "EUR"}, "reason": "short"}
    answers = [await world.post(path, short | other, key=str(world.id()), role="back_office") for other in ({}, {}, {"reason": "stolen"})]
    assert [answer.status_code for answer in answers] == [201, 200, 409]


async def test_why_a_subscription_begins_suspended(world: World) -> None:
    subscription = await opened(world, suspended_for=["customer_request"])
    names = ("customer_id", "site_id", "plan_item_id", "begins_on", "grace_days", "suspended_for")
    sent = {name: subscription[name] for name in names} | {"id": subscription["id"]}
    assert (await world.post("/v1/subscriptions", sent)).status_code == 200
    taken = await world.post("/v1/subscriptions", sent | {"suspended_for": []})
    assert (taken.status_code, taken.json()["code"]) == (409, "ID_TAKEN")
