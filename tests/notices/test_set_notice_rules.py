"""An organisation says by which rules its people are told; what it doesn't say is as shipped."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from service.notices.rules import ABOUT
from tests.billing.builders import Books, pay
from tests.notices.conftest import Mailbox
from tests.notices.test_take_next_way import Told
from tests.promises.builders import promised
from tests.promises.test_watch_promises import look
from tests.world import World

Work = Callable[[], Awaitable[int]]


async def rules(world: World, *rules: dict[str, Any], **quiet: str) -> dict[str, Any]:
    return await world.done("POST", "/v1/notice-rules", {"rules": list(rules), **quiet}, key=str(world.id()))


@pytest.fixture
async def ada(world: World) -> Told:
    told = Told(world, await world.customer())
    await told.contact("ada@a.example")
    return told


async def test_versions_follow_and_show_every_kind(world: World) -> None:
    await rules(world, {"kind": "receipt", "channels": []})
    assert (await rules(world, {"kind": "promise_renewed", "channels": ["email"], "quiet": True}))["version"] == 2
    [last, first, shipped] = (await world.done("GET", "/v1/notice-rules"))["items"]
    by_kind = {rule["kind"]: rule for rule in last["rules"]}
    assert by_kind["promise_renewed"]["quiet"] is True
    assert by_kind["receipt"]["channels"] == ["email", "sms", "chat"]
    assert next(rule for rule in first["rules"] if rule["kind"] == "receipt")["channels"] == []
    assert (shipped["version"], len(shipped["rules"]), len(last["rules"])) == (0, 46, 46)


async def test_every_kind_that_is_told_can_be_kept(world: World) -> None:
    [[written]] = await world.sql("select pg_get_constraintdef(oid) from pg_constraint where conname = 'notice_kind_is_known'")
    assert set(re.findall(r"'([a-z_]+)'", written)) == set(ABOUT)


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "invoice", "channels": []},
        {"kind": "promise_due", "channels": ["sms"]},
        {"kind": "receipt", "channels": ["sms", "sms"]},
    ],
)
async def test_what_cannot_be_kept_is_refused(world: World, rule: dict[str, Any]) -> None:
    answer = await world.request("POST", "/v1/notice-rules", json={"rules": [rule]})
    assert (answer.status_code, answer.json()["code"]) == (422, "NOTICE_RULE_UNFIT")


async def test_a_kind_is_named_once_and_hours_come_together(world: World) -> None:
    rule = {"kind": "receipt", "channels": ["email"]}
    for body in ({"rules": [rule, rule]}, {"quiet_from": "21:00"}, {"quiet_from": "08:00", "quiet_until": "21:00"}):
        answer = await world.request("POST", "/v1/notice-rules", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, "NOTICE_RULE_UNFIT")


async def test_only_who_runs_the_organisation_sets_them(world: World) -> None:
    answer = await world.request("POST", "/v1/notice-rules", json={"rules": []}, role="back_office")
    assert answer.status_code == 403


async def test_what_is_not_told_is_withdrawn_and_says_so(world: World, mailbox: Mailbox, work: Work, ada: Told) -> None:
    await rules(world, {"kind": "promise_renewed", "channels": []})
    await ada.wait_longer()
    await work()
    assert (mailbox.taken, await ada.notices()) == ([], [("withdrawn", None, 1)])


async def test_they_are_told_in_the_language_of_the_rule(world: World, mailbox: Mailbox, work: Work, ada: Told) -> None:
    await rules(world, {"kind": "promise_renewed", "channels": ["email"], "language": "de"})
    await ada.wait_longer()
    await work()
    assert "Es dauert länger" in mailbox.taken[0]["Subject"]


async def test_it_waits_for_the_morning_where_they_are_unless_that_is_too_late(
    world: World, mailbox: Mailbox, work: Work, ada: Told
) -> None:
    await rules(world, {"kind": "promise_renewed", "channels": ["email"], "quiet": True}, quiet_from="21:00", quiet_until="07:00")
    world.clock.now = world.clock.now.replace(hour=22, minute=0)  # 23:00 in Berlin
    await ada.wait_longer(minutes=1440)
    await work()
    assert mailbox.taken == []
    await ada.wait_longer(minutes=240)
    await work()
    assert len(mailbox.taken) == 1
    world.clock.forward(hours=8)
    await work()
    assert len(mailbox.taken) == 2


async def test_who_owns_a_broken_promise_sleeps_and_who_can_still_keep_it_is_woken(world: World, mailbox: Mailbox, work: Work) -> None:
    customer, owner = await world.customer(), await world.staff("back_office")
    world.clock.now = world.clock.now.replace(hour=0, minute=0)
    await promised(world, customer["id"], within_minutes=70, owner_staff_id=str(owner["id"]))
    subjects: list[str] = []
    for minutes in (15, 90, 420):
        world.clock.forward(minutes=minutes)
        await look(world)
        await work()
        subjects.append(f"{len(mailbox.taken)}")
    assert subjects == ["1", "1", "2"]


@pytest.mark.parametrize("excess, left", [("dropped", 1), ("merged", 2)])
async def test_more_than_so_many_are_dropped_or_told_later(world: World, mailbox: Mailbox, work: Work, excess: str, left: int) -> None:
    await rules(world, {"kind": "receipt", "channels": ["email"], "every_minutes": 60, "excess": excess})
    books = Books(world)
    customer_id = await books.customer()
    for _ in range(2):
        await pay(world, 1_000, invoice_id=await books.invoice(customer_id, 1_000))
        world.clock.forward(seconds=1)
        await work()
    assert len(mailbox.taken) == 1
    world.clock.forward(minutes=61)
    await work()
    assert len([mail for mail in mailbox.taken if "eceipt" in mail["Subject"]]) == left


async def test_whoever_opts_out_is_told_no_more_of_that_kind_but_of_what_the_law_wants(
    world: World, mailbox: Mailbox, work: Work, ada: Told
) -> None:
    await ada.wait_longer()
    said = await world.done("PUT", f"/v1/customers/{ada.id}/opt-outs/promise_renewed", {"out": True})
    assert said == {"kind": "promise_renewed", "out": True}
    await work()
    assert (mailbox.taken, await ada.notices()) == ([], [("withdrawn", None, 1)])
    needed = await world.request("PUT", f"/v1/customers/{ada.id}/opt-outs/invoice", json={"out": True})
    assert (needed.status_code, needed.json()["code"]) == (409, "NOTICE_NEEDED")
    world.clock.forward(seconds=1)
    await world.done("PUT", f"/v1/customers/{ada.id}/opt-outs/promise_renewed", {"out": False})
    await ada.wait_longer()
    await work()
    assert len(mailbox.taken) == 1
    [row] = (await world.done("GET", f"/v1/customers/{ada.id}/opt-outs"))["items"]
    assert (row["kind"], row["out"], row["via"], row["step"]) == ("promise_renewed", False, "staff", 2)
