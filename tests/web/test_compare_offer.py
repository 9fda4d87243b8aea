"""The customer sees what changed since they were last asked, and what they said before."""

from typing import Any

from playwright.async_api import Page, expect

from service.authorisations.records import OfferReceipt
from tests.authorisations.matters import LABOUR, Matter
from tests.authorisations.photographs import kept
from tests.authorisations.showings import Showing, shown
from tests.web.conftest import look
from tests.web.test_approve_offer import OIL, PADS
from tests.world import World


async def revised(matter: Matter, offer: OfferReceipt, revision: int, *items: dict[str, Any]) -> OfferReceipt:
    """The next wording."""
    document = {"revises": revision, "items": [LABOUR | item for item in items]}
    return OfferReceipt(**await matter.world.done("POST", f"/v1/offers/{offer.id}/revisions", document))


async def test_what_is_new_gone_and_dearer_stands_at_the_top(world: World, served: str, phone: Page) -> None:
    matter = await Matter(world).begin()
    offer = await matter.offer(OIL, PADS)
    await revised(
        matter, offer, 1, OIL | {"unit_price": "4000"}, {"description": "Chain", "kind": "part", "unit": "EA", "unit_price": "1000"}
    )
    await phone.goto(f"{served}/a/{(await matter.present(offer))['token']}")
    changed = phone.get_by_role("region", name="What changed since last time")
    told = [" ".join(text.split()) for text in await changed.get_by_role("listitem").all_inner_texts()]
    assert told == ["Changed Oil change €53.55 €71.40", "New Chain €10.00", "No longer offered Brake pads, front €53.55"]
    await look(phone, "approval-changes")


async def test_an_offer_that_is_the_first_or_says_the_same_again_has_no_changes(world: World, served: str, phone: Page) -> None:
    matter = await Matter(world).begin()
    offer = await matter.offer(OIL)
    for revision in (1, 2):
        await phone.goto(f"{served}/a/{(await matter.present(offer))['token']}")
        await expect(phone.get_by_text("What changed since last time")).to_have_count(0)
        await revised(matter, offer, revision, OIL)


async def test_so_do_other_words_or_photos_of_what_was_found(world: World, served: str, phone: Page) -> None:
    matter = await Matter(world).begin()
    offer = await matter.offer(OIL)
    changed = phone.get_by_role("region", name="What changed since last time")
    photo = (await kept(matter))["id"]
    for revision, seen, told in (
        (1, {"found": "Oil is black"}, "New"),
        (2, {"found": "Oil is black", "photos": [photo]}, "Changed"),
        (3, {}, "No longer"),
    ):
        document = {"revises": revision, "items": [LABOUR | OIL], **seen}
        await matter.world.done("POST", f"/v1/offers/{offer.id}/revisions", document)
        await phone.goto(f"{served}/a/{(await matter.present(offer))['token']}")
        await expect(changed.get_by_role("listitem")).to_have_count(1)
        await expect(changed).to_contain_text(told)
        await expect(changed).to_contain_text("What we found")


async def test_changes_are_told_since_the_wording_that_was_answered(world: World, served: str, phone: Page) -> None:
    matter = await Matter(world).begin()
    first = await shown(matter, OIL)
    await first.answer(*first.items)
    await revised(matter, first.offer, 1, OIL | {"unit_price": "9000"})
    await revised(matter, first.offer, 2, OIL | {"unit_price": "4000"})
    await phone.goto(f"{served}/a/{(await matter.present(first.offer))['token']}")
    await expect(phone.get_by_role("region", name="What changed since last time")).to_contain_text("€53.55")


async def test_what_was_said_before_stands_below_with_its_fingerprint(world: World, served: str, phone: Page) -> None:
    matter = await Matter(world).begin()
    first = await shown(matter, OIL, PADS)
    act = (await first.answer(first.items[0], declined=[first.items[1]])).json()
    more: Showing = await shown(matter, {"description": "Chain"})
    await phone.goto(f"{served}/a/{more.given['token']}")
    said = phone.locator("section", has=phone.get_by_role("heading", name="What you said so far"))
    for words in ("Yes: Oil change", "No: Brake pads, front", "Together then €45.00 before tax.", act["head"]):
        await expect(said).to_contain_text(words)
    await look(phone, "approval-history")


async def test_another_matter_is_not_told(world: World, served: str, phone: Page) -> None:
    other = await shown(await Matter(world).begin(), OIL)
    await other.answer(*other.items)
    mine = await shown(await Matter(world).begin(), PADS)
    await phone.goto(f"{served}/a/{mine.given['token']}")
    await expect(phone.get_by_text("What you said so far")).to_have_count(0)
