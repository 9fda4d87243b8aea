"""An offer's link goes to the contact's own address and to nobody else, while it can be answered."""

from collections.abc import Awaitable, Callable

import pytest

from tests.authorisations.matters import LABOUR, Matter
from tests.notices.conftest import Mailbox, told
from tests.world import World

Work = Callable[[], Awaitable[int]]


@pytest.mark.parametrize("language, words", [("en", "needs your yes or no"), ("de", "braucht Ihr Ja")])
async def test_the_link_in_the_mail_opens_the_offer(matter: Matter, mailbox: Mailbox, work: Work, language: str, words: str) -> None:
    given = await matter.present(await matter.offer({}), language=language)
    await work()
    (mail,) = mailbox.to(f"{matter.contact_id}@a.example")
    assert words in mail["Subject"]
    path = next(line for line in mail.get_content().splitlines() if "/a/l_" in line).removeprefix("http://127.0.0.1:8000")
    assert path == f"/a/{given['token']}"
    assert (await matter.world.http.get(path)).status_code == 200
    assert await told(matter) == [("offer_link", "handed_over", None)]


async def test_what_was_changed_before_it_left_is_not_sent(matter: Matter, mailbox: Mailbox, work: Work) -> None:
    offer = await matter.offer({})
    await matter.present(offer)
    await matter.world.done("POST", f"/v1/offers/{offer.id}/revisions", {"revises": 1, "items": [LABOUR]})
    await work()
    assert mailbox.to(f"{matter.contact_id}@a.example") == []
    assert await told(matter) == [("offer_link", "withdrawn", "superseded")]


async def test_nor_is_what_its_job_was_over_before(world: World, work: Work) -> None:
    matter = await Matter(world).of_job()
    await matter.present(await matter.offer({}))
    await world.done("POST", f"/v1/jobs/{matter.job_id}/cancel")
    await work()
    assert await told(matter) == [("offer_link", "withdrawn", "closed")]


async def test_a_phone_that_is_handed_over_is_written_to_by_nobody(matter: Matter, mailbox: Mailbox, work: Work) -> None:
    await matter.present(await matter.offer({}), channel="on_device")
    await work()
    assert await told(matter) == []
