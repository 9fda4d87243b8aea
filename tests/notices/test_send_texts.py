"""Short messages go to the operator's gateway, a real server here, signed; what it says decides the way on."""

from collections.abc import Awaitable, Callable

import msgspec
import pytest
import standardwebhooks

from service.integrations.outside import open_outside
from service.integrations.texting import TextGateway
from service.kit.tasks.runner import Runner
from service.settings import Settings
from service.worker.rooms import kinds
from tests.notices.conftest import TEXT_SECRET, Gateway, Mailbox
from tests.notices.test_take_next_way import Told
from tests.world import World

Work = Callable[[], Awaitable[int]]


@pytest.fixture
def work(texting: Work) -> Work:
    return texting


@pytest.fixture
async def ada(world: World) -> Told:
    return Told(world, await world.customer(language="de"))


async def test_who_has_no_mail_is_texted_in_their_language_signed_and_once(
    world: World, mailbox: Mailbox, gateway: tuple[Gateway, int], work: Work, ada: Told
) -> None:
    await ada.contact("+49 170 555 0177", channel="sms")
    await ada.wait_longer()
    await work()
    await work()
    [text] = gateway[0].texts
    assert (text["channel"], text["to"], text["way"]) == ("sms", "+49 170 555 0177", 1)
    assert "Es dauert länger" in text["text"]
    assert "+49 30 555 0100" in text["text"]
    [(headers, body)] = gateway[0].taken
    sent_at = int(headers["webhook-timestamp"])
    assert sent_at == int(world.clock.now.timestamp())
    signed = standardwebhooks.Webhook(TEXT_SECRET).sign(headers["webhook-id"], world.clock.now.replace(microsecond=0), body.decode())
    assert headers["webhook-signature"] == signed
    assert (mailbox.taken, await ada.notices()) == ([], [("handed_over", None, 1)])


async def test_what_bounces_is_texted_and_what_the_gateway_says_is_not_delivered_is_chatted(
    world: World, gateway: tuple[Gateway, int], work: Work, ada: Told
) -> None:
    await ada.contact("wa:4917055", channel="chat")
    await ada.contact("+49 170 555 0177", channel="sms")
    await ada.contact("ada@a.example")
    await ada.wait_longer()
    await work()
    await ada.bounced()
    await work()
    await ada.bounced(way=2, status="5.1.1")
    await work()
    assert [(text["channel"], text["way"]) for text in gateway[0].texts] == [("sms", 2), ("chat", 3)]
    await ada.bounced(way=3, outcome="delivered", status="2.1.5")
    assert await ada.notices() == [("delivered", None, 3)]


@pytest.mark.parametrize("status, state", [(503, "handed_over"), (429, "handed_over"), (400, "refused"), (301, "refused")])
async def test_a_gateway_that_is_busy_is_asked_again_and_one_that_refuses_is_not(
    world: World, gateway: tuple[Gateway, int], work: Work, ada: Told, status: int, state: str
) -> None:
    await ada.contact("+49 170 555 0177", channel="sms")
    gateway[0].answers = [status]
    await ada.wait_longer()
    await work()
    world.clock.forward(minutes=5)
    await work()
    [(now, reach, _)] = await ada.notices()
    assert (now, reach) == (state, None if state == "handed_over" else "open")
    assert len({headers["webhook-id"] for headers, _ in gateway[0].taken}) == 1


async def test_no_text_goes_where_requests_do_not_go(world: World, settings: Settings, ada: Told) -> None:
    await ada.contact("+49 170 555 0177", channel="sms")
    await ada.wait_longer(minutes=20)
    inside = TextGateway(url="http://169.254.169.254/latest", secret=TEXT_SECRET, channels=frozenset({"sms"}))
    telling = {"send_notice": kinds()["send_notice"]}
    async with open_outside(settings) as plain:
        outside = msgspec.structs.replace(plain, texts=inside)
        await Runner(world.database, kinds=telling, outside=outside, clock=world.clock, jitter=lambda: 0.0).drain()
    assert await ada.notices() == [("failed", "open", 1)]
    assert TEXT_SECRET not in repr(inside)
