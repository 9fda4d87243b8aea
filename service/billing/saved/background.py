"""Charging without the customer: what runs out is billed ahead, they are told, then it is charged; one that fails doesn't stop the others."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from service.billing.provider.cards import AttemptRunning, CardRefused, ProviderSilent
from service.billing.provider.desk import desk_of
from service.billing.renewals import renew_ahead
from service.billing.saved.charges import (
    NoSavedMethod,
    NothingToCharge,
    begin_charge,
    charges_due,
    charges_not_final,
    notices_due,
    notify_charge,
    renewals_to_bill,
)
from service.billing.saved.desk import detach, drive_charge, look_at_pages
from service.kit.refusals import Refusal
from service.kit.tasks.registry import Task, TaskFailed, task


@task("plan_charges", every=timedelta(minutes=1), seconds=300)
async def run_plan_charges(one: Task) -> None:
    """Bills what runs out, tells of what will be charged and begins what is due, each judged again under its account's lock."""
    if one.outside.stripe is None:
        return
    for subscription_id in await one.read(renewals_to_bill):
        with suppress(Refusal):  # not renewable now: a fault, an end, a plan that isn't agreed to. People see it in the list of renewals
            await one.perform(renew_ahead, subscription_id=subscription_id)
    for invoice_id in await one.read(notices_due):
        await one.perform_apart(notify_charge, expected=(NothingToCharge, NoSavedMethod), invoice_id=invoice_id)
    for charge in await one.read(charges_due):
        await one.perform_apart(begin_charge, expected=(NothingToCharge, AttemptRunning), invoice_id=charge.invoice_id)


@task("charge_saved_method", attempts=20)
async def run_charge_saved_method(one: Task) -> None:
    """Asks the provider for the money of one charge."""
    await _driven(one, one.subject_id)


@task("sweep_charges", every=timedelta(minutes=1), seconds=120, longest_pause_seconds=300)
async def run_sweep_charges(one: Task) -> None:
    """Asks about charges and pages of which nothing final was heard: their webhook may never come, their worker may have died."""
    if one.outside.stripe is None:
        return
    failed = 0
    for attempt_id in await one.read(charges_not_final):
        try:
            await _driven(one, attempt_id)
        except TaskFailed:
            failed += 1
    try:
        await look_at_pages(desk_of(one))
    except (CardRefused, ProviderSilent):
        failed += 1
    if failed:
        raise TaskFailed(f"The provider gave no answer about {failed} charges or pages.")


@task("detach_method", attempts=20)
async def run_detach_method(one: Task) -> None:
    """Takes an ended method away from the provider."""
    if one.outside.stripe is None:
        return
    try:
        await detach(desk_of(one), method_id=one.subject_id)
    except ProviderSilent as silent:
        raise TaskFailed(silent.code) from silent


async def _driven(one: Task, attempt_id: Any) -> None:
    try:
        await drive_charge(desk_of(one), attempt_id=attempt_id)
    except (CardRefused, ProviderSilent) as silent:
        raise TaskFailed(silent.code) from silent
