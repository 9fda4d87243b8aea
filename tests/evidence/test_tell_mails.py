"""A pack tells which mails were sent about its matter, to whom and how far each got, as the company's own list of them does."""

import json
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from service.evidence.queries import NOTICES_TOLD
from service.evidence.records.tellings import NoticesTold
from service.kit.verbs import Work
from tests.authorisations.matters import Matter
from tests.authorisations.showings import shown
from tests.authorisations.test_confirm_answer import coded
from tests.authorisations.test_hold_changed_contact import answered, changed
from tests.documents.papers import another_job
from tests.evidence.packs import Job, codes, ended, matter_in, paid, read, rewritten
from tests.notices.conftest import Mailbox
from tests.notices.test_reply_to_question import ask, reply
from tests.world import World

Parts = dict[str, Any]
Run = Callable[[], Awaitable[int]]


async def told_in(matter: Matter) -> tuple[bytes, list[Parts]]:
    """The pack, which must verify and be the same again, and its mails."""
    content = await Job(matter, []).evidence()
    assert codes(content, matter.world.database.keys) == set()
    assert await Job(matter, []).evidence() == content
    notices = json.loads(read(content)["notices.json"])
    assert notices["left_out"] == 0
    return content, notices["told"]


async def listed(matter: Matter) -> set[tuple[Any, ...]]:
    """The mails to the customer as their list has them: which, about what, to whom, and how far it got; why one still waits is no end."""
    page = await matter.world.done("GET", f"/v1/notices?customer_id={matter.customer_id}&limit=100")
    return {
        (one["id"], one["kind"], one["subject_id"], one["contact_id"], one["state"], one["reason"] if one["state"] != "queued" else None)
        for one in page["items"]
    }


def as_listed(told: list[Parts]) -> set[tuple[Any, ...]]:
    return {(one["notice_id"], one["kind"], one["about"], one["contact_id"], one["state"], one["reason"]) for one in told}


async def test_every_mail_about_a_matter_is_told_with_whom_it_went_to_and_its_end(world: World, mailbox: Mailbox, work: Run) -> None:
    matter = await matter_in(world)
    other = str(await matter.contact(may_authorise=True))
    showing = await shown(matter, {}, presentation={"method": "otp"})
    await work()
    world.clock.forward(minutes=1)
    assert (await coded(showing)).status_code == 201
    await work()
    world.clock.forward(minutes=1)
    await reply(world, await ask(showing))
    await work()
    world.clock.forward(minutes=1)
    items = await matter.done({"description": "Drum"})
    await work()
    await matter.posted({"item_id": items[0]})
    await work()
    world.clock.forward(minutes=1)
    await paid(Job(matter, []))
    await work()
    content, told = await told_in(matter)
    assert as_listed(told) == await listed(matter)
    assert [(one["kind"], one["contact_id"]) for one in told if one["kind"] != "consent_copy"] == [
        ("offer_link", matter.contact_id),
        ("one_time_code", matter.contact_id),
        ("question_reply", matter.contact_id),
        ("invoice", None),
        ("receipt", None),
    ]
    assert {one["contact_id"] for one in told if one["kind"] == "consent_copy"} == {matter.contact_id, other}
    assert {(one["state"], one["former"]) for one in told} == {("handed_over", False)}
    assert b"a.example" not in content
    assert mailbox.taken


async def test_what_was_refused_withdrawn_reached_nobody_or_still_waits_says_so(world: World, mailbox: Mailbox, work: Run) -> None:
    matter = await matter_in(world)
    mailbox.answers = ["550 nobody here", "450 not now"]
    await shown(matter, {})
    await work()
    await shown(matter, {})
    await work()
    late = await shown(matter, {})
    await late.answer(*late.items)
    await work()
    await world.sql(
        "update customers.contact set channel = 'phone', address = '+49305550199' where customer_id = $1", UUID(matter.customer_id)
    )
    await matter.consent(await matter.offer({}))
    await work()
    _, told = await told_in(matter)
    assert as_listed(told) == await listed(matter)
    assert sorted((one["kind"], one["state"], one["reason"]) for one in told if one["state"] != "handed_over") == [
        ("consent_copy", "failed", "no_address"),
        ("offer_link", "queued", None),
        ("offer_link", "refused", None),
        ("offer_link", "withdrawn", "answered"),
    ]
    assert all(one["state_us"] >= one["queued_us"] for one in told)


async def test_who_was_told_that_an_approval_is_held_is_told_apart_by_where_they_were_reached(world: World, work: Run) -> None:
    matter = await matter_in(world)
    world.clock.forward(days=3)
    await changed(matter, matter.contact_id, address="elsewhere@a.example")
    await answered(await shown(matter, {}))
    await work()
    _, told = await told_in(matter)
    assert as_listed(told) == await listed(matter)
    assert sorted((one["contact_id"], one["former"]) for one in told if one["kind"] == "approval_held") == [
        (matter.contact_id, False),
        (matter.contact_id, True),
    ]


async def test_mails_about_another_matter_of_the_same_customer_are_not_told(world: World, work: Run) -> None:
    matter = await matter_in(world)
    await shown(matter, {})
    await work()
    first = await listed(matter)
    await another_job(matter)
    await shown(matter, {})
    await matter.consent(await matter.offer({}))
    await work()
    _, told = await told_in(matter)
    assert as_listed(told) == await listed(matter) - first


async def test_mails_to_an_erased_person_stay_by_id_but_for_replies_to_what_they_asked(world: World, work: Run) -> None:
    matter = await matter_in(world, zone="Europe/Lisbon")
    showing = await shown(matter, {})
    await reply(world, await ask(showing))
    await showing.answer(declined=showing.items)
    await work()
    _, before = await told_in(matter)
    await ended(matter)
    await world.done("POST", f"/v1/customers/{matter.customer_id}/erasures", {"contact_id": matter.contact_id})
    _, after = await told_in(matter)
    assert {one["kind"] for one in before} == {"offer_link", "question_reply"}
    assert after == [one for one in before if one["kind"] == "offer_link"]
    assert after[0]["contact_id"] == matter.contact_id


async def few(work: Work, *, scope_id: UUID) -> NoticesTold:
    """Two mails at most."""
    return await work.one(NOTICES_TOLD, scope_id=scope_id, most=2)


async def test_mails_without_end_make_no_pack_larger_and_are_counted(world: World, work: Run) -> None:
    matter = await matter_in(world)
    for _ in range(5):
        world.clock.forward(minutes=10)
        await shown(matter, {})
        await work()
    _, told = await told_in(matter)
    principal, at = world.principal(), world.clock.now
    some = await world.database.read(few, principal=principal, at=at, request_id=world.id(), values={"scope_id": matter.scope_id})
    assert ([one.notice_id for one in some.told], some.left_out) == ([one["notice_id"] for one in told[-2:]], 3)


def _of(kind: str, parts: Parts) -> Parts:
    return next(one for one in parts["notices"]["told"] if one["kind"] == kind)


FORGERIES: list[Callable[[Parts], Any]] = [
    lambda parts: parts["notices"]["told"].append(parts["notices"]["told"][0]),
    lambda parts: _of("offer_link", parts).update(state_us=0),
    lambda parts: _of("offer_link", parts).update(contact_id=parts["scope"]["customer_id"]),
    lambda parts: _of("offer_link", parts).update(about=parts["scope"]["customer_id"]),
    lambda parts: _of("offer_link", parts).update(kind="one_time_code", contact_id=None),
    lambda parts: _of("consent_copy", parts).update(about=parts["scope"]["customer_id"]),
    lambda parts: _of("consent_copy", parts).update(kind="approval_held"),
]


@pytest.mark.parametrize("change", FORGERIES)
async def test_a_mail_that_contradicts_the_acts_and_showings_is_found(world: World, work: Run, change: Callable[[Parts], Any]) -> None:
    matter = await matter_in(world)
    await shown(matter, {})
    await matter.consent(await matter.offer({}))
    await work()
    content, _ = await told_in(matter)
    assert codes(rewritten(content, change, keys=world.database.keys), world.database.keys) == {"LOG_INCONSISTENT"}
