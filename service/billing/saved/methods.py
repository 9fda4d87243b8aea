"""Saved methods: the customer agrees first, by their own link; then one is saved, is charged, is renewed by its network, and ends for good."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from service.billing.payments import NOBODY
from service.billing.queries.saved_methods import (
    AGREE_TO_CHARGES,
    END_METHOD,
    FIND_SAVING,
    LIST_SAVED_METHODS,
    METHOD_AT_PROVIDER,
    NOTE_SAVING_PAGE,
    RENEW_METHOD,
    SAVE_METHOD,
    SAVINGS_OPEN,
    SEND_SAVING_LINK,
)
from service.billing.records.saved_methods import (
    ConsentGiven,
    MethodAtProvider,
    MethodEnd,
    MethodKind,
    MethodReceipt,
    SavedMethod,
    Saving,
    SavingLinkSent,
)
from service.billing.saved.policies import charge_policy_in_force
from service.billing.saved.wordings import VERSION, wording
from service.customers.customers import find_customer
from service.identity.links import link_hash, link_token
from service.identity.organisations import find_organisation
from service.kit.paging import Page
from service.kit.refusals import Refusal
from service.kit.verbs import Lock, Work, verb

LINK_LIVES = timedelta(days=14)
LOOKED_BACK = timedelta(days=2)
"""A page of the provider's is open for a day; what became of it is asked for two."""


class NoMailAddress(Refusal):
    """Nobody of this customer's has a mail address that the link could go to."""

    code, status, remedy = "NO_MAIL_ADDRESS", 409, "Add a contact with `channel` email, then send it again."


class ConsentChanged(Refusal):
    """The words that were agreed to aren't those in force any more."""

    code, status, remedy = "CONSENT_CHANGED", 409, "Read the page again; nothing was recorded."


class MethodSavedBefore(Refusal):
    """This very method is saved already, under another consent."""

    code, status, remedy = "METHOD_SAVED_BEFORE", 409, "Read the customer's saved methods."
    constraints = ("billing.saved_method_once", "billing.one_method_a_consent")


@verb(refusals=(NoMailAddress,), locks=lambda *, customer_id: (Lock.account(customer_id),))
async def send_saving_link(work: Work, *, customer_id: UUID) -> SavingLinkSent:
    """Mails the customer a link to their own page, on which they agree to be charged and save a card or an account; it is good for two weeks."""
    link_id = work.new_id()
    return await work.run(SEND_SAVING_LINK, customer_id=customer_id, **new_link(work, link_id))


def new_link(work: Work, link_id: UUID) -> dict[str, Any]:
    """What is written of a customer's link: never its secret."""
    return {"link_id": link_id, "expires_at": work.at + LINK_LIVES, "token_hash": link_hash(link_token(work.cursors, link_id))}


async def words_to_agree(work: Work, *, customer_id: UUID) -> tuple[str, str]:
    """What this customer would agree to now, and in which language."""
    customer, organisation = await find_customer(work, customer_id=customer_id), await find_organisation(work)
    policy = await charge_policy_in_force(work)
    return wording(language=customer.language, organisation=organisation.name, days=policy.notice_days)


@verb(refusals=(ConsentChanged,), locks=lambda *, customer_id, **_: (Lock.account(customer_id),))
async def agree_to_charges(work: Work, *, customer_id: UUID, words: str, livemode: bool) -> ConsentGiven:
    """Keeps the customer's word that they may be charged without being there, with the words that they read; only their own link can give it."""
    text, language = await words_to_agree(work, customer_id=customer_id)
    if " ".join(words.split()) != text or work.principal.customer_id != customer_id:
        raise ConsentChanged
    return await work.run(
        AGREE_TO_CHARGES,
        consent_id=work.new_id(),
        customer_id=customer_id,
        livemode=livemode,
        text_version=VERSION,
        language=language,
        wording=text,
        notice_days=(await charge_policy_in_force(work)).notice_days,
    )


def account_of_consent(*, consent_id: UUID, **_: object) -> tuple[Lock, ...]:
    """The billing account that a consent is about."""
    return (Lock.account_of("billing.charge_consent", consent_id),)


def account_of_method(*, method_id: UUID, **_: object) -> tuple[Lock, ...]:
    """The billing account that a saved method pays for."""
    return (Lock.account_of("billing.saved_method", method_id),)


@verb(locks=account_of_consent)
async def note_saving_page(work: Work, *, consent_id: UUID, provider_customer_id: str, provider_session_id: str | None) -> ConsentGiven:
    """Keeps whom the provider knows the customer as, and the page it opened."""
    return await work.run(
        NOTE_SAVING_PAGE, consent_id=consent_id, provider_customer_id=provider_customer_id, provider_session_id=provider_session_id
    )


@verb(refusals=(MethodSavedBefore,), locks=account_of_consent)
async def save_method(
    work: Work,
    *,
    consent_id: UUID,
    kind: MethodKind,
    provider_method_id: str,
    provider_mandate_id: str | None,
    brand: str,
    last4: str,
    expires_on: date | None,
) -> MethodReceipt:
    """Keeps what the provider saved under a consent, once, whoever tells it; from now on this method is charged."""
    return await work.run(
        SAVE_METHOD,
        consent_id=consent_id,
        method_id=work.new_id(),
        kind=kind,
        provider_method_id=provider_method_id,
        provider_mandate_id=provider_mandate_id,
        brand=brand,
        last4=last4,
        expires_on=expires_on,
    )


@verb(locks=account_of_method)
async def renew_method(work: Work, *, method_id: UUID, brand: str, last4: str, expires_on: date | None) -> MethodReceipt:
    """Takes over what a card's network told of it: another number or expiry."""
    return await work.run(RENEW_METHOD, method_id=method_id, brand=brand, last4=last4, expires_on=expires_on)


@verb(locks=account_of_method)
async def end_method(work: Work, *, method_id: UUID, end: MethodEnd, customer_id: UUID | None = None) -> MethodReceipt:
    """Ends a saved method and the consent behind it, at once and for good; a charge that has begun is called off. Again answers the same."""
    return await work.run(END_METHOD, method_id=method_id, end=end, customer_id=customer_id)


@verb(locks=account_of_method)
async def remove_saved_method(work: Work, *, method_id: UUID) -> MethodReceipt:
    """Ends a saved method and the consent behind it for the customer who asked for it, at once and for good. Again answers the same."""
    return await work.run(END_METHOD, method_id=method_id, end="removed", customer_id=None)


async def find_saving(work: Work, *, consent_id: UUID) -> Saving:
    """A consent, and what the provider has of it."""
    return await work.one(FIND_SAVING, consent_id=consent_id)


async def savings_open(work: Work, *, customer_id: UUID | None = None) -> list[Saving]:
    """Pages of the provider's of which nothing was heard."""
    return await work.all(SAVINGS_OPEN, since=work.at - LOOKED_BACK, customer_id=customer_id)


async def method_at_provider(
    work: Work, *, method_id: UUID | None = None, provider_method_id: str | None = None, provider_mandate_id: str | None = None
) -> MethodAtProvider | None:
    """A saved method by any of its ids, if it is ours."""
    return await work.first(
        METHOD_AT_PROVIDER, method_id=method_id, provider_method_id=provider_method_id, provider_mandate_id=provider_mandate_id
    )


async def list_saved_methods(work: Work, *, customer_id: UUID | None, limit: int, cursor: str | None) -> Page[SavedMethod]:
    """Saved methods with the consent behind each, ended ones too, in the order in which they were saved."""
    purpose = f"saved methods {work.organisation_id} {customer_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOBODY
    rows = await work.all(LIST_SAVED_METHODS, customer_id=customer_id, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))
