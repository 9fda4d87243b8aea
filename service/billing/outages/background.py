"""Gives back, in the background, what those are owed whom incidents reached."""

from datetime import timedelta

from service.billing.outages.incidents import (
    billed_after_outage,
    finish_outage_credits,
    incidents_to_order,
    order_outage_credits,
    outage_orders_to_do,
)
from service.billing.outages.outages import credit_incident, credit_later_periods
from service.billing.refusals import InvoiceWrittenOff
from service.kit.tasks.registry import Task, task
from service.subscriptions.incidents import find_incident, list_incident_services

AT_ONCE = 200


@task("give_outage_credits", every=timedelta(minutes=1), seconds=600)
async def run_give_outage_credits(one: Task) -> None:
    """Orders what a policy gives by itself, gives what is ordered service by service, and what is due of periods billed since."""
    for wanted in await one.read(incidents_to_order):
        await one.perform_apart(order_outage_credits, incident_id=wanted.incident_id, of_price=wanted.of_price)
    for order in await one.read(outage_orders_to_do):
        incident, cursor, all_given = await one.read(find_incident, incident_id=order.incident_id), None, True
        while True:
            services = await one.read(list_incident_services, incident_id=order.incident_id, limit=AT_ONCE, cursor=cursor)
            for service in services.items:
                # written off since it was judged: nobody paid what would be given back
                all_given &= await one.perform_apart(
                    credit_incident,
                    expected=InvoiceWrittenOff,
                    subscription_id=service.subscription_id,
                    incident=incident,
                    of_price=order.of_price,
                )
            cursor = services.next
            if cursor is None:
                break
        if all_given:
            await one.perform(finish_outage_credits, incident_id=order.incident_id, of_price=order.of_price)
    for subscription_id in await one.read(billed_after_outage):
        await one.perform_apart(credit_later_periods, expected=InvoiceWrittenOff, subscription_id=subscription_id)
