"""A device on the phone of whoever has it: taken in at the door or over the counter, worked on, lent a stand-in for, and handed back; both sign on the glass."""

from typing import Any

from playwright.async_api import Page, expect

from tests.authorisations.photographs import photograph
from tests.care.devices import agreed_disposal, hand, left, lent, loaner, now, photo, place, repair, taken
from tests.dispatch.builders import agreed
from tests.identity.builders import joined
from tests.web.conftest import look
from tests.web.doors import at_the_door, come_in, pads_in_the_book
from tests.web.portals import ADA, link
from tests.world import World


async def draw(page: Page, told: str) -> None:
    """A finger signs in the box that says so."""
    canvas = page.get_by_role("img", name=told)
    await canvas.scroll_into_view_if_needed()
    box = await canvas.bounding_box()
    assert box is not None
    await page.mouse.move(box["x"] + 30, box["y"] + 60)
    await page.mouse.down()
    for step in range(16):
        await page.mouse.move(box["x"] + 30 + 10 * step, box["y"] + 60 + (25 if step % 3 else -25))
    await page.mouse.up()


async def both_sign(page: Page) -> None:
    await draw(page, "The customer signs here, with a finger or a pen.")
    await draw(page, "You sign here.")


async def photographed(page: Page) -> None:
    """A photo is kept, and the form still says what it said."""
    await page.get_by_label("Photo of it").set_input_files({"name": "router.jpg", "mimeType": "image/jpeg", "buffer": photograph("red")})
    await page.get_by_role("button", name="Keep the photo").click()
    await expect(page.get_by_role("checkbox", name="Photo 1")).to_be_checked()


async def person_of(world: World, *roles: Any) -> dict[str, Any]:
    found: dict[str, Any] = await joined(world, roles=roles)
    return found


async def test_a_device_is_taken_in_at_the_door_as_both_see_it_and_both_sign(world: World, served: str, tablet: Page) -> None:
    door = await at_the_door(world)
    await come_in(tablet, served, door.email, to=door.path)
    await tablet.get_by_role("link", name="Take a device in").click()
    await expect(tablet.get_by_role("heading", level=1)).to_have_text("Take a device in")
    await tablet.get_by_label("What it is").fill("router")
    await tablet.get_by_label("Its name or model").fill("Hall router")
    await tablet.get_by_label("How it is").fill("Scratch on the lid; no lamp is on.")
    await tablet.get_by_label("What comes with it").fill("Power supply\nBox")
    await photographed(tablet)
    await expect(tablet.get_by_label("How it is")).to_have_value("Scratch on the lid; no lamp is on.")
    await draw(tablet, "The customer signs here, with a finger or a pen.")
    await tablet.get_by_role("button", name="Take it in").click()
    await expect(tablet.get_by_role("alert")).to_contain_text("Both have to sign.")
    assert (await world.done("GET", "/v1/custodies"))["items"] == []
    await both_sign(tablet)
    await look(tablet, "intake")
    await tablet.get_by_role("button", name="Take it in").click()
    await expect(tablet.get_by_role("heading", level=1)).to_have_text("Hall router")
    for said in ("received", "Scratch on the lid", "Power supply, Box", "Signed by Ada Owner", "and by us, on the glass"):
        await expect(tablet.locator("main")).to_contain_text(said)
    await look(tablet, "device")
    [one] = (await world.done("GET", "/v1/custodies"))["items"]
    custody = await now(world, one["id"])
    assert (custody["visit_id"], custody["holder_id"]) == (door.visit_id, door.staff_id)


async def test_over_the_counter_it_is_taken_in_worked_on_and_handed_back(world: World, served: str, tablet: Page) -> None:
    customer_id = str((await world.customer(name="Grace Hopper"))["id"])
    await world.done("POST", f"/v1/customers/{customer_id}/contacts", ADA)
    await world.done("POST", f"/v1/customers/{customer_id}/sites", {"address": "1 Mill Lane", "zone": "Europe/Berlin"})
    await pads_in_the_book(world)
    person = await person_of(world, "back_office")
    await come_in(tablet, served, person["email"], to=f"/app/customers/{customer_id}")
    await tablet.get_by_role("link", name="Take a device in").click()
    await tablet.get_by_label("What the customer reports").fill("It is dead.")
    await look(tablet, "counter")
    await tablet.get_by_role("button", name="Go on to the device").click()
    await tablet.get_by_label("What it is").fill("router")
    await tablet.get_by_label("Its name or model").fill("Hall router")
    await tablet.get_by_label("How it is").fill("No lamp is on.")
    await photographed(tablet)
    await both_sign(tablet)
    await tablet.get_by_role("button", name="Take it in").click()
    state = tablet.get_by_role("region", name="As of now")
    await expect(state).to_contain_text("received")
    await tablet.get_by_role("button", name="Diagnose it").click()
    await expect(state).to_contain_text("being diagnosed")
    await tablet.get_by_text("Offer what it needs").click()
    await tablet.get_by_label("What was found, for the customer").fill("The power stage is dead.")
    await look(tablet, "device-offer")
    await tablet.get_by_role("button", name="Offer it, and wait").click()
    await expect(state).to_contain_text("waits for the customer’s word")
    [line] = (await world.done("GET", "/v1/custodies"))["items"]
    custody = await now(world, line["id"])
    steps = (await world.done("GET", f"/v1/custodies/{line['id']}/steps"))["items"]
    offer = await world.done("GET", f"/v1/offers/{steps[-1]['offer_id']}")
    of = {"id": custody["job_id"], "customer_id": customer_id, "scope_id": custody["scope_id"]}
    await agreed(world, of, offer | {"item_ids": [one["item_id"] for one in offer["items"]], "total_minor": 4500})
    await tablet.reload()
    await tablet.get_by_role("button", name="The customer said yes").click()
    await expect(state).to_contain_text("authorised")
    for press, then in (("Repair it", "being repaired"), ("Test it", "being tested"), ("It is ready", "ready")):
        await tablet.get_by_role("button", name=press).click()
        await expect(state).to_contain_text(then)
    await tablet.get_by_role("link", name="Hand it back to its owner").click()
    await expect(tablet.get_by_role("heading", level=1)).to_have_text("Hand it back")
    await both_sign(tablet)
    await look(tablet, "hand-back")
    await tablet.get_by_role("button", name="Hand it back").click()
    await expect(state).to_contain_text("with its owner")
    assert (await now(world, line["id"]))["state"] == "handed_back"


async def test_a_loaner_goes_out_and_comes_back_on_the_glass_and_its_holder_reads_of_it(world: World, served: str, tablet: Page) -> None:
    ours = await loaner(world)
    person, of = await person_of(world, "technician"), await repair(world)
    custody_id = (await taken(await hand(world), of))["id"]
    await come_in(tablet, served, person["email"], to=f"/app/devices/{custody_id}")
    await tablet.get_by_role("link", name="Lend them one of ours").click()
    await expect(tablet.get_by_role("heading", level=1)).to_have_text("Lend them one of ours")
    await tablet.get_by_label("Until when").fill("2026-03-18T12:00")
    await photographed(tablet)
    await expect(tablet.get_by_label("Until when")).to_have_value("2026-03-18T12:00")
    await both_sign(tablet)
    await look(tablet, "lend")
    await tablet.get_by_role("button", name="Lend it").click()
    await expect(tablet.get_by_role("region", name="As of now")).to_contain_text("They have a loaner: Loan router 3")
    await tablet.goto(f"{served}/app/loaners")
    await look(tablet, "loaners")
    await tablet.get_by_role("link", name="Loan router 3").click()
    await expect(tablet.get_by_role("heading", level=1)).to_have_text("Loan router 3")
    await both_sign(tablet)
    await look(tablet, "loaner")
    await tablet.get_by_role("button", name="It is back").click()
    await expect(tablet.get_by_role("list", name="Loaners")).to_contain_text("here")
    [back, out] = (await world.done("GET", f"/v1/loaners/{ours}/steps"))["items"]
    assert (back["kind"], back["photo_ids"], len(out["photo_ids"])) == ("returned", [], 1)


async def test_one_of_ours_that_is_worn_out_is_lent_no_more_in_german(world: World, served: str, phone: Page) -> None:
    await world.changed("/v1/organisation", language="de")
    ours, counter, of = await loaner(world), await hand(world), await repair(world)
    custody_id = (await taken(counter, of))["id"]
    await lent(counter, ours, custody_id, photo_ids=[await photo(world, of["scope_id"])])
    person = await person_of(world, "manager")
    await come_in(phone, served, person["email"], to=f"/app/loaners/{ours}")
    await phone.get_by_text("Nicht mehr verleihen").first.click()
    await phone.get_by_label("Warum").select_option("verloren")
    await phone.get_by_label("Mehr dazu").fill("Der Kunde hat es im Zug gelassen.")
    await look(phone, "loaner-retire-de")
    await phone.get_by_role("button", name="Nicht mehr verleihen").click()
    await expect(phone.locator("main")).to_contain_text("Der Kunde hat es im Zug gelassen.")
    await expect(phone.locator("main")).to_contain_text("nicht mehr verliehen")
    await look(phone, "loaner-retired-de")
    await phone.goto(f"{served}/app/loaners")
    await expect(phone.get_by_role("listitem")).to_contain_text("verloren")


async def test_a_customers_page_says_what_of_ours_they_have_until_when_and_when_it_is_asked_back(
    world: World, served: str, phone: Page
) -> None:
    customer_id = str((await world.customer(name="Ada Owner"))["id"])
    await world.done("POST", f"/v1/customers/{customer_id}/contacts", ADA)
    counter = await hand(world)
    custody_id = (await taken(counter, await repair(world, customer_id=customer_id)))["id"]
    await lent(counter, await loaner(world), custody_id)
    await phone.goto(served + await link(world, customer_id))
    ours = phone.locator("#loaners")
    await expect(ours).to_contain_text("Loan router 3")
    await expect(ours).to_contain_text("It is yours to use until")
    await look(phone, "portal-loaner")
    await counter.done(
        f"/v1/custodies/{custody_id}/hand-back", {"after_step": 1, "signature": [[[1, 1], [90, 300]] * 6], "signed_by": "Ada Owner"}
    )
    await phone.reload()
    await expect(ours).to_contain_text("please bring this one back")


async def test_it_goes_from_hand_to_hand_and_out_of_the_hand_of_who_left(world: World, served: str, phone: Page) -> None:
    gone, of = await hand(world), await repair(world)
    custody_id = (await taken(gone, of))["id"]
    await place(world)
    person = await person_of(world, "manager")
    await left(world, gone)
    await come_in(phone, served, person["email"], to=f"/app/devices/{custody_id}")
    state = phone.get_by_role("region", name="As of now")
    await expect(state).to_contain_text("They don’t work here any more.")
    await phone.get_by_label("Why they don’t give it").fill("Left on Friday; it stood in the van.")
    await look(phone, "device-take-over")
    await phone.get_by_role("button", name="I have it now").click()
    await expect(phone.locator("main")).to_contain_text("it stood in the van")
    await phone.get_by_role("button", name="Put it down").click()
    await expect(state).to_contain_text("at Shelf 3")
    await phone.get_by_role("button", name="I have it now").click()
    await expect(state).not_to_contain_text("at Shelf 3")


async def test_in_german_it_is_disposed_of_as_agreed(world: World, served: str, phone: Page) -> None:
    await world.changed("/v1/organisation", language="de")
    person, of = await person_of(world, "technician"), await repair(world)
    counter = await hand(world)
    path = f"/v1/custodies/{(await taken(counter, of))['id']}"
    await counter.done(f"{path}/steps", {"to": "diagnosing"})
    await agreed_disposal(world, counter, of, path)
    await counter.done(f"{path}/offers", {"after_step": 1, "to_staff_id": person["id"]})
    await come_in(phone, served, person["email"], to=path.replace("/v1/custodies", "/app/devices"))
    await phone.get_by_role("button", name="Ich habe es jetzt").click()
    await phone.get_by_text("Entsorgen, wie vereinbart").click()
    await phone.get_by_label("Wohin es gebracht wurde").fill("Zum Wertstoffhof gebracht.")
    await look(phone, "device-german")
    await phone.get_by_role("button", name="entsorgt").click()
    await expect(phone.get_by_role("region", name="Stand jetzt")).to_contain_text("Zum Wertstoffhof gebracht.")


async def test_without_scripts_the_form_keeps_its_photo_and_says_what_signing_needs(world: World, served: str, phone: Page) -> None:
    door = await at_the_door(world)
    await come_in(phone, served, door.email, to=f"/app/jobs/{door.job_id}/take-in?visit={door.visit_id}")
    await phone.get_by_label("How it is").fill("No lamp is on.")
    await photographed(phone)
    await expect(phone.get_by_label("How it is")).to_have_value("No lamp is on.")
    await expect(phone.locator("main")).to_contain_text("Signing on the glass needs JavaScript")
    await expect(phone.get_by_role("link", name="The visit")).to_have_attribute("href", door.path)
