"""Offers: written in revisions, each whole and sealed by its hash; a change is the next revision."""

from datetime import datetime
from fractions import Fraction
from math import lcm
from typing import Any
from uuid import UUID

import msgspec

from service.authorisations.canonical import NOTHING, OFFER, seal, text_of
from service.authorisations.queries import DELETE_OFFER, FIND_BOOK_VERSIONS, FIND_LATEST_REVISION, FIND_OFFER, FIND_SCOPE, WRITE_REVISION
from service.authorisations.records import BookRow, NewItem, NewOffer, NewRevision, Offer, OfferDeleted, OfferReceipt, ScopeRow, Wording
from service.kit.money import MOST_MINOR, exact, rounded
from service.kit.refusals import IdTaken, Refusal
from service.kit.verbs import Lock, Work, verb
from service.kit.zones import in_utc

NO_CAP = 9_000_000_000_000_000
PARTS = 9_000_000
"""Every quantity is whole ticks over at least this: six decimals and a 3,600th both come out even."""


class ItemIncomplete(Refusal):
    """An item says too little to be judged by."""

    code, status, remedy = (
        "ITEM_INCOMPLETE",
        422,
        "Name a book item, or give `kind`, `description`, `unit`, `unit_price`, `tax_category` and `tax_rate`.",
    )


class BookItemNotFound(Refusal):
    """The price book has no such item in force today."""

    code, status, remedy = "BOOK_ITEM_NOT_FOUND", 404, "Read the price book; a withdrawn or future version can't be offered."


class CurrencyMismatch(Refusal):
    """The currency isn't the one this matter was opened in."""

    code, status, remedy = "CURRENCY_MISMATCH", 422, "Offer and bill in the currency of the job."


class QuantityNotExact(Refusal):
    """A quantity, price or rate has more digits than can be kept exactly."""

    code, status, remedy = "QUANTITY_NOT_EXACT", 422, "Use at most six decimals; a price may be a fraction such as `1/3`."


class OfferChanged(Refusal):
    """The offer isn't the one you saw any more."""

    code, status, remedy = "OFFER_CHANGED", 409, "Read the latest revision and decide on that."


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


class UnitConvertsItself(Refusal):
    """An item's own unit is among its conversions."""

    code, status, remedy = "UNIT_CONVERTS_ITSELF", 422, "Leave the item's own unit out of `conversions`: one of it is one of it."
    constraints = ("authorisations.no_unit_converts_itself",)


class MatterClosed(Refusal):
    """Nothing more is offered in this matter: its job was closed or cancelled."""

    code, status, remedy = "MATTER_CLOSED", 409, "Open a new job for what is still to be done, and offer it there."


class RevisionSealed(Refusal):
    """The offer was shown, answered or worked on: it stays as it is."""

    code, status, remedy = "REVISION_SEALED", 409, "Write the next revision, or revoke what was agreed; only a draft nobody saw is deleted."


OFFERING = (
    MatterClosed,
    PriceFormUnderOtherLaw,
    RecurringOnJob,
    ItemIncomplete,
    UnitConvertsItself,
    BookItemNotFound,
    CurrencyMismatch,
    QuantityNotExact,
    ItemTaken,
)


@verb(refusals=(*OFFERING, IdTaken, OfferChanged), locks=lambda *, scope_id, **_: (Lock.scope(scope_id),))
async def create_offer(work: Work, *, scope_id: UUID, offer: NewOffer) -> OfferReceipt:
    """Writes an offer's first revision in a scope; nothing may be done or billed by it before the customer says so."""
    scope = await work.one(FIND_SCOPE, scope_id=scope_id)
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
        _item(item, position=position, currency=scope.currency, book=book, new_id=work.new_id())
        for position, item in enumerate(wording.items, 1)
    ]
    total = sum(rounded(Fraction(i["ticks"] * i["price_numerator"], i["denominator"] * i["price_denominator"])) for i in items)
    if total > MOST_MINOR:
        raise QuantityNotExact("The offer comes to more than can be kept.")
    text = text_of(
        {
            "v": 1, "offer_id": str(offer_id), "kind": kind, "revision": revision, "prior_hash": prior_hash, "scope_id": str(scope.scope_id),
            "currency": scope.currency, "tax_basis": wording.tax_basis, "price_form": wording.price_form, "items": items, "total_minor": total,
            "cap_minor": wording.cap, "valid_until": _instant(wording.valid_until), "complete_by": _instant(wording.complete_by), "terms_hash": wording.terms_hash, "render_hash": wording.render_hash,
            "prior_head": scope.head or NOTHING, "prior_total_minor": scope.total_minor or 0,
            "policy": {
                "name": scope.policy_name, "version": scope.policy_version, "combine": scope.combine, "pct_numerator": scope.pct_numerator,
                "pct_denominator": scope.pct_denominator, "abs_minor": scope.abs_minor, "hard_cap_minor": scope.hard_cap_minor,
                "at_limit_refuses": scope.at_limit_refuses, "consent_deadline": scope.consent_deadline,
            },
        }
    )  # fmt: skip
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
        items=msgspec.json.encode(msgspec.json.decode(text)["items"]).decode(),  # as sealed: letters composed
    )


async def _book(work: Work, wording: Wording) -> dict[UUID, BookRow]:
    wanted = [item.book_item for item in wording.items if item.book_item]
    if not wanted:
        return {}
    rows = await work.all(FIND_BOOK_VERSIONS, item_ids=wanted, day=work.at.date())
    return {row.item_id: row for row in rows}


def _item(item: NewItem, *, position: int, currency: str, book: dict[UUID, BookRow], new_id: UUID) -> dict[str, Any]:
    """The item as sealed: every figure an exact rational, every word as the customer sees it."""
    row = book.get(item.book_item) if item.book_item else None
    if item.book_item and row is None:
        raise BookItemNotFound(position=position)
    if row and row.currency != currency:
        raise CurrencyMismatch(position=position)
    price = exact(item.unit_price) if item.unit_price is not None else Fraction(row.price_numerator, row.price_denominator) if row else None
    rate = Fraction(item.tax_rate) / 100 if item.tax_rate is not None else Fraction(row.tax_rate_bp, 10_000) if row else None
    kind, description = item.kind or (row and row.kind), (item.description or (row.name if row else "")).strip()
    unit, tax_category = item.unit or (row and row.unit), item.tax_category or (row and row.tax_category)
    if price is None or rate is None or not kind or not description or not unit or not tax_category:
        raise ItemIncomplete(position=position)
    if unit in item.conversions:
        raise UnitConvertsItself(position=position)
    quantity, conversions = exact(item.quantity), {one: exact(factor) for one, factor in item.conversions.items()}
    denominator = _denominator([quantity, *conversions.values()])
    ticks = quantity * denominator
    if not (price >= 0 and 0 <= rate <= 1 and 1 <= ticks <= 10**15 and all(factor > 0 for factor in conversions.values())):
        raise ItemIncomplete(
            "Quantities and conversions are above 0, prices at least 0, a tax rate is between 0 and 100.", position=position
        )
    if price.denominator > 10**6 or rate.denominator > 10**6 or price.numerator > 10**12 or quantity * price > MOST_MINOR:
        raise QuantityNotExact(position=position)
    return {
        "item_id": str(item.id or new_id), "position": position, "kind": kind, "description": description,
        "catalogue_item_id": str(item.book_item) if item.book_item else None, "catalogue_effective_on": row.effective_on.isoformat() if row else None,
        "sku": item.sku, "alternates": item.alternates, "condition": item.condition, "method": item.method, "unit": unit,
        "conversions": {one: [str(factor.numerator), str(factor.denominator)] for one, factor in conversions.items()},
        "ticks": int(ticks), "denominator": denominator, "price_numerator": price.numerator, "price_denominator": price.denominator,
        "tax_category": tax_category, "tax_numerator": rate.numerator, "tax_denominator": rate.denominator,
        "recurring": item.recurring, "optional": item.optional, "preselected": item.preselected,
    }  # fmt: skip


def _denominator(values: list[Fraction]) -> int:
    """Parts of the unit fine enough for each value; raises QuantityNotExact."""
    parts = lcm(PARTS, *(value.denominator for value in values))
    if parts > 100_000_000:
        raise QuantityNotExact
    return parts


def _instant(at: datetime | None) -> str | None:
    return None if at is None else in_utc(at).isoformat(timespec="microseconds")
