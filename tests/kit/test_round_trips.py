"""What a request asks of the database: the opening message with its locks, one working statement, COMMIT."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from service.customers.queries import FIND_HELP
from service.identity.queries import FIND_LINK_BY_HASH
from tests.authorisations.matters import Matter
from tests.billing.builders import Books, pay
from tests.dispatch.builders import technician, visit
from tests.world import World


@contextmanager
def heard(world: World) -> Iterator[list[str]]:
    """What is asked meanwhile on any connection of the pool."""
    asked: list[str] = []
    connections = [holder._con for holder in world.database.pool._holders if holder._con is not None]

    def listen(query: Any) -> None:
        asked.append(query.query)

    for connection in connections:
        connection.add_query_logger(listen)
    yield asked
    for connection in connections:
        connection.remove_query_logger(listen)


def assert_one_working_statement(asked: list[str]) -> None:
    opening, working, end = asked
    assert opening.startswith("BEGIN; SELECT set_config(")
    assert "insert into kit.fact" in working
    assert end == "COMMIT"


async def test_an_invoice_posts_in_one_round_trip(world: World) -> None:
    matter = await Matter(world).begin()
    one, other = await matter.done({}, {})
    await matter.posted({"item_id": one})
    with heard(world) as asked:
        await matter.posted({"item_id": other})
    assert_one_working_statement(asked)


async def test_so_does_one_of_a_thousand_lines(world: World) -> None:
    matter = await Matter(world).begin()
    [item] = await matter.done({"quantity": "1000"})
    with heard(world) as asked:
        posted = await matter.posted(*[{"item_id": item}] * 1000)
    assert_one_working_statement(asked)
    assert posted["total_minor"] == 10_000_000


async def test_a_refused_invoice_takes_no_more(world: World) -> None:
    matter = await Matter(world).begin()
    [item] = await matter.authorised({})
    with heard(world) as asked:
        await matter.refused({"item_id": item})
    assert_one_working_statement(asked)


async def test_a_payment_is_applied_in_one_round_trip(world: World) -> None:
    books = Books(world)
    invoice_id = await books.invoice(await books.customer(), 2_000)
    await pay(world, 1_000, invoice_id=invoice_id)
    with heard(world) as asked:
        await pay(world, 1_000, invoice_id=invoice_id)
    assert_one_working_statement(asked)


async def test_a_visit_changes_its_state_in_one_round_trip(world: World) -> None:
    booked = await visit(world, by=await technician(world))
    await world.done("POST", f"/v1/visits/{booked['id']}/dispatch", {})
    with heard(world) as asked:
        await world.done("POST", f"/v1/visits/{booked['id']}/cancel", {"reason": "customer_asked"})
    assert_one_working_statement(asked)


async def test_who_holds_a_link_and_who_helps_them_is_known_in_a_round_trip_each_and_then_kept(world: World) -> None:
    matter = await Matter(world).begin()
    shown = await matter.present(await matter.offer({}))
    signed = {"Authorization": f"Bearer {shown['token']}"}
    for known in (False, True):
        with heard(world) as asked:
            assert (await world.http.get(f"/v1/presentations/{shown['presentation_id']}", headers=signed)).status_code == 200
        assert asked[:-3] == ([] if known else [FIND_LINK_BY_HASH.text, FIND_HELP.text])
