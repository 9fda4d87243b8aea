"""Money that is put aside is given back: it goes to the account that a person named, and what nobody owes of it back to its card."""

from uuid import UUID, uuid5

from service.billing.provider.cards import drive_parked_again
from service.billing.provider.desk import Desk
from service.billing.records.cards import DriveAgain
from service.billing.records.payments import PaymentOutcome, PositiveMoney
from service.billing.records.refunds import NewRefund
from service.billing.refunds import propose_refund


async def give_back_parked(desk: Desk, *, parked_id: UUID, customer_id: UUID) -> PaymentOutcome:
    """Puts it on a customer's account and sends back to its card what then is credit; what they owe is paid first, as by any money of theirs."""
    placed: PaymentOutcome = await desk.do(drive_parked_again, parked_id=parked_id, whose=DriveAgain(customer_id=customer_id))
    if placed.amount is not None and placed.credit_minor > 0:
        back = PositiveMoney(min(placed.amount.amount, placed.credit_minor), placed.amount.currency)
        ours = uuid5(parked_id, "refund")  # asked for twice is once
        refund = NewRefund(id=ours, amount=back, via="card", reason="Paid without being asked", payment_id=placed.payment_id)
        await desk.do(propose_refund, customer_id=customer_id, refund=refund)
    return placed
