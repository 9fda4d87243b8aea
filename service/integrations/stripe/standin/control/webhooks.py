"""Controls of the courier: where events go, and how unruly."""

from typing import Literal

import msgspec

from service.integrations.stripe.standin.account import StandIn
from service.integrations.stripe.standin.control.machine import Nothing
from service.integrations.stripe.standin.deliveries import Rule
from service.integrations.stripe.standin.nouns import endpoints


class Release(msgspec.Struct, forbid_unknown_fields=True):
    order: Literal["as_sent", "reversed", "shuffled"] = "as_sent"


class Register(msgspec.Struct, forbid_unknown_fields=True):
    url: str
    secret: str | None = None
    enabled_events: list[str] = msgspec.field(default_factory=lambda: ["*"])


class Roll(msgspec.Struct, forbid_unknown_fields=True):
    endpoint: str
    expire_old: bool = False


class Resend(msgspec.Struct, forbid_unknown_fields=True):
    event: str


async def deliver(standin: StandIn, body: bytes) -> object:
    standin.courier.rules.append(msgspec.json.decode(body, type=Rule))
    return {"rules": len(standin.courier.rules)}


async def plainly(standin: StandIn, body: bytes) -> object:
    msgspec.json.decode(body, type=Nothing)
    standin.courier.rules.clear()
    return {"rules": 0}


async def release(standin: StandIn, body: bytes) -> object:
    return {"released": await standin.courier.release(order=msgspec.json.decode(body, type=Release).order)}


async def resend(standin: StandIn, body: bytes) -> object:
    event = standin.provider.find("event", msgspec.json.decode(body, type=Resend).event)
    return {"deliveries": standin.courier.dispatch(event, Rule())}


async def register(standin: StandIn, body: bytes) -> object:
    wanted = msgspec.json.decode(body, type=Register)
    return endpoints.register(standin.provider, url=wanted.url, events=wanted.enabled_events, secret=wanted.secret)


async def roll(standin: StandIn, body: bytes) -> object:
    wanted = msgspec.json.decode(body, type=Roll)
    return await standin.act_outside(lambda call: endpoints.roll_secret(call, wanted.endpoint, expire_old=wanted.expire_old))


ACTS = {
    "webhooks": deliver,
    "webhooks/plain": plainly,
    "webhooks/release": release,
    "webhooks/resend": resend,
    "webhook_endpoints": register,
    "webhook_endpoints/roll": roll,
}
