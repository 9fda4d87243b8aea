"""Time without service is given back by a rule: exact, once, with its tax, foreseen before, and never more than the period cost."""

import json
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import asyncpg
import pytest
from hypothesis import given
from hypothesis import settings as sized
from hypothesis import strategies as st

from service.billing.outages import background
from service.billing.outages.rule import SHIPPED, Plan, Span, beside, credits_due, union
from service.billing.records.outages import CreditedPeriod, OutagePolicy, OutageTier
from service.kit.money import rounded
from service.kit.tasks.registry import KINDS
from service.kit.tasks.runner import Runner
from service.settings import Settings
from tests.files import leaves_whole
from tests.proofs.soundness import offences
from tests.subscriptions.builders import pay, plan, renew, subscribed
from tests.world import World

HOURS = {"unit": "hour", "least_units": 4, "tiers": [{}]}
"""Every whole hour at its share, where an outage took four at least."""
BEGAN = datetime.fromisoformat("2026-03-05T00:00:00+01:00")
PARAGRAPH_58 = {
    "unit": "day",
    "tiers": [{"from_unit": 3, "of_month": "1/10", "least_minor": 500}, {"from_unit": 5, "of_month": "1/5", "least_minor": 1000}],
    "currency": "EUR",
    "citation": "§ 58 Abs. 3 TKG (DE), as of 2021",
}


async def beat(world: World) -> None:
    """A minute goes by, and credits are given in the background."""
    assert background.run_give_outage_credits is KINDS["give_outage_credits"].handler
    world.clock.forward(minutes=1)
    worker = Runner(world.database, kinds={"give_outage_credits": KINDS["give_outage_credits"]}, clock=world.clock, jitter=lambda: 0.0)
    worker._committed(world.organisation_id)
    await worker.drain()


async def ruled(world: World, **policy: Any) -> None:
    await world.done("POST", "/v1/outages/policies", policy, role="manager", key=str(world.id()))


async def paid(world: World, **differences: Any) -> dict[str, Any]:
    """A service from the day after the world begins on, its first 31 days paid."""
    subscription = await subscribed(world, **{"begins_on": "2026-03-05", **differences})
    await pay(world, await renew(world, subscription))
    world.clock.now = BEGAN + timedelta(days=20)
    return subscription


def span(begins: float, hours: float) -> dict[str, Any]:
    """Hours without service, so many days after it began."""
    since = BEGAN + timedelta(days=begins)
    return {"from_at": since.isoformat(), "until_at": (since + timedelta(hours=hours)).isoformat(), "why": "A cut cable"}


async def told(world: World, subscription: dict[str, Any], outage: dict[str, Any]) -> dict[str, Any]:
    path = f"/v1/subscriptions/{subscription['id']}/outages"
    return await world.done("POST", path, outage, role="back_office", key=str(world.id()))


async def foresee(world: World, subscription: dict[str, Any], outage: dict[str, Any]) -> dict[str, Any]:
    asked = urlencode({name: outage[name] for name in ("from_at", "until_at")})
    return await world.done("GET", f"/v1/subscriptions/{subscription['id']}/outage-credit?{asked}")


async def test_the_policy_in_force_is_listed_first_and_the_shipped_one_last(world: World) -> None:
    await ruled(world, **PARAGRAPH_58)
    [ours, shipped] = await leaves_whole(world, "/v1/outages/policies")
    assert (ours["version"], ours["citation"], ours["tiers"]) == (1, PARAGRAPH_58["citation"], PARAGRAPH_58["tiers"])
    assert (shipped["version"], shipped["tiers"]) == (0, [{"from_unit": 1, "of_month": None, "least_minor": None}])


async def credit_of(world: World, subscription: dict[str, Any]) -> int:
    account = await world.done("GET", f"/v1/customers/{subscription['customer_id']}/account")
    return sum(one["credit_minor"] for one in account["balances"])


async def test_whole_hours_are_given_back_at_their_share_of_the_price_once_and_foreseen_to_the_cent(
    world: World, owner: asyncpg.Connection, settings: Settings
) -> None:
    await ruled(world, **HOURS)
    subscription = await paid(world)
    outage = {**span(3, 28.5), "id": str(world.id())}
    hours = 31 * 24 - 1  # the clock goes forward in it
    due = rounded(Fraction(2990 * 28, hours))
    foreseen = await foresee(world, subscription, outage)
    [period] = foreseen["periods"]
    assert (foreseen["credit_minor"], period["units"]) == (due, 28)
    assert period["parts"] == [{"units": 28, "of": "period", "part": f"1/{hours}", "base_minor": 2990, "least_minor": None}]
    assert await credit_of(world, subscription) == 0
    for _ in range(2):
        receipt = await told(world, subscription, outage)
        assert receipt["credit_minor"] == due
    assert await credit_of(world, subscription) == due
    again = await told(world, subscription, span(3.5, 5))
    assert (again["credit_minor"], again["credit_note_ids"]) == (0, [])
    assert await credit_of(world, subscription) == due
    [_, first] = await leaves_whole(world, f"/v1/subscriptions/{subscription['id']}/outages")
    assert (first["id"], first["credit_note_ids"], first["credit_minor"]) == (outage["id"], receipt["credit_note_ids"], due)
    assert await offences(owner, settings, world) == {}


async def test_an_outage_shorter_than_the_least_gives_nothing_until_another_makes_it_longer(world: World) -> None:
    await ruled(world, **HOURS)
    subscription = await paid(world)
    assert (await told(world, subscription, span(3, 3)))["credit_minor"] == 0
    longer = await told(world, subscription, span(3 + 2 / 24, 3))
    assert longer["credit_minor"] == rounded(Fraction(2990 * 5, 31 * 24 - 1))


async def test_the_tax_of_it_is_given_back_too(world: World) -> None:
    await ruled(world, unit="day", tiers=[{}])
    taxed = (await plan(world, tax_category="S", tax_rate_bp=1900))["id"]
    subscription = await paid(world, plan_item_id=taxed)
    receipt = await told(world, subscription, span(2.5, 84))  # three whole days
    net = rounded(Fraction(2990 * 3, 31))
    assert receipt["credit_minor"] == net
    assert await credit_of(world, subscription) == net + rounded(Fraction(net * 19, 100))


async def test_a_law_is_a_policy_and_never_gives_more_than_the_period_cost(world: World) -> None:
    await ruled(world, **PARAGRAPH_58)
    subscription = await paid(world)
    two_days = await told(world, subscription, span(0.5, 60))
    assert two_days["credit_minor"] == 0
    five_days = await told(world, subscription, span(0.5, 24 * 5.6))
    assert five_days["credit_minor"] == 2 * 500 + 1000
    ten_days = await told(world, subscription, span(0.5, 24 * 10.6))
    assert ten_days["credit_minor"] == 2990 - 2000
    foreseen = await foresee(world, subscription, span(0.5, 24 * 12))
    assert [one["beyond_minor"] for one in foreseen["periods"]] == [2 * 500 + 7 * 1000 - 2990]


async def test_an_incident_credits_whom_it_reached_once_it_is_over_and_somebody_says_so_and_another_in_that_time_only_the_rest(
    world: World, owner: asyncpg.Connection, settings: Settings
) -> None:
    await ruled(world, **HOURS)
    subscription = await paid(world)
    incidents = []
    for begins in (timedelta(0), timedelta(hours=4)):
        declared = {
            "what": "No light",
            "begins_at": (world.clock.now + begins).isoformat(),
            "until_at": (world.clock.now + timedelta(days=9)).isoformat(),
            "subscription_ids": [subscription["id"]],
        }
        incidents.append((await world.done("POST", "/v1/incidents", declared, role="back_office"))["id"])
    world.clock.forward(hours=6)
    running = await world.post(f"/v1/incidents/{incidents[0]}/credits", role="back_office", key=str(world.id()))
    assert (running.status_code, running.json()["code"]) == (409, "INCIDENT_UNDER_WAY")
    hours = 31 * 24 - 1
    for incident_id, whole in zip(incidents, (6, 10), strict=True):
        await world.done("POST", f"/v1/incidents/{incident_id}/close", role="back_office", key=str(world.id()))
        [foreseen] = (await world.done("GET", f"/v1/incidents/{incident_id}/credits"))["items"]
        before = await credit_of(world, subscription)
        for _ in range(2):
            await world.done("POST", f"/v1/incidents/{incident_id}/credits", role="back_office", key=str(world.id()))
            await beat(world)
        assert await credit_of(world, subscription) == rounded(Fraction(2990 * whole, hours)) == before + foreseen["credit_minor"]
        [given_back] = await leaves_whole(world, f"/v1/incidents/{incident_id}/credits")
        assert (given_back["given"], given_back["credit_minor"]) == (True, foreseen["credit_minor"])
        world.clock.now = world.clock.now.replace(minute=0) + timedelta(hours=4)
    assert await offences(owner, settings, world) == {}


async def test_what_an_incident_gave_is_told_in_the_units_it_was_counted_in_whatever_the_policy_says_since(world: World) -> None:
    await ruled(world, **HOURS)
    subscription = await paid(world)
    declared = {
        "what": "No light",
        "until_at": (world.clock.now + timedelta(hours=6)).isoformat(),
        "subscription_ids": [subscription["id"]],
    }
    incident_id = (await world.done("POST", "/v1/incidents", declared, role="back_office"))["id"]
    world.clock.forward(hours=6)
    await world.done("POST", f"/v1/incidents/{incident_id}/credits", role="back_office", key=str(world.id()))
    await beat(world)
    await ruled(world, unit="day", tiers=[{}])
    [given_back] = (await world.done("GET", f"/v1/incidents/{incident_id}/credits"))["items"]
    assert (given_back["given"], given_back["policy_version"], given_back["unit"]) == (True, 1, "hour")


async def test_a_policy_that_gives_by_itself_credits_what_is_over_since_and_nothing_before(world: World) -> None:
    subscription = await paid(world)
    for _ in range(2):
        declared = {
            "what": "No light", "until_at": (world.clock.now + timedelta(days=2)).isoformat(), "subscription_ids": [subscription["id"]],
        }  # fmt: skip
        await world.done("POST", "/v1/incidents", declared, role="back_office")
        world.clock.forward(days=2, minutes=1)
        assert await credit_of(world, subscription) == 0
        await ruled(world, unit="day", tiers=[{}], gives_by_itself=True)
        await beat(world)
    assert await credit_of(world, subscription) == rounded(Fraction(2990, 31))


async def test_a_period_that_is_billed_only_afterwards_gives_back_its_part(world: World) -> None:
    await ruled(world, unit="day", tiers=[{}])
    subscription = await paid(world)
    world.clock.now = BEGAN + timedelta(days=40)
    receipt = await told(world, subscription, span(29.5, 24 * 4))  # one whole day in the period that is paid, two in the next
    assert receipt["credit_minor"] == rounded(Fraction(2990, 31))
    invoice = await renew(world, subscription)
    await beat(world)
    account = await world.done("GET", f"/v1/customers/{subscription['customer_id']}/account")
    due = rounded(Fraction(2990 * 2, 30))
    assert sum(one["open_minor"] for one in account["open_invoices"]) == invoice["total_minor"] - due
    await beat(world)
    assert await world.done("GET", f"/v1/customers/{subscription['customer_id']}/account") == account


async def test_time_in_which_a_service_was_suspended_for_what_its_customer_did_gives_nothing(world: World) -> None:
    await ruled(world, **HOURS)
    subscription = await paid(world)
    world.clock.now = BEGAN + timedelta(days=20)
    for act, days in (("suspend", 2), ("lift", 1)):
        await world.done("POST", f"/v1/subscriptions/{subscription['id']}/{act}", {"reason": "misuse"}, role="back_office")
        world.clock.forward(days=days)
    receipt = await told(world, subscription, span(20, 48 + 12))
    assert receipt["credit_minor"] == rounded(Fraction(2990 * 12, 31 * 24 - 1))


@pytest.mark.parametrize(
    "change",
    [
        {"until_at": "2026-03-01T00:00:00Z"}, {"until_at": "2026-05-01T00:00:00Z"}, {"from_at": "2025-03-01T00:00:00Z"},
    ],
)  # fmt: skip
async def test_an_outage_that_cannot_have_been_is_refused(world: World, change: dict[str, str]) -> None:
    subscription = await paid(world)
    answer = await world.post(
        f"/v1/subscriptions/{subscription['id']}/outages", {**span(3, 10), **change}, role="back_office", key=str(world.id())
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "OUTAGE_UNCLEAR")


@pytest.mark.parametrize(
    "tiers", [[{"from_unit": 5}, {"from_unit": 3}], [{"of_month": "11/10"}], [{"least_minor": 5}], [{"from_unit": 3}, {"from_unit": 3}]]
)
async def test_tiers_ascend_and_give_no_more_than_a_month(world: World, tiers: list[dict[str, Any]]) -> None:
    answer = await world.post("/v1/outages/policies", {"unit": "day", "tiers": tiers}, role="manager", key=str(world.id()))
    assert (answer.status_code, answer.json()["code"]) == (422, "TIERS_OUT_OF_ORDER")


async def test_raw_sql_counts_no_moment_twice_and_credits_nothing_beside_a_credit_note(world: World) -> None:
    await ruled(world, **HOURS)
    subscription = await paid(world)
    await told(world, subscription, span(3, 28))
    with pytest.raises(asyncpg.ExclusionViolationError, match="no_moment_counts_twice"):
        await world.sql(
            "insert into billing.outage_span select organisation_id, outage_id, subscription_id, from_at + interval '1 hour', until_at from billing.outage_span"
        )
    columns = "organisation_id, subscription_id, number, outage_id, policy_version, unit, units, parts, beyond_minor, judged_at"
    with pytest.raises(asyncpg.CheckViolationError, match="outage_credit_has_its_note"):
        await world.sql(
            f"insert into billing.outage_credit ({columns}, step, given_before, given_after) select {columns}, 2, given_after, given_after + 1 from billing.outage_credit"
        )
    cited = "credit_note_id, invoice_id, line_number"
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="outage_credit_is_given"):
        await world.sql(
            f"insert into billing.outage_credit ({columns}, {cited}, step, given_before, given_after) select {columns}, {cited}, 2, given_after, given_after + 1 from billing.outage_credit"
        )


PERIOD = CreditedPeriod(1, date(2026, 3, 5), date(2026, 4, 5), UUID(int=1), 1, 2990, 0, False, 0, 0)
SPANS = st.builds(
    lambda at, long: Span(BEGAN + timedelta(minutes=at), BEGAN + timedelta(minutes=at + long)),
    st.integers(0, 40_000),
    st.integers(1, 9_000),
)
POLICIES = st.builds(
    lambda unit, least, ladder, month: OutagePolicy(
        1, unit, least, [OutageTier(from_unit=n, of_month=month) for n in sorted(ladder)], None, False, None, None, None
    ),
    st.sampled_from(["hour", "day"]), st.integers(1, 30), st.sets(st.integers(1, 40), min_size=1, max_size=3), st.sampled_from([None, "1/10"]),
)  # fmt: skip


@sized(max_examples=200)
@given(POLICIES, st.lists(SPANS, min_size=1, max_size=6), st.randoms())
def test_the_same_time_gives_the_same_whoever_tells_it_in_which_order(policy: OutagePolicy, spans: list[Span], random: Any) -> None:
    agreed = Plan("EUR", Fraction(2990), "Europe/Berlin")
    [whole] = credits_due(policy, agreed, outages=spans, periods=[PERIOD])
    random.shuffle(spans)
    known: list[Span] = []
    given_minor = 0
    for one in spans:
        known += beside(one, known)
        assert sum((part.until_at - part.from_at for part in known), timedelta()) == sum(
            (part.until_at - part.from_at for part in union(known)), timedelta()
        )
        [step] = credits_due(policy, agreed, outages=known, periods=[_given(given_minor)])
        given_minor += step.credit_minor
    assert given_minor == whole.credit_minor <= 2990


def _given(minor: int) -> CreditedPeriod:
    return CreditedPeriod(1, PERIOD.from_on, PERIOD.until_on, PERIOD.invoice_id, 1, 2990, minor, False, 1, minor)


def test_what_is_shipped_gives_whole_days_and_only_when_asked() -> None:
    assert (SHIPPED.unit, SHIPPED.gives_by_itself, json.dumps([one.of_month for one in SHIPPED.tiers])) == ("day", False, "[null]")
