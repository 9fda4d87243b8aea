"""What holds dunning: placed and released by people; and what customers promise to pay."""

from uuid import UUID

from service.billing.dunning.policies import policy_in_force
from service.billing.queries.dunning import DUNNING_STANDING, PLACE_DUNNING_HOLD, PROMISE_PAYMENT, RELEASE_DUNNING_HOLD
from service.billing.records.dunning import HoldReceipt, NewHold, NewPaymentPromise, PaymentPromiseReceipt
from service.kit.card_numbers import refuse_card_numbers
from service.kit.refusals import CardNumber, IdTaken, Refusal
from service.kit.verbs import Lock, Work, verb


class HoldUnclear(Refusal):
    """A dispute names an invoice of this customer, nothing else does; an incident ends, and on a day to come."""

    code, status, remedy = (
        "HOLD_UNCLEAR",
        422,
        "Send `invoice_id` with a dispute alone, and `until_on` in the future; an incident needs one.",
    )
    constraints = ("billing.a_dispute_names_its_invoice", "billing.an_incident_ends")


class HoldOfObjection(Refusal):
    """This holds what a customer objects to, until that is decided."""

    code, status, remedy = (
        "HOLD_OF_OBJECTION",
        409,
        "Decide the objection, which has this id: `POST /v1/objections/{objection_id}/decision`.",
    )


class PromiseRunning(Refusal):
    """This customer has promised to pay already, and the day hasn't passed."""

    code, status, remedy = "PROMISE_RUNNING", 409, "Read the customer's dunning: `promise` says how much by when."


class PromisedMoreThanOwed(Refusal):
    """This is more than the customer owes in that currency."""

    code, status, remedy = "PROMISED_MORE_THAN_OWED", 422, "Promise at most what is open."


class PromiseTooFar(Refusal):
    """The day is past, or further away than the policy lets anybody promise."""

    code, status, remedy = "PROMISE_TOO_FAR", 422, "Choose a day from today on, at most `longest_promise_days` of the dunning policy away."
    constraints = ("billing.promised_soon_enough",)


@verb(refusals=(CardNumber, HoldUnclear, IdTaken), locks=lambda *, customer_id, **_: (Lock.account(customer_id),))
async def place_dunning_hold(work: Work, *, customer_id: UUID, hold: NewHold) -> HoldReceipt:
    """Holds a customer's dunning until it is released or its day comes; a dispute holds that of its invoice alone."""
    refuse_card_numbers(hold.note)
    return await work.run(
        PLACE_DUNNING_HOLD,
        hold_id=hold.id or work.new_id(),
        customer_id=customer_id,
        kind=hold.kind,
        invoice_id=hold.invoice_id,
        contested_minor=None,
        until_on=hold.until_on,
        note=hold.note,
    )


@verb(refusals=(HoldOfObjection,), locks=lambda *, hold_id: (Lock.account_of("billing.dunning_hold", hold_id),))
async def release_dunning_hold(work: Work, *, hold_id: UUID) -> HoldReceipt:
    """Ends a hold; the policy goes on, and each step still leaves its days after the one before."""
    return await work.run(RELEASE_DUNNING_HOLD, hold_id=hold_id, decided=False)


async def hold_contested(part: Work, *, hold_id: UUID, customer_id: UUID, invoice_id: UUID, contested_minor: int) -> None:
    """Holds the dunning of a part of an invoice for as long as a customer's objection to it isn't decided."""
    held = {"kind": "dispute", "until_on": None, "note": None}
    await part.run(
        PLACE_DUNNING_HOLD, hold_id=hold_id, customer_id=customer_id, invoice_id=invoice_id, contested_minor=contested_minor, **held
    )


async def release_contested(part: Work, *, hold_id: UUID) -> None:
    """Ends it, as the objection is decided."""
    await part.run(RELEASE_DUNNING_HOLD, hold_id=hold_id, decided=True)


@verb(
    refusals=(PromiseRunning, PromisedMoreThanOwed, PromiseTooFar, IdTaken),
    locks=lambda *, customer_id, **_: (Lock.account(customer_id),),
)
async def promise_payment(work: Work, *, customer_id: UUID, promise: NewPaymentPromise) -> PaymentPromiseReceipt:
    """Keeps what a customer says they will pay by when; until then nothing is done. Whether they did is told by their payments."""
    standing = await work.one(DUNNING_STANDING, customer_ids=[customer_id])
    policy = await policy_in_force(work)
    return await work.run(
        PROMISE_PAYMENT,
        promise_id=promise.id or work.new_id(),
        customer_id=customer_id,
        amount_minor=promise.amount.amount,
        currency=promise.amount.currency,
        pay_by=promise.pay_by,
        longest_days=policy.longest_promise_days,
        running=standing.promise is not None,
    )
