"""What the provider keeps of a card payment, known before its payout."""

from uuid import UUID

from service.billing.provider.desk import Desk, asked
from service.billing.provider.events import payment_of_intent
from service.billing.queries.card_fees import FIND_CARD_FEE, KEEP_CARD_FEE
from service.billing.records.card_fees import CardFee
from service.integrations.stripe.client import retrieve_balance_transaction
from service.kit.verbs import Work, verb


@verb()
async def keep_card_fee(work: Work, *, payment_id: UUID, transaction_name: str, currency: str, fee_minor: int) -> CardFee:
    """Keeps the fee of a card payment, once."""
    return await work.run(KEEP_CARD_FEE, payment_id=payment_id, transaction_name=transaction_name, currency=currency, fee_minor=fee_minor)


async def find_card_fee(work: Work, *, payment_id: UUID) -> CardFee:
    """What the payment provider keeps of a card payment; not found until it has told."""
    return await work.one(FIND_CARD_FEE, payment_id=payment_id)


async def hear_fee(desk: Desk, *, intent_id: str, transaction_name: str) -> bool:
    """Asks the provider for the fee of a payment that is here; whether it is. Raises CardRefused, ProviderSilent."""
    paid = await desk.ask(payment_of_intent, intent_id=intent_id)
    if paid is None:
        return False
    if paid.payment_id is not None:  # money that is put aside has its fee with its payout
        moved = await asked(retrieve_balance_transaction(desk.provider, name=transaction_name))
        await desk.do(
            keep_card_fee, payment_id=paid.payment_id, transaction_name=moved.id, currency=moved.currency, fee_minor=moved.fee_minor
        )
    return True
