"""How the account that the stand-in plays behaves in time. Every figure can be set through the controls."""

from typing import Literal

import msgspec


class Manners(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Delays by the stand-in's clock, in seconds; the fees of a European account."""

    fees_after_s: float = 5.0
    """`charge.updated` tells a charge's balance transaction so long after the charge: with `capture_method=automatic` at once."""
    debit_after_s: float = 180.0
    """A debit from a bank account is known to have worked, or not, so long after it was asked for."""
    refund_after_s: float = 5.0
    """A refund that will fail, or is pending at first, does so after this."""
    dispute_after_s: float = 1.0
    """The test cards that dispute, warn of fraud or call for a review do so after this."""
    available_after_s: float = 2 * 86_400.0
    """Money that came in can be paid out after this."""
    payouts: Literal["automatic", "manual"] = "automatic"
    payout_after_s: float = 86_400.0
    """From what became available to the automatic payout that carries it."""
    arrives_after_s: float = 86_400.0
    """From a payout to its arrival at the bank."""
    session_expires_after_s: float = 86_400.0
    card_fee_millis: int = 15
    card_fee_minor: int = 25
    terminal_fee_millis: int = 14
    terminal_fee_minor: int = 10
    debit_fee_minor: int = 35
    dispute_fee_minor: int = 2000
