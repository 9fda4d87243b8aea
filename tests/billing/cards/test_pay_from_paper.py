"""An invoice's mail and paper carry a link by which its customer pays: the page says what is open now, and its one button leads to the provider."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import httpx
import msgspec
from litestar import Litestar
from playwright.async_api import Page, expect

from service.app import build
from service.billing.provider.pay_links import pay_path
from service.integrations.asgi import running
from service.kit.principals import Principal
from service.kit.tasks.registry import WORKER
from service.notices.letters import write_invoice, write_payment_reminder, write_payment_reversed
from service.notices.records import Kind, Letter
from service.notices.wording import worded
from tests.authorisations.matters import Matter
from tests.billing.builders import Books, pay
from tests.billing.cards.shop import Shop, worker_of
from tests.billing.cards.test_pay_by_link import ACCOUNT, BAD_ACCOUNT, back, link, submitted
from tests.billing.test_write_off_invoice import written_off
from tests.documents.papers import IBAN, keep_account, pdf_of, text_of
from tests.notices.test_mail_invoice import invoiced
from tests.web.conftest import look

BUTTON = "Pay by card"


def path_of(shop: Shop, invoice_id: UUID) -> str:
    return pay_path(shop.world.database.cursors, organisation_id=shop.world.organisation_id, invoice_id=invoice_id)


async def shown(shop: Shop, invoice_id: UUID) -> str:
    answer = await shop.world.http.get(path_of(shop, invoice_id), headers={"authorization": ""})
    assert answer.status_code == 200, answer.text
    return answer.text.replace("\u00a0", " ")


async def pressed(shop: Shop, invoice_id: UUID, **headers: str) -> httpx.Response:
    return await shop.world.http.post(path_of(shop, invoice_id), headers={"authorization": "", **headers})


async def attempts(shop: Shop, invoice_id: UUID) -> list[str]:
    rows = await shop.world.sql(
        "select state from billing.collection_attempt where invoice_id = $1 order by begun_at, attempt_id", invoice_id
    )
    return [row["state"] for row in rows]


@asynccontextmanager
async def at_its_own_address(shop: Shop) -> AsyncIterator[str]:
    """The shop's service on a socket, at the address that it tells the provider to come back to."""
    served: list[Litestar] = []

    async def service(scope: Any, receive: Any, send: Any) -> None:
        await served[0](scope, receive, send)

    async with running(service) as url:
        state = shop.world.app.state
        settings = msgspec.structs.replace(state.settings, public_url=url)
        served.append(build(settings=settings, database=shop.world.database, clock=shop.world.clock, outside=state.outside))
        yield url


async def test_a_customer_pays_from_their_phone_to_the_end(shop: Shop, books: Books, phone: Page) -> None:
    await keep_account(shop.world, account_holder="Northwind GmbH", iban=IBAN)
    invoice_id = await books.invoice(customer_id := await books.customer(), 4_990)
    async with at_its_own_address(shop) as url:
        await phone.goto(url + path_of(shop, invoice_id))
        await look(phone, "pay")
        assert await attempts(shop, invoice_id) == []
        await phone.get_by_role("button", name=BUTTON).click()
        await expect(phone.locator("body")).to_contain_text("49.90 EUR")
        await phone.locator("button[value=approve]").click()
        await expect(phone.locator("main")).to_contain_text("your payment has arrived")
        await phone.goto(url + path_of(shop, invoice_id))
        await expect(phone.locator("main")).to_contain_text("Paid: nothing is open any more.")
        await expect(phone.get_by_role("button")).to_have_count(0)
    assert (await shop.kinds(customer_id)).count("invoice_paid") == 1


async def test_a_strangers_changed_link_opens_nothing(shop: Shop, books: Books) -> None:
    mine, other = [path_of(shop, await books.invoice(await books.customer(), 4_990)) for _ in "12"]
    changed = mine[:-1] + ("A" if mine[-1] != "A" else "E")
    for path in (changed, mine[:-32] + other[-32:], "/pay/AAAA", "/pay/ä"):
        for method in ("GET", "POST"):
            assert (await shop.world.http.request(method, path, headers={"authorization": ""})).status_code == 404, path


async def test_what_is_open_is_told_as_it_stands(shop: Shop, books: Books) -> None:
    invoice_id = await books.invoice(await books.customer(), 4_990)
    assert BUTTON in await shown(shop, invoice_id)
    await pay(shop.world, 1_990, invoice_id=invoice_id)
    assert "€30.00" in (page := await shown(shop, invoice_id)), page
    await pay(shop.world, 3_000, invoice_id=invoice_id)
    page = await shown(shop, invoice_id)
    assert ("Paid: nothing is open" in page, BUTTON in page) == (True, False)
    assert "Nothing is open of this invoice any more." in (await pressed(shop, invoice_id)).text


async def test_what_was_written_off_or_credited_is_told_and_not_taken(shop: Shop, books: Books) -> None:
    await written_off(shop.world, given_up := await books.invoice(await books.customer(), 4_990))
    page = await shown(shop, given_up)
    assert ("We have written off €49.90" in page, BUTTON in page) == (True, False)
    refused = await pressed(shop, given_up)
    assert (refused.status_code, "can&#39;t be paid here" in refused.text, await attempts(shop, given_up)) == (409, True, [])
    part = await books.invoice(await books.customer(), 4_990)
    paid = (await pay(shop.world, 1_990, invoice_id=part))["payment_id"]
    await written_off(shop.world, part)
    bounced = {"reason": "Never arrived", "cause": "bounced_cheque"}
    await shop.world.done("POST", f"/v1/payments/{paid}/reverse", bounced, key=str(shop.world.id()))
    page = await shown(shop, part)
    assert ("We have written off €30.00" in page, "Still open" in page, BUTTON in page) == (True, False, False)
    matter = await Matter(shop.world).begin()
    invoice = await invoiced(matter)
    note = {"reason": "A mistake", "lines": [{"line_number": 1, "quantity": "1"}]}
    await shop.world.done("POST", f"/v1/invoices/{invoice['id']}/credit-notes", note, key=str(shop.world.id()))
    page = await shown(shop, UUID(invoice["id"]))
    assert ("Credited in full" in page, BUTTON in page) == (True, False)


async def test_what_a_bank_has_yet_to_confirm_is_on_its_way_and_not_asked_for_again(shop: Shop, books: Books) -> None:
    attempt = await link(shop, invoice_id := await books.invoice(await books.customer(), 4_990))
    await submitted(shop, attempt, payment_method=ACCOUNT)
    await back(shop, attempt)
    page = await shown(shop, invoice_id)
    assert ("is on its way" in page, BUTTON in page) == (True, False)
    assert (await pressed(shop, invoice_id)).status_code == 200
    assert await attempts(shop, invoice_id) == ["processing"]


async def test_what_a_bank_refused_days_later_can_be_paid_again(shop: Shop, books: Books) -> None:
    begun = await shop.begin(invoice_id := await books.invoice(await books.customer(), 4_990))
    await shop.standin.pay(intent=begun["intent_id"], payment_method=BAD_ACCOUNT)
    sweeper = worker_of(shop, "sweep_attempts")
    shop.world.clock.forward(seconds=61)
    await sweeper.drain()
    assert "is on its way" in await shown(shop, invoice_id)
    await shop.standin.finish_debit(intent=begun["intent_id"], fails=True)
    shop.world.clock.forward(seconds=61)
    await sweeper.drain()
    assert (BUTTON in await shown(shop, invoice_id), await attempts(shop, invoice_id)) == (True, ["closed"])


async def test_whoever_presses_twice_ends_the_page_before(shop: Shop, books: Books) -> None:
    worker, invoice_id = worker_of(shop, "cancel_attempt"), await books.invoice(await books.customer(), 4_990)
    one, two = [(await pressed(shop, invoice_id)) for _ in "12"]
    assert (one.status_code, two.status_code, one.headers["location"] == two.headers["location"]) == (303, 303, False)
    await worker.drain()
    assert sorted(await attempts(shop, invoice_id)) == ["closed", "open"]


async def test_a_form_of_another_site_begins_nothing(shop: Shop, books: Books) -> None:
    invoice_id = await books.invoice(await books.customer(), 4_990)
    assert (await pressed(shop, invoice_id, **{"sec-fetch-site": "cross-site"})).status_code == 403
    assert await attempts(shop, invoice_id) == []


async def test_mail_and_paper_carry_the_link_the_same_each_time(shop: Shop, books: Books) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 4_990)
    paper = f"/v1/invoices/{invoice_id}/invoice.pdf"
    assert "To pay by card" in await text_of(shop.world, paper)
    assert await pdf_of(shop.world, paper) == await pdf_of(shop.world, paper)
    person = {"name": "Ada Owner", "channel": "email", "address": "ada@a.example", "may_authorise": True}
    await shop.world.done("POST", f"/v1/customers/{customer_id}/contacts", person)
    for home, says in (("https://pay.example", True), (None, False)):
        letter = await letter_of(shop, write_invoice, customer_id, invoice_id, home)
        for language in ("en", "de"):
            assert (f"https://pay.example{path_of(shop, invoice_id)}\n" in worded("invoice", language, letter.values)[1]) is says


async def letter_of(shop: Shop, write: Any, customer_id: UUID, invoice_id: UUID, home: str | None) -> Letter:
    letter = await shop.world.database.read(
        write,
        principal=Principal(organisation_id=shop.world.organisation_id, kind="system", id=WORKER),
        at=shop.world.clock.now,
        request_id=shop.world.id(),
        values={"customer_id": customer_id, "subject_id": invoice_id, "pay_home": home},
    )
    assert isinstance(letter, Letter)
    return msgspec.structs.replace(letter, values=letter.values | {"name": "Ada Owner"})  # whom it goes to is known as it is sent


async def test_a_reminder_carries_the_link_of_each_invoice_that_is_overdue(shop: Shop, books: Books) -> None:
    customer_id = await books.customer()
    late, later = await books.invoice(customer_id, 4_990), await books.invoice(customer_id, 1_200)
    person = {"name": "Ada Owner", "channel": "email", "address": "ada@a.example", "may_authorise": True}
    await shop.world.done("POST", f"/v1/customers/{customer_id}/contacts", person)
    shop.world.clock.forward(days=60)
    for home in ("https://pay.example", None):
        kinds: list[tuple[Kind, Any]] = [("payment_reminder", write_payment_reminder), ("payment_reversed", write_payment_reversed)]
        for kind, write in kinds:
            letter = await letter_of(shop, write, customer_id, late, home)
            for language in ("en", "de"):
                text = worded(kind, language, letter.values)[1]
                assert [f"https://pay.example{path_of(shop, one)}\n" in text for one in (late, later)] == [home is not None] * 2
