"""What the customer saw and what was done, in pictures: each photo that a text shows or work cites is one that is told."""

from collections.abc import Iterator

from service.evidence.records.packs import PackTold
from service.evidence.verifying.acts import said_in
from service.evidence.verifying.findings import Fault


def photos(pack: PackTold) -> Iterator[Fault]:
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
