"""A customer asks before they decide; staff see it on the customer's timeline, and nothing is agreed by it."""

import httpx
import pytest
from playwright.async_api import Page, expect

from tests.authorisations.matters import Matter
from tests.authorisations.showings import Showing, shown
from tests.identity.builders import joined
from tests.web.conftest import look
from tests.web.doors import come_in
from tests.web.test_approve_offer import OIL, verdicts
from tests.world import World


@pytest.fixture
async def showing(world: World) -> Showing:
    """An oil change on the customer's page."""
    return await shown(await Matter(world).begin(), OIL)


async def asked(showing: Showing, **differences: object) -> httpx.Response:
    """A question by the link."""
    path = f"/v1/presentations/{showing.given['presentation_id']}/questions"
    headers = {"Authorization": f"Bearer {showing.given['token']}"}
    return await showing.matter.world.http.post(path, json={"words": "Which oil is it?", **differences}, headers=headers)


async def kept(showing: Showing) -> list[str]:
    """What staff read, the latest first."""
    page = await showing.matter.world.done("GET", f"/v1/questions?customer_id={showing.matter.customer_id}", role="technician")
    return [one["words"] for one in page["items"]]


async def test_a_question_reaches_staff_and_agrees_to_nothing(world: World, served: str, phone: Page, showing: Showing) -> None:
    await phone.goto(f"{served}/a/{showing.given['token']}")
    await phone.get_by_label("Your question").fill("Which oil is it?")
    await phone.get_by_role("button", name="Send my question").click()
    await expect(phone.get_by_role("status")).to_contain_text("we have your question")
    await look(phone, "approval-asked")
    assert await kept(showing) == ["Which oil is it?"]
    assert await verdicts(world) == []
    facts = await world.sql(
        "select body::text from kit.fact where kind = 'question_asked' and customer_id::text = $1", showing.matter.customer_id
    )
    assert len(facts) == 1
    assert "oil" not in facts[0]["body"]
    await phone.get_by_label("Yes, do it").check()  # the page that thanks for a question still takes the answer
    await phone.get_by_role("button", name="Send my answer").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you. Your answer is on record.")


async def test_staff_reply_on_the_timeline_and_the_customer_reads_it_on_the_page(
    world: World, served: str, phone: Page, showing: Showing
) -> None:
    await phone.goto(f"{served}/a/{showing.given['token']}")
    await phone.get_by_label("Your question").fill("Which oil is it?")
    await phone.get_by_role("button", name="Send my question").click()
    await expect(phone.locator("main")).to_contain_text("You have our reply by Thu 5 Mar 2026, 13:00, here and by mail.")
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to=f"/app/customers/{showing.matter.customer_id}")
    await expect(phone.locator("main")).to_contain_text("reply by Thu 5 Mar 2026, 13:00")
    await look(phone, "timeline-question")
    await phone.get_by_label("Your reply, for the customer to read").fill("5W-30, fully synthetic.")
    await phone.get_by_role("button", name="Send the reply").click()
    await expect(phone.locator("main")).to_contain_text("Replied Wed 4 Mar 2026, 13:00")
    await expect(phone.get_by_role("button", name="Send the reply")).to_have_count(0)
    await phone.goto(f"{served}/a/{showing.given['token']}")
    await expect(phone.get_by_role("region", name="Ask before you decide")).to_contain_text("We reply: 5W-30, fully synthetic.")
    await look(phone, "approval-replied")
    await phone.get_by_label("Yes, do it").check()
    await phone.get_by_role("button", name="Send my answer").click()
    await expect(phone.get_by_role("region", name="What you asked")).to_contain_text("We reply: 5W-30, fully synthetic.")


async def test_who_replies_second_is_told_so_in_words(world: World, served: str, phone: Page, showing: Showing) -> None:
    question = (await asked(showing)).json()
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to=f"/app/customers/{showing.matter.customer_id}")
    await phone.get_by_label("Your reply, for the customer to read").fill("Some other oil.")
    await world.done("POST", f"/v1/questions/{question['id']}/reply", {"words": "5W-30, fully synthetic."})
    await phone.get_by_role("button", name="Send the reply").click()
    await expect(phone.get_by_role("alert")).to_contain_text("This question was replied to before.")
    await expect(phone.locator("main")).to_contain_text("5W-30, fully synthetic.")


async def test_the_same_question_under_its_id_is_one(showing: Showing) -> None:
    question_id = str(showing.matter.world.id())
    answers = [await asked(showing, id=question_id) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert await kept(showing) == ["Which oil is it?"]


async def test_ten_questions_are_enough(showing: Showing) -> None:
    for _ in range(10):
        assert (await asked(showing)).status_code == 201
    answer = await asked(showing)
    assert (answer.status_code, answer.json()["code"]) == (409, "QUESTIONS_USED_UP")


async def test_nobody_asks_in_the_customers_name(showing: Showing) -> None:
    other = await shown(await Matter(showing.matter.world).begin(), OIL)
    path = f"/v1/presentations/{other.given['presentation_id']}/questions"
    staff = await showing.matter.world.post(path, {"words": "Why?"})
    assert (staff.status_code, staff.json()["code"]) == (403, "SEPARATION_OF_DUTIES")
    crossed = await showing.matter.world.http.post(
        path, json={"words": "Why?"}, headers={"Authorization": f"Bearer {showing.given['token']}"}
    )
    assert crossed.status_code == 404
    assert await kept(other) == []


async def test_a_card_number_is_not_kept(showing: Showing) -> None:
    answer = await asked(showing, words="Can you take 4242 4242 4242 4242?")
    assert (answer.status_code, answer.json()["code"]) == (422, "CARD_NUMBER")
    assert await kept(showing) == []
