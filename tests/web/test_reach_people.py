"""Staff see who is to be reached by a person, note it, and see what a customer was told; a customer does without at a touch."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect

from tests.identity.builders import joined
from tests.notices.conftest import Mailbox, mailbox, work
from tests.notices.test_take_next_way import Told
from tests.web.conftest import look
from tests.web.doors import come_in
from tests.world import World

__all__ = ["mailbox", "work"]
Work = Callable[[], Awaitable[int]]


async def unreached(world: World, work: Work) -> Told:
    """A customer whose mail came back."""
    grace = Told(world, await world.customer(name="Grace <b>Hopper</b>"))
    await grace.contact("grace@a.example", name="Grace")
    await grace.contact("+49 30 555 0177", channel="phone", may=False, name="Next door")
    await world.done(
        "POST", f"/v1/customers/{grace.id}/sites", {"address": "1 Mill Lane, Berlin", "access_notes": "Ring twice", "zone": "Europe/Berlin"}
    )
    await grace.wait_longer()
    await work()
    await grace.bounced()
    await work()
    return grace


async def test_who_is_to_be_reached_comes_off_the_list_once_they_have_heard(world: World, served: str, phone: Page, work: Work) -> None:
    grace = await unreached(world, work)
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to="/app/office")
    await phone.get_by_role("link", name="To be reached by a person").press("Enter")
    card = phone.get_by_role("region", name="Grace <b>Hopper</b>")
    await expect(card).to_contain_text("+49 30 555 0177")
    await expect(card).to_contain_text("given back")
    await expect(card).to_contain_text("Ring twice")
    await look(phone, "reach")
    await card.get_by_text("Note how they were tried").press("Enter")
    await card.get_by_label("What was said").fill("Told her that the part comes later")
    await card.get_by_label("They have heard it").press("Space")
    await look(phone, "reach-note")
    await card.get_by_role("button", name="Note it").press("Enter")
    await expect(phone.locator("main")).to_contain_text("Nobody.")
    await phone.goto(f"{served}/app/customers/{grace.id}/told")
    await expect(phone.locator("main")).to_contain_text("reached by a person")
    await look(phone, "told")
    await phone.get_by_role("button", name="Tell no more: another time promised").press("Enter")
    await expect(phone.get_by_role("button", name="Tell again: another time promised")).to_be_visible()


async def test_everything_people_are_told_is_shown_with_its_rule(world: World, served: str, tablet: Page) -> None:
    person = await joined(world, roles=("dispatcher",))
    await come_in(tablet, served, person["email"], to="/app/notices")
    await tablet.locator("summary").first.press("Enter")
    await expect(tablet.locator("details[open]")).to_contain_text("€600.00")
    await look(tablet, "notices")
    await tablet.get_by_role("link", name="Deutsch").press("Enter")
    await expect(tablet.locator("main")).to_contain_text("Ihre Quittung")
    await look(tablet, "notices-in-german")


async def test_a_manager_changes_a_rule_and_when_night_is(world: World, served: str, tablet: Page) -> None:
    manager = await joined(world, roles=("manager",))
    await come_in(tablet, served, manager["email"], to="/app/notices")
    await tablet.get_by_label("From", exact=True).fill("22:00")
    await tablet.get_by_label("Until", exact=True).fill("06:30")
    await tablet.get_by_role("button", name="Set the night").press("Enter")
    await expect(tablet.locator("main")).to_contain_text("version 1")
    receipt = tablet.locator("#receipt")
    await receipt.locator("summary").first.press("Enter")
    await receipt.get_by_text("Change its rule").press("Enter")
    await receipt.get_by_label("First by").select_option("sms")
    await receipt.get_by_label("where that fails, by").select_option("email")
    await receipt.get_by_label("and then by").select_option("")
    await receipt.get_by_label("It waits while it is night").press("Space")
    await receipt.get_by_label("At most one in so many minutes").fill("60")
    await look(tablet, "notices-rule")
    await receipt.get_by_role("button", name="Set this rule").press("Enter")
    await expect(tablet.locator("main")).to_contain_text("version 2")
    [now, *_] = (await world.done("GET", "/v1/notice-rules"))["items"]
    assert (now["quiet_from"], now["quiet_until"]) == ("22:00", "06:30")
    told = next(one for one in now["rules"] if one["kind"] == "receipt")
    assert (told["channels"], told["quiet"], told["every_minutes"], told["reach"]) == (["sms", "email"], True, 60, "never")
    invoice = tablet.locator("#invoice")
    await invoice.locator("summary").first.press("Enter")
    await invoice.get_by_text("Change its rule").press("Enter")
    for place in ("First by", "where that fails, by", "and then by"):
        await invoice.get_by_label(place).select_option("")
    await invoice.get_by_role("button", name="Set this rule").press("Enter")
    await expect(tablet.get_by_role("alert")).to_contain_text("It can’t be told so.")
    await look(tablet, "notices-refused")


async def test_only_managers_change_rules(world: World, served: str, tablet: Page) -> None:
    person = await joined(world, roles=("dispatcher",))
    await come_in(tablet, served, person["email"], to="/app/notices")
    await tablet.locator("summary").first.press("Enter")
    await expect(tablet.locator("details[open]")).to_contain_text("€600.00")
    await expect(tablet.get_by_text("Change its rule")).to_have_count(0)
    refused = await tablet.request.post(f"{served}/app/notices", form={"do": "night"}, headers={"Origin": served})
    assert refused.status == 403


async def test_the_pages_speak_german(world: World, served: str, phone: Page, work: Work) -> None:
    grace = await unreached(world, work)
    await world.sql("update identity.organisation set language = 'de' where organisation_id = $1", world.organisation_id)
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to="/app/reach")
    await expect(phone.locator("main")).to_contain_text("zurückgekommen")
    await look(phone, "reach-de")
    await phone.goto(f"{served}/app/customers/{grace.id}/told")
    await expect(phone.locator("main")).to_contain_text("verzichten")
    await look(phone, "told-de")
    await phone.goto(f"{served}/app/notices")
    await expect(phone.locator("main")).to_contain_text("Was wir sagen")


async def test_a_customer_does_without_by_the_link_in_their_mail(
    world: World, served: str, phone: Page, mailbox: Mailbox, work: Work
) -> None:
    ada = Told(world, await world.customer(language="de"))
    await ada.contact("ada@a.example")
    await ada.wait_longer()
    await work()
    url = mailbox.taken[0]["List-Unsubscribe"].strip("<>")
    await phone.goto(f"{served}/stop/{url.partition('/stop/')[2]}")
    await expect(phone.locator("main")).to_contain_text("Das sagen wir Ihnen bisher")
    await look(phone, "stop")
    await phone.get_by_role("button").press("Enter")
    await expect(phone.get_by_role("status")).to_contain_text("nicht mehr")
    await look(phone, "stopped")
    await ada.wait_longer()
    await work()
    assert len(mailbox.taken) == 1
