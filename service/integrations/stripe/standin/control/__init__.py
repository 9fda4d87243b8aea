"""The controls under `/_standin/`: what no provider offers and every test needs. JSON in, JSON out, no key asked."""

from collections.abc import Awaitable, Callable

import msgspec

from service.integrations.asgi import Answer, Request, json_answer
from service.integrations.stripe.standin.account import StandIn
from service.integrations.stripe.standin.control import machine, outside, webhooks
from service.integrations.stripe.standin.faults import StripeFault

ACTS: dict[str, Callable[[StandIn, bytes], Awaitable[object]]] = {**machine.ACTS, **webhooks.ACTS, **outside.ACTS}


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
    standin.reached_at(request)
    return json_answer(200, await act(standin, request.body or b"{}"))
