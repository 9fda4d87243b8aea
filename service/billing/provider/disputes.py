"""Disputes of card payments: what the provider takes back is owed again, what it gives back pays again; a status never goes back."""

from datetime import datetime
from uuid import UUID

from service.billing.applying import apply
from service.billing.queries.events import LIST_DISPUTES, NOTE_DISPUTE, WITHDRAW_DISPUTED
from service.billing.records.events import DisputeHeard, DisputeNow, PaymentOfIntent
from service.billing.records.payments import PaymentOutcome
from service.billing.refusals import CurrencyDiffers, PaymentDiffers
from service.kit.paging import EARLIEST, Page
from service.kit.verbs import Lock, Work, verb


@verb(locks=lambda *, payment_id, **_: (Lock.account_of("billing.payment", payment_id),))
async def note_dispute(
    work: Work,
    *,
    payment_id: UUID,
    provider_dispute_id: str,
    amount_minor: int,
    reason: str,
    status: str,
    due_by: datetime | None,
    opened_at: datetime,
    told_at: datetime,
) -> DisputeHeard:
    """Takes in how a dispute stands, in any order: its first telling opens it, a later one moves it up, or its last moment, or nothing."""
    return await work.run(
        NOTE_DISPUTE,
        new_dispute_id=work.new_id(),
        payment_id=payment_id,
        provider_dispute_id=provider_dispute_id,
        amount_minor=amount_minor,
        reason=reason,
        status=status,
        due_by=due_by,
        opened_at=opened_at,
        told_at=told_at,
    )


@verb(locks=lambda *, dispute_id, **_: (Lock.account_of("billing.dispute", dispute_id),))
async def withdraw_disputed(work: Work, *, dispute_id: UUID, payment_id: UUID) -> DisputeHeard:
    """Takes the disputed money out of what it had paid: that is open again, service stays for now. Once, however often it is told.

    What it had paid by no invoice, or the customer had back meanwhile, they owe again by no invoice.
    """
    return await work.run(WITHDRAW_DISPUTED, dispute_id=dispute_id, payment_id=payment_id, reversal_id=work.new_id())


@verb(refusals=(PaymentDiffers, CurrencyDiffers), locks=lambda *, paid, **_: (Lock.account_of("billing.payment", paid.payment_id),))
async def reinstate_disputed(
    work: Work, *, paid: PaymentOfIntent, provider_dispute_id: str, amount_minor: int, told_at: datetime
) -> PaymentOutcome:
    """Applies the money that a won dispute brought back, as any payment is applied: the same invoice first. Once."""
    return await apply(
        work,
        payment_id=work.new_id(),
        captured_at=told_at,
        key_kind="dispute",
        key=provider_dispute_id,
        method="card",
        amount_minor=amount_minor,
        currency=paid.currency,
        invoice_id=paid.invoice_id,
        customer_id=paid.customer_id,
        source_kind="card_clearing",
    )


async def list_disputes(work: Work, *, decided: bool, limit: int, cursor: str | None) -> Page[DisputeNow]:
    """Disputes that a bank hasn't decided, those whose evidence is due first before the others; decided ones too if asked for."""
    purpose = f"disputes {work.organisation_id} {decided}"
    after_at, after_id = work.cursors.read_moment(purpose, cursor, begins=EARLIEST)
    rows = await work.all(LIST_DISPUTES, decided=decided, after_at=after_at, after_id=after_id, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: ((row.due_by or row.opened_at).isoformat(), str(row.id)))
