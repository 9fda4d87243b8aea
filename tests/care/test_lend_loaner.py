"""A customer has a device of the company's own while theirs is here: out and back signed by both, with one customer at most, due back by a promise."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from service.care.loaners import remind_of_loans
from service.kit.principals import Principal
from service.kit.tasks.registry import WORKER
from tests.care.builders import with_mail
from tests.care.devices import SIGNATURE, Hand, hand, lent, loaner, now, photo, repair, taken
from tests.notices.conftest import Mailbox, mailbox, work
from tests.world import World

__all__ = ["mailbox", "work"]
OUT = {"signature": SIGNATURE, "signed_by": "Ada Owner", "back_within_minutes": 14 * 1440}
BACK = {"signature": SIGNATURE, "signed_by": "Ada Owner", "accessories": ["Power supply"]}


@pytest.fixture
def remind(world: World) -> Callable[[], Awaitable[None]]:
    """What a worker does every quarter of an hour."""

    async def run() -> None:
        await world.database.perform(
            remind_of_loans,
            principal=Principal(organisation_id=world.organisation_id, kind="system", id=WORKER),
            at=world.clock.now,
            request_id=world.id(),
            remember=None,
            values={},
        )

    return run


async def here(world: World, **of: Any) -> tuple[Hand, str, str]:
    """Somebody at the counter, a router that was taken in, and whose it is."""
    counter, matter = await hand(world), await repair(world, **of)
    return counter, str((await taken(counter, matter))["id"]), str(matter["customer_id"])


async def became(world: World, loaner_id: str) -> list[dict[str, Any]]:
    """What became of one of ours, the latest first."""
    items: list[dict[str, Any]] = (await world.done("GET", f"/v1/loaners/{loaner_id}/steps"))["items"]
    return items


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


async def test_it_is_shown_as_it_went_out_and_as_it_came_back(world: World) -> None:
    counter, custody_id, customer_id = await here(world)
    scope_id = (await now(world, custody_id))["scope_id"]
    ours, whole, scratched = await loaner(world), await photo(world, scope_id, "blue"), await photo(world, scope_id, "green")
    loan = await lent(counter, ours, custody_id, photo_ids=[whole], condition="As new.")
    others = await photo(world, (await repair(world))["scope_id"])
    back = {"loan_id": loan["id"], **BACK, "condition": "Scratch on the lid."}
    assert await counter.code(f"/v1/loaners/{ours}/take-back", {**back, "photo_ids": [others]}) == (404, "PHOTO_NOT_FOUND")
    await counter.done(f"/v1/loaners/{ours}/take-back", {**back, "photo_ids": [scratched, whole]})
    after, before = await became(world, ours)
    assert (after["kind"], after["photo_ids"], after["condition"]) == ("returned", [scratched, whole], "Scratch on the lid.")
    assert (before["kind"], before["photo_ids"], before["condition"], before["customer_id"]) == ("lent", [whole], "As new.", customer_id)


async def test_what_is_worn_out_is_lent_no_more(world: World) -> None:
    counter, custody_id, _ = await here(world)
    ours, clerk = await loaner(world), await hand(world, "manager")
    loan = await lent(counter, ours, custody_id)
    assert await clerk.code(f"/v1/loaners/{ours}/retire", {"because": "worn_out"}) == (409, "LOANER_OUT")
    await counter.done(f"/v1/loaners/{ours}/take-back", {"loan_id": loan["id"], **BACK})
    told = {"because": "worn_out", "words": "Its socket is loose."}
    for _ in range(2):
        assert (await clerk.done(f"/v1/loaners/{ours}/retire", told))["because"] == "worn_out"
    assert await clerk.code(f"/v1/loaners/{ours}/retire", {"because": "sold"}) == (409, "LOANER_RETIRED")
    assert await counter.code(f"/v1/loaners/{ours}/lend", OUT | {"custody_id": custody_id}) == (409, "LOANER_RETIRED")
    [one] = await stock(world)
    assert (one["rank"], one["retired_because"], one["retired_words"], one["loan_id"]) == (3, "worn_out", "Its socket is loose.", None)
    never_lent = await loaner(world, "Loan router 9")
    await clerk.done(f"/v1/loaners/{never_lent}/retire", {"because": "sold"})
    assert [one["kind"] for one in await became(world, never_lent)] == ["retired"]


async def test_one_that_is_lost_ends_the_loan_and_nobody_asks_for_it_any_more(world: World) -> None:
    counter, custody_id, customer_id = await here(world)
    ours, clerk = await loaner(world), await hand(world, "manager")
    loan = await lent(counter, ours, custody_id)
    await clerk.done(f"/v1/loaners/{ours}/retire", {"because": "lost"})
    [promise] = (await world.done("GET", f"/v1/promises?subject_id={loan['id']}"))["items"]
    assert promise["state"] == "released"
    assert await counter.code(f"/v1/loaners/{ours}/take-back", {"loan_id": loan["id"], **BACK}) == (409, "LOANER_NOT_OUT")
    await counter.done(f"/v1/custodies/{custody_id}/hand-back", {"after_step": 1, "signature": SIGNATURE, "signed_by": "Ada Owner"})
    facts = [one["kind"] for one in (await world.done("GET", f"/v1/customers/{customer_id}/timeline"))["items"]]
    assert "loaner_retired" in facts
    assert "loaner_asked_back" not in facts


async def test_its_holder_hears_when_it_is_lent_and_a_day_before_each_time_that_it_is_due_back(
    world: World, mailbox: Mailbox, work: Callable[[], Awaitable[Any]], remind: Callable[[], Awaitable[None]]
) -> None:
    customer = await world.customer()
    await with_mail(world, customer["id"], f"ada-{customer['id']}@a.example")
    counter, custody_id, _ = await here(world, customer_id=customer["id"])
    ours = await loaner(world)
    loan = await lent(counter, ours, custody_id)

    async def heard(words: str) -> list[str]:
        await remind()
        await work()
        mine = [one for one in mailbox.taken if f"ada-{customer['id']}" in one["To"] and words in one["Subject"]]
        return [" ".join(one.get_content().split()) for one in mine]

    [told] = await heard("meanwhile")
    assert "while your Hall router is with us you have a device of ours" in told
    assert "It is yours to use until 18 March 2026" in told
    world.clock.forward(days=12, hours=23)
    assert await heard("back soon") == []
    world.clock.forward(hours=1)
    for _ in range(2):
        [due] = await heard("back soon")
    assert "Please bring it back by 18 March 2026" in due
    [promise] = (await world.done("GET", f"/v1/promises?subject_id={loan['id']}"))["items"]
    later = {"due_at": "2026-03-25T12:00:00Z", "reason": "The part comes a week later."}
    await world.done("POST", f"/v1/promises/{promise['id']}/renew", later)
    world.clock.forward(days=5)
    assert len(await heard("back soon")) == 1
    world.clock.forward(days=2)
    assert len(await heard("back soon")) == 2
    await counter.done(f"/v1/loaners/{ours}/take-back", {"loan_id": loan["id"], **BACK})
    again = await lent(counter, ours, custody_id, back_within_minutes=None, back_by="2026-03-27T12:00:00Z")
    await counter.done(f"/v1/loaners/{ours}/take-back", {"loan_id": again["id"], **BACK})
    world.clock.forward(days=1)
    assert len(await heard("back soon")) == 2
    assert len(await heard("meanwhile")) == 1, "it was back before it was told"


async def test_another_device_under_the_id_of_one_is_not_taken_for_it(world: World) -> None:
    said = {"kind": "router", "name": "Loan router 5", "serial": "L-5", "id": str(world.id())}
    await world.done("POST", "/v1/loaners", said)
    await world.done("POST", "/v1/loaners", said)
    answer = await world.request("POST", "/v1/loaners", json={**said, "serial": "L-6"})
    assert (answer.status_code, answer.json()["code"]) == (409, "ID_TAKEN")
