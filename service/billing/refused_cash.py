"""Cash that phones couldn't hand over: noted with its reason, settled by the office once, and told back to the phone."""

from uuid import UUID

from service.billing.payments import NOBODY, account_of, take_cash
from service.billing.queries.refused_cash import LIST_REFUSED_CASH, NOTE_REFUSED_CASH, REFUSED_CASH_SETTLED, SETTLE_REFUSED_CASH
from service.billing.receipt_blocks import NumberNotInYourBlock
from service.billing.records.payments import NewCash, PaymentOutcome, PositiveMoney
from service.billing.records.refused_cash import RefusedCash, RefusedCashReceipt, RefusedCashToSettle
from service.billing.refusals import CurrencyDiffers, PayerUnclear, PaymentDiffers, ReceiptNumberTaken, TakerNotAllowed
from service.kit.card_numbers import refuse_card_numbers
from service.kit.paging import Page
from service.kit.refusals import CardNumber, NotAllowed, NotFound, Refusal
from service.kit.verbs import Lock, Work, verb


class SettledByOffice(Refusal):
    """The office has settled this cash."""

    code, status, remedy = "SETTLED_BY_OFFICE", 409, "Read what was made of it: the payment, or `note`."
    constraints = ("billing.one_settlement_an_entry",)


class SettledByItsHolder(Refusal):
    """Whoever holds this cash can't settle it, and no API key does it for them."""

    code, status, remedy = "SETTLED_BY_ITS_HOLDER", 409, "Let a colleague of theirs sign in and settle it."
    constraints = ("billing.settled_by_who_holds_none_of_it",)


@verb(
    refusals=(SettledByOffice, *take_cash.refusals),
    locks=lambda *, cash, caller: (*account_of(invoice_id=cash.invoice_id, customer_id=cash.customer_id), Lock.day(caller)),
)
async def take_told_cash(work: Work, *, cash: NewCash, caller: UUID) -> PaymentOutcome:
    """Records cash that a phone took, unless the office has said meanwhile that nothing is recorded of it, or has recorded it."""
    settled = await work.first(REFUSED_CASH_SETTLED, entry_id=cash.id)
    if settled is not None:
        raise SettledByOffice(note=settled.note)
    return await take_cash(work, cash=cash, caller=caller)


@verb(locks=lambda *, caller, **_: (Lock.day(caller),))
async def note_refused_cash(work: Work, *, cash: NewCash, caller: UUID, code: str) -> RefusedCashReceipt:
    """Notes what a phone took and why it couldn't be recorded, once; it waits for the office from then on."""
    return await work.run(
        NOTE_REFUSED_CASH,
        entry_id=cash.id,
        staff_id=caller,
        code=code,
        invoice_id=cash.invoice_id,
        visit_id=cash.visit_id,
        amount_minor=cash.amount.amount,
        currency=cash.amount.currency,
        captured_at=cash.captured_at or work.at,
        receipt_number=cash.receipt_number,
    )


@verb(
    refusals=(
        CardNumber, PayerUnclear, SettledByOffice, NotAllowed, PaymentDiffers, TakerNotAllowed, CurrencyDiffers, SettledByItsHolder,
    ),
    locks=lambda *, entry_id, settlement: (
        *account_of(invoice_id=settlement.invoice_id, customer_id=settlement.customer_id),
        Lock.day_of("billing.refused_cash", entry_id),
    ),
)  # fmt: skip
async def settle_refused_cash(work: Work, *, entry_id: UUID, settlement: RefusedCashToSettle) -> RefusedCashReceipt:
    """Records refused cash for the invoice or account that it is for, in the hands of whoever took it, or says why not; once. The phone hears of it."""
    if (settlement.note is None) == (settlement.invoice_id is None and settlement.customer_id is None):
        raise PayerUnclear
    refuse_card_numbers(settlement.note)
    entry = await find_refused_cash(work, entry_id=entry_id)
    if entry.payment_id or entry.note:
        raise SettledByOffice(note=entry.note)
    if settlement.note is None:
        await _record(work, entry, settlement)
    return await work.run(SETTLE_REFUSED_CASH, entry_id=entry_id, note=settlement.note)


async def list_refused_cash(work: Work, *, settled: bool | None, limit: int, cursor: str | None) -> Page[RefusedCash]:
    """Cash that phones couldn't hand over, in the order it was taken; `settled=false` for what waits for the office."""
    purpose = f"refused cash {work.organisation_id} {settled}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOBODY
    rows = await work.all(LIST_REFUSED_CASH, entry_id=None, settled=settled, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))


async def find_refused_cash(work: Work, *, entry_id: UUID) -> RefusedCash:
    """One entry, and what was made of it; raises NotFound."""
    rows = await work.all(LIST_REFUSED_CASH, entry_id=entry_id, settled=None, after=NOBODY, limit=1)
    if not rows:
        raise NotFound
    return rows[0]


async def _record(work: Work, entry: RefusedCash, settlement: RefusedCashToSettle) -> None:
    """With the number that the customer was given, where it can still be given."""

    async def take(number: str | None) -> None:
        cash = NewCash(
            id=entry.id,
            amount=PositiveMoney(entry.amount.amount, entry.amount.currency),
            invoice_id=settlement.invoice_id,
            customer_id=settlement.customer_id,
            captured_at=entry.captured_at,
            taken_by=entry.staff_id,
            receipt_number=number,
        )
        await take_cash(work.part(), cash=cash, caller=work.principal.id)

    try:
        await take(entry.receipt_number)
    except (NumberNotInYourBlock, ReceiptNumberTaken):
        await take(None)
