"""Everything of a customer's on their own link, on a phone without JavaScript."""

import re
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from playwright.async_api import Page, expect

from service.identity.links import link_token
from tests.care.devices import hand, repair, taken
from tests.identity.builders import joined
from tests.notices.conftest import texts
from tests.web.conftest import look
from tests.web.doors import come_in
from tests.web.portals import ADA, everything, link
from tests.web.test_subscribe_to_visits import link as saving_link
from tests.world import World

__all__ = ["texts"]
FIRST_VIEW = 50_000
LOADED = re.compile(r'(?:src|href)="(/static/[^"]+)"')
ELSEWHERE = re.compile(r'(?:src|href|action)="(?:https?:)?//')
FORMS = re.compile(r'<form method="post" action="([^"]+)"')


async def of_theirs(world: World) -> str:
    """Everything there can be to write to or look at."""
    rows = await world.sql("select kind, subject_id from kit.fact where organisation_id = $1 order by sequence", world.organisation_id)
    return str([tuple(row) for row in rows])


async def test_a_customer_sees_at_once_how_everything_stands_and_opening_it_does_nothing(world: World, served: str, phone: Page) -> None:
    made = await everything(world)
    path, before = await made.link(), None
    for page in ("", "/messages", "/past", "/visits", "/calendar", "/card"):
        before = before or await of_theirs(world)
        answer = await phone.goto(served + path + page)
        assert answer is not None
        assert (answer.status, answer.headers["referrer-policy"], answer.headers["cache-control"]) == (200, "no-referrer", "no-store")
        assert ELSEWHERE.findall(await phone.content()) == []
    assert await of_theirs(world) == before
    await phone.goto(served + path)
    main = phone.locator("main")
    for said in (
        "No light in the street", "It should be over by Mon 9 Mar 2026", "Thu 5 Mar 2026", "Robin Field comes.", made.job["reference"], "Repair", "News: by",
        "It is suspended since a device of ours wasn’t returned. It is on again once we have it.", "€49.90", made.case["reference"], "answered", "€90.00",
    ):  # fmt: skip
        await expect(main).to_contain_text(said)
    await expect(phone.locator("footer")).to_contain_text("+49 30 555 0100")
    await expect(phone.locator("footer")).to_contain_text("Please quote K-")
    assert await phone.evaluate("document.documentElement.scrollWidth") <= 390
    await look(phone, "portal")
    await phone.get_by_role("link", name="Papers and what you agreed to").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Papers and what you agreed to")
    await expect(phone.locator("main")).to_contain_text("Invoice INV-")
    await look(phone, "portal-past")
    await phone.get_by_role("link", name="line by line").click()
    await expect(phone.locator("main")).to_contain_text("This isn’t right")


async def test_each_of_its_pages_leads_back_and_who_has_a_link_to_one_of_them_alone_stays_there(
    world: World, served: str, phone: Page
) -> None:
    path = await (await everything(world)).link()
    for name, heading in (("How you pay", "How you pay"), ("Calendar", "Visits in your calendar"), ("Ideas", "Ideas")):
        await phone.goto(served + path)
        await phone.get_by_role("navigation").get_by_role("link", name=name).click()
        await expect(phone.get_by_role("heading", level=1)).to_have_text(heading)
        await phone.get_by_role("link", name="Back").click()
        await expect(phone.get_by_role("heading", level=1)).to_have_text("Ada Owner")
    _, alone = await saving_link(world)
    await phone.goto(f"{served}{alone}/card")
    await expect(phone.get_by_role("heading", level=1)).to_have_text("How you pay")
    await expect(phone.get_by_role("link", name="Back")).to_have_count(0)


async def test_the_first_view_is_light_on_a_bad_line(world: World, served: str) -> None:
    path = await (await everything(world)).link()
    async with httpx.AsyncClient(base_url=served) as browser:
        shown = (await browser.get(path)).content
        loaded = [(await browser.get(one)).content for one in sorted(set(LOADED.findall(shown.decode())))]
    assert len(loaded) >= 3
    assert len(shown) + sum(map(len, loaded)) < FIRST_VIEW


async def test_it_speaks_german(world: World, served: str, phone: Page) -> None:
    path = await (await everything(world, language="de")).link()
    await phone.goto(served + path)
    for said in ("Ihre Besuche", "Woran wir arbeiten", "Ihr Dienst", "sobald wir es haben", "Bitte nennen"):
        await expect(phone.locator("body")).to_contain_text(said)
    await look(phone, "portal-de")
    await phone.goto(f"{served}{path}/messages")
    await expect(phone.locator("main")).to_contain_text("Worum es geht")
    await look(phone, "portal-messages-de")


async def test_a_word_of_theirs_opens_a_thread_or_joins_one_and_promises_a_reply(world: World, served: str, phone: Page) -> None:
    made = await everything(world)
    await phone.goto(served + await made.link())
    await phone.get_by_label("Your message").fill("When does the new one come?")
    await phone.get_by_role("button", name="Send it").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Messages")
    await expect(phone.locator("main")).to_contain_text("We answer by")
    await expect(phone.locator("main")).to_contain_text("We bring you another one")
    await expect(phone.locator("main")).not_to_contain_text("Only for colleagues")
    await look(phone, "portal-messages")
    await phone.get_by_label("Your message").fill("It is the grey one")
    await phone.get_by_label("What it is about").select_option(label=f"{made.case['reference']} · The router is dead")
    await phone.get_by_role("button", name="Send it").click()
    await expect(phone.get_by_role("region", name=made.case["reference"])).to_contain_text("It is the grey one")
    cases = (await world.done("GET", f"/v1/customers/{made.customer_id}/cases"))["items"]
    assert sorted((one["channel"], one["waiting"]) for one in cases) == [("phone", 1), ("web", 1)]
    promises = (await world.done("GET", f"/v1/promises?open=true&customer_id={made.customer_id}"))["items"]
    assert [one["kind"] for one in promises].count("reply") == 2
    await phone.get_by_label("Your message").fill("My card is 4111 1111 1111 1111")
    await phone.get_by_role("button", name="Send it").click()
    await expect(phone.get_by_role("alert")).to_contain_text("Please leave card numbers out.")


async def test_an_offer_is_decided_on_its_own_page_with_a_code_to_their_own_address(world: World, served: str, phone: Page) -> None:
    made = await everything(world)
    path = await made.link()
    for _ in range(2):  # pressed again it is the same showing
        await phone.goto(served + path)
        await phone.get_by_role("button", name="Look at it and decide").click()
        await expect(phone.get_by_role("heading", level=1)).to_have_text("Nothing starts before you say so")
        assert "/a/l_" in phone.url
    shown = await world.sql(
        "select p.required_method, p.channel, p.contact_id, p.presented_by like 'customer_link:%' as by_link from authorisations.presentation p"
        " where p.organisation_id = $1 order by p.presented_at",
        world.organisation_id,
    )
    assert [tuple(row) for row in shown] == [("tap", "link", UUID(made.contact_id), False), ("otp", "link", UUID(made.contact_id), True)]
    await phone.get_by_role("group").nth(0).get_by_label("Yes, do it").check()
    await phone.get_by_role("button", name="Send my answer").click()
    await expect(phone.get_by_role("alert")).to_contain_text("Nothing was recorded")
    assert (
        await world.sql(
            "select from authorisations.authorisation where organisation_id = $1 and offer_id = $2",
            world.organisation_id,
            UUID(made.offer_id),
        )
        == []
    )


async def reached_by_text(world: World, contact_id: str) -> None:
    await world.sql("update customers.contact set channel = 'sms', address = '+49 170 555 0177' where contact_id = $1", UUID(contact_id))


@pytest.mark.usefixtures("texts")
async def test_who_is_reached_by_text_decides_there_too(world: World, served: str, phone: Page) -> None:
    made = await everything(world)
    await reached_by_text(world, made.contact_id)
    await phone.goto(served + await made.link())
    await phone.get_by_role("button", name="Look at it and decide").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Nothing starts before you say so")
    await expect(phone.get_by_role("button", name="Text me a code")).to_be_visible()


async def test_whom_no_code_reaches_is_told_to_call(world: World, served: str, phone: Page) -> None:
    made = await everything(world)
    await reached_by_text(world, made.contact_id)
    await phone.goto(served + await made.link())
    await expect(phone.locator("main")).to_contain_text("We have no address of yours that a link or a code goes to. Please call us.")
    await expect(phone.get_by_role("button", name="Look at it and decide")).to_have_count(0)


async def test_an_invoice_leads_to_where_it_is_paid_and_its_paper_is_theirs(world: World, served: str, phone: Page) -> None:
    made = await everything(world)
    path = await made.link()
    await phone.goto(served + path)
    await phone.get_by_role("link", name="Pay INV-").click()
    await expect(phone.get_by_role("heading", level=1)).to_contain_text("Invoice INV-")
    async with httpx.AsyncClient(base_url=served) as browser:
        paper = await browser.get(f"{path}/papers/invoice/{made.invoice_id}")
        assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")
        assert (await browser.get(f"{path}/papers/receipt/{made.invoice_id}")).status_code == 404


async def test_nothing_of_another_customer_is_seen_or_done_by_a_link(world: World, served: str) -> None:
    mine = await everything(world)
    other = await mine.books.customer()
    invoice_id = await mine.books.invoice(other, 77_700)
    case = await world.done("POST", f"/v1/customers/{other}/cases", {"channel": "phone", "words": "Nobody else's business"})
    path = await link(world, str(other))
    before = await of_theirs(world)
    async with httpx.AsyncClient(base_url=served) as browser:
        for page in ("", "/messages", "/past"):
            shown = (await browser.get(await mine.link() + page)).text
            assert all(said not in shown for said in ("€777.00", case["reference"], "Nobody else"))
        before = await of_theirs(world)
        refused = [
            await browser.get(f"{path}/papers/invoice/{mine.invoice_id}"),
            await browser.post(f"{path}/offers/{mine.offer_id}"),
            await browser.post(f"{path}/messages", data={"words": "Let me in", "case": mine.case["id"]}),
            await browser.post(f"{path}/messages", data={"words": "Let me in", "case": str(world.id())}),
        ]
        assert [one.status_code for one in refused] == [404] * 4
        assert (await browser.get(f"{path}/papers/invoice/{invoice_id}")).status_code == 200
    assert await of_theirs(world) == before


async def test_a_link_for_something_else_opens_nothing_of_it_and_it_opens_nothing_else(world: World, served: str) -> None:
    _, saving = await saving_link(world)
    made = await everything(world)
    [shown] = await world.sql(
        "select link_id from identity.link where organisation_id = $1 and purpose = 'presentation'", world.organisation_id
    )
    presentation = f"/l/{link_token(world.database.cursors, shown['link_id'])}"
    path = await made.link()
    async with httpx.AsyncClient(base_url=served) as browser:
        for other in (saving, presentation):
            for page in ("", "/messages", "/past"):
                assert (await browser.get(other + page)).status_code == 403
            assert (await browser.post(f"{other}/messages", data={"words": "Hello there"})).status_code == 403
        assert (await browser.get(path.replace("/l/", "/a/"))).status_code == 403
        assert (await browser.get(f"{path}/visit")).status_code == 403
        assert (await browser.get(path.replace("/l/", "/feed/") + "/visits.ics")).status_code == 403
        assert (await browser.get("/v1/customers", headers={"Authorization": f"Bearer {path.removeprefix('/l/')}"})).status_code == 403


async def test_nobody_elses_page_acts_through_a_customers_browser(world: World, served: str) -> None:
    made = await everything(world)
    path, before = await made.link(), await of_theirs(world)
    async with httpx.AsyncClient(base_url=served, headers={"Sec-Fetch-Site": "cross-site"}) as browser:
        for form in (f"{path}/messages", f"{path}/offers/{made.offer_id}", f"/my/{world.organisation_id}"):
            assert (await browser.post(form, data={"words": "Hello there", "said": "ada@a.example"})).status_code == 403
    assert len(await of_theirs(world)) >= len(before)
    assert "case_raised" not in (await of_theirs(world)).replace(before, "")


async def test_whoever_may_not_agree_to_things_sees_when_somebody_comes_and_no_money(world: World, served: str, phone: Page) -> None:
    made = await everything(world)
    neighbour = {"name": "Nora Next", "channel": "email", "address": "nora@a.example", "may_authorise": False}
    contact = await world.done("POST", f"/v1/customers/{made.customer_id}/contacts", neighbour)
    path = await made.link(contact["id"])
    await phone.goto(served + path)
    await expect(phone.locator("main")).to_contain_text("Thu 5 Mar 2026")
    for hidden in ("€", "For you to decide", made.case["reference"]):
        await expect(phone.locator("main")).not_to_contain_text(hidden)
    await look(phone, "portal-neighbour")
    async with httpx.AsyncClient(base_url=served) as browser:
        assert (await browser.get(f"{path}/past")).status_code == 404
        assert (await browser.get(f"{path}/card")).status_code == 403
        assert (await browser.post(f"{path}/offers/{made.offer_id}")).status_code == 404
        assert "The router is dead" not in (await browser.get(f"{path}/messages")).text
        assert (await browser.post(f"{path}/messages", data={"words": "Hello there"})).status_code == 303
    change = {"may_authorise": True}
    await world.done("PATCH", f"/v1/customers/{made.customer_id}/contacts/{contact['id']}", change, headers={"If-Match": '"1"'})
    await phone.reload()
    await expect(phone.locator("main")).to_contain_text("€49.90")


async def end(world: World, customer_id: str, how: str) -> None:
    """What ends a link."""
    contact = f"/v1/customers/{customer_id}/contacts/{customer_id}"
    if how == "ended":
        await world.done("DELETE", f"/v1/customers/{customer_id}/portal-links", role="back_office")
    elif how == "moved":
        await world.done("PATCH", contact, {"address": "ada@moved.example"}, headers={"If-Match": '"1"'})
    elif how == "erased":
        await world.done("POST", f"/v1/customers/{customer_id}/erasures", {"contact_id": customer_id}, key=str(world.id()))
    else:
        world.clock.forward(days=91)


@pytest.mark.parametrize("how", ["ended", "moved", "erased", "expired"])
async def test_a_link_is_gone_once_it_was_ended_expired_or_whose_it_is_is_reached_elsewhere(world: World, served: str, how: str) -> None:
    customer_id = (await world.customer())["id"]
    await world.done("POST", f"/v1/customers/{customer_id}/contacts", {**ADA, "id": customer_id})
    path = await link(world, customer_id)
    async with httpx.AsyncClient(base_url=served) as browser:
        assert (await browser.get(path)).status_code == 200
        await end(world, customer_id, how)
        for page in ("", "/messages", "/past", "/visits", "/card"):
            assert (await browser.get(path + page)).status_code == 410
        assert (await browser.post(f"{path}/messages", data={"words": "Hello there"})).status_code == 410


async def test_its_secret_stands_nowhere(world: World) -> None:
    made = await everything(world)
    token = (await made.link()).removeprefix("/l/")
    for table in ("identity.link", "identity.link_hash", "kit.fact", "kit.task", "kit.idempotency"):
        assert await world.sql(f"select from {table} t where t::text like '%' || $1 || '%'", token) == []
    made_at, expires_at = (
        await world.sql(
            "select made_at, expires_at from identity.link where purpose = 'portal' and organisation_id = $1", world.organisation_id
        )
    )[0]
    assert expires_at - made_at == timedelta(days=90)


async def test_the_office_sends_it_and_ends_it_from_the_customers_page(world: World, served: str, phone: Page) -> None:
    made = await everything(world)
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to=f"/app/customers/{made.customer_id}")
    await phone.get_by_role("button", name="Send them their link").click()
    await expect(phone.locator("main")).to_contain_text("Link to their page sent")
    await look(phone, "customer-portal-link")
    await phone.get_by_role("button", name="End the links that were sent").click()
    await expect(phone.locator("main")).to_contain_text("Links to their page ended")
    nobody = (await world.customer(name="Max Silent"))["id"]
    answer = await world.post(f"/v1/customers/{nobody}/portal-links", {})
    assert (answer.status_code, answer.json()["code"]) == (409, "NO_WAY_FOR_LINK")
    answer = await world.post(f"/v1/customers/{nobody}/portal-links", {"contact_id": made.contact_id})
    assert (answer.status_code, answer.json()["code"]) == (422, "CONTACT_UNKNOWN")


@pytest.mark.parametrize(
    "said, sent", [("ada@a.example", 1), (" ADA@a.example ", 1), ("0049 151 555 0199", 1), ("nobody@a.example", 0), ("+49 151 555 0000", 0)]
)
async def test_whoever_asks_for_their_link_is_told_the_same_whether_they_are_known_or_not(
    world: World, served: str, phone: Page, said: str, sent: int
) -> None:
    customer_id = (await world.customer())["id"]
    await world.done("POST", f"/v1/customers/{customer_id}/contacts", ADA)
    await world.done("POST", f"/v1/customers/{customer_id}/contacts", {**ADA, "channel": "sms", "address": "+49 151 555 0199"})
    for _ in range(2):  # asked again at once it isn't sent again
        await phone.goto(f"{served}/my/{world.organisation_id}")
        await phone.get_by_label("E-mail address or mobile number").fill(said)
        await phone.get_by_role("button", name="Send me my link").click()
        await expect(phone.get_by_role("status")).to_contain_text(
            "If we know this address or number, a link to your page is on its way to it."
        )
    await expect(phone.locator("footer")).to_contain_text("+49 30 555 0100")
    await look(phone, "portal-asked")
    wanted = await world.sql(
        "select body ->> 'notice' from kit.task where organisation_id = $1 and kind = 'send_notice'", world.organisation_id
    )
    assert [row[0] for row in wanted] == ["portal_link"] * sent


async def test_asking_for_one_address_over_and_over_is_refused_and_so_is_no_organisation(world: World, served: str) -> None:
    async with httpx.AsyncClient(base_url=served) as browser:
        answers = [await browser.post(f"/my/{world.organisation_id}", data={"said": f"{world.id()}"[:8] + "@a.example"}) for _ in range(2)]
        again = [await browser.post(f"/my/{world.organisation_id}", data={"said": f"{world.organisation_id}@a.example"}) for _ in range(6)]
        assert [one.status_code for one in (*answers, *again)] == [200] * 7 + [429]
        assert (await browser.post(f"/my/{world.organisation_id}", data={"said": "x"})).status_code == 422
        assert (await browser.get(f"/my/{world.id()}")).status_code == 404


async def test_an_open_page_shows_how_it_stands_by_itself_and_keeps_what_is_being_written(world: World, served: str, tablet: Page) -> None:
    made = await everything(world)
    await tablet.clock.install()
    await tablet.goto(served + await made.link())
    await tablet.get_by_label("Your message").fill("I am still writ")
    await expect(tablet.locator("#service")).to_contain_text("wasn’t returned")
    await world.done(
        "POST", f"/v1/subscriptions/{made.service['id']}/lift", {"reason": "equipment"}, role="back_office", key=str(world.id())
    )
    await tablet.clock.run_for(31_000)
    await expect(tablet.locator("#service")).not_to_contain_text("wasn’t returned")
    assert await tablet.get_by_label("Your message").input_value() == "I am still writ"


async def test_a_device_that_is_with_us_shows_how_it_stands_and_when_the_next_word_comes(world: World, served: str, phone: Page) -> None:
    customer_id = (await world.customer())["id"]
    await world.done("POST", f"/v1/customers/{customer_id}/contacts", ADA)
    custody = await taken(await hand(world), await repair(world, customer_id=customer_id))
    await phone.goto(served + await link(world, customer_id))
    with_us = phone.locator("#devices")
    for said in ("Hall router", "taken in", "since Wed 4 Mar 2026, 13:00", "You hear from us by Wed 11 Mar 2026, 13:00."):
        await expect(with_us).to_contain_text(said)
    await expect(with_us).to_contain_text((await world.done("GET", f"/v1/custodies/{custody['id']}"))["reference"])
    await expect(phone.locator("#promised")).not_to_contain_text("News")
    await look(phone, "portal-device")
    world.clock.forward(days=8)
    await phone.reload()
    await expect(with_us).to_contain_text("You should have heard from us by Wed 11 Mar 2026, 13:00. We are sorry.")
