"""An invoice posts whole or not at all; what was refused stays on record."""

import asyncio
from typing import Any

import pytest

from service.kit.database import opening
from service.kit.verbs import Lock
from tests.authorisations.matters import Matter
from tests.world import World


@pytest.fixture
async def matter(world: World) -> Matter:
    """A matter without tolerance."""
    return await Matter(world).begin()


async def test_what_was_authorised_and_done_is_billed_under_the_first_number(matter: Matter) -> None:
    [item] = await matter.done({})
    posted = await matter.posted({"item_id": item})
    assert (posted["number"], posted["total_minor"]) == ("INV-2026-1", 10_000)
    found = (await matter.world.get(f"/v1/invoices/{posted['id']}")).json()
    assert [(line["item_id"], line["net_minor"]) for line in found["lines"]] == [(item, 10_000)]


async def test_tax_is_computed_once_a_rate_on_the_sum_of_its_lines(matter: Matter) -> None:
    one, other = await matter.done({"tax_rate": "19", "unit_price": "33"}, {"tax_rate": "19", "unit_price": "33"})
    posted = await matter.posted({"item_id": one, "unit_price": "33"}, {"item_id": other, "unit_price": "33"}, tax_minor=13)
    assert (posted["tax_minor"], posted["total_minor"]) == (13, 79)


async def test_three_thirds_of_an_hour_add_up_to_the_hour(matter: Matter) -> None:
    [item] = await matter.done({"unit_price": "9001"})
    totals = [(await matter.posted({"item_id": item, "quantity": "1/3", "unit_price": "9001"}))["total_minor"] for _ in range(3)]
    assert totals == [3000, 3001, 3000]


async def test_minutes_are_billed_by_the_listed_conversion(matter: Matter) -> None:
    [item] = await matter.done({"quantity": "3", "unit_price": "9000", "conversions": {"MIN": "1/60"}})
    posted = await matter.posted({"item_id": item, "quantity": "120", "unit": "MIN", "unit_price": "150"})
    assert posted["total_minor"] == 18_000


async def test_a_free_line_needs_no_item(matter: Matter) -> None:
    posted = await matter.posted({"unit_price": "0", "description": "Tightened a loose cable"})
    assert posted["total_minor"] == 0


@pytest.mark.parametrize(
    "line, code",
    [
        ({"quantity": "0"}, "NEGATIVE_OR_ZERO_LINE"),
        ({"unit_price": "-1"}, "NEGATIVE_OR_ZERO_LINE"),
        ({"discount": -1}, "NEGATIVE_OR_ZERO_LINE"),
        ({"item_id": None}, "UNAUTHORISED_LINE"),
        ({"item_id": "01890000-0000-7000-8000-000000000000"}, "AUTH_NOT_FOUND"),
        ({"sku": "P3"}, "ITEM_SUBSTITUTED"),
        ({"condition": "used"}, "CONDITION_SUBSTITUTED"),
        ({"method": "patch"}, "METHOD_CHANGED"),
        ({"unit": "MIN"}, "UNIT_MISMATCH"),
        ({"quantity": "1/11"}, "UNIT_MISMATCH"),
        ({"amount": 10_001}, "AMOUNT_MISMATCH"),
        ({"quantity": "3", "unit_price": "1"}, "BILLED_OVER_PERFORMED"),
        ({"quantity": "2"}, "QTY_OVER_AUTHORISED"),
        ({"unit_price": "10001"}, "PRICE_OVER_AUTHORISED"),
        ({"unit_price": "12000", "discount": 1_999}, "PRICE_OVER_AUTHORISED"),
    ],
)
async def test_a_line_is_refused_by_the_first_rule_it_fails(matter: Matter, line: dict[str, Any], code: str) -> None:
    [item] = await matter.authorised(
        {"sku": "P1", "alternates": ["P2"], "condition": "new", "method": "replace", "conversions": {"DAY": "1/7"}}
    )
    await matter.work(item, "2")
    assert await matter.refused({"item_id": item} | line) == [code]
    await matter.posted({"item_id": item, "sku": "P2", "condition": "new", "method": "replace"})


async def test_one_bad_line_refuses_the_whole_and_leaves_the_capacity_as_it_was(matter: Matter) -> None:
    [item] = await matter.done({})
    assert await matter.refused({"item_id": item}, {"unit_price": "300"}) == [None, "UNAUTHORISED_LINE"]
    await matter.posted({"item_id": item})


async def test_the_same_item_twice_on_one_invoice_counts_together(matter: Matter) -> None:
    [item] = await matter.authorised({})
    await matter.work(item, "2")
    assert await matter.refused({"item_id": item, "quantity": "0.6"}, {"item_id": item, "quantity": "0.6"}) == [None, "QTY_OVER_AUTHORISED"]


async def test_a_tolerance_is_used_once_over_all_invoices(world: World) -> None:
    matter = await Matter(world).begin(combine="pct", pct_numerator=1, pct_denominator=10)
    [item] = await matter.done({"quantity": "2"})
    await matter.posted({"item_id": item, "unit_price": "11000"})
    assert await matter.refused({"item_id": item, "unit_price": "11001"}) == ["OVER_TOLERANCE"]
    await matter.posted({"item_id": item, "unit_price": "11000"})


async def test_bills_of_an_authorisation_stay_within_its_cap(matter: Matter) -> None:
    [item] = await matter.done({"quantity": "10", "unit_price": "6000"}, cap=50_000)
    assert await matter.refused({"item_id": item, "quantity": "8.3335", "unit_price": "6000"}) == ["CAP_EXCEEDED"]
    await matter.posted({"item_id": item, "quantity": "8", "unit_price": "6000"})


@pytest.mark.parametrize(
    "invoice, code",
    [({"currency": "CHF"}, "CURRENCY_MISMATCH"), ({"tax_basis": "incl"}, "TAX_BASIS_MISMATCH"), ({"tax_minor": 1}, "TAX_MISMATCH")],
)
async def test_currency_tax_basis_and_tax_are_the_offers(matter: Matter, invoice: dict[str, Any], code: str) -> None:
    [item] = await matter.done({})
    assert await matter.refused({"item_id": item}, **invoice) == [code]


async def test_an_item_of_another_customer_is_not_this_ones_to_pay(matter: Matter) -> None:
    other = await Matter(matter.world).begin()
    [item] = await other.done({})
    assert await matter.refused({"item_id": item}) == ["AUTH_WRONG_JOB"]


async def test_a_declined_item_and_a_silent_one_are_refused(matter: Matter) -> None:
    offer = await matter.offer({}, {}, {})
    yes, no, silent = (str(item) for item in offer.item_ids)
    await matter.consent(offer, approved=[yes], declined=[no], added_minor=10_000, total_minor=10_000)
    matter.world.clock.forward(minutes=1)
    for item in (yes, no, silent):
        await matter.work(item)
    assert await matter.refused({"item_id": yes}, {"item_id": no}, {"item_id": silent}) == [None, "AUTH_DECLINED", "NO_EXPRESS_CONSENT"]


async def test_work_begun_before_the_consent_cannot_be_billed(matter: Matter) -> None:
    started_at = matter.world.clock.now.isoformat()
    matter.world.clock.forward(minutes=5)
    [item] = await matter.authorised({})
    record = await matter.work(item, started_at=started_at)
    assert (record["billable"], record["finding"]) == (False, "WORK_BEFORE_AUTH")
    assert await matter.refused({"item_id": item}) == ["WORK_BEFORE_AUTH"]


async def test_a_work_record_is_billed_once(matter: Matter) -> None:
    [item] = await matter.authorised({"quantity": "2"})
    record = await matter.work(item)
    await matter.work(item)
    await matter.posted({"item_id": item, "work_record_ids": [record["id"]]})
    assert await matter.refused({"item_id": item, "work_record_ids": [record["id"]]}) == ["DUPLICATE_WORK_RECORD"]


async def test_a_bill_sent_again_is_a_double_also_where_some_work_was_done_before_the_yes(matter: Matter) -> None:
    offer = await matter.offer({})
    [item] = (str(one) for one in offer.item_ids)
    early = await matter.work(item)
    matter.world.clock.forward(minutes=1)
    await matter.consent(offer)
    matter.world.clock.forward(minutes=1)
    record = await matter.work(item)
    line = {"item_id": item, "work_record_ids": [record["id"]]}
    await matter.posted(line)
    assert await matter.refused(line) == ["DUPLICATE_WORK_RECORD"]
    for other in ({"item_id": item}, {"item_id": item, "work_record_ids": [early["id"]]}):
        [told] = (await matter.post(other)).json()["lines"]
        assert (told["code"], told["rule"]) == ("NO_EXPRESS_CONSENT", 4), other


async def test_a_period_is_supplied_and_billed_in_one_posting_and_only_once(matter: Matter) -> None:
    matter = await Matter(matter.world).begin(of="subscription")
    [plan] = await matter.authorised({"kind": "plan", "unit": "MON", "recurring": True, "description": "Fibre 250"})
    april = {"item_id": plan, "supply": {"period_from": "2026-04-01", "period_until": "2026-05-01"}}
    await matter.posted(april)
    assert await matter.refused(april) == ["DUPLICATE_WORK_RECORD"]
    await matter.posted({"item_id": plan, "supply": {"period_from": "2026-05-01", "period_until": "2026-06-01"}})


async def test_the_same_key_again_answers_the_same_bytes(matter: Matter) -> None:
    [item] = await matter.done({})
    first = await matter.post({"item_id": item}, key="one-intended-effect")
    again = await matter.post({"item_id": item}, key="one-intended-effect")
    assert (again.status_code, again.content, again.headers["idempotency-replayed"]) == (first.status_code, first.content, "true")


async def test_the_same_id_again_is_the_same_invoice_and_never_another(matter: Matter) -> None:
    [item] = await matter.done({"quantity": "2"})
    invoice_id = str(matter.world.id())
    await matter.posted({"item_id": item}, id=invoice_id)
    assert (await matter.post({"item_id": item}, id=invoice_id)).status_code == 200
    other = await matter.post({"item_id": item, "quantity": "2"}, id=invoice_id)
    assert (other.status_code, other.json()["code"]) == (409, "ID_TAKEN")


async def test_of_fifty_who_bill_one_of_ten_exactly_ten_post(matter: Matter) -> None:
    [item] = await matter.authorised({"quantity": "10"})
    await matter.work(item, "50")
    answers = await asyncio.gather(*(matter.post({"item_id": item}) for _ in range(50)))
    numbers = sorted(int(answer.json()["number"].rpartition("-")[2]) for answer in answers if answer.status_code == 201)
    assert numbers == list(range(1, 11))
    refused = [answer.json()["lines"][0]["code"] for answer in answers if answer.status_code == 422]
    assert refused == ["QTY_OVER_AUTHORISED"] * 40


async def test_numbers_have_no_gap_whoever_posts_at_once(world: World) -> None:
    matters = [await Matter(world).begin() for _ in range(5)]
    items = [(matter, item) for matter in matters for item in await matter.done({}, {})]
    posted = await asyncio.gather(*(matter.posted({"item_id": item}) for matter, item in items))
    assert sorted(int(one["number"].rpartition("-")[2]) for one in posted) == list(range(1, 11))


async def test_only_whoever_is_given_a_number_waits_for_the_one_before(world: World) -> None:
    """Somebody's number isn't committed yet: a refusal is answered all the same, and who passes waits, to take those that follow."""
    matters = [await Matter(world).begin() for _ in range(3)]
    items = [(await matter.done({}))[0] for matter in matters]
    async with world.database.pool.acquire() as holder:
        await holder.execute(opening(world.principal(), at=world.clock.now, locks=[Lock.series()]))
        posting = [asyncio.create_task(matter.posted({"item_id": item})) for matter, item in zip(matters[:2], items, strict=False)]
        while await _waiting_for_a_number(world) < len(posting):
            assert not any(one.done() for one in posting)
        refused = await matters[2].post({"item_id": items[2], "quantity": "2"})
        assert refused.json()["code"] == "INVOICE_REFUSED"
        await holder.execute("rollback")
    assert sorted([one["number"] for one in await asyncio.gather(*posting)]) == ["INV-2026-1", "INV-2026-2"]


async def _waiting_for_a_number(world: World) -> int:
    [(count,)] = await world.sql(
        "select count(*) from pg_locks l join pg_database d on d.oid = l.database"
        " where d.datname = current_database() and l.locktype = 'advisory' and l.classid = 5 and not l.granted"
    )
    return int(count)
