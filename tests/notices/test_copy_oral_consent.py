"""Whoever is said to have agreed by word of mouth, or on a phone handed over, gets a copy of it at once, and so do those who may agree."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from tests.authorisations.matters import Matter
from tests.authorisations.showings import shown
from tests.notices.conftest import Mailbox
from tests.world import World

Work = Callable[[], Awaitable[int]]
PADS = {"description": "Brake pads, front", "kind": "part", "unit": "EA", "unit_price": "4500"}
OIL = {"description": "Oil change", "unit_price": "3000", "quantity": "1.5"}


async def moved(matter: Matter, contact_id: str | UUID, address: str, channel: str = "email") -> None:
    """The contact at that address."""
    await matter.world.sql(
        "update customers.contact set address = $2, channel = $3 where contact_id = $1", UUID(str(contact_id)), address, channel
    )


async def told(matter: Matter) -> list[tuple[str, str, str | None, str | None]]:
    """Every copy: how far it got and for whom it was."""
    page = await matter.world.done("GET", f"/v1/notices?customer_id={matter.customer_id}")
    return [(one["kind"], one["state"], one["reason"], one["contact_id"]) for one in page["items"]]


async def test_p20_the_copy_says_all_that_was_written_down(matter: Matter, mailbox: Mailbox, work: Work) -> None:
    offer = await matter.offer(OIL, PADS)
    oil, pads = map(str, offer.item_ids)
    said: dict[str, Any] = {"channel": "oral_phone", "number_called": "+1 555 0100", "conditions": "Only if it is ready by Friday"}
    await matter.consent(offer, approved=[oil], declined=[pads], added_minor=4_500, total_minor=4_500, **said)
    await work()
    (mail,) = mailbox.to(f"{matter.contact_id}@a.example")
    text = mail.get_content()
    for words in (
        "said by phone", "When: 4 March 2026, 13:00:00 CET", "Who agreed: Ada Owner", "Number called: +1 555 0100", "Who heard it: TT",
        "Conditions: Only if it is ready by Friday", "Yes: Oil change, 1.5 h, €45.00", "No: Brake pads, front, 1 ×, €45.00",
        "Added cost as told: €45.00", "New total as told: €45.00", "call +49 30 555 0100", "quote J-",
    ):  # fmt: skip
        assert words in text
    assert "NOT in force" not in text
    assert await told(matter) == [("consent_copy", "handed_over", None, matter.contact_id)]


async def test_the_copy_is_wanted_by_the_statement_that_records_the_consent(matter: Matter) -> None:
    act = await matter.consent(await matter.offer({}))
    [row] = await matter.world.sql("select kind, transaction_id::text from kit.task where subject_id = $1", UUID(act["id"]))
    [fact] = await matter.world.sql("select transaction_id::text from kit.fact where subject_id = $1", UUID(act["id"]))
    assert (row["kind"], row["transaction_id"]) == ("send_notice", fact["transaction_id"])


async def test_what_lacks_something_says_that_it_is_not_in_force(matter: Matter, mailbox: Mailbox, work: Work) -> None:
    await matter.consent(await matter.offer({}), received_by=None)
    await work()
    (mail,) = mailbox.to(f"{matter.contact_id}@a.example")
    assert "NOT in force" in mail.get_content()


@pytest.mark.parametrize("who", ["nobody we know", "a payer", "a contact without a vote", "a contact by telephone"])
async def test_where_the_authoriser_cannot_be_written_to_or_may_not_agree_those_who_may_hear_of_it(
    matter: Matter, mailbox: Mailbox, work: Work, who: str
) -> None:
    tenant, caller = await matter.contact(may_authorise=False), await matter.contact(may_authorise=True)
    await moved(matter, tenant, "tenant@a.example")
    await moved(matter, caller, "+49305550100", "phone")
    authorisers: dict[str, dict[str, Any]] = {
        "nobody we know": {"name": "A Voice"},
        "a payer": {"name": "An Insurer", "capacity": "payer"},
        "a contact without a vote": {"contact_id": str(tenant)},
        "a contact by telephone": {"contact_id": str(caller)},
    }
    await matter.consent(await matter.offer({}), authoriser=authorisers[who])
    await work()
    assert len(mailbox.to(f"{matter.contact_id}@a.example")) == 1
    expected = {matter.contact_id, str(tenant)} if who == "a contact without a vote" else {matter.contact_id}
    assert {contact_id for *_, contact_id in await told(matter)} == expected


async def test_where_nobody_can_be_written_to_that_is_shown(matter: Matter, work: Work) -> None:
    await moved(matter, matter.contact_id, "+49305550100", "phone")
    await matter.consent(await matter.offer({}))
    await work()
    assert await told(matter) == [("consent_copy", "failed", "no_address", None)]


async def test_the_same_record_sent_again_copies_nothing_twice(matter: Matter, mailbox: Mailbox, work: Work) -> None:
    offer, consent_id = await matter.offer({}), str(matter.world.id())
    for _ in range(2):
        await matter.consent(offer, id=consent_id, consented_at="2026-03-04T12:00:00+00:00", total_minor=10_000)
    await work()
    assert len(mailbox.to(f"{matter.contact_id}@a.example")) == 1


async def test_the_copy_is_in_the_customers_language(world: World, mailbox: Mailbox, work: Work) -> None:
    matter = await Matter(world).begin()
    await moved(matter, matter.contact_id, "ada@german.example")
    await world.changed(f"/v1/customers/{matter.customer_id}", language="de")
    await matter.consent(await matter.offer(PADS))
    await work()
    (mail,) = mailbox.to("ada@german.example")
    assert "Ja: Brake pads, front, 1 ×, 45,00" in mail.get_content()


async def test_an_answer_on_the_phone_handed_over_is_copied_to_all_who_may_agree(matter: Matter, mailbox: Mailbox, work: Work) -> None:
    """Whoever hands the phone over could answer on it: the customer hears of a contact made up for that."""
    ghost = await matter.contact(may_authorise=True)
    await moved(matter, ghost, "ghost@b.example")
    offer = await matter.offer(OIL)
    given = await matter.world.done("POST", f"/v1/offers/{offer.id}/present", {"contact_id": str(ghost), "channel": "on_device"})
    answer = await matter.world.http.post(
        f"/v1/presentations/{given['presentation_id']}/answer",
        json={"offer_hash": given["offer_hash"], "approved": [str(item) for item in offer.item_ids]},
        headers={"Authorization": f"Bearer {given['token']}"},
    )
    assert answer.status_code == 201
    await work()
    (mail,) = mailbox.to(f"{matter.contact_id}@a.example")
    text = mail.get_content()
    for words in (
        "what was agreed, on our device",
        "Who handed the phone over: Robin Field",
        "Yes: Oil change, 1.5 h, €45.00",
        "New total as shown: €45.00",
    ):
        assert words in text
    assert {contact_id for *_, contact_id in await told(matter)} == {matter.contact_id, str(ghost)}


async def test_an_answer_by_link_is_not_copied(matter: Matter, mailbox: Mailbox, work: Work) -> None:
    showing = await shown(matter, OIL)
    assert (await showing.answer(*showing.items)).status_code == 201
    await work()
    assert "consent_copy" not in [kind for kind, *_ in await told(matter)]
