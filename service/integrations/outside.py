"""What a process reaches the outside world with, opened once from the settings."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import msgspec

from service.integrations.mail import MailServer, read_server
from service.integrations.radius import RadiusNetwork, read_radius
from service.integrations.stripe.client import Stripe, open_stripe
from service.integrations.texting import TEXT_CHANNELS, TextGateway
from service.integrations.travel.records import RoadEngine
from service.integrations.travel.roads import open_roads
from service.integrations.webhooks_out import Sender, open_sender
from service.settings import Settings


class Outside(msgspec.Struct, frozen=True):
    """Mail, short messages, card payments, webhooks, the network's RADIUS and what knows the roads; None is what the operator has not set up."""

    settings: Settings
    webhooks: Sender
    mail: MailServer | None
    texts: TextGateway | None
    stripe: Stripe | None
    radius: RadiusNetwork | None
    roads: RoadEngine | None


@asynccontextmanager
async def open_outside(settings: Settings) -> AsyncIterator[Outside]:
    """Everything the settings name, closed at the end of the block; raises what a wrong setting raises."""
    async with AsyncExitStack() as stack:
        yield Outside(
            settings=settings,
            webhooks=await stack.enter_async_context(open_sender()),
            mail=read_server(settings.smtp_url) if settings.smtp_url else None,
            texts=TextGateway(
                url=settings.text_url,
                secret=settings.text_secret,
                channels=frozenset(one for one in TEXT_CHANNELS if one in settings.text_channels),
            )
            if settings.text_url
            else None,
            stripe=await stack.enter_async_context(open_stripe(api_key=settings.stripe_api_key, address=settings.stripe_api_base or None))
            if settings.stripe_api_key
            else None,
            radius=read_radius(settings.provisioning_url) if settings.provisioning_url.startswith("radius://") else None,
            roads=await stack.enter_async_context(open_roads(settings.travel_url)) if settings.travel_url else None,
        )
