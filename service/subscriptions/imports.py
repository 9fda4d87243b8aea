"""Files of subscriptions taken over from elsewhere: each begins on its first day that isn't paid for there."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, get_args

import msgspec

from service.catalogue.imports import items_by_code
from service.catalogue.records import Code
from service.customers.imports import CUSTOMER, SITE, customer_of, judge_customer, look_up_customers, site_of
from service.kit.imports.cells import Column, named_id, typed, words
from service.kit.imports.files import Row
from service.kit.imports.loading import ImportKind, Known, added, decoded
from service.kit.refusals import NotFound
from service.kit.verbs import Work
from service.subscriptions.records import AnchorDay, GraceDays, Months, NewSubscription, OtherReason, Reference
from service.subscriptions.subscriptions import open_subscription


async def _look_up(work: Work, rows: Sequence[Row]) -> Known:
    plans = await items_by_code(work, codes=[row.cells["plan"] for row in rows if "plan" in row.cells])
    return {**await look_up_customers(work, rows), "plans": plans}


def _judge(row: Row, known: Known) -> list[str]:
    complaints = judge_customer(row, known)
    if "plan" in row.values and row.values["plan"] not in known["plans"]:
        complaints.append("plan: no item of the price book has this code; load the price book first.")
    return complaints


async def _add(work: Work, row: Row, known: Known) -> bool:
    values = row.values
    subscription = decoded(
        NewSubscription,
        id=named_id(work.organisation_id, "subscription", values["reference"]),
        customer_id=customer_of(row, known),
        site_id=site_of(work, row),
        plan_item_id=known["plans"][values["plan"]],
        reference=values["reference"],
        begins_on=values["begins_on"],
        period_months=values.get("period_months"),
        anchor_day=values.get("anchor_day"),
        grace_days=values.get("grace_days"),
        suspended_for=values.get("suspended_for"),
    )
    try:
        return await added(open_subscription, work, subscription=subscription)
    except NotFound:
        raise ValueError("site: this customer has no such site; load the sites first.") from None


REASONS = Annotated[list[OtherReason], msgspec.Meta(max_length=5)]

SUBSCRIPTIONS = ImportKind(
    name="subscriptions",
    about="a row a service that a customer pays for from period to period",
    columns=(
        Column("reference", "1 to 60 characters", "S-2001", typed(Reference), required=True, note="your own number of the subscription"),
        CUSTOMER,
        msgspec.structs.replace(SITE, required=True),
        Column("plan", "the code of an item of kind plan, as in the price book", "NET-100", typed(Code), required=True),
        Column("begins_on", "a day as year-month-day", "2026-03-20", typed(date), required=True, note="the first that isn't paid for yet"),
        Column(
            "period_months", "a whole number from 1 to 36", "1", typed(Months), note="how many months are paid at once; 1 where it is empty"
        ),
        Column(
            "anchor_day",
            "a whole number from 1 to 31",
            "20",
            typed(AnchorDay),
            note="the day of the month on which periods begin; that of begins_on where it is empty",
        ),
        Column(
            "grace_days",
            "a whole number from 0 to 365",
            "7",
            typed(GraceDays),
            note="for how many days the service goes on unpaid; 7 where it is empty",
        ),
        Column(
            "suspended_for",
            f"words of {', '.join(get_args(OtherReason))}, separated by blanks",
            "moving",
            words(REASONS),
            note="why it stands still there",
        ),
    ),
    key=("reference",),
    look_up=_look_up,
    add=_add,
    judge=_judge,
)
