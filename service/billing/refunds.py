"""Refunds: out of a customer's credit first, then to the customer; what can't be paid comes back into the credit."""

from contextlib import suppress
from typing import Literal
from uuid import UUID

from service.billing.cash.hand_ins import MoreThanHeld
from service.billing.payments import NOBODY
from service.billing.queries.refunds import FIND_REFUND, LIST_DOUBLE_PAYMENTS, LIST_REFUNDS, PROPOSE_REFUND, SETTLE_REFUND
from service.billing.records.refunds import DoublePayment, NewRefund, Refund, RefundReceipt
from service.billing.refusals import CreditAlreadyUsed, TakerUnclear
from service.customers.customers import find_customer
from service.kit.lists import under
from service.kit.paging import Page
from service.kit.refusals import Refusal
from service.kit.verbs import Kept, Lock, Work, verb

BY_NO_LINE: dict[str, None] = {"line_id": None, "line_step": None}


class RefundDiffers(Refusal):
    """This refund was proposed before, with something else in it."""

    code, status, remedy = "REFUND_DIFFERS", 409, "Use a fresh id for another refund."
    constraints = ("billing.refund_pkey",)


class RefundWayUnclear(Refusal):
    """Only a card payment of this customer, in this currency, is refunded to its card."""

    code, status, remedy = "REFUND_WAY_UNCLEAR", 422, "Send `payment_id` of a card payment with `via: card`, and none otherwise."
    constraints = ("billing.refund_to_its_card",)


class RefundBeyondPayment(Refusal):
    """This is more than is left of the payment."""

    code, status, remedy = "REFUND_BEYOND_PAYMENT", 409, "Refund at most what the card paid and hasn't had back; the rest another way."


class CreditNotCleared(Refusal):
    """This credit came by a cheque that hasn't cleared: it may bounce yet."""

    code, status, remedy = (
        "CREDIT_NOT_CLEARED",
        409,
        "Wait until the cheque clears, or say that it has: `POST /v1/payments/{payment_id}/clear`.",
    )


class CreditOwed(Refusal):
    """The customer owes this: their credit pays that first."""

    code, status, remedy = "CREDIT_OWED", 409, "Refund what is beyond what they owe; their credit pays what is open by itself."


class RefundSettled(Refusal):
    """This refund has ended another way."""

    code, status, remedy = "REFUND_SETTLED", 409, "Read the refund."
    constraints = ("billing.refund_outcome_pkey",)


class RefundByCard(Refusal):
    """This refund goes back to a card: the payment provider says how it ends."""

    code, status, remedy = "REFUND_BY_CARD", 409, "Wait for the provider and read the refund; one that fails is credit again by itself."


@verb(
    refusals=(RefundDiffers, RefundWayUnclear, RefundBeyondPayment, CreditAlreadyUsed, CreditNotCleared, CreditOwed),
    locks=lambda *, customer_id, **_: (Lock.account(customer_id),),
)
async def propose_refund(work: Work, *, customer_id: UUID, refund: NewRefund) -> RefundReceipt:
    """Sets part of a customer's credit aside to go back to them; to a card it is sent by itself."""
    return await work.run(
        PROPOSE_REFUND,
        refund_id=refund.id or work.new_id(),
        customer_id=customer_id,
        amount_minor=refund.amount.amount,
        currency=refund.amount.currency,
        via=refund.via,
        payment_id=refund.payment_id,
        reason=refund.reason,
        at_provider=False,
    )


@verb(
    refusals=(RefundDiffers, RefundWayUnclear, RefundBeyondPayment, CreditAlreadyUsed),
    locks=lambda *, customer_id, **_: (Lock.account(customer_id),),
)
async def take_refund_of_provider(work: Work, *, customer_id: UUID, refund: NewRefund, provider_refund_id: str) -> RefundReceipt:
    """Takes in a refund that was made and paid at the provider: out of the customer's credit, once however often it is told."""
    proposed = await work.run(
        PROPOSE_REFUND,
        refund_id=refund.id,
        customer_id=customer_id,
        amount_minor=refund.amount.amount,
        currency=refund.amount.currency,
        via=refund.via,
        payment_id=refund.payment_id,
        reason=refund.reason,
        at_provider=True,
    )
    with suppress(Kept):
        return await work.run(
            SETTLE_REFUND,
            refund_id=proposed.refund_id,
            outcome="paid",
            paid_by=None,
            by_hand=False,
            provider_refund_id=provider_refund_id,
            **BY_NO_LINE,
        )
    return proposed


@verb(
    refusals=(RefundDiffers, RefundBeyondPayment, CreditAlreadyUsed, CreditNotCleared, CreditOwed),
    locks=lambda *, payment_id: (Lock.account_of("billing.payment", payment_id),),
)
async def refund_double_payment(work: Work, *, payment_id: UUID) -> RefundReceipt:
    """Sends what an invoice was paid too much back to the card, as it is proposed: one yes of a person's is enough."""
    proposal = await work.one(LIST_DOUBLE_PAYMENTS, payment_id=payment_id, after=NOBODY, limit=0)
    return await work.run(
        PROPOSE_REFUND,
        refund_id=work.new_id(),
        customer_id=proposal.customer_id,
        amount_minor=proposal.amount.amount,
        currency=proposal.amount.currency,
        via="card",
        payment_id=payment_id,
        reason="Paid twice",
        at_provider=False,
    )


async def list_double_payments(work: Work, *, limit: int, cursor: str | None) -> Page[DoublePayment]:
    """Refunds that wait for a person's yes: invoices that were paid twice, by card and at the door, and what could go back to the card."""
    purpose = f"double payments {work.organisation_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOBODY
    rows = await work.all(LIST_DOUBLE_PAYMENTS, payment_id=None, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.payment_id,))


@verb(
    refusals=(TakerUnclear, RefundSettled, RefundByCard, MoreThanHeld, CreditNotCleared, CreditOwed),
    locks=lambda *, refund_id, paid_by: (Lock.account_of("billing.refund", refund_id), Lock.day(paid_by)),
)
async def pay_refund(work: Work, *, refund_id: UUID, paid_by: UUID) -> RefundReceipt:
    """Says that a refund was paid: cash out of the caller's hands, or by bank."""
    if work.principal.kind != "staff":
        raise TakerUnclear
    return await work.run(
        SETTLE_REFUND, refund_id=refund_id, outcome="paid", paid_by=paid_by, by_hand=True, provider_refund_id=None, **BY_NO_LINE
    )


@verb(
    refusals=(RefundSettled, RefundByCard),
    locks=lambda *, refund_id: (Lock.account_of("billing.refund", refund_id),),
)
async def cancel_refund(work: Work, *, refund_id: UUID) -> RefundReceipt:
    """Calls off a refund in cash or by bank that won't be paid, as where the bank refused it: the money is the customer's credit again."""
    return await work.run(
        SETTLE_REFUND, refund_id=refund_id, outcome="cancelled", paid_by=None, by_hand=True, provider_refund_id=None, **BY_NO_LINE
    )


@verb(
    refusals=(RefundSettled,),
    locks=lambda *, refund_id, **_: (Lock.account_of("billing.refund", refund_id),),
)
async def hear_refund(work: Work, *, refund_id: UUID, outcome: Literal["paid", "failed"], provider_refund_id: str | None) -> RefundReceipt:
    """Takes in how a refund to a card ended; one that failed is the customer's credit again."""
    return await work.run(
        SETTLE_REFUND,
        refund_id=refund_id,
        outcome=outcome,
        paid_by=None,
        by_hand=False,
        provider_refund_id=provider_refund_id,
        **BY_NO_LINE,
    )


async def find_refund(work: Work, *, refund_id: UUID) -> Refund:
    """One refund, as it stands."""
    return await work.one(FIND_REFUND, refund_id=refund_id)


@under(find_customer)
async def list_refunds(work: Work, *, customer_id: UUID, limit: int, cursor: str | None) -> Page[Refund]:
    """A customer's refunds in the order they were proposed."""
    purpose = f"refunds {work.organisation_id} {customer_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOBODY
    rows = await work.all(LIST_REFUNDS, customer_id=customer_id, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))
