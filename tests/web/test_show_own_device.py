"""One device of a customer's on their own link: where it is, who has it, from hand to hand with photos, what they have of ours meanwhile; theirs alone."""

from dataclasses import dataclass

from playwright.async_api import Page, expect

from tests.care.devices import SIGNATURE, Hand, hand, intake, lent, loaner, photo, place, repair
from tests.web.conftest import look
from tests.web.portals import ADA, link
from tests.world import World

MARK = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@dataclass(frozen=True)
class Left:
    """A router that was left for repair, with a loaner in its place."""

    world: World
    by: Hand
    customer_id: str
    custody_id: str
    scope_id: str
    taken: str
    """The photo of it as it was taken in."""
    lent: str
    """The photo of the loaner as it went out."""
    loaner_id: str
    loan_id: str

    @property
    def path(self) -> str:
        return f"/v1/custodies/{self.custody_id}"

    async def page(self) -> str:
        return f"{await link(self.world, self.customer_id)}/devices/{self.custody_id}"


async def left(world: World, *, words: str = "", meanwhile: str = "Loan router 3", zone: str = "Europe/Berlin") -> Left:
    customer_id = str((await world.customer())["id"])
    await world.done("POST", f"/v1/customers/{customer_id}/contacts", ADA)
    of, by = await repair(world, customer_id=customer_id, zone=zone), await hand(world)
    said = await intake(
        world, of, condition=f"Scratch on the lid.{words}", accessories=[f"Power supply{words}"], signed_by=f"Ada{words}"[:200]
    )
    custody = await by.done(f"/v1/jobs/{of['id']}/custodies", said)
    ours, shown = await loaner(world, meanwhile), await photo(world, of["scope_id"], "blue")
    loan = await lent(by, ours, custody["id"], photo_ids=[shown], condition=f"As new.{words}")
    return Left(world, by, customer_id, custody["id"], of["scope_id"], said["photo_ids"][0], shown, ours, loan["id"])


async def test_a_customer_sees_where_it_is_who_has_it_and_what_was_signed_and_photographed(world: World, served: str, phone: Page) -> None:
    one = await left(world)
    await one.by.done(f"{one.path}/put-down", {"after_step": 1, "place_id": await place(world)})
    world.clock.forward(minutes=1)
    await one.by.done(f"{one.path}/steps", {"to": "waiting", "words": "For colleagues alone"})
    await one.by.done(f"{one.path}/news", {"words": "The part comes on Friday.", "channel": "phone"})
    home = await link(world, one.customer_id)
    await phone.goto(served + home)
    await phone.get_by_role("link", name="Hall router").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Hall router")
    now = phone.get_by_role("region", name="As of now")
    for said in ("waits for the bench", "FB-7590-1", "with us, at Shelf 3", "since Wed 4 Mar 2026, 13:00", "You hear from us by"):
        await expect(now).to_contain_text(said)
    await expect(phone.locator("#told")).to_contain_text("The part comes on Friday.")
    for said in ("Loan router 3 · lent to you", "As new.", "With it: Power supply", "Signed by Ada Owner"):
        await expect(phone.locator("#lent")).to_contain_text(said)
    for said in ("you →", "→ Shelf 3", "Scratch on the lid.", "Signed by Ada"):
        await expect(phone.locator("#hands")).to_contain_text(said)
    await expect(phone.locator("main")).not_to_contain_text("For colleagues alone")
    await expect(phone.get_by_role("img", name="Photo 1: Hall router")).to_have_count(1)
    await expect(phone.get_by_role("img", name="Photo 1: Loan router 3")).to_have_count(1)
    await phone.locator("main img").last.scroll_into_view_if_needed()
    assert await phone.evaluate("document.documentElement.scrollWidth") <= 390
    await look(phone, "portal-one-device")
    await phone.get_by_role("link", name="Back").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Ada Owner")


async def test_a_loaner_is_shown_as_it_went_out_and_as_it_came_back_also_when_both_are_home(world: World, served: str, phone: Page) -> None:
    one = await left(world)
    scratched = await photo(world, one.scope_id, "green")
    back = {"loan_id": one.loan_id, "signature": SIGNATURE, "signed_by": "Ada Owner", "condition": "A scratch.", "photo_ids": [scratched]}
    world.clock.forward(days=1)
    await one.by.done(f"/v1/loaners/{one.loaner_id}/take-back", back)
    await one.by.done(f"{one.path}/hand-back", {"after_step": 1, "signature": SIGNATURE, "signed_by": "Ada Owner"})
    home = await link(world, one.customer_id)
    await phone.goto(f"{served}{home}/past")
    await phone.locator("#devices").get_by_role("link", name="Hall router").click()
    await expect(phone.get_by_role("region", name="As of now")).to_contain_text("You have it.")
    for said in ("lent to you", "came back", "A scratch."):
        await expect(phone.locator("#lent")).to_contain_text(said)
    pictures = [await one_of.get_attribute("src") or "" for one_of in await phone.locator("#lent img").all()]
    assert [src.split("/")[-2] for src in pictures] == [one.lent, scratched]
    answers = [await world.http.get(src) for src in pictures]
    assert [(one_of.status_code, one_of.headers["content-type"]) for one_of in answers] == [(200, "image/jpeg")] * 2
    assert answers[0].content != answers[1].content


async def test_nothing_of_another_customers_device_is_shown_and_no_photo_that_it_does_not_show(world: World) -> None:
    mine, theirs = await left(world), await left(world, meanwhile="Loan router 4")
    home = await link(world, mine.customer_id)
    inner = await photo(world, mine.scope_id, "yellow")
    for path in (
        f"{home}/devices/{theirs.custody_id}",
        f"{home}/devices/{theirs.custody_id}/photos/{theirs.taken}",
        f"{home}/devices/{mine.custody_id}/photos/{theirs.taken}",
        f"{home}/devices/{mine.custody_id}/photos/{theirs.lent}/small",
        f"{home}/devices/{mine.custody_id}/photos/{inner}",
        f"{home}/devices/{world.id()}",
    ):
        assert (await world.http.get(path)).status_code == 404, path
    for own in (mine.taken, mine.lent):
        assert (await world.http.get(f"{home}/devices/{mine.custody_id}/photos/{own}")).status_code == 200
    await world.done("DELETE", f"/v1/customers/{mine.customer_id}/portal-links", role="back_office")
    for path in (f"{home}/devices/{mine.custody_id}", f"{home}/devices/{mine.custody_id}/photos/{mine.taken}"):
        assert (await world.http.get(path)).status_code == 410, path


async def test_a_picture_that_was_erased_is_left_out(world: World) -> None:
    one = await left(world, zone="Europe/Lisbon")
    await world.done("POST", f"/v1/photos/{one.lent}/erase")
    page = (await world.http.get(await one.page())).text
    assert one.taken in page
    assert one.lent not in page


async def test_what_people_wrote_of_it_is_text(world: World) -> None:
    page = (await world.http.get(await (await left(world, words=f" {MARK}")).page())).text
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)") >= 4
