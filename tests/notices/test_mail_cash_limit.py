"""Who takes cash in is mailed once as somebody comes to hold as much cash as they may."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import pytest

from service.integrations.outside import open_outside
from service.kit.tasks.registry import KINDS
from service.kit.tasks.runner import Runner
from service.notices.wording import worded
from service.settings import Settings
from service.worker.rooms import kinds
from tests.billing.builders import EUR, Books, pay
from tests.notices.conftest import Mailbox
from tests.notices.test_send_notice import TEXTS
from tests.world import World

SUBJECT = "Robin Field holds as much cash as they may"


@pytest.fixture
async def watch(world: World) -> Callable[[], Awaitable[int]]:
    """An agent who goes to doors and may hold 50 euros, colleagues of every other role; runs what judges the limit."""
    for role in ("agent", "back_office", "manager", "dispatcher"):
        await world.token(role)
    agent = str(world._staff["agent",]["id"])
    await world.done("POST", "/v1/technicians", {"staff_id": agent, "zone": "Europe/Berlin", "may_take_cash": True})
    await world.done("POST", "/v1/cash/limits", {"staff_id": agent, "currency": EUR, "limit_minor": 5_000})
    judging = {kind: KINDS[kind] for kind in ("watch_cash_limits", "judge_cash_limit")}
    worker = Runner(world.database, kinds=judging, clock=world.clock, jitter=lambda: 0.0)
    worker._committed(world.organisation_id)

    async def watched() -> int:
        world.clock.forward(minutes=2)
        return await worker.drain()

    return watched


async def take(world: World, amount: int) -> None:
    await pay(world, amount, customer_id=await Books(world).customer())


async def hand_in(world: World, amount: int) -> None:
    await world.done("POST", "/v1/cash/hand-ins", {"counted": {"amount": amount, "currency": EUR}}, role="agent", key=str(world.id()))


def addresses(world: World, *roles: Any) -> list[str]:
    return sorted(f"{world._staff[role,]['id']}@northwind.example" for role in roles)


def told(mailbox: Mailbox) -> list[str]:
    return sorted(mail["To"] for mail in mailbox.taken if mail["Subject"] == SUBJECT)


async def test_each_time_the_limit_is_reached_whoever_takes_cash_in_hears_it_once(
    world: World, mailbox: Mailbox, work: Callable[[], Awaitable[int]], watch: Callable[[], Awaitable[int]]
) -> None:
    office = addresses(world, "back_office", "manager")
    await take(world, 4_999)
    await watch()
    await work()
    assert told(mailbox) == []
    for amount in (1, 700):
        await take(world, amount)
        await watch()
        await work()
        assert told(mailbox) == office
    assert "€50.00" in next(mail for mail in mailbox.taken if mail["Subject"] == SUBJECT).get_content()
    await hand_in(world, 5_700)
    await watch()
    await take(world, 5_000)
    await watch()
    await work()
    assert told(mailbox) == sorted(office * 2)
    queued = "select subject_id from notices.notice where organisation_id = $1 and kind = 'cash_limit_reached'"
    assert [row[0] for row in await world.sql(queued, world.organisation_id)] == [world._staff["agent",]["id"]] * 4


async def test_who_has_handed_in_before_the_mail_leaves_is_not_told_of(
    world: World, mailbox: Mailbox, work: Callable[[], Awaitable[int]], watch: Callable[[], Awaitable[int]]
) -> None:
    await take(world, 5_000)
    await watch()
    await hand_in(world, 1)
    await work()
    assert told(mailbox) == []
    rows = await world.sql(
        "select s.to_state, s.reason from notices.notice n join notices.notice_step s using (organisation_id, notice_id)"
        " where organisation_id = $1 and n.kind = 'cash_limit_reached' and s.step > 1",
        world.organisation_id,
    )
    assert [tuple(row) for row in rows] == [("withdrawn", "below_limit")] * 2


async def test_staff_are_not_told_by_what_carries_texts_alone(
    world: World, settings: Settings, watch: Callable[[], Awaitable[int]]
) -> None:
    await take(world, 5_000)
    await watch()
    async with open_outside(settings) as plain:
        outside = msgspec.structs.replace(plain, texts=TEXTS)
        telling = {"send_notice": kinds()["send_notice"]}
        await Runner(world.database, kinds=telling, outside=outside, clock=world.clock, jitter=lambda: 0.0).drain()
    rows = await world.sql(
        "select s.to_state, s.reason from notices.notice n join notices.notice_step s using (organisation_id, notice_id)"
        " where organisation_id = $1 and n.kind = 'cash_limit_reached' and s.step > 1",
        world.organisation_id,
    )
    assert [tuple(row) for row in rows] == [("failed", "no_mail_server")] * 2


def test_the_office_reads_it_in_german() -> None:
    limits = [{"currency": "EUR", "limit_minor": 5_000}, {"currency": "USD", "limit_minor": 700}]
    subject, text = worded("cash_limit_reached", "de", {"name": "Kim", "colleague": "Robin Field", "limits": limits})
    assert subject == "Robin Field hat so viel Bargeld bei sich wie erlaubt"
    assert "50,00\u00a0€ und 7,00\u00a0$." in text
