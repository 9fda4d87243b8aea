"""What each kind of notice is written with, made up: for the preview, and to try an operator's own templates with before anybody is told by them."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Told
from typing import Any, Final

from service.kit.money import Money
from service.notices.records import Kind

AT: Final = datetime(2026, 3, 4, 12, 30, tzinfo=UTC)
LATER: Final = datetime(2026, 3, 5, 8, 0, tzinfo=UTC)
ON: Final = date(2026, 3, 4)
ZONE: Final = "Europe/Berlin"
SECRET: Final = "l_" + "x" * 43
_VISIT: Final = Told(
    arrive=Told(from_=AT, until=LATER),
    site=Told(address="1 Mill Lane, 10115 Berlin"),
    technician_name="Robin Field",
    zone=ZONE,
    from_=AT,
)
_ITEM: Final = Told(description="Replace the pump", quantity="1", unit="piece", amount_minor=12_000, recurring=False)
_CONSENT: Final = Told(
    active=True,
    added_minor=12_000,
    authoriser="Ada Owner",
    channel="oral_phone",
    conditions=None,
    consented_at=AT,
    currency="EUR",
    number_called="+49 30 555 0177",
    received_by="Robin Field",
    tax_basis="net",
    total_minor=12_000,
)
_PAYING: Final[dict[str, Any]] = {
    "number": "R-2026-0007",
    "total_minor": 120_000,
    "open_minor": 60_000,
    "currency": "EUR",
    "due_on": ON,
    "account": [("IBAN", "DE89 3704 0044 0532 0130 00")],
    "pay_url": "https://visits.example/i/xxxxxxxx",
    "others": [(Told(number="R-2026-0003", due_on=ON, open_minor=4_500, currency="EUR"), None)],
}
_INCIDENT: Final[dict[str, Any]] = {
    "incident": Told(what="The line to Mill Lane is cut", kind="fault", begins_at=AT, until_at=LATER),
    "announced": False,
    "reason": "The digger has to come again",
}
_CHARGE: Final = Told(
    amount=Money(60_000, "EUR"), charge_on=ON, invoice_number="R-2026-0007", last="4242", verdict="ask_customer", customer_id=None
)
_PROMISE: Final[dict[str, Any]] = {
    "promise": Told(kind="call_back", due_at=LATER, words="About the router", subject_id="00000000-0000-7000-8000-000000000000"),
    "customer": Told(name="Ada Owner"),
    "broken": False,
}
_STEPS: Final[dict[str, Any]] = {
    "consent": _CONSENT,
    "handed_over": False,
    "approved": [_ITEM],
    "declined": [],
    "reference": "K7-2026-12",
}
_OF_VISIT: Final[dict[str, Any]] = {
    "visit": _VISIT,
    "told": Told(expected_at=LATER),
    "at": AT,
    "token": SECRET,
    "reference": "K7-2026-12",
    "instead": False,
    "late": None,
}
_COMPENSATION: Final[dict[str, Any]] = {
    "given": Told(
        amount_minor=1_228,
        currency="EUR",
        days=[
            Told(day=ON, nth=3, due_minor=500),
            Told(day=date(2026, 3, 5), nth=4, due_minor=500),
            Told(day=date(2026, 3, 6), nth=5, due_minor=1_000),
        ],
        due_minor=2_000,
        month_minor=2_990,
        set_off_minor=772,
        taken_back_for="Your service worked over the substitute line",
    ),
    "appointment": None,
    "reported_on": date(2026, 3, 1),
    "citation": "§ 58 Abs. 3 TKG",
}
_DEVICE: Final[dict[str, Any]] = {
    "device": Told(
        reference="D-2K7M9-QX2AB",
        asset_kind="router",
        asset_name="Hall router",
        serial="FB-7590-1",
        next_word_at=LATER,
        taken_at=AT,
        disposal="Fetched by the recycling yard.",
    ),
    "signed": Told(
        condition="Scratch on the lid",
        accessories=["Power supply"],
        photo_ids=["00000000-0000-7000-8000-000000000000"],
        signed_by="Ada Owner",
        captured_at=AT,
    ),
    "hours": [(0, "08:00", "17:00")],
    "address": "1 Mill Lane, 10115 Berlin",
    "loaners": [Told(name="Loan router 3", serial="L-3", back_by=LATER)],
}
_LOAN: Final[dict[str, Any]] = {
    "loan": Told(
        name="Loan router 3",
        serial="L-3",
        kind="router",
        device_name="Hall router",
        reference="D-2K7M9-QX2AB",
        signed_by="Ada Owner",
        accessories=["Power supply"],
        captured_at=AT,
        back_by=LATER,
    )
}
_OWN: Final[dict[Kind, dict[str, Any]]] = {
    "receipt": {"number": "Q-2026-0012", "amount": Money(60_000, "EUR"), "method": "cash", "paid_on": ON},
    "invoice": _PAYING,
    "credit_note": {
        "number": "G-2026-0001",
        "invoice_number": "R-2026-0007",
        "invoice_issued_on": ON,
        "total_minor": 10_000,
        "paid": [Told(number="R-2026-0007", paid_minor=10_000, open_minor=50_000)],
        "outages": [],
        "credit_minor": 0,
        "currency": "EUR",
    },
    "compensation_given": _COMPENSATION,
    "compensation_taken_back": _COMPENSATION,
    "payment_reminder": _PAYING | {"contested_minor": 1190},
    "payment_reversed": _PAYING | {"why": Told(cause="cheque_bounced", cheque_number="1234", cheque_dated_on=ON, cheque_bank="Mill Bank")},
    "claim_reminder": {
        "claim": Told(number="F-2026-0001", open_minor=60_000, currency="EUR", paid=Money(60_000, "EUR"), disputed=False),
        "paid_on": ON,
        "claimed_on": ON,
        "account": _PAYING["account"],
        "pay_url": _PAYING["pay_url"],
    },
    "saving_link": {"token": SECRET, "days": 30},
    "portal_link": {"token": SECRET},
    "charge_notice": {"charge": _CHARGE, "method": Told(kind="card", brand="visa", last4="4242")},
    "charge_failed": {"charge": _CHARGE, "token": SECRET},
    "case_answer": {"words": "The new router comes tomorrow.", "reference": "C7-2026-12"},
    "device_taken_in": _DEVICE,
    "device_news": _DEVICE | {"words": "The part has come; we test it tomorrow."},
    "device_ready": _DEVICE,
    "device_handed_back": _DEVICE,
    "device_scrapped": _DEVICE,
    "loaner_lent": _LOAN,
    "loaner_due": _LOAN,
    "consent_copy": _STEPS,
    "question_reply": {"question": "Is the pump new?", "reply": "Yes.", "token": SECRET, "reference": "K7-2026-12"},
    "approval_held": _STEPS | {"held_until": LATER, "changed_at": AT, "items": [], "former": False, "confirmed": False, "consent": None},
    "one_time_code": {"code": "123456"},
    "offer_link": {"token": SECRET, "expires_at": LATER, "reference": "K7-2026-12"},
    "invitation": {"token": "x" * 96},
    "password_reset": {"token": "x" * 96},
    "mail_code": {"asker": "Robin Field", "code": "7K2M-9QX2-ABCD"},
    "cash_limit_reached": {"colleague": "Robin Field", "limits": [Told(limit_minor=50_000, currency="EUR")]},
    "dispute_due": {
        "customer": "Ada Owner",
        "dispute": Told(amount=Money(60_000, "EUR"), answer="none", due_by=LATER),
        "due_on": ON,
    },
    "webhook_paused": {
        "webhook": Told(
            id="00000000-0000-7000-8000-000000000000", description="", url="https://books.example/hook", because="failing", failing_since=AT
        )
    },
    "incident_declared": _INCIDENT,
    "incident_moved": _INCIDENT,
    "incident_ended": _INCIDENT,
    "promise_due": _PROMISE,
    "promise_broken": _PROMISE | {"broken": True},
    "promise_renewed": _PROMISE,
    "visit_late": _OF_VISIT,
    "visit_on_time": _OF_VISIT,
    "visit_handed_over": _OF_VISIT,
    "visit_missed": _OF_VISIT,
    "visit_booked": _OF_VISIT,
    "visit_waits": _OF_VISIT | _INCIDENT,
    "visit_wait_ended": _OF_VISIT | _INCIDENT | {"comes": True},
    "visit_moved": _OF_VISIT,
    "visit_cancelled": _OF_VISIT,
}


def sample(kind: Kind) -> dict[str, Any]:
    """Everything that kind's template may say, with made-up people."""
    organisation = Told(name="Northwind", phone="+49 30 555 0100", email="help@northwind.example", zone=ZONE)
    return {"organisation": organisation, "name": "Ada Owner", "zone": ZONE, "public_url": "https://visits.example", **_OWN[kind]}
