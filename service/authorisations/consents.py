"""Consents by word of mouth, and authorisations taken back."""

from uuid import UUID

from service.authorisations.canonical import text_of
from service.authorisations.capacity import CapacityMoved
from service.authorisations.offers import ContactNotFound, ItemNotOffered, MatterClosed, OfferChanged, OfferExpired
from service.authorisations.persons import Words, committed, kept_apart
from service.authorisations.queries import FIND_CONSENT, RECORD_ORAL_CONSENT, REVOKE_AUTHORISATION
from service.authorisations.receipts import signed_act, signed_revocation
from service.authorisations.records import ActReceipt, Consent, NewRevocation, OralConsent, RevocationReceipt
from service.kit.refusals import IdTaken, Refusal
from service.kit.verbs import Lock, Work, verb


class NothingToRevoke(Refusal):
    """Nothing of this authorisation is in force."""

    code, status, remedy = "NOTHING_TO_REVOKE", 409, "Read the offer: it was declined, never active, or already revoked."


class WithdrawalOver(Refusal):
    """The law of this place gives no withdrawal here, or its days are over."""

    code, status, remedy = "WITHDRAWAL_OVER", 409, "Take it back without `withdrawal`: that works from now on."
    constraints = ("authorisations.withdrawn_in_time",)


@verb(
    refusals=(IdTaken, MatterClosed, OfferChanged, OfferExpired, ItemNotOffered, ContactNotFound, CapacityMoved),
    locks=lambda *, offer_id, **_: (Lock.scope_of("authorisations.offer", offer_id),),
    remembers=ActReceipt,
    finish=signed_act,
)
async def record_oral_consent(work: Work, *, offer_id: UUID, consent: OralConsent) -> ActReceipt:
    """Records what a customer said, and copies it to them at once; active only where the record is complete and by a contact who may authorise."""
    item_ids = [*consent.approved, *consent.declined]
    if len(set(item_ids)) != len(item_ids):
        raise ItemNotOffered
    authorisation_id, salt, who = consent.id or work.new_id(), work.new_secret(32), consent.authoriser
    # Where no name was written down, the contact's id stands for one.
    held = Words(_trimmed(who.name) or (str(who.contact_id) if who.contact_id else None), _trimmed(consent.number_called))
    received_by = _trimmed(consent.received_by)
    content = text_of(
        {
            "v": 1, "authorisation_id": str(authorisation_id), "offer_hash": consent.offer_hash, "channel": consent.channel,
            "consented_at": consent.consented_at.isoformat(), "capacity": who.capacity, "contact_id": str(who.contact_id) if who.contact_id else None,
            "approved": sorted(str(item) for item in consent.approved), "declined": sorted(str(item) for item in consent.declined),
            "conditions": consent.conditions, "received_by": received_by, "added_minor": consent.added_minor,
            "total_minor": consent.total_minor, "begin_at_once": consent.begin_at_once, "by": work.principal.actor, **committed(held, salt=salt),
        }
    )  # fmt: skip
    return await work.run(
        RECORD_ORAL_CONSENT,
        offer_id=offer_id,
        authorisation_id=authorisation_id,
        offer_hash=consent.offer_hash,
        item_ids=item_ids,
        verdicts=["approved"] * len(consent.approved) + ["declined"] * len(consent.declined),
        channel=consent.channel,
        contact_id=who.contact_id,
        capacity=who.capacity,
        **kept_apart(held, salt=salt),
        received_by=received_by,
        conditions=consent.conditions,
        stated_added_minor=consent.added_minor,
        stated_total_minor=consent.total_minor,
        consented_at=consent.consented_at,
        begin_at_once=consent.begin_at_once,
        content=content,
    )


def _trimmed(words: str | None) -> str | None:
    return None if words is None else words.strip()


async def find_consent(work: Work, *, authorisation_id: UUID) -> Consent:
    """What was said, as it was written down, or answered on a phone handed over."""
    return await work.one(FIND_CONSENT, authorisation_id=authorisation_id)


@verb(
    refusals=(IdTaken, NothingToRevoke, WithdrawalOver, CapacityMoved),
    locks=lambda *, authorisation_id, **_: (Lock.scope_of("authorisations.authorisation", authorisation_id),),
    remembers=RevocationReceipt,
    finish=signed_revocation,
)
async def revoke_authorisation(work: Work, *, authorisation_id: UUID, revocation: NewRevocation) -> RevocationReceipt:
    """Takes an authorisation back from now on; work begun before stays billable up to what was done.

    A withdrawal under the law of the place goes further: what the customer hadn't asked to be begun at once is not billed at all.
    """
    revocation_id = revocation.id or work.new_id()
    content = text_of(
        {
            "v": 1, "authorisation_id": str(revocation_id), "revokes": str(authorisation_id), "channel": revocation.channel,
            "received_by": revocation.received_by, "reason": revocation.reason, "withdrawal": revocation.withdrawal, "by": work.principal.actor,
        }
    )  # fmt: skip
    return await work.run(
        REVOKE_AUTHORISATION,
        revokes=authorisation_id,
        authorisation_id=revocation_id,
        channel=revocation.channel,
        received_by=revocation.received_by,
        reason=revocation.reason,
        withdrawal=revocation.withdrawal,
        content=content,
    )
