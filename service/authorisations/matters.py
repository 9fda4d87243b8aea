"""A matter as whoever works on it needs it: what was offered, what the customer said to it, what was done."""

from collections.abc import Sequence
from uuid import UUID

from service.authorisations.queries import FIND_SCOPE, LIST_ACTS_OF_CUSTOMER, LIST_ANSWERS, LIST_MATTER_ITEMS, LIST_OFFERS_TO_DECIDE
from service.authorisations.records import ActOfCustomer, ItemsAnswered, MatterItem, OfferToDecide, ScopeRow
from service.kit.verbs import Work


async def find_scope(work: Work, *, scope_id: UUID) -> ScopeRow:
    """A matter by itself: whose it is, and by which terms anything is agreed to in it."""
    return await work.one(FIND_SCOPE, scope_id=scope_id)


async def list_matter_items(work: Work, *, customer_id: UUID, scope_id: UUID) -> list[MatterItem]:
    """Each item offered in a matter of that customer's, in the order offered."""
    return await work.all(LIST_MATTER_ITEMS, customer_id=customer_id, scope_id=scope_id)


async def list_answers(work: Work, *, authorisation_ids: Sequence[UUID]) -> list[ItemsAnswered]:
    """What these acts said yes and no to; one that answered no item isn't among them."""
    return await work.all(LIST_ANSWERS, authorisation_ids=list(authorisation_ids))


async def list_offers_to_decide(work: Work, *, customer_id: UUID) -> list[OfferToDecide]:
    """What a customer was shown and nobody of theirs has answered, the latest first."""
    return await work.all(LIST_OFFERS_TO_DECIDE, customer_id=customer_id)


async def list_acts_of_customer(work: Work, *, customer_id: UUID) -> list[ActOfCustomer]:
    """What somebody of a customer's said yes and no to, the latest hundred."""
    return await work.all(LIST_ACTS_OF_CUSTOMER, customer_id=customer_id)
