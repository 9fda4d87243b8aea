"""Whoever answers disputes is mailed as a bank begins to take evidence and before its last moment, once each, while it hasn't got any."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from service.kit.money import Money
from service.notices.wording import worded
from tests.billing.cards.disputes import Disputed
from tests.billing.cards.shop import worker_of
from tests.notices.conftest import Mailbox, mailbox, work

__all__ = ["mailbox", "work"]


@pytest.fixture
async def office(one: Disputed) -> list[str]:
    """The addresses of those who answer disputes; colleagues of other roles are there too."""
    for role in ("back_office", "manager", "dispatcher", "agent"):
        await one.shop.world.token(role)
    return sorted(f"{one.shop.world._staff[role,]['id']}@northwind.example" for role in ("back_office", "manager"))  # type: ignore[index]


async def watched(one: Disputed, **later: int) -> None:
    one.shop.world.clock.forward(**{"minutes": 6, **later})
    await worker_of(one.shop, "watch_disputes").drain()


def warnings(mailbox: Mailbox) -> list[str]:
    return sorted(mail["To"] for mail in mailbox.taken if mail["Subject"].startswith("Disputed card payment: send evidence by"))


async def notices(one: Disputed) -> list[tuple[Any, ...]]:
    """How each warning about the dispute ended, and why."""
    rows = await one.shop.world.sql(
        "select s.to_state, s.reason from notices.notice n join notices.notice_step s using (organisation_id, notice_id)"
        " where organisation_id = $1 and n.kind = 'dispute_due' and s.to_state in ('handed_over', 'withdrawn')",
        one.shop.world.organisation_id,
    )
    return [tuple(row) for row in rows]


async def test_it_is_told_once_as_it_opens_and_once_within_three_days_of_its_end(
    one: Disputed, office: list[str], mailbox: Mailbox, work: Callable[[], Awaitable[int]]
) -> None:
    for later, expected in ({}, office), ({"days": 8}, office), ({"days": 3}, sorted(office * 2)), ({"days": 2}, sorted(office * 2)):
        await watched(one, **later)
        await watched(one)
        await work()
        assert warnings(mailbox) == expected
    text = mailbox.taken[-1].get_content()
    assert "None was sent yet." in text
    assert "/app/money" in text
    assert (await one.shop.kinds(one.matter.customer_id)).count("dispute_evidence_due") == 2


async def test_nobody_is_mailed_of_what_a_colleague_has_seen_to_before_the_mail_leaves(
    one: Disputed, office: list[str], mailbox: Mailbox, work: Callable[[], Awaitable[int]]
) -> None:
    await watched(one)
    await one.ask()
    await work()
    assert (warnings(mailbox), await notices(one)) == ([], [("withdrawn", "answered")] * len(office))


async def test_what_the_bank_has_or_is_about_to_get_is_not_told_and_what_never_left_is(
    one: Disputed, office: list[str], mailbox: Mailbox, work: Callable[[], Awaitable[int]]
) -> None:
    await one.ask()
    await watched(one)
    await work()
    assert warnings(mailbox) == []
    await watched(one, days=12)
    await work()
    assert warnings(mailbox) == office
    assert "hasn't worked yet" in mailbox.taken[-1].get_content()


async def test_nothing_is_told_after_the_last_moment(one: Disputed, office: list[str], mailbox: Mailbox, work: Any) -> None:
    await watched(one, days=13)
    one.shop.world.clock.forward(days=2)
    await work()
    assert (warnings(mailbox), await notices(one)) == ([], [("withdrawn", "not_open")] * len(office))


async def test_a_last_moment_that_the_bank_moves_is_told_anew_and_an_older_telling_moves_nothing(
    one: Disputed, office: list[str], mailbox: Mailbox, work: Any
) -> None:
    await watched(one)
    await work()
    world, proof = one.shop.world, one.thing["evidence_details"]
    near = int(world.clock.now.timestamp()) + 2 * 86_400
    before = await one.now()
    moved = one.thing | {"evidence_details": proof | {"due_by": near}}
    assert await one.shop.tell("charge.dispute.updated", moved, event_id="evt_nearer") == 200
    assert await one.shop.tell("charge.dispute.updated", one.thing, event_id="evt_as_before") == 200
    await watched(one)
    await work()
    assert warnings(mailbox) == sorted(office * 2)
    (listed,) = (await world.done("GET", "/v1/disputes"))["items"]
    assert listed["due_by"] == (await one.now())["due_by"] < before["due_by"]
    await watched(one, days=2)
    await work()
    assert warnings(mailbox) == sorted(office * 2), "the last moment is over"


async def test_an_inquiry_that_becomes_a_dispute_is_told_anew(one: Disputed, office: list[str], mailbox: Mailbox, work: Any) -> None:
    await one.shop.tell(
        "charge.dispute.created", one.thing | {"id": "dp_inquiry", "status": "warning_needs_response"}, event_id="evt_inquiry"
    )
    await watched(one)
    await work()
    assert warnings(mailbox) == sorted(office * 2)
    await one.shop.tell("charge.dispute.updated", one.thing | {"id": "dp_inquiry", "status": "needs_response"}, event_id="evt_harder")
    await watched(one)
    await work()
    assert warnings(mailbox) == sorted(office * 3)


def test_the_office_reads_it_in_german(one_told: dict[str, Any]) -> None:
    subject, text = worded("dispute_due", "de", one_told)
    assert subject == "Bestrittene Kartenzahlung: Nachweise senden bis 4. März 2026"
    assert "Bea Tenant bestreitet bei der Bank eine Kartenzahlung von 49,90\u00a0€." in text
    assert "Es wurden noch keine gesendet." in text


@pytest.fixture
def one_told() -> dict[str, Any]:
    dispute = {"amount": Money(4_990, "EUR"), "due_by": None, "answer": "none"}
    return {
        "name": "Kim",
        "customer": "Bea Tenant",
        "dispute": dispute,
        "organisation": {"zone": "Europe/Berlin"},
        "due_on": "2026-03-04",
        "public_url": "",
    }
