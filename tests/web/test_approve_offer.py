"""The customer's approval page on a phone, without JavaScript."""

import re

import httpx
from playwright.async_api import Page, Request, expect

from tests.authorisations.matters import Matter, mailed_token
from tests.billing.test_change_plan import asked as asked_for_plan
from tests.subscriptions.builders import renew, subscribed
from tests.web.conftest import look
from tests.world import World

PADS = {"description": "Brake pads, front", "kind": "part", "unit": "EA", "unit_price": "4500", "tax_rate": "19"}
OIL = {"description": "Oil change", "unit_price": "3000", "tax_rate": "19", "quantity": "1.5"}


async def shown(world: World, matter: Matter, **differences: object) -> str:
    """An offer of an oil change and brake pads, presented by link: the path of its page."""
    offer = await matter.offer(OIL, PADS)
    given = await matter.present(offer, **differences)
    return f"/a/{given['token']}"


async def verdicts(world: World) -> list[str]:
    """What is on record, in the order of the descriptions."""
    rows = await world.sql(
        "select i.description, a.verdict from authorisations.authorisation_item a join authorisations.offer_item i using (organisation_id, item_id)"
        " where a.organisation_id = $1 order by 1",
        world.organisation_id,
    )
    return [f"{row['description']}: {row['verdict']}" for row in rows]


async def test_a_customer_says_yes_to_one_item_and_no_to_another(world: World, served: str, phone: Page) -> None:
    path = await shown(world, await Matter(world).begin())
    await phone.goto(served + path)
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Nothing starts before you say so")
    await expect(phone.locator("main")).to_contain_text("€53.55")
    await look(phone, "approval")
    await phone.get_by_role("group").nth(0).get_by_label("Yes, do it").check()
    await phone.get_by_role("group").nth(1).get_by_label("No, thanks").check()
    await look(phone, "approval-chosen")
    await phone.get_by_role("button", name="Send my answer").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you. Your answer is on record.")
    await phone.wait_for_load_state()  # the style sheet too
    assert await phone.evaluate("document.documentElement.scrollWidth") <= 390
    await look(phone, "answered")
    assert await verdicts(world) == ["Brake pads, front: declined", "Oil change: approved"]


async def test_nothing_is_chosen_in_advance_and_nothing_can_be_left_open(world: World, served: str, phone: Page) -> None:
    await phone.goto(served + await shown(world, await Matter(world).begin()))
    assert await phone.locator("input:checked").count() == 0
    await phone.get_by_role("button", name="Send my answer").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Nothing starts before you say so")
    assert await verdicts(world) == []


async def test_the_sum_on_the_page_is_the_sum_of_the_invoice(world: World, served: str, phone: Page) -> None:
    matter = await Matter(world).begin()
    offer = await matter.offer(*[{"unit_price": "102", "tax_rate": "19"}] * 40)
    given = await matter.present(offer)
    await phone.goto(f"{served}/a/{given['token']}")
    await expect(phone.locator("section", has_text="All items together")).to_contain_text("€48.55")  # 40 times 1.21 would be 48.40
    await matter.consent(offer)
    world.clock.forward(minutes=1)
    for item in offer.item_ids:
        await matter.work(str(item))
    lines = [{"item_id": str(item), "unit_price": "102"} for item in offer.item_ids]
    assert (await matter.posted(*lines))["total_minor"] == 4_855


async def test_everything_a_line_is_judged_by_is_on_the_page(world: World, served: str, phone: Page) -> None:
    matter = await Matter(world).begin()
    part = PADS | {"sku": "OEM-1", "alternates": ["NO-NAME-9"], "condition": "new", "method": "welded"}
    offer = await matter.offer(part, cap=4_000)
    given = await matter.present(offer)
    await phone.goto(f"{served}/a/{given['token']}")
    for said in ("Part OEM-1 or in its place NO-NAME-9", "How: welded", "Together never more than €40.00 before tax."):
        await expect(phone.locator("main")).to_contain_text(said)
    await look(phone, "approval-terms")


async def test_a_tolerance_is_told_with_what_it_can_come_to(world: World, served: str, phone: Page) -> None:
    lenient = await Matter(world).begin(combine="greater", pct_numerator=1, pct_denominator=10, abs_minor=500, hard_cap_minor=5_000)
    await phone.goto(served + await shown(world, lenient))
    await expect(phone.locator("main")).to_contain_text("at most €9.00 before tax more than agreed without asking you again")
    await expect(phone.locator("main")).not_to_contain_text("no more")
    strict = await Matter(world).begin()
    await phone.goto(served + await shown(world, strict))
    await expect(phone.locator("main")).to_contain_text("at these prices and no more")


async def test_the_page_speaks_the_customers_language(world: World, served: str, phone: Page) -> None:
    await phone.goto(served + await shown(world, await Matter(world).begin(), language="de"))
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Nichts beginnt ohne Ihr Ja")
    await expect(phone.locator("main")).to_contain_text("53,55 €")
    assert await phone.locator("html").get_attribute("lang") == "de"
    await look(phone, "approval-de")


async def test_the_page_fits_a_phone_and_loads_nothing_from_elsewhere(world: World, served: str, phone: Page) -> None:
    asked: list[str] = []

    def ask(request: Request) -> None:
        asked.append(request.url)

    phone.on("request", ask)
    answer = await phone.goto(served + await shown(world, await Matter(world).begin()))
    assert answer is not None
    assert len(await answer.body()) < 50_000
    phone.remove_listener("request", ask)
    assert all(url.startswith(served) for url in asked), asked
    assert await phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_a_person_is_one_step_away(world: World, served: str, phone: Page) -> None:
    await phone.goto(served + await shown(world, await Matter(world).begin()))
    assert (
        await phone.get_by_role("contentinfo").get_by_role("link", name=re.compile("555 0100")).get_attribute("href") == "tel:+49305550100"
    )


async def test_opening_the_link_a_hundred_times_consents_to_nothing(world: World, served: str) -> None:
    path = await shown(world, await Matter(world).begin())
    async with httpx.AsyncClient(base_url=served) as scanner:
        answers = [await scanner.request(method, path) for _ in range(50) for method in ("GET", "HEAD")]
    assert {answer.status_code for answer in answers if answer.request.method == "GET"} == {200}
    assert await verdicts(world) == []


async def test_a_form_from_another_site_is_refused(world: World, served: str) -> None:
    path = await shown(world, await Matter(world).begin())
    async with httpx.AsyncClient(base_url=served) as other:
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
            answer = await other.post(path, data={"offer_hash": "0" * 64}, headers=headers)
            assert answer.status_code == 403
    assert await verdicts(world) == []


async def test_an_offer_changed_while_it_was_read_records_nothing(world: World, served: str, phone: Page) -> None:
    matter = await Matter(world).begin()
    offer = await matter.offer(OIL)
    given = await matter.present(offer)
    await phone.goto(f"{served}/a/{given['token']}")
    dearer = {
        "quantity": "1",
        "kind": "labour",
        "description": "Oil change",
        "unit": "HUR",
        "unit_price": "9000",
        "tax_category": "S",
        "tax_rate": "19",
    }
    await world.done("POST", f"/v1/offers/{offer.id}/revisions", {"revises": 1, "items": [dearer]})
    await phone.get_by_label("Yes, do it").check()
    await phone.get_by_role("button", name="Send my answer").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("This offer was changed.")
    await look(phone, "approval-changed")
    assert await verdicts(world) == []


async def test_a_link_that_is_too_old_says_so_in_words(world: World, served: str, phone: Page) -> None:
    path = await shown(world, await Matter(world).begin(), expires_in_hours=1)
    world.clock.forward(hours=2)
    await phone.goto(served + path)
    await expect(phone.get_by_role("heading", level=1)).to_have_text("This offer is no longer open.")


async def test_an_answer_sent_twice_is_one_answer(world: World, served: str) -> None:
    matter = await Matter(world).begin()
    offer = await matter.offer(OIL)
    given = await matter.present(offer)
    form = {"offer_hash": offer.offer_hash, f"item-{offer.item_ids[0]}": "approved"}
    async with httpx.AsyncClient(base_url=served) as customer:
        answers = [await customer.post(f"/a/{given['token']}", data=form) for _ in range(2)]
        other = await customer.post(f"/a/{given['token']}", data={**form, f"item-{offer.item_ids[0]}": "declined"})
    assert [answer.status_code for answer in answers] == [200, 200]
    assert other.status_code == 409
    assert "What was answered first stands" in other.text
    assert await verdicts(world) == ["Oil change: approved"]


async def test_a_link_nobody_made_shows_a_page_not_a_program_answer(served: str, phone: Page) -> None:
    answer = await phone.goto(f"{served}/a/l_{'x' * 43}")
    assert answer is not None
    assert (answer.status, answer.headers["content-type"].split(";")[0]) == (401, "text/html")


async def test_an_answer_that_is_not_in_force_says_so(world: World, served: str, phone: Page) -> None:
    matter = await Matter(world).begin()
    world.clock.forward(days=3)
    path = f"/v1/customers/{matter.customer_id}/contacts/{matter.contact_id}"
    await world.done("PATCH", path, {"address": "elsewhere@a.example"}, headers={"If-Match": '"1"'})
    await phone.goto(f"{served}/a/{(await matter.present(await matter.offer(OIL)))['token']}")
    await phone.get_by_label("Yes, do it").check()
    await phone.get_by_role("button", name="Send my answer").click()
    told = phone.get_by_role("region", name="It isn't in force yet.")
    await expect(told).to_contain_text("held until Sun 8 Mar 2026, 13:00")
    await expect(told).to_contain_text("It doesn't come into force by itself.")
    await expect(told.get_by_role("link", name="+49 30 555 0100")).to_be_visible()
    await expect(phone.locator("main")).to_contain_text("Yes – held, not done yet")
    await look(phone, "answered-held")
    page = phone.url
    world.clock.forward(days=2)
    await phone.goto(page)
    await expect(phone.locator("main")).to_contain_text("That time is over: call us, and we show you the offer once more.")


async def test_an_answer_that_was_held_and_confirmed_says_so(world: World, served: str, phone: Page) -> None:
    matter = await Matter(world).begin()
    world.clock.forward(days=3)
    path = f"/v1/customers/{matter.customer_id}/contacts/{matter.contact_id}"
    await world.done("PATCH", path, {"address": "elsewhere@a.example"}, headers={"If-Match": '"1"'})
    offer = await matter.offer(OIL)
    given = await matter.present(offer)
    await phone.goto(f"{served}/a/{given['token']}")
    await phone.get_by_label("Yes, do it").check()
    await phone.get_by_role("button", name="Send my answer").click()
    await phone.goto(f"{served}/a/{(await matter.present(offer, channel='on_device'))['token']}")
    await phone.get_by_label("Yes, do it").check()
    await phone.get_by_role("button", name="Send my answer").click()
    await phone.goto(f"{served}/a/{given['token']}")
    await expect(phone.get_by_role("region", name="It was confirmed since, and is in force.")).to_be_visible()
    await expect(phone.locator("main")).to_contain_text("You agreed to")
    await look(phone, "answered-held-confirmed")


async def test_the_sum_of_the_yeses_runs_along_and_is_the_invoices(world: World, served: str, tablet: Page) -> None:
    matter = await Matter(world).begin()
    given = await matter.present(
        await matter.offer(*[{"unit_price": "102", "tax_rate": "19"}] * 39, {"unit_price": "1000", "tax_rate": "7"})
    )
    await tablet.goto(f"{served}/a/{given['token']}")
    running = tablet.get_by_role("status")
    await expect(running).to_have_text("€0.00")
    for group in await tablet.get_by_role("group").all():
        await group.get_by_label("Yes, do it").check()
    await expect(running).to_have_text("€58.04")  # 39.78 + 7.56, and 10.00 + 0.70
    await tablet.get_by_role("group").last.get_by_label("No, thanks").check()
    await expect(running).to_have_text("€47.34")
    await tablet.get_by_role("button", name="Send my answer").click()
    await expect(tablet.locator("main")).to_contain_text("€47.34")


async def test_without_javascript_no_sum_pretends_to_run_along(world: World, served: str, phone: Page) -> None:
    await phone.goto(served + await shown(world, await Matter(world).begin()))
    await expect(phone.get_by_text("You say yes to, tax included", exact=True)).to_be_hidden()


async def test_a_form_without_every_answer_leaves_the_link_as_it_was(world: World) -> None:
    matter = await Matter(world).begin()
    offer = await matter.offer(OIL, PADS)
    given = await matter.present(offer)
    path, yes = f"/a/{given['token']}", {f"item-{item}": "approved" for item in offer.item_ids}
    for form in (
        {},
        {f"item-{offer.item_ids[0]}": "approved"},
        {f"item-{offer.item_ids[0]}": "approved", f"item-{offer.item_ids[1]}": "perhaps"},
    ):
        answer = await world.http.post(path, data={"offer_hash": offer.offer_hash} | form)
        assert answer.status_code == 422
        assert "Please choose yes or no for each item" in answer.text
    assert await verdicts(world) == []
    assert (await world.http.post(path, data={"offer_hash": offer.offer_hash} | yes)).status_code == 200
    assert len(await verdicts(world)) == 2


async def test_what_one_unit_is_of_another_is_on_the_page(world: World) -> None:
    matter = await Matter(world).begin()
    given = await matter.present(await matter.offer(PADS | {"conversions": {"BX": "12", "MIN": "1/60"}}))
    page = (await world.http.get(f"/a/{given['token']}")).text
    for said in ("1 BX = 12 pieces", "1 min = 1/60 pieces"):
        assert said in " ".join(page.split())


async def test_another_plan_says_from_which_day_and_in_place_of_which(world: World, served: str, phone: Page) -> None:
    old = await subscribed(world, begins_on="2026-03-05")
    await renew(world, old)
    change = await asked_for_plan(world, old)
    contact = {"name": "Bea Buyer", "channel": "email", "address": "bea@b.example", "may_authorise": True}
    contact_id = (await world.done("POST", f"/v1/customers/{old['customer_id']}/contacts", contact))["id"]
    given = await world.done("POST", f"/v1/offers/{change['offer_id']}/present", {"contact_id": contact_id})
    await phone.goto(f"{served}/a/{await mailed_token(world, given['presentation_id'])}")
    await expect(phone.locator("main")).to_contain_text("From 5 April 2026: Internet 100 in place of Internet 100")
    await look(phone, "approval-another-plan")
