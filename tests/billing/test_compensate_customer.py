"""What a law gives for days without service and for a missed appointment is damages: whole, once, beside the price, and taken back where it wasn't due."""

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from msgspec.structs import replace

from service.billing.compensations.rule import SHIPPED, days_due, visit_due
from service.billing.records.compensations import FirstReport, Run
from service.kit.money import rounded
from service.kit.tasks.runner import Runner
from service.settings import Settings
from service.worker.rooms import kinds
from tests.billing.test_credit_outages import credit_of, paid, ruled, span, told
from tests.dispatch.builders import Field, advance, technician
from tests.files import leaves_whole
from tests.proofs.soundness import offences
from tests.subscriptions.builders import plan, renew
from tests.world import World

PARAGRAPH_58 = {
    "currency": "EUR",
    "rates": [
        {"what": "outage_day", "from_day": 3, "of_month": "1/10", "least_minor": 500},
        {"what": "outage_day", "from_day": 5, "of_month": "1/5", "least_minor": 1000},
        {"what": "missed_visit", "of_month": "1/5", "least_minor": 1000},
    ],
    "citation": "§ 58 Abs. 3 und 4 TKG (DE)",
}


async def law(world: World, **differences: Any) -> None:
    await world.done("POST", "/v1/compensations/policies", {**PARAGRAPH_58, **differences}, role="manager", key=str(world.id()))


async def compensated(world: World, outage_id: str) -> dict[str, Any]:
    return await world.done("POST", f"/v1/outages/{outage_id}/compensation", role="back_office", key=str(world.id()))


async def days_of(world: World, outage: dict[str, Any]) -> list[dict[str, Any]]:
    given = await compensated(world, outage["id"])
    [line] = [one for one in await compensations(world) if one["id"] == given["id"]]
    return line["days"]


async def beat(world: World, *names: str, **by: float) -> None:
    """Time goes by, and what is given by itself is given."""
    world.clock.forward(**by or {"minutes": 1})
    for name in names or ("give_outage_credits", "give_compensations", "use_credit"):
        worker = Runner(world.database, kinds={name: kinds()[name]}, clock=world.clock, jitter=lambda: 0.0)
        worker._committed(world.organisation_id)
        await worker.drain()


async def compensations(world: World) -> list[dict[str, Any]]:
    return await leaves_whole(world, "/v1/compensations")


async def missed(world: World, subscription: dict[str, Any], *, kind: str = "repair") -> tuple[Field, dict[str, Any], dict[str, Any]]:
    """An appointment where the service is: who was to come, the visit, and the promise."""
    of = {"customer_id": subscription["customer_id"], "site_id": subscription["site_id"], "kind": kind}
    job = await world.done("POST", "/v1/jobs", of)
    field = await technician(world)
    visit = await world.done("POST", f"/v1/jobs/{job['id']}/visits", {"technician_id": field.id, "from": "2026-03-27T09:00:00Z"})
    promises = (await world.done("GET", f"/v1/promises?customer_id={subscription['customer_id']}"))["items"]
    [promise] = [one for one in promises if one["subject_id"] == visit["id"]]
    return field, visit, promise


async def balance(world: World) -> dict[str, int]:
    accounts = (await world.done("GET", "/v1/ledger/trial-balance"))["accounts"]
    return {one["kind"]: one["balance_minor"] for one in accounts}


async def test_days_without_service_are_compensated_beyond_what_the_period_cost_and_less_what_came_back_of_its_price(
    world: World, owner: asyncpg.Connection, settings: Settings
) -> None:
    await law(world)
    subscription = await paid(world)
    receipt = await told(world, subscription, span(0.5, 24 * 8.6))  # eight whole days after the one on which it began
    assert receipt["credit_minor"] == 772  # 8/31 of the price, by the policy that is shipped
    given = await compensated(world, receipt["id"])
    assert (given["due_minor"], given["set_off_minor"], given["amount_minor"]) == (2 * 500 + 4 * 1000, 772, 4228)
    assert given["due_minor"] > 2990
    assert await compensated(world, receipt["id"]) == given
    assert await credit_of(world, subscription) == 772 + 4228
    assert (await balance(world))["compensation"] == 4228
    [line] = await compensations(world)
    assert [(day["nth"], day["due_minor"]) for day in line["days"]] == [(3, 500), (4, 500), (5, 1000), (6, 1000), (7, 1000), (8, 1000)]
    assert line["days"][0]["day"] == "2026-03-08"
    assert await offences(owner, settings, world) == {}


async def test_an_outage_that_goes_on_is_compensated_from_where_it_was_and_no_day_twice(world: World) -> None:
    await law(world)
    subscription = await paid(world)
    short = await told(world, subscription, span(0.5, 60))
    answer = await world.post(f"/v1/outages/{short['id']}/compensation", role="back_office", key=str(world.id()))
    assert (answer.status_code, answer.json()["code"]) == (409, "COMPENSATION_NOT_DUE")
    first = await told(world, subscription, span(2.9, 24 * 1.8))
    assert [day["nth"] for day in await days_of(world, first)] == [3]
    second = await told(world, subscription, span(4, 24 * 2.5))
    assert [(day["nth"], day["due_minor"]) for day in await days_of(world, second)] == [(4, 500), (5, 1000)]


async def test_the_part_is_of_the_months_price_with_its_tax_and_no_tax_moves(world: World) -> None:
    await law(world)
    taxed = (await plan(world, price="10000", tax_category="S", tax_rate_bp=1900))["id"]
    subscription = await paid(world, plan_item_id=taxed)
    before = await balance(world)
    receipt = await told(world, subscription, span(0.5, 24 * 3.6))
    after_credit = await balance(world)
    given = await compensated(world, receipt["id"])
    assert given["due_minor"] == 1190  # the third day: a tenth of 119.00
    after = await balance(world)
    assert (after["tax"], after["revenue"]) == (after_credit["tax"], after_credit["revenue"]) != (before["tax"], before["revenue"])
    assert after["compensation"] == given["amount_minor"]


async def test_what_is_given_pays_what_is_owed_and_can_be_taken_back_only_while_it_is_there(world: World) -> None:
    await law(world)
    subscription = await paid(world)
    receipt = await told(world, subscription, span(0.5, 24 * 8.6))
    given = await compensated(world, receipt["id"])
    path = f"/v1/compensations/{given['id']}/take-back"
    for _ in range(2):
        back = await world.done("POST", path, {"reason": "Force majeure"}, role="back_office", key=str(world.id()))
        assert (back["compensation_id"], back["amount_minor"]) == (given["id"], given["amount_minor"])
    assert await credit_of(world, subscription) == 772
    assert (await balance(world))["compensation"] == 0
    [line] = await compensations(world)
    assert line["taken_back_for"] == "Force majeure"
    assert (await compensated(world, receipt["id"]))["id"] == given["id"]  # not given again
    assert await credit_of(world, subscription) == 772


async def test_what_has_paid_something_since_is_not_taken_back(world: World) -> None:
    await law(world)
    subscription = await paid(world)
    given = await compensated(world, (await told(world, subscription, span(0.5, 24 * 8.6)))["id"])
    world.clock.now = datetime.fromisoformat("2026-04-05T10:00:00+02:00")
    await renew(world, subscription)
    await beat(world)
    assert await credit_of(world, subscription) == 772 + 4228 - 2990
    answer = await world.post(
        f"/v1/compensations/{given['id']}/take-back", {"reason": "A mistake"}, role="back_office", key=str(world.id())
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "CREDIT_ALREADY_USED")


async def test_a_missed_appointment_is_compensated_once_by_whoever_says_so(
    world: World, owner: asyncpg.Connection, settings: Settings
) -> None:
    await law(world)
    subscription = await paid(world)
    _, _, promise = await missed(world, subscription)
    path = f"/v1/promises/{promise['id']}/compensation"
    early = await world.post(path, role="back_office", key=str(world.id()))
    assert (early.status_code, early.json()["code"]) == (409, "APPOINTMENT_NOT_MISSED")
    world.clock.now = datetime.fromisoformat(promise["due_at"])
    for _ in range(2):
        given = await world.done("POST", path, role="back_office", key=str(world.id()))
        assert (given["due_minor"], given["amount_minor"]) == (1000, 1000)
    assert await credit_of(world, subscription) == 1000
    timeline = (await world.done("GET", f"/v1/customers/{subscription['customer_id']}/timeline"))["items"]
    [entry] = [one for one in timeline if one["kind"] == "compensation_given"]
    assert (entry["body"]["amount_minor"], entry["body"]["promise_id"]) == (1000, promise["id"])
    assert await offences(owner, settings, world) == {}


async def test_an_appointment_that_was_kept_or_that_the_customer_called_off_is_not_compensated(world: World) -> None:
    await law(world, gives_by_itself=True)
    subscription = await paid(world)
    _, called_off, _ = await missed(world, subscription)
    await world.done("POST", f"/v1/visits/{called_off['id']}/cancel", {"reason": "customer_asked"})
    _, kept, promise = await missed(world, subscription)
    world.clock.now = datetime.fromisoformat("2026-03-27T10:00:00+01:00")
    await advance(world, kept["id"], to="arrive")
    await beat(world, days=2)
    assert await compensations(world) == []
    answer = await world.post(f"/v1/promises/{promise['id']}/compensation", role="back_office", key=str(world.id()))
    assert (answer.status_code, answer.json()["code"]) == (409, "APPOINTMENT_NOT_MISSED")


async def test_an_appointment_that_we_moved_before_is_compensated_by_a_persons_decision_alone(world: World) -> None:
    await law(world, gives_by_itself=True)
    subscription = await paid(world)
    field, visit, promise = await missed(world, subscription)
    moved = {"technician_id": field.id, "from": "2026-03-30T09:00:00Z", "reason": "planned_anew"}
    await world.done("POST", f"/v1/visits/{visit['id']}/move", moved)
    world.clock.now = datetime.fromisoformat(promise["due_at"])
    await beat(world, hours=12)
    assert await compensations(world) == []
    given = await world.done("POST", f"/v1/promises/{promise['id']}/compensation", role="back_office", key=str(world.id()))
    assert given["amount_minor"] == 1000


async def test_a_policy_that_gives_by_itself_compensates_who_was_let_down_once_and_no_business(
    world: World, owner: asyncpg.Connection, settings: Settings
) -> None:
    await law(world, gives_by_itself=True)
    await ruled(world, unit="day", tiers=[{}], gives_by_itself=True)
    subscription = await paid(world)
    business = await paid(world, customer_id=(await world.customer(vat_id="DE136695976", country="DE"))["id"])
    appointments = [await missed(world, one) for one in (subscription, business)]
    declared = {
        "what": "No light",
        "until_at": (world.clock.now + timedelta(days=5)).isoformat(),
        "subscription_ids": [subscription["id"], business["id"]],
    }
    await world.done("POST", "/v1/incidents", declared, role="back_office")
    await beat(world, days=6)
    await beat(world)
    await beat(world)
    lines = await compensations(world)
    assert {one["customer_id"] for one in lines} == {subscription["customer_id"]}
    [visit] = [one for one in lines if one["promise_id"]]
    assert (visit["promise_id"], visit["amount_minor"]) == (appointments[0][2]["id"], 1000)
    [outage] = [one for one in lines if one["outage_id"]]
    assert outage["due_minor"] == 1000  # the third and the fourth day
    assert outage["set_off_minor"] > 0
    assert await offences(owner, settings, world) == {}


async def test_a_policy_of_compensation_gives_nothing_of_the_price_that_nobody_switched_on_and_it_can_be_given_later(
    world: World, owner: asyncpg.Connection, settings: Settings
) -> None:
    await law(world, gives_by_itself=True)
    subscription = await paid(world)
    business = await paid(world, customer_id=(await world.customer(vat_id="DE136695976", country="DE"))["id"])
    declared = {
        "what": "No light",
        "until_at": (world.clock.now + timedelta(days=5)).isoformat(),
        "subscription_ids": [subscription["id"], business["id"]],
    }
    incident = await world.done("POST", "/v1/incidents", declared, role="back_office")
    await beat(world, days=6)
    await beat(world)
    assert await world.sql("select from billing.credit_note") == []
    [outage] = await compensations(world)
    assert (outage["customer_id"], outage["set_off_minor"], outage["amount_minor"]) == (subscription["customer_id"], 0, 1000)
    assert (await credit_of(world, subscription), await credit_of(world, business)) == (1000, 0)
    [noted] = await leaves_whole(world, f"/v1/subscriptions/{business['id']}/outages")
    assert (noted["incident_id"], noted["credit_minor"]) == (incident["id"], 0)
    foreseen = await leaves_whole(world, f"/v1/incidents/{incident['id']}/credits")
    price = rounded(Fraction(2990 * 4, 31))
    assert [(one["given"], one["credit_minor"]) for one in foreseen] == [(False, price)] * 2
    for _ in range(2):
        await world.done("POST", f"/v1/incidents/{incident['id']}/credits", role="back_office", key=str(world.id()))
        await beat(world)
    assert (await credit_of(world, subscription), await credit_of(world, business)) == (1000 + price, price)
    assert len(await compensations(world)) == 1
    assert await offences(owner, settings, world) == {}


async def test_where_nobody_set_a_policy_the_law_of_the_country_says_what_is_due_and_elsewhere_nothing(world: World) -> None:
    [shipped] = await leaves_whole(world, "/v1/compensations/policies")
    assert (shipped["version"], shipped["rates"]) == (0, [])
    await world.changed("/v1/organisation", country="DE")
    [shipped] = (await world.done("GET", "/v1/compensations/policies"))["items"]
    assert (shipped["gives_by_itself"], len(shipped["rates"])) == (False, 3)
    assert "§ 58" in shipped["citation"]


@pytest.mark.parametrize(
    "rates",
    [
        [{"what": "outage_day", "of_month": "11/10"}],
        [{"what": "missed_visit", "from_day": 2, "of_month": "1/5"}],
        [{"what": "outage_day", "from_day": 3, "of_month": "1/5"}, {"what": "outage_day", "from_day": 3, "of_month": "1/10"}],
    ],
)
async def test_a_policy_that_says_two_things_or_more_than_a_month_is_refused(world: World, rates: list[dict[str, Any]]) -> None:
    answer = await world.post("/v1/compensations/policies", {"currency": "EUR", "rates": rates}, role="manager", key=str(world.id()))
    assert (answer.status_code, answer.json()["code"]) == (422, "RATES_UNCLEAR")


async def test_raw_sql_compensates_nothing_twice_nor_without_money_nor_more_than_is_due(world: World) -> None:
    await law(world)
    subscription = await paid(world)
    receipt = await told(world, subscription, span(0.5, 24 * 8.6))
    await compensated(world, receipt["id"])
    columns = (
        "organisation_id, customer_id, subscription_id, policy_version, currency, month_minor, due_minor, set_off_minor, given_by, given_at"
    )
    day = "organisation_id, compensation_id, subscription_id, day, counted_from, nth, due_minor"
    copied = f"insert into billing.compensation ({columns}, compensation_id, outage_id) select {columns}, gen_random_uuid(), "
    with pytest.raises(asyncpg.UniqueViolationError, match="one_compensation_an_outage"):
        await world.sql(copied + "outage_id from billing.compensation")
    later = await told(world, subscription, span(12, 24))
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="compensation_is_posted"):
        await world.sql(copied + "$1 from billing.compensation", UUID(later["id"]))
    with pytest.raises(asyncpg.CheckViolationError, match="compensated_for_one_thing"):
        await world.sql(copied + "null from billing.compensation")
    with pytest.raises(asyncpg.UniqueViolationError, match="one_compensation_a_day"):
        await world.sql(f"insert into billing.compensation_day ({day}) select {day} from billing.compensation_day")
    with pytest.raises(asyncpg.CheckViolationError, match="compensated_day_counts"):
        await world.sql(
            f"insert into billing.compensation_day ({day}) select {day.replace('day, c', 'day + 30, c')} from billing.compensation_day"
        )
    for table in (
        "compensation",
        "compensation_day",
        "compensation_look",
        "compensation_policy",
        "compensation_rate",
        "compensation_reversal",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await world.sql(f"update billing.{table} set organisation_id = organisation_id")


def test_days_and_parts_are_those_of_the_paragraph() -> None:
    berlin = datetime.fromisoformat("2026-03-05T23:30:00+01:00")
    run = Run(berlin, berlin + timedelta(days=6), None)
    shipped = SHIPPED["DE"]
    assert shipped.counts_from == "report"
    assert days_due(shipped, run, month_minor=8000, zone="Europe/Berlin") == []
    for reported, due in (
        ("05T23:45", [(8, 3, 800), (9, 4, 800), (10, 5, 1600)]),
        ("06T00:15", [(9, 3, 800), (10, 4, 800)]),
        ("09T08:00", []),
    ):
        report = FirstReport(UUID(int=1), at := datetime.fromisoformat(f"2026-03-{reported}:00+01:00"), at.date())
        days = days_due(shipped, replace(run, report=report), month_minor=8000, zone="Europe/Berlin")
        assert [(one.day.day, one.nth, one.due_minor) for one in days] == due
        assert {(one.counted_from, one.report_id) for one in days} <= {(at.date(), UUID(int=1))}
    assert (visit_due(shipped, month_minor=8000), visit_due(shipped, month_minor=2990)) == (1600, 1000)
    assert not shipped.gives_by_itself
