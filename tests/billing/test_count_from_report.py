"""Where a law counts from the customer's report, so do we: told in a case or noted by whoever was called, foreseen before it is given, and nothing without one."""

from datetime import datetime, timedelta
from typing import Any

import asyncpg
import pytest

from service.settings import Settings
from tests.billing.test_compensate_customer import beat, compensated, compensations, law, missed
from tests.billing.test_credit_outages import BEGAN, paid, span, told
from tests.care.builders import did, raised
from tests.files import leaves_whole
from tests.proofs.soundness import offences
from tests.world import World


async def reported(world: World, subscription: dict[str, Any], at: datetime | None = None, **differences: Any) -> dict[str, Any]:
    """The customer told us, by default now."""
    report = ({} if at is None else {"reported_at": at.isoformat()}) | differences
    return await world.done("POST", f"/v1/subscriptions/{subscription['id']}/fault-reports", report, key=str(world.id()))


async def foreseen(world: World, outage_id: str) -> dict[str, Any]:
    return await world.done("GET", f"/v1/outages/{outage_id}/compensation", role="back_office")


async def test_days_count_after_the_report_and_not_after_the_beginning(world: World, owner: asyncpg.Connection, settings: Settings) -> None:
    await law(world, counts_from="report")
    subscription = await paid(world)
    outage = await told(world, subscription, span(0.5, 24 * 8.6))  # from the 5th until the 14th
    report = await reported(world, subscription, BEGAN + timedelta(days=2, hours=23))
    assert report["reported_on"] == "2026-03-07"
    before = await foreseen(world, outage["id"])
    assert [(day["day"], day["nth"], day["due_minor"]) for day in before["days"]] == [
        ("2026-03-10", 3, 500),
        ("2026-03-11", 4, 500),
        ("2026-03-12", 5, 1000),
        ("2026-03-13", 6, 1000),
    ]
    assert (before["due_minor"], before["set_off_minor"], before["not_due"], before["compensation_id"]) == (3000, 772, None, None)
    assert (before["counts_from"], before["citation"]) == ("report", "§ 58 Abs. 3 und 4 TKG (DE)")
    given = await compensated(world, outage["id"])
    assert (given["due_minor"], given["amount_minor"]) == (before["due_minor"], before["amount_minor"])
    [line] = await compensations(world)
    assert {(day["counted_from"], day["report_id"]) for day in line["days"]} == {("2026-03-07", report["id"])}
    after = await foreseen(world, outage["id"])
    assert (after["compensation_id"], after["days"], after["amount_minor"]) == (given["id"], line["days"], given["amount_minor"])
    assert await offences(owner, settings, world) == {}


async def test_without_a_report_nothing_is_due_until_one_is_noted(world: World) -> None:
    await law(world, counts_from="report")
    subscription = await paid(world)
    outage = await told(world, subscription, span(0.5, 24 * 8.6))
    await reported(world, subscription, BEGAN - timedelta(days=1))  # of another fault
    await reported(world, subscription)  # and long after this one
    assert (await foreseen(world, outage["id"]))["not_due"] == "not_reported"
    answer = await world.post(f"/v1/outages/{outage['id']}/compensation", role="back_office", key=str(world.id()))
    assert (answer.status_code, answer.json()["code"]) == (409, "FAULT_NOT_REPORTED")
    await reported(world, subscription, BEGAN + timedelta(days=8))
    assert (await foreseen(world, outage["id"]))["not_due"] == "too_short"
    await reported(world, subscription, BEGAN + timedelta(hours=13))
    assert (await compensated(world, outage["id"]))["due_minor"] == 2 * 500 + 4 * 1000
    again = await told(world, subscription, span(3, 24 * 5))
    assert (await foreseen(world, again["id"]))["not_due"] == "given_before"


async def test_words_in_a_case_about_a_fault_report_it_for_the_services_it_may_be_about(
    world: World, owner: asyncpg.Connection, settings: Settings
) -> None:
    subscription = await paid(world)
    elsewhere = await paid(world, customer_id=subscription["customer_id"])
    world.clock.now = BEGAN + timedelta(days=1, hours=9)
    case = await raised(world, subscription["customer_id"], fault={"site_id": subscription["site_id"]})
    spoke_at = world.clock.forward(hours=1)
    other = await raised(world, subscription["customer_id"], words="Do you sell telephones?")
    world.clock.forward(hours=3)
    assert [one["id"] for one in await leaves_whole(world, f"/v1/subscriptions/{subscription['id']}/fault-reports")] == [case["id"]]
    assert await leaves_whole(world, f"/v1/subscriptions/{elsewhere['id']}/fault-reports") == []
    await did(world, other["id"], "fault")
    [first, second] = await leaves_whole(world, f"/v1/subscriptions/{subscription['id']}/fault-reports")
    assert (first["of_case"], second["id"], second["reported_on"]) == (True, other["id"], "2026-03-06")
    assert datetime.fromisoformat(second["reported_at"]) == spoke_at  # when they first did, whatever it seemed to be about
    assert len(await leaves_whole(world, f"/v1/subscriptions/{elsewhere['id']}/fault-reports")) == 1
    assert await offences(owner, settings, world) == {}


async def test_whoever_complained_while_an_incident_reached_them_is_compensated_by_itself_and_nobody_else(
    world: World, owner: asyncpg.Connection, settings: Settings
) -> None:
    await law(world, counts_from="report", gives_by_itself=True)
    subscription, silent = await paid(world), await paid(world)
    declared = {
        "what": "No light",
        "until_at": (world.clock.now + timedelta(days=7)).isoformat(),
        "subscription_ids": [subscription["id"], silent["id"]],
    }
    await world.done("POST", "/v1/incidents", declared, role="back_office")
    world.clock.forward(days=1)
    case = await raised(world, subscription["customer_id"], words="Nothing works")
    await beat(world, days=7)
    await beat(world)
    [line] = await compensations(world)
    assert (line["customer_id"], line["days"][0]["report_id"]) == (subscription["customer_id"], case["id"])
    assert [day["nth"] for day in line["days"]] == [3, 4, 5]
    assert (line["given_by_name"], line["taken_back_by_name"]) == (None, None)
    [outage] = await leaves_whole(world, f"/v1/subscriptions/{silent['id']}/outages")
    assert (await foreseen(world, outage["id"]))["not_due"] == "not_reported"
    await reported(world, silent, world.clock.now - timedelta(days=6))  # somebody finds a note of their call
    await beat(world)
    assert {one["customer_id"] for one in await compensations(world)} == {subscription["customer_id"], silent["customer_id"]}
    assert await offences(owner, settings, world) == {}


async def test_what_was_looked_at_in_vain_is_looked_at_again_once_another_report_is_noted(world: World) -> None:
    await law(world, counts_from="report", gives_by_itself=True)
    subscription = await paid(world)
    await told(world, subscription, span(0.5, 24 * 2.6))
    await told(world, subscription, span(3, 24 * 5.6))  # it went on until the 13th
    await reported(world, subscription, BEGAN + timedelta(days=8))
    await beat(world)
    await beat(world)
    assert await compensations(world) == []
    assert len(await world.sql("select from billing.compensation_look")) == 1
    await reported(world, subscription, BEGAN + timedelta(days=1))
    await beat(world)
    assert sorted(day["nth"] for one in await compensations(world) for day in one["days"]) == [3, 4, 5, 6]


async def test_a_report_is_noted_once_and_never_of_a_time_to_come(world: World) -> None:
    subscription = await paid(world)
    path, report_id = f"/v1/subscriptions/{subscription['id']}/fault-reports", str(world.id())
    once = await reported(world, subscription, BEGAN, id=report_id)
    again = await world.post(path, {"id": report_id, "reported_at": BEGAN.isoformat()}, key=str(world.id()))
    assert (again.status_code, again.json()) == (200, once)
    for at, code in (
        (world.clock.now + timedelta(minutes=1), "REPORT_UNCLEAR"),
        (world.clock.now - timedelta(days=101), "REPORT_UNCLEAR"),
        (BEGAN + timedelta(hours=1), "ID_TAKEN"),
    ):
        answer = await world.post(path, {"id": report_id, "reported_at": at.isoformat()}, key=str(world.id()))
        assert answer.json()["code"] == code
    unknown = await world.post(f"/v1/subscriptions/{world.id()}/fault-reports", {}, key=str(world.id()))
    assert unknown.status_code == 404


async def test_everything_of_a_customers_compensation_is_read_at_once(world: World) -> None:
    await law(world)
    subscription = await paid(world)
    given = await compensated(world, (await told(world, subscription, span(0.5, 24 * 3.6)))["id"])
    short = await told(world, subscription, span(10, 30))
    _, _, promise = await missed(world, subscription)
    path = f"/v1/customers/{subscription['customer_id']}/compensations"
    assert (await world.done("GET", path, role="back_office"))["appointments"] == []  # not missed yet
    early = await world.done("GET", f"/v1/promises/{promise['id']}/compensation", role="back_office")
    assert (early["not_due"], early["amount_minor"]) == ("not_missed", 0)
    world.clock.now = datetime.fromisoformat(promise["due_at"])
    theirs = await world.done("GET", path, role="back_office")
    assert [one["id"] for one in theirs["given"]] == [given["id"]]
    assert [(one["outage_id"], one["not_due"]) for one in theirs["outages"]] == [(short["id"], "too_short")]
    [appointment] = theirs["appointments"]
    assert (appointment["promise_id"], appointment["amount_minor"], appointment["not_due"]) == (promise["id"], 1000, None)
    await world.done("POST", f"/v1/promises/{promise['id']}/compensation", role="back_office", key=str(world.id()))
    told_after = await world.done("GET", f"/v1/promises/{promise['id']}/compensation", role="back_office")
    assert told_after["compensation_id"] is not None
    assert (await world.done("GET", path, role="back_office"))["appointments"] == []


async def test_raw_sql_counts_no_day_from_another_than_the_reports_and_forges_no_later_note(world: World) -> None:
    await law(world, counts_from="report")
    subscription = await paid(world)
    outage = await told(world, subscription, span(0.5, 24 * 8.6))
    await reported(world, subscription, BEGAN + timedelta(days=2))
    await compensated(world, outage["id"])
    columns = "organisation_id, compensation_id, subscription_id, report_id, nth, due_minor"
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="day_counted_from_report"):
        await world.sql(
            f"insert into billing.compensation_day ({columns}, day, counted_from)"
            f" select {columns}, day - 3, counted_from - 3 from billing.compensation_day order by day limit 1"
        )
    report = "organisation_id, subscription_id, customer_id, reported_on, of_case, noted_by"
    with pytest.raises(asyncpg.CheckViolationError, match="fault_reported_before_it_is_noted"):
        await world.sql(
            f"insert into subscriptions.fault_report ({report}, report_id, reported_at, noted_at)"
            f" select {report}, gen_random_uuid(), reported_at, reported_at - interval '1 hour' from subscriptions.fault_report"
        )
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await world.sql("update subscriptions.fault_report set reported_on = reported_on - 1")
