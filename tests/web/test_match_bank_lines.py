"""The bank's lines gone through by the keyboard alone, and by plain forms where no script runs."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from tests.billing.bank_files import balances, entry, imported, lines, report, statement, with_account
from tests.billing.builders import Books
from tests.billing.test_bank_cash import accepted, banked, deposit
from tests.billing.test_see_payout_in_bank import told
from tests.identity.builders import joined
from tests.kit.test_round_trips import heard
from tests.web.conftest import look
from tests.web.doors import come_in, signed_in
from tests.world import World


class Hands:
    """Somebody at a keyboard whose keys are counted."""

    def __init__(self, desk: Page) -> None:
        self.desk = desk
        self.keys = 0

    async def press(self, *keys: str) -> None:
        """Keys that stay on the page."""
        for key in keys:
            self.keys += 1
            await self.desk.keyboard.press(key)

    async def go(self, *keys: str) -> None:
        """Keys of which the last leads to another page, where the line is at hand."""
        await self.press(*keys[:-1])
        async with self.desk.expect_navigation():
            await self.press(keys[-1])
        await expect(self.desk.locator("#at-hand, #bank").locator("visible=true").first).to_be_attached()

    async def write(self, words: str) -> None:
        """A key a letter."""
        self.keys += len(words)
        await self.desk.keyboard.type(words)


@pytest.fixture
async def desk(browser: Browser) -> AsyncIterator[Page]:
    """A page on a desk, with JavaScript and nothing to point with."""
    context = await browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    yield await context.new_page()
    await context.close()


async def yesterdays(world: World, *amounts: int) -> list[str]:
    """Lines whose payers' names alone say who they are: the numbers of their invoices."""
    await with_account(world)
    books, numbers = Books(world), []
    for amount in amounts:
        invoice_id = await books.invoice(await books.customer(), amount)
        numbers.append((await world.done("GET", f"/v1/invoices/{invoice_id}"))["number"])
    await imported(world, statement(0, sum(amounts), *(entry(amount, f"net {at}", name="OWNER ADA") for at, amount in enumerate(amounts))))
    return numbers


async def test_a_mornings_lines_are_done_by_the_keyboard_alone(world: World, served: str, desk: Page) -> None:
    numbers = await yesterdays(world, *(1_000 + at for at in range(10)))
    await imported(
        world,
        statement(
            10_045,
            10_330,
            entry(-15, "fees", name="The bank", on="2026-03-04"),
            entry(300, "two", name="X", on="2026-03-04"),
            on="2026-03-04",
        ),
    )
    person = await joined(world, roles=("back_office",))
    await come_in(desk, served, person["email"], to="/app/bank")
    await expect(desk.locator("#at-hand")).to_be_focused()
    await expect(desk.locator("label[for=left]")).to_have_text("12 of 12 left")
    await look(desk, "bank")
    hands = Hands(desk)
    for left in range(11, 2, -1):
        await hands.go("Enter")
        await expect(desk.locator("label[for=left]")).to_have_text(f"{left} of 12 left")
        await expect(desk.locator("#at-hand")).to_be_focused()
    assert hands.keys == 9
    await hands.go("j")
    await expect(desk.locator("#at-hand")).to_have_text("The bank")
    await hands.go("k")
    await hands.go("ArrowDown")
    await hands.press("i")
    await expect(desk.get_by_label("What it is")).to_be_focused()
    await look(desk, "bank-no-payment")
    await hands.go("Tab", "Tab", "Enter")
    await expect(desk.get_by_role("status")).to_contain_text("Done:")
    await hands.go("u")
    await expect(desk.get_by_role("status")).to_contain_text("Taken back:")
    await expect(desk.locator("label[for=left]")).to_have_text("3 of 12 left")
    assert hands.keys < 20
    assert (await balances(world))["unmatched"] == -1_294
    assert len(numbers) == 10


async def test_a_line_is_searched_for_and_split_by_the_keyboard(world: World, served: str, desk: Page) -> None:
    one, two, _ = await yesterdays(world, 1_000, 500, 700)
    await imported(world, statement(2_200, 3_700, entry(1_500, "both of us", name="Xaver", on="2026-03-04"), on="2026-03-04"))
    person = await joined(world, roles=("back_office",))
    await come_in(desk, served, person["email"], to="/app/bank")
    hands = Hands(desk)
    await hands.press("/")
    await hands.write("both")
    await hands.go("Enter")
    await expect(desk.locator("#at-hand")).to_have_text("Xaver")
    await hands.press("s")
    await expect(desk.get_by_label("Number of the invoice").first).to_be_focused()
    await hands.write(one)
    await hands.press("Tab", "ControlOrMeta+a")
    await hands.write("10.00")
    await hands.press("Tab")
    await hands.write(two)
    await hands.press("Tab")
    await hands.write("5,00")
    await look(desk, "bank-split")
    await hands.go("Enter")
    await expect(desk.get_by_role("status")).to_contain_text("Done:")
    assert sorted(line["amount_minor"] for line in await lines(world)) == [500, 700, 1_000]
    open_now = await world.sql("select open_after from billing.allocation order by open_after")
    assert ([row["open_after"] for row in open_now], (await balances(world))["receivable"]) == ([0, 0], 700)


async def test_all_of_it_works_without_a_script(world: World, served: str, phone: Page) -> None:
    await yesterdays(world, 1_000)
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to="/app/bank")
    await phone.get_by_role("button", name="That is it").first.click()
    await expect(phone.locator("main")).to_contain_text("No line waits.")
    await look(phone, "bank-done")
    await phone.get_by_role("button", name="Undo").click()
    await expect(phone.locator("#at-hand")).to_have_text("OWNER ADA")
    await phone.get_by_text("It is no customer's payment").click()
    await phone.get_by_label("What it is").select_option(label="loan")
    await phone.get_by_role("button", name="Say so").click()
    [line] = await lines(world, "matched")
    assert (line["steps"][-1]["kind"], line["steps"][-1]["reason"]) == ("other", "loan")


async def test_a_suggestion_that_has_changed_posts_nothing_and_a_reader_has_no_buttons(world: World, served: str) -> None:
    await yesterdays(world, 1_000)
    [line] = await lines(world)
    clerk, other = await joined(world, roles=("back_office",)), await joined(world, roles=("dispatcher",))
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, clerk["email"])
        seen = re.findall(r'name="seen" value="(\w+)"', (await browser.get("/app/bank")).text)[0]
        path = f"/app/bank/lines/{line['id']}"
        stale = await browser.post(path, data={"act": "accept", "seen": "0" * 64})
        taken = await browser.post(path, data={"act": "accept", "seen": seen})
        again = await browser.post(path, data={"act": "accept", "seen": seen})
        elsewhere = await browser.post(path, data={"act": "undo"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (stale.status_code, taken.status_code, again.status_code, elsewhere.status_code) == (409, 303, 409, 403)
    assert "It has changed meanwhile." in stale.text
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, other["email"])
        assert (await browser.get("/app/bank")).status_code == 403
    assert len((await lines(world, "matched"))[0]["steps"]) == 1


async def test_two_hundred_lines_are_shown_at_once_and_in_german(world: World, served: str) -> None:
    await with_account(world)
    await imported(world, statement(0, 20_100, *(entry(at, f"line {at}", name=f"Payer {at}") for at in range(1, 201))))
    await world.sql("update identity.organisation set language = 'de' where organisation_id = $1", world.organisation_id)
    person = await joined(world, roles=("back_office",))
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, person["email"])
        with heard(world) as asked:
            shown = await browser.get("/app/bank")
    assert shown.text.count('<li><div class="row"><a href="/app/bank?line=') == 200
    assert all(said in shown.text for said in ("Noch 200 von 200", "Payer 200"))
    assert 0 < len(asked) < 20, "not a question for each line"


async def test_a_line_that_may_be_told_before_says_so_and_is_evened_out_by_saying_it(world: World, served: str) -> None:
    await with_account(world)
    await imported(world, report(entry(1_000, "in the morning")))
    await imported(world, statement(0, 1_000, entry(1_000, "in the evening", reference="B")))
    [doubtful] = [line for line in await lines(world) if line["doubt"]]
    person = await joined(world, roles=("back_office",))
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, person["email"])
        shown = await browser.get(f"/app/bank?line={doubtful['id']}")
        assert "The bank may have told this money before, in other words or in other parts" in shown.text
        await browser.post(f"/app/bank/lines/{doubtful['id']}", data={"act": "dismiss", "reason": "told_before"})
    after = await balances(world)
    assert (after["bank"], after["unmatched"]) == (1_000, -1_000)


async def test_why_the_bank_counted_a_deposit_otherwise_is_a_reason_and_one_line_of_words(world: World, served: str) -> None:
    await with_account(world)
    await banked(world, deposit(await accepted(world, Books(world), 1_500), slip="E-4711"))
    await imported(world, statement(0, 1_400, entry(1_400, "Bareinzahlung E-4711")))
    [line] = await lines(world)
    clerk = await joined(world, roles=("back_office",))
    async with httpx.AsyncClient(base_url=served) as browser:
        await signed_in(browser, clerk["email"])
        seen = re.findall(r'name="seen" value="(\w+)"', (await browser.get("/app/bank")).text)[0]
        for why in ({"reason": "luck"}, {"reason": "short", "note": "counted\0twice"}, {"reason": "short", "note": "n" * 501}):
            refused = await browser.post(f"/app/bank/lines/{line['id']}", data={"act": "accept", "seen": seen, **why})
            assert refused.status_code == 422
        said = {"act": "accept", "seen": seen, "reason": "short", "note": "counted twice"}
        assert (await browser.post(f"/app/bank/lines/{line['id']}", data=said)).status_code == 303
    [told] = (await world.done("GET", "/v1/cash/deposits", role="back_office"))["items"]
    assert (told["arrived_minor"], told["reason"], told["note"]) == (1_400, "short", "counted twice")


async def test_a_line_of_several_deposits_is_told_by_ticking_their_slips(world: World, served: str, phone: Page) -> None:
    await with_account(world)
    for slip, amount in (("KASSE-12", 1_000), ("KASSE-2", 500), ("KASSE-1", 200)):
        await banked(world, deposit(await accepted(world, Books(world), amount), slip=slip))
    await imported(world, statement(0, 1_500, entry(1_500, "Einzahlungen KASSE-12 und KASSE-2")))
    await come_in(phone, served, (await joined(world, roles=("back_office",)))["email"], to="/app/bank")
    await expect(phone.get_by_label("Slip KASSE-2")).to_be_checked()
    await expect(phone.locator("#deposits input:checked")).to_have_count(2)
    await look(phone, "bank-several-deposits")
    await phone.get_by_role("button", name="It is these").click()
    await expect(phone.get_by_text("No line waits.").first).to_be_visible()
    arrived = (await world.done("GET", "/v1/cash/deposits?arrived=true", role="back_office"))["items"]
    assert sorted((one["slip"], one["arrived_minor"]) for one in arrived) == [("KASSE-12", 1_000), ("KASSE-2", 500)]


async def test_a_payout_of_which_the_bank_kept_a_fee_is_told_on_its_line(world: World, served: str, phone: Page) -> None:
    await with_account(world)
    await told(world, 10_000, status="paid")
    await told(world, 20_000, name="po_another", status="paid")
    await imported(world, statement(0, 9_950, entry(9_950, "Gutschrift abzgl. Entgelt")))
    await come_in(phone, served, (await joined(world, roles=("back_office",)))["email"], to="/app/bank")
    await phone.get_by_text("A payout of which the bank kept a fee").click()
    await expect(phone.locator("#payout li")).to_have_count(1)
    await phone.get_by_label("the bank kept €0.50").check()
    await look(phone, "bank-payout-less-a-fee")
    await phone.get_by_role("button", name="It is this payout").click()
    await expect(phone.get_by_text("No line waits.").first).to_be_visible()
    assert (await balances(world))["other:bank_fees"] == 50
