"""The office takes cash to the bank on a page, says that it has arrived, and sets how much anybody may hold."""

from playwright.async_api import Page, expect

from tests.billing.builders import Books
from tests.billing.test_bank_cash import accepted, banked, confirmed, deposit
from tests.identity.builders import joined
from tests.web.conftest import look
from tests.web.doors import come_in
from tests.world import World


async def test_cash_is_taken_to_the_bank_and_arrives_on_one_page(world: World, served: str, phone: Page) -> None:
    await accepted(world, Books(world), 1_500)
    person = await joined(world, roles=("manager",))
    await come_in(phone, served, person["email"], to="/app/office/cash")
    await phone.get_by_role("link", name="Cash and the bank").click()
    await expect(phone.locator("main")).to_contain_text("€15.00")
    await look(phone, "deposits-office")
    await phone.get_by_label("Number of the deposit slip").fill("E-4711")
    await phone.get_by_label("Account").fill("Main account")
    await phone.get_by_role("button", name="Take it to the bank").click()
    await expect(phone.locator("main")).to_contain_text("Slip E-4711")
    await phone.get_by_text("It has arrived").first.click()
    await phone.get_by_label("What the bank counted").fill("14.00")
    await phone.get_by_label("The bank's reference").fill("NTRF-1")
    await look(phone, "deposits-arrived")
    await phone.get_by_role("button", name="It has arrived").click()
    await expect(phone.get_by_role("alert")).to_be_visible()
    await phone.get_by_text("It has arrived").first.click()
    await phone.get_by_label("What the bank counted").fill("14.00")
    await phone.get_by_label("The bank's reference").fill("NTRF-1")
    await phone.get_by_label("Why the bank counted otherwise").select_option("Counterfeit")
    await phone.get_by_role("button", name="It has arrived").click()
    await expect(phone.locator("main")).not_to_contain_text("Slip E-4711")
    [told] = (await world.done("GET", "/v1/cash/deposits?arrived=true", role="back_office"))["items"]
    assert (told["arrived_minor"], told["reason"], told["bank_reference"]) == (1_400, "counterfeit", "NTRF-1")
    await phone.get_by_label("Limit for everybody").fill("300")
    await phone.get_by_role("button", name="Set the limit").click()
    await expect(phone.locator("main")).to_contain_text("Everybody else")
    await expect(phone.locator("main")).to_contain_text("€300.00")
    await look(phone, "deposits-limit")
    await phone.get_by_role("button", name="Set the limit").click()
    await expect(phone.locator("main")).to_contain_text("no limit")


async def test_what_the_bank_counted_otherwise_is_settled_on_the_page_of_cash(world: World, served: str, phone: Page) -> None:
    made = (await banked(world, deposit(await accepted(world, Books(world), 1_500)))).json()
    await confirmed(world, made["deposit_id"], 1_400, reason="counterfeit")
    person = await joined(world, roles=("manager",))
    await come_in(phone, served, person["email"], to="/app/office/cash")
    await expect(phone.locator("main")).to_contain_text("slip E-4711, as the bank counted it")
    await phone.get_by_label("What becomes of it").select_option("The company bears it")
    await phone.get_by_label("Why").fill("False notes, seen by the bank")
    await look(phone, "cash-deposit-difference")
    await phone.get_by_role("button", name="Settle it").click()
    await expect(phone.locator("main")).not_to_contain_text("E-4711")
