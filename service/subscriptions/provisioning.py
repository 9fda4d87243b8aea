"""Provisioning orders: what the network was asked to bring about, and what it said."""

from datetime import UTC, datetime
from uuid import UUID

from service.kit.paging import Page
from service.kit.verbs import Work, verb
from service.subscriptions.queries import LIST_PROVISIONING_ORDERS, NEWEST_ORDER, SETTLE_ORDER
from service.subscriptions.records import NewestOrder, OrderOutcome, OrderSettled, ProvisioningOrder
from service.subscriptions.subscriptions import NOTHING

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


async def list_provisioning_orders(
    work: Work, *, subscription_id: UUID | None, outcome: OrderOutcome | None, limit: int, cursor: str | None
) -> Page[ProvisioningOrder]:
    """Orders to the network in the order they were given, unconfirmed ones with what was answered last."""
    purpose = f"provisioning orders {work.organisation_id} {subscription_id} {outcome}"
    after_at, after_id, after_sequence = work.cursors.read(purpose, cursor) if cursor else (BEGINNING.isoformat(), str(NOTHING), 0)
    rows = await work.all(
        LIST_PROVISIONING_ORDERS,
        subscription_id=subscription_id,
        outcome=outcome,
        after_at=datetime.fromisoformat(after_at),
        after_id=UUID(after_id),
        after_sequence=int(after_sequence),
        limit=limit,
    )
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.ordered_at, row.subscription_id, row.sequence))


async def newest_order(work: Work, *, subscription_id: UUID) -> NewestOrder:
    """The order that says what should be so now."""
    return await work.one(NEWEST_ORDER, subscription_id=subscription_id)


@verb()
async def settle_order(work: Work, *, subscription_id: UUID, sequence: int, outcome: OrderOutcome, detail: str) -> OrderSettled:
    """Writes down what the network said of an order; a confirmed one overtakes all before it, and stays confirmed."""
    return await work.run(SETTLE_ORDER, subscription_id=subscription_id, sequence=sequence, outcome=outcome, detail=detail[:200])
