"""Links in mail to staff: an invitation or a password reset, each good once and for a while."""

import hmac
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from service.identity.credentials import bytes_of, text_of
from service.identity.passwords import hashed
from service.identity.queries import USE_MAIL_LINK, WANT_PASSWORD_RESET
from service.identity.records import Acceptance, Accepted, Joined
from service.identity.sessions import owners_of
from service.kit.database import Database
from service.kit.paging import Cursors
from service.kit.principals import Principal
from service.kit.refusals import Refusal
from service.kit.verbs import Work, verb

RESET_LASTS = timedelta(hours=1)
Purpose = Literal["invitation", "password_reset"]


class MailLinkGone(Refusal):
    """This link was used, has expired, or isn't ours."""

    final = True
    code, status, remedy = "MAIL_LINK_GONE", 410, "Ask for a fresh one: a manager invites again, or you reset your password again."


def mail_token(cursors: Cursors, *, purpose: Purpose, organisation_id: UUID, staff_id: UUID, mail_link_id: UUID) -> str:
    """The secret of a mailed link: made from its ids when the mail is written, stored nowhere."""
    ids = organisation_id.bytes + staff_id.bytes + mail_link_id.bytes
    return text_of(ids + cursors.derived(purpose, ids)[:24])


def _read(cursors: Cursors, purpose: Purpose, token: str) -> tuple[Principal, UUID]:
    raw = bytes_of(token)
    if raw is None or len(raw) != 72 or not hmac.compare_digest(raw[48:], cursors.derived(purpose, raw[:48])[:24]):
        raise MailLinkGone
    principal = Principal(organisation_id=UUID(bytes=raw[:16]), kind="staff", id=UUID(bytes=raw[16:32]))
    return principal, UUID(bytes=raw[32:48])


@verb(refusals=(MailLinkGone,))
async def accept_invitation(work: Work, *, mail_link_id: UUID, password_hash: str) -> Joined:
    """Sets the first password of somebody invited; their link works once."""
    return await work.run(USE_MAIL_LINK, mail_link_id=mail_link_id, purpose="invitation", password_hash=password_hash)


@verb(refusals=(MailLinkGone,))
async def complete_password_reset(work: Work, *, mail_link_id: UUID, password_hash: str) -> Joined:
    """Sets a new password; every session there was ends at once."""
    return await work.run(USE_MAIL_LINK, mail_link_id=mail_link_id, purpose="password_reset", password_hash=password_hash)


@verb()
async def ask_password_reset(work: Work, *, staff_id: UUID) -> Joined:
    """Mails a link that sets a new password, where somebody with this address works here; the answer is always the same."""
    return await work.run(WANT_PASSWORD_RESET, staff_id=staff_id, mail_link_id=work.new_id(), expires_at=work.at + RESET_LASTS)


async def set_password(database: Database, *, purpose: Purpose, acceptance: Acceptance, at: datetime, request_id: UUID) -> Joined:
    """What both kinds of link do; the password is hashed before a connection is taken."""
    principal, mail_link_id = _read(database.cursors, purpose, acceptance.token)
    password_hash = await hashed(acceptance.password, salt=database.randomness(16))
    rule = accept_invitation if purpose == "invitation" else complete_password_reset
    values = {"mail_link_id": mail_link_id, "password_hash": password_hash}
    done = await database.perform(rule, principal=principal, at=at, request_id=request_id, remember=None, values=values)
    joined: Joined = done.record
    return joined


async def want_password_reset(database: Database, *, email: str, at: datetime, request_id: UUID) -> Accepted:
    """Asks for a link in every organisation where the address signs in; nobody learns whether there is one."""
    for owner in await owners_of(database, email=email, only=None, at=at, request_id=request_id):
        principal = Principal(organisation_id=owner.organisation_id, kind="staff", id=owner.id)
        await database.perform(
            ask_password_reset, principal=principal, at=at, request_id=request_id, remember=None, values={"staff_id": owner.id}
        )
    return Accepted()
