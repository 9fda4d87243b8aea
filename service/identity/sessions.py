"""Signing in: one session a device, its tokens rotated; a refresh token used twice ends the family."""

import hashlib
import hmac
from datetime import datetime
from uuid import UUID

from service.identity.credentials import bytes_of, text_of
from service.identity.passwords import matches
from service.identity.queries import BEGIN_SESSION, END_SESSION, FIND_CREDENTIALS, FIND_SIGN_INS, REFRESH_SESSION
from service.identity.records import Owner, SentDevice, SessionReceipt, SignedOut, SignIn
from service.identity.rows import Credentials
from service.kit.database import Database
from service.kit.paging import Cursors
from service.kit.principals import Principal
from service.kit.refusals import NotFound, Refusal
from service.kit.verbs import Work, verb

NOBODY = UUID(int=0)
_UNKNOWN = Owner(NOBODY, NOBODY)


class SignInRefused(Refusal):
    """This address and password open nothing here."""

    final = True
    code, status, remedy = "SIGN_IN_REFUSED", 401, "Correct them, or reset the password."


class RefreshRefused(Refusal):
    """This refresh token is no longer good."""

    final = True
    code, status, remedy = "REFRESH_REFUSED", 401, "Sign in again. A token that was used twice ends its whole session."


class DeviceRevoked(Refusal):
    """This device was reported lost, or is somebody else's."""

    code, status, remedy = "DEVICE_REVOKED", 409, "Sign in without `device`, or register it under a fresh id."
    constraints = ("identity.one_device_an_id", "identity.session_on_a_device_of_its_staff")


@verb(refusals=(SignInRefused, DeviceRevoked))
async def sign_in(work: Work, *, staff_id: UUID, password_hash: str, device: SentDevice | None) -> SessionReceipt:
    """Signs a member of staff in with address and password; an unknown address is told the same, and takes as long."""
    return await work.run(
        BEGIN_SESSION,
        staff_id=staff_id,
        password_hash=password_hash,
        session_id=work.new_id(),
        device_id=device.id if device else None,
        device_name=device.name if device else None,
    )


@verb(refusals=(RefreshRefused,))
async def refresh(work: Work, *, session_id: UUID, staff_id: UUID, generation: int) -> SessionReceipt:
    """Exchanges a refresh token for the next pair; the old one is used up, and using it again ends the session."""
    return await work.run(REFRESH_SESSION, session_id=session_id, staff_id=staff_id, generation=generation)


@verb()
async def sign_out(work: Work) -> SignedOut:
    """Ends the session of the token sent; from this moment it opens nothing."""
    session_id = work.principal.session_id
    if work.principal.kind != "staff" or session_id is None:
        raise NotFound
    return await work.run(END_SESSION, session_id=session_id)


def refresh_token(cursors: Cursors, *, organisation_id: UUID, session: SessionReceipt) -> str:
    """The refresh token of a session's generation: made from it, stored nowhere."""
    named = organisation_id.bytes + session.session_id.bytes + session.staff_id.bytes + session.generation.to_bytes(4, "big")
    return text_of(named + cursors.derived("refresh", named)[:24])


def read_refresh_token(cursors: Cursors, token: str) -> tuple[Principal, dict[str, object]]:
    """Whose session and generation it is; raises RefreshRefused."""
    raw = bytes_of(token)
    if raw is None or len(raw) != 76 or not hmac.compare_digest(raw[52:], cursors.derived("refresh", raw[:52])[:24]):
        raise RefreshRefused
    organisation_id, session_id, staff_id = (UUID(bytes=raw[at : at + 16]) for at in (0, 16, 32))
    principal = Principal(organisation_id=organisation_id, kind="staff", id=staff_id)
    return principal, {"session_id": session_id, "staff_id": staff_id, "generation": int.from_bytes(raw[48:52], "big")}


async def find_sign_ins(work: Work, *, address_hash: bytes, only: UUID | None) -> list[Owner]:
    """Where an address signs in."""
    return await work.all(FIND_SIGN_INS, address_hash=address_hash, only=only)


async def find_credentials(work: Work, *, staff_id: UUID) -> Credentials | None:
    """What a sign-in is judged by."""
    return await work.first(FIND_CREDENTIALS, staff_id=staff_id)


async def owners_of(database: Database, *, email: str, only: UUID | None, at: datetime, request_id: UUID) -> list[Owner]:
    """The organisations and people behind an address; read as nobody, since no tenant is known yet."""
    return await database.read(
        find_sign_ins,
        principal=Principal(organisation_id=NOBODY, kind="system", id=NOBODY),
        at=at,
        request_id=request_id,
        values={"address_hash": hashlib.sha256(email.lower().encode()).digest(), "only": only},
    )


async def open_session(database: Database, *, document: SignIn, at: datetime, request_id: UUID) -> tuple[UUID, SessionReceipt]:
    """Signs in and answers organisation and session; the password is checked while no connection is held. Raises SignInRefused."""
    owners = await owners_of(database, email=document.email, only=document.organisation_id, at=at, request_id=request_id)
    # Nobody by that address is looked up and checked all the same, so that time tells nothing.
    for owner in owners or [_UNKNOWN]:
        principal = Principal(organisation_id=owner.organisation_id, kind="staff", id=owner.id)
        found = await database.read(find_credentials, principal=principal, at=at, request_id=request_id, values={"staff_id": owner.id})
        password_hash = found.password_hash if found and found.active else None
        if not await matches(password_hash, document.password):
            continue
        values = {"staff_id": owner.id, "password_hash": password_hash, "device": document.device}
        done = await database.perform(sign_in, principal=principal, at=at, request_id=request_id, remember=None, values=values)
        return owner.organisation_id, done.record
    raise SignInRefused
