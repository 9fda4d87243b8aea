"""A job on paper: the original estimate, every consent in full, and what was billed."""

from collections.abc import Sequence
from uuid import UUID

from service.authorisations.presentations import find_presentation
from service.documents.accounts import consent_blocks, original_blocks, read_account, summary_rows
from service.documents.blocks import figures, heading, law_blocks, money_of, notice_blocks, sheet_of, text, thing_rows, totals
from service.documents.figures import day, moment
from service.documents.queries import BILLS_TOLD, SCOPE_OF_JOB, SCOPE_OF_OFFER
from service.documents.records import Account, Bill
from service.documents.setting import Sheet
from service.documents.words import WORDS
from service.kit.refusals import NotFound
from service.kit.verbs import Work


async def read_job_sheet(work: Work, *, job_id: UUID) -> Sheet:
    """A job as PDF, in the customer's language: the original estimate's figures and each consent with when, who, to whom, what and for how much."""
    return await _read(work, scope_id=await work.one(SCOPE_OF_JOB, job_id=job_id), language=None)


async def read_agreed_sheet(work: Work, *, presentation_id: UUID) -> Sheet:
    """The same for whoever answered by this link, and may agree for the customer: names and numbers stand in it."""
    shown = await find_presentation(work, presentation_id=presentation_id)
    if shown.state != "answered" or shown.shortcoming:
        raise NotFound
    return await _read(work, scope_id=await work.one(SCOPE_OF_OFFER, offer_id=shown.offer_id), language=shown.language)


async def _read(work: Work, *, scope_id: UUID, language: str | None) -> Sheet:
    account = await read_account(work, scope_id=scope_id, document="job", language=language)
    return job_sheet(account, await work.all(BILLS_TOLD, scope_id=scope_id))


def job_sheet(account: Account, bills: Sequence[Bill]) -> Sheet:
    matter = account.matter
    language, words, money = matter.language, WORDS[matter.language], money_of(matter)
    blocks = [
        figures(
            (words["reference"], matter.reference),
            (words["customer"], matter.customer),
            (words["place"], matter.address) if matter.address else None,
            *thing_rows(matter),
            (words["opened"], moment(matter.opened_at, matter.zone, language)),
            (words["reported"], matter.reported) if matter.reported else None,
        ),
        *notice_blocks(matter.law),
        *original_blocks(account),
        heading(words["consents"]),
        *(consent_blocks(account) or [text(words["no_consents"])]),
        heading(words["summary"]),
        totals(*summary_rows(account)),
        *([heading(words["bills"]), figures(*((f"{one.number}, {day(one.issued_on, language)}", money(one.total_minor)) for one in bills))] if bills else []),
        *law_blocks(matter.law, language=language, company=matter.company, reported=matter.reported),
    ]  # fmt: skip
    return sheet_of(
        title=words["job_title"], company=matter.company, quote=matter.reference, language=language,
        dated_at=account.consents[-1].recorded_at if account.consents else matter.opened_at, blocks=blocks,
    )  # fmt: skip
