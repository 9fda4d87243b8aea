"""What the provider told that isn't a payment: kept by its id, in whatever order it comes; what can't be matched yet waits, says why, and is driven again."""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from service.billing.payments import NOBODY
from service.billing.queries.events import (
    EVENTS_READ_UNTIL,
    FIND_WAITING,
    KEEP_EVENT,
    KNOWN_EVENTS,
    LIST_UNAPPLIED,
    MOVE_EVENT_CURSOR,
    PAYMENT_OF_INTENT,
    SETTLE_WAITING,
    WAITING_DUE,
)
from service.billing.records.cards import ToldEvent
from service.billing.records.events import EventSettled, Heard, KeptEvent, PaymentOfIntent, Unapplied, WaitingEvent
from service.kit.paging import Page
from service.kit.verbs import Work, verb
from service.kit.words import marked

TRIED_AGAIN_AFTER = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
FIRST_LOOK_BACK = timedelta(days=1)
OVERLAP = timedelta(minutes=10)
"""The provider doesn't promise that its ids order by commit: what was read is read again this far back."""
WHY: dict[str, tuple[str, str]] = {
    "UNKNOWN_ATTEMPT": (marked("The money names no try of ours to collect it."), marked("Say whose it is.")),
    "AMOUNT_DIFFERS": (
        marked("The amount isn't the one that was asked for."),
        marked("Say whose it is: what is too much becomes credit."),
    ),
    "CURRENCY_DIFFERS": (
        marked("The currency isn't the one that was asked for."),
        marked("Put it on the customer's account, or refund it."),
    ),
    "LIVEMODE_DIFFERS": (
        marked("It is test money for a real try to collect, or the other way round."),
        marked("Check the provider's keys in the settings."),
    ),
    "METADATA_DIFFERS": (marked("What it names isn't the invoice that was asked for."), marked("Say whose it is.")),
    "INTENT_DIFFERS": (marked("It came by another payment than the one that was begun."), marked("Say whose it is.")),
    "PAYMENT_UNKNOWN": (
        marked("The payment that it is about hasn't come in yet."),
        marked("Nothing: the provider is asked about it by itself."),
    ),
    "MONEY_PARKED": (
        marked("The money that it is about is put aside."),
        marked("Say whose that money is; then this is taken in by itself."),
    ),
    "REFUND_UNKNOWN": (
        marked("It names a refund of ours that isn't here."),
        marked("Look the refund up at the provider; was a backup restored?"),
    ),
    "NOT_COVERED": (
        marked("The customer has no credit that it could be taken from."),
        marked("Credit the invoice; then this is taken in by itself."),
    ),
    "FIGURES_DIFFER": (marked("Its amount or currency isn't the payment's."), marked("Compare it with the payment at the provider.")),
}
"""Why something isn't applied, and what helps."""


@verb()
async def keep_event(
    work: Work,
    *,
    event: ToldEvent,
    heard: Heard,
    object_json: str,
    amount: tuple[int, str] | None,
    intent_id: str | None,
    task_kind: str | None = None,
    task_body: dict[str, str] | None = None,
) -> KeptEvent:
    """Keeps an event with what became of it; what waits is driven again, and what it announces is fetched by a task."""
    return await work.run(
        KEEP_EVENT,
        event_id=event.event_id,
        event_type=event.type,
        told_at=event.told_at,
        outcome=heard.outcome,
        intent_id=intent_id,
        object=object_json,
        task_kind=task_kind,
        task_body=msgspec.json.encode(task_body or {}).decode(),
        amount_minor=amount[0] if amount else None,
        currency=amount[1] if amount else None,
        next_try_at=work.at + TRIED_AGAIN_AFTER,
        **_told(heard),
    )


@verb()
async def settle_waiting(work: Work, *, waiting: WaitingEvent, heard: Heard) -> EventSettled:
    """Says what became of an event that was driven again; each try is further off than the one before, up to six hours."""
    pause = min(TRIED_AGAIN_AFTER * 2 ** min(waiting.tries + 1, 20), LONGEST_PAUSE)
    next_try_at = work.at + pause if heard.reason else None
    return await work.run(SETTLE_WAITING, event_id=waiting.event_id, next_try_at=next_try_at, **_told(heard))


@verb()
async def move_event_cursor(work: Work, *, read_until: datetime) -> KeptEvent:
    """Says up to when the provider's own list of events was read."""
    return await work.run(MOVE_EVENT_CURSOR, read_until=read_until)


async def payment_of_intent(work: Work, *, intent_id: str) -> PaymentOfIntent | None:
    """The payment that an intent brought, if it has come in."""
    return await work.first(PAYMENT_OF_INTENT, intent_id=intent_id)


async def waiting_due(work: Work) -> list[WaitingEvent]:
    """Events that are to be tried again now."""
    return await work.all(WAITING_DUE)


async def find_waiting(work: Work, *, event_id: str) -> WaitingEvent:
    """One event that waits."""
    return await work.one(FIND_WAITING, event_id=event_id)


async def events_wanted_since(work: Work) -> datetime:
    """From when on the provider's list is to be read."""
    read_until = await work.first(EVENTS_READ_UNTIL)
    return read_until - OVERLAP if read_until else work.at - FIRST_LOOK_BACK


async def unknown_events(work: Work, *, event_ids: list[str]) -> set[str]:
    """Those of them that we haven't kept."""
    known = await work.all(KNOWN_EVENTS, event_ids=event_ids)
    return set(event_ids).difference(known)


async def list_unapplied(work: Work, *, intent_id: str | None, limit: int, cursor: str | None) -> Page[Unapplied]:
    """What came and isn't applied, oldest first: why not, what helps, and when it is tried again by itself."""
    purpose = f"unapplied {work.organisation_id} {intent_id}"
    after_at, after_id = work.cursors.read(purpose, cursor) if cursor else ("1970-01-01T00:00:00+00:00", "")
    rows = await work.all(LIST_UNAPPLIED, intent_id=intent_id, after_at=datetime.fromisoformat(after_at), after_id=after_id, limit=limit)
    page = work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.since.isoformat(), row.id))
    told = [
        Unapplied(
            row.id, row.kind, row.reason, *WHY[row.reason], row.intent_id, row.amount, row.told_at, row.since, row.next_try_at, row.customer_id,
            row.invoice_number,
        )
        for row in page.items
    ]  # fmt: skip
    return Page(told, page.next)


def _told(heard: Heard) -> dict[str, Any]:
    return {
        "reason": heard.reason,
        "fact_kind": heard.fact_kind,
        "customer_id": heard.customer_id,
        "payment_id": heard.payment_id or NOBODY,
    }
