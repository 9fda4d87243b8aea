"""What a customer was shown, checked in a pack: texts are those that were hashed, photos those that texts and work name."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from service.authorisations.canonical import NOTHING, OFFER, seal
from service.evidence.records.packs import PackTold


class Fault(NamedTuple):
    """Something that doesn't hold."""

    code: str
    detail: str


def faults_of_offers(pack: PackTold) -> Iterator[Fault]:
    before: dict[str, tuple[int, str]] = {}
    for one in pack.offers:
        name = f"offer {one.offer_id} revision {one.revision}"
        if seal(OFFER, one.text) != one.offer_hash:
            yield Fault("HASH_MISMATCH", f"{name}: the text isn't the one that was hashed")
        if (one.revision - 1, one.prior_hash) != before.get(one.offer_id, (0, NOTHING)):
            yield Fault("LOG_INCONSISTENT", f"{name} doesn't follow the revision before it")
        before[one.offer_id] = (one.revision, one.offer_hash)
        said = said_in(one.text)
        if (said.get("offer_id"), said.get("revision"), said.get("prior_hash"), said.get("scope_id")) != (
            one.offer_id, one.revision, one.prior_hash, pack.scope.scope_id,
        ):  # fmt: skip
            yield Fault("HASH_MISMATCH", f"{name}: its text names another")


def faults_of_photos(pack: PackTold) -> Iterator[Fault]:
    """What a text shows and what work cites is there, by id, hash and what it is said to show."""
    there = {(one.photo_id, one.photo_hash, one.shows) for one in pack.photos}
    for offer in pack.offers:
        shown = {(one["photo_id"], one["photo_hash"], one["shows"]) for one in said_in(offer.text).get("photos", [])}
        if shown - there:
            yield Fault("HASH_MISMATCH", f"offer {offer.offer_id} revision {offer.revision} shows a photo that isn't there")
    hashes = {one.photo_hash for one in pack.photos}
    for record in pack.work:
        if set(record.photos) - hashes:
            yield Fault("HASH_MISMATCH", f"work record {record.work_record_id} cites a photo that isn't there")


def said_in(text: str) -> dict[str, Any]:
    """What a canonical text says; nothing where it is no document."""
    try:
        said = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
