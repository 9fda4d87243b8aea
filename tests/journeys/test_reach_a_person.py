"""Story 8, "One step to a person": whatever a customer sees names who can act on it, by telephone, mail and address, and what to quote."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import icalendar
import pytest

from service.identity.links import link_token
from tests.care.builders import did
from tests.notices.conftest import Mailbox, mailbox, work
from tests.web.portals import ADA, Everything, everything
from tests.world import World

__all__ = ["mailbox", "work"]
PERSON = ("+49 30 555 0100", "help@northwind.example", "1 Mill Lane, 10115 Berlin")


@pytest.fixture
async def made(world: World) -> Everything:
    """A customer with something of everything, of a company that has an address."""
    organisation = await world.get("/v1/organisation")
    await world.request("PATCH", "/v1/organisation", json={"address": PERSON[2]}, headers={"If-Match": organisation.headers["etag"]})
    return await everything(world)


async def pages(world: World, made: Everything) -> list[str]:
    """Every page that a customer comes to by a link."""
    path = await made.link()
    policy = {"days_ahead": 5, "hours_before": 24, "most_moves": 1}
    await world.done("PUT", "/v1/choice-policy", policy, headers={"If-Match": '"0"'})
    choice = (await world.done("POST", f"/v1/jobs/{made.job['id']}/choice-links"))["path"]
    [shown] = await world.sql(
        "select link_id from identity.link where organisation_id = $1 and purpose = 'presentation'", world.organisation_id
    )
    overview = (await world.http.get(path)).text
    pay = overview.partition('href="/pay/')[2].partition('"')[0]
    approval = f"/a/{link_token(world.database.cursors, shown['link_id'])}"
    return [path, f"{path}/messages", f"{path}/past", f"{path}/visits", f"{path}/calendar", f"{path}/card", choice, approval, f"/pay/{pay}"]


async def test_every_page_of_a_customers_names_a_person_and_what_to_quote(world: World, made: Everything) -> None:
    for page in await pages(world, made):
        answer = await world.http.get(page)
        assert answer.status_code == 200, page
        foot = answer.text.partition("<footer")[2]
        assert [said for said in (*PERSON, "Please quote") if said not in foot] == [], page
    asked = (await world.http.get(f"/my/{world.organisation_id}")).text  # nobody knows yet who asks
    assert [said for said in PERSON if said not in asked] == []


async def test_every_answer_of_the_api_to_a_customer_names_a_person_and_what_to_quote_also_a_refusal(
    world: World, made: Everything
) -> None:
    [shown] = await world.sql(
        "select link_id, subject_id from identity.link where organisation_id = $1 and purpose = 'presentation'", world.organisation_id
    )
    link, customer = {"Authorization": f"Bearer {link_token(world.database.cursors, shown['link_id'])}"}, made.customer_id
    presentation = f"/v1/presentations/{shown['subject_id']}"
    for method, path, status in (
        ("GET", presentation, 200),
        ("GET", f"{presentation}/questions", 200),
        ("POST", f"{presentation}/answer", 422),
        ("GET", f"/v1/customers/{customer}", 403),
        ("GET", f"/v1/presentations/{world.id()}", 404),
    ):
        answer = await world.http.request(method, path, json={} if method == "POST" else None, headers=link)
        told = [one for one in answer.headers.get_list("link") if 'rel="help"' in one]
        assert (answer.status_code, [one.partition(">")[0] for one in told]) == (
            status,
            ["<tel:+49305550100", "<mailto:help@northwind.example"],
        )
        assert all(one.partition("title*=UTF-8''")[2].startswith("K-") for one in told)
    assert "link" not in (await world.get(f"/v1/customers/{customer}")).headers
    organisation = await world.get("/v1/organisation")
    await world.request("PATCH", "/v1/organisation", json={"phone": "+49 30 9"}, headers={"If-Match": organisation.headers["etag"]})
    world.clock.forward(seconds=60)  # a program has the new number within a minute
    assert "<tel:+49309>" in (await world.http.get(presentation, headers=link)).headers["link"]


async def test_every_mail_and_the_calendar_name_a_person_and_what_to_quote(
    world: World, made: Everything, mailbox: Mailbox, work: Callable[[], Awaitable[Any]]
) -> None:
    address = f"ada-{made.customer_id}@a.example"
    await world.sql("update customers.contact set address = $2 where customer_id = $1", UUID(made.customer_id), address)
    await made.link()
    await did(world, made.case["id"], "answers", words="Anything else?")
    await work()
    assert len(mailbox.to(address)) >= 3
    for mail in mailbox.to(address):
        text = mail.get_content()
        assert [said for said in (*PERSON, "Please quote ") if said not in text] == [], mail["Subject"]
    feed = (await world.done("POST", f"/v1/customers/{made.customer_id}/calendar"))["path"]
    for event in icalendar.Calendar.from_ical((await world.http.get(feed)).content).walk("VEVENT"):
        assert PERSON[0] in event["description"]
        assert made.job["reference"] in event["description"]


async def test_whoever_answers_the_telephone_finds_them_by_what_they_quote(world: World, made: Everything) -> None:
    page = (await world.http.get(await made.link())).text
    quoted = page.partition("Please quote <strong>")[2].partition("<")[0]
    for said in (quoted, quoted.lower(), made.job["reference"], made.case["reference"]):
        found = (await world.done("GET", f"/v1/search/customers?said={said}"))["items"]
        assert [one["id"] for one in found][:1] == [made.customer_id], said


async def test_a_customer_with_a_reference_of_the_operators_quotes_that(world: World) -> None:
    customer = await world.customer(reference="CUST-77")
    await world.done("POST", f"/v1/customers/{customer['id']}/contacts", ADA)
    assert (await world.done("GET", f"/v1/customers/{customer['id']}"))["quote"] == "CUST-77"
