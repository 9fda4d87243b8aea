"""What a page refuses is said to people, not to programs."""

import re

import httpx
import pytest
from playwright.async_api import Page, expect

from service.care import cases, mails, objections, public, senders
from service.identity.scopes import Role
from service.kit.refusals import BY_CODE
from service.kit.verbs import VerbRule
from service.notices import opt_outs, reach
from service.notices import rules as notice_rules
from service.promises import promises
from service.web.refusal_words import SAID, said_to_people
from tests.architecture.house import imported
from tests.billing.bank_files import entry, lines, statement, with_account
from tests.billing.bank_files import imported as statement_of
from tests.dispatch.builders import job, technician
from tests.identity.builders import PASSWORD, joined
from tests.web.conftest import look
from tests.web.test_technicians_day import sign_in
from tests.world import World

BY_PROGRAMS = {"credit_invoice", "propose_refund"}
"""Of these rooms' verbs those that no page has, and another room's."""
OF_PROGRAMS = re.compile(r"`|\b(scopes?|ids?|UUIDv7|ETag|tokens?|bearer|JSON|header|field|document|request|idempotency)\b", re.IGNORECASE)


def test_whatever_is_refused_of_cases_promises_and_notices_has_words_of_its_own() -> None:
    """These verbs have pages; `Ask the office` is no answer to the office."""
    for rules in (cases, mails, senders, objections, promises, public, reach, opt_outs, notice_rules):
        for name, verb in vars(rules).items():
            if isinstance(verb, VerbRule) and name not in BY_PROGRAMS:
                assert [one.code for one in verb.refusals if one.code not in SAID] == [], name


@pytest.mark.parametrize("role", ["dispatcher", "back_office"])
async def test_whoever_goes_to_no_doors_is_told_that_the_day_is_not_for_them(world: World, served: str, phone: Page, role: Role) -> None:
    person = await joined(world, roles=(role,))
    await sign_in(phone, served, person["email"])
    await phone.goto(f"{served}/app/day")
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Your roles don't open this page.")
    await look(phone, f"day-of-{role}")
    assert OF_PROGRAMS.findall(await phone.locator("main").inner_text()) == []


async def test_what_is_another_technicians_or_the_technicians_alone_is_refused_in_words(world: World, served: str) -> None:
    opened = await job(world)
    theirs = await technician(world)
    booking = {"technician_id": theirs.id, "from": "2026-03-04T14:00:00Z"}
    visit = await world.done("POST", f"/v1/jobs/{opened['id']}/visits", booking)
    await world.done("POST", f"/v1/visits/{visit['id']}/dispatch", {})
    said = {"technician": "This visit is another technician&#39;s.", "dispatcher": "Your roles don&#39;t open this page."}
    for role in ("technician", "dispatcher"):
        person = await joined(world, roles=(role,))
        async with httpx.AsyncClient(base_url=served) as browser:
            await browser.post("/sign-in", data={"email": person["email"], "password": PASSWORD})
            answer = await browser.post(f"/app/visits/{visit['id']}/steps/accept", data={"from": "the page"})
        assert (answer.status_code, said[role] in answer.text) == (403, True)


@pytest.mark.parametrize(
    "path, form",
    [
        ("/app/office/cheques", {"invoice": "INV-2026-99", "amount": "1", "number": "1", "bank": "B", "dated_on": "2026-03-04"}),
        ("/app/write-offs/propose", {"number": "INV-2026-99", "reason": "insolvent", "note": "Gone."}),
        ("/app/bank/lines/{line}", {"act": "split", "number": "INV-2026-99", "amount": "1"}),
    ],
    ids=["cheque", "write-off", "bank line"],
)
async def test_an_invoice_that_is_none_is_told_by_its_number_wherever_it_is_asked_for(
    world: World, served: str, path: str, form: dict[str, str]
) -> None:
    await with_account(world)
    await statement_of(world, statement(0, 1_000, entry(1_000, "for INV-2026-99")))
    [line] = await lines(world)
    person = await joined(world, roles=("back_office",))
    async with httpx.AsyncClient(base_url=served) as browser:
        await browser.post("/sign-in", data={"email": person["email"], "password": PASSWORD})
        answer = await browser.post(path.format(line=line["id"]), data=form)
    assert (answer.status_code, "There is no invoice with this number." in answer.text) == (422, True)


async def test_a_german_reader_is_refused_in_german(world: World, served: str) -> None:
    async with httpx.AsyncClient(base_url=served, headers={"Accept-Language": "de"}) as browser:
        answer = await browser.get(f"/a/l_{'x' * 43}")
    assert (answer.status_code, "Dieser Link stimmt nicht." in answer.text) == (401, True)


@pytest.mark.parametrize(
    "path, status",
    [("/l/l_bad/visit", 401), ("/l/l_bad/visits", 401), ("/l/l_bad/calendar", 401), ("/l/l_bad/card", 401), ("/l/l_bad", 401), ("/pay/bad", 404), ("/owed/bad", 404)],
)  # fmt: skip
async def test_a_customer_whose_link_was_cut_is_told_so_in_their_language(served: str, path: str, status: int) -> None:
    for language, said in (("en", "This link isn&#39;t right."), ("de", "Dieser Link stimmt nicht.")):
        async with httpx.AsyncClient(base_url=served, headers={"Accept-Language": language}) as browser:
            answer = await browser.get(path)
        assert (answer.status_code, answer.headers["content-type"], said in answer.text) == (status, "text/html; charset=utf-8", True)


async def test_a_customer_on_another_page_than_their_links_is_told_that_the_link_is_not_right(world: World, served: str) -> None:
    opened = await job(world)
    policy = {"days_ahead": 5, "hours_before": 24, "most_moves": 1}
    await world.done("PUT", "/v1/choice-policy", policy, headers={"If-Match": '"0"'})
    link = await world.done("POST", f"/v1/jobs/{opened['id']}/choice-links")
    async with httpx.AsyncClient(base_url=served) as browser:
        answer = await browser.get(link["path"] + "s")
    assert (answer.status_code, "This link isn&#39;t right." in answer.text) == (403, True)


def test_no_refusal_is_said_to_people_in_the_words_of_the_api() -> None:
    imported()  # what isn't imported declares no refusal
    for refusal in BY_CODE.values():
        assert OF_PROGRAMS.findall(" ".join(said_to_people(refusal(), language="en"))) == [], refusal.code
