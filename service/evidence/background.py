"""Evidence leaves for the bank: written down first, sent once, and after a lost answer looked for before it is sent again."""

from datetime import timedelta
from uuid import UUID

from service.documents.setting import pdf_of
from service.evidence.answers import (
    ANSWERABLE,
    MOST_FILE_BYTES,
    disputes_to_warn_of,
    end_dispute_answer,
    fields_of,
    find_dispute_answer,
    hash_of,
    prepare_dispute_answer,
    warn_of_dispute,
    write_dispute_sending,
)
from service.evidence.records.disputes import DisputeAnswer
from service.integrations.stripe.client import Stripe
from service.integrations.stripe.errors import ProviderRefused, ProviderUnavailable
from service.integrations.stripe.evidence import retrieve_dispute, submit_evidence, upload_evidence
from service.integrations.stripe.records import Dispute
from service.kit.tasks.registry import Task, TaskFailed, task

PAPER_SECONDS = 20
HASH_AT_PROVIDER = "sayso_evidence"
"""Where a dispute at the provider names the hash of what it was answered with."""


@task("send_dispute_evidence", attempts=40, seconds=120, first_pause_seconds=5, longest_pause_seconds=3600)
async def run_send_dispute_evidence(one: Task) -> None:
    """Sends a dispute its evidence, once; if the provider has some, or takes none any more, that is kept and told."""
    answer = await one.read(find_dispute_answer, dispute_id=one.subject_id)
    if answer.answer != "asked" or answer.scope_id is None:
        return
    if one.outside.stripe is None:
        raise TaskFailed("No card payments are set up here.")
    try:
        if not await _ended(one, answer, await retrieve_dispute(one.outside.stripe, dispute_id=answer.provider_dispute_id)):
            await _ended(one, answer, await _send(one, one.outside.stripe, answer, answer.scope_id))
    except ProviderRefused as refused:
        raise TaskFailed(f"The provider refused the evidence: {refused.code or refused.param or 'no reason told'}.") from refused
    except ProviderUnavailable as silent:
        raise TaskFailed("The provider gave no answer.") from silent


@task("watch_disputes", every=timedelta(minutes=5), seconds=120, longest_pause_seconds=600)
async def run_watch_disputes(one: Task) -> None:
    """Has whoever answers disputes warned of those whose evidence is to be sent."""
    for dispute_id in await one.read(disputes_to_warn_of):
        await one.perform(warn_of_dispute, dispute_id=dispute_id)


async def _ended(one: Task, answer: DisputeAnswer, dispute: Dispute) -> bool:
    """Whether nothing is left to be sent; how that came is kept."""
    waits = dispute.status in ANSWERABLE  # also where it had evidence while it only asked
    submitted = dispute.evidence_details.submission_count > 0 and not waits
    if waits and not (dispute.due_by and dispute.due_by <= one.at):
        return False
    await one.perform(
        end_dispute_answer,
        dispute_id=one.subject_id,
        about=answer.about,
        evidence_hash=_hash_told(dispute) if submitted else None,
        submissions=dispute.evidence_details.submission_count if submitted else 0,
    )
    return True


async def _send(one: Task, provider: Stripe, answer: DisputeAnswer, scope_id: UUID) -> Dispute:
    """Uploads the papers and submits; each call under a key made of what it sends. The provider takes one submission, whatever the key."""
    prepared = await one.read(prepare_dispute_answer, dispute_id=one.subject_id, scope_id=scope_id)
    files = dict(prepared.pictures)
    for name, sheet in prepared.sheets.items():
        content = await pdf_of(sheet, seconds=PAPER_SECONDS)
        if sum(map(len, files.values())) + len(content) <= MOST_FILE_BYTES:
            files[name] = content
    fields = fields_of(prepared.words, files)
    await one.perform(write_dispute_sending, dispute_id=one.subject_id, about=answer.about, fields=fields)
    # A lost answer is asked for again under its key; an error is remembered under it, so that every third attempt takes another.
    key = f"dispute:{one.subject_id}:{answer.about}:{hash_of(fields).hex()}:{one.attempt // 3}"
    kept = {
        name: (
            await upload_evidence(
                provider, name=f"{name}.{'png' if name in prepared.pictures else 'pdf'}", content=content, idempotency_key=f"{key}:{name}"
            )
        ).id
        for name, content in files.items()
    }
    return await submit_evidence(
        provider,
        dispute_id=answer.provider_dispute_id,
        evidence=prepared.words | kept,
        metadata={HASH_AT_PROVIDER: hash_of(fields).hex()},
        idempotency_key=f"{key}:submit",
    )


def _hash_told(dispute: Dispute) -> bytes | None:
    """The hash that the provider was given with the evidence; none where somebody else sent it."""
    try:
        return bytes.fromhex(dispute.metadata.get(HASH_AT_PROVIDER, "")) or None
    except ValueError:
        return None
