"""kill -9 in the middle of payments: what was acknowledged is there, nothing is half there, and everything goes on."""

import asyncio
import os
import signal
from collections.abc import Callable
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pytest

from tests.billing.builders import Books, cash
from tests.faults.served import SECONDS, Served

CLIENTS = 8
AMOUNT = 1_000
SIZES = [pytest.param(40), pytest.param(500, marks=pytest.mark.soak)]


class Till:
    """Payments to be taken, each with its key, and what became of them."""

    def __init__(self, served: Served, invoices: list[UUID]) -> None:
        self.served = served
        self.waiting = [(str(served.world.id()), cash(AMOUNT, invoice_id=invoice_id)) for invoice_id in invoices]
        self.acknowledged: dict[str, Any] = {}
        self.unanswered = 0
        self.busy = 0

    async def take_all(self, *, then: Callable[[int], None] = lambda _: None, until_killed: bool = False) -> None:
        """Takes what waits with several clients at once; who gets no answer tries again with the same key, unless it ends with the service."""
        queue = [one for one in self.waiting if one[0] not in self.acknowledged]
        token = await self.served.world.token("agent")

        async def client() -> None:
            while queue:
                key, body = queue.pop()
                headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
                try:
                    answer = await self.served.world.http.post("/v1/payments/cash", json=body, headers=headers)
                except httpx.HTTPError:
                    self.unanswered += 1
                    if until_killed:
                        return
                    queue.append((key, body))
                    continue
                if answer.status_code == 503:
                    assert answer.headers["retry-after"] == "1"
                    self.busy += 1
                    queue.append((key, body))
                    while (await self.served.world.http.get("/health/ready")).status_code != 200:
                        pass
                    continue
                assert answer.is_success, answer.text
                self.acknowledged[key] = answer.json()
                then(len(self.acknowledged))

        async with asyncio.timeout(SECONDS * 3):
            await asyncio.gather(*(client() for _ in range(CLIENTS)))

    async def check(self) -> None:
        """Each acknowledged payment is there, each once, each invoice paid by exactly one; doctor finds nothing."""
        rows = await self.served.world.sql("select payment_id, amount_minor from billing.payment")
        assert sorted(str(row["payment_id"]) for row in rows) == sorted(one["payment_id"] for one in self.acknowledged.values())
        assert sum(row["amount_minor"] for row in rows) == AMOUNT * len(self.waiting)
        facts = await self.served.world.sql(
            "select kind, count(*) as n from kit.fact where kind in ('payment_recorded', 'invoice_paid') group by 1"
        )
        assert {row["kind"]: row["n"] for row in facts} == {"payment_recorded": len(self.waiting), "invoice_paid": len(self.waiting)}
        examined = await self.served.run("doctor", "--json")
        assert examined.returncode == 0, examined.stdout + examined.stderr
        assert msgspec.json.decode(examined.stdout)["ok"]


async def till_of(served: Served, number: int) -> Till:
    books = Books(served.world)
    customers = [await books.customer() for _ in range(max(1, number // 4))]
    return Till(served, [await books.invoice(customers[n % len(customers)], AMOUNT) for n in range(number)])


async def sealed_up_to_date(served: Served) -> None:
    """Background work goes on: sooner or later the sealer has sealed the last payment."""
    async with asyncio.timeout(SECONDS * 2):
        while not await served.world.sql(
            "select from kit.checkpoint where until_transaction > (select max(transaction_id)::text::bigint from kit.fact where kind = 'payment_recorded')"
        ):
            await served.world.get("/v1/checkpoints")


@pytest.mark.parametrize("number", SIZES)
async def test_after_kill_9_of_the_service_every_acknowledged_payment_is_there_and_the_rest_is_taken_once(
    served: Served, number: int
) -> None:
    till = await till_of(served, number)

    def kill_half_way(acknowledged: int) -> None:
        if acknowledged == number // 2:
            served.kill()

    await till.take_all(then=kill_half_way, until_killed=True)
    assert number // 2 <= len(till.acknowledged) < number
    assert till.unanswered
    await served.start()
    await served.reconnect()
    before = dict(till.acknowledged)
    for key, answer in before.items():  # told again, they answer the same
        body = next(body for known, body in till.waiting if known == key)
        again = await served.world.post("/v1/payments/cash", body, role="agent", key=key)
        assert again.headers["idempotency-replayed"] == "true"
        assert again.json() == answer
    await till.take_all()
    await till.check()
    await sealed_up_to_date(served)


@pytest.mark.parametrize("number", SIZES)
async def test_after_kill_9_of_postgresql_the_service_says_busy_and_goes_on_by_itself(served: Served, number: int) -> None:
    till = await till_of(served, number)

    def kill_half_way(acknowledged: int) -> None:
        if acknowledged == number // 2:
            os.kill(served.postmaster, signal.SIGKILL)

    await till.take_all(then=kill_half_way)
    assert till.busy
    assert not till.unanswered
    assert served.process is not None
    assert served.process.poll() is None
    await till.check()
    await sealed_up_to_date(served)


async def test_told_to_stop_it_answers_what_it_has_begun_and_tells_readers_where_to_go_on(served: Served) -> None:
    till = await till_of(served, 40)
    token = await served.world.token("manager")
    heard: list[str] = []

    async def follow() -> None:
        async with served.world.http.stream("GET", "/v1/facts/stream", headers={"Authorization": f"Bearer {token}"}) as stream:
            heard.extend([line async for line in stream.aiter_lines()])

    following = asyncio.create_task(follow())
    stopping: list[asyncio.Task[int]] = []

    def stop_half_way(acknowledged: int) -> None:
        if acknowledged == 20:
            stopping.append(asyncio.create_task(served.terminate()))

    await till.take_all(then=stop_half_way, until_killed=True)
    assert await stopping[0] == 0
    await following
    assert "event: end" in heard
    await served.start()
    await served.reconnect()
    acknowledged = {one["payment_id"] for one in till.acknowledged.values()}
    kept = {str(row["payment_id"]) for row in await served.world.sql("select payment_id from billing.payment")}
    assert kept == acknowledged  # nothing was done without being answered
