"""A notice by mail to a real SMTP server: told once, told the truth, and honest about what is known."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import msgspec
import pytest

from service.integrations.outside import open_outside
from service.integrations.texting import TextGateway
from service.kit.tasks.runner import Runner
from service.notices.notices import move_notice
from service.notices.wording import worded
from service.settings import Settings
from service.worker.rooms import kinds
from tests.billing.builders import Books, pay
from tests.identity import builders as identity
from tests.notices.conftest import Mailbox
from tests.world import World

TEXTS = TextGateway(url="http://127.0.0.1:1/texts", secret="whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", channels=frozenset({"sms"}))


async def notices(world: World, customer_id: UUID) -> list[tuple[str, str, str | None, int]]:
    page = await world.done("GET", f"/v1/notices?customer_id={customer_id}")
    return [(one["kind"], one["state"], one["reason"], one["sends"]) for one in page["items"]]


async def want(world: World, notice: str, customer_id: UUID, subject_id: UUID) -> UUID:
    task_id = world.id()
    await world.sql(
        "with task as (insert into kit.task (organisation_id, task_id, kind, subject_id, body, due_at, request_id, created_at)"
        "  values ($1, $2, 'send_notice', $3, jsonb_build_object('notice', $4::text, 'customer_id', $5::uuid), $6, $2, $6))"
        " insert into kit.due (organisation_id, task_id, kind, due_at) values ($1, $2, 'send_notice', $6)",
        world.organisation_id,
        task_id,
        subject_id,
        notice,
        customer_id,
        world.clock.now,
    )
    return task_id


async def mine(mailbox: Mailbox, word: str) -> list[Any]:
    """What this test's mail server took that speaks of it."""
    return [mail for mail in mailbox.taken if word in mail.get_content() or word in mail["Subject"]]


async def test_a_payment_is_receipted_once_to_the_address_of_that_moment(
    world: World, mailbox: Mailbox, work: Callable[[], Awaitable[int]]
) -> None:
    books = Books(world)
    customer_id = await books.customer()
    paid = await pay(world, 123_456, invoice_id=await books.invoice(customer_id, 200_000))
    await world.sql("update customers.contact set address = 'ada@moved.example' where customer_id = $1", customer_id)
    await work()
    await work()
    (mail,) = await mine(mailbox, paid["receipt_number"])
    assert mail["To"] == "ada@moved.example"
    assert "€1,234.56" in mail.get_content()
    assert "in cash" in mail.get_content()
    assert await notices(world, customer_id) == [("receipt", "handed_over", None, 1)]
    kinds = [
        row["kind"] for row in await world.sql("select kind from kit.fact where subject_kind = 'notice' order by transaction_id, sequence")
    ]
    assert kinds == ["notice_queued", "notice_handed_over"]


async def test_a_reminder_is_withdrawn_when_the_invoice_is_paid_before_it_leaves(
    world: World, mailbox: Mailbox, work: Callable[[], Awaitable[int]]
) -> None:
    books = Books(world)
    customer_id = await books.customer()
    open_one, paid_one = await books.invoice(customer_id, 1_000), await books.invoice(customer_id, 2_000)
    for invoice_id in (open_one, paid_one):
        await want(world, "payment_reminder", customer_id, invoice_id)
    await pay(world, 2_000, invoice_id=paid_one)
    await work()
    # In no order: both were wanted in one millisecond of a clock that stands.
    assert sorted(one[:3] for one in await notices(world, customer_id) if one[0] == "payment_reminder") == [
        ("payment_reminder", "handed_over", None),
        ("payment_reminder", "withdrawn", "paid"),
    ]


async def test_an_answer_that_was_lost_is_sent_once_more_with_the_same_message_id_and_never_a_third_time(
    world: World, mailbox: Mailbox, work: Callable[[], Awaitable[int]]
) -> None:
    books = Books(world)
    customer_id = await books.customer()
    await world.sql(  # an address of this test's own: other tests' customers may be written to in the same run
        "update customers.contact set address = 'lost@a.example' where organisation_id = $1 and customer_id = $2",
        world.organisation_id,
        customer_id,
    )
    mailbox.answers = ["lost"] * 100
    await want(world, "payment_reminder", customer_id, await books.invoice(customer_id, 1_000))
    await work()
    assert await notices(world, customer_id) == [("payment_reminder", "unknown", None, 1)]
    for _ in range(3):
        world.clock.forward(hours=2)
        await work()
    assert await notices(world, customer_id) == [("payment_reminder", "failed", "unknown_twice", 2)]
    mails = [mail for mail in mailbox.taken if mail["To"] == "lost@a.example"]
    assert len(mails) == 2
    assert len({(mail["Message-ID"], mail["Date"], mail.get_content()) for mail in mails}) == 1


async def test_a_server_that_is_busy_is_asked_again_and_one_that_refuses_is_not(
    world: World, mailbox: Mailbox, work: Callable[[], Awaitable[int]]
) -> None:
    books = Books(world)
    customer_id = await books.customer()
    mailbox.answers = ["451 come back"]
    await want(world, "payment_reminder", customer_id, await books.invoice(customer_id, 1_000))
    await work()
    assert await notices(world, customer_id) == [("payment_reminder", "queued", "mail_server_busy", 1)]
    world.clock.forward(minutes=5)
    await work()
    assert await notices(world, customer_id) == [("payment_reminder", "handed_over", None, 2)]
    mailbox.answers = ["554 we know you"]
    await want(world, "payment_reminder", customer_id, await books.invoice(customer_id, 2_000))
    await work()
    world.clock.forward(hours=2)
    await work()
    assert (await notices(world, customer_id))[1] == ("payment_reminder", "refused", None, 1)


async def test_a_run_that_died_while_sending_counts_as_unknown(world: World, mailbox: Mailbox, work: Callable[[], Awaitable[int]]) -> None:
    books = Books(world)
    customer_id = await books.customer()
    task_id = await want(world, "payment_reminder", customer_id, await books.invoice(customer_id, 1_000))
    mailbox.answers = ["451 later"]
    await work()
    (row,) = await world.sql("select max(step) as step from notices.notice_step where notice_id = $1", task_id)
    values = {"notice_id": task_id, "step": row["step"], "to_state": "sending"}
    at, request_id = world.clock.now, world.id()
    await world.database.perform(move_notice, principal=world.principal(), at=at, request_id=request_id, remember=None, values=values)
    world.clock.forward(hours=2)
    await work()
    steps = await world.sql("select to_state, reason from notices.notice_step where notice_id = $1 order by step", task_id)
    assert [tuple(step) for step in steps][-3:] == [("unknown", "interrupted"), ("sending", None), ("handed_over", None)]


async def test_a_customer_without_an_address_is_told_nothing_and_that_is_shown(world: World, work: Callable[[], Awaitable[int]]) -> None:
    books = Books(world)
    customer_id = await books.customer()
    invoice_id = await books.invoice(customer_id, 1_000)
    await world.sql("update customers.contact set channel = 'phone', address = '+49305550100' where customer_id = $1", customer_id)
    await want(world, "payment_reminder", customer_id, invoice_id)
    await work()
    assert await notices(world, customer_id) == [("payment_reminder", "failed", "no_address", 0)]


async def test_an_invitation_carries_a_code_that_works(world: World, mailbox: Mailbox, work: Callable[[], Awaitable[int]]) -> None:
    address = f"{world.id()}@northwind.example"
    await world.done("POST", "/v1/staff", {"name": "Kim Joiner", "email": address, "roles": ["technician"]})
    await work()
    (mail,) = [mail for mail in mailbox.taken if mail["To"] == address]
    code = next(line for line in mail.get_content().splitlines() if len(line) > 60 and " " not in line)
    accepted = await identity.public(world, "/v1/invitations/accept", {"token": code, "password": identity.PASSWORD})
    assert accepted.status_code == 200, accepted.text
    stored = await world.sql(
        "select coalesce(jsonb_agg(t.body), '[]')::text || (select coalesce(jsonb_agg(f.body), '[]')::text from kit.fact f) as all from kit.task t"
    )
    assert code not in stored[0]["all"]


@pytest.mark.parametrize("texts", [None, TEXTS])
async def test_an_invitation_waits_until_there_is_a_mail_server(
    world: World, settings: Settings, mailbox: Mailbox, work: Callable[[], Awaitable[int]], texts: TextGateway | None
) -> None:
    address = f"{world.id()}@northwind.example"
    invited = await world.done("POST", "/v1/staff", {"name": "Kim Joiner", "email": address, "roles": ["technician"]})
    async with open_outside(settings) as plain:
        without_mail = msgspec.structs.replace(plain, texts=texts)
        inviting = {"send_invitation": kinds()["send_invitation"]}
        for _ in range(50):
            await Runner(world.database, kinds=inviting, outside=without_mail, clock=world.clock, jitter=lambda: 0.0).drain()
            world.clock.forward(minutes=1)
    told = await world.sql("select kind from kit.fact where subject_kind = 'notice' and body ->> 'about' = $1", invited["id"])
    assert [one["kind"] for one in told] == ["notice_queued"]
    await work()
    assert len(mailbox.to(address)) == 1


@pytest.mark.parametrize("language, words", [("en", ("3,000.50", "January 19, 2026")), ("de", ("3.000,50", "19. Januar 2026"))])
def test_each_language_says_amounts_and_days_its_own_way(language: str, words: tuple[str, str]) -> None:
    values = {"organisation": Company(), "name": "Ada", "number": "R-7", "open_minor": 300_050, "currency": "EUR", "due_on": "2026-01-19"}
    values |= {"account": [], "others": [], "pay_url": None, "contested_minor": 0}
    subject, text = worded("payment_reminder", language, values)
    assert "R-7" in subject
    assert all(word in text for word in words)


class Company:
    """What letters show of the organisation."""

    name, phone, email = "Northwind", "+49 30 555 0100", "help@northwind.example"


async def test_without_a_mail_server_those_of_one_moment_fail_in_one_transaction_and_each_names_what_caused_it(
    world: World, settings: Settings
) -> None:
    books = Books(world)
    customers = [await books.customer(), await books.customer()]
    for customer_id in customers:
        await pay(world, 1_000, invoice_id=await books.invoice(customer_id, 2_000))
    async with open_outside(settings) as without_mail:
        telling = {"send_notice": kinds()["send_notice"]}
        await Runner(world.database, kinds=telling, outside=without_mail, clock=world.clock, jitter=lambda: 0.0).drain()
    for customer_id in customers:
        assert ("receipt", "failed", "no_mail_server", 0) in await notices(world, customer_id)
    rows = await world.sql(
        "select count(distinct transaction_id) as transactions, count(distinct notice_id) as notices from notices.notice_step"
    )
    assert [tuple(row) for row in rows] == [(1, len(await world.sql("select from notices.notice")))]
    facts = await world.sql(
        "select f.request_id, t.request_id as caused_by from kit.fact f join kit.task t on t.task_id = f.subject_id where f.subject_kind = 'notice'"
    )
    assert len({row["request_id"] for row in facts}) == len(customers)
    assert all(row["request_id"] == row["caused_by"] for row in facts)
