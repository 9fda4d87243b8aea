"""Cheques: a payment when received, money in the bank when cleared, taken back when they bounce."""

from datetime import timedelta
from uuid import UUID

from service.authorisations.work_records import VisitElsewhere
from service.billing.applying import apply
from service.billing.clearing import move_cheque
from service.billing.payments import NOBODY, account_of, captured
from service.billing.queries.cheques import CHEQUE_AT_BANK, KEEP_CHEQUE, KNOWN_CHEQUE, LIST_CHEQUES
from service.billing.records.cheques import Cheque, ChequeCleared, ChequeStanding, NewCheque, State
from service.billing.records.payments import PaymentOutcome
from service.billing.refusals import CapturedOutOfReach, CurrencyDiffers, PayerUnclear, PaymentDiffers, PaymentOnBankLine
from service.kit.paging import Page
from service.kit.refusals import NotFound, Refusal
from service.kit.verbs import Lock, Work, verb


class ChequeDateUnlikely(Refusal):
    """This cheque is dated more than a year from when it was received."""

    code, status, remedy = "CHEQUE_DATE_UNLIKELY", 422, "Look at the day, the month and the year that are written on it."


class ChequeBounced(Refusal):
    """This cheque bounced."""

    code, status, remedy = "CHEQUE_BOUNCED", 409, "Record the money that comes instead; its debt is open again since."


class ChequeOfAnother(Refusal):
    """A cheque of this bank and number was received from another customer."""

    code, status, remedy = (
        "CHEQUE_OF_ANOTHER",
        409,
        "Compare the papers: if it is the same one, take its payment back as mistyped; if this is another drawer's, name that payment in `another_than`.",
    )
    constraints = ("billing.one_paper_cheque", "billing.one_cheque_beside_another", "billing.cheque_beside_another")


class ChequeTakenBack(Refusal):
    """This cheque was recorded by mistake, and its payment taken back."""

    code, status, remedy = "CHEQUE_TAKEN_BACK", 409, "Record the cheque as it is: `POST /v1/payments/cheques`."


class ClearedBefore(Refusal):
    """This cheque cleared before, by another entry of the bank."""

    code, status, remedy = (
        "CHEQUE_CLEARED",
        409,
        "Read the cheque (`GET /v1/payments/cheques`); take its clearing back first if it was told by mistake.",
    )
    constraints = ("billing.cheque_step_pkey",)


class ClearedBeforeReceived(Refusal):
    """This cheque was received later than that, so it can't have cleared then."""

    code, status, remedy = "CLEARED_BEFORE_RECEIVED", 422, "Send the `cleared_at` of the bank's entry, or leave it out."


class NotCleared(Refusal):
    """This cheque is on its way, so there is no clearing to take back."""

    code, status, remedy = "CHEQUE_NOT_CLEARED", 409, "Nothing is to be done; if it bounced, take its payment back."


DATED_WITHIN = timedelta(days=366)
GONE: dict[State, type[Refusal]] = {"bounced": ChequeBounced, "taken_back": ChequeTakenBack}


@verb(
    refusals=(
        PayerUnclear, CapturedOutOfReach, ChequeDateUnlikely, ChequeBounced, ChequeOfAnother, PaymentDiffers, CurrencyDiffers, VisitElsewhere,
    ),
    locks=lambda *, cheque: account_of(invoice_id=cheque.invoice_id, customer_id=cheque.customer_id),
)  # fmt: skip
async def receive_cheque(work: Work, *, cheque: NewCheque) -> PaymentOutcome:
    """Records a cheque as a payment: it pays and brings service back at once, and its money is on its way until it clears.

    The same cheque told again, at the door or in the office, is the same payment. One that bounced isn't taken again, but one whose payment was taken back as mistyped is.
    One paper is one payment: told for another customer too it is refused, unless it says which cheque of the same bank and number it isn't.
    """
    if cheque.invoice_id is None and cheque.customer_id is None:
        raise PayerUnclear
    captured_at = captured(work, cheque.captured_at)
    if abs(cheque.dated_on - captured_at.date()) > DATED_WITHIN:
        raise ChequeDateUnlikely
    known = await work.one(
        KNOWN_CHEQUE, invoice_id=cheque.invoice_id, customer_id=cheque.customer_id, number=cheque.number, bank=cheque.bank
    )
    if known.bounced_id is not None:
        raise ChequeBounced(payment_id=str(known.bounced_id))
    if known.standing_id not in {None, cheque.another_than}:
        raise ChequeOfAnother(payment_id=str(known.standing_id))
    outcome = await apply(
        work,
        payment_id=(payment_id := work.new_id()),
        key_kind="cheque",
        key=known.key,
        method="cheque",
        amount_minor=cheque.amount.amount,
        currency=cheque.amount.currency,
        invoice_id=cheque.invoice_id,
        customer_id=cheque.customer_id,
        visit_id=cheque.visit_id,
        taken_by=work.principal.id if work.principal.kind == "staff" else None,
        captured_at=captured_at,
        corrects=known.instead_of,
        source_kind="cheques",
    )
    if work.status == 201:
        written = {"number": cheque.number, "bank": cheque.bank, "dated_on": cheque.dated_on, "beside": known.last_id}
        await work.part().run(KEEP_CHEQUE, payment_id=payment_id, nth=known.nth, **written)
    return outcome


@verb(
    refusals=(CapturedOutOfReach, ChequeBounced, ChequeTakenBack, ClearedBefore, ClearedBeforeReceived),
    locks=lambda *, payment_id, **_: (Lock.account_of("billing.payment", payment_id),),
)
async def clear_cheque(work: Work, *, payment_id: UUID, cleared: ChequeCleared) -> ChequeStanding:
    """Says that the bank has the money of a cheque, before or instead of its line; the line shows it later without booking it twice."""
    return await move_cheque(
        work,
        payment_id=payment_id,
        to_state="cleared",
        bank_reference=cleared.bank_reference,
        occurred_at=captured(work, cleared.cleared_at),
        told_at=cleared.cleared_at,
    )


@verb(
    refusals=(ChequeBounced, ChequeTakenBack, NotCleared, PaymentOnBankLine),
    locks=lambda *, payment_id: (Lock.account_of("billing.payment", payment_id),),
)
async def take_clearing_back(work: Work, *, payment_id: UUID) -> ChequeStanding:
    """Says that a cheque hasn't cleared after all: it is on its way again. What a line shows is taken back with the line."""
    at_bank = await work.first(CHEQUE_AT_BANK, payment_id=payment_id)
    if at_bank is None:
        raise NotFound
    if at_bank.state != "cleared":
        raise GONE.get(at_bank.state, NotCleared)
    if at_bank.seen:
        raise PaymentOnBankLine
    return await move_cheque(work, payment_id=payment_id, to_state="on_its_way")


async def list_cheques(work: Work, *, state: State | None, number: str | None, limit: int, cursor: str | None) -> Page[Cheque]:
    """Cheques in the order they were received: all of them, those in one state, or those of a number."""
    purpose = f"cheques {work.organisation_id} {state} {number}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOBODY
    rows = await work.all(LIST_CHEQUES, state=state, number=number, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.payment_id,))
