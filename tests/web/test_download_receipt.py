"""After answering, the customer takes the signed receipt with them, without JavaScript."""

from playwright.async_api import Page, expect

from service.authorisations.receipts import RECEIPT
from tests.authorisations.matters import Matter
from tests.web.test_approve_offer import shown
from tests.world import World


async def test_the_receipt_is_downloaded_from_the_answered_page(world: World, served: str, phone: Page) -> None:
    await phone.goto(served + await shown(world, await Matter(world).begin()))
    for group in (0, 1):
        await phone.get_by_role("group").nth(group).get_by_label("Yes, do it").check()
    await phone.get_by_role("button", name="Send my answer").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you. Your answer is on record.")
    async with phone.expect_download() as waiting:
        await phone.get_by_role("link", name="Download your signed receipt").click()
    download = await waiting.value
    text = (await download.path()).read_text()
    assert download.suggested_filename.startswith("receipt-")
    assert b'"revised_total_minor":' in world.database.keys.verify(text, typ=RECEIPT)
