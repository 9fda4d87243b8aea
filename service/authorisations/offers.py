"""Offers: written in revisions, each whole and sealed by its hash; a change is the next revision."""

from datetime import datetime
from fractions import Fraction
from uuid import UUID

from service.authorisations.canonical import NOTHING, OFFER, chained, listed, seal, text_of
from service.authorisations.items import (
    BookItemNotFound,
    CurrencyMismatch,
    ItemIncomplete,
    QuantityNotExact,
    UnitConvertsItself,
    VatIdsMissing,
    sealed_item,
)
from service.authorisations.queries import (
    DELETE_OFFER,
    FIND_BOOK_VERSIONS,
    FIND_LATEST_REVISION,
    FIND_OFFER,
    FIND_SCOPE,
    PHOTOS_TO_SHOW,
    WRITE_REVISION,
)
from service.authorisations.records import BookRow, NewOffer, NewRevision, Offer, OfferDeleted, OfferReceipt, ScopeRow, Wording
from service.kit.money import MOST_MINOR, rounded
from service.kit.refusals import IdTaken, Refusal
from service.kit.verbs import Lock, Work, verb
from service.kit.zones import in_utc

NO_CAP = 9_000_000_000_000_000


class OfferChanged(Refusal):
    """The offer isn't the one you saw any more."""

    code, status, remedy = "OFFER_CHANGED", 409, "Read the latest revision and decide on that."


class OfferExpired(Refusal):
    """The time until which this offer holds is over: no work could begin under it any more."""

    code, status, remedy = "OFFER_EXPIRED", 409, "Write the next revision with a later `valid_until`, or none, and show that."
    constraints = ("authorisations.offer_holds_when_made", "authorisations.answered_while_the_offer_holds")


class ItemNotOffered(Refusal):
    """An item isn't part of what was shown."""

    code, status, remedy = "ITEM_NOT_OFFERED", 422, "Answer only the items of this revision, each once."


class ContactNotFound(Refusal):
    """This customer has no such contact."""

    code, status, remedy = "CONTACT_NOT_FOUND", 404, "Add the person to the customer's contacts first."


class MatterReferenceTaken(Refusal):
    """Another matter is already called as this one would be."""

    code, status, remedy = (
        "MATTER_REFERENCE_TAKEN",
        409,
        "Make a fresh UUIDv7 for the job or the subscription: what people call it by comes from its id.",
    )
    constraints = ("authorisations.reference_given_once",)


class ItemTaken(Refusal):
    """An item's id already names another item."""

    code, status, remedy = "ITEM_ID_TAKEN", 409, "Make a fresh UUIDv7 for each item of each revision."
    constraints = ("authorisations.offer_item_pkey",)


class RecurringOnJob(Refusal):
    """Only a subscription is supplied period after period; a job is billed by the work done."""

    code, status, remedy = "RECURRING_ON_JOB", 422, "Offer it by a subscription, or once."
    constraints = ("authorisations.recurring_only_in_a_subscription",)


class PriceFormUnderOtherLaw(Refusal):
    """The law of the place allows this form of the price another tolerance than the job was opened with."""

    code, status, remedy = (
        "PRICE_FORM_UNDER_OTHER_LAW",
        409,
        "Open the job with this `price_form`, so that it takes the policy the law allows for it, or offer in another form.",
    )
    constraints = ("authorisations.price_form_under_the_scopes_law", "authorisations.price_forms_of_scope")


class MatterClosed(Refusal):
    """Nothing more is offered or agreed to in this matter: its job was closed or cancelled."""

    code, status, remedy = "MATTER_CLOSED", 409, "Open a new job for what is still to be done, and offer it there."
    constraints = (
        "authorisations.nothing_follows_an_end",
        "authorisations.shown_before_the_end",
        "authorisations.answered_before_the_end",
    )


class RevisionSealed(Refusal):
    """The offer was shown, answered or worked on: it stays as it is."""

    code, status, remedy = "REVISION_SEALED", 409, "Write the next revision, or revoke what was agreed; only a draft nobody saw is deleted."


class PhotoNotFound(Refusal):
    """This matter has no such photo, or its picture was erased."""

    code, status, remedy = "PHOTO_NOT_FOUND", 404, "Name photos of the same matter, each once: `GET /v1/scopes/{scope_id}/photos`."


OFFERING = (
    MatterClosed,
    OfferExpired,
    PriceFormUnderOtherLaw,
    RecurringOnJob,
    ItemIncomplete,
    UnitConvertsItself,
    BookItemNotFound,
    PhotoNotFound,
    CurrencyMismatch,
    QuantityNotExact,
    VatIdsMissing,
    ItemTaken,
)


@verb(refusals=(*OFFERING, IdTaken, OfferChanged), locks=lambda *, scope_id, **_: (Lock.scope(scope_id),))
async def create_offer(work: Work, *, scope_id: UUID, offer: NewOffer) -> OfferReceipt:
    """Writes an offer's first revision in a scope; nothing may be done or billed by it before the customer says so."""
    return await offer_in(work, scope=await work.one(FIND_SCOPE, scope_id=scope_id), offer=offer)


async def offer_in(work: Work, *, scope: ScopeRow, offer: NewOffer) -> OfferReceipt:
    """Does so in a scope that was looked up under its lock; raises what `create_offer` does."""
    return await _write(
        work, scope=scope, offer_id=offer.id or work.new_id(), kind=offer.kind, revision=1, prior_hash=NOTHING, wording=offer
    )


@verb(
    refusals=(*OFFERING, OfferChanged),
    locks=lambda *, offer_id, **_: (Lock.scope_of("authorisations.offer", offer_id),),
)
async def revise_offer(work: Work, *, offer_id: UUID, revision: NewRevision) -> OfferReceipt:
    """Writes the next revision of an offer; links to the one before can't be answered any more."""
    latest = await work.one(FIND_LATEST_REVISION, offer_id=offer_id)
    if latest.revision != revision.revises:
        raise OfferChanged
    scope = await work.one(FIND_SCOPE, scope_id=latest.scope_id)
    return await _write(
        work, scope=scope, offer_id=offer_id, kind=latest.kind, revision=latest.revision + 1, prior_hash=latest.offer_hash, wording=revision
    )


@verb(refusals=(RevisionSealed,), locks=lambda *, offer_id: (Lock.scope_of("authorisations.offer", offer_id),))
async def delete_offer(work: Work, *, offer_id: UUID) -> OfferDeleted:
    """Deletes a draft that the customer never saw; what was shown, answered or worked on can't be deleted by anybody."""
    return await work.run(DELETE_OFFER, offer_id=offer_id)


async def find_offer(work: Work, *, offer_id: UUID) -> Offer:
    """An offer in its latest revision, with what became of each item."""
    row = await work.one(FIND_OFFER, offer_id=offer_id)
    return Offer(
        id=row.id, scope_id=row.scope_id, customer_id=row.customer_id, kind=row.kind, revision=row.revision, offer_hash=row.offer_hash,
        state=row.state, text=row.canonical, items=row.items,
    )  # fmt: skip


async def _write(
    work: Work, *, scope: ScopeRow, offer_id: UUID, kind: str, revision: int, prior_hash: str, wording: Wording
) -> OfferReceipt:
    if wording.price_form not in scope.price_forms:
        raise PriceFormUnderOtherLaw
    book = await _book(work, wording)
    items = [
        sealed_item(item, position=position, scope=scope, book=book, new_id=work.new_id()) for position, item in enumerate(wording.items, 1)
    ]
    photos = await photos_as_sealed(work, scope_id=scope.scope_id, wanted=wording.photos)
    total = sum(rounded(Fraction(i["ticks"] * i["price_numerator"], i["denominator"] * i["price_denominator"])) for i in items)
    if total > MOST_MINOR:
        raise QuantityNotExact("The offer comes to more than can be kept.")
    text = text_of(
        {
            "v": 1, "offer_id": str(offer_id), "kind": kind, "revision": revision, "prior_hash": prior_hash, "scope_id": str(scope.scope_id),
            "currency": scope.currency, "tax_basis": wording.tax_basis, "price_form": wording.price_form, "items": items, "total_minor": total,
            "reported": wording.reported, "found": wording.found, "photos": photos,
            "cap_minor": wording.cap, "valid_until": _instant(wording.valid_until), "complete_by": _instant(wording.complete_by), "terms_hash": wording.terms_hash, "render_hash": wording.render_hash,
            "prior_head": scope.head or NOTHING, "prior_total_minor": scope.total_minor or 0,
            "policy": {
                "name": scope.policy_name, "version": scope.policy_version, "combine": scope.combine, "pct_numerator": scope.pct_numerator,
                "pct_denominator": scope.pct_denominator, "abs_minor": scope.abs_minor, "hard_cap_minor": scope.hard_cap_minor,
                "at_limit_refuses": scope.at_limit_refuses, "consent_deadline": scope.consent_deadline,
            },
        }
    )  # fmt: skip
    sealed = listed(text)  # letters composed
    return await work.run(
        WRITE_REVISION,
        scope_id=scope.scope_id,
        offer_id=offer_id,
        kind=kind,
        revision=revision,
        prior_hash=prior_hash,
        canonical=text,
        offer_hash=seal(OFFER, text),
        tax_basis=wording.tax_basis,
        total_minor=total,
        cap_minor=NO_CAP if wording.cap is None else wording.cap,
        valid_until=wording.valid_until,
        complete_by=wording.complete_by,
        items=f"[{','.join(sealed)}]",
        item_hashes=chained(sealed),
        photo_ids=wording.photos,
    )


async def _book(work: Work, wording: Wording) -> dict[UUID, BookRow]:
    wanted = [item.book_item for item in wording.items if item.book_item]
    if not wanted:
        return {}
    rows = await work.all(FIND_BOOK_VERSIONS, item_ids=wanted, day=work.at.date())
    return {row.item_id: row for row in rows}


async def photos_as_sealed(work: Work, *, scope_id: UUID, wanted: list[UUID]) -> list[dict[str, str]]:
    """The photos as sealed, in the order named. Raises PhotoNotFound."""
    rows = {row.id: row for row in await work.all(PHOTOS_TO_SHOW, scope_id=scope_id, photo_ids=wanted)} if wanted else {}
    if len(rows) != len(wanted):
        raise PhotoNotFound
    return [
        {"photo_id": str(one), "shows": rows[one].shows, "photo_hash": rows[one].photo_hash, "taken_at": str(_instant(rows[one].taken_at))}
        for one in wanted
    ]


def _instant(at: datetime | None) -> str | None:
    return None if at is None else in_utc(at).isoformat(timespec="microseconds")
