"""Who is compensated hears of it by mail: what for, how it is computed and what becomes of it; and why, where it is taken back."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.billing.test_compensate_customer import compensated, law, missed
from tests.billing.test_count_from_report import reported
from tests.billing.test_credit_outages import BEGAN, paid, span, told
from tests.notices.conftest import Mailbox
from tests.notices.test_mail_invoice import words_of
from tests.world import World

Work = Callable[[], Awaitable[int]]


async def with_service(world: World, **differences: Any) -> tuple[dict[str, Any], str]:
    """A service that is paid, and its customer's address."""
    subscription = await paid(world)
    customer_id, address = subscription["customer_id"], f"{subscription['id']}@a.example"
    await world.sql("update customers.contact set address = $2 where customer_id = $1", UUID(customer_id), address)
    if differences:
        await world.changed(f"/v1/customers/{customer_id}", **differences)
    return subscription, address


async def taken_back(world: World, compensation_id: str) -> None:
    why = {"reason": "A flood"}
    await world.done("POST", f"/v1/compensations/{compensation_id}/take-back", why, role="back_office", key=str(world.id()))


def mails_about(mailbox: Mailbox, address: str, words: str) -> list[str]:
    return [words_of(one) for one in mailbox.to(address) if words in one["Subject"].replace("\u00a0", " ")]


async def test_days_without_service_are_told_one_by_one_from_the_report_with_what_came_back_of_the_price(
    world: World, mailbox: Mailbox, work: Work
) -> None:
    await law(world, counts_from="report")
    subscription, address = await with_service(world)
    outage = await told(world, subscription, span(0.5, 24 * 8.6))
    await reported(world, subscription, BEGAN + timedelta(days=1))
    await compensated(world, outage["id"])
    await work()
    [text] = mails_about(mailbox, address, "€32.28 compensation")
    assert "For that we give you €40.00:\n" in text
    assert "\nMarch 9, 2026, day 3 after you reported it on March 6, 2026: €5.00\n" in text
    assert "\nMarch 13, 2026, day 7 after you reported it on March 6, 2026: €10.00\n" in text
    assert "\n€7.72 of it you have already: that is what we gave back of the price for the same time. €32.28 are left.\n" in text
    assert "€29.90 that a month of your service costs (§ 58 Abs. 3 und 4 TKG (DE))" in text
    assert "\n\n\n" not in text


async def test_a_missed_appointment_is_told_in_the_customers_language(world: World, mailbox: Mailbox, work: Work) -> None:
    await law(world)
    subscription, address = await with_service(world, language="de")
    _, _, promise = await missed(world, subscription)
    world.clock.now = datetime.fromisoformat(promise["due_at"])
    given = await world.done("POST", f"/v1/promises/{promise['id']}/compensation", role="back_office", key=str(world.id()))
    await work()
    [text] = mails_about(mailbox, address, "10,00 € Entschädigung")
    assert "wir hatten Ihnen zugesagt, bis 27. März 2026" in text
    assert "Dafür schreiben wir Ihnen 10,00 € gut." in text
    await taken_back(world, given["id"])
    await work()
    [text] = mails_about(mailbox, address, "zurückgenommen")
    assert "Der Grund: A flood\n" in text
    assert "weil wir nicht bis 27. März 2026" in text


async def test_what_is_taken_back_before_its_mail_leaves_is_told_once_and_as_it_is(world: World, mailbox: Mailbox, work: Work) -> None:
    await law(world)
    subscription, address = await with_service(world)
    given = await compensated(world, (await told(world, subscription, span(0.5, 24 * 3.6)))["id"])
    await taken_back(world, given["id"])
    await work()
    subjects = [one["Subject"].replace("\u00a0", " ") for one in mailbox.to(address) if "compensation" in one["Subject"]]
    assert subjects == ["We took €2.11 compensation back"]
    [text] = mails_about(mailbox, address, "compensation back")
    assert "for 1 day without service, March 8, 2026. It wasn't due" in text
    assert "\nWhy: A flood\n" in text
