"""A dispute at Stripe and the evidence it is given: files first, then everything at once and for good."""

import io
from collections.abc import Mapping
from typing import Any

import msgspec

from service.integrations.stripe.client import Stripe, call
from service.integrations.stripe.records import Dispute, Id


class File(msgspec.Struct, frozen=True):
    """A file that Stripe keeps for us."""

    id: Id


async def retrieve_dispute(connection: Stripe, *, dispute_id: str) -> Dispute:
    """The dispute as Stripe has it now."""
    return await call(connection, connection.client.v1.disputes.retrieve_async(dispute_id), Dispute, reads=True)


async def upload_evidence(connection: Stripe, *, name: str, content: bytes, idempotency_key: str) -> File:
    """Keeps a file at Stripe for a dispute to cite; of at most 5 MB, a PDF or a picture."""
    file = io.BytesIO(content)
    file.name = name
    made = connection.client.v1.files.create_async({"purpose": "dispute_evidence", "file": file}, {"idempotency_key": idempotency_key})
    return await call(connection, made, File)


async def submit_evidence(
    connection: Stripe, *, dispute_id: str, evidence: Mapping[str, str], metadata: Mapping[str, str], idempotency_key: str
) -> Dispute:
    """Sends the bank its evidence, once and for good: text and ids of files by Stripe's names."""
    told: Any = {"evidence": dict(evidence), "metadata": dict(metadata), "submit": True}
    made = connection.client.v1.disputes.update_async(dispute_id, told, {"idempotency_key": idempotency_key})
    return await call(connection, made, Dispute)
