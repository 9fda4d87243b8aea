"""The price book: items created once, versioned by the day they take effect, withdrawn; what was in force on a day never changes."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from service.catalogue.queries import ADD_VERSION, CREATE_ITEM, LIST_IN_FORCE, VERSIONS_IN_FORCE, VERSIONS_OF_ITEM, WITHDRAW_ITEM
from service.catalogue.records import Item, ItemReceipt, ItemVersion, NewItem, Terms, Warranty
from service.kit.card_numbers import refuse_card_numbers
from service.kit.money import exact
from service.kit.paging import Page
from service.kit.refusals import CardNumber, IdTaken, NotFound, Refusal
from service.kit.verbs import Work, verb

NOTHING = UUID(int=0)


class CodeTaken(Refusal):
    """Another item of the price book has this code."""

    code, status, remedy = "CODE_TAKEN", 409, "Add a version to the item with this code, or choose another."
    constraints = ("catalogue.one_item_a_code",)


class PriceOutOfRange(Refusal):
    """This price can't be kept exactly."""

    code, status, remedy = "PRICE_OUT_OF_RANGE", 422, "Send at most 1,000,000,000 as the price's numerator, in minor units, reduced."
    constraints = ("catalogue.item_version_price_is_bounded", "catalogue.item_version_price_denominator_is_bounded")


class TaxDoesNotFit(Refusal):
    """Only the standard tax category has a rate."""

    code, status, remedy = "TAX_DOES_NOT_FIT", 422, "Send rate 0 with category Z, E, AE, K, G or O."
    constraints = ("catalogue.item_version_tax_fits_its_category", "authorisations.offered_tax_fits_its_category")


class ExemptionDoesNotFit(Refusal):
    """What is exempt from tax says why, and what is taxed doesn't."""

    code, status, remedy = (
        "EXEMPTION_DOES_NOT_FIT",
        422,
        "Send `exemption_code` or `exemption_reason` with category E, and neither with S or Z.",
    )
    constraints = ("catalogue.item_version_exemption_fits_its_category", "authorisations.offered_exemption_fits_its_category")


class WarrantyUnclear(Refusal):
    """A warranty has months or a distance, and a distance has its unit."""

    code, status, remedy = (
        "WARRANTY_UNCLEAR",
        422,
        "Send `months`, or `distance` with `unit`, or both; leave `warranty` out where there is none.",
    )
    constraints = ("catalogue.item_version_warranty_distance_has_its_unit",)


class EffectiveOutOfReach(Refusal):
    """No price takes effect that far from now."""

    code, status, remedy = "EFFECTIVE_OUT_OF_REACH", 422, "Send a day between 2000-01-01 and 2199-12-31."
    constraints = ("catalogue.item_version_effective_in_reach",)


class VersionExists(Refusal):
    """This item already has another version from that day on."""

    code, status, remedy = "VERSION_EXISTS", 409, "Versions are never changed: choose a later day."
    constraints = ("catalogue.one_item_version_a_day",)


class VersionBackdated(Refusal):
    """What was in force on a past day stays what was in force."""

    code, status, remedy = "VERSION_BACKDATED", 409, "Let the version take effect today or later."


def _checked(terms: Terms) -> dict[str, object]:
    refuse_card_numbers(terms.name, terms.exemption_reason or "")
    price, warranty = exact(terms.price), terms.warranty or Warranty()
    if terms.warranty is not None and (
        (warranty.months is None and warranty.distance is None) or (warranty.distance is None) != (warranty.unit is None)
    ):
        raise WarrantyUnclear
    return {
        "effective_on": terms.effective_on,
        "name": terms.name,
        "unit": terms.unit,
        "currency": terms.currency,
        "price_numerator": price.numerator,
        "price_denominator": price.denominator,
        "tax_category": terms.tax_category,
        "tax_rate_bp": terms.tax_rate_bp,
        "exemption_code": terms.exemption_code,
        "exemption_reason": terms.exemption_reason,
        "warranty_months": warranty.months,
        "warranty_distance": warranty.distance,
        "warranty_unit": warranty.unit,
    }


@verb(refusals=(CardNumber, IdTaken, CodeTaken, PriceOutOfRange, TaxDoesNotFit, ExemptionDoesNotFit, WarrantyUnclear, EffectiveOutOfReach))
async def create_item(work: Work, *, item: NewItem) -> ItemReceipt:
    """Adds an item to the price book with its first version, which may lie in the past; the same again answers the same."""
    return await work.run(CREATE_ITEM, item_id=item.id or work.new_id(), code=item.code, kind=item.kind, **_checked(item))


@verb(
    refusals=(
        CardNumber,
        VersionExists,
        VersionBackdated,
        PriceOutOfRange,
        TaxDoesNotFit,
        ExemptionDoesNotFit,
        WarrantyUnclear,
        EffectiveOutOfReach,
    )
)
async def add_version(work: Work, *, item_id: UUID, terms: Terms) -> ItemReceipt:
    """Gives an item other terms from a day on, today or later; offers and subscriptions keep the version they were made with."""
    return await work.run(ADD_VERSION, item_id=item_id, **_checked(terms))


@verb(refusals=(VersionExists, VersionBackdated, EffectiveOutOfReach))
async def withdraw_item(work: Work, *, item_id: UUID, effective_on: date) -> ItemReceipt:
    """Offers an item no more from a day on; a later version brings it back."""
    return await work.run(WITHDRAW_ITEM, item_id=item_id, effective_on=effective_on)


async def find_item(work: Work, *, item_id: UUID) -> Item:
    """One item with all its versions."""
    versions = await work.all(VERSIONS_OF_ITEM, item_id=item_id)
    if not versions:
        raise NotFound
    return Item(id=item_id, code=versions[0].code, kind=versions[0].kind, versions=versions)


async def list_in_force(
    work: Work, *, on: date | None, kind: str | None, code: str | None, name: str | None, limit: int, cursor: str | None
) -> Page[ItemVersion]:
    """The price book as it is in force on a day: today by the organisation's calendar where none is named."""
    purpose = f"catalogue {work.organisation_id} {on} {kind} {code} {name}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOTHING
    rows = await work.all(LIST_IN_FORCE, on=on, kind=kind, code=code, name=name, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))


async def versions_in_force(work: Work, *, item_ids: Sequence[UUID], on: date) -> dict[UUID, ItemVersion]:
    """The version of each item that is in force on that day; an item without one, or withdrawn by then, is missing."""
    rows = await work.all(VERSIONS_IN_FORCE, item_ids=list(item_ids), on=on)
    return {row.id: row for row in rows if not row.withdrawn}
