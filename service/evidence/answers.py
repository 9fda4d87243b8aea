"""A disputed card payment is answered with the proof of its matter: asked for by a person, sent once, and what was sent is kept by its hashes."""

import hashlib
from typing import Any
from uuid import UUID

import msgspec

from service.authorisations.canonical import text_of
from service.documents.invoices import read_invoice_sheet
from service.documents.jobs import read_job_sheet
from service.documents.setting import Sheet
from service.evidence.disputes import read_dispute_evidence
from service.evidence.queries import (
    ANSWER_DISPUTE,
    DISPUTE_ANSWERS,
    DISPUTES_TO_WARN_OF,
    END_DISPUTE_ANSWER,
    INVOICES_TOLD,
    JOB_OF_SCOPE,
    SIGNATURE_AT_READER,
    SIGNATURE_OF_SCOPE,
    WARN_OF_DISPUTE,
    WRITE_DISPUTE_SENDING,
)
from service.evidence.records.disputes import About, AnswerReceipt, DisputeAnswer, DisputeNoted, FieldSent, NewDisputeAnswer, TextField
from service.evidence.signatures import picture_of
from service.identity.scopes import ROLES
from service.kit.paging import EARLIEST, Page
from service.kit.refusals import Refusal
from service.kit.verbs import Lock, Work, verb

MOST_FILE_BYTES = 4_500_000
"""Of all files of one dispute together: what banks take (https://docs.stripe.com/disputes/responding)."""
ANSWERABLE = ("needs_response", "warning_needs_response")
"""Of what standing a bank takes evidence."""
WARNED = [role for role, scopes in ROLES.items() if "disputes:answer" in scopes]
"""The roles that answer disputes, and are mailed before the evidence of one is due."""


class DisputeNotOpen(Refusal):
    """The bank takes no evidence of this dispute any more: it has it, or has decided."""

    code, status, remedy = "DISPUTE_NOT_OPEN", 409, "Read the dispute for how it stands."


class DisputeTooLate(Refusal):
    """The day until which the bank took evidence is over."""

    code, status, remedy = "DISPUTE_TOO_LATE", 409, "Nothing can be sent any more; `due_by` of the dispute was the last moment."


class DisputeAnswered(Refusal):
    """This dispute was answered before, with another matter's proof."""

    code, status, remedy = "DISPUTE_ANSWERED", 409, "Read its answer; evidence is sent once."
    constraints = ("evidence.dispute_answer_pkey",)


class MatterUnclear(Refusal):
    """The disputed payment names no invoice of one matter, or the matter named isn't this customer's."""

    code, status, remedy = "MATTER_UNCLEAR", 409, "Send `scope_id`: which matter of this customer the payment was for."
    constraints = ("evidence.answer_of_their_matter",)


def _locks(*, dispute_id: UUID, **_: Any) -> tuple[Lock]:
    return (Lock.account_of("billing.dispute", dispute_id),)


@verb(refusals=(DisputeAnswered, DisputeNotOpen, DisputeTooLate, MatterUnclear), locks=_locks)
async def answer_dispute(work: Work, *, dispute_id: UUID, answer: NewDisputeAnswer) -> AnswerReceipt:
    """Answers a dispute with the proof of its matter: it is put together and sent to the bank by itself, once; and once more where an inquiry became a chargeback.

    The matter is that of the disputed invoice, where that is one; otherwise `scope_id` says which.
    """
    return await work.run(ANSWER_DISPUTE, dispute_id=dispute_id, scope_id=answer.scope_id)


async def find_dispute_answer(work: Work, *, dispute_id: UUID) -> DisputeAnswer:
    """A dispute: until when it takes evidence, how far its answer is, and what was sent, field by field with its hash."""
    return await work.one(DISPUTE_ANSWERS, dispute_id=dispute_id, after_at=EARLIEST[0], after_id=EARLIEST[1], limit=0)


async def list_undecided(work: Work, *, limit: int, cursor: str | None) -> Page[DisputeAnswer]:
    """Disputes that no bank has decided, each with its answer, those whose evidence is due first before the others."""
    purpose = f"undecided disputes {work.organisation_id}"
    after_at, after_id = work.cursors.read_moment(purpose, cursor, begins=EARLIEST)
    rows = await work.all(DISPUTE_ANSWERS, dispute_id=None, after_at=after_at, after_id=after_id, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: ((row.due_by or row.opened_at).isoformat(), str(row.dispute_id)))


class Prepared(msgspec.Struct, frozen=True):
    """What is to be sent: words by Stripe's names, sheets that become files, and pictures as they are."""

    words: dict[str, str]
    sheets: dict[str, Sheet]
    pictures: dict[str, bytes]


async def prepare_dispute_answer(work: Work, *, dispute_id: UUID, scope_id: UUID) -> Prepared:
    """The evidence of a matter with its papers still to be set: the latest invoice, and the job with every consent; the newest signature is drawn.

    Where nothing was signed on glass, the signature given at a card reader for the payment is cited by the provider's own name for it.
    """
    told = await read_dispute_evidence(work, scope_id=scope_id)
    sheets: dict[str, Sheet] = {}
    for invoice in (await work.all(INVOICES_TOLD, scope_id=scope_id))[-1:]:
        sheets["receipt"] = await read_invoice_sheet(work, invoice_id=UUID(invoice.invoice_id))
    for job_id in await work.all(JOB_OF_SCOPE, scope_id=scope_id):
        sheets["service_documentation"] = await read_job_sheet(work, job_id=job_id)
    signed = await work.first(SIGNATURE_OF_SCOPE, scope_id=scope_id)
    words: dict[str, str] = {one.name: one.value for one in told.fields if isinstance(one, TextField)}
    if signed is not None:
        return Prepared(words, sheets, {"customer_signature": picture_of(signed.strokes)})
    at_reader = await work.first(SIGNATURE_AT_READER, dispute_id=dispute_id)
    return Prepared(words if at_reader is None else words | {"customer_signature": at_reader}, sheets, {})


def fields_of(words: dict[str, str], files: dict[str, bytes]) -> list[FieldSent]:
    """What is kept of a sending: the hash of each field, and the words themselves but for the person's name, which can be erased."""
    texts = [_sent(name, "text", text.encode(), None if name == "customer_name" else text) for name, text in words.items()]
    return [*texts, *(_sent(name, "file", content, None) for name, content in files.items())]


def _sent(name: str, kind: Any, content: bytes, value: str | None) -> FieldSent:
    return FieldSent(name, kind, hashlib.sha256(content).hexdigest(), len(content), value)


def hash_of(fields: list[FieldSent]) -> bytes:
    """One hash of all that is sent: of the hash of each field by its name, in the one form of RFC 8785."""
    return hashlib.sha256(text_of({one.name: one.sha256 for one in fields}).encode()).digest()


@verb(locks=_locks)
async def write_dispute_sending(work: Work, *, dispute_id: UUID, about: About, fields: list[FieldSent]) -> DisputeNoted:
    """Keeps what is about to be sent, before it is."""
    told = msgspec.json.encode(fields).decode()
    return await work.run(WRITE_DISPUTE_SENDING, dispute_id=dispute_id, about=about, evidence_hash=hash_of(fields), fields=told)


@verb(locks=_locks)
async def end_dispute_answer(work: Work, *, dispute_id: UUID, about: About, evidence_hash: bytes | None, submissions: int) -> DisputeNoted:
    """Takes in how the answer ended: the bank has what we wrote, or what somebody else sent, or it takes nothing any more. Once; `submissions` is how often the bank was answered, the inquiry before a chargeback included."""
    return await work.run(END_DISPUTE_ANSWER, dispute_id=dispute_id, about=about, evidence_hash=evidence_hash, submissions=submissions)


async def disputes_to_warn_of(work: Work) -> list[UUID]:
    """Disputes of which whoever answers them should be told now that their evidence is to be sent."""
    return await work.all(DISPUTES_TO_WARN_OF)


@verb(locks=_locks)
async def warn_of_dispute(work: Work, *, dispute_id: UUID) -> DisputeNoted:
    """Has everybody who answers disputes mailed that the evidence of one is to be sent: as it opens and within three days of its end, once each."""
    return await work.run(WARN_OF_DISPUTE, dispute_id=dispute_id, tells=WARNED)
