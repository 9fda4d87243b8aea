"""Story 7: the confirmation bounces; each further way is tried, and when none is left a person reaches them before the window opens."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import aiosmtplib
import pytest

from service.worker.mail_door import open_mail_door
from tests.dispatch.builders import Field, job, technician, visit
from tests.integrations.reports import report
from tests.notices.conftest import Gateway, Mailbox
from tests.world import World

Work = Callable[[], Awaitable[int]]


@pytest.fixture
async def anna(world: World) -> Field:
    return await technician(world)


async def test_a_confirmation_that_never_arrived_is_told_by_a_person_before_the_window(
    world: World, mailbox: Mailbox, gateway: tuple[Gateway, int], texting: Work, follow: Work, anna: Field
) -> None:
    await world.done("POST", "/v1/notice-rules", {"rules": [{"kind": "visit_booked", "channels": ["email", "sms"]}]})
    await follow()
    door, customer = f"help-{world.organisation_id}@x.example", (await world.customer(name="Ada Owner"))["id"]
    await world.done("POST", "/v1/mail-addresses", {"address": door}, key=str(world.id()))
    for name, channel, address in (
        ("Ada", "email", "ada@old.example"),
        ("Ada", "sms", "+49 170 555 0177"),
        ("Her workplace", "phone", "+49 30 555 0188"),
        ("Next door", "phone", "+49 30 555 0199"),
    ):
        world.clock.forward(seconds=1)
        await world.done("POST", f"/v1/customers/{customer}/contacts", {"name": name, "channel": channel, "address": address})

    # The visit is agreed on for tomorrow, and its confirmation is taken by the mail server.
    await visit(world, by=anna, at="2026-03-05T12:30:00Z", of=await job(world, customer_id=customer))
    await follow()
    await texting()
    [mail] = mailbox.to("ada@old.example")

    async def told() -> dict[str, Any]:
        [one] = (await world.done("GET", f"/v1/notices?customer_id={customer}"))["items"]
        return dict(one)

    assert ((await told())["state"], (await told())["channel"]) == ("handed_over", "email")

    # An hour later it is given back: the address is gone. The text is tried at once, and the gateway can't deliver it either.
    world.clock.forward(hours=1)
    gateway[0].answers = [202]
    async with open_mail_door(world.database, host="127.0.0.1", port=0, clock=world.clock) as port:
        await aiosmtplib.send(report(mail), sender="mailer@mx.example", recipients=[door], hostname="127.0.0.1", port=port, start_tls=False)
    await follow()
    await texting()
    [text] = gateway[0].texts
    assert (text["to"], (await told())["channel"]) == ("+49 170 555 0177", "sms")
    world.clock.forward(minutes=5)
    body = {"outcome": "bounced", "status": "5.1.1", "way": text["way"]}
    await world.done("POST", f"/v1/notices/{text['notice_id']}/report", body)
    await follow()
    await texting()

    # Nothing by itself is left: she is on the list of whom a person reaches, by when, with every other way to her.
    [reach] = (await world.done("GET", "/v1/reaches"))["items"]
    assert datetime.fromisoformat(reach["due_at"]) <= datetime.fromisoformat("2026-03-05T12:30:00+00:00")
    assert world.clock.now < datetime.fromisoformat(reach["due_at"])
    assert [(one["name"], one["tried"]) for one in reach["contacts"]] == [
        ("Her workplace", False),
        ("Next door", False),
        ("Ada", True),
        ("Ada", True),
    ]

    # Nobody picks up at work, and that ends nothing; next door fetches her, and it is done, kept like any word of hers.
    tries = f"/v1/reaches/{reach['id']}/tries"
    first = await world.done("POST", tries, {"channel": "phone", "words": "Nobody picked up", "reached": False}, key=str(world.id()))
    assert first["state"] == "open"
    world.clock.forward(minutes=5)
    last = await world.done("POST", tries, {"channel": "phone", "words": "She is at home then", "reached": True}, key=str(world.id()))
    assert last["state"] == "reached"
    assert (await world.done("GET", "/v1/reaches"))["items"] == []
    assert (await told())["reach"] == "reached"
    said = [one["words"] for one in (await world.done("GET", f"/v1/customers/{customer}/messages"))["items"]]
    assert said == ["She is at home then", "Nobody picked up"]
