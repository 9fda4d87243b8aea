import asyncio
import io
import re
from typing import Any, get_args

import msgspec
import pytest
from pypdf import PdfReader

from service.authorisations.records.policies import Particular
from service.documents.blocks import row, sheet_of, table
from service.documents.records import Company
from service.documents.setting import DocumentTooLong, Sheet, pdf_of
from service.documents.words import TEXTS, Texts
from service.kit.refusals import Busy
from tests.documents.papers import pages_of
from tests.world import NOON


def paper(rows: int, words: str = "word " * 400) -> Sheet:
    """A sheet with so many long rows."""
    blocks = [table(["Description", "Amount"], [row(number, words, [], ["1"]) for number in range(1, rows + 1)])]
    return sheet_of(
        title="Paper", company=Company("Northwind", "", "", "1", "a@b.example"), quote="J-1", language="en", dated_at=NOON, blocks=blocks
    )


def test_every_language_has_every_word_in_the_same_shape() -> None:
    def gaps(texts: Texts) -> dict[str, dict[str, int]]:
        """How many things each text has to be filled with."""
        tables = msgspec.structs.asdict(texts)
        return {table: {key: text.count("{}") for key, text in words.items()} for table, words in tables.items()}

    assert gaps(TEXTS["de"]) == gaps(TEXTS["en"])


async def test_a_table_that_goes_on_repeats_its_heads_and_counts_its_pages() -> None:
    pages = pages_of(await pdf_of(paper(20)))
    assert len(pages) > 5
    for number, page in enumerate(pages, 1):
        assert "# Description Amount" in page
        assert page.startswith("Northwind Paper · J-1")
        assert page.endswith(f"Page {number} of {len(pages)}")


async def test_what_is_too_long_for_a_document_is_refused_before_it_is_set() -> None:
    with pytest.raises(DocumentTooLong):
        await pdf_of(paper(2_000))


async def test_others_are_served_while_a_document_is_set() -> None:
    long, *others = [asyncio.create_task(pdf_of(paper(rows))) for rows in (400, *[1] * 10)]
    await asyncio.gather(*others)
    assert not long.done()
    assert len(PdfReader(io.BytesIO(await long)).pages) > 100


async def test_nobody_waits_for_a_document_for_ever() -> None:
    with pytest.raises(Busy):
        await pdf_of(paper(400), seconds=0.01)


async def test_every_code_that_the_database_knows_has_words(owner: Any) -> None:
    texts = TEXTS["en"]
    for constraint, known in {
        "offer_kind_known": texts.offer_kinds,
        "authorisation_kind_known": texts.consent_kinds,
        "authorisation_channel_known": texts.channels,
        "method_known": texts.methods,
        "authoriser_capacity_known": texts.capacities,
        "shortcoming_known": texts.shortcomings,
        "condition_known": texts.conditions,
        "paper_law_asks_known": dict.fromkeys(get_args(Particular)),
    }.items():
        definition = await owner.fetchval("select pg_get_constraintdef(oid) from pg_constraint where conname = $1", constraint)
        assert set(re.findall(r"'(\w+)'", definition)) == known.keys(), constraint
