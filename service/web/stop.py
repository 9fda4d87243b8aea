"""The link in a mail by which a customer does without more of its kind (RFC 8058). Opening it changes nothing: sending it does, from the page or by the mail program's own button."""

from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.customers.customers import find_customer
from service.identity.http.sessions import BY_PEER
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.verbs import Work
from service.notices.opt_outs import read_stop_token, set_opt_out
from service.notices.records import Kind
from service.web.pages import page

_OPEN: dict[str, Any] = {"opt": {"scope": None, "rate": BY_PEER}, "include_in_schema": False}


class StopShown(msgspec.Struct, frozen=True):
    """Whose page it is, and in which language."""

    organisation: Organisation
    language: str
    quote: str


@get("/stop/{token:str}", **_OPEN)
async def show_stop(token: FromPath[str], call: NamedDependency[Call[Any]]) -> Response[str]:
    """What they would be told no more of, and a button."""
    customer, kind = read_stop_token(call.database.cursors, token)
    return await _page(call.acting_as(customer), kind, done=False)


@post("/stop/{token:str}", status_code=200, **_OPEN)
async def stop(token: FromPath[str], call: NamedDependency[Call[Any]]) -> Response[str]:
    """Tells them no more of it; again it changes nothing."""
    customer, kind = read_stop_token(call.database.cursors, token)
    await call.acting_as(customer).do(set_opt_out, customer_id=customer.customer_id, kind=kind, out=True, via="link")
    return await _page(call.acting_as(customer), kind, done=True)


async def look_at_stop(work: Work) -> StopShown:
    """Read as the customer whose link it is."""
    customer = await find_customer(work, customer_id=work.principal.id)
    return StopShown(await find_organisation(work), customer.language, customer.quote)


async def _page(call: Call[Any], kind: Kind, *, done: bool) -> Response[str]:
    shown: StopShown = await call.ask(look_at_stop)
    return page("stop.html", language=shown.language, organisation=shown.organisation, kind=kind, done=done, reference=shown.quote)


ROUTES: list[Any] = [show_stop, stop]
