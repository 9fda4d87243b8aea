"""Billing's records as sent and received."""
