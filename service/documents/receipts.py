"""The receipt of a payment on paper."""

from uuid import UUID

from service.documents.blocks import Block, figures, row, sheet_of, table, text
from service.documents.figures import day, moment, money_in
from service.documents.queries import RECEIPT_TOLD
from service.documents.records import Receipt
from service.documents.setting import Sheet
from service.documents.words import WORDS
from service.kit.verbs import Work


async def read_receipt_sheet(work: Work, *, payment_id: UUID) -> Sheet:
    """The receipt of a payment as PDF, in the customer's language; a payment taken back says so."""
    return receipt_sheet(await work.one(RECEIPT_TOLD, payment_id=payment_id))


def receipt_sheet(told: Receipt) -> Sheet:
    language, words, money = told.language, WORDS[told.language], money_in(told.currency, told.language)
    blocks: list[Block] = [
        figures(
            (words["number"], told.receipt_number),
            (words["customer"], told.customer),
            (words["got"], f"{money(told.amount_minor)} ({words[told.method]})"),
            (words["on"], moment(told.captured_at, told.zone, language)),
            (words["by"], told.taken_by) if told.taken_by else None,
            (words["credit"], money(told.credit_minor)) if told.credit_minor else None,
        )
    ]
    if told.paid:
        paid = [row(n, part.number, [], [money(part.paid_minor), money(part.open_minor)]) for n, part in enumerate(told.paid, 1)]
        blocks.append(table([words["invoice"], words["paid"], words["open"]], paid))
    blocks += [text(words["through"].format(day(on, language))) for on in told.paid_through]
    return sheet_of(
        title=words["receipt"], mark=words["void"] if told.reversed else None, paper="a5",
        company=told.company, quote=told.receipt_number,
        language=language, dated_at=told.issued_at, blocks=blocks,
    )  # fmt: skip
