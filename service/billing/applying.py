"""The one function that applies money, however it came."""

from datetime import datetime
from typing import Any
from uuid import UUID

from service.billing.queries.payments import APPLY
from service.billing.queries.write_offs import HAS_WRITTEN_OFF, RECOVER_WRITTEN_OFF
from service.billing.records.payments import PaymentOutcome
from service.kit.ids import in_letters
from service.kit.verbs import Again, Work


async def apply(work: Work, *, payment_id: UUID, captured_at: datetime, **told: Any) -> PaymentOutcome:
    """The one function that applies money. What isn't told is nothing; the caller holds the account's lock.

    What was written off is looked for only where a payment leaves something over or pays anything but what it names: it is recovered then, and paid by it.
    """
    values: dict[str, Any] = dict.fromkeys(
        (
            "customer_id", "invoice_id", "taken_by", "visit_id", "corrects", "parked_id", "attempt_id", "event_id", "event_type", "livemode", "told_invoice_id",
            "mismatch", "new_parked_id", "amount_minor", "currency",
        )
    )  # fmt: skip
    number = receipt_number(payment_id, captured_at)
    values |= told
    if work.again:
        known = ("customer_id", "invoice_id", "attempt_id", "parked_id", "amount_minor", "currency")
        await work.part().run(RECOVER_WRITTEN_OFF, recovery_id=work.new_id(), **{name: values[name] for name in known})
    outcome = await work.run(
        APPLY, **{"source_holder": "", "payment_id": payment_id, "captured_at": captured_at, "receipt_number": number, **values}
    )
    if not work.again and work.status == 201 and _may_recover(outcome) and await work.one(HAS_WRITTEN_OFF, payment_id=payment_id):
        raise Again
    return outcome


def _may_recover(outcome: PaymentOutcome) -> bool:
    return outcome.credit_minor > 0 or (
        outcome.invoice_id is not None and {paid.invoice_id for paid in outcome.paid} != {outcome.invoice_id}
    )


def receipt_number(payment_id: UUID, captured_at: datetime) -> str:
    """The day and the last forty bits of the payment's id: a phone can print it before anybody is asked, and no counter makes payments wait."""
    return f"R-{captured_at:%Y%m%d}-{in_letters(payment_id.int, 8)}"
