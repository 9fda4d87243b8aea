"""Forged evidence, documents and histories as raw SQL by the service's own role: each refused by name, by a grant, or by the tenant's wall."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from service.authorisations.canonical import OFFER, seal, text_of
from service.settings import Settings
from tests.authorisations.ledger import ELEVEN, NINE, NO_LAW, POLICY, TEN, ZERO_HASH, Connection, Ledger, Rows

HUNDRED: dict[str, Any] = {"ticks": 1, "denominator": 1, "price_numerator": 10_000}
TWO: dict[str, Any] = {"ticks": 2, "denominator": 1, "price_numerator": 10_000}
OTHERWISE: tuple[dict[str, Any], ...] = (
    {"price_numerator": 900_000_000}, {"price_denominator": 2}, {"ticks": 2}, {"denominator": 2}, {"description": "Else"}, {"kind": "fee"}, {"unit": "MIN"},
    {"conversions": {"MIN": ["1", "60"]}}, {"sku": "X"}, {"alternates": ["X"]}, {"condition": "used"}, {"method": "glued"}, {"tax_numerator": 1},
    {"tax_denominator": 2}, {"tax_category": "E", "exemption_reason": "None"}, {"optional": True}, {"preselected": True}, {"item_id": UUID(int=7)},
)  # fmt: skip
"""How an item may differ from what its text says."""
HOURS = {"started_at": str(TEN), "ended_at": str(ELEVEN), "supplied": False}


@pytest.fixture
async def connection(settings: Settings) -> AsyncIterator[Connection]:
    """A transaction of the service's role that is rolled back."""
    connection = await asyncpg.connect(settings.database_url)
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


async def hashed(ledger: Ledger, item: dict[str, Any]) -> dict[str, Any]:
    """What an item hashes to as it is, so that its row is honest in itself."""
    [row] = await ledger.connection.fetch(
        "select '\\x' || encode(authorisations.item_hash(jsonb_populate_record(null::authorisations.offer_item, $1::jsonb)), 'hex')",
        json.dumps(item, default=str),
    )
    return {"items_hash": row[0]}


async def done(ledger: Ledger, *items: dict[str, Any], **policy: Any) -> list[UUID]:
    """Items authorised in a scope of that policy, and performed whole."""
    scope_id = await ledger.scope(**policy)
    ids = await ledger.authorise(scope_id, *items)
    for item_id, item in zip(ids, items, strict=True):
        await ledger.work(item_id, item["ticks"])
    return ids


class TestPostings:
    """An invoice stands on judged rows, and rows on its lines."""

    async def test_an_unjudged_row_of_one_scope_closed_in_another(self, ledger: Ledger) -> None:
        [dear] = await done(ledger, HUNDRED, combine="pct", pct_numerator=1, pct_denominator=10)
        [honest] = await done(ledger, HUNDRED)
        rows = ledger.posting((dear, 1, 990_000), (honest, 1, 10_000))
        dear_row, closing = rows["authorisations.capacity"]
        dear_row["closes"] = False
        rows["billing.invoice_scope"] = [row for row in rows["billing.invoice_scope"] if row["scope_id"] == closing["scope_id"]]
        await refused(ledger, "line_in_closed_scope", rows)

    async def test_a_closing_row_that_was_not_judged(self, ledger: Ledger) -> None:
        [dear] = await done(ledger, HUNDRED, combine="pct", pct_numerator=1, pct_denominator=10)
        rows = ledger.posting((dear, 1, 990_000))
        rows["authorisations.capacity"][0]["closes"] = False
        await refused(ledger, "line_backed", rows)

    async def test_a_scope_closed_by_a_row_on_which_no_line_stands(self, ledger: Ledger) -> None:
        [item] = await done(ledger, HUNDRED)
        [other] = await done(ledger, HUNDRED)
        rows = ledger.posting((item, 1, 10_000))
        closed = rows["billing.invoice_scope"][0]
        rows["billing.invoice_scope"].append(closed | {"scope_id": ledger.items[other]["scope_id"]})
        await refused(ledger, "invoice_closed_by_judged_row", rows)

    async def test_a_line_after_the_closing_row(self, ledger: Ledger) -> None:
        first, dear = await done(ledger, HUNDRED, HUNDRED, combine="pct", pct_numerator=1, pct_denominator=10)
        rows = ledger.posting((first, 1, 10_000), (dear, 1, 990_000))
        cheap_row, dear_row = rows["authorisations.capacity"]
        cheap_row["closes"], dear_row["closes"] = True, False
        dear_row["opening_excess_before"] = -1
        rows["billing.invoice_scope"][0]["closing_seq"] = cheap_row["seq"]
        for line in rows["billing.invoice_line"]:
            line["closing_seq"] = cheap_row["seq"]
        await refused(ledger, "line_judged", rows)

    async def test_an_excess_laundered_by_opening_the_posting_twice(self, ledger: Ledger) -> None:
        dear, cheap = await done(ledger, HUNDRED, HUNDRED, combine="pct", pct_numerator=1, pct_denominator=10)
        rows = ledger.posting((dear, 1, 990_000), (cheap, 1, 10_000))
        rows["authorisations.capacity"][1]["opening_excess_before"] = -1
        await refused(ledger, "follows_in_scope", rows)

    async def test_a_bill_row_without_a_line(self, ledger: Ledger) -> None:
        [item] = await done(ledger, TWO)
        row = ledger.row(item, "bill", uuid4(), billed=1, net=0, closes=True)
        await refused(ledger, "bill_has_its_line", {"authorisations.capacity": [row]})

    async def test_a_line_on_the_row_of_another_invoice(self, ledger: Ledger) -> None:
        one, other = await done(ledger, HUNDRED, HUNDRED)
        first = await ledger.bill((one, 1, 10_000))
        rows = ledger.posting((other, 1, 10_000))
        backing = first["billing.invoice_line"][0]
        for name in ("seq", "item_id", "billed_before", "billed_after", "net_before", "net_after"):
            rows["billing.invoice_line"][0][name] = backing[name]
        with pytest.raises(asyncpg.ForeignKeyViolationError) as caught:
            async with ledger.connection.transaction():
                await ledger.insert(rows)
        assert caught.value.constraint_name in {"line_backed", "bill_has_its_line"}

    async def test_half_a_backing(self, ledger: Ledger) -> None:
        rows = ledger.posting((None, 0, 0))
        rows["billing.invoice_line"][0]["net_after"] = 500
        await refused(ledger, "line_free_or_backed", rows)

    async def test_a_line_that_says_nothing_of_what_it_was_judged_by(self, ledger: Ledger) -> None:
        [item] = await done(ledger, HUNDRED)
        rows = ledger.posting((item, 1, 10_000))
        rows["billing.invoice_line"][0]["performed_ticks"] = None
        await refused(ledger, "line_free_or_backed", rows)

    async def test_a_refusal_of_a_line_that_was_posted(self, ledger: Ledger) -> None:
        [item] = await done(ledger, HUNDRED)
        rows = await ledger.bill((item, 1, 10_000))
        line = rows["billing.invoice_line"][0]
        refusal = {name: line[name] for name in ("organisation_id", "attempt_id", "line_number", "inputs_hash", "currency")}
        refusal |= {"verdict": "refused", "code": "BILLED_OVER_PERFORMED", "results": "p" * 11 + "f--"}
        await refused(ledger, "decision_of_attempt", {"billing.decision": [refusal]})

    @pytest.mark.parametrize(
        "changed", [{"attempt_id": UUID(int=1)}, {"currency": "EUR"}, {"tax_basis": "incl"}, {"line_count": 3}], ids=str
    )
    async def test_a_later_line_that_cites_another_invoice(self, ledger: Ledger, changed: dict[str, Any]) -> None:
        [item] = await done(ledger, TWO)
        rows = ledger.posting((item, 1, 10_000), (None, 0, 0))
        rows["billing.invoice_line"][1] |= changed
        with pytest.raises(asyncpg.ForeignKeyViolationError) as caught:
            async with ledger.connection.transaction():
                await ledger.insert(rows)
        assert caught.value.constraint_name in {"lines_follow", "invoice_sums_its_lines"}

    async def test_a_total_that_is_not_the_sum_of_the_lines(self, ledger: Ledger) -> None:
        [item] = await done(ledger, HUNDRED)
        rows = ledger.posting((item, 1, 10_000))
        rows["billing.invoice"][0] |= {"lines_minor": 20_000, "total_minor": 20_000}
        rows["billing.invoice_tax"][0] |= {"lines_minor": 20_000, "lines_after": 20_000}
        await refused(ledger, "invoice_sums_its_lines", rows)

    async def test_a_tax_that_the_rates_do_not_come_to(self, ledger: Ledger) -> None:
        [item] = await done(ledger, HUNDRED)
        rows = ledger.posting((item, 1, 10_000))
        rows["billing.invoice"][0] |= {"tax_minor": 1, "total_minor": 10_001}
        rows["billing.invoice_tax"][0] |= {"tax_after": 1}
        await refused(ledger, "rates_add", rows)

    async def test_another_rate_than_the_offers(self, ledger: Ledger) -> None:
        [item] = await done(ledger, HUNDRED)
        rows = ledger.posting((item, 1, 10_000))
        rows["billing.invoice_line"][0]["tax_numerator"] = 1
        await refused(ledger, "line_taxed_as_offered", rows)

    async def test_an_invoice_without_a_passed_attempt(self, ledger: Ledger) -> None:
        [item] = await done(ledger, HUNDRED)
        rows = ledger.posting((item, 1, 10_000))
        rows["billing.posting_attempt"][0] |= {"verdict": "refused", "code": "UNAUTHORISED_LINE"}
        await refused(ledger, "invoice_passed_its_attempt", rows)

    async def test_a_number_with_a_gap_before_it(self, ledger: Ledger) -> None:
        await ledger.bill((None, 0, 0))
        ledger.number += 1
        await refused(ledger, "number_without_gap", ledger.posting((None, 0, 0)))

    async def test_a_number_given_twice(self, ledger: Ledger) -> None:
        await ledger.bill((None, 0, 0))
        ledger.number -= 1
        await refused(ledger, "number_given_once", ledger.posting((None, 0, 0)))

    async def test_somebody_elses_scope_on_a_customers_invoice(self, ledger: Ledger) -> None:
        [item] = await done(ledger, HUNDRED)
        other = uuid4()
        await ledger.insert(
            {
                "customers.customer": [
                    {"organisation_id": ledger.organisation_id, "customer_id": other, "name": "Eve", "language": "en", "zone": "UTC"}
                    | {"version": 1, "created_at": str(NINE)}
                ]
            }
        )
        rows = ledger.posting((item, 1, 10_000))
        for table in ("billing.posting_attempt", "billing.invoice", "billing.invoice_scope"):
            rows[table][0]["customer_id"] = other
        await refused(ledger, "scope_of_the_customer", rows)

    async def test_item_and_scope_steps_in_crossed_order(self, ledger: Ledger) -> None:
        [item] = await done(ledger, TWO, combine="pct", pct_numerator=1, pct_denominator=2)
        rows = ledger.posting((item, 1, 10_000), (item, 1, 10_000))
        first, second = rows["authorisations.capacity"]
        first["item_seq"], second["item_seq"] = second["item_seq"], first["item_seq"]
        with pytest.raises(asyncpg.IntegrityConstraintViolationError) as caught:
            async with ledger.connection.transaction():
                await ledger.insert(rows)
        assert caught.value.constraint_name in {"follows_in_item", "chains_in_one_order"}

    async def test_a_step_that_claims_to_come_before_its_own_predecessor(self, ledger: Ledger) -> None:
        [item] = await done(ledger, TWO)
        rows = ledger.posting((item, 1, 10_000))
        rows["authorisations.capacity"][0]["item_previous_seq"] = rows["authorisations.capacity"][0]["seq"]
        await refused(ledger, "chains_in_one_order", rows)


class TestCredits:
    """A credit releases at most what its line still holds."""

    async def test_the_same_line_credited_twice(self, ledger: Ledger) -> None:
        [item] = await done(ledger, TWO)
        invoice = await ledger.bill((item, 1, 10_000), (item, 1, 10_000))
        await ledger.credit(invoice, (2, 1, 10_000))
        await refused(ledger, "credit_within_line", ledger.crediting(invoice, (2, 1, 10_000)))

    async def test_a_credit_of_a_line_dearer_than_it_was(self, ledger: Ledger) -> None:
        [item] = await done(ledger, TWO)
        invoice = await ledger.bill((item, 2, 20_000))
        rows = ledger.crediting(invoice, (1, 1, 10_000))
        rows["billing.credit_line"][0]["line_net"] = 20_001
        await refused(ledger, "credit_of_line", rows)

    async def test_a_credit_of_a_free_line(self, ledger: Ledger) -> None:
        [item] = await done(ledger, TWO)
        invoice = await ledger.bill((item, 2, 20_000), (None, 0, 0))
        rows = ledger.crediting(invoice, (1, 1, 10_000))
        rows["billing.credit_line"][0] |= {"line_number": 2, "line_ticks": 0, "line_net": 0}
        rows.pop("authorisations.capacity")
        with pytest.raises(asyncpg.IntegrityConstraintViolationError) as caught:
            async with ledger.connection.transaction():
                await ledger.insert(rows)
        assert caught.value.constraint_name in {"credit_of_line", "credit_within_line"}

    async def test_a_credit_that_frees_capacity_and_keeps_its_money(self, ledger: Ledger) -> None:
        [item] = await done(ledger, TWO)
        invoice = await ledger.bill((item, 2, 20_000))
        await refused(ledger, "capacity_freed_with_its_money", ledger.crediting(invoice, (1, 1, 9_999)))

    async def test_a_bare_credit_row_that_frees_capacity(self, ledger: Ledger) -> None:
        [item] = await done(ledger, HUNDRED)
        await ledger.bill((item, 1, 10_000))
        row = ledger.row(item, "credit", uuid4(), billed=-1, net=-10_000)
        await refused(ledger, "credit_is_cited", {"authorisations.capacity": [row]})

    async def test_a_credit_row_that_frees_more_than_its_line(self, ledger: Ledger) -> None:
        [item] = await done(ledger, TWO)
        invoice = await ledger.bill((item, 1, 10_000), (item, 1, 10_000))
        rows = ledger.crediting(invoice, (1, 1, 10_000))
        rows["billing.credit_line"][0] |= {"ticks_after": 0}
        await refused(ledger, "credit_has_its_line", rows)

    async def test_one_credit_line_released_twice(self, ledger: Ledger) -> None:
        [item] = await done(ledger, TWO)
        invoice = await ledger.bill((item, 1, 10_000), (item, 1, 10_000))
        rows = await ledger.credit(invoice, (1, 1, 10_000))
        released = rows["authorisations.capacity"][0]
        cited = {name: released[name] for name in ("credited_invoice_id", "credited_line", "credit_step")}
        again = ledger.row(item, "credit", released["subject"], billed=-1, net=-10_000, **cited)
        await refused(ledger, "credit_releases_once", {"authorisations.capacity": [again]})


class TestEvidence:
    """What was agreed and done can't be made up or turned back."""

    async def test_one_work_record_performed_twice(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope()
        [item] = await ledger.authorise(scope_id, {"ticks": 5, "denominator": 1, "price_numerator": 100})
        record = await ledger.work(item, 2)
        again = ledger.row(item, "perform", record, performed=2, **HOURS)
        with pytest.raises(asyncpg.UniqueViolationError) as caught:
            async with ledger.connection.transaction():
                await ledger.insert({"authorisations.capacity": [again]})
        assert caught.value.constraint_name == "work_performed_once"

    async def test_more_performed_than_the_record_says(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope()
        [item] = await ledger.authorise(scope_id, {"ticks": 5, "denominator": 1, "price_numerator": 100})
        rows = ledger.worked(item, 2)
        rows["authorisations.work_record"][0]["ticks"] = 1
        await refused(ledger, "work_as_recorded", rows)

    async def test_performance_without_a_record(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope()
        [item] = await ledger.authorise(scope_id, HUNDRED)
        row = ledger.row(item, "perform", uuid4(), performed=1)
        await refused(ledger, "consent_in_time", {"authorisations.capacity": [row]})
        [item] = await ledger.authorise(await ledger.scope(), HUNDRED)
        await ledger.work(item, 1)
        row = ledger.row(item, "correct", uuid4(), performed=-1)
        await refused(ledger, "work_is_cited", {"authorisations.capacity": [row]})

    async def test_work_that_began_before_the_consent(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope()
        [item] = await ledger.authorise(scope_id, HUNDRED)
        await refused(ledger, "consent_in_time", ledger.worked(item, 1, started_at=NINE - timedelta(hours=1)))

    async def test_work_that_began_after_the_offer_had_ended(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope()
        [item] = await ledger.authorise(scope_id, HUNDRED, valid_until=NINE + timedelta(minutes=1))
        await refused(ledger, "work_within_validity", ledger.worked(item, 1))

    async def test_work_a_month_after_the_revocation_under_a_tolerance(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope(combine="pct", pct_numerator=1, pct_denominator=10)
        [item] = await ledger.authorise(scope_id, TWO)
        act = ledger.items[item]["authorisation_id"]
        await ledger.step(item, "revoke", act, revoked_after=TEN + timedelta(minutes=30))
        await ledger.work(item, 1)
        later = TEN + timedelta(days=30)
        await refused(ledger, "work_before_revocation", ledger.worked(item, 1, started_at=later, ended_at=later))

    async def test_a_revocation_turned_back(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope()
        [item] = await ledger.authorise(scope_id, TWO)
        act = ledger.items[item]["authorisation_id"]
        await ledger.step(item, "revoke", act, revoked_after=TEN)
        row = ledger.row(item, "revoke", act, revoked_after=TEN + timedelta(days=30))
        await refused(ledger, "kind_moves_its_own", {"authorisations.capacity": [row]})

    async def test_what_was_done_is_not_amended_away(self, ledger: Ledger) -> None:
        [item] = await done(ledger, HUNDRED)
        row = ledger.row(item, "amend", ledger.items[item]["authorisation_id"], granted=-1)
        await refused(ledger, "granted_covers_performed", {"authorisations.capacity": [row]})

    async def test_billed_work_is_not_corrected_away(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope()
        [item] = await ledger.authorise(scope_id, HUNDRED)
        record = await ledger.work(item, 1)
        await ledger.bill((item, 1, 10_000))
        row = ledger.row(item, "correct", record, performed=-1, **HOURS)
        await refused(ledger, "billed_within_performed", {"authorisations.capacity": [row]})

    async def test_evidence_moved_to_when_it_would_have_been_authorised(self, ledger: Ledger) -> None:
        (item_id,) = await ledger.authorise(await ledger.scope(), HUNDRED, at=TEN)
        early, late = (ledger.worked(item_id, 1, started_at=at, ended_at=ELEVEN) for at in (NINE, TEN))
        evidence = early["authorisations.work_record"][0] | {"finding": "WORK_BEFORE_AUTH"}
        await ledger.insert({"authorisations.work_record": [evidence]})
        cited = {"corrected_started_at": str(NINE), "corrected_ended_at": str(ELEVEN)}
        moved = late["authorisations.work_record"][0] | {"corrects": evidence["work_record_id"]} | cited
        for said, by in ((True, "evidence_stays_evidence"), (False, "corrects_record_of_its_item"), (None, "correction_is_cited")):
            await refused(ledger, by, {"authorisations.work_record": [moved | {"corrected_evidence": said}]})
        withdrawn = moved | {"corrected_evidence": True, "ticks": 0, "finding": "WORK_WITHDRAWN", "started_at": str(NINE)}
        await refused(ledger, "evidence_stays_evidence", {"authorisations.work_record": [withdrawn]})

    async def test_evidence_that_is_performed_all_the_same(self, ledger: Ledger) -> None:
        (item_id,) = await ledger.authorise(await ledger.scope(), HUNDRED)
        rows = ledger.worked(item_id, 1)
        rows["authorisations.work_record"][0]["finding"] = "AUTH_REVOKED"
        await refused(ledger, "work_as_recorded", rows)

    async def test_a_period_supplied_twice(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope(of="subscription")
        [plan] = await ledger.authorise(scope_id, HUNDRED | {"recurring": True})
        period = {"staff_id": None, "period_from": "2026-01-01", "period_until": "2026-02-01"}
        await ledger.work(plan, 1, **period)
        await refused(ledger, "one_supply_per_period", ledger.worked(plan, 1, **period | {"period_from": "2026-01-31"}))

    async def test_more_of_a_recurring_item_than_one_periods(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope(of="subscription")
        [plan] = await ledger.authorise(scope_id, HUNDRED | {"recurring": True})
        period = {"staff_id": None, "period_from": "2026-01-01", "period_until": "2026-02-01"}
        await refused(ledger, "recurring_is_supplied_by_period", ledger.worked(plan, 2, **period))

    async def test_a_backdated_consent(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope()
        rows = ledger.offered(scope_id, [HUNDRED])
        await ledger.insert(rows)
        act = ledger.act(rows, consented_at=NINE - timedelta(days=1))
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with ledger.connection.transaction():
                await ledger.insert({"authorisations.authorisation": [act | {"recorded_at": str(NINE - timedelta(days=1))}]})
        await ledger.approve(rows, act)
        [item] = rows["authorisations.offer_item"]
        assert ledger.items[item["item_id"]]["authorised_at"] == str(NINE), "a claim outside the lag counts from when it was recorded"

    async def test_terms_dated_before_their_authorisation(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope()
        rows = ledger.offered(scope_id, [HUNDRED])
        await ledger.insert(rows)
        act = ledger.act(rows) | {"verdicts": 1}
        await ledger.insert({"authorisations.authorisation": [act]})
        place = {name: act[name] for name in ("organisation_id", "authorisation_id", "scope_id", "offer_id", "revision")}
        [item] = rows["authorisations.offer_item"]
        verdict = place | {"item_id": item["item_id"], "verdict": "approved", "active": True, "position": 1, "verdicts": 1}
        terms = place | {
            "item_id": item["item_id"], "active": True, "period_ticks": 1, "ticks": 1, "denominator": 1, "price_numerator": 10_000,
            "price_denominator": 1, "currency": "USD", "recurring": False, "authorised_at": str(NINE), "valid_until": "infinity",
            "cap_minor": act["cap_minor"],
        } | POLICY  # fmt: skip
        both = {"authorisations.authorisation_item": [verdict], "authorisations.capacity_item": [terms]}
        await refused(
            ledger, "item_authorised_when", both | {"authorisations.capacity_item": [terms | {"authorised_at": str(NINE - timedelta(1))}]}
        )
        await refused(ledger, "item_as_offered", both | {"authorisations.capacity_item": [terms | {"price_numerator": 20_000}]})
        await refused(ledger, "recurring_until_cancelled", both | {"authorisations.capacity_item": [terms | {"ticks": 2}]})
        await refused(ledger, "item_expressly_approved", both | {"authorisations.authorisation_item": [verdict | {"verdict": "declined"}]})
        await refused(ledger, "item_expressly_approved", {"authorisations.capacity_item": [terms]})

    async def test_an_item_of_an_offer_that_nobody_was_shown_under_an_honest_act(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope()
        [item] = await ledger.authorise(scope_id, HUNDRED)
        hidden = ledger.offered(scope_id, [HUNDRED | {"price_numerator": 900_000_000}])
        await ledger.insert(hidden)
        [other] = hidden["authorisations.offer_item"]
        [shown] = await ledger.connection.fetch("select * from authorisations.authorisation_item where item_id = $1", item)
        verdict = {name: shown[name] for name in set(shown.keys()) - {"epoch", "transaction_id"}} | {"item_id": other["item_id"]}
        await refused(ledger, "one_verdict_per_position", {"authorisations.authorisation_item": [verdict]})
        await refused(ledger, "verdicts_are_numbered", {"authorisations.authorisation_item": [verdict | {"position": 2}]})
        await refused(ledger, "verdict_of_act", {"authorisations.authorisation_item": [verdict | {"position": 2, "verdicts": 2}]})
        act = ledger.act(hidden) | {"verdicts": 1, "offer_id": shown["offer_id"]}
        act["offer_hash"] = await ledger.connection.fetchval(
            "select '\\x' || encode(offer_hash, 'hex') from authorisations.authorisation where authorisation_id = $1",
            shown["authorisation_id"],
        )
        await ledger.insert({"authorisations.authorisation": [act]})
        forged = verdict | {"authorisation_id": act["authorisation_id"], "position": 1}
        await refused(ledger, "verdict_on_item_shown", {"authorisations.authorisation_item": [forged]})

    async def test_an_incomplete_record_that_claims_to_be_active(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope()
        rows = ledger.offered(scope_id, [HUNDRED])
        await ledger.insert(rows)
        for missing in (
            {"received_by": None},
            {"conditions": None},
            {"authoriser_commitment": None},
            {"stated_total_minor": 1},
            {"stated_total_minor": None},
            {"stated_added_minor": None},
            {"channel": "oral_phone", "contact_version": 1, "contact_since": str(NINE), "contact_founding": True},
        ):
            await refused(ledger, "oral_record_complete", {"authorisations.authorisation": [ledger.act(rows, **missing)]})
        for unentitled in ({"authoriser_capacity": "payer"}, {"contact_id": None}):
            await refused(ledger, "authoriser_entitled", {"authorisations.authorisation": [ledger.act(rows, **unentitled)]})

    async def test_a_second_history_of_a_scopes_acts(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope()
        await ledger.authorise(scope_id, HUNDRED)
        rows = ledger.offered(scope_id, [HUNDRED])
        await ledger.insert(rows)
        honest = ledger.act(rows)
        forged = honest | {"prior_hash": "\\x" + "00" * 32}
        await refused(ledger, "act_follows", {"authorisations.authorisation": [forged]})
        await refused(
            ledger,
            "one_act_per_step",
            {
                "authorisations.authorisation": [
                    honest
                    | {
                        "seq": 1,
                        "prior_hash": "\\x" + "00" * 32,
                        "prior_total_minor": 0,
                        "revised_total_minor": 10_000,
                        "stated_total_minor": 10_000,
                    }
                ]
            },
        )
        await refused(
            ledger, "total_adds_up", {"authorisations.authorisation": [honest | {"revised_total_minor": 1, "stated_total_minor": 1}]}
        )

    @pytest.mark.parametrize("answered", [True, False])
    async def test_an_item_more_than_the_text_of_an_offer_lists(self, ledger: Ledger, answered: bool) -> None:
        rows = ledger.offered(await ledger.scope(), [HUNDRED, HUNDRED])
        await ledger.insert(rows)
        if answered:
            await ledger.approve(rows, ledger.act(rows))
        [first, last] = rows["authorisations.offer_item"]
        hidden = {"item_id": uuid4(), "price_numerator": 900_000_000}
        for by, one in (
            ("text_ends_with_its_items", last | hidden | {"position": 3, "items_before": last["items_hash"]}),
            ("item_has_its_place_in_the_text", last | hidden | {"position": 3, "items_before": last["items_hash"], "next_position": 4}),
            ("one_item_per_position", last | hidden),
            ("text_ends_with_its_items", last | hidden | {"items_before": ZERO_HASH}),
            ("item_has_its_place_in_the_text", first | hidden | {"items_before": last["items_hash"]}),
            ("next_item_follows", first | hidden | {"items_before": last["items_hash"], "next_position": 1}),
        ):
            await refused(ledger, by, {"authorisations.offer_item": [one | await hashed(ledger, one)]})

    @pytest.mark.parametrize("changed", OTHERWISE, ids=str)
    @pytest.mark.parametrize("which", [0, 1, 2])
    async def test_an_offer_of_which_an_item_is_otherwise_than_its_text_says(
        self, ledger: Ledger, which: int, changed: dict[str, Any]
    ) -> None:
        rows = ledger.offered(await ledger.scope(), [HUNDRED, HUNDRED, HUNDRED])
        items = rows["authorisations.offer_item"]
        items[which] |= changed
        await refused(ledger, "text_lists_this_item", rows)
        items[which] |= await hashed(ledger, items[which])
        await refused(ledger, "text_ends_with_its_items" if which == 2 else "item_has_its_place_in_the_text", rows)
        for before, after in pairwise(items[which:]):
            after["items_before"] = before["items_hash"]
            after.update(await hashed(ledger, after))
        await refused(ledger, "text_ends_with_its_items", rows)

    @pytest.mark.parametrize(
        "missing, by", [(0, "text_begins_with_its_items"), (1, "item_has_its_place_in_the_text"), (2, "item_has_its_place_in_the_text")]
    )
    async def test_an_offer_of_which_an_item_of_its_text_is_missing(self, ledger: Ledger, missing: int, by: str) -> None:
        rows = ledger.offered(await ledger.scope(), [HUNDRED, HUNDRED, HUNDRED])
        del rows["authorisations.offer_item"][missing]
        await refused(ledger, by, rows)

    async def test_an_offer_without_any_item_of_its_text(self, ledger: Ledger) -> None:
        rows = ledger.offered(await ledger.scope(), [HUNDRED])
        rows["authorisations.offer_item"] = []
        await refused(ledger, "text_begins_with_its_items", {name: some for name, some in rows.items() if some})

    @pytest.mark.parametrize(
        "reword",
        [
            lambda text: text.replace('"price_numerator":10000', '"price_numerator":10000,"price_numerator":1'),
            lambda text: text.replace('"price_numerator":10000', '"price_numerator":10000.0'),
            lambda text: text.replace('"kind":"labour"', '"kind":"labour","discount":5'),
            lambda text: text.replace('"sku":null,', ""),
            lambda text: text.replace('"items":[', '"items":[{},'),
            lambda text: text.replace('"items":[', '"items":[[],'),
        ],
        ids=["two prices", "a float", "a word more", "a word less", "an empty item", "no item"],
    )
    async def test_an_offer_whose_text_says_of_an_item_what_its_row_does_not(self, ledger: Ledger, reword: Any) -> None:
        rows = ledger.offered(await ledger.scope(), [HUNDRED])
        (revision,), (item,) = rows["authorisations.offer_revision"], rows["authorisations.offer_item"]
        honest, revision["canonical"] = revision["canonical"], reword(revision["canonical"])
        assert revision["canonical"] != honest
        revision["offer_hash"] = item["offer_hash"] = "\\x" + seal(OFFER, revision["canonical"])
        await refused(ledger, "text_ends_with_its_items", rows)

    async def test_an_offer_that_is_over_when_it_is_made(self, ledger: Ledger) -> None:
        rows = ledger.offered(await ledger.scope(), [HUNDRED], valid_until=NINE - timedelta(microseconds=1))
        await refused(ledger, "offer_holds_when_made", rows)

    async def test_a_yes_to_an_offer_that_is_over(self, ledger: Ledger) -> None:
        rows = ledger.offered(await ledger.scope(), [HUNDRED], valid_until=NINE)
        await ledger.insert(rows)
        late = ledger.act(rows, consented_at=NINE + timedelta(microseconds=1))
        await refused(ledger, "answered_while_the_offer_holds", {"authorisations.authorisation": [late | {"verdicts": 1}]})
        await ledger.approve(rows, ledger.act(rows))

    async def test_work_on_a_visit_that_is_nobodys(self, ledger: Ledger) -> None:
        [item] = await ledger.authorise(await ledger.scope(), HUNDRED)
        await refused(ledger, "work_on_visit_of_its_matter", ledger.worked(item, 1, visit_id=uuid4()))

    async def test_an_offer_whose_hash_is_of_other_words(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope()
        rows = ledger.offered(scope_id, [HUNDRED])
        rows["authorisations.offer_revision"][0]["offer_hash"] = "\\x" + "ab" * 32
        rows["authorisations.offer_item"][0]["offer_hash"] = "\\x" + "ab" * 32
        await refused(ledger, "hash_of_the_text", rows)

    async def test_figures_beside_an_offer_that_its_words_deny(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope()
        rows = ledger.offered(scope_id, [HUNDRED])
        rows["authorisations.offer_revision"][0]["cap_minor"] = 1
        await refused(ledger, "text_says_the_same", rows)

    async def test_work_until_later_than_an_offer_says(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope()
        rows = ledger.offered(scope_id, [HUNDRED])
        rows["authorisations.offer_revision"][0]["valid_until"] = "2099-01-01T00:00:00+00:00"
        await refused(ledger, "text_says_the_same", rows)

    async def test_work_until_later_than_an_offer_says_read_by_a_type_of_ones_own(self, ledger: Ledger) -> None:
        rows = ledger.offered(await ledger.scope(), [HUNDRED], valid_until=TEN)
        rows["authorisations.offer_revision"][0]["valid_until"] = str(TEN + timedelta(hours=12))
        await ledger.connection.execute("set local timezone = 'Etc/GMT+12'; create domain pg_temp.timestamptz as timestamp")
        await refused(ledger, "text_says_the_same", rows)

    async def test_an_act_is_hashed_with_its_moment_whatever_ones_own_types_are_named(self, ledger: Ledger) -> None:
        rows = ledger.offered(await ledger.scope(), [HUNDRED])
        await ledger.insert(rows)
        await ledger.connection.execute("set local timezone = 'Etc/GMT+12'; create domain pg_temp.timestamptz as date")
        await ledger.approve(rows, ledger.act(rows), grant=False)
        written = await ledger.connection.fetchrow(
            "select encode(entry_hash, 'hex') as hash, encode(prior_hash, 'hex') || ' ' || (extract(epoch from recorded_at) * 1000000)::bigint || ' ' || revised_total_minor"
            " || ' ' || content as said from authorisations.authorisation"
        )
        assert written is not None
        assert written["hash"] == seal("sayso/authorisation/1", written["said"])

    @pytest.mark.parametrize(
        "reword",
        [
            lambda told: text_of({name: one for name, one in told.items() if name != "currency"}),
            lambda told: text_of({name: one for name, one in told.items() if name != "valid_until"}),
            lambda told: '{"total_minor":1,' + text_of(told)[1:],
            lambda told: text_of({**told, "valid_until": "2099-01-01 00:00 Europe/Berlin"}),
            lambda told: text_of({**told, "policy": {**told["policy"], "never_more_than": 5}}),
            lambda told: text_of({name: one for name, one in told.items() if name != "policy"}),
        ],
        ids=["no currency", "no end", "two totals", "an end in other words", "a policy of its own", "no policy"],
    )
    async def test_an_offer_whose_words_say_less_or_more_than_its_figures(self, ledger: Ledger, reword: Any) -> None:
        rows = ledger.offered(await ledger.scope(), [HUNDRED])
        (revision,) = rows["authorisations.offer_revision"]
        revision["canonical"] = reword(json.loads(revision["canonical"]))
        revision["offer_hash"] = rows["authorisations.offer_item"][0]["offer_hash"] = "\\x" + seal(OFFER, revision["canonical"])
        await refused(ledger, "text_says_the_same", rows)

    async def test_a_scope_with_a_tolerance_nobody_published(self, ledger: Ledger) -> None:
        scope_id = await ledger.scope()
        scope = {
            name: value
            for name, value in ledger.scopes[scope_id].items()
            if name not in {"seq", "entitled", "excess", "opening", "act_seq", "head", "total", "figures"}
        }
        forged = scope | {"scope_id": uuid4(), "combine": "pct", "pct_numerator": 1, "subject_kind": "job", "subject_id": uuid4()}
        await refused(ledger, "policy_as_published", {"authorisations.scope": [forged]})


SEALED = (
    "authorisations.policy", "authorisations.scope", "authorisations.offer", "authorisations.offer_revision", "authorisations.offer_item",
    "authorisations.presentation", "authorisations.authorisation", "authorisations.authorisation_item", "authorisations.capacity_item",
    "authorisations.work_record", "authorisations.capacity", "billing.posting_attempt", "billing.decision", "billing.invoice",
    "billing.invoice_scope", "billing.invoice_line", "billing.invoice_tax", "billing.credit_note", "billing.credit_line", "billing.billed_work",
    "kit.fact",
)  # fmt: skip


DRAFTS = ("authorisations.offer", "authorisations.offer_revision")
"""May be deleted as long as nobody was shown them."""


class TestGrants:
    """What is written stays as it was written, and is nobody else's to see."""

    @pytest.mark.parametrize("table", SEALED)
    async def test_nothing_sealed_is_edited_deleted_or_emptied(self, ledger: Ledger, table: str) -> None:
        deleting = () if table in DRAFTS else (f"delete from {table}",)
        for statement in (
            f"update {table} set organisation_id = organisation_id",
            *deleting,
            f"truncate {table}",
            f"alter table {table} disable row level security",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                async with ledger.connection.transaction():
                    await ledger.connection.execute(statement)

    @pytest.mark.parametrize("table", DRAFTS)
    async def test_of_what_was_answered_no_row_is_deleted(self, ledger: Ledger, table: str) -> None:
        await done(ledger, HUNDRED)
        before = await ledger.connection.fetchval(f"select count(*) from {table}")
        await ledger.connection.execute(f"delete from {table}")
        assert await ledger.connection.fetchval(f"select count(*) from {table}") == before > 0

    @pytest.mark.parametrize("table", SEALED)
    async def test_another_organisations_rows_are_not_there(self, ledger: Ledger, table: str) -> None:
        [item] = await done(ledger, HUNDRED)
        await ledger.credit(await ledger.bill((item, 1, 10_000)), (1, 1, 10_000))
        await ledger.connection.execute(f"set local sayso.organisation = '{uuid4()}'")
        assert await ledger.connection.fetchval(f"select count(*) from {table}") == 0
        await ledger.connection.execute("set local sayso.organisation = ''")
        assert await ledger.connection.fetchval(f"select count(*) from {table}") == 0

    async def test_a_row_for_another_organisation_is_not_written(self, ledger: Ledger) -> None:
        await ledger.connection.execute(f"set local sayso.organisation = '{uuid4()}'")
        policy = NO_LAW | {
            "organisation_id": ledger.organisation_id, "policy_name": "mine", "policy_version": 1, "citation": "", "combine": "none",
            "pct_numerator": 0, "pct_denominator": 1, "abs_minor": 0, "hard_cap_minor": 0, "at_limit_refuses": False,
            "consent_deadline": "before_work", "record_lag_seconds": 0, "requires_written_offer": False,
        }  # fmt: skip
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with ledger.connection.transaction():
                await ledger.insert({"authorisations.policy": [policy]})
