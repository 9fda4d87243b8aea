"""A mail scanner opens whatever address it finds, in mails and on the pages they lead to: it consents to nothing, and nothing happens."""

import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from tests.journeys.test_reach_a_person import Mailbox, made, mailbox, pages, work
from tests.web.portals import Everything
from tests.world import World

__all__ = ["made", "mailbox", "work"]
ADDRESS = re.compile(r"https?://[^\s<>\"')]+")
LEADS = re.compile(r'(?:href|src|action)="([^"#]+)"')
ACTS = "select kind, count(*) from kit.fact where organisation_id = $1 group by 1"


async def test_who_opens_every_address_of_every_mail_and_page_does_nothing(
    world: World, made: Everything, mailbox: Mailbox, work: Callable[[], Awaitable[Any]]
) -> None:
    address = f"ada-{made.customer_id}@a.example"
    await world.sql("update customers.contact set address = $2 where customer_id = $1", UUID(made.customer_id), address)
    found = await pages(world, made)
    await work()
    for mail in mailbox.to(address):
        found += [
            urlsplit(one)._replace(scheme="", netloc="").geturl()
            for one in ADDRESS.findall(f"{mail['List-Unsubscribe']} {mail.get_content()}")
        ]
    before = dict(await world.sql(ACTS, world.organisation_id))
    opened: set[str] = set()
    while found:
        path = found.pop().replace("&amp;", "&")
        if path in opened or not path.startswith("/"):
            continue
        opened.add(path)
        for method in ("HEAD", "GET", "GET"):
            answer = await world.http.request(method, path)
            assert answer.status_code < 500, path
        if answer.headers.get("content-type", "").startswith("text/html"):
            found += LEADS.findall((await world.http.get(path)).text)
    await work()
    assert {path.split("/")[1] for path in opened} >= {"a", "l", "pay"}
    assert dict(await world.sql(ACTS, world.organisation_id)) == before
    assert "offer_answered" not in before
