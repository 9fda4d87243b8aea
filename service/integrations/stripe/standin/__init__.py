"""A stateful stand-in for Stripe, shipped: people try Sayso with it, and our tests drive it.

A real HTTP server that answers the `stripe` package; docs/stripe-standin.md says what it plays. Start it with `serve`, or inside a program with
`running_standin` or `standin_in_process`. `Standin` drives any of them. All it knows is in memory and gone when it stops.
"""

from service.integrations.stripe.standin.remote import Standin
from service.integrations.stripe.standin.server import DEFAULT_API_KEY, running_standin, serve, standin_in_process

__all__ = ["DEFAULT_API_KEY", "Standin", "running_standin", "serve", "standin_in_process"]
