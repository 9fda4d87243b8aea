"""An offer on paper: one wording, as it is sealed."""

from collections import Counter
from uuid import UUID

from service.authorisations.presentations import find_presentation
from service.documents.accounts import read_matter
from service.documents.blocks import (
    basis_words,
    figures,
    heads,
    item_row,
    law_blocks,
    money_of,
    notice_blocks,
    sheet_of,
    sums,
    table,
    text,
    thing_rows,
    totals,
)
from service.documents.figures import moment
from service.documents.queries import REVISION_TOLD
from service.documents.records import Matter, Revision
from service.documents.setting import Sheet
from service.documents.words import OFFER_KINDS, PHOTOS, WORDS
from service.kit.verbs import Work


async def read_offer_sheet(work: Work, *, offer_id: UUID, revision: int | None) -> Sheet:
    """One wording of an offer as PDF, the latest if none is named, in the customer's language: what it was sealed as, or a draft that says so."""
    return await _read(work, offer_id=offer_id, revision=revision, language=None)


async def read_shown_offer_sheet(work: Work, *, presentation_id: UUID) -> Sheet:
    """The wording that a link shows, for whoever holds the link, in the language of its page."""
    shown = await find_presentation(work, presentation_id=presentation_id)
    return await _read(work, offer_id=shown.offer_id, revision=shown.revision, language=shown.language)


async def _read(work: Work, *, offer_id: UUID, revision: int | None, language: str | None) -> Sheet:
    told = await work.one(REVISION_TOLD, offer_id=offer_id, revision=revision)
    return offer_sheet(await read_matter(work, scope_id=told.scope_id, document="offer", language=language), told)


def offer_sheet(matter: Matter, told: Revision) -> Sheet:
    language, words, money = matter.language, WORDS[matter.language], money_of(matter)
    basis, reported = basis_words(told.tax_basis, words), told.reported or matter.reported
    blocks = [
        figures(
            (words["reference"], matter.reference),
            (words["customer"], matter.customer),
            (words["place"], matter.address) if matter.address else None,
            *thing_rows(matter),
            (words["reported"], reported) if reported else None,
            (words["found"], told.found) if told.found else None,
            (words["revision"], str(told.revision)),
            (words["made"], moment(told.made_at, matter.zone, language)),
            (words["sealed"], moment(told.sealed_at, matter.zone, language)) if told.sealed_at else None,
            (words["valid"], moment(told.valid_until, matter.zone, language)) if told.valid_until else None,
            (words["form"], words[told.price_form]),
        ),
        *([figures(*_photos(matter, told))] if told.photos else []),
        table(heads(language), [item_row(position, item, matter) for position, item in enumerate(told.items, 1)]),
        totals(*sums(told.items, basis=told.tax_basis, matter=matter)),
        *([totals((f"{words['cap']} ({basis})", money(told.cap_minor)))] if told.cap_minor is not None else []),
        *([totals(*_in_all(matter, told, basis))] if told.prior_total_minor and told.revision == 1 else []),
        text(words["no_tolerance"] if matter.no_tolerance else words["tolerance"].format(matter.policy)),
        *notice_blocks(matter.law),
        *law_blocks(matter.law, language=language, company=matter.company, reported=reported),
        text(f"{words['fingerprint']}: {told.offer_hash}", kind="small"),
        *([text(f"{words['prior']}: {told.prior_hash}", kind="small")] if told.prior_hash else []),
    ]
    return sheet_of(
        title=OFFER_KINDS[language][told.kind],
        mark=None if told.sealed_at else words["draft"],
        company=matter.company, quote=matter.reference, language=language,
        dated_at=told.sealed_at or told.made_at, blocks=blocks,
    )  # fmt: skip


def _photos(matter: Matter, told: Revision) -> list[tuple[str, str]]:
    """What the customer saw in pictures: each told apart by its hash, and numbered as on their page, beginning anew with what it shows."""
    language, words, seen = matter.language, WORDS[matter.language], Counter[str]()
    rows = []
    for one in told.photos:
        seen[one.shows] += 1
        taken = words["taken"].format(moment(one.taken_at, matter.zone, language))
        name = words["photo"].format(seen[one.shows], PHOTOS[language][one.shows])
        rows.append((name, f"{taken} · {words['fingerprint']}: {one.photo_hash}"))
    return rows


def _in_all(matter: Matter, told: Revision, basis: str) -> list[tuple[str, str]]:
    """What the job comes to if the customer agrees to all of it."""
    words, money = WORDS[matter.language], money_of(matter)
    return [
        (f"{words['so_far']} ({basis})", money(told.prior_total_minor)),
        (f"{words['revised_if']} ({basis})", money(told.prior_total_minor + told.total_minor)),
    ]
