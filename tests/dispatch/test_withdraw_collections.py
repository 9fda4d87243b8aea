import asyncio
from typing import Any

from tests.billing.builders import Books, pay
from tests.dispatch.builders import Field, advance, facts, job, technician, visit
from tests.world import World


async def collection(world: World, customer_id: Any, *invoices: Any) -> dict[str, Any]:
    return await job(world, customer_id=str(customer_id), kind="collection", collects_invoice_ids=[str(one) for one in invoices])


async def state(world: World, what: str, its_id: str) -> str:
    found: str = (await world.done("GET", f"/v1/{what}/{its_id}"))["state"]
    return found


async def agent(world: World) -> Field:
    return await technician(world, role="agent", may_take_cash=True)


async def test_a_payment_withdraws_the_visit_it_made_pointless(world: World) -> None:
    books, anna = Books(world), await agent(world)
    customer_id = await books.customer()
    invoice = await books.invoice(customer_id, 2500)
    of = await collection(world, customer_id, invoice)
    booked = await visit(world, by=anna, of=of)
    receipt = await pay(world, 2500, customer_id=customer_id, invoice_id=invoice)
    assert receipt["visits_withdrawn"] == [booked["id"]]
    assert (await state(world, "visits", booked["id"]), await state(world, "jobs", of["id"])) == ("cancelled", "cancelled")
    assert (await world.done("GET", f"/v1/promises?subject_id={booked['id']}"))["items"][0]["state"] == "released"
    assert await facts(world, booked["id"]) == ["visit_booked", "visit_withdrawn"]
    assert await facts(world, of["id"]) == ["job_opened", "job_cancelled"]
    await visit(world, by=anna)  # the place is free


async def test_a_visit_with_something_left_to_collect_stays(world: World) -> None:
    books, anna = Books(world), await agent(world)
    customer_id = await books.customer()
    first, second = await books.invoice(customer_id, 2500), await books.invoice(customer_id, 1000)
    booked = await visit(world, by=anna, of=await collection(world, customer_id, first, second))
    await pay(world, 2500, customer_id=customer_id, invoice_id=first)
    assert await state(world, "visits", booked["id"]) == "booked"
    await pay(world, 400, customer_id=customer_id, invoice_id=second)
    assert await state(world, "visits", booked["id"]) == "booked"
    await pay(world, 600, customer_id=customer_id, invoice_id=second)
    assert await state(world, "visits", booked["id"]) == "cancelled"


async def test_the_visit_that_takes_the_cash_is_completed_not_withdrawn(world: World) -> None:
    books, anna = Books(world), await agent(world)
    customer_id = await books.customer()
    invoice = await books.invoice(customer_id, 2500)
    of = await collection(world, customer_id, invoice)
    taking, spare = await visit(world, by=anna, of=of), await visit(world, by=anna, of=of, at="2026-03-06T09:00:00Z")
    await advance(world, taking["id"], to="start")
    receipt = await pay(world, 2500, customer_id=customer_id, invoice_id=invoice, visit_id=taking["id"])
    assert receipt["visits_withdrawn"] == [spare["id"]]
    assert await state(world, "visits", taking["id"]) == "working"
    await world.done("POST", f"/v1/visits/{taking['id']}/complete", {})
    assert await state(world, "jobs", of["id"]) == "work_done"


async def test_a_booking_and_the_payment_that_makes_it_pointless_never_pass_each_other(world: World) -> None:
    books, anna = Books(world), await agent(world)
    customer_id = await books.customer()
    for number in range(6):
        invoice = await books.invoice(customer_id, 2500)
        of = await collection(world, customer_id, invoice)
        booking = {"technician_id": anna.id, "from": f"2026-03-05T{8 + number:02}:00:00Z"}
        paid, booked = await asyncio.gather(
            pay(world, 2500, customer_id=customer_id, invoice_id=invoice), world.post(f"/v1/jobs/{of['id']}/visits", booking)
        )
        if booked.status_code == 201:
            assert paid["visits_withdrawn"] == [booked.json()["id"]]
            assert await state(world, "visits", booked.json()["id"]) == "cancelled"
        else:
            assert booked.json()["code"] == "JOB_NOT_OPEN"
