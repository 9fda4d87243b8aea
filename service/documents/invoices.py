"""An invoice on paper, as it was issued: its lines, and for each matter the original estimate and every consent that it stands on."""

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import replace

from service.billing.provider.pay_links import pay_url
from service.customers.records import Language
from service.documents.accounts import consent_blocks, original_blocks, read_account, summary_rows
from service.documents.blocks import (
    Block,
    basis_words,
    condition_note,
    figures,
    heading,
    heads,
    law_blocks,
    notice_blocks,
    row,
    sheet_of,
    table,
    tax_rows,
    text,
    thing_rows,
    totals,
)
from service.documents.einvoices import attachable, read_invoice_traded, untaxed_words
from service.documents.figures import day, money_in, quantity
from service.documents.paying import card_blocks, pay_blocks
from service.documents.queries import INVOICE_TOLD
from service.documents.records import Account, Invoice, InvoiceLine, PaperLaw
from service.documents.setting import Sheet
from service.documents.things import WarrantyTold
from service.documents.words import WORDS
from service.kit.verbs import Work


async def read_invoice_sheet(work: Work, *, invoice_id: UUID, pay_home: str | None = None) -> Sheet:
    """The invoice as it was issued, as PDF, in the customer's language: with the original estimate and each consent that it stands on, in full.

    Where all that EN 16931 asks for is on record the file carries the e-invoice (Factur-X). While something of it is open it says how to pay that, for euros with a payment QR code; and by a code of the page on which it is paid by card, whose home is `pay_home` where cards are taken.
    """
    return (await read_invoice(work, invoice_id=invoice_id, pay_home=pay_home))[1]


async def read_told_invoice(work: Work, *, invoice_id: UUID) -> Invoice:
    """The invoice as issued, between whom it was issued, with what is open of it now."""
    return await work.one(INVOICE_TOLD, invoice_id=invoice_id)


async def read_invoice(work: Work, *, invoice_id: UUID, pay_home: str | None = None) -> tuple[Invoice, Sheet]:
    """The invoice with what is open of it now, and its sheet."""
    told = await read_told_invoice(work, invoice_id=invoice_id)
    accounts = [
        await read_account(work, scope_id=one, document="invoice", until=told.issued_at, language=told.language, zone=told.zone)
        for one in told.scope_ids
    ]
    traded = await read_invoice_traded(work, invoice_id=invoice_id)
    untaxed = untaxed_words(traded, language=told.language)
    url = pay_url(work, invoice_id=invoice_id, home=pay_home)
    return told, replace(invoice_sheet(told, accounts, untaxed=untaxed, url=url), e_invoice=attachable(traded))


def invoice_sheet(told: Invoice, accounts: Sequence[Account], *, untaxed: Sequence[str] = (), url: str | None = None) -> Sheet:
    language, words, money = told.language, WORDS[told.language], money_in(told.currency, told.language)
    laws = {account.matter.law.citation: account.matter.law for account in accounts}.values()  # each once, in the order of the matters
    references = ", ".join(account.matter.reference for account in accounts)
    reported = " / ".join(account.matter.reported for account in accounts if account.matter.reported)
    blocks = [
        figures(
            (words["number"], told.number),
            (words["reference"], references) if references else None,
            (words["customer"], told.customer),
            *((words["place"], account.matter.address) if account.matter.address else None for account in accounts),
            *(one for account in accounts for one in thing_rows(account.matter)),
            (words["reported"], reported) if reported else None,
            (words["issued"], day(told.issued_on, language)),
            (words["due"], day(told.due_on, language)),
        ),
        table(heads(language), _lines(told, accounts)),
        totals(
            *_subtotals(told, accounts),
            (words["sum"], money(told.lines_minor)),
            *tax_rows(told.taxes, basis=told.tax_basis, language=language, currency=told.currency),
            (words["total"], money(told.total_minor)),
        ),
        *map(text, untaxed),
        *pay_blocks(told),
        *card_blocks(told, url=url),
        *(block for law in laws for block in notice_blocks(law)),
        *(block for account in accounts for block in _stands_on(account, told)),
        *(block for law in laws for block in law_blocks(law, language=language, company=told.company, reported=reported)),
    ]
    return sheet_of(
        title=f"{words['invoice']} {told.number}",
        running=" · ".join([f"{words['invoice']} {told.number}", *([references] if references else [])]),
        company=told.company, quote=", ".join([told.number, *([references] if references else [])]),
        language=language, dated_at=told.issued_at, blocks=blocks,
    )  # fmt: skip


def _lines(told: Invoice, accounts: Sequence[Account]) -> list[Block]:
    language, money = told.language, money_in(told.currency, told.language)
    laws = {account.matter.scope_id: account.matter.law for account in accounts}

    def shown(position: int, line: InvoiceLine) -> Block:
        law = laws[line.scope_id] if line.scope_id else PaperLaw()
        note = condition_note(line.kind, line.condition, language=language, law=law)
        cells = [quantity(line.quantity, line.unit, language), money(line.unit_price), money(line.net_minor)]
        return row(position, line.description, [note, _warranty(line.warranty, language)], cells)

    return [shown(position, line) for position, line in enumerate(told.lines, 1)]


def _warranty(told: WarrantyTold, language: Language) -> str | None:
    """What the version of the price book that was agreed to gives from the hand-back."""
    words, ends = WORDS[language], []
    if told.months:
        ends.append(words["a_month"] if told.months == 1 else words["months"].format(told.months))
    if told.distance and told.unit:
        ends.append(quantity(str(told.distance), told.unit, language))
    return words["warranty"].format(words["warranty_both"].format(*ends) if len(ends) > 1 else ends[0]) if ends else None


def _subtotals(told: Invoice, accounts: Sequence[Account]) -> list[tuple[str, str]]:
    """Work and parts apart, where a law asks."""
    asked = frozenset[str]().union(*(account.matter.law.asks for account in accounts))
    words, money = WORDS[told.language], money_in(told.currency, told.language)
    parts = sum(line.net_minor for line in told.lines if line.kind == "part")
    return [
        *([(words["labour_subtotal"], money(told.lines_minor - parts))] if "labour_subtotal" in asked else []),
        *([(words["parts_subtotal"], money(parts))] if "parts_subtotal" in asked else []),
    ]


def _stands_on(account: Account, told: Invoice) -> list[Block]:
    """What was estimated and agreed in a matter, against what is billed of it here."""
    words, money = WORDS[told.language], money_in(told.currency, told.language)
    billed = sum(line.net_minor for line in told.lines if line.scope_id == account.matter.scope_id)
    return [
        heading(words["matter"].format(account.matter.reference)),
        totals(*summary_rows(account), (f"{words['billed_here']} ({basis_words(told.tax_basis, words)})", money(billed))),
        *original_blocks(account),
        heading(words["consents"]),
        *consent_blocks(account),
    ]
