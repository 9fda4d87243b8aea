"""Every attack on the capacity chain that anybody has thought of, as raw SQL by the service's own role: refused by a named constraint."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from service.settings import Settings
from tests.authorisations.ledger import ELEVEN, NINE, TEN, Connection, Ledger, Rows

HUNDRED: dict[str, Any] = {"ticks": 1, "denominator": 1, "price_numerator": 10_000}
HOUR: dict[str, Any] = {"ticks": 3600, "denominator": 3600, "price_numerator": 9_001}


@pytest.fixture(params=["service", "owner"])
async def connection(request: pytest.FixtureRequest, settings: Settings, owner_url: str) -> AsyncIterator[Connection]:
    """A transaction that is rolled back, as the service's role and as a superuser who owns every table."""
    url = settings.database_url if request.param == "service" else owner_url
    connection = await asyncpg.connect(url)
    transaction = connection.transaction()
    await transaction.start()
    await connection.execute(f"set local sayso.at = '{NINE.isoformat()}'")
    yield connection
    await transaction.rollback()
    await connection.close()


@pytest.fixture
async def ledger(connection: Connection) -> Ledger:
    """An organisation of this test's own."""
    return await Ledger(connection).begin()


async def refused(ledger: Ledger, by: str, rows: Rows) -> None:
    """The statement is refused, by that constraint."""
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as caught:
        async with ledger.connection.transaction():
            await ledger.insert(rows)
    assert caught.value.constraint_name == by, caught.value


async def done(ledger: Ledger, *items: dict[str, Any], **policy: Any) -> list[Any]:
    """Items authorised in a scope of that policy, and performed whole."""
    scope_id = await ledger.scope(**policy)
    ids = await ledger.authorise(scope_id, *items)
    for item_id, item in zip(ids, items, strict=True):
        await ledger.work(item_id, item["ticks"])
    return ids


async def stands(ledger: Ledger, item_id: UUID) -> tuple[int, ...]:
    """What the chain says was performed, billed and charged of an item."""
    row = await ledger.connection.fetchrow(
        "select performed_after, billed_after, net_after from authorisations.capacity where item_id = $1 order by item_seq desc limit 1",
        item_id,
    )
    assert row is not None
    return tuple(row)


class TestWhatMustPass:
    """Lawful things that a careless chain refuses."""

    async def test_consent_during_the_work_passes_where_ohio_allows_it(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope(
            combine="greater", pct_numerator=1, pct_denominator=10, abs_minor=500, consent_deadline="before_completion"
        )
        await ledger.connection.execute(f"set local sayso.at = '{(TEN + timedelta(minutes=30)).isoformat()}'")
        [item_id] = await ledger.authorise(scope_id, HUNDRED, at=TEN + timedelta(minutes=30))
        await ledger.work(item_id, 1)
        assert await stands(ledger, item_id) == (1, 0, 0)

    async def test_the_dear_line_may_come_first(self, ledger: Ledger) -> None:
        dear, cheap = await done(ledger, HUNDRED, HUNDRED, combine="pct", pct_numerator=1, pct_denominator=10)
        await ledger.bill((dear, 1, 11_500), (cheap, 1, 10_000))
        assert [await stands(ledger, one) for one in (dear, cheap)] == [(1, 1, 11_500), (1, 1, 10_000)]

    async def test_a_credit_that_leaves_more_than_the_tolerance_passes_and_so_does_the_exact_bill_after_it(self, ledger: Ledger) -> None:
        dear, cheap = await done(ledger, HUNDRED, HUNDRED, combine="pct", pct_numerator=1, pct_denominator=10)
        invoice = await ledger.bill((dear, 1, 11_500), (cheap, 1, 10_000))
        await ledger.credit(invoice, (2, 1, 10_000))
        assert await stands(ledger, cheap) == (1, 0, 0)
        await ledger.bill((cheap, 1, 10_000))
        assert [await stands(ledger, one) for one in (dear, cheap)] == [(1, 1, 11_500), (1, 1, 10_000)]

    async def test_three_bills_of_a_third_of_an_hour_add_up_to_the_hour(self, ledger: Ledger) -> None:
        [hour] = await done(ledger, HOUR)
        await ledger.bill((hour, 1200, 3000))
        await ledger.bill((hour, 1200, 3001))
        await ledger.bill((hour, 1200, 3000), (None, 0, 0))
        assert await stands(ledger, hour) == (3600, 3600, 9_001)

    async def test_yen_have_no_minor_unit_and_bill_whole(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope(currency="JPY")
        [item_id] = await ledger.authorise(scope_id, {"ticks": 3, "denominator": 1, "price_numerator": 33, "price_denominator": 100})
        await ledger.work(item_id, 3)
        await ledger.bill((item_id, 3, 1))
        assert await stands(ledger, item_id) == (3, 3, 1)

    async def test_credit_and_rebill_in_parts_by_quantity_and_by_money(self, ledger: Ledger) -> None:
        [item_id] = await done(ledger, {"ticks": 4, "denominator": 1, "price_numerator": 2_500})
        invoice = await ledger.bill((item_id, 4, 10_000))
        await ledger.credit(invoice, (1, 2, 5_000))
        await ledger.credit(invoice, (1, 0, 1_000))
        assert await stands(ledger, item_id) == (4, 2, 4_000)
        await ledger.bill((item_id, 2, 5_000))
        assert await stands(ledger, item_id) == (4, 4, 9_000)

    async def test_unbilled_work_is_corrected_and_what_is_left_is_amended_down(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope()
        [item_id] = await ledger.authorise(scope_id, {"ticks": 5, "denominator": 1, "price_numerator": 100})
        first = await ledger.work(item_id, 2)
        await ledger.work(item_id, 1)
        await ledger.step(item_id, "correct", first, performed=-2, started_at=str(TEN), ended_at=str(ELEVEN), supplied=False)
        await ledger.bill((item_id, 1, 100))
        await ledger.step(item_id, "amend", ledger.items[item_id]["authorisation_id"], granted=-4)
        assert await stands(ledger, item_id) == (1, 1, 100)

    async def test_one_invoice_covers_several_scopes(self, ledger: Ledger) -> None:
        [one] = await done(ledger, HUNDRED)
        [other] = await done(ledger, HUNDRED)
        await ledger.bill((one, 1, 10_000), (other, 1, 10_000))
        assert await stands(ledger, one) == await stands(ledger, other) == (1, 1, 10_000)

    async def test_a_recurring_item_is_supplied_and_billed_period_after_period(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope(of="subscription")
        [plan] = await ledger.authorise(scope_id, HUNDRED | {"recurring": True})
        for month in ("2026-01-01", "2026-02-01", "2026-03-01"):
            until = f"2026-0{int(month[6]) + 1}-01"
            await ledger.work(plan, 1, staff_id=None, period_from=month, period_until=until)
            await ledger.bill((plan, 1, 10_000))
        assert await stands(ledger, plan) == (3, 3, 30_000)


def of(table: str, index: int = -1, **changes: Any) -> Callable[[Rows], None]:
    """A tampering: one row of the posting says something else."""

    def tamper(rows: Rows) -> None:
        rows[table][index] |= changes

    return tamper


class TestOverspending:
    """Nothing is billed beyond what was authorised and done, whoever writes the rows."""

    async def test_more_than_was_performed(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope()
        [item_id] = await ledger.authorise(scope_id, {"ticks": 10, "denominator": 1, "price_numerator": 100})
        await ledger.work(item_id, 3)
        await refused(ledger, "billed_within_performed", ledger.posting((item_id, 4, 400)))

    async def test_more_than_was_granted_though_it_was_done(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope()
        [item_id] = await ledger.authorise(scope_id, {"ticks": 2, "denominator": 1, "price_numerator": 100})
        await ledger.work(item_id, 3)
        await refused(ledger, "billed_within_granted", ledger.posting((item_id, 3, 200)))

    async def test_dearer_than_was_authorised_without_a_tolerance(self, ledger: Ledger) -> None:
        [item_id] = await done(ledger, HUNDRED)
        await refused(ledger, "excess_within_tolerance", ledger.posting((item_id, 1, 10_001)))

    async def test_a_dear_line_hidden_by_a_cheap_one(self, ledger: Ledger) -> None:
        [item_id] = await done(ledger, {"ticks": 2, "denominator": 1, "price_numerator": 5_000})
        await refused(ledger, "price_within_authorised", ledger.posting((item_id, 1, 2_000), (item_id, 1, 8_000)))

    @pytest.mark.parametrize(
        "policy, net",
        [
            ({"combine": "pct", "pct_numerator": 1, "pct_denominator": 10}, 11_001),
            ({"combine": "pct", "pct_numerator": 1, "pct_denominator": 10, "at_limit_refuses": True}, 11_000),
            ({"combine": "abs", "abs_minor": 500}, 10_501),
            ({"combine": "greater", "pct_numerator": 1, "pct_denominator": 10, "abs_minor": 500}, 11_001),
            ({"combine": "lesser", "pct_numerator": 1, "pct_denominator": 10, "abs_minor": 500}, 10_501),
            ({"combine": "pct", "pct_numerator": 1, "pct_denominator": 2, "hard_cap_minor": 1_000}, 11_001),
        ],
    )
    async def test_a_minor_unit_past_each_shape_of_tolerance(self, ledger: Ledger, policy: dict[str, Any], net: int) -> None:
        [item_id] = await done(ledger, HUNDRED, **policy)
        await refused(ledger, "excess_within_tolerance", ledger.posting((item_id, 1, net)))

    async def test_the_tolerance_used_on_two_invoices(self, ledger: Ledger) -> None:
        [item_id] = await done(ledger, {"ticks": 2, "denominator": 1, "price_numerator": 10_000}, combine="abs", abs_minor=500)
        await ledger.bill((item_id, 1, 10_500))
        await refused(ledger, "excess_within_tolerance", ledger.posting((item_id, 1, 10_001)))

    async def test_an_unperformed_item_lends_no_slack(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope(combine="pct", pct_numerator=1, pct_denominator=10)
        done_item, _ = await ledger.authorise(scope_id, HUNDRED, {"ticks": 1, "denominator": 1, "price_numerator": 90_000})
        await ledger.work(done_item, 1)
        await refused(ledger, "excess_within_tolerance", ledger.posting((done_item, 1, 12_000)))

    async def test_past_the_cap_of_its_authorisation(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope()
        one, other = await ledger.authorise(scope_id, HUNDRED, HUNDRED, cap_minor=15_000)
        await ledger.work(one, 1)
        await ledger.work(other, 1)
        await ledger.bill((one, 1, 10_000))
        await refused(ledger, "cap_held", ledger.posting((other, 1, 5_001)))

    async def test_a_row_that_forgets_what_was_billed_under_the_cap(self, ledger: Ledger) -> None:
        one, other = await ledger.authorise(await ledger.scope(), HUNDRED, HUNDRED, cap_minor=15_000)
        await ledger.work(one, 1)
        await ledger.work(other, 1)
        await ledger.bill((one, 1, 10_000))
        rows = ledger.posting((other, 1, 10_000))
        of("authorisations.capacity", act_net_before=0, act_net_after=10_000)(rows)
        await refused(ledger, "follows_in_act", rows)

    async def test_a_row_that_forgets_what_was_billed(self, ledger: Ledger) -> None:
        [hour] = await done(ledger, HOUR)
        await ledger.bill((hour, 3600, 9_001))
        rows = ledger.posting((hour, 1200, 3_000))
        forgotten = {"billed_before": 0, "billed_after": 1200, "net_before": 0, "net_after": 3_000}
        of("authorisations.capacity", **forgotten, entitled_item_before=0, entitled_after=12_001, act_net_after=12_001, excess_after=0)(
            rows
        )
        of("billing.invoice_line", **forgotten)(rows)
        await refused(ledger, "follows_in_item", rows)

    async def test_two_spenders_of_the_last_of_it_write_the_same_step(self, ledger: Ledger) -> None:
        [item_id] = await done(ledger, HUNDRED)
        rows = ledger.posting((item_id, 1, 10_000))
        await ledger.insert(rows)
        again = ledger.posting((None, 0, 0)) | {"authorisations.capacity": [rows["authorisations.capacity"][0] | {"subject": uuid4()}]}
        await refused(ledger, "capacity_pkey", again)
        again["authorisations.capacity"][0]["seq"] += 1
        await refused(ledger, "one_step_per_item", again)

    async def test_a_step_whose_scope_step_is_left_out(self, ledger: Ledger) -> None:
        [item_id] = await done(ledger, {"ticks": 2, "denominator": 1, "price_numerator": 10_000})
        rows = ledger.posting((item_id, 1, 10_000))
        of("authorisations.capacity", seq=99)(rows)
        of("billing.invoice_scope", closing_seq=99)(rows)
        of("billing.invoice_line", seq=99, closing_seq=99)(rows)
        await refused(ledger, "follows_in_scope", rows)

    async def test_an_invented_price(self, ledger: Ledger) -> None:
        [item_id] = await done(ledger, HUNDRED)
        rows = ledger.posting((item_id, 1, 20_000))
        of("authorisations.capacity", price_numerator=20_000, entitled_after=20_000, excess_after=0)(rows)
        await refused(ledger, "terms_as_sealed", rows)

    async def test_an_invented_tolerance(self, ledger: Ledger) -> None:
        [item_id] = await done(ledger, HUNDRED)
        rows = ledger.posting((item_id, 1, 20_000))
        of("authorisations.capacity", combine="pct", pct_numerator=1)(rows)
        await refused(ledger, "terms_as_sealed", rows)

    async def test_an_invented_tolerance_at_the_grant(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope()
        rows = ledger.offered(scope_id, [HUNDRED])
        await ledger.insert(rows)
        ledger.scopes[scope_id] |= {"combine": "pct", "pct_numerator": 1}
        with pytest.raises(asyncpg.ForeignKeyViolationError) as caught:
            async with ledger.connection.transaction():
                await ledger.approve(rows, ledger.act(rows))
        assert caught.value.constraint_name == "policy_as_sealed"

    async def test_a_yen_item_that_entitles_dollars(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope(currency="JPY")
        [item_id] = await ledger.authorise(scope_id, HUNDRED)
        await ledger.work(item_id, 1)
        rows = ledger.posting((item_id, 1, 10_000))
        of("authorisations.capacity", currency="USD")(rows)
        for table in ("billing.invoice", "billing.invoice_scope", "billing.invoice_line"):
            of(table, currency="USD")(rows)
        with pytest.raises(asyncpg.ForeignKeyViolationError) as caught:
            async with ledger.connection.transaction():
                await ledger.insert(rows)
        assert caught.value.constraint_name in {"terms_as_sealed", "scope_of_the_customer"}
