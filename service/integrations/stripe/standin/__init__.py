"""A stateful stand-in for Stripe, shipped: people try Sayso with it, and our tests drive it.

A real HTTP server that answers the `stripe` package: payment intents, refunds, charges, events, webhook endpoints with signed and retried
deliveries, idempotency, a payable page. Start it with `serve`, or inside a program with `running_standin`. `Standin` drives either.
"""

from service.integrations.stripe.standin.remote import Standin
from service.integrations.stripe.standin.server import DEFAULT_API_KEY, running_standin, serve

__all__ = ["DEFAULT_API_KEY", "Standin", "running_standin", "serve"]
