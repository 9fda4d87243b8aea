"""The rule in Python and the rule in SQL never differ: the same figures, the same verdict, line by line."""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import asyncpg
import msgspec
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from hypothesis import strategies as st

from service.billing.codes import SENTENCES
from service.billing.judge import Act, Bill, Books, Item, Line, Scope, Tolerance, Work, judge
from service.billing.queries.invoices import POST_INVOICE, POST_WITHOUT_SUPPLIES
from service.settings import Settings
from tests.authorisations.ledger import ELEVEN, NINE, Connection, Ledger
from tests.subscriptions.builders import subscribed, supply
from tests.world import World

TICKS = 6
"""Parts of an hour: halves and thirds come out even, quarters don't."""
AT = ELEVEN + timedelta(hours=1)

POLICIES = st.sampled_from(
    [
        {},
        {"combine": "pct", "pct_numerator": 1, "pct_denominator": 10},
        {"combine": "pct", "pct_numerator": 1, "pct_denominator": 10, "at_limit_refuses": True},
        {"combine": "abs", "abs_minor": 5},
        {"combine": "greater", "pct_numerator": 1, "pct_denominator": 10, "abs_minor": 5, "hard_cap_minor": 30},
        {"combine": "lesser", "pct_numerator": 1, "pct_denominator": 5, "abs_minor": 30},
    ]
)
PRICES = st.sampled_from(
    [Fraction(0), Fraction(1, 3), Fraction(100), Fraction(99), Fraction(101), Fraction(110), Fraction(111), Fraction(-1)]
)
QUANTITIES = st.sampled_from([Fraction(one) for one in ("0", "1/6", "1/3", "1/2", "2/3", "1", "1", "3/2", "2", "1/4", "-1")])
MATTERS = st.fixed_dictionaries(
    {
        "policy": POLICIES,
        "overrun": st.sampled_from([None, None, None, "told", "untold"]),
        "cap": st.sampled_from([9_000_000_000_000_000, 150]),
        "items": st.lists(
            st.fixed_dictionaries(
                {
                    "hours": st.integers(1, 3),
                    "price": st.sampled_from([Fraction(100), Fraction(301, 3)]),
                    "done": st.integers(0, 20),
                    "early": st.sampled_from([None, None, "NO_EXPRESS_CONSENT", "WORK_BEFORE_AUTH", "WORK_WITHDRAWN"]),
                }
            ),
            min_size=1,
            max_size=3,
        ),
    }
)
LINES = st.fixed_dictionaries(
    {
        "item": st.sampled_from([0, 0, 0, 1, 1, 2, None, "unknown"]),
        "quantity": QUANTITIES,
        "price": PRICES,
        "discount": st.sampled_from([0, 0, 0, 1, 20, -1]),
        "amount": st.sampled_from([None, None, None, 100, 33]),
        "unit": st.sampled_from([None, None, None, None, "HUR", "MIN"]),
        "work": st.sampled_from([None, None, None, "own", "own", "unknown"]),
    }
)
BILLS = st.fixed_dictionaries(
    {
        "lines": st.lists(LINES, min_size=1, max_size=4),
        "currency": st.sampled_from(["USD", "USD", "USD", "USD", "CHF"]),
        "tax": st.sampled_from([None, None, None, 0, 1]),
        "scope": st.sampled_from([None, None, True, False]),
    }
)


@pytest.fixture
async def connection(settings: Settings) -> AsyncIterator[Connection]:
    """The service's role; each example rolls back."""
    connection = await asyncpg.connect(settings.database_url)
    yield connection
    await connection.close()


GERMAN = {"law_jurisdiction": "DE", "overrun_notice": True, "withdrawal_days": 14}


async def forecast(ledger: Ledger, scope_id: UUID, overrun: str | None) -> None:
    """That it will come to more, and perhaps that the customer was told."""
    if overrun is None:
        return
    said = {"organisation_id": ledger.organisation_id, "scope_id": scope_id, "forecast_id": uuid4(), "projected_minor": 10**9}
    rows = {"authorisations.forecast": [said | {"number": 1, "authorised_minor": 0, "reason": "Rust", "stated_by": "t"}]}
    if overrun == "told":
        to = {"customer_id": ledger.customer_id, "currency": "USD", "contact_id": ledger.contact_id, "channel": "phone"}
        rows["authorisations.overrun_notice"] = [said | to | {"notice_id": uuid4(), "over": True, "told_at": str(NINE), "told_by": "t"}]
    await ledger.insert(rows)


async def the_matter(ledger: Ledger, matter: dict[str, Any]) -> tuple[Books, list[UUID], list[UUID]]:
    """The same matter in the database and in Python, with its items and the work record of each."""
    scope_id = await ledger.scope(rights=GERMAN, **matter["policy"])
    items = [
        {
            "ticks": one["hours"] * TICKS,
            "denominator": TICKS,
            "price_numerator": one["price"].numerator,
            "price_denominator": one["price"].denominator,
        }
        for one in matter["items"]
    ]
    ids = await ledger.authorise(scope_id, *items, cap_minor=matter["cap"])
    policy = matter["policy"]
    tolerance = Tolerance(
        combine=policy.get("combine", "none"),
        percent=Fraction(policy.get("pct_numerator", 0), policy.get("pct_denominator", 1)),
        abs_minor=policy.get("abs_minor", 0),
        hard_cap_minor=policy.get("hard_cap_minor", 9_000_000_000_000_000),
        at_limit_refuses=policy.get("at_limit_refuses", False),
    )
    await forecast(ledger, scope_id, matter["overrun"])
    act_id = ledger.items[ids[0]]["authorisation_id"]
    books = Books(
        items={},
        scopes={scope_id: Scope(ledger.customer_id, tolerance, notice_missing=matter["overrun"] == "untold")},
        acts={act_id: Act(matter["cap"])},
    )
    records = []
    for item_id, item, one in zip(ids, items, matter["items"], strict=True):
        record_id = await ledger.work(item_id, one["done"]) if one["done"] else uuid4()
        records.append(record_id)
        if one["done"]:
            books.work[record_id] = Work(item_id)
        books.items[item_id] = Item(
            scope_id=scope_id, currency="USD", tax_basis="excl", tax_rate=Fraction(0), tax_category="S", unit="HUR", denominator=TICKS,
            price=one["price"], act_id=act_id, granted=item["ticks"], performed=one["done"], finding=None if one["early"] == "WORK_WITHDRAWN" else one["early"],
        )  # fmt: skip
        if one["early"]:
            await ledger.insert({"authorisations.work_record": [ledger.recorded(item_id, TICKS, finding=one["early"])]})
    return books, ids, records


def the_lines(bill: dict[str, Any], ids: list[UUID], records: list[UUID]) -> list[Line]:
    """The lines of a bill, their items and records looked up."""
    lines = []
    for one in bill["lines"]:
        index = one["item"]
        item_id = None if index is None else uuid4() if index == "unknown" else ids[index % len(ids)]
        work: list[UUID] = []
        if one["work"] and isinstance(index, int):
            work = [records[index % len(ids)] if one["work"] == "own" else uuid4()]
        lines.append(
            Line(
                item_id=item_id, quantity=one["quantity"], price=one["price"], discount=one["discount"], amount=one["amount"], unit=one["unit"], work=work
            )
        )  # fmt: skip
    return lines


async def asked_of_sql(ledger: Ledger, bill: Bill) -> tuple[list[str | None], dict[str, Any]]:
    """The codes that the statement answers, and its body."""
    lines = [
        {
            "n": number, "line_hash": "1" * 64, "item_id": line.item_id, "qn": line.quantity.numerator, "qd": line.quantity.denominator, "pn": line.price.numerator,
            "pd": line.price.denominator, "unit": line.unit, "discount": line.discount, "amount": line.amount, "work": list(line.work),
        }
        for number, line in enumerate(bill.lines, 1)
    ]  # fmt: skip
    values = {
        "invoice_id": (invoice_id := uuid4()), "payment_id": invoice_id, "attempt_id": uuid4(), "customer_id": bill.customer_id, "scope_id": bill.scope_id, "currency": bill.currency,
        "tax_basis": bill.tax_basis, "claimed_tax": bill.tax_minor, "due_in_days": 14, "input_hash": b"1" * 32,
        "lines": msgspec.json.encode(lines).decode(), "sentences": SENTENCES, "organisation": ledger.organisation_id, "actor": "system:test",
        "request_id": uuid4(), "at": bill.at, "route": "", "key_hash": None, "body_hash": None,
    }  # fmt: skip
    bodies = []
    for statement in (POST_INVOICE, POST_WITHOUT_SUPPLIES):
        tried = ledger.connection.transaction()
        await tried.start()
        row = await ledger.connection.fetchrow(statement.text, *(values[name] for name in statement.parameters))
        assert row is not None
        bodies.append(msgspec.json.decode(row["body"]))
        await (tried.rollback() if statement is POST_INVOICE else tried.commit())
    assert bodies[0] == bodies[1]
    body = bodies[1]
    codes = {line["index"]: line["code"] for line in body.get("lines", [])}
    return [codes.get(index) for index in range(len(lines))], body


async def both_rules_give_the_same_verdict(connection: Connection, matter: dict[str, Any], bills: list[dict[str, Any]]) -> None:
    """On every bill in turn, of which those that pass stay for the next; nothing of it stays in the end."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute(f"set local sayso.at = '{NINE.isoformat()}'")
        ledger = await Ledger(connection).begin()
        books, ids, records = await the_matter(ledger, matter)
        [scope_id] = books.scopes
        for one in bills:
            bill = Bill(
                customer_id=ledger.customer_id, currency=one["currency"], lines=the_lines(one, ids, records), at=AT, tax_minor=one["tax"],
                scope_id={None: None, True: scope_id, False: uuid4()}[one["scope"]],
            )  # fmt: skip
            codes, body = await asked_of_sql(ledger, bill)
            verdict = judge(bill, books)
            assert verdict.codes == codes
            if verdict.posts:
                assert (body["total_minor"], body["tax_minor"]) == (verdict.lines_minor + verdict.tax_minor, verdict.tax_minor)
    finally:
        await transaction.rollback()


BOUNDS: dict[str, Any] = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    "print_blob": True,
}
IN_TURN: dict[str, Any] = {"matter": MATTERS, "bills": st.lists(BILLS, min_size=1, max_size=3)}


@bounds(max_examples=40, **BOUNDS)
@given(**IN_TURN)
async def test_both_rules_give_the_same_verdict_on_every_bill_in_turn(
    connection: Connection, matter: dict[str, Any], bills: list[dict[str, Any]]
) -> None:
    await both_rules_give_the_same_verdict(connection, matter, bills)


@pytest.mark.soak
@bounds(max_examples=500, **BOUNDS)
@given(**IN_TURN)
async def test_both_rules_give_the_same_verdict_on_five_hundred_matters(
    connection: Connection, matter: dict[str, Any], bills: list[dict[str, Any]]
) -> None:
    await both_rules_give_the_same_verdict(connection, matter, bills)


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"])
@pytest.mark.parametrize("days, ended, code", [(-1, False, "WORK_BEFORE_AUTH"), (0, False, None), (0, True, "SUBSCRIPTION_ENDED")])
async def test_both_rules_give_the_same_verdict_on_a_period_supplied_where_the_site_is(
    world: World, zone: str, days: int, ended: bool, code: str | None
) -> None:
    authorised_at: datetime = world.clock.forward(hours=14)  # three days at once: yesterday in Los Angeles, tomorrow on Kiritimati
    today = authorised_at.astimezone(ZoneInfo(zone)).date()
    subscription = await subscribed(world, zone=zone, begins_on="2026-02-01", grace_days=100)
    if ended:
        await world.done("POST", f"/v1/subscriptions/{subscription['id']}/end", role="back_office")
    period: tuple[date, date] = (begins := today + timedelta(days), begins.replace(month=4))
    answer = await supply(world, subscription, (str(period[0]), str(period[1])))
    item_id, scope_id, act_id, customer_id = (uuid4() for _ in range(4))
    item = Item(
        scope_id=scope_id, currency="EUR", tax_basis="excl", tax_rate=Fraction(0), tax_category="Z", unit="MON", denominator=1, price=Fraction(2990),
        act_id=act_id, granted=10**15, recurring=True, period_ticks=1, authorised_at=authorised_at,
    )  # fmt: skip
    scopes = {scope_id: Scope(customer_id, Tolerance(), zone=ZoneInfo(zone), ended=ended)}
    line = Line(item_id=item_id, quantity=Fraction(1), price=Fraction(2990), period=period)
    bill = Bill(customer_id=customer_id, currency="EUR", lines=[line], at=world.clock.now)
    verdict = judge(bill, Books(items={item_id: item}, scopes=scopes, acts={act_id: Act()}))
    assert verdict.codes == [code]
    assert [one["code"] for one in answer.json().get("lines", [])] == ([code] if code else [])
