"""Card payments: our attempt is committed before the provider is asked, and money is applied only if it equals the attempt in everything."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from msgspec.structs import replace

from service.billing.applying import apply
from service.billing.payments import NOBODY, account_of
from service.billing.queries.cards import (
    ATTEMPT_OF_INTENT,
    ATTEMPTS_NOT_FINAL,
    BEGIN_CARD_ATTEMPT,
    FIND_ATTEMPT,
    LIST_PARKED,
    MOVE_ATTEMPT,
)
from service.billing.records.cards import (
    AttemptWay,
    CardAttempt,
    CardAttemptBegun,
    DriveAgain,
    ParkedMoney,
    ReaderReason,
    ToldEvent,
    ToldIntent,
    ToldSession,
)
from service.billing.records.payments import PaymentOutcome
from service.billing.refusals import CurrencyDiffers, PayerUnclear, PaymentDiffers, ReceiptNumberTaken
from service.kit.paging import Page
from service.kit.refusals import Refusal
from service.kit.verbs import Lock, Work, verb

SWEPT_AFTER = timedelta(seconds=60)
"""How long the provider's own word is waited for before we ask."""


ABANDONED_AFTER = timedelta(hours=23)
"""A try that nobody paid by then is called off: the provider forgets our key for making it after a day, and would make another."""


UNHEARD_AFTER = timedelta(hours=1)
"""A try of which the provider never answered anything is given up by then: its own error is replayed under our key, and nobody can pay what we can't name."""


READER_SAID: dict[ReaderReason, tuple[str, str]] = {
    "declined": ("The customer's bank declined the card.", "Ask for the card again or for another one, or take the money another way."),
    "funds": ("There wasn't enough money for it.", "Ask for another card, or take a part in cash and send a link for the rest."),
    "expired": ("The card has expired.", "Ask for another card."),
    "pin": ("The PIN was wrong, or was wrong too often.", "Ask for the card again, or for another one."),
    "cancelled": ("The customer pressed cancel.", "Ask whether they want to pay another way; then ask the reader again, or send a link."),
    "timed_out": ("Nobody answered the reader in time.", "Ask the reader again once the customer is ready."),
    "offline": ("The reader can't be reached.", "Switch it on and connect it to the network, use another reader, or send a payment link."),
    "busy": (
        "The reader was asking for something else.",
        "Stop it (`POST /v1/card-readers/{reader_id}/stop`) or use another reader, and ask again.",
    ),
    "failed": ("The reader couldn't do it.", "Ask again; if it fails again, use another reader or send a payment link."),
}
"""Why a card reader brought nothing, and what helps whoever stands there."""


class NothingOpen(Refusal):
    """Nothing is open of what this would collect."""

    code, status, remedy = "NOTHING_OPEN", 409, "Read the customer's account for what is open."


class AttemptDiffers(Refusal):
    """This attempt was begun for another invoice, or another way."""

    code, status, remedy = "ATTEMPT_DIFFERS", 409, "Use a fresh id for another attempt."
    constraints = ("billing.collection_attempt_pkey",)


class AttemptRunning(Refusal):
    """Another try to collect this runs: begun at the same moment, or a charge that the customer's bank is busy with."""

    code, status, remedy = "ATTEMPT_RUNNING", 409, "Read the customer's account; then try again if something is still open."
    constraints = ("billing.one_open_attempt_per_invoice", "billing.one_open_attempt_per_claim")


class CardsNotSetUp(Refusal):
    """No card payments are set up here."""

    code, status, remedy = "CARDS_NOT_SET_UP", 409, "Ask the operator to set the payment provider's key, or pay another way."
    final = True


class CardRefused(Refusal):
    """The payment provider refused this payment."""

    code, status, remedy = "CARD_REFUSED", 409, "Read `detail`; begin another attempt, or pay another way."


class ProviderSilent(Refusal):
    """The payment provider gave no usable answer; the attempt stands."""

    code, status, remedy, retry_after = (
        "PROVIDER_SILENT",
        503,
        "Send the same request with the same `Idempotency-Key` again: it is done once. If the provider stays silent, begin another attempt.",
        5,
    )
    final = True


class WebhookNotTaken(Refusal):
    """This message isn't signed by our payment provider."""

    code, status, remedy = "WEBHOOK_NOT_TAKEN", 422, "Only the payment provider may send here; its signing secret is in the settings."
    final = True


class AlreadyResolved(Refusal):
    """A person has said before whose this money is."""

    code, status, remedy = "ALREADY_RESOLVED", 409, "Read the payment that was made of it."
    constraints = ("billing.parked_resolution_pkey",)


def account_of_attempt(attempt_id: UUID | None) -> Iterator[Lock]:
    """The billing account that an attempt collects for."""
    if attempt_id is not None:
        yield Lock.account_of("billing.collection_attempt", attempt_id)


@verb(
    refusals=(NothingOpen, AttemptDiffers, AttemptRunning),
    locks=lambda *, invoice_id, **_: account_of(invoice_id=invoice_id, customer_id=None),
)
async def begin_card_attempt(
    work: Work, *, invoice_id: UUID, attempt_id: UUID | None, livemode: bool, way: AttemptWay = "online"
) -> CardAttemptBegun:
    """Begins a try to collect what is open of an invoice by card; an earlier open try of the same invoice is called off."""
    return await work.run(
        BEGIN_CARD_ATTEMPT, invoice_id=invoice_id, claim_id=None, attempt_id=attempt_id or work.new_id(), livemode=livemode, way=way
    )


@verb(refusals=(NothingOpen, AttemptRunning), locks=lambda *, claim_id, **_: (Lock.account_of("billing.claim", claim_id),))
async def begin_claim_attempt(work: Work, *, claim_id: UUID, livemode: bool) -> CardAttemptBegun:
    """Begins a try to collect what is owed by no invoice, on the provider's page; an earlier open one is called off."""
    return await work.run(
        BEGIN_CARD_ATTEMPT, invoice_id=None, claim_id=claim_id, attempt_id=work.new_id(), livemode=livemode, way="checkout"
    )


@verb(refusals=(PaymentDiffers, ReceiptNumberTaken), locks=lambda *, intent, **_: account_of_attempt(intent.attempt_id))
async def hear_intent(work: Work, *, intent: ToldIntent, event: ToldEvent | None = None) -> PaymentOutcome:
    """Takes in what the provider says of an intent, by webhook, return page or sweeper, in any order and any number of times.

    Money that equals its attempt is applied; other money is kept and parked for a person. An intent without money moves its attempt's state up.
    """
    if intent.status != "succeeded" or not intent.received_minor:
        return await _note(work, intent=intent, event=event)
    return await apply(
        work,
        payment_id=work.new_id(),
        captured_at=intent.created_at,
        key_kind="payment_intent",
        key=intent.intent_id,
        method="card",
        amount_minor=intent.received_minor,
        currency=intent.currency,
        livemode=intent.livemode,
        attempt_id=intent.attempt_id,
        told_invoice_id=intent.invoice_id,
        mismatch=None if intent.organisation_id == work.organisation_id else "organisation" if intent.organisation_id else "missing",
        new_parked_id=work.new_id(),
        event_id=event.event_id if event else None,
        event_type=event.type if event else None,
        source_kind="card_clearing",
    )


@verb(locks=lambda *, session, **_: account_of_attempt(session.attempt_id))
async def hear_session(work: Work, *, session: ToldSession, event: ToldEvent | None = None) -> PaymentOutcome:
    """Takes in what the provider says of its page, in any order and any number of times: it moves its attempt's state, money is told of the intent."""
    return await work.run(
        MOVE_ATTEMPT,
        attempt_id=session.attempt_id if session.organisation_id == work.organisation_id else None,
        intent_id=session.intent_id,
        session_id=session.session_id,
        to_state=session.state,
        event_id=event.event_id if event else None,
        event_type=event.type if event else None,
        told_at=event.told_at if event else work.at,
    )


@verb(locks=lambda *, attempt_id: account_of_attempt(attempt_id))
async def close_attempt(work: Work, *, attempt_id: UUID) -> PaymentOutcome:
    """Calls off a try of which the provider holds nothing that anybody could pay."""
    return await work.run(
        MOVE_ATTEMPT,
        attempt_id=attempt_id,
        intent_id=None,
        session_id=None,
        to_state="closed",
        event_id=None,
        event_type=None,
        told_at=work.at,
    )


@verb(
    refusals=(PayerUnclear, AlreadyResolved, CurrencyDiffers, PaymentDiffers),
    locks=lambda *, whose, **_: account_of(invoice_id=whose.invoice_id, customer_id=whose.customer_id),
)
async def drive_parked_again(work: Work, *, parked_id: UUID, whose: DriveAgain) -> PaymentOutcome:
    """Applies parked money to the account that a person named, as any payment is applied."""
    if whose.invoice_id is None and whose.customer_id is None:
        raise PayerUnclear
    return await apply(
        work,
        payment_id=work.new_id(),
        captured_at=work.at,
        key_kind="payment_intent",
        key=None,
        method="card",
        invoice_id=whose.invoice_id,
        customer_id=whose.customer_id,
        parked_id=parked_id,
        source_kind="unmatched",
    )


async def find_attempt(work: Work, *, attempt_id: UUID) -> CardAttempt:
    """One try to collect by card, as it stands."""
    attempt = await work.one(FIND_ATTEMPT, attempt_id=attempt_id)
    if attempt.at_reader is None or attempt.at_reader.failure is None:
        return attempt
    failure = attempt.at_reader.failure
    detail, remedy = READER_SAID[failure.reason]
    return replace(attempt, at_reader=replace(attempt.at_reader, failure=replace(failure, detail=detail, remedy=remedy)))


async def attempt_of_intent(work: Work, *, intent_id: str) -> UUID | None:
    """Our try to collect by that intent; None for one that isn't ours."""
    return await work.first(ATTEMPT_OF_INTENT, intent_id=intent_id)


async def attempts_to_sweep(work: Work) -> list[CardAttempt]:
    """Tries of which nothing final was heard for a minute."""
    return await work.all(ATTEMPTS_NOT_FINAL, before=work.at - SWEPT_AFTER)


async def list_parked(work: Work, *, resolved: bool, limit: int, cursor: str | None) -> Page[ParkedMoney]:
    """Parked money and why it is parked, oldest first; what a person has placed is left out unless asked for."""
    purpose = f"parked {work.organisation_id} {resolved}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOBODY
    rows = await work.all(LIST_PARKED, after=after, resolved=resolved, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))


async def _note(work: Work, *, intent: ToldIntent, event: ToldEvent | None) -> PaymentOutcome:
    return await work.run(
        MOVE_ATTEMPT,
        attempt_id=intent.attempt_id if intent.organisation_id == work.organisation_id else None,
        intent_id=intent.intent_id,
        session_id=None,
        to_state=STATE_OF_STATUS.get(intent.status, "open"),
        event_id=event.event_id if event else None,
        event_type=event.type if event else None,
        told_at=event.told_at if event else work.at,
    )


STATE_OF_STATUS = {"canceled": "closed", "processing": "processing", "requires_capture": "processing"}
"""An intent's status as our state; every other one is open: the customer can still pay."""
