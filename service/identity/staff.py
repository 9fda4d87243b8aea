"""Staff: invited by mail, changed by version, never left without a manager."""

from datetime import timedelta
from uuid import UUID

from service.identity.queries import CHANGE_STAFF, FIND_STAFF, INVITE_AGAIN, INVITE_STAFF, LIST_STAFF
from service.identity.records import Changed, Invitation, Invited, StaffChange, StaffMember
from service.kit.paging import Page
from service.kit.refusals import IdTaken, Refusal, StaleVersion
from service.kit.verbs import Lock, Work, verb

INVITATION_LASTS = timedelta(days=7)
NOBODY = UUID(int=0)


class AddressTaken(Refusal):
    """Somebody here has this address already."""

    code, status, remedy = "ADDRESS_TAKEN", 409, "Find them among the staff, or invite another address."
    constraints = ("identity.one_staff_an_address",)


class AlreadyJoined(Refusal):
    """They have accepted their invitation."""

    code, status, remedy = "ALREADY_JOINED", 409, "They sign in, or reset their password."


class LastManager(Refusal):
    """Without this manager nobody could manage the organisation."""

    code, status, remedy = "LAST_MANAGER", 409, "Make somebody else a manager first, and wait until they have joined."


@verb(refusals=(IdTaken, AddressTaken))
async def invite_staff(work: Work, *, invitation: Invitation) -> Invited:
    """Invites somebody to work here; a link that works once is mailed to them."""
    return await work.run(
        INVITE_STAFF,
        staff_id=invitation.id or work.new_id(),
        name=invitation.name,
        email=invitation.email.lower(),
        roles=sorted(set(invitation.roles)),
        mail_link_id=work.new_id(),
        expires_at=work.at + INVITATION_LASTS,
    )


@verb(refusals=(AlreadyJoined,))
async def invite_again(work: Work, *, staff_id: UUID) -> Invited:
    """Mails a fresh invitation; the one before stops working."""
    return await work.run(INVITE_AGAIN, staff_id=staff_id, mail_link_id=work.new_id(), expires_at=work.at + INVITATION_LASTS)


# One lock for all staff of an organisation: two managers who dismiss each other at once would both still count the other.
@verb(refusals=(StaleVersion, LastManager), locks=lambda **_: (Lock.series(),))
async def change_staff(work: Work, *, staff_id: UUID, version: int, change: StaffChange) -> Changed:
    """Changes name or roles, or sends somebody away; changed roles end their sessions at once."""
    roles = None if change.roles is None else sorted(set(change.roles))
    return await work.run(CHANGE_STAFF, staff_id=staff_id, version=version, name=change.name, roles=roles, active=change.active)


async def find_staff(work: Work, *, staff_id: UUID) -> StaffMember:
    """One member of staff."""
    return await work.one(FIND_STAFF, staff_id=staff_id)


async def list_staff(work: Work, *, limit: int, cursor: str | None) -> Page[StaffMember]:
    """Everybody who works here, in the order they were invited."""
    purpose = f"staff {work.organisation_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOBODY
    rows = await work.all(LIST_STAFF, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))
