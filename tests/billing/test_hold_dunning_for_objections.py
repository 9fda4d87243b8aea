"""Dunning leaves alone what a customer objects to until that is decided, and goes on with the rest."""

from collections.abc import Awaitable, Callable
from typing import Any

from tests.billing.dunning import beat, dunning, in_arrears, live, taken
from tests.care.objections import Billed, billed
from tests.notices.conftest import Mailbox, mailbox, work
from tests.subscriptions.builders import standing
from tests.world import World

__all__ = ["billed", "mailbox", "work"]
OBJECTS = {"line_number": 1, "reason": "else", "words": "It was down all month", "channel": "phone"}


async def objects(world: World, subscription: dict[str, Any], **more: Any) -> dict[str, Any]:
    path = f"/v1/invoices/{subscription['invoice']['id']}/objections"
    one: dict[str, Any] = await world.done("POST", path, OBJECTS | more, key=str(world.id()))
    return one


async def decide(world: World, objection: dict[str, Any], outcome: str, **more: Any) -> None:
    decision = {"outcome": outcome, "words": "It worked by our records", "channel": "phone", **more}
    await world.done("POST", f"/v1/objections/{objection['id']}/decision", decision, role="back_office", key=str(world.id()))


async def test_nobody_is_reminded_or_cut_off_for_what_they_object_to_and_the_policy_goes_on_once_it_is_explained(world: World) -> None:
    subscription = await in_arrears(world)
    objection = await objects(world, subscription)
    await live(world, 26)
    assert (await taken(world, subscription), (await standing(world, subscription))[0]) == ([], "active")
    assert (await dunning(world, subscription))["next"]["held_by"] == ["dispute"]
    await decide(world, objection, "explained")
    await beat(world)
    assert await taken(world, subscription) == ["remind"]


async def test_nobody_is_reminded_of_what_was_credited(world: World) -> None:
    subscription = await in_arrears(world)
    objection = await objects(world, subscription)
    await decide(world, objection, "credited", quantity="1")
    await live(world, 25)
    assert (await taken(world, subscription), (await standing(world, subscription))[0]) == ([], "active")


async def test_a_hold_of_an_objection_is_let_go_by_its_decision_alone(world: World) -> None:
    subscription = await in_arrears(world)
    objection = await objects(world, subscription)
    [hold] = (await dunning(world, subscription))["holds"]
    assert (hold["hold_id"], hold["kind"], hold["contested_minor"]) == (objection["id"], "dispute", 2_990)
    refused = await world.post(f"/v1/dunning-holds/{hold['hold_id']}/release", role="back_office")
    assert (refused.status_code, refused.json()["code"]) == (409, "HOLD_OF_OBJECTION")
    await decide(world, objection, "explained")
    assert (await dunning(world, subscription))["holds"] == []
    assert (await world.post(f"/v1/dunning-holds/{hold['hold_id']}/release", role="back_office")).status_code == 200


async def test_the_rest_of_an_invoice_is_dunned_and_its_reminder_says_what_is_left_out(
    billed: Billed, mailbox: Mailbox, work: Callable[[], Awaitable[int]]
) -> None:
    customer = {"customer_id": billed.customer_id}
    await billed.objects(2)
    await live(billed.world, 20)  # it was due after fourteen days
    await work()
    assert await taken(billed.world, customer) == ["remind"]
    [mail] = [one for one in mailbox.taken if "is open" in one["Subject"]]
    text = mail.get_content().replace("\u00a0", " ").replace("\r\n", "\n")
    assert "€190.40 is still open.\n\nOf it €71.40 is what you object to. You needn't pay that until we have answered you." in text
    await billed.pays(11_900)
    await live(billed.world, 20)
    assert await taken(billed.world, customer) == ["remind"]
    assert (await dunning(billed.world, customer))["next"]["held_by"] == ["dispute"]


async def test_an_objection_to_every_line_holds_the_whole(billed: Billed) -> None:
    for line in (1, 2):
        await billed.objects(line)
    await live(billed.world, 40)
    assert await taken(billed.world, {"customer_id": billed.customer_id}) == []
