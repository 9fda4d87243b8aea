"""Offers: written in revisions, each whole and sealed by its hash; a change is the next revision."""

from datetime import datetime
from fractions import Fraction
from math import lcm
from typing import Any
from uuid import UUID

import msgspec

from service.authorisations.canonical import NOTHING, OFFER, seal, text_of
from service.authorisations.queries import FIND_BOOK_VERSIONS, FIND_LATEST_REVISION, FIND_OFFER, FIND_SCOPE, PHOTOS_TO_SHOW, WRITE_REVISION
from service.authorisations.records import BookRow, NewItem, NewOffer, NewRevision, Offer, OfferReceipt, ScopeRow, Wording
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


class ItemTaken(Refusal):
    """An item's id already names another item."""

    code, status, remedy = "ITEM_ID_TAKEN", 409, "Make a fresh UUIDv7 for each item of each revision."
    constraints = ("authorisations.offer_item_pkey",)


class RecurringOnJob(Refusal):
    """Only a subscription is supplied period after period; a job is billed by the work done."""

    code, status, remedy = "RECURRING_ON_JOB", 422, "Offer it by a subscription, or once."
    constraints = ("authorisations.recurring_only_in_a_subscription",)


class PhotoNotFound(Refusal):
    """This matter has no such photo, or its picture was erased."""

    code, status, remedy = "PHOTO_NOT_FOUND", 404, "Name photos of the same matter, each once: `GET /v1/scopes/{scope_id}/photos`."


OFFERING = (RecurringOnJob, ItemIncomplete, BookItemNotFound, PhotoNotFound, CurrencyMismatch, QuantityNotExact, ItemTaken)


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
    book = await _book(work, wording)
    items = [
        _item(item, position=position, currency=scope.currency, book=book, new_id=work.new_id())
        for position, item in enumerate(wording.items, 1)
    ]
    photos = await _photos(work, scope_id=scope.scope_id, wanted=wording.photos)
    total = sum(rounded(Fraction(i["ticks"] * i["price_numerator"], i["denominator"] * i["price_denominator"])) for i in items)
    if total > MOST_MINOR:
        raise QuantityNotExact("The offer comes to more than can be kept.")
    text = text_of(
        {
            "v": 1, "offer_id": str(offer_id), "kind": kind, "revision": revision, "prior_hash": prior_hash, "scope_id": str(scope.scope_id),
            "currency": scope.currency, "tax_basis": wording.tax_basis, "price_form": wording.price_form, "items": items, "total_minor": total,
            "reported": wording.reported, "found": wording.found, "photos": photos,
            "cap_minor": wording.cap, "valid_until": _instant(wording.valid_until), "terms_hash": wording.terms_hash, "render_hash": wording.render_hash,
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
        items=msgspec.json.encode(msgspec.json.decode(text)["items"]).decode(),  # as sealed: letters composed
        photo_ids=wording.photos,
    )


async def _book(work: Work, wording: Wording) -> dict[UUID, BookRow]:
    wanted = [item.book_item for item in wording.items if item.book_item]
    if not wanted:
        return {}
    rows = await work.all(FIND_BOOK_VERSIONS, item_ids=wanted, day=work.at.date())
    return {row.item_id: row for row in rows}


async def _photos(work: Work, *, scope_id: UUID, wanted: list[UUID]) -> list[dict[str, str]]:
    """The photos as sealed, in the order named. Raises PhotoNotFound."""
    rows = {row.id: row for row in await work.all(PHOTOS_TO_SHOW, scope_id=scope_id, photo_ids=wanted)} if wanted else {}
    if len(rows) != len(wanted):
        raise PhotoNotFound
    return [
        {"photo_id": str(one), "shows": rows[one].shows, "photo_hash": rows[one].photo_hash, "taken_at": str(_instant(rows[one].taken_at))}
        for one in wanted
    ]


def _item(item: NewItem, *, position: int, currency: str, book: dict[UUID, BookRow], new_id: UUID) -> dict[str, Any]:
    """The item as sealed: every figure an exact rational, every word as the customer sees it."""
    row = book.get(item.book_item) if item.book_item else None
    if item.book_item and row is None:
        raise BookItemNotFound(position=position)
    if row and row.currency != currency:
        raise CurrencyMismatch(position=position)
    price = exact(item.unit_price) if item.unit_price is not None else Fraction(row.price_numerator, row.price_denominator) if row else None
    rate = Fraction(item.tax_rate) / 100 if item.tax_rate is not None else Fraction(row.tax_rate_bp, 10_000) if row else None
    kind, description = item.kind or (row and row.kind), item.description or (row and row.name)
    unit, tax_category = item.unit or (row and row.unit), item.tax_category or (row and row.tax_category)
    if price is None or rate is None or not kind or not description or not unit or not tax_category:
        raise ItemIncomplete(position=position)
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
