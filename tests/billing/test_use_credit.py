import asyncio

from service.billing.background import run_use_credit
from service.kit.tasks.registry import KINDS
from service.kit.tasks.runner import Runner
from tests.billing.builders import Books, pay
from tests.subscriptions.builders import renew, standing, subscribed
from tests.world import World


def worker_of(world: World, kind: str) -> Runner:
    """A worker for one kind, which has seen this organisation do something."""
    worker = Runner(world.database, kinds={kind: KINDS[kind]}, clock=world.clock, jitter=lambda: 0.0)
    worker._committed(world.organisation_id)
    return worker


async def test_credit_pays_the_next_invoice_by_itself(world: World, books: Books) -> None:
    worker, customer_id = worker_of(world, "use_credit"), await books.customer()
    await pay(world, 1_500, customer_id=customer_id)
    first, second = (
        await books.invoice(customer_id, 1_000, due_on="2026-01-10"),
        await books.invoice(customer_id, 1_000, due_on="2026-01-11"),
    )
    assert KINDS["use_credit"].handler is run_use_credit
    await worker.drain()
    account = await world.done("GET", f"/v1/customers/{customer_id}/account")
    assert account["balances"] == [{"currency": "EUR", "owed_minor": 500, "credit_minor": 0}]
    assert [(one["invoice_id"], one["open_minor"]) for one in account["open_invoices"]] == [(str(second), 500)]
    paid = await world.sql("select kind from kit.fact where subject_id = $1 order by kind", first)
    assert [row["kind"] for row in paid] == ["credit_used", "invoice_paid"]


async def test_credit_renews_a_service_as_money_does(world: World) -> None:
    subscription = await subscribed(world, begins_on="2026-03-05")
    await pay(world, 2_990, customer_id=subscription["customer_id"])
    await renew(world, subscription)
    used = await world.done("POST", f"/v1/customers/{subscription['customer_id']}/use-credit", {"currency": "EUR"}, key="key-of-credit")
    assert (used["paid"][0]["open_minor"], used["credit_minor"]) == (0, 0)
    assert await standing(world, subscription) == ("active", [], "2026-04-04")


async def test_credit_used_by_many_at_once_is_used_once(world: World, books: Books) -> None:
    customer_id = await books.customer()
    await pay(world, 1_000, customer_id=customer_id)
    await books.invoice(customer_id, 1_500)
    path = f"/v1/customers/{customer_id}/use-credit"
    answers = await asyncio.gather(*(world.post(path, {"currency": "EUR"}, key=str(world.id())) for _ in range(10)))
    assert {answer.status_code for answer in answers} == {200}
    account = await world.done("GET", f"/v1/customers/{customer_id}/account")
    assert account["balances"] == [{"currency": "EUR", "owed_minor": 500, "credit_minor": 0}]
