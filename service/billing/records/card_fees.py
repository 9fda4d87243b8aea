"""Fees of card payments, as told."""

from uuid import UUID

import msgspec

from service.kit.money import Money


class CardFee(msgspec.Struct, frozen=True):
    """What the payment provider keeps of a card payment; the books take it in with the payout."""

    payment_id: UUID
    fee: Money
