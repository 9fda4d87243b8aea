"""The office sees what waits, answers it with the whole story in front of it, and closes nothing unanswered."""

from collections.abc import Awaitable, Callable
from email.message import EmailMessage

import aiosmtplib
from playwright.async_api import Page, expect

from service.worker.mail_door import open_mail_door
from tests.care.builders import did, raised, with_mail
from tests.identity.builders import joined
from tests.integrations.reports import report
from tests.notices.conftest import Mailbox, mailbox, work
from tests.web.conftest import entered, look
from tests.web.doors import come_in
from tests.world import World

__all__ = ["mailbox", "work"]
SCRIPT = "<script>alert(1)</script> & <b>bold</b>"


async def test_a_case_is_opened_answered_and_closed(world: World, served: str, phone: Page) -> None:
    customer = await world.customer(name="Grace Hopper")
    await with_mail(world, customer["id"], f"grace-{customer['id']}@a.example")
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to=f"/app/customers/{customer['id']}")
    await phone.get_by_text("Open a case").press("Enter")
    await phone.get_by_label("What they want, in their words").fill(SCRIPT)
    await look(phone, "case-open")
    await entered(phone, phone.get_by_role("button", name="Open it"))
    await expect(phone.get_by_role("heading", level=1)).to_contain_text("Grace Hopper")
    await expect(phone.locator("main")).to_contain_text(SCRIPT)
    await entered(phone, phone.get_by_role("button", name="Close the case"))
    await expect(phone.get_by_role("alert")).to_contain_text("waits for an answer")
    await look(phone, "case-unanswered")
    await phone.get_by_label("Your answer, for the customer to read").fill("A new one comes tomorrow")
    await entered(phone, phone.get_by_role("button", name="Answer"))
    await expect(phone.get_by_role("region", name="As of now")).to_contain_text("answered")
    await entered(phone, phone.get_by_role("button", name="Close the case"))
    await expect(phone.get_by_role("region", name="As of now")).to_contain_text("closed")
    await look(phone, "case-closed")


async def test_a_customers_first_screen_shows_what_waits_above_what_is_answered_and_nothing_settled(
    world: World, served: str, phone: Page
) -> None:
    customer = await world.customer()
    waits = await raised(world, customer["id"])
    world.clock.forward(minutes=1)
    answered, settled = await raised(world, customer["id"]), await raised(world, customer["id"])
    for case in (answered, settled):
        await did(world, case["id"], "answers", channel="phone", words="Mended")
    await did(world, settled["id"], "close")
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to=f"/app/customers/{customer['id']}")
    links = phone.get_by_role("region", name="As of now").locator("a[href^='/app/cases/']")
    await expect(links).to_have_text([waits["reference"], answered["reference"]])


async def test_the_list_shows_what_came_back_first_and_whose_it_is(world: World, served: str, tablet: Page) -> None:
    customer, other = await world.customer(name="Grace Hopper"), await world.customer(name="Mary Ward")
    before = await raised(world, customer["id"], fault={})
    await did(world, before["id"], "answers", channel="phone", words="Mended")
    world.clock.forward(minutes=1)
    first = await raised(world, other["id"], words="Another matter", team="dispatcher")
    world.clock.forward(minutes=1)
    returned = await raised(world, customer["id"], fault={})
    person = await joined(world, roles=("dispatcher",))
    await come_in(tablet, served, person["email"], to="/app/cases")
    rows = tablet.get_by_role("list", name="Cases, what is to be seen to first on top").get_by_role("listitem")
    await expect(rows).to_have_count(3)
    await expect(rows.first).to_contain_text(returned["reference"])
    await expect(rows.first).to_contain_text("came back")
    await expect(rows.first).to_contain_text("The router is dead")
    await look(tablet, "cases")
    await entered(tablet, tablet.get_by_role("link", name="My team’s"))
    await expect(rows).to_have_count(1)
    await expect(rows.first).to_contain_text(first["reference"])
    await entered(tablet, tablet.get_by_role("link", name=first["reference"]))
    await tablet.get_by_text("Hand it over").first.press("Enter")
    await tablet.get_by_label("To whom").select_option(label="Office")
    await tablet.get_by_label("What they need to know").fill("She calls again at four")
    await look(tablet, "case-hand-over")
    await entered(tablet, tablet.get_by_role("button", name="Hand it over"))
    await expect(tablet.get_by_role("region", name="As of now")).to_contain_text("Office")
    await expect(tablet.locator("main")).to_contain_text("She calls again at four")
    await entered(tablet, tablet.get_by_role("button", name="I take it"))
    await expect(tablet.get_by_role("region", name="As of now")).not_to_contain_text("Office")
    await expect(tablet.get_by_role("button", name="I take it")).to_have_count(0)


async def test_cases_are_merged_and_split_on_their_page(world: World, served: str, tablet: Page) -> None:
    customer = await world.customer(name="Grace Hopper")
    case = await raised(world, customer["id"])
    world.clock.forward(minutes=1)
    other = await raised(world, customer["id"], words="My bill is wrong")
    person = await joined(world, roles=("manager",))
    await come_in(tablet, served, person["email"], to=f"/app/cases/{other['id']}")
    await tablet.get_by_text("Merge it into another case").press("Enter")
    await expect(tablet.get_by_label("Which case goes on with both")).to_contain_text("The router is dead")
    await entered(tablet, tablet.get_by_role("button", name="Merge"))
    await expect(tablet.get_by_role("heading", level=1)).to_contain_text(case["reference"])
    await expect(tablet.locator("main")).to_contain_text("My bill is wrong")
    await tablet.get_by_text("Split some of it off").press("Enter")
    await tablet.get_by_label("My bill is wrong").check()
    await look(tablet, "case-split")
    await entered(tablet, tablet.get_by_role("button", name="Split it off"))
    await expect(tablet.get_by_role("heading", level=1)).not_to_contain_text(case["reference"])
    await expect(tablet.locator("main")).to_contain_text("My bill is wrong")
    await tablet.goto(f"{served}/app/promises")
    await entered(tablet, tablet.get_by_role("link", name="the case").first)
    await expect(tablet.get_by_role("heading", level=1)).to_contain_text(case["reference"])


async def test_cases_speak_german(world: World, served: str, phone: Page) -> None:
    await world.sql("update identity.organisation set language = 'de' where organisation_id = $1", world.organisation_id)
    customer = await world.customer(name="Grace Hopper")
    case = await raised(world, customer["id"], fault={})
    person = await joined(world, roles=("manager",))
    await come_in(phone, served, person["email"], to="/app/cases")
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Fälle")
    await look(phone, "cases-de")
    await phone.goto(f"{served}/app/cases/{case['id']}")
    await expect(phone.locator("main")).to_contain_text("Was gesagt und getan wurde")
    await look(phone, "case-de")


async def test_mail_of_nobody_known_is_said_to_be_somebodys(world: World, served: str, phone: Page) -> None:
    customer = await world.customer(name="Grace Hopper", reference="K-77")
    door = f"help-{customer['id']}@x.example"
    await world.done("POST", "/v1/mail-addresses", {"address": door}, key=str(world.id()))
    mail = EmailMessage()
    mail["From"], mail["Subject"] = f'"{SCRIPT}" <grace@n.example>', SCRIPT
    mail.set_content(SCRIPT)
    mail.add_attachment(b"MZ", maintype="application", subtype="pdf", filename="<b>bill.pdf")
    mail.add_attachment(b"text", maintype="text", subtype="plain", filename="<b>note.txt")
    async with open_mail_door(world.database, host="127.0.0.1", port=0, clock=world.clock) as port:
        await aiosmtplib.send(
            mail.as_bytes(), sender="grace@n.example", recipients=[door], hostname="127.0.0.1", port=port, start_tls=False
        )
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to="/app/cases")
    strays = phone.get_by_role("region", name="Words of nobody known")
    await expect(strays).to_contain_text(SCRIPT)
    await expect(strays).not_to_contain_text("didn’t arrive")
    await phone.get_by_text("Say whose it is, or delete it").press("Enter")
    await phone.get_by_label("Name or reference of the customer").fill("nobody at all")
    await entered(phone, phone.get_by_role("button", name="It is theirs"))
    await expect(phone.get_by_role("alert")).to_contain_text("no customer, or more than one")
    await phone.get_by_text("Say whose it is, or delete it").press("Enter")
    await phone.get_by_label("Name or reference of the customer").fill("K-77")
    await look(phone, "cases-strays")
    await entered(phone, phone.get_by_role("button", name="It is theirs"))
    await expect(phone.get_by_role("heading", level=1)).to_contain_text("Grace Hopper")
    await expect(phone.locator("main")).to_contain_text("<b>bill.pdf · not kept: it runs by itself")
    await look(phone, "case-mail")
    async with phone.expect_download() as coming:
        await phone.get_by_role("link", name="<b>note.txt").press("Enter")
    assert (await (await coming.value).path()).read_bytes() == b"text"


async def test_an_answer_that_was_given_back_says_so_in_its_case(
    world: World, served: str, tablet: Page, mailbox: Mailbox, work: Callable[[], Awaitable[int]]
) -> None:
    customer, door = await world.customer(name="Grace Hopper"), f"help-{world.organisation_id}@x.example"
    address = f"grace-{customer['id']}@a.example"
    await with_mail(world, customer["id"], address)
    await world.done("POST", "/v1/mail-addresses", {"address": door}, key=str(world.id()))
    case = await raised(world, customer["id"])
    await did(world, case["id"], "answers", words="A new one comes")
    await work()
    [sent] = mailbox.to(address)
    async with open_mail_door(world.database, host="127.0.0.1", port=0, clock=world.clock) as port:
        told = {"sender": "postmaster@mx.example", "recipients": [door], "hostname": "127.0.0.1", "start_tls": False}
        await aiosmtplib.send(report(sent), port=port, **told)
    await work()
    person = await joined(world, roles=("back_office",))
    await come_in(tablet, served, person["email"], to=f"/app/cases/{case['id']}")
    await expect(tablet.locator("main")).to_contain_text("given back")
    await look(tablet, "case-given-back")


async def test_mail_of_a_customer_is_said_to_have_come_in_by_itself(world: World, served: str, phone: Page) -> None:
    customer = await world.customer(name="Grace Hopper")
    sender, door = f"grace-{customer['id']}@a.example", f"help-{customer['id']}@x.example"
    await with_mail(world, customer["id"], sender)
    await world.done("POST", "/v1/mail-addresses", {"address": door}, key=str(world.id()))
    mail = EmailMessage()
    mail["From"], mail["Subject"] = sender, "No light"
    mail.set_content("Since this morning.")
    async with open_mail_door(world.database, host="127.0.0.1", port=0, clock=world.clock) as port:
        await aiosmtplib.send(mail.as_bytes(), sender=sender, recipients=[door], hostname="127.0.0.1", port=port, start_tls=False)
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to="/app/cases")
    await entered(phone, phone.get_by_role("listitem").filter(has_text="Grace Hopper").get_by_role("link"))
    await expect(phone.locator("main")).to_contain_text("came in by itself · not answered")
