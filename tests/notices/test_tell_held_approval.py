"""An approval that is held is heard of by whom it concerns: the new address, the one before it, and who has been known for longer."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.authorisations.matters import Matter
from tests.authorisations.showings import Showing, shown
from tests.authorisations.test_confirm_answer import coded, mailed
from tests.authorisations.test_hold_changed_contact import HELD, added, answered, changed, stands
from tests.notices.conftest import Mailbox, told
from tests.notices.test_copy_oral_consent import moved
from tests.world import World

Work = Callable[[], Awaitable[int]]
NEW = "elsewhere@a.example"


@pytest.fixture
async def known(matter: Matter) -> Matter:
    """A matter of a customer whom everybody has known for days."""
    matter.world.clock.forward(days=3)
    return matter


def old(matter: Matter) -> str:
    return f"{matter.contact_id}@a.example"


async def held(matter: Matter, work: Work, **presentation: Any) -> Showing:
    """An approval from the contact, whose address was just changed."""
    await changed(matter, matter.contact_id, address=NEW)
    showing = await shown(matter, {"description": "Brake pads"}, presentation=presentation)
    await work()
    assert stands(await answered(showing)) == HELD
    return showing


async def test_the_new_address_hears_what_is_held_until_when_and_the_old_one_that_it_was_changed(
    known: Matter, mailbox: Mailbox, work: Work
) -> None:
    await held(known, work)
    await work()
    new, former = mailbox.to(NEW)[-1], mailbox.to(old(known))[-1]
    assert "is held" in new["Subject"]
    assert "8 March 2026, 13:00:00 CET" in new.get_content()
    assert "- Brake pads" in new.get_content()
    assert "was changed" in former["Subject"]
    assert "on 7 March 2026, 13:00:00 CET" in former.get_content()
    assert not any(word in former.get_content() for word in (NEW, "Brake pads", "/a/")), "who is there now may be somebody else"
    assert [kind for kind, *_ in await told(known)] == ["offer_link", "approval_held", "approval_held"]


async def test_whoever_has_been_known_for_longer_hears_of_an_approval_by_somebody_new(known: Matter, mailbox: Mailbox, work: Work) -> None:
    cousin = await added(known, address="cousin@b.example")
    assert stands(await answered(await shown(known, {}, presentation={"contact_id": cousin}))) == HELD
    await work()
    assert "is held" in mailbox.to(old(known))[-1]["Subject"]
    assert "is held" in mailbox.to("cousin@b.example")[-1]["Subject"]


async def test_so_they_do_of_one_on_the_telephone(known: Matter, mailbox: Mailbox, work: Work) -> None:
    await changed(known, known.contact_id, address=NEW)
    phone = {"channel": "oral_phone", "number_called": "+1 555 0100", "authoriser": {"contact_id": known.contact_id}}
    assert stands(await known.consent(await known.offer({}), **phone)) == HELD
    await work()
    assert "was changed" in mailbox.to(old(known))[-1]["Subject"]


async def test_what_is_held_and_would_be_copied_is_told_in_one_mail_an_address(known: Matter, mailbox: Mailbox, work: Work) -> None:
    """A code to an address that was just changed, typed on the phone that was handed over."""
    for address in ("Settled@a.example", "settled@a.example"):
        await moved(known, await known.contact(may_authorise=True), address)
    await added(known, address="cousin@b.example")
    await changed(known, known.contact_id, address=NEW)
    showing = await shown(known, {"description": "Brake pads"}, presentation={"channel": "on_device", "method": "otp"})
    await coded(showing)
    assert stands((await showing.answer(*showing.items, code=await mailed(showing))).json()) == HELD
    await work()
    mails = [mail for mail in mailbox.taken if "code" not in mail["Subject"]]
    assert sorted(mail["To"].lower() for mail in mails) == sorted([NEW, old(known), "settled@a.example", "cousin@b.example"])
    assert [mail["To"] for mail in mails if "copy" in mail["Subject"]] == ["cousin@b.example"], (
        "who is as new as it hears what anybody would"
    )
    [text] = [mail.get_content() for mail in mails if mail["To"] == NEW]
    for words in (
        "on our device, in the name of a person whose address was added or changed", "Until 8 March 2026, 13:00:00 CET that is held", "This is your copy of it:",
        "Who handed the phone over: Robin Field", "Yes: Brake pads, 1 h, €100.00", "If you didn't agree to this", "quote J-",
    ):  # fmt: skip
        assert words in text
    assert not [words for words in ("Added cost", "Number called") if words in text], "nothing was added, and nobody called"


async def test_the_copy_of_what_is_held_goes_even_if_it_was_confirmed_meanwhile(known: Matter, mailbox: Mailbox, work: Work) -> None:
    await changed(known, known.contact_id, address=NEW)
    offer = await known.offer({"description": "Brake pads"})
    phone = {"channel": "oral_phone", "number_called": "+1 555 0100", "authoriser": {"contact_id": known.contact_id}}
    assert stands(await known.consent(offer, **phone)) == HELD
    assert (await known.consent(offer))["active"]
    await work()
    (held,) = [mail for mail in mailbox.to(NEW) if "was held, then confirmed" in mail["Subject"]]
    assert "has been confirmed since" in held.get_content()
    for words in ("Who agreed: Ada Owner", "Number called: +1 555 0100"):
        assert words in held.get_content()
    assert "doesn't come into force by itself" not in held.get_content()


async def test_in_german_where_the_offer_was_shown_in_it(known: Matter, mailbox: Mailbox, work: Work) -> None:
    await held(known, work, language="de")
    await work()
    mail = mailbox.to(NEW)[-1]
    assert mail["Subject"] == "Ein Ja zu unserem Angebot gilt noch nicht"
    assert "8. März 2026" in mail.get_content()


async def test_what_was_confirmed_before_the_mail_left_is_told_to_the_old_address_alone(
    known: Matter, mailbox: Mailbox, work: Work
) -> None:
    showing = await held(known, work)
    handed = Showing(known, showing.offer, await known.present(showing.offer, channel="on_device"))
    assert stands(await answered(handed)) == (True, None, 10_000)
    await work()
    assert "A yes to our offer is held" not in [mail["Subject"] for mail in mailbox.to(NEW)]
    assert "was changed" in mailbox.to(old(known))[-1]["Subject"]
    assert ("approval_held", "withdrawn", "confirmed") in await told(known)


async def test_nobody_is_written_to_about_what_isnt_held(known: Matter, mailbox: Mailbox, work: Work) -> None:
    assert (await answered(await shown(known, {})))["active"]
    await changed(known, known.contact_id, address=NEW)
    refusal = await shown(known, {})
    assert (await refusal.answer(declined=refusal.items)).json()["shortcoming"] == "CONTACT_CHANGE_UNCONFIRMED"
    await work()
    assert "approval_held" not in [kind for kind, *_ in await told(known)]


async def test_a_former_address_is_kept_no_longer_than_it_is_needed(known: Matter, world: World) -> None:
    rows = "select address from customers.former_address where organisation_id = $1 order by version"
    await changed(known, known.contact_id, address=NEW)
    await changed(known, known.contact_id, name="Ada Lovelace")
    assert [row[0] for row in await world.sql(rows, world.organisation_id)] == [old(known)]
    world.clock.forward(days=1)
    await changed(known, known.contact_id, address="third@a.example")
    assert [row[0] for row in await world.sql(rows, world.organisation_id)] == [NEW]
