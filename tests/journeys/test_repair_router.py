"""Story 4: a word every time it was promised. A router is left for repair; its customer never has to ask where it is."""

from collections.abc import Awaitable, Callable
from typing import Any

from tests.care.builders import with_mail
from tests.care.devices import SIGNATURE, hand, hand_overs, now, place, repair, taken
from tests.dispatch.builders import agreed, offered
from tests.notices.conftest import Mailbox, mailbox, work
from tests.promises.test_watch_promises import look
from tests.web.portals import link
from tests.world import World

__all__ = ["mailbox", "work"]


async def test_a_router_is_repaired_and_its_customer_hears_each_time_it_was_promised(
    world: World, mailbox: Mailbox, work: Callable[[], Awaitable[Any]]
) -> None:
    customer = await world.customer()
    address = f"ada-{customer['id']}@a.example"
    await with_mail(world, customer["id"], address)
    await world.changed("/v1/organisation", address="1 Mill Lane, Berlin")
    counter, bench, of = await hand(world), await hand(world), await repair(world, customer_id=customer["id"])

    async def heard(subject: str) -> str:
        """The mail that came with that subject."""
        await work()
        [mail] = [one for one in mailbox.taken if subject in one["Subject"]]
        return str(mail.get_content())

    async def facts_of_promise() -> list[str]:
        return [one["kind"] for one in (await world.done("GET", f"/v1/customers/{customer['id']}/timeline"))["items"]]

    # Over the counter: condition, accessories, photos, signature; “you will hear within 7 days”.
    receipt = await taken(counter, of)
    path = f"/v1/custodies/{receipt['id']}"
    mail = await heard(f"We have your Hall router [{receipt['reference']}]")
    assert "Power supply, Box" in mail
    assert "You hear from us by" in mail
    # From hand to hand, and at every moment it is known where it is.
    await counter.done(f"{path}/put-down", {"after_step": 1, "place_id": await place(world, "Shelf 3")})
    await counter.done(f"{path}/steps", {"to": "waiting"})
    assert (await now(world, receipt["id"]))["holder_name"] == "Shelf 3"
    world.clock.forward(days=6, hours=23, minutes=30)
    # Nobody told anything: before it breaks its owner is warned, and then the next person owns it.
    await look(world)
    assert "promise_warned" in await facts_of_promise()
    world.clock.forward(hours=1)
    await look(world)
    assert "promise_escalated" in await facts_of_promise()
    [broken] = (await world.done("GET", "/v1/promises/due"))["items"]
    assert (broken["broken"], broken["subject_id"]) == (True, receipt["id"])
    # The customer is told why and by when instead; it stays broken and counts.
    await world.done("POST", f"/v1/promises/{broken['id']}/renew", {"reason": "The bench was full.", "within_minutes": 2880})
    assert "The bench was full." in await heard("It takes longer")
    # Diagnosed, offered, authorised, repaired, tested.
    await bench.done(f"{path}/take", {"after_step": 2})
    await bench.done(f"{path}/steps", {"to": "diagnosing", "words": "Power stage is dead"})
    offer = await offered(world, of)
    await bench.done(f"{path}/steps", {"to": "waiting_approval", "offer_id": offer["id"]})
    refused = await bench.code(f"{path}/steps", {"to": "approved", "item_id": offer["item_ids"][0]})
    assert refused == (409, "WORK_NOT_AUTHORISED")
    _, [item_id] = await agreed(world, of, offer)
    await bench.done(f"{path}/steps", {"to": "approved", "item_id": item_id})
    await bench.done(f"{path}/news", {"words": "You said yes; we repair it tomorrow.", "hear_within_minutes": 2880})
    assert "we repair it tomorrow" in await heard("News of your")
    for state in ("repairing", "testing", "ready"):
        world.clock.forward(hours=2)
        await bench.done(f"{path}/steps", {"to": state})
    assert "1 Mill Lane, Berlin" in await heard("ready to be fetched")
    # Handed back against a signature; the whole way is on record.
    await bench.done(f"{path}/hand-back", {"after_step": 3, "signature": SIGNATURE, "signed_by": "Ada Owner"})
    assert "signed by Ada Owner" in await heard("You have your Hall router again")
    way = [(one["giver"], one["taker"]) for one in await hand_overs(world, receipt["id"])]
    assert way == [("customer", "staff"), ("staff", "place"), ("place", "staff"), ("staff", "customer")]
    # The customer sees the whole way on their own link.
    page = (await world.http.get(f"{await link(world, customer['id'])}/devices/{receipt['id']}")).text
    for said in (
        "You have it.",
        "Shelf 3",
        "Signed by Ada Owner",
        "You said yes; we repair it tomorrow.",
        "is being repaired",
        "is ready for you",
    ):
        assert said in page
    assert "Power stage is dead" not in page
    promises = (await world.done("GET", f"/v1/promises?subject_id={receipt['id']}"))["items"]
    assert [one["state"] for one in promises] == ["broken", "kept", "kept", "kept"]
