"""A mail that nobody needs carries a link by which its reader does without; opening it changes nothing, sending it does (RFC 8058)."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from service.notices.opt_outs import read_stop_token, stop_token
from tests.notices.conftest import Mailbox
from tests.notices.test_take_next_way import Told
from tests.world import World

Work = Callable[[], Awaitable[int]]


@pytest.fixture
async def path(world: World, mailbox: Mailbox, work: Work) -> str:
    ada = Told(world, await world.customer())
    await ada.contact("ada@a.example")
    await ada.wait_longer()
    await work()
    [mail] = mailbox.taken
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = mail["List-Unsubscribe"].strip("<>")
    assert url in mail.get_content()
    return str(url.partition("/stop/")[2])


async def outs(world: World) -> list[tuple[str, bool, str]]:
    rows = await world.sql("select kind, out, via from notices.opt_out where organisation_id = $1 order by step", world.organisation_id)
    return [tuple(row) for row in rows]


async def test_opening_it_changes_nothing_and_one_touch_does_once(world: World, path: str) -> None:
    for _ in range(2):
        opened = await world.http.get(f"/stop/{path}")
        assert (opened.status_code, opened.headers["referrer-policy"]) == (200, "no-referrer")
    assert (await world.http.head(f"/stop/{path}")).status_code in {200, 405}
    assert await outs(world) == []
    for _ in range(2):
        said = await world.http.post(f"/stop/{path}", data={"List-Unsubscribe": "One-Click"})
        assert said.status_code == 200, said.text
    assert await outs(world) == [("promise_renewed", True, "link")]


async def test_no_link_is_guessed_or_good_for_anything_else(world: World, path: str) -> None:
    last, first = ("A" if path[-1] != "A" else "B"), ("A" if path[0] != "A" else "B")
    changed = [path[:-1] + last, first + path[1:], path[:40], "x", "l_" + "x" * 43]
    for token in changed:
        assert (await world.http.post(f"/stop/{token}")).status_code in {404, 422}
    assert await outs(world) == []
    assert (await world.http.get(f"/l/{path}")).status_code in {401, 404}


async def test_what_the_law_wants_told_has_no_such_link_and_none_would_work(world: World) -> None:
    customer = await world.customer()
    about = {"organisation_id": world.organisation_id, "customer_id": UUID(customer["id"])}
    token = stop_token(world.database.cursors, **about, kind="invoice")
    assert read_stop_token(world.database.cursors, token)[1] == "invoice"
    assert (await world.http.post(f"/stop/{token}")).status_code == 409
