"""Many invoices at the same moment against what was authorised once: what was authorised posts, the rest is refused and remembered."""

import asyncio
from collections import Counter

import asyncpg
import pytest

from service.settings import Settings
from tests.authorisations.matters import Matter
from tests.proofs.soundness import offences
from tests.world import World


@pytest.mark.parametrize("matters", [pytest.param(1), pytest.param(10, marks=pytest.mark.soak)])
async def test_p15_of_fifty_invoices_of_one_against_an_authorised_ten_exactly_ten_post_and_forty_attempts_are_kept(
    world: World, owner: asyncpg.Connection, settings: Settings, matters: int
) -> None:
    every = [await Matter(world).begin() for _ in range(matters)]
    items = []
    for matter in every:
        items += await matter.authorised({"quantity": "10"})
        await matter.work(items[-1], "50")
    answers = await asyncio.gather(*(matter.post({"item_id": item}) for _ in range(50) for matter, item in zip(every, items, strict=True)))
    assert Counter(answer.status_code for answer in answers) == {201: 10 * matters, 422: 40 * matters}
    refused = {answer.json()["attempt_id"] for answer in answers if answer.status_code == 422}
    assert len(refused) == 40 * matters

    for matter in every:
        attempts = (await world.done("GET", f"/v1/posting-attempts?customer_id={matter.customer_id}&limit=100"))["items"]
        assert Counter((attempt["verdict"], attempt["code"]) for attempt in attempts) == {
            ("posted", None): 10,
            ("refused", "QTY_OVER_AUTHORISED"): 40,
        }
        refused -= {attempt["id"] for attempt in attempts if attempt["verdict"] == "refused"}
    assert not refused

    facts = await world.sql("select kind, count(*) from kit.fact where kind like 'invoice%' group by 1")
    assert dict(facts) == {"invoice_posted": 10 * matters, "invoice_refused": 40 * matters}
    numbers = [int(answer.json()["number"].rpartition("-")[2]) for answer in answers if answer.status_code == 201]
    assert sorted(numbers) == list(range(1, 10 * matters + 1))
    spent = await world.sql(
        "select granted_after - billed_after as left from authorisations.capacity c where kind = 'bill' and billed_after = granted_after"
    )
    assert [row["left"] for row in spent] == [0] * matters
    assert await offences(owner, settings, world) == {}
