"""A customer has a device of the company's own while theirs is here: out and back signed by both, with one customer at most, due back by a promise."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from tests.care.builders import with_mail
from tests.care.devices import SIGNATURE, Hand, hand, lent, loaner, now, repair, taken
from tests.notices.conftest import Mailbox, mailbox, work
from tests.world import World

__all__ = ["mailbox", "work"]
OUT = {"signature": SIGNATURE, "signed_by": "Ada Owner", "back_within_minutes": 14 * 1440}
BACK = {"signature": SIGNATURE, "signed_by": "Ada Owner", "accessories": ["Power supply"]}


async def here(world: World, **of: Any) -> tuple[Hand, str, str]:
    """Somebody at the counter, a router that was taken in, and whose it is."""
    counter, matter = await hand(world), await repair(world, **of)
    return counter, str((await taken(counter, matter))["id"]), str(matter["customer_id"])


async def stock(world: World) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await world.done("GET", "/v1/loaners"))["items"]
    return items


async def test_it_is_known_who_has_which_loaner_since_when_for_which_device_and_until_when(world: World) -> None:
    counter, custody_id, customer_id = await here(world)
    ours = await loaner(world)
    loan = await lent(counter, ours, custody_id, staff_signature=SIGNATURE)
    [one] = await stock(world)
    assert (one["id"], one["loan_id"], one["customer_id"], one["custody_id"]) == (ours, loan["id"], customer_id, custody_id)
    assert await world.done("GET", f"/v1/loaners/{ours}") == one
    assert (one["since"], one["back_by"], one["late"], one["asked_back"]) == ("2026-03-04T12:00:00Z", "2026-03-18T12:00:00Z", False, False)
    world.clock.forward(days=15)
    [one] = await stock(world)
    assert one["late"]
    [promise] = (await world.done("GET", f"/v1/promises?subject_id={loan['id']}"))["items"]
    assert (promise["subject_kind"], promise["owner_staff_id"]) == ("loan", counter.id)


async def test_a_loaner_is_never_with_two_customers(world: World) -> None:
    ours = await loaner(world)
    doors = [await here(world) for _ in range(4)]
    answers = await asyncio.gather(
        *(counter.code(f"/v1/loaners/{ours}/lend", OUT | {"custody_id": custody_id}) for counter, custody_id, _ in doors)
    )
    assert sorted(answers) == [(201, ""), *[(409, "LOANER_OUT")] * 3]


async def test_a_loaner_that_is_back_is_lent_again_and_its_promise_is_kept(world: World) -> None:
    counter, custody_id, _ = await here(world)
    ours = await loaner(world)
    loan = await lent(counter, ours, custody_id)
    back = {"loan_id": loan["id"], **BACK}
    assert (await counter.done(f"/v1/loaners/{ours}/take-back", back))["kind"] == "returned"
    assert (await counter.done(f"/v1/loaners/{ours}/take-back", back))["kind"] == "returned"
    [promise] = (await world.done("GET", f"/v1/promises?subject_id={loan['id']}"))["items"]
    assert promise["state"] == "kept"
    assert [one["loan_id"] for one in await stock(world)] == [None]
    again = await lent(counter, ours, custody_id)
    assert again["id"] != loan["id"]
    other = [[[900 - 40 * at, 100 + 10 * (at % 3)] for at in range(12)]]
    assert await counter.code(f"/v1/loaners/{ours}/take-back", {**back, "signature": other}) == (409, "LOANER_NOT_OUT")


async def test_a_phone_that_sends_it_twice_lends_once(world: World) -> None:
    counter, custody_id, _ = await here(world)
    ours, loan_id = await loaner(world), str(world.id())
    first = await lent(counter, ours, custody_id, id=loan_id)
    assert await lent(counter, ours, custody_id, id=loan_id) == first


async def test_only_whose_device_is_here_is_lent_one(world: World) -> None:
    counter, custody_id, _ = await here(world)
    ours = await loaner(world)
    await counter.done(f"/v1/custodies/{custody_id}/hand-back", {"after_step": 1, "signature": SIGNATURE, "signed_by": "Ada Owner"})
    told = OUT | {"custody_id": custody_id}
    assert await counter.code(f"/v1/loaners/{ours}/lend", told) == (409, "DEVICE_HANDED_BACK")
    assert await counter.code(f"/v1/loaners/{ours}/lend", {**told, "signature": [[[5, 5]]]}) == (422, "SIGNATURE_UNFIT")
    assert (await counter.code(f"/v1/loaners/{world.id()}/lend", told))[0] == 404
    del told["back_within_minutes"]
    assert await counter.code(f"/v1/loaners/{ours}/lend", told) == (422, "LOAN_END_UNCLEAR")


async def test_loaners_are_told_apart_by_name(world: World) -> None:
    await loaner(world)
    answer = await world.request("POST", "/v1/loaners", json={"kind": "router", "name": "Loan router 3"})
    assert (answer.status_code, answer.json()["code"]) == (409, "LOANER_EXISTS")


async def test_it_is_asked_back_once_their_own_device_is_handed_back(
    world: World, mailbox: Mailbox, work: Callable[[], Awaitable[Any]]
) -> None:
    customer = await world.customer()
    await with_mail(world, customer["id"], f"ada-{customer['id']}@a.example")
    counter, custody_id, _ = await here(world, customer_id=customer["id"])
    await lent(counter, await loaner(world), custody_id)
    step = (await now(world, custody_id))["step"]
    await counter.done(f"/v1/custodies/{custody_id}/hand-back", {"after_step": step, "signature": SIGNATURE, "signed_by": "Ada Owner"})
    await loaner(world, "Loan router 4")
    assert [(one["name"], one["asked_back"]) for one in await stock(world)] == [("Loan router 3", True), ("Loan router 4", False)]
    facts = (await world.done("GET", f"/v1/customers/{customer['id']}/timeline"))["items"]
    assert "loaner_asked_back" in [one["kind"] for one in facts]
    await work()
    [mail] = [one for one in mailbox.taken if "again" in one["Subject"] and f"ada-{customer['id']}" in one["To"]]
    assert "You still have a device of ours: Loan router 3, L-3. Please bring it back by" in mail.get_content()
