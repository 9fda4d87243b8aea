"""What a disputed card payment is answered with: one matter in the fields and within the limits of Stripe's dispute evidence, as it is staged."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import msgspec

from service.billing.invoices import find_invoice
from service.customers.customers import find_customer
from service.evidence.queries import (
    ACTS_TOLD,
    INVOICES_TOLD,
    JOB_OF_SCOPE,
    OFFERS_TOLD,
    PRESENTATIONS_TOLD,
    SCOPE_TOLD,
    SIGNATURE_OF_SCOPE,
    WORK_TOLD,
)
from service.evidence.records.bills import InvoiceTold
from service.evidence.records.disputes import DisputeEvidence, FileField, FileName, TextField
from service.evidence.records.packs import ActTold, OfferTold, PresentationTold, ScopeTold, WorkTold
from service.kit.money import MINOR_DIGITS
from service.kit.verbs import Work

MOST_OF_A_FIELD = 20_000
"""Characters (https://docs.stripe.com/api/disputes/update); with three long fields the 150,000 of all together are never reached."""
CHANNELS = {
    "link": "by the link mailed to them", "on_device": "on the phone handed to them", "paper": "on paper", "oral_phone": "by telephone",
    "oral_in_person": "in person",
}  # fmt: skip


async def read_dispute_evidence(work: Work, *, scope_id: UUID) -> DisputeEvidence:
    """One matter as evidence for a disputed card payment: what was agreed, done and billed, the invoice, the job and the customer's signature as files."""
    scope = await work.one(SCOPE_TOLD, scope_id=scope_id)
    offers, acts = await work.all(OFFERS_TOLD, scope_id=scope_id), await work.all(ACTS_TOLD, scope_id=scope_id)
    done, invoices = await work.all(WORK_TOLD, scope_id=scope_id), await work.all(INVOICES_TOLD, scope_id=scope_id)
    items = _items(offers)
    told = [
        TextField("customer_name", await _customer_name(work, scope, invoices)),
        TextField("product_description", _fitted([line for invoice in invoices for line in _billed(invoice, scope)])),
        TextField("service_date", _days(done)),
        TextField("access_activity_log", _fitted(_showings(await work.all(PRESENTATIONS_TOLD, scope_id=scope_id), acts))),
        TextField("uncategorized_text", _fitted(_story(acts, done, invoices, items, scope))),
    ]
    words = [field for field in told if field.value]
    sources: list[tuple[FileName, str]] = [
        *(("receipt", f"/v1/invoices/{one.invoice_id}/invoice.pdf") for one in invoices[-1:]),
        *(("service_documentation", f"/v1/jobs/{job_id}/job.pdf") for job_id in await work.all(JOB_OF_SCOPE, scope_id=scope_id)),
    ]
    files = [FileField(name, source=source, media_type="application/pdf", purpose="dispute_evidence") for name, source in sources]
    signed = await work.first(SIGNATURE_OF_SCOPE, scope_id=scope_id)
    if signed is not None:
        source = f"/v1/authorisations/{signed.authorisation_id}/signature.png"
        files.append(FileField("customer_signature", source=source, media_type="image/png", purpose="dispute_evidence"))
    return DisputeEvidence(scope_id=scope_id, submit=False, characters=sum(len(one.value) for one in words), fields=[*words, *files])


async def _customer_name(work: Work, scope: ScopeTold, invoices: Sequence[InvoiceTold]) -> str:
    """As on the invoice that is sent with it."""
    if invoices:
        return (await find_invoice(work, invoice_id=UUID(invoices[-1].invoice_id))).buyer.name
    return (await find_customer(work, customer_id=UUID(scope.customer_id))).name


def _items(offers: Sequence[OfferTold]) -> dict[str, tuple[str, str]]:
    """Description and unit of every item ever offered."""
    listed = [item for offer in offers for item in msgspec.json.decode(offer.text)["items"]]
    return {item["item_id"]: (item["description"], item["unit"]) for item in listed}


def _story(
    acts: Sequence[ActTold], done: Sequence[WorkTold], invoices: Sequence[InvoiceTold], items: dict[str, tuple[str, str]], scope: ScopeTold
) -> list[str]:
    """What happened, in its order, an entry a line."""
    entries = [
        *((act.recorded_us, _said(act, items)) for act in acts),
        *((one.ended_us, _worked(one, items)) for one in done),
        *((one.issued_us, f"Invoice {one.number}: {_money(one.total_minor, scope)}.") for one in invoices),
    ]
    return [f"{_moment(at):%Y-%m-%d %H:%M} UTC  {words}" for at, words in sorted(entries)]


def _showings(presentations: Sequence[PresentationTold], acts: Sequence[ActTold]) -> list[str]:
    """What was shown to the customer when and how, and when they answered it, an entry a line."""
    entries = [
        *((one.presented_us, f"Shown {CHANNELS[one.channel]}: wording {one.offer_hash}.") for one in presentations),
        *((act.recorded_us, f"Answered {CHANNELS[act.channel]} (record {act.entry_hash}).") for act in acts if act.kind != "revocation"),
    ]
    return [f"{_moment(at):%Y-%m-%d %H:%M} UTC  {words}" for at, words in sorted(entries)]


def _said(act: ActTold, items: dict[str, tuple[str, str]]) -> str:
    how = f"{CHANNELS[act.channel]} (record {act.entry_hash})"
    if act.kind == "revocation":
        return f"The customer took an authorisation back {how}."
    verdicts = [
        f"{word} to {', '.join(told for item, (told, _) in items.items() if item in chosen)}"
        for word, chosen in (("yes", act.approved), ("no", act.declined))
        if chosen
    ]
    flaw = f" Not in force: {act.shortcoming}." if act.shortcoming else ""
    return f"The customer said {'; '.join(verdicts)} {how}.{flaw}"


def _worked(done: WorkTold, items: dict[str, tuple[str, str]]) -> str:
    description, unit = items[done.item_id]
    return f"Done: {description}, {done.quantity} {unit}.{f' Not billed: {done.finding}.' if done.finding else ''}"


def _billed(invoice: InvoiceTold, scope: ScopeTold) -> list[str]:
    lines = [f"{line.description}, {line.quantity} {line.unit}: {_money(line.net_minor, scope)}" for line in invoice.lines]
    return [f"Invoice {invoice.number}", *lines]


def _days(done: Sequence[WorkTold]) -> str:
    days = sorted({f"{_moment(one.started_us):%Y-%m-%d}" for one in done if one.finding is None})
    return days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}" if days else ""


def _fitted(entries: Sequence[str], room: int = MOST_OF_A_FIELD) -> str:
    """As many whole entries as there is room for, and how many more there are."""
    text = "\n".join(entries)
    if len(text) <= room:
        return text
    left_out = "Left out here, and in the evidence pack: {} entries."
    room -= len(left_out) + len(str(len(entries)))
    kept: list[str] = []
    for entry in entries:
        room -= len(entry) + 1
        if room < 0:
            break
        kept.append(entry)
    return "\n".join([*kept, left_out.format(len(entries) - len(kept))])


def _money(minor: int, scope: ScopeTold) -> str:
    return f"{Decimal(minor).scaleb(-MINOR_DIGITS[scope.currency])} {scope.currency}"


def _moment(us: int) -> datetime:
    """To the second: what is told of it is minutes and days."""
    return datetime.fromtimestamp(us // 1_000_000, UTC)
