"""What a webhook costs beside what it must: its signature verified, read, and one `apply`; and what its size adds."""

import json
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from statistics import median
from typing import Any

import msgspec
import stripe

from service.app import build
from service.billing.provider.cards import begin_card_attempt, hear_intent
from service.billing.provider.desk import told
from service.billing.records.cards import CardAttemptBegun, ToldEvent
from service.integrations.stripe.records import PaymentIntent
from service.integrations.stripe.webhooks import verify_and_read
from tests.bench.company import Company, many

SECRET = "whsec_only_for_benchmarks"
PARTS = 3


async def measure(company: Company, count: int) -> dict[str, Any]:
    """Medians of events that pay an invoice each, one after another, in one process: bare, and through the route at 1 kB and at 20 kB."""
    app = build(settings=msgspec.structs.replace(company.settings, stripe_webhook_secrets=(SECRET,)), database=company.database)
    bills = await many(PARTS * count, lambda _: company.billed())
    attempts = [await company.do(begin_card_attempt, invoice_id=invoice_id, attempt_id=None, livemode=False) for _, invoice_id, _ in bills]
    bodies = [_event(company, attempt, kilobytes=20 if number % PARTS == 2 else 1) for number, attempt in enumerate(attempts)]

    async def bare(number: int) -> None:
        event = verify_and_read(raw_body=bodies[number], signature_header=_signed(bodies[number]), secrets=(SECRET,), now=datetime.now(UTC))
        assert isinstance(event.object, PaymentIntent)
        await company.do(
            hear_intent, intent=told(event.object), event=ToldEvent(event_id=event.id, type=event.type, told_at=event.created_at)
        )

    async def route(number: int) -> None:
        assert await _posted(app, f"/v1/organisations/{company.organisation_id}/stripe-events", bodies[number]) == 200

    acts: list[Callable[[int], Awaitable[None]]] = [bare, route, route]
    taken: list[list[float]] = [[], [], []]
    for number in range(len(bodies)):  # in turns, so that what else the machine does falls on all alike
        began = time.perf_counter()
        await acts[number % PARTS](number)
        taken[number % PARTS].append((time.perf_counter() - began) * 1000)
    least, small, large = (median(one[len(one) // 10 :]) for one in taken)
    return {
        "webhook_ms": round(small, 2),
        "webhook_vs_verify_and_apply": round(small / least, 2),
        "webhook_20_kb_vs_1_kb": round(large / small, 2),
    }


def _event(company: Company, attempt: CardAttemptBegun, *, kilobytes: int) -> bytes:
    intent = {
        "object": "payment_intent", "id": f"pi_{attempt.attempt_id.hex}", "amount": attempt.amount.amount, "amount_received": attempt.amount.amount,
        "currency": attempt.amount.currency.lower(), "status": "succeeded", "livemode": False, "created": int(time.time()),
        "metadata": {
            "organisation_id": str(company.organisation_id), "invoice_id": str(attempt.invoice_id), "attempt_id": str(attempt.attempt_id),
        },
    }  # fmt: skip
    event = {
        "id": f"evt_{attempt.attempt_id.hex}", "object": "event", "type": "payment_intent.succeeded", "created": int(time.time()), "livemode": False,
        "data": {"object": intent},
    }  # fmt: skip
    # as Stripe fills an event: many small fields, and lists of them
    line = {
        "id": "li_1",
        "object": "line_item",
        "amount": 1,
        "description": "a line of an order",
        "quantity": 1,
        "price": {"id": "price_1"},
    }
    intent["lines"] = [line] * max(0, (1000 * kilobytes - len(json.dumps(event))) // len(json.dumps(line)))
    return json.dumps(event).encode()


def _signed(body: bytes) -> str:
    moment = int(time.time())
    return f"t={moment},v1={stripe.WebhookSignature._compute_signature(f'{moment}.{body.decode()}', SECRET)}"


async def _posted(app: Any, path: str, body: bytes) -> int:
    """One request straight to the application, without a client's own cost: the answer's status."""
    statuses: list[int] = []
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http", "path": path, "raw_path": path.encode(),
        "query_string": b"", "root_path": "", "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "state": {}, "app": app,
        "headers": [(b"host", b"127.0.0.1"), (b"stripe-signature", _signed(body).encode()), (b"content-length", str(len(body)).encode())],
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    await app(scope, receive, send)
    return statuses[0]
