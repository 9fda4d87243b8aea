"""What is read of the provider's own lists: events whose webhook never came, and payouts with what each is made of."""

from datetime import timedelta

from service.billing.hearing.events import hear_event
from service.billing.provider.desk import Desk
from service.billing.provider.events import events_wanted_since, move_event_cursor, unknown_events
from service.billing.provider.payouts import Move, known_payouts, record_payout
from service.billing.records.payouts import KnownPayout
from service.integrations.stripe.client import list_events, list_payout_moves, list_payouts
from service.integrations.stripe.records import BalanceTransaction, MoveSource, Payout

EVENTS_A_RUN = 1000
PAYOUTS_OF = timedelta(days=60)
"""How far back payouts are looked for: one may fail weeks after it was paid."""


async def hear_missed_events(desk: Desk) -> int:
    """Takes in what the provider's own list has and we don't, the oldest first; how many. The cursor moves only past what was taken in."""
    since = await desk.ask(events_wanted_since)
    events = await list_events(desk.provider, since=since, at_most=EVENTS_A_RUN)
    unknown = await desk.ask(unknown_events, event_ids=[event.id for event in events])
    for event in events:
        if event.id in unknown:
            await hear_event(desk, event=event)
    await desk.do(move_event_cursor, read_until=events[-1].created_at if len(events) == EVENTS_A_RUN else desk.at)
    return len(unknown)


async def pull_payouts(desk: Desk) -> int:
    """Takes in the provider's payouts of the last weeks that are new, have moved on, or of which it didn't tell yet all they are made of; how many."""
    payouts = await list_payouts(desk.provider, since=desk.at - PAYOUTS_OF)
    known = await desk.ask(known_payouts, names=[payout.id for payout in payouts])
    news = [payout for payout in payouts if _is_news(payout, known.get(payout.id))]
    for payout in reversed(news):
        here = known.get(payout.id)
        itemised = payout.automatic and (here is None or not here.whole)
        moves = await list_payout_moves(desk.provider, payout_id=payout.id) if itemised else ()
        await desk.do(
            record_payout,
            provider_payout_id=payout.id,
            amount_minor=payout.amount_minor,
            currency=payout.currency,
            status=payout.status,
            arrives_on=payout.arrives_on,
            descriptor=payout.statement_descriptor,
            trace_id=payout.trace_id.value if payout.trace_id else None,
            itemised=payout.automatic,
            moves=[_move(one) for one in moves],
        )
    return len(news)


def _is_news(payout: Payout, known: KnownPayout | None) -> bool:
    if known is None or not known.whole:
        return True
    trace_id = payout.trace_id.value if payout.trace_id else None
    return (known.status, known.arrives_on, known.trace_id) != (payout.status, payout.arrives_on, trace_id or known.trace_id)


def _move(one: BalanceTransaction) -> Move:
    source = one.source if isinstance(one.source, MoveSource) else None
    of = {kind: source.id if source is not None and source.object == kind else None for kind in ("refund", "dispute")}
    return Move(
        name=one.id,
        type=one.type,
        source=source.id if source is not None else one.source if isinstance(one.source, str) else None,
        intent_id=source.intent_id if source is not None else None,
        refund_name=of["refund"],
        dispute_name=of["dispute"],
        amount=one.amount_minor,
        fee=one.fee_minor,
        created=one.created_at,
    )
