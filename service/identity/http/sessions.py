"""Signing in and out, devices, and passwords by mail."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.identity.devices import list_devices, revoke_device
from service.identity.mail_links import accept_invitation, ask_password_reset, complete_password_reset, set_password, want_password_reset
from service.identity.me import find_me
from service.identity.records import (
    Acceptance,
    Accepted,
    Device,
    Joined,
    Me,
    Refresh,
    ResetRequest,
    Revoked,
    SessionReceipt,
    SignedOut,
    SignIn,
    Tokenset,
)
from service.identity.sessions import open_session, read_refresh_token, refresh, refresh_token, sign_in, sign_out
from service.identity.tokens import LIFETIME
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.rates import Rate

BY_PEER = Rate("sign-in", 60, 60)
BY_ADDRESS = Rate("sign-in-address", 10, 900)
"""Of failures: whoever signs in gives theirs back."""
RESET_BY_ADDRESS = Rate("password-reset-address", 5, 3600)


def _tokens(call: Call[Any], organisation_id: UUID, session: SessionReceipt) -> Tokenset:
    access_token = call.request.app.state.tokens.make(
        organisation_id=organisation_id, staff_id=session.staff_id, session_id=session.session_id, roles=session.roles, at=session.issued_at
    )
    return Tokenset(
        access_token=access_token,
        refresh_token=refresh_token(call.database.cursors, organisation_id=organisation_id, session=session),
        expires_in=int(LIFETIME.total_seconds()),
        session_id=session.session_id,
        staff_id=session.staff_id,
        roles=session.roles,
    )


@post("/v1/sign-in", **command(sign_in, scope=None, status=200, keyed=False, rate=BY_PEER))
async def sign_in_route(data: JSONBody[SignIn], call: NamedDependency[Call[Any]]) -> Response[Tokenset]:
    call.limit(BY_ADDRESS, data.email.lower())
    organisation_id, session = await open_session(call.database, document=data, at=call.at, request_id=call.request_id)
    call.give_back(BY_ADDRESS, data.email.lower())
    return Response(_tokens(call, organisation_id, session), status_code=200)


@post("/v1/refresh", **command(refresh, scope=None, status=200, rate=BY_PEER))
async def refresh_route(data: JSONBody[Refresh], call: NamedDependency[Call[Any]]) -> Response[Tokenset]:
    principal, values = read_refresh_token(call.database.cursors, data.refresh_token)
    answer = await call.acting_as(principal).perform(refresh, **values)
    answer.content = _tokens(call, principal.organisation_id, answer.content)
    return answer


@post("/v1/sign-out", **command(sign_out, scope="me:read", status=200, keyed=False))
async def sign_out_route(call: NamedDependency[Call[Any]]) -> Response[SignedOut]:
    return await call.perform(sign_out)


@get("/v1/me", **question(find_me, scope="me:read"))
async def find_me_route(call: NamedDependency[Call[Any]]) -> Response[Me]:
    return await call.read(find_me)


@post("/v1/invitations/accept", **command(accept_invitation, scope=None, status=200, keyed=False, rate=BY_PEER))
async def accept_invitation_route(data: JSONBody[Acceptance], call: NamedDependency[Call[Any]]) -> Response[Joined]:
    joined = await set_password(call.database, purpose="invitation", acceptance=data, at=call.at, request_id=call.request_id)
    return Response(joined, status_code=200)


@post("/v1/password-resets", **command(ask_password_reset, scope=None, status=202, keyed=False, rate=BY_PEER))
async def ask_password_reset_route(data: JSONBody[ResetRequest], call: NamedDependency[Call[Any]]) -> Response[Accepted]:
    call.limit(RESET_BY_ADDRESS, data.email.lower())
    accepted = await want_password_reset(call.database, email=data.email, at=call.at, request_id=call.request_id)
    return Response(accepted, status_code=202)


@post("/v1/password-resets/complete", **command(complete_password_reset, scope=None, status=200, keyed=False, rate=BY_PEER))
async def complete_password_reset_route(data: JSONBody[Acceptance], call: NamedDependency[Call[Any]]) -> Response[Joined]:
    joined = await set_password(call.database, purpose="password_reset", acceptance=data, at=call.at, request_id=call.request_id)
    return Response(joined, status_code=200)


@get("/v1/devices", **question(list_devices, scope="devices:write"))
async def list_devices_route(
    call: NamedDependency[Call[Any]], limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[Device]]:
    return await call.read(list_devices, limit=limit, cursor=cursor)


@post("/v1/devices/{device_id:uuid}/revoke", **command(revoke_device, scope="devices:write", status=200))
async def revoke_device_route(device_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Revoked]:
    return await call.perform(revoke_device, device_id=device_id)


ROUTES = [
    sign_in_route,
    refresh_route,
    sign_out_route,
    find_me_route,
    accept_invitation_route,
    ask_password_reset_route,
    complete_password_reset_route,
    list_devices_route,
    revoke_device_route,
]
