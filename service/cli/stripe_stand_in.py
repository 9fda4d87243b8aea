"""`sayso stripe-stand-in`."""

import asyncio
import os

import click

from service.integrations.stripe.standin.server import DEFAULT_API_KEY, serve


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=12111, show_default=True)
@click.option("--api-key", default=DEFAULT_API_KEY, show_default=True)
@click.option("--webhook-url", help="Where events go: `http://127.0.0.1:8000/v1/…`.")
def command(host: str, port: int, api_key: str, webhook_url: str | None) -> None:
    """Serve a stand-in of Stripe, for people without an account: never for real money. Events are signed with STRIPE_STAND_IN_WEBHOOK_SECRET."""
    secret = os.environ.get("STRIPE_STAND_IN_WEBHOOK_SECRET")
    asyncio.run(serve(host=host, port=port, api_key=api_key, webhook_url=webhook_url, webhook_secret=secret, announce=_announce))


def _announce(address: str) -> None:
    click.echo(f"The stand-in of Stripe answers at {address}")
