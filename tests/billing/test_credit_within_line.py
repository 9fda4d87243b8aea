"""I7 of the design: whatever is credited in whatever parts, a line gives back at most what it still holds, and exactly that can be billed again."""

from collections.abc import AsyncIterator
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import msgspec
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from hypothesis import strategies as st

from service.billing.judge import Bill
from service.billing.judge import Line as Billed
from service.billing.queries.credit_notes import CREDIT_INVOICE
from service.settings import Settings
from tests.authorisations.ledger import NINE, Connection, Ledger, Rows, rounded
from tests.billing.builders import OWE
from tests.billing.test_judge_invoice import AT, asked_of_sql

LINES = st.lists(st.tuples(st.integers(0, 1), st.integers(1, 12)), min_size=1, max_size=3)
"""Of which item, and how many twelfths of an hour: as many as are billed, so that each line is honest."""
PRICES = st.sampled_from([(9_001, 1), (100, 3), (7, 1), (10_000, 1)])
EDGES = ("rest", "rest and one", "share less one", "share less two")
"""Sums that depend on what the line holds by then: all of it, a cent more, and a cent or two less than what the quantity comes to."""
CREDITS = st.lists(
    st.lists(
        st.tuples(
            st.integers(0, 2),
            st.integers(0, 12),
            st.sampled_from([None, None, None, None, 0, 1, *EDGES]),
            st.sampled_from([False, False, False, False, False, False, False, True]),
        ),
        min_size=1,
        max_size=2,
    ),
    min_size=1,
    max_size=8,
)
"""Which line, how many twelfths of it up to one too many, for how much, and whether by a part that no twelfths come to."""
MATTERS = st.fixed_dictionaries({"prices": st.tuples(PRICES, PRICES), "lines": LINES, "credits": CREDITS})
TICKS = 12
BOUNDS: dict[str, Any] = {
    "deadline": None,
    "database": None,
    "print_blob": True,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


class Line(msgspec.Struct):
    """A billed line, and what it still holds."""

    item_id: UUID
    ticks: int
    net: int
    ticks_back: int = 0
    net_back: int = 0

    def share(self, part: Fraction) -> int:
        """What that part of it comes to, after what was given back before."""
        back = self.ticks_back + part * self.ticks
        return rounded(int(self.net * back * 12), self.ticks * 12) - rounded(self.net * self.ticks_back, self.ticks)

    def sum(self, part: Fraction, amount: int | str | None) -> int | None:
        """The amount that is sent."""
        rest = self.net - self.net_back
        edges = {"rest": rest, "rest and one": rest + 1, "share less one": self.share(part) - 1, "share less two": self.share(part) - 2}
        return max(edges[amount], 0) if isinstance(amount, str) else amount

    def asked(self, part: Fraction, amount: int | None) -> tuple[int, int] | None:
        """Ticks and money that such a credit gives back; None where the line doesn't hold it."""
        ticks = part * self.ticks
        if ticks.denominator != 1 or self.ticks_back + ticks > self.ticks:
            return None
        money = self.share(part) if amount is None else amount
        least = rounded_down(self.net * (self.ticks_back + int(ticks)), self.ticks)
        if self.net_back + money > self.net or (ticks, money) == (0, 0) or self.net_back + money < least:
            return None
        return int(ticks), money


def rounded_down(value: int, denominator: int) -> int:
    """The least that a share comes to: half a minor unit is given the customer's way by nobody."""
    return -((denominator - 2 * value) // (2 * denominator))


@pytest.fixture
async def connection(settings: Settings) -> AsyncIterator[Connection]:
    """The service's role; each example rolls back."""
    connection = await asyncpg.connect(settings.database_url)
    yield connection
    await connection.close()


async def credited(ledger: Ledger, invoice_id: UUID, lines: list[tuple[int, Fraction, int | None]]) -> tuple[int, dict[str, Any]]:
    """What the statement answers to a credit of those lines."""
    said = [
        {"n": number, "line_number": line, "qn": share.numerator, "qd": share.denominator, "amount": amount}
        for number, (line, share, amount) in enumerate(lines, 1)
    ]
    note = uuid4()
    values = {
        "credit_note_id": note, "payment_id": note, "invoice_id": invoice_id, "input_hash": note.bytes * 2, "lines": msgspec.json.encode(said).decode(),
        "reason": "A mistake", "visit_id": None, "organisation": ledger.organisation_id, "actor": "system:test", "request_id": uuid4(),
        "at": AT, "route": "", "key_hash": None, "body_hash": None,
    }  # fmt: skip
    row = await ledger.connection.fetchrow(CREDIT_INVOICE.text, *(values[name] for name in CREDIT_INVOICE.parameters))
    assert row is not None
    return row["status"], msgspec.json.decode(row["body"])


async def stands(ledger: Ledger, item_id: UUID) -> tuple[int, int]:
    """What the chain says is billed of an item: ticks and money."""
    row = await ledger.connection.fetchrow(
        "select billed_after, net_after from authorisations.capacity where item_id = $1 order by item_seq desc limit 1", item_id
    )
    assert row is not None
    return row["billed_after"], row["net_after"]


async def a_credit_releases_at_most_what_its_line_still_holds(connection: Connection, matter: dict[str, Any]) -> None:
    await connection.execute(f"set local sayso.at = '{NINE.isoformat()}'")
    ledger = await Ledger(connection).begin()
    terms = [{"ticks": 36, "denominator": TICKS, "price_numerator": n, "price_denominator": d} for n, d in matter["prices"]]
    items = await ledger.authorise(await ledger.scope(), *terms)
    for item_id in items:
        await ledger.work(item_id, 36)
    lines, so_far = [], [0, 0]
    for item, ticks in matter["lines"]:
        n, d = matter["prices"][item]
        net = rounded((so_far[item] + ticks) * n, TICKS * d) - rounded(so_far[item] * n, TICKS * d)
        so_far[item] += ticks
        lines.append(Line(items[item], ticks, net))
    rows: Rows = await ledger.bill(*((line.item_id, line.ticks, line.net) for line in lines))
    invoice_id = rows["billing.invoice"][0]["invoice_id"]
    owed = {"organisation": ledger.organisation_id, "invoice_id": invoice_id, "at": NINE}
    await connection.fetch(OWE.text, *(owed[name] for name in OWE.parameters))
    for told in matter["credits"]:
        credit = {}
        for which, twelfths, amount, uneven in told:
            line = lines[which % len(lines)]
            part = Fraction(twelfths % (line.ticks + 2), line.ticks) + Fraction(int(uneven), 5 * line.ticks)
            credit[which % len(lines)] = (part, line.sum(part, amount))
        asked = [lines[number].asked(part, amount) for number, (part, amount) in credit.items()]
        status, body = await credited(ledger, invoice_id, [(number + 1, *said) for number, said in credit.items()])
        assert (status == 201) is (None not in asked), (credit, asked, body)
        if status == 201:
            assert body["total_minor"] == sum(money for _, money in asked if asked)
            for number, (ticks, money) in zip(credit, asked, strict=True):
                lines[number].ticks_back += ticks
                lines[number].net_back += money
        for item_id in items:
            held = [line for line in lines if line.item_id == item_id]
            left = (sum(line.ticks - line.ticks_back for line in held), sum(line.net - line.net_back for line in held))
            assert await stands(ledger, item_id) == (left if held else (0, 0))
            assert all(line.ticks_back <= line.ticks and line.net_back <= line.net for line in held)
    await posts_again(ledger, items, matter["prices"])


async def posts_again(ledger: Ledger, items: list[UUID], prices: tuple[tuple[int, int], ...]) -> None:
    """What is free of each item, and not a twelfth of an hour more."""
    for item_id, (n, d) in zip(items, prices, strict=True):
        free = 36 - (await stands(ledger, item_id))[0]
        for ticks, code in ((free + 1, "BILLED_OVER_PERFORMED"), (free, None)):
            if ticks:
                line = Billed(item_id=item_id, quantity=Fraction(ticks, TICKS), price=Fraction(n, d))
                codes, _ = await asked_of_sql(ledger, Bill(customer_id=ledger.customer_id, currency="USD", lines=[line], at=AT))
                assert codes == [code]


async def rolled_back(connection: Connection, matter: dict[str, Any]) -> None:
    """One random matter, and nothing of it stays."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        await a_credit_releases_at_most_what_its_line_still_holds(connection, matter)
    finally:
        await transaction.rollback()


@bounds(max_examples=40, **BOUNDS)
@given(matter=MATTERS)
async def test_i7_a_credit_releases_at_most_what_its_line_still_holds(connection: Connection, matter: dict[str, Any]) -> None:
    await rolled_back(connection, matter)


@pytest.mark.soak
@bounds(max_examples=1_000, **BOUNDS)
@given(matter=MATTERS)
async def test_i7_it_holds_of_a_thousand_random_matters(connection: Connection, matter: dict[str, Any]) -> None:
    await rolled_back(connection, matter)
