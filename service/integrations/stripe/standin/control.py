"""The controls under `/_standin/`: what no provider offers and every test needs. JSON in, JSON out, no key asked: loopback only."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Literal

import msgspec

from service.integrations.asgi import Answer, Request, json_answer
from service.integrations.stripe.standin import endpoints, intents, refunds
from service.integrations.stripe.standin.account import StandIn
from service.integrations.stripe.standin.deliveries import Rule
from service.integrations.stripe.standin.faults import PlannedFault, StripeFault
from service.integrations.stripe.standin.state import Call, Thing


class Advance(msgspec.Struct, forbid_unknown_fields=True):
    seconds: float


class Settle(msgspec.Struct, forbid_unknown_fields=True):
    within_s: float = 10.0


class Hanging(msgspec.Struct, forbid_unknown_fields=True):
    count: int = 1
    within_s: float = 10.0


class Release(msgspec.Struct, forbid_unknown_fields=True):
    order: Literal["as_sent", "reversed"] = "as_sent"


class Register(msgspec.Struct, forbid_unknown_fields=True):
    url: str
    secret: str | None = None
    enabled_events: list[str] = msgspec.field(default_factory=lambda: ["*"])


class Roll(msgspec.Struct, forbid_unknown_fields=True):
    endpoint: str
    expire_old: bool = False


class Pay(msgspec.Struct, forbid_unknown_fields=True):
    intent: str
    payment_method: str = "pm_card_visa"
    authenticates: bool = True


class FailRefund(msgspec.Struct, forbid_unknown_fields=True):
    refund: str


class Resend(msgspec.Struct, forbid_unknown_fields=True):
    event: str


class Nothing(msgspec.Struct, forbid_unknown_fields=True):
    pass


async def handle(standin: StandIn, request: Request) -> Answer:
    try:
        return await _handle(standin, request)
    except StripeFault as fault:
        return json_answer(fault.status, msgspec.to_builtins(fault.body()))
    except msgspec.MsgspecError as error:
        return json_answer(400, {"error": {"message": str(error)}})


async def _handle(standin: StandIn, request: Request) -> Answer:
    name = request.path.removeprefix("/_standin/")
    if request.method == "GET" and name == "health":
        return json_answer(200, {"ok": True})
    if request.method == "GET" and name == "deliveries":
        return json_answer(200, standin.courier.deliveries)
    act = ACTS.get(name)
    if request.method != "POST" or act is None:
        return json_answer(404, {"error": {"message": f"POST one of: {', '.join(ACTS)}; or GET health, deliveries."}})
    return json_answer(200, await act(standin, request.body or b"{}"))


async def _reset(standin: StandIn, body: bytes) -> object:
    msgspec.json.decode(body, type=Nothing)
    await standin.reset()
    return {"reset": True}


async def _advance(standin: StandIn, body: bytes) -> object:
    standin.provider.clock.advance(msgspec.json.decode(body, type=Advance).seconds)
    return {"now": standin.provider.clock.now()}


async def _fault(standin: StandIn, body: bytes) -> object:
    standin.provider.faults.append(msgspec.json.decode(body, type=PlannedFault))
    return {"planned": len(standin.provider.faults)}


async def _webhooks(standin: StandIn, body: bytes) -> object:
    standin.courier.rules.append(msgspec.json.decode(body, type=Rule))
    return {"rules": len(standin.courier.rules)}


async def _webhooks_plain(standin: StandIn, body: bytes) -> object:
    msgspec.json.decode(body, type=Nothing)
    standin.courier.rules.clear()
    return {"rules": 0}


async def _release(standin: StandIn, body: bytes) -> object:
    return {"released": await standin.courier.release(order=msgspec.json.decode(body, type=Release).order)}


async def _resend(standin: StandIn, body: bytes) -> object:
    event_id = msgspec.json.decode(body, type=Resend).event
    if event_id not in standin.provider.events:
        raise StripeFault(404, f"No such event: '{event_id}'")
    return {"deliveries": standin.courier.dispatch(standin.provider.events[event_id], Rule())}


async def _settle(standin: StandIn, body: bytes) -> object:
    wanted = msgspec.json.decode(body, type=Settle)
    await _within(wanted.within_s, standin.courier.settled(), "Deliveries are still under way.")
    return {"deliveries": len(standin.courier.deliveries)}


async def _hanging(standin: StandIn, body: bytes) -> object:
    wanted = msgspec.json.decode(body, type=Hanging)
    await _within(wanted.within_s, standin.until_hanging(wanted.count), "Not so many calls hang.")
    return {"hanging": standin.hanging}


async def _within(seconds: float, awaited: Awaitable[None], otherwise: str) -> None:
    try:
        async with asyncio.timeout(seconds):
            await awaited
    except TimeoutError:
        raise StripeFault(504, otherwise) from None


async def _let_go(standin: StandIn, body: bytes) -> object:
    msgspec.json.decode(body, type=Nothing)
    return {"let_go": standin.let_go()}


async def _register(standin: StandIn, body: bytes) -> object:
    wanted = msgspec.json.decode(body, type=Register)
    return endpoints.register(standin.provider, url=wanted.url, events=wanted.enabled_events, secret=wanted.secret)


async def _roll(standin: StandIn, body: bytes) -> object:
    wanted = msgspec.json.decode(body, type=Roll)
    return endpoints.roll_secret(standin.provider, wanted.endpoint, expire_old=wanted.expire_old)


async def _pay(standin: StandIn, body: bytes) -> object:
    wanted = msgspec.json.decode(body, type=Pay)

    def pay(call: Call) -> Thing:
        return intents.pay_as_customer(call, wanted.intent, method=wanted.payment_method, authenticates=wanted.authenticates)

    return await standin.act_outside(pay)


async def _fail_refund(standin: StandIn, body: bytes) -> object:
    wanted = msgspec.json.decode(body, type=FailRefund)
    return await standin.act_outside(lambda call: refunds.fail(call, wanted.refund))


ACTS: dict[str, Callable[[StandIn, bytes], Awaitable[object]]] = {
    "reset": _reset,
    "clock": _advance,
    "faults": _fault,
    "calls/hanging": _hanging,
    "calls/let_go": _let_go,
    "webhooks": _webhooks,
    "webhooks/plain": _webhooks_plain,
    "webhooks/release": _release,
    "webhooks/resend": _resend,
    "settle": _settle,
    "webhook_endpoints": _register,
    "webhook_endpoints/roll": _roll,
    "pay": _pay,
    "refunds/fail": _fail_refund,
}
