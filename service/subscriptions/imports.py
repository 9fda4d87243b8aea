"""Files of subscriptions taken over from elsewhere: each begins on its first day that isn't paid for there."""

from collections.abc import Sequence

from service.catalogue.imports import items_by_code
from service.customers.imports import customer_of, look_up_customers, site_of
from service.kit.imports.cells import named_id, words
from service.kit.imports.files import Row
from service.kit.imports.loading import ImportKind, Known, added, decoded
from service.kit.refusals import NotFound
from service.kit.verbs import Work
from service.subscriptions.records import NewSubscription
from service.subscriptions.subscriptions import open_subscription


async def _look_up(work: Work, rows: Sequence[Row]) -> Known:
    plans = await items_by_code(work, codes=[row.cells["plan"] for row in rows])
    return {**await look_up_customers(work, rows), "plans": plans}


async def _add(work: Work, row: Row, known: Known) -> bool:
    cells = row.cells
    plan_item_id = known["plans"].get(cells["plan"])
    if plan_item_id is None:
        raise ValueError("plan: no item of the price book has this code; load the price book first.")
    subscription = decoded(
        NewSubscription,
        id=named_id(work.organisation_id, "subscription", cells["reference"]),
        customer_id=customer_of(row, known),
        site_id=site_of(work, row),
        plan_item_id=plan_item_id,
        reference=cells["reference"],
        begins_on=cells["begins_on"],
        period_months=cells.get("period_months"),
        anchor_day=cells.get("anchor_day"),
        grace_days=cells.get("grace_days"),
        suspended_for=words(cells.get("suspended_for")),
    )
    try:
        return await added(open_subscription, work, subscription=subscription)
    except NotFound:
        raise ValueError("site: this customer has no such site; load the sites first.") from None


SUBSCRIPTIONS = ImportKind(
    name="subscriptions",
    columns=("reference", "customer", "site", "plan", "begins_on", "period_months", "anchor_day", "grace_days", "suspended_for"),
    required=("reference", "customer", "site", "plan", "begins_on"),
    key=("reference",),
    look_up=_look_up,
    add=_add,
)
