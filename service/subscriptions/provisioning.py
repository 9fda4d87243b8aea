"""What the network should do, was ordered to, and does: orders, the whole state to begin anew from, and where the two sides differ."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from service.kit.facts.reading import FeedCursors, find_horizon
from service.kit.facts.records import Position
from service.kit.paging import Page
from service.kit.refusals import Refusal
from service.kit.verbs import Work, verb
from service.subscriptions.queries import (
    LIST_PROVISIONING_ORDERS,
    NETWORK_DIFFERENCES,
    NETWORK_IS_HEARD,
    NETWORK_WANTED,
    NEWEST_ORDER,
    OBSERVE_NETWORK,
    ORDER_AGAIN,
    SERVICES_BETWEEN,
    SETTLE_ORDER,
)
from service.subscriptions.records.network import (
    DifferencesPage,
    NewestOrder,
    Observation,
    ObservationReceipt,
    OrderedAgain,
    OrderOutcome,
    OrderSettled,
    ProvisioningOrder,
    WantedPage,
)
from service.subscriptions.subscriptions import NOTHING, account_of

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
LAST_SEQUENCE = 2**63 - 1
STANDS_AFTER = timedelta(minutes=5)


class ObservedOutOfReach(Refusal):
    """This can't be when the network was looked at: it is in the future, or more than a day ago."""

    code, status, remedy = "OBSERVED_OUT_OF_REACH", 422, "Send the moment at which the states were read, by a clock that is right."


class NamedTwice(Refusal):
    """A service is named twice in one report."""

    code, status, remedy = "NAMED_TWICE", 422, "Name each service once, with the state it is in."


async def list_provisioning_orders(
    work: Work, *, subscription_id: UUID | None, outcome: OrderOutcome | None, limit: int, cursor: str | None
) -> Page[ProvisioningOrder]:
    """Orders to the network in the order they were given, unconfirmed ones with what was answered last."""
    purpose = f"provisioning orders {work.organisation_id} {subscription_id} {outcome}"
    after_at, after_id, after_sequence, after_round = (
        work.cursors.read(purpose, cursor) if cursor else (BEGINNING.isoformat(), str(NOTHING), 0, 0)
    )
    rows = await work.all(
        LIST_PROVISIONING_ORDERS,
        subscription_id=subscription_id,
        outcome=outcome,
        after_at=datetime.fromisoformat(after_at),
        after_id=UUID(after_id),
        after_sequence=int(after_sequence),
        after_round=int(after_round),
        limit=limit,
    )
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.ordered_at, row.subscription_id, row.sequence, row.round))


async def newest_order(work: Work, *, subscription_id: UUID) -> NewestOrder:
    """The order that says what should be so now."""
    return await work.one(NEWEST_ORDER, subscription_id=subscription_id)


@verb()
async def settle_order(
    work: Work,
    *,
    subscription_id: UUID,
    sequence: int,
    nth_round: int,
    outcome: OrderOutcome,
    detail: str,
) -> OrderSettled:
    """Writes down what the network said of an order; a confirmed one overtakes all before it, and stays confirmed."""
    return await work.run(
        SETTLE_ORDER, subscription_id=subscription_id, sequence=sequence, round=nth_round, outcome=outcome, detail=detail[:200]
    )


async def list_wanted(work: Work, *, limit: int, cursor: str | None) -> WantedPage:
    """What the network should be doing for every subscription, page by page: enough to begin anew from nothing, then follow the facts."""
    purpose = f"network wanted {work.organisation_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOTHING
    rows = await work.all(NETWORK_WANTED, after=after, limit=limit)
    page = work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.subscription_id,))
    horizon = await find_horizon(work)
    here = Position(horizon.epoch, horizon.transaction_id - 1, LAST_SEQUENCE)
    return WantedPage(page.items, page.next, FeedCursors(work.cursors).write(work.organisation_id, here, epoch=horizon.epoch))


@verb(refusals=(ObservedOutOfReach, NamedTwice))
async def observe_network(work: Work, *, observation: Observation) -> ObservationReceipt:
    """Takes in what the network does; what isn't as ordered and confirmed is ordered anew by itself."""
    if not work.at - timedelta(days=1) <= observation.observed_at <= work.at:
        raise ObservedOutOfReach
    ids = [one.subscription_id for one in observation.services]
    if len(set(ids)) < len(ids):
        raise NamedTwice
    absent: list[UUID] = []
    if (covers := observation.covers) is not None:
        between = {"after": covers.after or NOTHING, "until": covers.until}
        absent = [one for one in await work.all(SERVICES_BETWEEN, observed_at=observation.observed_at, **between) if one not in set(ids)]
    return await work.run(
        OBSERVE_NETWORK,
        subscription_ids=ids + absent,
        states=[one.state for one in observation.services] + ["absent"] * len(absent),
        observed_at=observation.observed_at,
    )


@verb(locks=lambda *, subscription_id, **_: (account_of(subscription_id),))
async def order_again(work: Work, *, subscription_id: UUID, observed_at: datetime) -> OrderedAgain:
    """Orders anew what should be so, where the network did otherwise at that moment although it had confirmed."""
    return await work.run(ORDER_AGAIN, subscription_id=subscription_id, observed_at=observed_at, by_hand=False)


@verb(locks=lambda *, subscription_id: (account_of(subscription_id),))
async def order_by_hand(work: Work, *, subscription_id: UUID) -> OrderedAgain:
    """Orders anew what should be so where the network does otherwise, or sends the order again that it hasn't confirmed: at once, not by its turn."""
    return await work.run(ORDER_AGAIN, subscription_id=subscription_id, observed_at=work.at, by_hand=True)


async def list_network_differences(work: Work, *, limit: int, cursor: str | None) -> DifferencesPage:
    """Services that the network does otherwise than it should, with since when; they are ordered anew by themselves."""
    purpose = f"network differences {work.organisation_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOTHING
    rows = await work.all(NETWORK_DIFFERENCES, after=after, stands_since=work.at - STANDS_AFTER, limit=limit)
    page = work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.subscription_id,))
    return DifferencesPage(page.items, page.next, await work.one(NETWORK_IS_HEARD))
