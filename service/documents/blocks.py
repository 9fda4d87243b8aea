"""The blocks that a sheet is made of, and what all sheets have in common. Everything in them is text, ready to be shown."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from service.billing.judge import taxes_of
from service.customers.records import Language
from service.documents.figures import money_in, number, quantity
from service.documents.records import Basis, Company, Item, ItemSaid, Matter, PaperLaw, RateTold
from service.documents.setting import Sheet
from service.documents.words import CONDITIONS, WORDS
from service.kit.money import exact, exact_text

Block = dict[str, Any]
Rows = Sequence[tuple[str, str]]


def thing_rows(matter: Matter) -> list[tuple[str, str]]:
    """What the job is done on: a vehicle by its plate and VIN, and what its meter showed when it came and went."""
    words = WORDS[matter.language]
    rows = (
        [(words["thing"], " · ".join(one for one in (matter.thing.name, matter.thing.plate, matter.thing.serial) if one))]
        if matter.thing
        else []
    )
    return rows + [(words[one.taken_when], quantity(str(one.value), one.unit, matter.language)) for one in matter.readings]


def sheet_of(
    *, title: str, company: Company, quote: str, language: Language, dated_at: datetime, blocks: list[Block],
    mark: str | None = None, running: str | None = None, paper: str = "a4",
) -> Sheet:  # fmt: skip
    """A whole sheet: on each page who it is from, what it is, whom to ask, and which page of how many."""
    words = WORDS[language]
    sender = " · ".join(" ".join(part.split()) for part in (company.name, company.address, company.registration) if part)
    content = {
        "title": title, "mark": mark, "organisation": company.name, "sender": sender, "running": running or f"{title} · {quote}", "language": language, "paper": paper,
        "contact": words["contact"].format(company.phone, company.email, quote), "page": words["page"].split("{}"), "blocks": blocks,
    }  # fmt: skip
    return Sheet(quote.replace(", ", "_"), dated_at, content)


def heading(text: str) -> Block:
    return {"kind": "heading", "text": text}


def figures(*rows: tuple[str, str] | None) -> Block:
    """What is so: label and value, those that there are."""
    return {"kind": "figures", "rows": [row for row in rows if row]}


def table(heads: Sequence[str], rows: Sequence[Block]) -> Block:
    return {"kind": "items", "heads": ["#", *heads], "rows": rows}


def totals(*rows: tuple[str, str]) -> Block:
    """Sums; the last one is what counts."""
    return {"kind": "totals", "rows": rows}


def text(words: str, *, kind: str = "text") -> Block:
    return {"kind": kind, "text": words}


def heads(language: Language) -> list[str]:
    words = WORDS[language]
    return [words["description"], words["quantity"], words["price"], words["amount"]]


def item_row(position: int, item: Item, matter: Matter) -> Block:
    """An item in full: nothing of what the customer reads is cut. What was said to it stands in a cell of its own."""
    language, money, words = matter.language, money_of(matter), WORDS[matter.language]
    notes = [
        words["sku"].format(item.sku) if item.sku else None,
        condition_note(item.kind, item.condition, language=language, law=matter.law),
        words["method"].format(item.method) if item.method else None,
        words["alternates"].format(", ".join(item.alternates)) if item.alternates else None,
        words["optional"] if item.optional else None,
        words["recurring"] if item.recurring else None,
        item.exemption or words.get(f"untaxed_{item.tax_category}"),
    ]
    cells = [quantity(item.quantity, item.unit, language), money(item.unit_price), money(item.amount_minor)]
    if isinstance(item, ItemSaid):
        cells.append(words["yes" if item.verdict == "approved" else "no"])
    return row(position, item.description, notes, cells)


def row(position: int, description: str, notes: Sequence[str | None], cells: Sequence[str]) -> Block:
    return {"number": str(position), "text": description, "notes": [note for note in notes if note], "cells": cells}


def condition_note(kind: str | None, condition: str | None, *, language: Language, law: PaperLaw) -> str | None:
    """New, used or rebuilt; a part of which nobody said it says so where the law asks."""
    if condition:
        return WORDS[language]["condition"].format(CONDITIONS[language].get(condition, condition))
    return WORDS[language]["no_condition"] if kind == "part" and "part_condition" in law.asks else None


def sums(items: Sequence[Item], *, basis: Basis, matter: Matter) -> Rows:
    """What all of it comes to, taxed as an invoice of it would be."""
    language, money, words = matter.language, money_of(matter), WORDS[matter.language]
    taxes = taxes_of([(item.tax_category, exact(item.tax_rate) / 100, item.amount_minor) for item in items], tax_basis=basis)
    net, tax = sum(item.amount_minor for item in items), sum(one for _, _, _, one in taxes)
    label = words["tax" if basis == "excl" else "tax_in"]
    return [
        (f"{words['sum']} ({basis_words(basis, words)})", money(net)),
        *((label.format(number(exact_text(rate * 100), language)), money(one)) for _, rate, _, one in taxes),
        (words["total"], money(net + tax if basis == "excl" else net)),
    ]


def tax_rows(taxes: Sequence[RateTold], *, basis: Basis, language: Language, currency: str) -> list[tuple[str, str]]:
    """The tax of each rate as it was charged or given back."""
    words, money = WORDS[language], money_in(currency, language)
    label = words["tax_in" if basis == "incl" else "tax"]
    return [(label.format(number(one.rate, language)), money(one.tax_minor)) for one in taxes]


def basis_words(basis: Basis, words: dict[str, str]) -> str:
    return words["before_tax" if basis == "excl" else "with_tax"]


def notice_blocks(law: PaperLaw) -> list[Block]:
    """What the law of the place prints word for word, where nobody misses it."""
    return [text(law.notice, kind="notice")] if law.notice else []


def law_blocks(law: PaperLaw, *, language: Language, company: Company, reported: str | None) -> list[Block]:
    """Under which law the document says what it says, and what that law asks for that nobody has told us."""
    if not law.citation:
        return []
    words = WORDS[language]
    told = {"business_address": company.address, "registration_number": company.registration, "problem_reported": reported}
    lacking = [words[particular] for particular, known in told.items() if particular in law.asks and not known]
    return [
        text(words["law"].format(law.citation), kind="small"),
        *([text(words["lacking"].format(", ".join(lacking)), kind="small")] if lacking else []),
    ]


def money_of(matter: Matter) -> Callable[[int | str], str]:
    return money_in(matter.currency, matter.language)
