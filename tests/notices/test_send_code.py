"""The one-time code goes to the contact's own address, whoever holds the phone, and only while it is good."""

from collections.abc import Awaitable, Callable

from tests.authorisations.matters import Matter
from tests.authorisations.test_confirm_answer import asked, coded, mailed
from tests.notices.conftest import Mailbox, told

Work = Callable[[], Awaitable[int]]


async def test_the_mail_holds_the_code_that_confirms(matter: Matter, mailbox: Mailbox, work: Work) -> None:
    showing = await asked(matter, "otp")
    await coded(showing)
    await work()
    (mail,) = mailbox.to(f"{matter.contact_id}@a.example")
    code = next(line for line in mail.get_content().splitlines() if line.isdigit())
    assert code == await mailed(showing)
    assert code not in mail["Subject"]
    assert (await showing.answer(*showing.items, code=code)).status_code == 201
    assert await told(matter) == [("one_time_code", "handed_over", None)]


async def test_a_code_that_is_late_is_not_sent(matter: Matter, mailbox: Mailbox, work: Work) -> None:
    await coded(await asked(matter, "otp"))
    matter.world.clock.forward(minutes=11)
    await work()
    assert mailbox.to(f"{matter.contact_id}@a.example") == []
    assert await told(matter) == [("one_time_code", "withdrawn", "used_or_expired")]
