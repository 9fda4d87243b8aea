"""A credit note on paper: which invoice it corrects, what is given back, and what becomes of the money."""

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import replace

from service.documents.blocks import Block, figures, heading, heads, row, sheet_of, table, tax_rows, text, totals
from service.documents.einvoices import attachable, read_credit_note_traded, untaxed_words
from service.documents.figures import day, money_in, quantity
from service.documents.queries import CREDIT_NOTE_TOLD
from service.documents.records import CreditNote
from service.documents.setting import Sheet
from service.documents.words import WORDS
from service.kit.verbs import Work


async def read_credit_note_sheet(work: Work, *, credit_note_id: UUID) -> Sheet:
    """The credit note as it was issued, as PDF, in the customer's language: the invoice that it corrects, why, and where the money went."""
    return (await read_credit_note(work, credit_note_id=credit_note_id))[1]


async def read_credit_note(work: Work, *, credit_note_id: UUID) -> tuple[CreditNote, Sheet]:
    """The credit note and its sheet."""
    told = await work.one(CREDIT_NOTE_TOLD, credit_note_id=credit_note_id)
    traded = await read_credit_note_traded(work, credit_note_id=credit_note_id)
    untaxed = untaxed_words(traded, language=told.language)
    return told, replace(credit_note_sheet(told, untaxed=untaxed), e_invoice=attachable(traded))


def credit_of(told: CreditNote) -> int:
    """What of it no invoice took: the customer's credit."""
    return told.total_minor - sum(part.paid_minor for part in told.paid)


def credit_note_sheet(told: CreditNote, *, untaxed: Sequence[str] = ()) -> Sheet:
    language, words, money = told.language, WORDS[told.language], money_in(told.currency, told.language)
    title = f"{words['credit_note']} {told.number}"
    blocks: list[Block] = [
        figures(
            (words["number"], told.number),
            (words["customer"], told.customer),
            (words["issued"], day(told.issued_on, language)),
            (words["corrects"], f"{words['invoice']} {told.invoice_number}, {day(told.invoice_issued_on, language)}"),
            (words["reason"], told.reason),
        ),
        table(heads(language), _lines(told)),
        totals(
            (words["sum"], money(told.lines_minor)),
            *tax_rows(told.taxes, basis=told.tax_basis, language=language, currency=told.currency),
            (words["given_back"], money(told.total_minor)),
        ),
        *map(text, untaxed),
        heading(words["becomes"]),
        *_becomes(told),
    ]
    return sheet_of(
        title=title,
        company=told.company,
        quote=f"{told.number}, {told.invoice_number}",
        language=language,
        dated_at=told.issued_at,
        blocks=blocks,
    )


def _lines(told: CreditNote) -> list[Block]:
    language, words, money = told.language, WORDS[told.language], money_in(told.currency, told.language)

    def shown(position: int) -> Block:
        line = told.lines[position - 1]
        notes = [words["line_of_invoice"].format(line.line_number), words["money_only"] if line.quantity == "0" else None]
        amount = quantity(line.quantity, line.unit, language) if line.quantity != "0" else "–"
        return row(position, line.description, notes, [amount, money(line.unit_price), money(line.net_minor)])

    return [shown(position) for position in range(1, len(told.lines) + 1)]


def _becomes(told: CreditNote) -> Sequence[Block]:
    """What was open is less by it, the oldest due first after the invoice itself; the rest is there for the next."""
    words, money = WORDS[told.language], money_in(told.currency, told.language)
    credit = credit_of(told)
    parts = [
        row(n, f"{words['invoice']} {part.number}", [], [money(part.paid_minor), money(part.open_minor)])
        for n, part in enumerate(told.paid, 1)
    ]
    return [
        *([table([words["off"], words["amount"], words["open_then"]], parts)] if parts else []),
        *([totals((words["credit"], money(credit))), text(words["credit_kept"].format(money(credit)))] if credit else []),
    ]
