"""A technician's day on a phone, without JavaScript: from signing in to cash taken."""

from uuid import UUID

import httpx
import pytest
from playwright.async_api import Page, expect

from tests.billing.builders import Books
from tests.identity.builders import PASSWORD
from tests.web.conftest import look
from tests.web.doors import Door, pads_in_the_book, sent, signed_in
from tests.world import World


@pytest.fixture
async def booked(world: World) -> Door:
    """A visit of this afternoon, and something to offer there."""
    await pads_in_the_book(world)
    return await sent(world)


async def sign_in(phone: Page, served: str, email: str, *, to: str = "/app/day") -> None:
    """Through the form, as people do."""
    await phone.goto(served + to)
    await phone.get_by_label("Email").fill(email)
    await phone.get_by_label("Password").fill(PASSWORD)
    await phone.get_by_role("button", name="Sign in").click()


async def test_the_day_goes_from_the_first_step_to_work_recorded(world: World, served: str, phone: Page, booked: Door) -> None:
    await sign_in(phone, served, booked.email)
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Wednesday, 4 March 2026")
    await look(phone, "day")
    await phone.get_by_role("link", name="Ada Owner").click()
    for button in ("Accept", "Set out", "I am there"):
        await phone.get_by_role("button", name=button).click()
    await look(phone, "visit-on-site")
    await phone.get_by_label("From the price book").select_option(label="Brake pads, front – €45.00")
    await phone.get_by_role("button", name="Show it to the customer").click()
    await phone.get_by_label("Yes, do it").check()
    await phone.get_by_role("button", name="Send my answer").click()
    await phone.goto(served + booked.path)
    await phone.get_by_role("checkbox", name="Brake pads, front").check()
    await phone.get_by_role("button", name="Start", exact=True).click()
    world.clock.forward(minutes=20)
    await phone.get_by_role("button", name="Record it").click()
    await look(phone, "visit-working")
    await phone.get_by_role("button", name="Done").click()
    await expect(phone.locator("main")).to_contain_text("done")
    records = await world.sql(
        "select ticks, denominator, visit_id from authorisations.work_record where organisation_id = $1", world.organisation_id
    )
    assert [(row["ticks"] / row["denominator"], str(row["visit_id"])) for row in records] == [(1, booked.visit_id)]


async def test_work_that_nobody_approved_cant_be_started(world: World, served: str, phone: Page, booked: Door) -> None:
    await sign_in(phone, served, booked.email, to=booked.path)
    for button in ("Accept", "Set out", "I am there"):
        await phone.get_by_role("button", name=button).click()
    await phone.get_by_role("button", name="Start", exact=True).click()
    await expect(phone.get_by_role("alert")).to_be_visible()
    await look(phone, "visit-refused")
    assert (await world.done("GET", f"/v1/visits/{booked.visit_id}"))["state"] == "on_site"


async def test_cash_is_taken_once_however_often_the_form_is_sent(world: World, served: str, booked: Door) -> None:
    invoice_id = await Books(world).invoice(UUID(booked.customer_id), 4990)
    async with httpx.AsyncClient(base_url=served, follow_redirects=True) as phone:
        await signed_in(phone, booked.email)
        form = {"id": str(world.id()), "invoice": str(invoice_id), "currency": "EUR", "amount": "49.90"}
        answers = [await phone.post(f"{booked.path}/cash", data=form) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    payments = await world.done("GET", f"/v1/customers/{booked.customer_id}/payments")
    assert [payment["amount"] for payment in payments["items"]] == [{"amount": 4990, "currency": "EUR"}]


@pytest.mark.parametrize("amount", ["", "x", "NaN", "1e9", "49.999", "-1", "0"])
async def test_an_amount_that_isnt_one_is_refused_on_the_page(world: World, served: str, booked: Door, amount: str) -> None:
    invoice_id = await Books(world).invoice(UUID(booked.customer_id), 4990)
    async with httpx.AsyncClient(base_url=served) as phone:
        await signed_in(phone, booked.email)
        form = {"id": str(world.id()), "invoice": str(invoice_id), "currency": "EUR", "amount": amount}
        answer = await phone.post(f"{booked.path}/cash", data=form)
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (422, "text/html")


async def test_staff_who_arent_signed_in_are_sent_to_the_door(served: str, phone: Page) -> None:
    await phone.goto(f"{served}/app/day")
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Sign in")


async def test_a_wrong_password_is_told_without_saying_what_was_wrong(world: World, served: str, phone: Page, booked: Door) -> None:
    await phone.goto(f"{served}/sign-in")
    await phone.get_by_label("Email").fill(booked.email)
    await phone.get_by_label("Password").fill("wrong")
    await phone.get_by_role("button", name="Sign in").click()
    await expect(phone.get_by_role("alert")).to_have_text("That address and password don't go together.")


async def test_the_cookie_is_worth_nothing_to_the_api_and_nothing_once_signed_out(world: World, served: str, booked: Door) -> None:
    async with httpx.AsyncClient(base_url=served) as phone:
        await signed_in(phone, booked.email)
        cookie = dict(phone.cookies)
        assert (await phone.get("/app/day")).status_code == 200
        assert (await phone.get("/v1/me")).status_code == 401
        await phone.post("/app/sign-out")
    async with httpx.AsyncClient(base_url=served, cookies=cookie) as thief:
        assert (await thief.get("/app/day")).status_code == 303


async def test_signing_in_goes_nowhere_else(served: str, booked: Door) -> None:
    async with httpx.AsyncClient(base_url=served) as phone:
        for to in ("https://evil.example", "//evil.example", "/app//evil.example", "/app/\\evil", "/v1/me"):
            answer = await phone.post("/sign-in", data={"email": booked.email, "password": PASSWORD, "to": to})
            assert answer.headers["location"] == "/app/day"


async def test_a_closed_job_is_offered_nothing_more_from_the_page(world: World, booked: Door) -> None:
    await world.sql(
        "insert into dispatch.job_step (organisation_id, job_id, step, from_state, to_state, actor, happened_at)"
        " select s.organisation_id, s.job_id, s.step + 1, s.to_state, 'cancelled', s.actor, s.happened_at from dispatch.job_step s where job_id = $1::uuid order by step desc limit 1",
        booked.job_id,
    )
    [item] = (await world.done("GET", "/v1/catalogue"))["items"]
    await signed_in(world.http, booked.email)
    form = {"item": item["id"], "quantity": "1", "contact": booked.customer_id}
    refused = await world.http.post(f"{booked.path}/offers", data=form)
    assert (refused.status_code, refused.headers["content-type"].split(";")[0]) == (409, "text/html")
    assert "This job is closed or cancelled." in refused.text
    assert await world.sql("select from authorisations.offer where organisation_id = $1", world.organisation_id) == []


async def test_a_quantity_with_a_line_after_it_is_told_on_the_page(world: World, booked: Door) -> None:
    await signed_in(world.http, booked.email)
    form = {"item": str(world.id()), "quantity": "1\n"}
    refused = await world.http.post(f"{booked.path}/work", data=form)
    assert (refused.status_code, refused.headers["content-type"].split(";")[0]) == (422, "text/html")
