import os
import time

from service.billing.queries.payments import APPLY
from service.kit.ids import uuid7
from tests.billing.builders import Books, pay
from tests.world import World


async def test_bench(world: World, books: Books) -> None:
    cs = []
    for i in range(60):
        c = await books.customer()
        cs.append((c, await books.invoice(c, 5000)))
    staff = (await world.staff("agent"))["id"]
    base = dict.fromkeys(APPLY.parameters)

    def values(c, inv, amt):
        pid = uuid7(at=world.clock.now, randomness=os.urandom)
        return {
            **base,
            "organisation": world.organisation_id,
            "actor": f"staff:{staff}",
            "at": world.clock.now,
            "request_id": pid,
            "route": "x",
            "payment_id": pid,
            "key_kind": "client",
            "key": str(pid),
            "method": "cash",
            "amount_minor": amt,
            "currency": "EUR",
            "invoice_id": inv,
            "captured_at": world.clock.now,
            "taken_by": staff,
            "source_kind": "cash_on_agent",
            "source_holder": str(staff),
            "receipt_number": "R-" + pid.hex.upper(),
        }

    async with world.database.pool.acquire() as c:
        for mode in ("auto", "force_generic_plan"):
            await c.execute(f"set plan_cache_mode={mode}")
            await c.reload_schema_state() if hasattr(c, "reload_schema_state") else None
            ts = []
            for k, (cust, inv) in enumerate(cs[:30] if mode == "auto" else cs[30:]):
                await c.execute(f"begin; set local sayso.organisation='{world.organisation_id}'")
                v = values(cust, inv, 5000)
                t = time.perf_counter()
                await c.fetchrow(APPLY.text, *[v[n] for n in APPLY.parameters])
                ts.append((time.perf_counter() - t) * 1000)
                await c.execute("commit")
            print(
                mode,
                "first",
                round(ts[0], 1),
                "median",
                round(sorted(ts)[len(ts) // 2], 2),
                "min",
                round(min(ts), 2),
                [round(x, 1) for x in ts[:8]],
            )
        await c.execute("reset plan_cache_mode")
    tok = await world.token("agent")
    t = time.perf_counter()
    n = 100
    for i in range(n):
        await pay(world, 10, customer_id=cs[i % 60][0])
    print("http", (time.perf_counter() - t) / n * 1000)
