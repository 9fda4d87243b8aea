"""Card payments through Stripe: the client, its webhooks, and a stand-in for people without an account."""

API_VERSION = "2026-10-28.endive"
"""The version of Stripe's API that Sayso speaks: that of the pinned `stripe` package. A test notices when the package moves on."""
