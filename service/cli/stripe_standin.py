"""`sayso stripe-standin`."""

import asyncio
import os
from functools import partial

import click

from service.integrations.stripe.standin.server import DEFAULT_API_KEY, serve


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=12111, show_default=True)
@click.option("--api-key", default=DEFAULT_API_KEY, show_default=True)
@click.option("--webhook-url", help="Where events go: `http://127.0.0.1:8000/v1/…`.")
@click.option("--public-url", help="Where browsers reach its pages, if elsewhere than Sayso does.")
def command(host: str, port: int, api_key: str, webhook_url: str | None, public_url: str | None) -> None:
    """Serve a stand-in of Stripe, for people without an account: never for real money.

    Events are signed with STRIPE_STANDIN_WEBHOOK_SECRET, or with a secret of its own that it prints. All it knows is in memory.
    """
    announce = partial(_announce, api_key)
    secret = os.environ.get("STRIPE_STANDIN_WEBHOOK_SECRET")
    asyncio.run(
        serve(
            host=host, port=port, api_key=api_key, webhook_url=webhook_url, webhook_secret=secret, public_url=public_url, announce=announce
        )
    )


def _announce(api_key: str, address: str, secret: str | None) -> None:
    click.echo(f"The stand-in of Stripe answers at  {address}   SAYSO_STRIPE_API_BASE")
    click.echo(f"It takes the key                   {api_key}   SAYSO_STRIPE_API_KEY")
    told = (
        "POST /v1/webhook_endpoints makes one; or start with --webhook-url"
        if secret is None
        else f"{secret}   SAYSO_STRIPE_WEBHOOK_SECRETS"
    )
    click.echo(f"Its events are signed with         {told}")
    click.echo(f"Its controls are under             {address}/_standin/   docs/stripe-standin.md")
