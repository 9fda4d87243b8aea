import pytest

from service.identity.scopes import Role
from tests.billing.builders import Books, pay
from tests.world import World


async def test_a_customers_timeline_begins_with_being_added(world: World) -> None:
    customer = await world.customer()
    entries = (await world.get(f"/v1/customers/{customer['id']}/timeline")).json()["items"]
    assert [entry["kind"] for entry in entries] == ["customer_added"]
    assert entries[0]["actor_name"] == "Robin Field"


async def test_a_timeline_holds_nothing_of_another_customer(world: World) -> None:
    await world.customer(name="Somebody Else")
    customer = await world.customer()
    entries = (await world.get(f"/v1/customers/{customer['id']}/timeline")).json()["items"]
    assert {entry["subject_id"] for entry in entries} == {customer["id"]}


@pytest.mark.parametrize(
    "role, told", [("technician", False), ("agent", False), ("dispatcher", True), ("back_office", True), ("manager", True)]
)
async def test_that_money_came_is_for_all_and_how_much_for_who_may_read_payments(world: World, role: Role, told: bool) -> None:
    customer_id = await Books(world).customer()
    await pay(world, 700, customer_id=customer_id)
    entries = (await world.get(f"/v1/customers/{customer_id}/timeline", role=role)).json()["items"]
    [paid] = [entry for entry in entries if entry["kind"] == "payment_recorded"]
    assert paid["body"].get("amount") == ({"amount": 700, "currency": "EUR"} if told else None)
    assert (paid["body"] == {}) != told


async def test_whoever_bills_reads_why_an_invoice_was_refused(world: World) -> None:
    customer_id = await Books(world).customer()
    lines = [{"quantity": "1", "unit_price": "461", "description": "Shop supplies 3 %"}]
    document = {"customer_id": str(customer_id), "currency": "EUR", "lines": lines}
    assert (await world.post("/v1/invoices", document, role="back_office", key="supplies")).status_code == 422
    entries = (await world.get(f"/v1/customers/{customer_id}/timeline", role="back_office")).json()["items"]
    [refused] = [entry for entry in entries if entry["kind"] == "invoice_refused"]
    assert [line["code"] for line in refused["body"]["lines"]] == ["UNAUTHORISED_LINE"]


async def test_the_timeline_of_nobody_is_not_found(world: World) -> None:
    assert (await world.get(f"/v1/customers/{world.id()}/timeline")).status_code == 404
