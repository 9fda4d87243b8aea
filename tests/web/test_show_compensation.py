"""What was given for what we failed to do stands on the customer's page and on their timeline, with what was set off."""

from datetime import datetime, timedelta

from playwright.async_api import Page, expect

from tests.billing.test_compensate_customer import beat, compensated, law, missed
from tests.billing.test_count_from_report import reported
from tests.billing.test_credit_outages import BEGAN, paid, span, told
from tests.files import leaves_whole
from tests.identity.builders import joined
from tests.web.conftest import look
from tests.web.doors import come_in
from tests.web.portals import link
from tests.world import World


async def test_compensation_is_told_to_its_customer_with_what_came_back_of_the_price_and_that_it_was_taken_back(
    world: World, served: str, phone: Page
) -> None:
    await law(world)
    subscription = await paid(world)
    given = await compensated(world, (await told(world, subscription, span(0.5, 24 * 8.6)))["id"])
    path = await link(world, subscription["customer_id"])
    await phone.goto(f"{served}{path}/past")
    listed = phone.locator("#compensations")
    await expect(listed).to_contain_text("6 days without service")
    await expect(listed).to_contain_text("€42.28")
    await expect(listed).to_contain_text("€50.00, less €7.72 that came back of the price")
    assert await phone.evaluate("document.documentElement.scrollWidth") <= 390
    await look(phone, "portal-compensation")
    await world.done("POST", f"/v1/compensations/{given['id']}/take-back", {"reason": "A flood"}, role="back_office", key=str(world.id()))
    await phone.reload()
    await expect(listed).to_contain_text("Taken back: A flood")


async def test_the_office_sees_what_is_due_and_why_gives_it_and_takes_it_back(world: World, served: str, phone: Page) -> None:
    await law(world, counts_from="report")
    subscription = await paid(world, reference="line-7")
    _, _, promise = await missed(world, subscription)
    world.clock.now = datetime.fromisoformat(promise["due_at"])
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to=f"/app/customers/{subscription['customer_id']}")
    await phone.get_by_role("link", name="For time without service and missed appointments").click()
    noted = phone.locator("section", has=phone.get_by_role("heading", name="A service didn’t work"))
    await noted.get_by_label("From when").fill("2026-03-05T12:00")
    await noted.get_by_label("Until when it didn’t work").fill("2026-03-14T02:00")
    await noted.get_by_label("What shows it").fill("A cut cable")
    await noted.get_by_role("button", name="What it gives back of the price").click()
    await expect(noted).to_contain_text("€7.72 of the price would be given back at once")
    await noted.get_by_role("button", name="Note it and give that back").click()
    outages = phone.locator("section", has=phone.get_by_role("heading", name="Time without service"))
    await expect(outages).to_contain_text("Nobody told us of it that we know of")
    report = phone.locator("section", has=phone.get_by_role("heading", name="They told us that it doesn’t work"))
    await report.get_by_label("When they told us").fill("2026-03-06T08:30")
    await report.get_by_role("button", name="Note it").click()
    await expect(outages).to_contain_text("reported Fri 6 Mar 2026, 08:30")
    await expect(outages).to_contain_text("€40.00, less €7.72 that came back of the price")
    await expect(outages).to_contain_text("line-7")
    assert await phone.evaluate("document.documentElement.scrollWidth") <= 390
    await look(phone, "office-compensation")
    await outages.get_by_role("button", name="Give it").click()
    await (
        phone.locator("section", has=phone.get_by_role("heading", name="Appointments that we missed"))
        .get_by_role("button", name="Give it")
        .click()
    )
    given = phone.locator("section", has=phone.get_by_role("heading", name="Given", exact=True))
    await expect(given.locator("li")).to_have_count(2)
    await expect(given).to_contain_text("€32.28")
    await expect(given).to_contain_text("Kim Joiner")
    visit = given.locator("li", has_text="Nobody came")
    await visit.get_by_text("It wasn’t due").click()
    await visit.get_by_label("Why, for the customer to read").fill("They had called it off")
    await visit.get_by_role("button", name="Take it back").click()
    await expect(visit).to_contain_text("Taken back: They had called it off")
    await look(phone, "office-compensation-given")


async def test_what_cannot_be_is_said_on_the_page_in_german_and_nothing_of_it_is_written(world: World, served: str, phone: Page) -> None:
    await law(world)
    subscription = await paid(world)
    await told(world, subscription, span(0.5, 30))
    await world.sql("update identity.organisation set language = 'de' where organisation_id = $1", world.organisation_id)
    person = await joined(world, roles=("back_office",))
    home = f"/app/customers/{subscription['customer_id']}/compensations"
    await come_in(phone, served, person["email"], to=home)
    await expect(phone.locator("main")).to_contain_text("Es war vorbei, bevor")
    report = phone.locator("section", has=phone.get_by_role("heading", name="gemeldet"))
    await report.get_by_role("textbox").fill("2030-01-01T08:30")
    await report.get_by_role("button").click()
    await expect(phone.get_by_role("alert")).to_contain_text("es uns nicht gesagt haben.")
    assert await leaves_whole(world, f"/v1/subscriptions/{subscription['id']}/fault-reports") == []
    await look(phone, "office-compensation-de")
    for path, form in (
        ("reports", {}),
        ("reports", {"service": subscription["id"], "reported": "0001-01-01T00:00"}),
        ("outages", {"service": subscription["id"], "from": "0001-01-01T00:00", "until": "9999-12-31T23:59", "why": "x"}),
        ("outages", {"service": "x", "from": "soon", "do": "note"}),
        (f"{world.id()}/take-back", {}),
    ):
        answer = await phone.request.post(f"{served}{home}/{path}", form=form)
        assert answer.status == 422, (path, form, await answer.text())
    technician = await joined(world, roles=("technician",))
    await come_in(phone, served, technician["email"], to=home)
    await expect(phone.locator("body")).not_to_contain_text("A cut cable")


async def test_a_manager_has_it_given_by_itself_and_sees_what_was_given_to_whom_and_why_it_was_taken_back(
    world: World, served: str, phone: Page
) -> None:
    await world.changed("/v1/organisation", country="DE")
    subscription = await paid(world)
    person = await joined(world, roles=("manager",))
    await come_in(phone, served, person["email"], to="/app/office")
    await phone.get_by_role("link", name="Compensation").click()
    await expect(phone.locator("main")).to_contain_text("§ 58 Abs. 3 und 4 TKG (DE)")
    await expect(phone.get_by_role("list", name="What is given").get_by_role("listitem")).to_contain_text(
        ["from day 3 on: 10% of a month’s price, at least €5.00", "from day 5 on: 20%", "appointment that we missed: 20%"]
    )
    await phone.get_by_role("button", name="Give it by itself from now on").click()
    await expect(phone.locator("main")).to_contain_text("It is given by itself, but not to who has a VAT number")
    [set_now, shipped] = await leaves_whole(world, "/v1/compensations/policies")
    kept = ("currency", "rates", "counts_from", "citation")
    assert [set_now[name] for name in kept] == [shipped[name] for name in kept]
    await told(world, subscription, span(0.5, 24 * 8.6))
    await reported(world, subscription, BEGAN + timedelta(days=1))
    await beat(world)
    await phone.reload()
    given = phone.get_by_role("list", name="Given lately")
    await expect(given).to_contain_text("5 days without service")
    await expect(given).to_contain_text("€32.28")
    await look(phone, "latest-compensations")
    await given.get_by_role("link", name="Ada Owner").click()
    await phone.get_by_text("It wasn’t due").click()
    await phone.get_by_label("Why, for the customer to read").fill("A flood")
    await phone.get_by_role("button", name="Take it back").click()
    await phone.goto(f"{served}/app/compensations")
    await expect(given).to_contain_text("Taken back: A flood")
    await phone.get_by_role("button", name="Give nothing by itself any more").click()
    await expect(phone.locator("main")).to_contain_text("Nothing is given by itself.")
    clerk = await joined(world, roles=("back_office",))
    await come_in(phone, served, clerk["email"], to="/app/compensations")
    await expect(phone.get_by_role("button", name="Give it by itself from now on")).to_have_count(0)
