"""A customer sees from their invoice's link what each line stands on and objects to one without a script; the office sees the proof in the case and decides; both read how it ended."""

from uuid import UUID

import pytest
from playwright.async_api import Page, expect

from service.billing.provider.pay_links import pay_path
from tests.care.objections import Billed, billed
from tests.identity.builders import joined
from tests.web.conftest import entered, look
from tests.web.doors import come_in

__all__ = ["billed"]
SCRIPT = "<script>alert(1)</script> only two hours & <b>no more</b>"


def lines_of(billed: Billed) -> str:
    """The page of an invoice's lines, as the link leads to it."""
    world = billed.world
    return pay_path(world.database.cursors, organisation_id=world.organisation_id, invoice_id=UUID(billed.invoice["id"])) + "/lines"


async def test_a_customer_objects_from_their_link_and_reads_how_the_office_decided(
    billed: Billed, served: str, phone: Page, tablet: Page
) -> None:
    billed.world.clock.forward(minutes=1)
    await phone.goto(served + lines_of(billed))
    line = phone.get_by_role("region").nth(1)
    await expect(line).to_contain_text("agreed to in person")
    await expect(line).to_contain_text("done: 3 h")
    await look(phone, "objection-lines")
    await line.get_by_text("This isn’t right").press("Enter")
    await line.get_by_label("What isn’t right").select_option("quantity")
    await line.get_by_label("In your own words").fill(SCRIPT)
    await entered(phone, line.get_by_role("button", name="Send it"))
    await expect(line).to_contain_text("We answer by")
    await expect(line).to_contain_text("€71.40 of this invoice wait until then.")
    await expect(line).to_contain_text(SCRIPT)
    await expect(line.get_by_text("This isn’t right")).to_have_count(0)
    await look(phone, "objection-raised")
    [objection] = (await billed.world.done("GET", "/v1/objections"))["items"]
    assert (objection["reason"], objection["words"], objection["raised_by"].partition(":")[0]) == ("quantity", SCRIPT, "customer_link")
    person = await joined(billed.world, roles=("back_office",))
    await come_in(tablet, served, person["email"], to=f"/app/cases/{objection['case_id']}")
    told = tablet.get_by_role("region", name="Objection")
    await expect(told).to_contain_text("Authorised 3, done 3, billed before 0")
    await expect(told).to_contain_text(SCRIPT)
    await told.get_by_text("Decide it").first.press("Enter")
    await told.get_by_label("Credited", exact=True).check()
    await told.get_by_label("How much of it is given back").fill("1")
    await told.get_by_label("Your answer, for the customer to read").fill("You are right, it was two hours")
    await look(tablet, "objection-decide")
    await entered(tablet, told.get_by_role("button", name="Decide it"))
    await expect(told).to_contain_text("€23.80 (CN-2026-1)")
    await look(tablet, "objection-decided")
    await phone.reload()
    await expect(line).to_contain_text("Credited · €23.80 (CN-2026-1)")
    await expect(line).to_contain_text("You are right, it was two hours")
    await expect(line.get_by_text("This isn’t right")).to_have_count(1)
    await look(phone, "objection-answered")
    await phone.get_by_role("link", name="Back").click()
    await phone.get_by_role("link", name="line by line").click()
    await expect(line).to_contain_text("You are right, it was two hours")
    assert await billed.account() == (16_660, 0)


async def test_a_decision_that_is_refused_is_told_in_words_and_changes_nothing(billed: Billed, served: str, tablet: Page) -> None:
    objection = await billed.objects(1)
    person = await joined(billed.world, roles=("back_office",))
    await come_in(tablet, served, person["email"], to=f"/app/cases/{objection['case_id']}")
    told = tablet.get_by_role("region", name="Objection")
    await told.get_by_text("Decide it").first.press("Enter")
    await told.get_by_label("Credited", exact=True).check()
    await told.get_by_label("or only this sum, before tax").fill("100.01")
    await told.get_by_label("Your answer, for the customer to read").fill("All of it back")
    await entered(tablet, told.get_by_role("button", name="Decide it"))
    await expect(tablet.get_by_role("alert")).to_contain_text("This is more than is left of the line.")
    assert await billed.account() == (19_040, 0)


@pytest.mark.parametrize(
    "form",
    [
        {"else": "x"},
        {"line": "x"},
        {"line": "9" * 5000, "reason": "price", "words": "no"},
        {"line": "1", "reason": "bored", "words": "no"},
        {"line": "1", "reason": "price"},
        {"line": "7", "reason": "price", "words": "no"},
    ],
)
async def test_what_no_form_of_ours_sends_is_refused_on_the_page(billed: Billed, form: dict[str, str]) -> None:
    answer = await billed.world.http.post(lines_of(billed), data=form, headers={"authorization": ""})
    assert answer.status_code in {404, 422}, answer.text
    assert (await billed.world.done("GET", "/v1/objections"))["items"] == []


async def test_a_form_of_another_site_or_a_changed_link_does_nothing(billed: Billed) -> None:
    form = {"line": "1", "reason": "price", "words": "Too dear"}
    elsewhere = {"authorization": "", "sec-fetch-site": "cross-site"}
    assert (await billed.world.http.post(lines_of(billed), data=form, headers=elsewhere)).status_code == 403
    changed = lines_of(billed).replace("/pay/", "/pay/A", 1)
    for _ in range(2):
        assert (await billed.world.http.get(changed, headers={"authorization": ""})).status_code == 404
    assert (await billed.world.done("GET", "/v1/objections"))["items"] == []


async def test_opening_the_page_acts_on_nothing(billed: Billed) -> None:
    for _ in range(3):
        answer = await billed.world.http.get(lines_of(billed), headers={"authorization": ""})
        assert (answer.status_code, len(answer.content) < 50_000) == (200, True)
    assert (await billed.world.done("GET", "/v1/objections"))["items"] == []
