"""Charges by a saved method: told of first, one at a time, never more than is open, and what a failure means decides whether there is another."""

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from msgspec.structs import asdict

from service.billing.dunning.calm import calm_reason
from service.billing.dunning.policies import policy_in_force
from service.billing.payments import NOBODY, account_of
from service.billing.provider.cards import SWEPT_AFTER, AttemptRunning, account_of_attempt
from service.billing.queries.saved_methods import (
    BEGIN_CHARGE,
    CHARGES_DUE,
    CHARGES_NOT_FINAL,
    CHARGES_TO_BEGIN_ANEW,
    FAILED_CHARGES,
    FIND_CHARGE,
    LIST_CHARGES,
    MAY_BE_AT_BANK,
    NOTE_CHARGE_FAILURE,
    NOTICES_DUE,
    NOTIFY_CHARGE,
    PLANNED_CHARGES,
    RENEWALS_TO_BILL,
)
from service.billing.records.saved_methods import (
    Charge,
    ChargeAnew,
    ChargeBegun,
    ChargeNoted,
    ChargeNow,
    ChargeOver,
    ChargeRow,
    DueCharge,
    FailedCharge,
    NoticeGiven,
    PlannedCharges,
    Verdict,
)
from service.billing.saved.methods import new_link
from service.billing.saved.policies import charge_policy_in_force
from service.customers.customers import find_customer
from service.kit.lists import under
from service.kit.paging import Page
from service.kit.refusals import NotFound, Refusal
from service.kit.verbs import Lock, Work, verb

WAITS_FOR_CUSTOMER = timedelta(days=7)
"""How long a charge that only the customer can confirm stays theirs to confirm."""
UNANSWERED_AFTER = timedelta(hours=2)
"""A charge that the provider never answered is given up by then and tried on another day: its own error is replayed under our key, and no other way to pay is open meanwhile."""
ADVISED: dict[str, Verdict] = {"do_not_try_again": "never", "confirm_card_data": "never"}
NEVER = frozenset(
    [
        "account_closed",
        "card_not_supported",
        "currency_not_supported",
        "debit_not_authorized",
        "expired_card",
        "fraudulent",
        "incorrect_cvc",
        "incorrect_number",
        "invalid_account",
        "invalid_expiry_month",
        "invalid_expiry_year",
        "lost_card",
        "merchant_blacklist",
        "payment_method_provider_decline",
        "pickup_card",
        "restricted_card",
        "resource_missing",
        "revocation_of_all_authorizations",
        "revocation_of_authorization",
        "stolen_card",
        "stop_payment_order",
    ]
)
"""Trying these again brings nothing but fees, and networks fine it."""
SAID: dict[str, tuple[str, str]] = {
    "insufficient_funds": ("There wasn't enough money.", "Nothing yet: it is tried again by itself while the policy says so."),
    "authentication_required": ("The bank wants its customer to confirm.", "The customer has a link by mail on which they confirm it."),
    "expired_card": ("The card has expired.", "Send the customer a link, so that they save another."),
    "lost_card": ("The bank has the card down as lost.", "Send the customer a link, so that they save another."),
    "stolen_card": ("The bank has the card down as stolen.", "Send the customer a link, so that they save another."),
    "payment_method_provider_decline": ("The mandate is over.", "Send the customer a link, so that they save another."),
    "no_answer": ("The provider never said what became of it, and nothing was charged.", "Nothing: it is tried again by itself."),
}
"""Why a charge failed and what helps, by the provider's code."""
BY_VERDICT: dict[Verdict, tuple[str, str]] = {
    "again": ("The bank refused it for now.", "Nothing yet: it is tried again by itself while the policy says so."),
    "ask_customer": SAID["authentication_required"],
    "never": ("The bank refuses this method for good.", "Send the customer a link, so that they save another."),
}


class NothingToCharge(Refusal):
    """Nothing is to be charged here now: it is paid or given up, contested or promised, announced or tried already."""

    code, status, remedy = (
        "NOTHING_TO_CHARGE",
        409,
        "Read `/v1/customers/{customer_id}/planned-charges` for what is announced and `/v1/charges` for what runs.",
    )
    constraints = ("billing.one_charge_at_a_time", "billing.one_charge_notice")


class NoSavedMethod(Refusal):
    """This customer has saved no card or account that is in force, so nothing can be charged without them."""

    code, status, remedy = "NO_SAVED_METHOD", 409, "Send them a link to save one: `POST /v1/customers/{customer_id}/saving-links`."


class MethodRefused(Refusal):
    """The bank refused this method for good: trying it again brings fees, and networks fine it."""

    code, status, remedy = "METHOD_REFUSED", 409, "Send the customer a link, so that they save another."


class Problem(NamedTuple):
    """What the provider said of a charge that failed."""

    code: str
    advice: str | None
    verdict: Verdict


def judged(*, code: str | None, decline_code: str | None, advice: str | None) -> Problem:
    """What a refusal means: tried again, the customer asked, or never again."""
    told = decline_code or code or "unknown"
    if "authentication_required" in {code, decline_code}:
        return Problem("authentication_required", advice, "ask_customer")
    if told in NEVER or code in NEVER or advice in ADVISED:
        return Problem(told, advice, "never")
    return Problem(told, advice, "again")


def account_of_invoice(*, invoice_id: UUID, **_: object) -> Iterator[Lock]:
    """The billing account that an invoice is owed by."""
    return account_of(invoice_id=invoice_id, customer_id=None)


async def renewals_to_bill(work: Work) -> list[UUID]:
    """Subscriptions whose next period is to be billed ahead, so that their customers are told of the charge in time."""
    return await work.all(RENEWALS_TO_BILL)


async def notices_due(work: Work) -> list[UUID]:
    """Invoices whose customers are to be told that they will be charged."""
    return await work.all(NOTICES_DUE)


@verb(refusals=(NothingToCharge, NoSavedMethod), locks=account_of_invoice)
async def notify_charge(work: Work, *, invoice_id: UUID) -> NoticeGiven:
    """Tells a customer by mail which sum will be charged and from which day on."""
    policy = await charge_policy_in_force(work)
    return await work.run(NOTIFY_CHARGE, invoice_id=invoice_id, agreement=None, retry_days=policy.retry_days)


@verb(refusals=(NothingToCharge, NoSavedMethod, MethodRefused), locks=account_of_invoice)
async def begin_charge_anew(work: Work, *, invoice_id: UUID, anew: ChargeAnew) -> NoticeGiven:
    """Charges an open invoice once more by the saved method, where its charge was called off, taken back or failed and the customer has agreed: they are told anew, as many days ahead."""
    policy = await charge_policy_in_force(work)
    return await work.run(NOTIFY_CHARGE, invoice_id=invoice_id, agreement=anew.agreement, retry_days=policy.retry_days)


async def charges_to_begin_anew(work: Work, *, customer_id: UUID) -> list[ChargeOver]:
    """Open invoices of which nothing is charged any more by itself, and could be if their customer agrees."""
    policy = await charge_policy_in_force(work)
    return await work.all(CHARGES_TO_BEGIN_ANEW, customer_id=customer_id, retry_days=policy.retry_days)


async def charges_due(work: Work) -> list[DueCharge]:
    """What may be charged at this moment; nobody in their quiet hours or on their days of rest, if the policy keeps them."""
    policy, dunning = await charge_policy_in_force(work), await policy_in_force(work)
    due = await work.all(CHARGES_DUE, retry_days=policy.retry_days)
    if not policy.keeps_quiet_hours:
        return due
    return [one for one in due if calm_reason(dunning, at=work.at, zone=one.zone, places=one.jurisdictions) is None]


@verb(refusals=(NothingToCharge, AttemptRunning), locks=account_of_invoice)
async def begin_charge(work: Work, *, invoice_id: UUID) -> ChargeBegun:
    """Begins a charge of what is open of an invoice and was told of, by the method in force; judged whole under the account's lock."""
    if await work.one(MAY_BE_AT_BANK, invoice_id=invoice_id):
        raise NothingToCharge
    policy = await charge_policy_in_force(work)
    return await work.run(BEGIN_CHARGE, invoice_id=invoice_id, attempt_id=work.new_id(), retry_days=policy.retry_days)


@verb(locks=lambda *, attempt_id, **_: account_of_attempt(attempt_id))
async def note_charge_failure(work: Work, *, attempt_id: UUID, problem: Problem) -> ChargeNoted:
    """Keeps why a charge brought nothing and tells the customer with a link; a charge that was paid after all, or called off, is left alone."""
    link = new_link(work, work.new_id())
    return await work.run(
        NOTE_CHARGE_FAILURE,
        attempt_id=attempt_id,
        verdict=problem.verdict,
        code=problem.code,
        advice=problem.advice,
        link_id=link["link_id"],
        link_expires_at=link["expires_at"],
        token_hash=link["token_hash"],
    )


async def find_charge(work: Work, *, attempt_id: UUID) -> ChargeNow:
    """A charge as it stands."""
    return await work.one(FIND_CHARGE, attempt_id=attempt_id)


async def charges_not_final(work: Work) -> list[UUID]:
    """Charges of which nothing final was heard for a minute, or that their customer left alone for a week."""
    return await work.all(CHARGES_NOT_FINAL, before=work.at - SWEPT_AFTER, abandoned=work.at - WAITS_FOR_CUSTOMER)


@under(find_customer)
async def list_planned_charges(work: Work, *, customer_id: UUID) -> PlannedCharges:
    """What a customer will be charged, from which day on: they were told of each."""
    policy = await charge_policy_in_force(work)
    return PlannedCharges(await work.all(PLANNED_CHARGES, customer_id=customer_id, retry_days=policy.retry_days))


async def failed_charges(work: Work, *, customer_id: UUID) -> list[FailedCharge]:
    """What failed and is open still, unless it was tried or announced again since, or waits for nobody any more."""
    return await work.all(FAILED_CHARGES, customer_id=customer_id)


async def list_charges(work: Work, *, customer_id: UUID | None, limit: int, cursor: str | None) -> Page[Charge]:
    """Every charge by a saved method: paid, running or failed, and why."""
    purpose = f"charges {work.organisation_id} {customer_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOBODY
    rows = await work.all(LIST_CHARGES, customer_id=customer_id, after=after, limit=limit)
    page = work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))
    return Page([_told(row) for row in page.items], page.next)


async def find_told_charge(work: Work, *, attempt_id: UUID) -> Charge:
    """One charge as it is listed; raises NotFound."""
    rows = await work.all(LIST_CHARGES, customer_id=None, after=UUID(int=attempt_id.int - 1), limit=0)
    if not rows or rows[0].id != attempt_id:
        raise NotFound
    return _told(rows[0])


def _told(row: ChargeRow) -> Charge:
    detail, remedy = (None, None) if row.verdict is None else SAID.get(row.code or "", BY_VERDICT[row.verdict])
    return Charge(**asdict(row), detail=detail, remedy=remedy)
