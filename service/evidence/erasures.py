"""Erasing a person: their words and salts go, every proof still verifies; never while something is open or the law wants them kept."""

from typing import Any
from uuid import UUID

from service.evidence.minimums import longest_of
from service.evidence.queries import ERASE_PERSON, ERASE_PHOTO, MATTER_OF_PHOTO, MATTERS_OF_PERSON, PLACE_HOLD, RELEASE_HOLD
from service.evidence.records.erasures import ErasureReceipt, HoldReceipt, MatterOfPerson, NewErasure, NewHold, PhotoErased
from service.kit.refusals import IdTaken, Refusal
from service.kit.verbs import Lock, Work, verb


class LegalHold(Refusal):
    """Something about this customer is still open: a job, a showing, a subscription, unbilled work, an invoice, a dispute, a claim, an order."""

    code, status, remedy = (
        "LEGAL_HOLD",
        409,
        "Settle what `holds` names, then ask again: words needed to establish or defend a claim are kept (GDPR, article 17(3)(e)).",
    )


class Retention(Refusal):
    """The law of the place wants these records kept for longer."""

    code, status, remedy = "RETENTION", 409, "Ask again at `kept_until`; `citation` says where it is written."
    constraints = ("evidence.kept_for_the_legal_minimum",)


@verb(
    refusals=(IdTaken, LegalHold, Retention),
    # the matters too: nothing is shown, answered or done in one of them while it is judged whether something is open
    locks=lambda *, customer_id, **_: (Lock.account(customer_id), Lock.scope_of("authorisations.scope", customer_id)),
)
async def erase_person(work: Work, *, customer_id: UUID, erasure: NewErasure) -> ErasureReceipt:
    """Erases a contact's name and address and the words and salts behind their acts; or those of all of a customer's people, and the pictures of photos.

    Acts, receipts, chains and checkpoints stay as they are and verify; what is gone can't be read or proved by anybody any more.
    """
    everybodys = await work.all(MATTERS_OF_PERSON, customer_id=customer_id, contact_id=None, scope_id=None)
    matters = await work.all(MATTERS_OF_PERSON, customer_id=customer_id, contact_id=erasure.contact_id, scope_id=None)
    return await work.run(
        ERASE_PERSON,
        customer_id=customer_id,
        contact_id=erasure.contact_id,
        erasure_id=erasure.id or work.new_id(),
        end="erased",
        all_kept_until=minimum_of(everybodys)["kept_until"],
        **minimum_of(matters),
    )


@verb(refusals=(LegalHold, Retention), locks=lambda *, photo_id: (Lock.account_of("authorisations.photo", photo_id),))
async def erase_photo(work: Work, *, photo_id: UUID) -> PhotoErased:
    """Erases one picture before the rest, where somebody is seen on it who shouldn't be; its hash stays, and every proof that cites it. Again answers the same."""
    matter = await work.one(MATTER_OF_PHOTO, photo_id=photo_id)
    matters = await work.all(MATTERS_OF_PERSON, customer_id=matter.customer_id, contact_id=None, scope_id=matter.scope_id)
    return await work.run(ERASE_PHOTO, photo_id=photo_id, **minimum_of(matters))


@verb(refusals=(IdTaken,), locks=lambda *, customer_id, **_: (Lock.account(customer_id),))
async def place_hold(work: Work, *, customer_id: UUID, hold: NewHold) -> HoldReceipt:
    """Keeps all about a customer from being erased while a dispute, a claim or an authority's order is open."""
    return await work.run(PLACE_HOLD, customer_id=customer_id, hold_id=hold.id or work.new_id(), reason=hold.reason)


@verb(locks=lambda *, hold_id: (Lock.account_of("evidence.hold", hold_id),))
async def release_hold(work: Work, *, hold_id: UUID) -> HoldReceipt:
    """Ends a hold; again answers the same."""
    return await work.run(RELEASE_HOLD, hold_id=hold_id)


def minimum_of(matters: list[MatterOfPerson]) -> dict[str, Any]:
    """The legal minimum that ends last, as an erasure is refused by it; each None where no place has one."""
    found = [kept for one in matters if (kept := longest_of(places=one.places, trade=one.trade, zones=one.zones, last_at=one.last_at))]
    last = max(found, key=lambda one: one.until, default=None)
    return {
        "kept_until": last.until if last else None,
        "place": last.minimum.place if last else None,
        "citation": last.minimum.citation if last else None,
    }
