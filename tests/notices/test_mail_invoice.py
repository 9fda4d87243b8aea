"""An invoice reaches its customer by mail, with itself as a file, and says how it is paid."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import msgspec
import pytest

from service.documents.setting import Sheet
from service.integrations.mail import MailServer
from service.integrations.outside import Outside, open_outside
from service.kit.tasks.registry import Task
from service.kit.tasks.runner import Runner
from service.kit.verbs import Work as Working
from service.notices.background import deliver as deliver_plan
from service.notices.plans import Plan
from service.notices.records import Letter, NewNotice, Recipient
from service.settings import Settings
from service.worker.rooms import kinds
from tests.authorisations.matters import Matter
from tests.billing.builders import pay
from tests.documents.papers import IBAN, keep_account, pages_of
from tests.documents.test_set_paper import paper
from tests.kit.test_run_tasks import kind_of, state, want
from tests.notices.conftest import Mailbox, told

Work = Callable[[], Awaitable[int]]


async def invoiced(matter: Matter, **item: Any) -> dict[str, Any]:
    """An invoice of one item that was agreed and done; €80.00 unless told otherwise."""
    [item_id] = await matter.done({"unit_price": "8000"} | item)
    return await matter.posted({"item_id": item_id, "unit_price": item.get("unit_price", "8000")})


def mail_to(matter: Matter, mailbox: Mailbox, subject: str) -> Any:
    """The one mail of that subject to the matter's contact."""
    [mail] = [one for one in mailbox.to(f"{matter.contact_id}@a.example") if one["Subject"] == subject]
    return mail


def words_of(mail: Any) -> str:
    return str(mail.get_body(("plain",)).get_content()).replace("\u00a0", " ").replace("\r\n", "\n")


async def test_an_invoice_is_mailed_with_its_paper_and_says_how_it_is_paid(matter: Matter, mailbox: Mailbox, work: Work) -> None:
    await keep_account(matter.world, account_holder="Northwind GmbH", iban=IBAN)
    invoice = await invoiced(matter)
    await work()
    await work()
    mail = mail_to(matter, mailbox, "Your invoice INV-2026-1")
    text = words_of(mail)
    assert "our invoice INV-2026-1 of €80.00.\nPlease pay €80.00 by March" in text
    assert "\nAccount holder: Northwind GmbH\nIBAN: DE75 5121 0800 1245 1261 99\nPayment reference: RF85 INV2 0261\n\nIf something" in text
    [paper] = mail.iter_attachments()
    assert (paper.get_filename(), paper.get_content_type()) == ("Invoice INV-2026-1.pdf", "application/pdf")
    assert paper.get_content() == (await matter.world.get(f"/v1/invoices/{invoice['id']}/invoice.pdf")).content
    assert ("invoice", "handed_over", None) in await told(matter)


async def test_one_that_is_mailed_late_shows_both_as_they_were_when_it_was_issued(matter: Matter, mailbox: Mailbox, work: Work) -> None:
    invoice = await invoiced(matter)
    issued = (await matter.world.get(f"/v1/invoices/{invoice['id']}/invoice.pdf")).content
    await matter.world.changed("/v1/organisation", name="Southwind AG", address="Seestraße 9", language="de")
    await matter.world.changed(f"/v1/customers/{matter.customer_id}", name="Ada Lovelace")
    await work()
    [paper] = mail_to(matter, mailbox, "Your invoice INV-2026-1").iter_attachments()
    assert paper.get_content() == issued


async def test_it_is_written_in_the_customers_language(matter: Matter, mailbox: Mailbox, work: Work) -> None:
    await matter.world.changed(f"/v1/customers/{matter.customer_id}", language="de")
    await invoiced(matter)
    await work()
    mail = mail_to(matter, mailbox, "Ihre Rechnung INV-2026-1")
    for part in ("unsere Rechnung INV-2026-1 über 80,00 €.", " 80,00 € bis 18. März 2026."):
        assert part in words_of(mail)
    [paper] = mail.iter_attachments()
    assert paper.get_filename() == "Rechnung INV-2026-1.pdf"
    assert "Rechnung INV-2026-1" in pages_of(paper.get_content())[0]


async def test_what_was_paid_before_it_leaves_is_not_asked_for(matter: Matter, mailbox: Mailbox, work: Work) -> None:
    await keep_account(matter.world, account_holder="Northwind GmbH", iban=IBAN)
    invoice = await invoiced(matter)
    await pay(matter.world, 8_000, invoice_id=invoice["id"])
    await work()
    text = words_of(mail_to(matter, mailbox, "Your invoice INV-2026-1"))
    assert "there is nothing for you to pay." in text
    assert "Please pay" not in text
    assert "IBAN" not in text


async def test_an_invoice_without_anything_to_pay_and_a_refused_one_are_not_mailed(matter: Matter, mailbox: Mailbox, work: Work) -> None:
    await invoiced(matter, unit_price="0")
    [undone] = await matter.authorised({})
    await matter.refused({"item_id": undone})
    await work()
    assert [one for one in await told(matter) if one[0] == "invoice"] == []


async def test_posted_again_it_is_mailed_once(matter: Matter, mailbox: Mailbox, work: Work) -> None:
    [item_id] = await matter.done({})
    invoice_id = str(matter.world.id())
    for status in (201, 200):
        answer = await matter.post({"item_id": item_id}, id=invoice_id)
        assert answer.status_code == status, answer.text
        await work()
    assert [one for one in await told(matter) if one[0] == "invoice"] == [("invoice", "handed_over", None)]


async def test_the_wish_to_mail_it_stands_in_the_transaction_that_posts_it(matter: Matter) -> None:
    invoice = await invoiced(matter)
    [row] = await matter.world.sql(
        "select t.transaction_id::text as wished, i.transaction_id::text as posted from kit.task t join billing.invoice i on i.invoice_id = t.subject_id"
        " where t.kind = 'send_notice' and i.invoice_id::text = $1",
        invoice["id"],
    )
    assert row["wished"] == row["posted"]


async def test_without_a_mail_server_it_fails_and_says_so(matter: Matter, settings: Settings) -> None:
    await invoiced(matter)
    async with open_outside(settings) as without_mail:
        telling = {"send_notice": kinds()["send_notice"]}
        await Runner(matter.world.database, kinds=telling, outside=without_mail, clock=matter.world.clock, jitter=lambda: 0.0).drain()
    assert ("invoice", "failed", "no_mail_server") in await told(matter)


async def sent_with(matter: Matter, mailbox: Mailbox, settings: Settings, sheet: Sheet, *, seconds: int) -> tuple[str, int, str | None]:
    """How the task stands that mails this paper, after one run of it."""
    letter = Letter(Recipient("Ada", "paper@a.example"), "en", {}, sheet)

    async def write(_: Working) -> Letter:
        return letter

    async def deliver(run: Task) -> None:
        notice = NewNotice(run.task_id, "invoice", "invoice", run.subject_id, customer_id=UUID(matter.customer_id))
        await deliver_plan(run, Plan(notice, write, waits=False), paper_seconds=seconds)

    kind = msgspec.structs.replace(kinds()["send_notice"], name=kind_of(matter.world), handler=deliver)
    task_id = await want(matter.world)
    async with open_outside(settings) as plain:
        outside: Outside = msgspec.structs.replace(
            plain, mail=MailServer(host="127.0.0.1", port=mailbox.port, encryption="none", timeout_s=5)
        )
        await Runner(matter.world.database, kinds={kind.name: kind}, outside=outside, clock=matter.world.clock, jitter=lambda: 0.0).drain()
    assert mailbox.to("paper@a.example") == []
    return await state(matter.world, task_id)


async def test_what_is_too_long_for_a_paper_fails_once_and_for_all(matter: Matter, mailbox: Mailbox, settings: Settings) -> None:
    assert await sent_with(matter, mailbox, settings, paper(2_000), seconds=20) == ("done", 1, None)
    assert await told(matter) == [("invoice", "failed", "document_too_long")]


async def test_while_too_many_papers_are_set_it_waits_for_its_turn(matter: Matter, mailbox: Mailbox, settings: Settings) -> None:
    waiting = await sent_with(matter, mailbox, settings, paper(400), seconds=0)
    assert waiting == ("waiting", 1, "Too many documents are being set.")
    assert await told(matter) == [("invoice", "queued", "documents_busy")]


@pytest.fixture
async def unreachable(matter: Matter) -> Matter:
    """Nobody of the customer's has mail."""
    await matter.world.sql(
        "update customers.contact set channel = 'phone', address = '+49305550100' where contact_id::text = $1", matter.contact_id
    )
    return matter


async def test_a_customer_without_mail_is_not_sent_it_and_that_is_shown(unreachable: Matter, work: Work) -> None:
    await invoiced(unreachable)
    await work()
    assert ("invoice", "failed", "no_address") in await told(unreachable)
