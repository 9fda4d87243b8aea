"""Words in and out are noted for whoever picks a customer up next, and go with the person."""

from service.kit.tasks.runner import Runner
from service.worker.rooms import kinds
from tests.promises.builders import promised, said
from tests.world import World


async def test_whoever_picks_it_up_reads_what_was_said_the_latest_first(world: World) -> None:
    customer = await world.customer()
    await said(world, customer["id"], direction="in", words="The router is dead again")
    world.clock.forward(minutes=1)
    await said(world, customer["id"], words="A new one is on its way")
    noted = (await world.done("GET", f"/v1/customers/{customer['id']}/messages"))["items"]
    assert [(one["direction"], one["words"], one["noted_by_name"]) for one in noted] == [
        ("out", "A new one is on its way", "Robin Field"),
        ("in", "The router is dead again", "Robin Field"),
    ]
    assert (await world.get(f"/v1/customers/{world.id()}/messages")).status_code == 404
    bodies = [one["body"] for one in (await world.done("GET", f"/v1/customers/{customer['id']}/timeline"))["items"]]
    assert "router" not in str(bodies)


async def test_a_message_told_twice_is_one_and_other_words_under_its_id_are_refused(world: World) -> None:
    customer, message_id = await world.customer(), str(world.id())
    for _ in "12":
        await said(world, customer["id"], id=message_id)
    other = {"direction": "out", "channel": "phone", "words": "Else", "id": message_id}
    assert (await world.post(f"/v1/customers/{customer['id']}/messages", other, key=str(world.id()))).json()["code"] == "ID_TAKEN"
    assert len((await world.done("GET", f"/v1/customers/{customer['id']}/messages"))["items"]) == 1


async def test_what_came_in_was_heard_and_nobody_strange_said_it(world: World) -> None:
    customer = await world.customer()
    for differences, code in (
        ({"direction": "in", "reached": False}, "INBOUND_UNHEARD"),
        ({"contact_id": str(world.id())}, "CONTACT_UNKNOWN"),
        ({"words": "My card is 4242 4242 4242 4242"}, "CARD_NUMBER"),
    ):
        message = {"direction": "out", "channel": "phone", "words": "Hello", **differences}
        refused = await world.post(f"/v1/customers/{customer['id']}/messages", message, key=str(world.id()))
        assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_what_was_said_and_promised_goes_with_the_person(world: World) -> None:
    customer = await world.customer()
    contact = {"name": "Ada", "channel": "email", "address": "ada@a.example"}
    await world.done("POST", f"/v1/customers/{customer['id']}/contacts", contact)
    await said(world, customer["id"], words="A secret")
    made = await promised(world, customer["id"], words="Another secret")
    other = await world.customer(name="Else")
    await said(world, other["id"], words="Stays")
    await world.done("POST", f"/v1/customers/{customer['id']}/erasures", {}, key=str(world.id()))
    assert (await world.done("GET", f"/v1/promises/{made['id']}"))["words"] is None
    worker = Runner(world.database, kinds={"forget_messages": kinds()["forget_messages"]}, clock=world.clock, jitter=lambda: 0.0)
    await worker.drain()
    left = await world.sql("select words from care.message where organisation_id = $1", world.organisation_id)
    assert [one["words"] for one in left] == ["Stays"]
