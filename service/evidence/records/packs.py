"""What an evidence pack holds, member by member: written by us, read by whoever verifies it. Instants are microseconds since 1970 (UTC)."""

from typing import Any

import msgspec

from service.evidence.records.bills import DecisionsTold, InvoiceTold
from service.evidence.records.common import Strict
from service.evidence.records.tellings import ForecastTold, NoticesTold, WordsTold


class ErasureTold(Strict, frozen=True):
    """That the words behind somebody's acts were erased: of one contact, or of everybody."""

    erasure_id: str
    contact_id: str | None
    erased_us: int


class ScopeTold(Strict, frozen=True):
    """The matter: whose it is, and the policy that its bills are judged by. What it is called and cited by are the company's own words."""

    organisation_id: str
    organisation: str
    scope_id: str
    customer_id: str
    subject_kind: str
    subject_id: str
    currency: str
    opened_us: int
    policy_name: str
    policy_version: int
    citation: str
    jurisdiction: str
    trade: str
    price_form: str
    combine: str
    pct_numerator: int
    pct_denominator: int
    abs_minor: int
    hard_cap_minor: int
    at_limit_refuses: bool
    consent_deadline: str
    record_lag_seconds: int
    requires_written_offer: bool
    erasures: list[ErasureTold]


class OfferTold(Strict, frozen=True):
    """A revision as shown: `offer_hash` is SHA-256 of `sayso/offer-revision/1`, a line feed and `text`."""

    offer_id: str
    revision: int
    kind: str
    prior_hash: str
    offer_hash: str
    made_by: str
    made_us: int
    text: str


class PresentationTold(Strict, frozen=True):
    """One showing of one revision to one person."""

    presentation_id: str
    offer_id: str
    revision: int
    offer_hash: str
    contact_id: str
    channel: str
    required_method: str
    language: str
    presented_by: str
    presented_us: int
    expires_us: int


class ActTold(Strict, frozen=True):
    """An act of the customer; `entry_hash` is SHA-256 of `sayso/authorisation/1`, a line feed, and
    `prior_hash recorded_us revised_total_minor content` with spaces between.
    """

    authorisation_id: str
    seq: int
    kind: str
    channel: str
    revokes: str | None
    offer_id: str
    revision: int
    offer_hash: str
    presentation_id: str | None
    contact_id: str | None
    method: str | None
    signature_hash: str | None
    authoriser_capacity: str
    authoriser_commitment: str | None
    contact_point_commitment: str | None
    recorded_by: str
    consented_us: int
    recorded_us: int
    active: bool
    shortcoming: str | None
    currency: str
    prior_hash: str
    added_minor: int
    revised_total_minor: int
    content: str
    entry_hash: str
    approved: list[str]
    declined: list[str]
    receipt: str | None


class WorkTold(Strict, frozen=True):
    """What was done, and why it can't be billed where it can't; `ratified` where it may be and was agreed to only afterwards."""

    work_record_id: str
    item_id: str
    quantity: str
    started_us: int
    ended_us: int
    period_from: str | None
    period_until: str | None
    corrects: str | None
    staff_id: str | None
    visit_id: str | None
    finding: str | None
    ratified: bool
    recorded_by: str
    recorded_us: int
    photos: list[str]
    """The hashes of the photos that it cites."""
    emergency: str | None = None
    """Why it could not wait for the customer, where it couldn't; packs of version 1 don't tell."""


class PhotoTold(Strict, frozen=True):
    """A photo of the matter: `photo_hash` is SHA-256 of the picture as kept and shown, `received_hash` of the file as it was sent."""

    photo_id: str
    number: int
    shows: str
    visit_id: str | None
    photo_hash: str
    received_hash: str
    taken_us: int
    recorded_by: str
    recorded_us: int


class CheckpointTold(Strict, frozen=True):
    """A checkpoint that a receipt names: Ed25519 over `sayso checkpoint`, a NUL byte and the digest."""

    number: int
    sealed_us: int
    digest: str
    signature: str


class PersonTold(Strict, frozen=True):
    """The words behind an act's commitments: each is SHA-256 of `sayso/commitment/1`, a line feed, the salt and the word in NFC."""

    authorisation_id: str
    salt: str
    authoriser_name: str | None
    contact_point: str | None
    strokes: str | None
    """What was drawn on the glass; `signature_hash` is SHA-256 of `sayso/signature/1`, a line feed and this."""


class MemberTold(Strict, frozen=True):
    """A file of the archive."""

    name: str
    size: int
    sha256: str


class ManifestTold(Strict, frozen=True):
    """What is signed: the files in their order, and the head of the chain."""

    v: int
    organisation_id: str
    scope_id: str
    acts: int
    head: str
    members: list[MemberTold]


class LeftOut(Strict, frozen=True):
    """So many are in the books and not in the pack: texts that nobody answered, showings of them, work that can't be billed, old forecasts."""

    offers: int
    presentations: int
    work: int
    forecasts: int = 0


class PackTold(msgspec.Struct, frozen=True):
    """Everything about one matter."""

    scope: ScopeTold
    left_out: LeftOut
    offers: list[OfferTold]
    presentations: list[PresentationTold]
    acts: list[ActTold]
    work: list[WorkTold]
    photos: list[PhotoTold]
    invoices: list[InvoiceTold]
    decisions: DecisionsTold
    checkpoints: list[CheckpointTold]
    persons: list[PersonTold]
    forecasts: list[ForecastTold] = []
    words: list[WordsTold] = []
    notices: NoticesTold = msgspec.field(default_factory=lambda: NoticesTold([], 0))


MEMBERS: dict[str, Any] = {f"{field.name}.json": field.type for field in msgspec.structs.fields(PackTold)}
"""The file of each part, and what it is read as."""
SINCE_VERSION_2 = frozenset({"forecasts.json", "words.json", "notices.json"})
"""Files that packs of version 1 don't have."""
