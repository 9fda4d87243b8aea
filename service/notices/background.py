"""Notices leave: queued by the fact that wants them, checked against the truth, handed over once or, where the answer was lost, once more."""

from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from service.billing.provider.pay_links import card_home
from service.documents.setting import DocumentTooLong, pdf_of
from service.identity.mail_links import Purpose
from service.integrations.mail import Attachment, Delivery, MailMalformed, MailServer, send
from service.integrations.outside import Outside
from service.kit.refusals import Busy
from service.kit.tasks.registry import Later, Task, TaskFailed, TaskHopeless, task
from service.kit.verbs import Work
from service.notices.case_letters import write_case_answer
from service.notices.claim_letters import write_claim_reminder
from service.notices.incident_letters import waking_of, write_incident_declared, write_incident_ended, write_incident_moved
from service.notices.letters import (
    write_approval_held,
    write_cash_limit_reached,
    write_charge_failed,
    write_charge_notice,
    write_code,
    write_consent_copy,
    write_credit_note,
    write_dispute_due,
    write_invoice,
    write_offer_link,
    write_payment_reminder,
    write_payment_reversed,
    write_question_reply,
    write_receipt,
    write_saving_link,
    write_to_staff,
)
from service.notices.notices import ENDED, fail_notices, move_notice, take_up_notice
from service.notices.promise_letters import write_promise_renewed, write_promise_watched
from service.notices.records import Kind, Letter, NewNotice, NoticeNow, State, Withdrawn
from service.notices.visit_letters import write_visit_handed_over, write_visit_late, write_visit_missed
from service.notices.wording import mail_of

Write = Callable[..., Coroutine[Any, Any, Letter | Withdrawn]]
TO_CUSTOMERS: dict[str, tuple[Kind, str, Write]] = {
    "receipt": ("receipt", "payment", write_receipt),
    "invoice": ("invoice", "invoice", write_invoice),
    "credit_note": ("credit_note", "credit_note", write_credit_note),
    "payment_reminder": ("payment_reminder", "invoice", write_payment_reminder),
    "payment_reversed": ("payment_reversed", "invoice", write_payment_reversed),
    "claim_reminder": ("claim_reminder", "claim", write_claim_reminder),
    "charge_notice": ("charge_notice", "invoice", write_charge_notice),
    "promise_renewed": ("promise_renewed", "promise", write_promise_renewed),
}
PAID_BY_LINK = {"invoice", "payment_reminder", "payment_reversed", "claim_reminder"}
"""They carry the link by which what they are about is paid."""
WITH_LINK: dict[str, tuple[Kind, str, Write]] = {
    "saving_link": ("saving_link", "customer", write_saving_link),
    "charge_failed": ("charge_failed", "attempt", write_charge_failed),
}
"""To a customer, with a link to their own page."""
OF_INCIDENTS: dict[str, tuple[Kind, Write]] = {
    "incident_declared": ("incident_declared", write_incident_declared),
    "incident_moved": ("incident_moved", write_incident_moved),
    "incident_ended": ("incident_ended", write_incident_ended),
}
"""To a customer, not by night; the task is the customer's, so that nobody's night keeps a mail from another."""
TO_STAFF: dict[str, tuple[Kind, str, Write]] = {
    "cash_limit_reached": ("cash_limit_reached", "custody", write_cash_limit_reached),
    "promise_due": ("promise_due", "promise", write_promise_watched),
    "promise_broken": ("promise_broken", "promise", write_promise_watched),
}
OF_VISITS: dict[str, tuple[Kind, Write]] = {
    "visit_late": ("visit_late", write_visit_late),
    "visit_on_time": ("visit_on_time", write_visit_late),
    "visit_handed_over": ("visit_handed_over", write_visit_handed_over),
    "visit_missed": ("visit_missed", write_visit_missed),
}
"""To a customer, on the day of their visit."""
TO_CONTACTS: dict[str, tuple[Kind, str, Write]] = {
    "case_answer": ("case_answer", "message", write_case_answer),
    "consent_copy": ("consent_copy", "authorisation", write_consent_copy),
    "question_reply": ("question_reply", "question", write_question_reply),
}
ATTEMPTS, FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 40, 30, 3600
"""About a day and a half."""
PAPER_SECONDS = 20
"""The longest that a mail waits for its file, so that there is time left to hand it over."""
NO_SERVER_PAUSE = timedelta(minutes=1)


@task("send_notice", attempts=ATTEMPTS, seconds=60, first_pause_seconds=FIRST_PAUSE_SECONDS, longest_pause_seconds=LONGEST_PAUSE_SECONDS)
async def send_notice(run: Task) -> None:
    """Tells a customer, or a colleague, what the task's `notice` says, about its subject."""
    notice = run.body.get("notice")
    if notice in TO_CUSTOMERS:
        kind, subject_kind, write = TO_CUSTOMERS[notice]
        customer_id = UUID(run.body["customer_id"])
        letter = partial(write, customer_id=customer_id, subject_id=run.subject_id)
        if notice in PAID_BY_LINK:
            letter = partial(letter, pay_home=card_home(run.outside.settings))
        await _deliver(run, kind, letter, customer_id=customer_id, subject_kind=subject_kind)
    elif notice in WITH_LINK:
        kind, subject_kind, write = WITH_LINK[notice]
        customer_id = UUID(run.body["customer_id"])
        letter = partial(write, subject_id=run.subject_id, link_id=UUID(run.body["link_id"]))
        await _deliver(run, kind, letter, customer_id=customer_id, subject_kind=subject_kind)
    elif notice in OF_INCIDENTS:
        await _deliver_of_incident(run, *OF_INCIDENTS[notice])
    elif notice in OF_VISITS:
        kind, write = OF_VISITS[notice]
        customer_id = UUID(run.body["customer_id"])
        letter = partial(write, customer_id=customer_id, subject_id=run.subject_id, of=run.body)
        await _deliver(run, kind, letter, customer_id=customer_id, subject_kind="visit")
    elif notice in TO_CONTACTS:
        kind, subject_kind, write = TO_CONTACTS[notice]
        await _deliver_to_contact(run, kind, write, subject_kind=subject_kind)
    elif notice == "approval_held":
        write = partial(write_approval_held, former_version=run.body["former_version"])
        await _deliver_to_contact(run, "approval_held", write, subject_kind="authorisation")
    elif notice in TO_STAFF:
        kind, subject_kind, write = TO_STAFF[notice]
        staff_id = UUID(run.body["staff_id"])
        letter = partial(write, staff_id=staff_id, subject_id=run.subject_id)
        await _deliver(run, kind, letter, staff_id=staff_id, subject_kind=subject_kind)
    elif notice == "dispute_due":
        staff_id = UUID(run.body["staff_id"])
        letter = partial(write_dispute_due, staff_id=staff_id, subject_id=run.subject_id, crossing=run.body["crossing"])
        await _deliver(run, "dispute_due", letter, staff_id=staff_id, subject_kind="dispute")
    else:
        raise TaskHopeless("no such notice")


@task("send_link", attempts=ATTEMPTS, seconds=60, first_pause_seconds=2, longest_pause_seconds=600)
async def send_link(run: Task) -> None:
    """Mails a contact the link to the page of an offer, while it can be answered."""
    write = partial(write_offer_link, link_id=UUID(run.body["link_id"]))
    await _deliver_to_contact(run, "offer_link", write, subject_kind="presentation")


@task("send_code", attempts=8, seconds=60, first_pause_seconds=2, longest_pause_seconds=60)
async def send_code(run: Task) -> None:
    """Mails a contact the one-time code that confirms an answer, while it is good."""
    write = partial(write_code, code_id=UUID(run.body["code_id"]))
    await _deliver_to_contact(run, "one_time_code", write, subject_kind="presentation")


@task("send_invitation", attempts=ATTEMPTS, seconds=60, first_pause_seconds=5, longest_pause_seconds=LONGEST_PAUSE_SECONDS)
async def send_invitation(run: Task) -> None:
    """Mails somebody the link they join by."""
    await _deliver_link(run, "invitation")


@task("send_password_reset", attempts=8, seconds=60, first_pause_seconds=5, longest_pause_seconds=600)
async def send_password_reset(run: Task) -> None:
    """Mails somebody the link they choose a new password by."""
    await _deliver_link(run, "password_reset")


async def _deliver_to_contact(run: Task, kind: Kind, write: Write, *, subject_kind: str) -> None:
    """To one of a customer's people, whom the task names; where it names nobody there was nobody with an address."""
    customer_id = UUID(run.body["customer_id"])
    contact_id = UUID(run.body["contact_id"]) if run.body.get("contact_id") else None
    letter = partial(write, customer_id=customer_id, contact_id=contact_id, subject_id=run.subject_id)
    await _deliver(run, kind, letter, customer_id=customer_id, contact_id=contact_id, subject_kind=subject_kind)


async def _deliver_of_incident(run: Task, kind: Kind, write: Write) -> None:
    if (waking := await run.read(waking_of, customer_id=run.subject_id)) > run.at:
        raise Later(waking)
    incident_id = UUID(run.body["incident_id"])
    letter = partial(write, customer_id=run.subject_id, incident_id=incident_id)
    if kind == "incident_moved":
        letter = partial(letter, estimate=run.body["estimate"])
    await _deliver(run, kind, letter, customer_id=run.subject_id, subject_kind="incident", subject_id=incident_id)


async def _deliver_link(run: Task, purpose: Purpose) -> None:
    staff_id = UUID(run.body["staff_id"])
    letter = partial(write_to_staff, staff_id=staff_id, mail_link_id=UUID(run.body["mail_link_id"]), purpose=purpose)
    await _deliver(run, purpose, letter, staff_id=staff_id, subject_kind="staff", waits=True)


async def _deliver(
    run: Task,
    kind: Kind,
    write: Callable[[Work], Awaitable[Letter | Withdrawn]],
    *,
    subject_kind: str,
    subject_id: UUID | None = None,
    customer_id: UUID | None = None,
    contact_id: UUID | None = None,
    staff_id: UUID | None = None,
    waits: bool = False,
    paper_seconds: float = PAPER_SECONDS,
) -> None:
    """Hands it over. Without a mail server it fails, or `waits` for one: what colleagues need to come in, and what ends by itself."""
    outside: Outside = run.outside
    notice = NewNotice(
        notice_id=run.task_id,
        kind=kind,
        customer_id=customer_id,
        contact_id=contact_id,
        staff_id=staff_id,
        subject_kind=subject_kind,
        subject_id=subject_id or run.subject_id,
        request_id=run.request_id,
    )
    if outside.mail is None and not waits and (await run.perform_together(fail_notices, notice)).state in ENDED:
        return
    taken_up = await run.perform(take_up_notice, notice=notice, write=write, mail=outside.mail is not None, waits=waits)
    if outside.mail is None and taken_up.now.state not in ENDED:
        raise Later(run.at + NO_SERVER_PAUSE)
    if taken_up.letter is not None and outside.mail is not None:
        try:
            files = await _attached(taken_up.letter, seconds=paper_seconds)
        except DocumentTooLong:
            await _move(run, taken_up.now, "failed", "document_too_long")
        except Busy:
            await _move(run, taken_up.now, "failed" if run.last else "queued", "documents_busy")
            raise TaskFailed("Too many documents are being set.") from None
        else:
            await _hand_over(run, taken_up.now, taken_up.letter, files, server=outside.mail)


async def _attached(letter: Letter, *, seconds: float) -> tuple[Attachment, ...]:
    """The letter's paper, under the name that stands on top of it. Raises DocumentTooLong and Busy: then nothing was sent."""
    if letter.paper is None:
        return ()
    content = await pdf_of(letter.paper, seconds=seconds)
    return (Attachment(name=f"{letter.paper.content['title']}.pdf", media_type="application/pdf", content=content),)


async def _hand_over(run: Task, now: NoticeNow, letter: Letter, files: tuple[Attachment, ...], *, server: MailServer) -> None:
    outside: Outside = run.outside
    mail = mail_of(letter, kind=now.kind, notice_id=now.id, dated_at=now.queued_at, settings=outside.settings, attachments=files)
    try:
        delivery = await send(mail, server=server)
    except MailMalformed:
        await _move(run, now, "refused", "address_malformed")
    else:
        await _settle(run, now, delivery)


async def _settle(run: Task, now: NoticeNow, delivery: Delivery) -> None:
    if delivery.state == "refused" and delivery.passing and not run.last:
        await _move(run, now, "queued", "mail_server_busy", delivery.code)
        raise TaskFailed(f"The mail server can't take it now ({delivery.code or 'not reached'}).")
    if delivery.state == "refused" and delivery.passing:
        await _move(run, now, "failed", "mail_server_unavailable", delivery.code)
        return
    await _move(run, now, delivery.state, None, delivery.code)
    if delivery.state == "unknown":
        raise TaskFailed("The mail server's answer was lost.")


async def _move(run: Task, now: NoticeNow, to_state: State, reason: str | None = None, answer_code: int | None = None) -> None:
    await run.perform(move_notice, notice_id=now.id, step=now.step, to_state=to_state, reason=reason, answer_code=answer_code)
