"""A consumer may withdraw within the days that the law of the place gives: then nothing is due, or what was done where they had asked to begin."""

from datetime import timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from service.billing.judge import Act, Bill, Books, Item, Line, Scope, Tolerance, judge
from tests.authorisations.matters import Matter
from tests.authorisations.showings import shown
from tests.world import World

WHOLE = {"kind": "fee", "unit": "EA", "unit_price": "50000"}


@pytest.fixture
async def matter(world: World) -> Matter:
    """The matter of a job in Germany, whose law gives fourteen days."""
    return await Matter(world).in_germany()


async def agreed(matter: Matter, **answer: Any) -> tuple[str, str]:
    """One thing at 500.00, agreed to by the link: the act and the item. A minute passes."""
    showing = await shown(matter, WHOLE)
    act = (await showing.answer(*showing.items, **answer)).json()
    assert act["active"], act
    matter.world.clock.forward(minutes=1)
    return act["id"], showing.items[0]


async def withdraw(matter: Matter, act_id: str) -> httpx.Response:
    return await matter.world.post(f"/v1/authorisations/{act_id}/revoke", {"channel": "link", "withdrawal": True})


def line(item_id: str, quantity: str) -> dict[str, Any]:
    return {"item_id": item_id, "quantity": quantity, "unit_price": "50000"}


async def test_p32_who_had_asked_to_begin_pays_in_proportion_to_the_whole_price_and_no_more(matter: Matter) -> None:
    act_id, item_id = await agreed(matter, begin_at_once=True)
    await matter.work(item_id, "0.4")
    matter.world.clock.forward(days=13)
    assert (await withdraw(matter, act_id)).status_code == 201
    for quantity in ("1", "0.400001"):
        assert await matter.refused(line(item_id, quantity)) == ["OVER_AUTHORISED"]
    [invoice] = (await matter.world.done("GET", f"/v1/jobs/{matter.job_id}/invoice-draft", role="back_office"))["invoices"]
    assert invoice["total_minor"] == 20_000
    assert (await matter.posted(line(item_id, "0.4")))["total_minor"] == 20_000
    assert await matter.refused(line(item_id, "0.000001")) == ["OVER_AUTHORISED"]


async def test_what_nobody_had_asked_to_begin_is_not_due_at_all(matter: Matter) -> None:
    act_id, item_id = await agreed(matter)
    await matter.work(item_id)
    assert (await withdraw(matter, act_id)).status_code == 201
    assert await matter.refused(line(item_id, "0.4")) == ["NO_PAYMENT_DUE"]
    draft = await matter.world.done("GET", f"/v1/jobs/{matter.job_id}/invoice-draft", role="back_office")
    assert (draft["invoices"], [one["code"] for one in draft["not_billable"]]) == ([], ["NO_PAYMENT_DUE"])
    await matter.posted({"item_id": item_id, "quantity": "0.4", "unit_price": "0"})


async def test_what_was_asked_for_at_the_door_has_to_be_in_writing(matter: Matter) -> None:
    offer = await matter.offer(WHOLE)
    act = await matter.consent(offer, begin_at_once=True)
    matter.world.clock.forward(minutes=1)
    await matter.work(str(offer.item_ids[0]))
    assert (await withdraw(matter, act["id"])).status_code == 201
    assert await matter.refused(line(str(offer.item_ids[0]), "1")) == ["NO_PAYMENT_DUE"]


async def test_a_revocation_that_is_no_withdrawal_leaves_what_was_done_billable(matter: Matter) -> None:
    act_id, item_id = await agreed(matter)
    await matter.work(item_id, "0.4")
    await matter.world.done("POST", f"/v1/authorisations/{act_id}/revoke", {"channel": "link"})
    assert await matter.refused(line(item_id, "1")) == ["BILLED_OVER_PERFORMED"]
    await matter.posted(line(item_id, "0.4"))


@pytest.mark.parametrize("days, status", [(15, 201), (16, 409)])
async def test_the_days_end(matter: Matter, days: int, status: int) -> None:
    act_id, _ = await agreed(matter)
    matter.world.clock.forward(days=days - 1, hours=23)
    answer = await withdraw(matter, act_id)
    assert (answer.status_code, answer.json().get("code")) == (status, "WITHDRAWAL_OVER" if status == 409 else None)


async def test_where_no_law_gives_it_there_is_none(world: World) -> None:
    matter = await Matter(world).of_job()
    act_id, _ = await agreed(matter, begin_at_once=True)
    answer = await withdraw(matter, act_id)
    assert (answer.status_code, answer.json()["code"]) == (409, "WITHDRAWAL_OVER")


async def test_the_page_lets_them_ask_and_asks_for_nothing_in_their_name(matter: Matter) -> None:
    showing = await shown(matter, WHOLE)
    path = f"/a/{showing.given['token']}"
    box = '<input type="checkbox" name="begin_at_once" value="yes">'
    assert box in (await matter.world.http.get(path)).text
    form = {"offer_hash": showing.given["offer_hash"], f"item-{showing.items[0]}": "approved", "begin_at_once": "yes"}
    answer = await matter.world.http.post(path, data=form, headers={"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 200, answer.text
    [act] = await matter.world.sql("select express_request from authorisations.authorisation where scope_id = $1", matter.scope_id)
    assert act["express_request"]
    elsewhere = await shown(await Matter(matter.world).of_job(), WHOLE)
    assert box not in (await matter.world.http.get(f"/a/{elsewhere.given['token']}")).text


async def test_the_database_keeps_no_withdrawal_after_its_days_nor_one_that_claims_a_request(matter: Matter) -> None:
    act_id, _ = await agreed(matter)
    matter.world.clock.forward(days=20)
    revocation = await matter.world.done("POST", f"/v1/authorisations/{act_id}/revoke", {"channel": "link"})
    forged = (
        "insert into authorisations.withdrawal (organisation_id, authorisation_id, revocation_id, scope_id, authorised_at, express_request, withdrawal_days)"
        " select organisation_id, authorisation_id, $2, scope_id, authorised_at, {request}, {days} from authorisations.authorisation where authorisation_id = $1"
    )
    for request, days, at, constraint in (
        ("express_request", 14, timedelta(), "withdrawn_in_time"),
        ("express_request", 90, timedelta(), "withdrawn_under_law"),
        ("true", 14, timedelta(days=20), "withdrawn_from_act"),
    ):
        async with matter.world.database.pool.acquire() as connection, connection.transaction():
            now = (matter.world.clock.now - at).isoformat()
            await connection.execute(f"set local sayso.organisation = '{matter.world.organisation_id}'; set local sayso.at = '{now}'")
            with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refusal:
                async with connection.transaction():
                    await connection.execute(forged.format(request=request, days=days), UUID(act_id), UUID(revocation["id"]))
        assert refusal.value.as_dict()["constraint_name"] == constraint


@pytest.mark.parametrize("quantity", ["0.4", "0.5"])
@pytest.mark.parametrize("asked", [True, False])
async def test_both_rules_give_the_same_verdict_on_what_was_withdrawn(matter: Matter, asked: bool, quantity: str) -> None:
    act_id, item_id = await agreed(matter, begin_at_once=asked)
    await matter.work(item_id, "0.4")
    assert (await withdraw(matter, act_id)).status_code == 201
    answer = await matter.post(line(item_id, quantity))
    scope_id, own = uuid4(), UUID(item_id)
    item = Item(
        scope_id=scope_id, currency="EUR", tax_basis="excl", tax_rate=Fraction(0), tax_category="S", unit="EA", denominator=10, price=Fraction(50_000),
        act_id=UUID(act_id), granted=10, performed=4, revoked_after=matter.world.clock.now, due_in_part=asked,
    )  # fmt: skip
    books = Books(items={own: item}, scopes={scope_id: Scope(UUID(matter.customer_id), Tolerance())}, acts={UUID(act_id): Act()})
    bill = Bill(
        customer_id=UUID(matter.customer_id), currency="EUR", lines=[Line(item_id=own, quantity=Fraction(quantity), price=Fraction(50_000))],
        at=matter.world.clock.now,
    )  # fmt: skip
    assert judge(bill, books).codes == ([one["code"] for one in answer.json().get("lines", [])] or [None])
