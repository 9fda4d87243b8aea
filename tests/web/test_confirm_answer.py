"""Confirming an answer on the page: a code from the mail without JavaScript, a signature on the glass with it."""

from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import Page, expect

from tests.authorisations.matters import Matter
from tests.authorisations.showings import Showing
from tests.authorisations.test_confirm_answer import mailed, wrong
from tests.notices.conftest import texts
from tests.web.conftest import look
from tests.web.test_approve_offer import OIL, PADS, verdicts
from tests.world import World

__all__ = ["texts"]


async def shown(world: World, method: str, **differences: Any) -> Showing:
    """An oil change and brake pads on the customer's page, to be confirmed in that way."""
    matter = await Matter(world).begin()
    offer = await matter.offer(OIL, PADS)
    document = {"contact_id": matter.contact_id, "channel": "on_device", "method": method, **differences}
    return Showing(matter, offer, await world.done("POST", f"/v1/offers/{offer.id}/present", document))


async def choose(page: Page) -> None:
    """Yes to the oil, no to the pads."""
    await page.get_by_role("group").nth(0).get_by_label("Yes, do it").check()
    await page.get_by_role("group").nth(1).get_by_label("No, thanks").check()


async def test_a_code_is_fetched_and_typed_without_javascript_and_keeps_what_was_chosen(world: World, served: str, phone: Page) -> None:
    showing = await shown(world, "otp")
    await phone.goto(f"{served}/a/{showing.given['token']}")
    await choose(phone)
    await phone.get_by_role("button", name="Mail me a code").click()
    await expect(phone.locator("main")).to_contain_text("It is good until 13:10")
    assert await phone.locator("input:checked").count() == 2
    await look(phone, "approval-code")
    code = await mailed(showing)
    await phone.get_by_label("Code from the mail").fill(wrong(code))
    await phone.get_by_role("button", name="Send my answer").click()
    await expect(phone.get_by_role("alert")).to_contain_text("That isn't the code that we sent last.")
    assert await verdicts(world) == []
    await look(phone, "approval-code-wrong")
    await phone.get_by_label("Code from the mail").fill(code)
    await phone.keyboard.press("Enter")  # the first button of the form answers, it doesn't mail another code
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you. Your answer is on record.")
    assert await verdicts(world) == ["Brake pads, front: declined", "Oil change: approved"]
    assert code not in phone.url


@pytest.mark.usefixtures("texts")
async def test_who_is_reached_by_text_is_told_that_the_code_comes_so(world: World, served: str, phone: Page) -> None:
    showing = await shown(world, "signature", language="de")
    contact_id = UUID(showing.matter.contact_id)
    await world.sql("update customers.contact set channel = 'sms', address = '+49 170 555 0177' where contact_id = $1", contact_id)
    await phone.goto(f"{served}/a/{showing.given['token']}")
    await expect(phone.locator("main")).to_contain_text("per SMS einen Code aus sechs Ziffern an die Nummer")
    await phone.get_by_role("button", name="Code per SMS schicken").click()
    await expect(phone.get_by_role("button", name="Neuen Code per SMS schicken")).to_be_visible()
    await look(phone, "approval-code-by-text")
    await phone.get_by_role("group").nth(0).get_by_label("Ja, machen").check()
    await phone.get_by_role("group").nth(1).get_by_label("Nein, danke").check()
    await phone.get_by_label("Code aus der SMS").fill(await mailed(showing))
    await phone.get_by_role("button", name="Meine Antwort senden").click()
    await expect(phone.get_by_role("heading", level=1)).to_contain_text("Danke")
    assert await verdicts(world) == ["Brake pads, front: declined", "Oil change: approved"]


async def test_five_wrong_codes_close_the_page(world: World, served: str, phone: Page) -> None:
    showing = await shown(world, "otp")
    await phone.goto(f"{served}/a/{showing.given['token']}")
    await choose(phone)
    await phone.get_by_role("button", name="Mail me a code").click()
    code = await mailed(showing)
    for _ in range(5):
        await phone.get_by_label("Code from the mail").fill(wrong(code))
        await phone.get_by_role("button", name="Send my answer").click()
        await phone.wait_for_load_state()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("This offer can't be answered here any more.")
    await look(phone, "approval-locked")


async def test_a_customer_signs_on_the_glass(world: World, served: str, tablet: Page) -> None:
    showing = await shown(world, "signature")
    answer = await tablet.goto(f"{served}/a/{showing.given['token']}")
    assert answer is not None
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    await choose(tablet)
    await tablet.get_by_role("button", name="Send my answer").click()
    await expect(tablet.get_by_role("alert")).to_contain_text("Please confirm that it is you")
    canvas = tablet.locator("canvas")
    await canvas.scroll_into_view_if_needed()
    box = await canvas.bounding_box()
    assert box is not None
    await tablet.mouse.move(box["x"] + 40, box["y"] + 80)
    await tablet.mouse.down()
    for step in range(24):
        await tablet.mouse.move(box["x"] + 40 + 10 * step, box["y"] + 80 + (35 if step % 3 else -25))
    await tablet.mouse.up()
    await look(tablet, "approval-signed")
    await tablet.get_by_role("button", name="Send my answer").click()
    await expect(tablet.get_by_role("heading", level=1)).to_have_text("Thank you. Your answer is on record.")
    [row] = await world.sql(
        "select s.strokes::jsonb -> 'strokes' as strokes, a.method from authorisations.signature s join authorisations.authorisation a using (authorisation_id)"
    )
    assert row["method"] == "signature"
    assert row["strokes"].count("[") > 20


async def test_without_javascript_the_page_says_so_and_offers_a_code(world: World, served: str, phone: Page) -> None:
    showing = await shown(world, "signature")
    await phone.goto(f"{served}/a/{showing.given['token']}")
    await expect(phone.locator("main")).to_contain_text("Signing on the glass needs JavaScript")
    await look(phone, "approval-signature-without-script")
    await choose(phone)
    await phone.get_by_role("button", name="Mail me a code").click()
    await phone.get_by_label("Code from the mail").fill(await mailed(showing))
    await phone.get_by_role("button", name="Send my answer").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you. Your answer is on record.")
