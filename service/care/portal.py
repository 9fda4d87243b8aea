"""The customer's link to everything of theirs: sent to one of their people by their own address, carried by what they are told, ended at once where it should be."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from service.care.messages import ContactUnknown
from service.care.queries import DEVICES_HERE, END_PORTAL_LINKS, KEEP_PORTAL_LINK, SEND_PORTAL_LINKS
from service.care.records.portal import DeviceHere, NewPortalLink, PortalLink, PortalLinksEnded, PortalLinksSent
from service.customers.contacts import find_contact, list_contacts
from service.customers.finding import list_contacts_at
from service.customers.records import Contact
from service.identity.links import link_hash, link_token
from service.kit.paging import MOST
from service.kit.refusals import LinkGone, NotAllowed, NotFound, Refusal
from service.kit.verbs import Work, verb

LIVES = timedelta(days=90)
WRITTEN_TO = ("email", "sms", "chat")
MOST_AT_ADDRESS = 5
"""So many people at one address or number are sent theirs."""
NOBODY = UUID(int=0)


class NoWayForLink(Refusal):
    """Nobody who may agree to things for this customer can be written to."""

    code, status, remedy = "NO_WAY_FOR_LINK", 409, "Add a contact with `channel` email, sms or chat, or name one with `contact_id`."


def _sent(_work: Work, sent: PortalLinksSent) -> PortalLink:
    return sent.links[0]


@verb(refusals=(ContactUnknown, NoWayForLink), remembers=PortalLinksSent, finish=_sent)
async def send_portal_link(work: Work, *, customer_id: UUID, to: NewPortalLink) -> PortalLinksSent:
    """Sends one of a customer's people the link to everything of theirs, good for 90 days: opening it changes nothing."""
    people = (await list_contacts(work, customer_id=customer_id, limit=MOST, cursor=None)).items
    if to.contact_id is None:
        written = [one for one in people if one.may_authorise and one.channel in WRITTEN_TO]
    else:
        written = [one for one in people if one.id == to.contact_id]
        if not written:
            raise ContactUnknown
    written = [one for one in sorted(written, key=lambda one: one.channel != "email") if one.channel in WRITTEN_TO]
    if not written:
        raise NoWayForLink
    return await _send(work, written[:1], spares=False)


@verb()
async def ask_for_portal_link(work: Work, *, said: str) -> PortalLinksSent:
    """Sends everybody at an address or number their link, where there is anybody; whoever asks isn't told."""
    return await _send(work, (await list_contacts_at(work, said=said))[:MOST_AT_ADDRESS], spares=True)


@verb()
async def end_portal_links(work: Work, *, customer_id: UUID) -> PortalLinksEnded:
    """Ends every link to everything of a customer's at once."""
    return await work.run(END_PORTAL_LINKS, customer_id=customer_id)


async def keep_portal_link(work: Work, *, customer_id: UUID, contact_id: UUID) -> str | None:
    """The secret of the link that a mail to them carries; None to whom none is given."""
    kept = await work.part().run(KEEP_PORTAL_LINK, customer_id=customer_id, contact_id=contact_id, **_new(work))
    return None if kept.link_id is None else link_token(work.cursors, kept.link_id)


async def find_holder(work: Work) -> Contact:
    """Whom the link was sent to, as they stand now; raises LinkGone once they are the customer's no more."""
    try:
        return await find_contact(work, customer_id=work.principal.customer_id or NOBODY, contact_id=work.principal.subject_id or NOBODY)
    except NotFound:
        raise LinkGone from None


async def list_devices_here(work: Work, *, customer_id: UUID) -> list[DeviceHere]:
    """A customer's devices that we have, and by when the next word of each comes."""
    return await work.all(DEVICES_HERE, customer_id=customer_id)


async def require_say(work: Work) -> None:
    """Raises NotAllowed for whoever came by a link of their own and may not agree to things for the customer: they see no money."""
    if work.principal.may("account:read") and not (await find_holder(work)).may_authorise:
        raise NotAllowed(scope="account:read")


def _new(work: Work) -> dict[str, Any]:
    link_id = work.new_id()
    return {"link_id": link_id, "expires_at": work.at + LIVES, "token_hash": link_hash(link_token(work.cursors, link_id))}


async def _send(work: Work, people: list[Contact], *, spares: bool) -> PortalLinksSent:
    links = [_new(work) for _ in people]
    return await work.run(
        SEND_PORTAL_LINKS,
        customer_ids=[one.customer_id for one in people],
        contact_ids=[one.id for one in people],
        link_ids=[one["link_id"] for one in links],
        token_hashes=[one["token_hash"] for one in links],
        expires_at=work.at + LIVES,
        spares=spares,
    )
