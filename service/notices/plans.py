"""From the task that wanted somebody told to what they are told: which notice about what, and who writes it."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any
from uuid import UUID

import msgspec

from service.kit.tasks.registry import TaskHopeless
from service.kit.verbs import Work
from service.notices.address_letters import write_mail_code
from service.notices.case_letters import write_case_answer
from service.notices.claim_letters import write_claim_reminder
from service.notices.compensation_letters import write_compensation_given, write_compensation_taken_back
from service.notices.device_letters import (
    write_device_handed_back,
    write_device_news,
    write_device_ready,
    write_device_scrapped,
    write_device_taken_in,
    write_loan,
)
from service.notices.incident_letters import write_incident_declared, write_incident_ended, write_incident_moved
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
    write_portal_link,
    write_question_reply,
    write_receipt,
    write_saving_link,
    write_to_staff,
)
from service.notices.promise_letters import write_promise_renewed, write_promise_watched
from service.notices.records import Kind, Letter, NewNotice, Withdrawn
from service.notices.visit_letters import (
    write_visit_handed_over,
    write_visit_late,
    write_visit_missed,
    write_visit_told,
    write_visit_wait_ended,
    write_visit_waits,
)
from service.notices.webhook_letters import write_webhook_paused

Write = Callable[..., Coroutine[Any, Any, Letter | Withdrawn]]
WRITERS: dict[str, tuple[str, Write]] = {
    "receipt": ("payment", write_receipt),
    "invoice": ("invoice", write_invoice),
    "credit_note": ("credit_note", write_credit_note),
    "compensation_given": ("compensation", write_compensation_given),
    "compensation_taken_back": ("compensation", write_compensation_taken_back),
    "payment_reminder": ("invoice", write_payment_reminder),
    "payment_reversed": ("invoice", write_payment_reversed),
    "claim_reminder": ("claim", write_claim_reminder),
    "charge_notice": ("invoice", write_charge_notice),
    "promise_renewed": ("promise", write_promise_renewed),
    "saving_link": ("customer", write_saving_link),
    "portal_link": ("customer", write_portal_link),
    "charge_failed": ("attempt", write_charge_failed),
    "incident_declared": ("incident", write_incident_declared),
    "incident_moved": ("incident", write_incident_moved),
    "incident_ended": ("incident", write_incident_ended),
    "visit_booked": ("visit", write_visit_told),
    "visit_moved": ("visit", write_visit_told),
    "visit_cancelled": ("visit", write_visit_told),
    "visit_waits": ("visit", write_visit_waits),
    "visit_wait_ended": ("visit", write_visit_wait_ended),
    "visit_late": ("visit", write_visit_late),
    "visit_on_time": ("visit", write_visit_late),
    "visit_handed_over": ("visit", write_visit_handed_over),
    "visit_missed": ("visit", write_visit_missed),
    "case_answer": ("message", write_case_answer),
    "device_taken_in": ("device_custody", write_device_taken_in),
    "device_news": ("message", write_device_news),
    "device_ready": ("device_custody", write_device_ready),
    "device_handed_back": ("device_custody", write_device_handed_back),
    "device_scrapped": ("device_custody", write_device_scrapped),
    "loaner_lent": ("loan", write_loan),
    "loaner_due": ("loan", write_loan),
    "consent_copy": ("authorisation", write_consent_copy),
    "question_reply": ("question", write_question_reply),
    "approval_held": ("authorisation", write_approval_held),
    "offer_link": ("presentation", write_offer_link),
    "one_time_code": ("presentation", write_code),
    "cash_limit_reached": ("custody", write_cash_limit_reached),
    "promise_due": ("promise", write_promise_watched),
    "promise_broken": ("promise", write_promise_watched),
    "dispute_due": ("dispute", write_dispute_due),
    "webhook_paused": ("webhook", write_webhook_paused),
    "mail_code": ("mail_address", write_mail_code),
    "invitation": ("staff", write_to_staff),
    "password_reset": ("staff", write_to_staff),
}
"""What each notice is about, and who writes it."""
OF_TASK: dict[str, Kind] = {
    "send_link": "offer_link",
    "send_code": "one_time_code",
    "send_invitation": "invitation",
    "send_password_reset": "password_reset",
}
"""What tasks of a kind of their own tell."""
TO_CONTACTS = frozenset({"portal_link", "case_answer", "consent_copy", "question_reply", "approval_held", "offer_link", "one_time_code"})
TO_STAFF = frozenset({"cash_limit_reached", "promise_due", "promise_broken", "dispute_due", "webhook_paused", "mail_code"})
PAID_BY_LINK = frozenset({"invoice", "payment_reminder", "payment_reversed", "claim_reminder"})
"""They carry the link by which what they are about is paid."""
OF_VISITS = frozenset(
    {
        "visit_booked",
        "visit_moved",
        "visit_cancelled",
        "visit_late",
        "visit_on_time",
        "visit_handed_over",
        "visit_missed",
        "visit_waits",
        "visit_wait_ended",
    }
)
WITH_ID: dict[str, str] = {
    "saving_link": "link_id",
    "portal_link": "link_id",
    "charge_failed": "link_id",
    "offer_link": "link_id",
    "one_time_code": "code_id",
    "mail_code": "code_id",
    "invitation": "mail_link_id",
    "password_reset": "mail_link_id",
}
"""Which id of their task they are written with."""


class Plan(msgspec.Struct, frozen=True):
    """A notice to queue, and who writes its letter when it leaves."""

    notice: NewNotice
    write: Callable[[Work], Coroutine[Any, Any, Letter | Withdrawn]]
    waits: bool
    """Without a mail server it waits for one: what colleagues need to come in, and what ends by itself."""


def plan_of(
    *, task_id: UUID, task_kind: str, subject_id: UUID, body: dict[str, Any], pay_home: str | None, request_id: UUID | None = None
) -> Plan:
    """What the task wants told; raises TaskHopeless."""
    kind: Any = OF_TASK.get(task_kind) or body.get("notice")
    if kind not in WRITERS:
        raise TaskHopeless("no such notice")
    subject_kind, write = WRITERS[kind]
    about, whom = _about(kind, subject_id, body)
    notice = NewNotice(
        notice_id=UUID(body["notice_id"]) if "notice_id" in body else task_id,
        kind=kind,
        subject_kind=subject_kind,
        subject_id=about.get("incident_id") or subject_id,
        request_id=request_id,
        **whom,
    )
    if kind in PAID_BY_LINK:
        about["pay_home"] = pay_home
    return Plan(notice, partial(write, **about), waits=kind in {"invitation", "password_reset"})


def _about(kind: Kind, subject_id: UUID, body: dict[str, Any]) -> tuple[dict[str, Any], dict[str, UUID | None]]:
    """What the letter is written with, and to whom the notice is."""
    given: dict[str, Any] = {WITH_ID[kind]: UUID(body[WITH_ID[kind]])} if kind in WITH_ID else {}
    if kind in {"invitation", "password_reset"}:
        staff = {"staff_id": UUID(body["staff_id"])}
        return given | staff | {"purpose": kind}, dict(staff)
    if kind in TO_STAFF:
        staff = {"staff_id": UUID(body["staff_id"])}
        return given | staff | {"subject_id": subject_id} | ({"crossing": body["crossing"]} if kind == "dispute_due" else {}), dict(staff)
    if kind.startswith("incident_"):
        given = {"customer_id": subject_id, "incident_id": UUID(body["incident_id"])}
        return given | ({"estimate": body["estimate"]} if kind == "incident_moved" else {}), {"customer_id": subject_id}
    customer = {"customer_id": UUID(body["customer_id"])}
    given["subject_id"] = subject_id
    if kind in TO_CONTACTS:
        whom = customer | {"contact_id": UUID(body["contact_id"]) if body.get("contact_id") else None}
        return given | (
            whom | {"former_version": body["former_version"]} if kind == "approval_held" else {} if kind == "portal_link" else customer
        ), dict(whom)
    if kind in OF_VISITS:
        given["of"] = body
    return given if kind in {"saving_link", "charge_failed"} else given | customer, dict(customer)
