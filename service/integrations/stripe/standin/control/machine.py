"""Controls of the machine itself: its clock, what goes wrong with calls, outages."""

import asyncio
from collections.abc import Awaitable

import msgspec

from service.integrations.stripe.standin.account import StandIn
from service.integrations.stripe.standin.faults import PlannedFault, StripeFault


class Advance(msgspec.Struct, forbid_unknown_fields=True):
    seconds: float


class Settle(msgspec.Struct, forbid_unknown_fields=True):
    within_s: float = 10.0


class Hanging(msgspec.Struct, forbid_unknown_fields=True):
    count: int = 1
    within_s: float = 10.0


class Outage(msgspec.Struct, forbid_unknown_fields=True):
    seconds: float


class Dice(msgspec.Struct, forbid_unknown_fields=True):
    seed: int


class Nothing(msgspec.Struct, forbid_unknown_fields=True):
    pass


async def reset(standin: StandIn, body: bytes) -> object:
    msgspec.json.decode(body, type=Nothing)
    await standin.reset()
    return {"reset": True}


async def advance(standin: StandIn, body: bytes) -> object:
    """What was due in between has happened when this answers, each thing at its moment."""
    standin.provider.clock.advance(msgspec.json.decode(body, type=Advance).seconds)
    await standin.run_due()
    return {"now": standin.provider.clock.now()}


async def manners(standin: StandIn, body: bytes) -> object:
    """Changes only what is told."""
    told = msgspec.json.decode(body, type=dict[str, object])
    current = msgspec.to_builtins(standin.provider.manners)
    standin.provider.manners = msgspec.convert({**current, **told}, type(standin.provider.manners))
    return standin.provider.manners


async def faults(standin: StandIn, body: bytes) -> object:
    standin.provider.faults.append(msgspec.json.decode(body, type=PlannedFault))
    return {"planned": len(standin.provider.faults)}


async def no_faults(standin: StandIn, body: bytes) -> object:
    msgspec.json.decode(body, type=Nothing)
    standin.provider.faults.clear()
    return {"planned": 0}


async def dice(standin: StandIn, body: bytes) -> object:
    standin.provider.random.seed(msgspec.json.decode(body, type=Dice).seed)
    return {"dice": True}


async def outage(standin: StandIn, body: bytes) -> object:
    """For so long by the stand-in's clock every call is 503 and no webhook leaves; 0 ends it."""
    provider = standin.provider
    provider.down_until = provider.clock.now() + msgspec.json.decode(body, type=Outage).seconds
    provider.clock.wake()
    return {"down_until": provider.down_until}


async def settle(standin: StandIn, body: bytes) -> object:
    wanted = msgspec.json.decode(body, type=Settle)
    await standin.run_due()
    await _within(wanted.within_s, standin.courier.settled(), "Deliveries are still under way.")
    return {"deliveries": len(standin.courier.deliveries)}


async def hanging(standin: StandIn, body: bytes) -> object:
    wanted = msgspec.json.decode(body, type=Hanging)
    await _within(wanted.within_s, standin.until_hanging(wanted.count), "Not so many calls hang.")
    return {"hanging": standin.hanging}


async def _within(seconds: float, awaited: Awaitable[None], otherwise: str) -> None:
    try:
        async with asyncio.timeout(seconds):
            await awaited
    except TimeoutError:
        raise StripeFault(504, otherwise) from None


async def let_go(standin: StandIn, body: bytes) -> object:
    msgspec.json.decode(body, type=Nothing)
    return {"let_go": standin.let_go()}


ACTS = {
    "reset": reset,
    "clock": advance,
    "manners": manners,
    "faults": faults,
    "faults/none": no_faults,
    "dice": dice,
    "outage": outage,
    "calls/hanging": hanging,
    "calls/let_go": let_go,
    "settle": settle,
}
