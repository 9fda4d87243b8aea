"""Payments: told in any way, any number of times, each is applied once and whole by the one working statement `apply`."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from service.authorisations.work_records import VisitElsewhere
from service.billing.applying import apply
from service.billing.clearing import move_cheque
from service.billing.queries.cheques import CHEQUE_AT_BANK
from service.billing.queries.payments import (
    CUSTOMER_ACCOUNT,
    FIND_PAYMENT,
    FIND_RECEIPT,
    LINE_OF_BANK_ENTRY,
    LIST_PAYMENTS,
    LIST_PAYMENTS_AT_VISIT,
    REVERSE_PAYMENT,
)
from service.billing.receipt_blocks import NumberNotInYourBlock, NumberToGive, give, number_to_give
from service.billing.records.payments import (
    Cause,
    Correction,
    CustomerAccount,
    NewBankTransfer,
    NewCash,
    Payment,
    PaymentOutcome,
    Receipt,
    ReversalReceipt,
)
from service.billing.refusals import (
    AlreadyReversed,
    BankLineHere,
    CapturedOutOfReach,
    CreditAlreadyUsed,
    CurrencyDiffers,
    NotCash,
    PaidBackToCard,
    PayerUnclear,
    PaymentDiffers,
    PaymentOnBankLine,
    ReceiptNumberTaken,
    TakenBackBySomebodyElse,
    TakerNotAllowed,
    TakerUnclear,
)
from service.customers.customers import find_customer
from service.kit.lists import under
from service.kit.paging import Page
from service.kit.refusals import InvalidDocument, NotAllowed
from service.kit.verbs import Kept, Lock, Work, verb

CLOCKS_APART = timedelta(days=1)
LATEST_SYNC = timedelta(days=400)
NOBODY = UUID(int=0)


def account_of(*, invoice_id: UUID | None, customer_id: UUID | None) -> Iterator[Lock]:
    """The billing account that a payment for this invoice or customer goes to."""
    if invoice_id is not None:
        yield Lock.account_of("billing.invoice", invoice_id)
    elif customer_id is not None:
        yield Lock.account(customer_id)


def account_and_hands(*, payment_id: UUID, **_: object) -> Iterator[Lock]:
    """The billing account of a payment, and the hands in which its cash lies."""
    yield Lock.account_of("billing.payment", payment_id)
    yield Lock.day_of("billing.payment", payment_id)


@verb(
    refusals=(
        PayerUnclear,
        TakerUnclear,
        NotAllowed,
        CapturedOutOfReach,
        PaymentDiffers,
        TakerNotAllowed,
        CurrencyDiffers,
        ReceiptNumberTaken,
        NumberNotInYourBlock,
        VisitElsewhere,
    ),
    locks=lambda *, cash, caller: (
        *account_of(invoice_id=cash.invoice_id, customer_id=cash.customer_id),
        Lock.day(cash.taken_by or caller),
    ),
)
async def take_cash(work: Work, *, cash: NewCash, caller: UUID) -> PaymentOutcome:
    """Records cash, pays what it can pay and brings service back, in one transaction.

    The named invoice is paid first, then the oldest due; the rest is the customer's credit. The same entry told again is one payment.
    So is the same amount for one invoice at one visit told twice without an `id`; who collects it twice sends an `id` for each.
    The answer is the receipt, with what the payment changed.
    """
    if cash.invoice_id is None and cash.customer_id is None:
        raise PayerUnclear
    taker, payment_id = _taker(work, cash.taken_by, caller), cash.id or work.new_id()
    number = await _number_of(work, cash, taker)
    outcome = await apply(
        work,
        payment_id=payment_id,
        key_kind="collection" if cash.id is None and cash.visit_id and cash.invoice_id else "client",
        key=str(payment_id),
        method="cash",
        amount_minor=cash.amount.amount,
        currency=cash.amount.currency,
        invoice_id=cash.invoice_id,
        customer_id=cash.customer_id,
        visit_id=cash.visit_id,
        captured_at=captured(work, cash.captured_at),
        taken_by=taker,
        source_kind="cash_on_agent",
        source_holder=str(taker),
        **({"receipt_number": cash.receipt_number} if number else {}),
    )
    if number and work.status == 201:
        await give(work, number, payment_id=payment_id)
    return outcome


@verb(
    refusals=(PayerUnclear, BankLineHere, CapturedOutOfReach, PaymentDiffers, CurrencyDiffers),
    locks=lambda *, transfer: account_of(invoice_id=transfer.invoice_id, customer_id=transfer.customer_id),
)
async def record_bank_transfer(work: Work, *, transfer: NewBankTransfer) -> PaymentOutcome:
    """Records money that came by bank, as cash is recorded; the bank's reference told again is the same payment, and none that a statement has told."""
    if transfer.invoice_id is None and transfer.customer_id is None:
        raise PayerUnclear
    line_id = await work.first(
        LINE_OF_BANK_ENTRY,
        bank_reference=transfer.bank_reference,
        amount_minor=transfer.amount.amount,
        currency=transfer.amount.currency,
    )
    if line_id is not None:
        raise BankLineHere(line_id=str(line_id))
    return await apply(
        work,
        payment_id=work.new_id(),
        key_kind="bank_entry",
        key=transfer.bank_reference,
        method="bank_transfer",
        amount_minor=transfer.amount.amount,
        currency=transfer.amount.currency,
        invoice_id=transfer.invoice_id,
        customer_id=transfer.customer_id,
        captured_at=captured(work, transfer.captured_at),
        source_kind="bank",
    )


@verb(
    refusals=(NotCash, TakenBackBySomebodyElse, AlreadyReversed, CurrencyDiffers, CreditAlreadyUsed, ReceiptNumberTaken),
    locks=account_and_hands,
)
async def correct_cash(work: Work, *, payment_id: UUID, correction: Correction) -> PaymentOutcome:
    """Replaces a mistyped cash entry by a new one that names it: the old is taken back whole, the new applied, in one transaction."""
    mistyped = await work.one(FIND_PAYMENT, payment_id=payment_id)
    if mistyped.method != "cash":
        raise NotCash
    if mistyped.reversed:
        raise AlreadyReversed
    if correction.amount.currency != mistyped.amount.currency:
        raise CurrencyDiffers
    await _reverse(work, payment_id=payment_id, reason=correction.reason, cause="mistyped", replaced_minor=correction.amount.amount)
    return await apply(
        work,
        payment_id=(new_id := correction.id or work.new_id()),
        key_kind="client",
        key=str(new_id),
        method="cash",
        amount_minor=correction.amount.amount,
        currency=correction.amount.currency,
        invoice_id=mistyped.invoice_id,
        customer_id=mistyped.customer_id,
        visit_id=mistyped.visit_id,
        captured_at=mistyped.captured_at,
        taken_by=mistyped.taken_by,
        corrects=payment_id,
        source_kind="cash_on_agent",
        source_holder=str(mistyped.taken_by),
    )


@verb(
    refusals=(AlreadyReversed, PaidBackToCard, PaymentOnBankLine, TakenBackBySomebodyElse, CreditAlreadyUsed),
    locks=account_and_hands,
)
async def reverse_payment(work: Work, *, payment_id: UUID, reason: str, cause: Cause = "other") -> ReversalReceipt:
    """Takes a payment back whole (a bounced cheque, cleared or not, a returned debit): what it had paid is open again, service stays for now.

    Its customer is told before anything is done about it, and has the days of the dunning policy from then on.

    Where its credit has paid later invoices, those are opened too, the last due first, until the amount is covered.
    Cash that its taker has handed in since isn't taken out of their hands: it stands among their differences.
    What a line of the bank brought or shows is taken back with that line: undo it, or match the line that takes the money out again.
    """
    return await _reverse(work, payment_id=payment_id, reason=reason, cause=cause)


async def reverse_by_line(work: Work, *, payment_id: UUID, reason: str, cause: Cause = "other") -> ReversalReceipt:
    """Takes a payment back as part of what becomes of a bank line, whose steps the caller records."""
    return await _reverse(work, payment_id=payment_id, reason=reason, cause=cause, by_line=True)


async def find_payment(work: Work, *, payment_id: UUID) -> Payment:
    """One payment, and whether it was taken back since."""
    return await work.one(FIND_PAYMENT, payment_id=payment_id)


async def find_receipt(work: Work, *, payment_id: UUID) -> Receipt:
    """The receipt of a payment, as it was told when the money was taken."""
    return await work.one(FIND_RECEIPT, payment_id=payment_id)


@under(find_customer)
async def list_payments(work: Work, *, customer_id: UUID, limit: int, cursor: str | None) -> Page[Payment]:
    """A customer's payments in the order they were made."""
    purpose = f"payments {work.organisation_id} {customer_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOBODY
    rows = await work.all(LIST_PAYMENTS, customer_id=customer_id, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))


async def list_payments_at_visit(work: Work, *, customer_id: UUID, visit_id: UUID) -> list[Payment]:
    """What was taken at one visit; who may not read payments sees what they took themselves."""
    taken_by = None if work.principal.may("payments:read") else work.principal.id
    return await work.all(LIST_PAYMENTS_AT_VISIT, customer_id=customer_id, visit_id=visit_id, taken_by=taken_by)


async def read_customer_account(work: Work, *, customer_id: UUID) -> CustomerAccount:
    """What a customer owes, has to their credit, and which invoices are not wholly paid."""
    return await work.one(CUSTOMER_ACCOUNT, customer_id=customer_id)


async def _reverse(
    work: Work, *, payment_id: UUID, reason: str, cause: Cause, replaced_minor: int | None = None, by_line: bool = False
) -> ReversalReceipt:
    cheque = await work.first(CHEQUE_AT_BANK, payment_id=payment_id)
    cleared = cheque is not None and cheque.state == "cleared" and (by_line or not cheque.seen)
    if cleared:
        await move_cheque(work.part(), payment_id=payment_id, to_state="on_its_way")
    # what a correction answers is remembered, not the reversal in it
    unremembered = {} if replaced_minor is None else {"key_hash": None}
    try:
        return await work.run(
            REVERSE_PAYMENT,
            payment_id=payment_id,
            reversal_id=work.new_id(),
            reason=reason,
            cause=cause,
            replaced_minor=replaced_minor or 0,
            by_line=by_line,
            **unremembered,
        )
    except Kept as kept:
        if cleared:  # a refusal that is kept would keep that too
            raise kept.refusal from None
        raise


def captured(work: Work, captured_at: datetime | None) -> datetime:
    """When the money changed hands; raises CapturedOutOfReach."""
    if captured_at is None:
        return work.at
    if not work.at - LATEST_SYNC <= captured_at <= work.at + CLOCKS_APART:
        raise CapturedOutOfReach
    return captured_at


async def _number_of(work: Work, cash: NewCash, taker: UUID) -> NumberToGive | None:
    """The number of a book that the payment's receipt was given at the door, if any; raises NumberNotInYourBlock and ReceiptNumberTaken."""
    if cash.receipt_number is None:
        return None
    if cash.id is None:
        raise InvalidDocument("A `receipt_number` goes with the payment's own `id`.")
    return await number_to_give(work, number=cash.receipt_number, payment_id=cash.id, taker=taker)


def _taker(work: Work, taken_by: UUID | None, caller: UUID) -> UUID:
    """Who holds the cash: the caller, or whom somebody who may accept cash names."""
    own = caller if work.principal.kind == "staff" else None
    if taken_by is None or taken_by == own:
        if own is None:
            raise TakerUnclear
        return own
    if not work.principal.may("cash:accept"):
        raise NotAllowed(scope="cash:accept")
    return taken_by
