"""Subscriptions in every state, by the way they got there: opened, authorised, billed and paid, or not."""

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from uuid import UUID

from service.authorisations.consents import record_oral_consent
from service.authorisations.offers import find_offer
from service.authorisations.records import Authoriser, OralConsent
from service.billing.dunning.steps import lapse_subscription
from service.billing.payments import record_bank_transfer
from service.billing.records.payments import NewBankTransfer, PositiveMoney
from service.billing.renewals import renew_subscription
from service.cli.demo.mould import ZONES
from service.cli.demo.office import Company, Office, Served, Told, side_by_side
from service.subscriptions.records import NewSubscription
from service.subscriptions.subscriptions import end_subscription, open_subscription, suspend_subscription

GRACE_DAYS = 7
DAYS_AGO = {"active": (1, 20), "due": (24, 27), "lapsed": (9, 21), "held": (3, 18), "ended": (6, 20)}
"""When what was paid elsewhere ended, and we began."""


@dataclass(frozen=True)
class Unpaid:
    """An invoice that somebody could collect."""

    served: Served
    invoice_id: UUID


@dataclass
class _Subscriber:
    served: Served
    begins_on: date
    subscription_id: UUID
    invoice_id: UUID | None = None
    amount_minor: int = 0


async def subscribe(office: Office, company: Company, told: Told) -> list[Unpaid]:
    """All of them; answers what of the lapsed is billed and open."""
    fate = random.Random(3)  # noqa: S311 — the same company each time
    served = [one for one in company.served if one.client.plan]
    subscribers = [_begin(office, company, one, fate) for one in served]
    await side_by_side(
        [partial(_open, office, company, one) for one in subscribers], told(f"{len(served)} subscriptions, authorised", len(served))
    )
    # Invoices are numbered in the order of their days: one after the other.
    billed = sorted(
        (one for one in subscribers if one.served.client.subscription != "lapsed" or fate.random() < 0.6), key=lambda one: one.begins_on
    )
    done = told(f"{len(billed)} renewals, billed", len(billed))
    for one in billed:
        await _bill(office, company, one)
        done()
    done = told(f"{len(subscribers)} renewals, paid, lapsed or ended", len(subscribers))
    await side_by_side([partial(_settle, office, company, one) for one in subscribers], done)
    return [Unpaid(one.served, one.invoice_id) for one in billed if one.served.client.subscription == "lapsed" and one.invoice_id]


def _begin(office: Office, company: Company, served: Served, fate: random.Random) -> _Subscriber:
    least, most = DAYS_AGO[served.client.subscription]
    begins_on = company.today(ZONES[served.client.city]) - timedelta(days=fate.randint(least, most))
    return _Subscriber(served, begins_on, office.new_id(company.founded_at))


def _at(company: Company, one: _Subscriber, clock: time, *, days: int = 0) -> datetime:
    return company.at(one.begins_on + timedelta(days=days), clock, ZONES[one.served.client.city])


async def _open(office: Office, company: Company, one: _Subscriber) -> None:
    """Opened the day before it begins, and authorised on the telephone."""
    at = _at(company, one, time(15, 0), days=-1)
    subscription = NewSubscription(
        customer_id=one.served.customer_id, site_id=one.served.site_id, plan_item_id=company.items[one.served.client.plan], begins_on=one.begins_on,
        grace_days=GRACE_DAYS, reference=f"S-{one.served.client.reference}", id=one.subscription_id,
    )  # fmt: skip
    receipt = await office.do(open_subscription, at=at, subscription=subscription)
    offer = await office.read(find_offer, at=at, offer_id=receipt.offer_id)
    total = await office.value("select total_minor from authorisations.offer_revision where offer_id = $1", receipt.offer_id)
    clerk = office.person(company.staff["office@tejo-spree.example"], "back_office")
    consent = OralConsent(
        offer_hash=offer.offer_hash, channel="oral_phone", consented_at=at, approved=[item.item_id for item in offer.items],
        authoriser=Authoriser(name=one.served.client.name, contact_id=one.served.contact_id), number_called=one.served.client.phone,
        received_by=str(clerk.id), conditions="none", added_minor=total, total_minor=total,
    )  # fmt: skip
    await office.do(record_oral_consent, at=at, by=clerk, offer_id=receipt.offer_id, consent=consent)


async def _bill(office: Office, company: Company, one: _Subscriber) -> None:
    invoice = await office.do(renew_subscription, at=_at(company, one, time(9, 0)), subscription_id=one.subscription_id)
    one.invoice_id, one.amount_minor = invoice.id, invoice.total_minor


async def _settle(office: Office, company: Company, one: _Subscriber) -> None:
    state = one.served.client.subscription
    if state == "lapsed":
        at = _at(company, one, time(0, 5), days=GRACE_DAYS)
        await office.do(lapse_subscription, at=at, subscription_id=one.subscription_id)
        return
    at = _at(company, one, time(11, 0))
    transfer = NewBankTransfer(
        amount=PositiveMoney(one.amount_minor, "EUR"), bank_reference=f"E{one.subscription_id.hex[-12:]}", invoice_id=one.invoice_id
    )
    await office.do(record_bank_transfer, at=at, transfer=transfer)
    if state == "held":
        at = _at(company, one, time(10, 0), days=2)
        await office.do(suspend_subscription, at=at, subscription_id=one.subscription_id, reason="customer_request")
    elif state == "ended":
        await office.do(end_subscription, at=_at(company, one, time(10, 0), days=5), subscription_id=one.subscription_id)
