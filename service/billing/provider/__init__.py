"""Card payments: what is asked of the payment provider, and what it tells."""
