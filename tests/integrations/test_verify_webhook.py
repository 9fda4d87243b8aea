"""Who may tell us of a payment: only who holds a live secret, now, over these very bytes."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
import stripe

from service.integrations.stripe.records import PaymentIntent
from service.integrations.stripe.webhooks import BODY_LIMIT_BYTES, WebhookRefused, verify_and_read

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SECRET, OLDER = "whsec_one", "whsec_two"
INTENT = {
    "id": "pi_1",
    "object": "payment_intent",
    "amount": 12345,
    "amount_received": 12345,
    "created": 1,
    "currency": "eur",
    "livemode": False,
    "metadata": {"attempt": "a1"},
    "status": "succeeded",
}


def body_of(**changes: object) -> bytes:
    event = {"id": "evt_1", "object": "event", "type": "payment_intent.succeeded", "created": 1_770_000_000, "livemode": False}
    return msgspec.json.encode({**event, "data": {"object": INTENT}, **changes})


def signed(body: bytes, *, secret: str = SECRET, at: datetime = NOW) -> str:
    return str(stripe.WebhookSignature.generate_signature_header(body.decode(), secret, int(at.timestamp())))


def read(body: bytes, header: str | None, *, secrets: tuple[str, ...] = (SECRET, OLDER)):
    return verify_and_read(raw_body=body, signature_header=header, secrets=secrets, now=NOW)


def reason(body: bytes, header: str | None, *, secrets: tuple[str, ...] = (SECRET, OLDER)) -> str:
    with pytest.raises(WebhookRefused) as refused:
        read(body, header, secrets=secrets)
    return refused.value.reason


@pytest.mark.parametrize("secret", [SECRET, OLDER])
def test_either_of_two_live_secrets_vouches(secret: str):
    event = read(body_of(), signed(body_of(), secret=secret))
    assert (event.id, event.type, event.livemode) == ("evt_1", "payment_intent.succeeded", False)
    assert isinstance(event.object, PaymentIntent)
    assert (event.object.amount_minor, event.object.currency, event.object.metadata) == (12345, "EUR", {"attempt": "a1"})


def test_a_retired_secret_vouches_no_more():
    assert reason(body_of(), signed(body_of(), secret=OLDER), secrets=(SECRET,)) == "forged"


@pytest.mark.parametrize("secrets", [(), ("",), (" ", "\n")])
def test_without_a_secret_nothing_passes(secrets: tuple[str, ...]):
    assert reason(body_of(), signed(body_of(), secret="x"), secrets=secrets) == "disabled"


@pytest.mark.parametrize("seconds,outcome", [(-301, "old"), (301, "future"), (-3 * 24 * 3600, "old"), (10**9, "future")])
def test_an_old_or_future_signature_is_refused(seconds: int, outcome: str):
    assert reason(body_of(), signed(body_of(), at=NOW + timedelta(seconds=seconds))) == outcome


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_clocks_may_differ_by_five_minutes(seconds: int):
    assert read(body_of(), signed(body_of(), at=NOW + timedelta(seconds=seconds))).id == "evt_1"


def test_a_body_written_anew_is_refused():
    body = body_of()
    assert reason(msgspec.json.format(body, indent=2), signed(body)) == "forged"


def test_a_changed_amount_is_refused():
    assert reason(body_of().replace(b"12345", b"92345"), signed(body_of())) == "forged"


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "t=1",
        "v1=abc",
        "t=,v1=00",
        "t=１２,v1=00",
        "t=1_0,v1=00",
        "t=-5,v1=00",
        "t=1,t=2,v1=00",
        "v1=00,t=1",
        "t=1,v1=" + "0" * 5000,
        "t=1" + ",v1=00" * 1000,
        "t=1,v1=é",
    ],
)
def test_a_header_that_is_no_signature_is_refused(header: str | None):
    assert reason(body_of(), header) == "unsigned"


def test_another_scheme_of_signature_vouches_for_nothing():
    assert reason(body_of(), signed(body_of()).replace("v1=", "v0=")) == "forged"


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b"null", b'{"object":"event"}', b"[" * 100_000, b'{"object":"v2.core.event","id":"evt_1"}']
)
def test_a_signed_body_that_is_no_event_is_refused(body: bytes):
    assert reason(body, signed(body)) == "unreadable"


def test_a_body_that_is_no_text_is_refused():
    assert reason(b"\xff\xfe", "t=1,v1=00") == "forged"


def test_a_huge_body_is_refused_before_it_is_hashed():
    assert reason(b" " * (BODY_LIMIT_BYTES + 1), "t=1,v1=00") == "unreadable"


@pytest.mark.parametrize(
    "thing",
    [
        {**INTENT, "amount": -1},
        {**INTENT, "amount": 1.5},
        {**INTENT, "amount": "12345"},
        {**INTENT, "status": "levitating"},
        {**INTENT, "object": "charge"},
        {"id": "pi_1"},
    ],
)
def test_an_object_of_an_unknown_shape_is_kept_unread(thing: dict[str, object]):
    body = body_of(data={"object": thing})
    event = read(body, signed(body))
    assert event.object is None
    assert event.unread is not None
    assert msgspec.json.decode(event.object_json) == thing


def test_a_kind_we_do_not_read_is_kept_as_it_came():
    body = body_of(type="invoice.upcoming")
    event = read(body, signed(body))
    assert event.object is None
    assert msgspec.json.decode(event.object_json) == INTENT


def test_fields_we_do_not_know_are_no_reason_to_refuse():
    body = body_of(data={"object": {**INTENT, "invented_next_year": {"deep": [1]}}})
    assert isinstance(read(body, signed(body)).object, PaymentIntent)
