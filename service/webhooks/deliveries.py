"""What was sent: the log, and once more what should have arrived."""

from datetime import datetime
from uuid import UUID

import msgspec

from service.identity.scopes import SCOPE_OF_SUBJECT
from service.kit.facts.reading import FeedCursors, find_horizon, visible_subjects
from service.kit.facts.records import Position
from service.kit.lists import under
from service.kit.paging import Page
from service.kit.verbs import Work, verb
from service.webhooks.queries import LIST_DELIVERIES, RESEND_DELIVERY, RESEND_FAILED
from service.webhooks.records import Delivery, DeliveryRow, DeliveryState, Resent
from service.webhooks.webhooks import WebhookEnded, find_webhook

MOST_RESENT = 1_000
LATEST = Position(2**31 - 1, 2**63 - 1, 2**63 - 1)


@under(find_webhook)
async def list_webhook_deliveries(
    work: Work, *, webhook_id: UUID, state: DeliveryState | None, limit: int, cursor: str | None
) -> Page[Delivery]:
    """What was sent to one of them, the newest fact first, with each attempt; of what you may read yourself."""
    cursors, epoch = FeedCursors(work.cursors), (await find_horizon(work)).epoch
    before = cursors.read(work.organisation_id, cursor, epoch=epoch) if cursor else LATEST
    rows = await work.all(
        LIST_DELIVERIES,
        webhook_id=webhook_id,
        epoch=before.epoch,
        transaction_id=str(before.transaction_id),
        sequence=before.sequence,
        state=state,
        subjects=visible_subjects(work.principal, SCOPE_OF_SUBJECT),
        limit=limit,
    )
    more = cursors.write(work.organisation_id, rows[limit - 1].position, epoch=epoch) if len(rows) > limit else None
    return Page([_shown(row) for row in rows[:limit]], more)


@verb(refusals=(WebhookEnded,))
async def resend_delivery(work: Work, *, webhook_id: UUID, delivery_id: UUID) -> Resent:
    """Sends one message again at once, under its id, whether it arrived, was given up or is still tried. Before it arrives nothing later about its subject is sent."""
    return await work.run(RESEND_DELIVERY, webhook_id=webhook_id, delivery_id=delivery_id)


@verb(refusals=(WebhookEnded,))
async def resend_failed_deliveries(work: Work, *, webhook_id: UUID, since: datetime) -> Resent:
    """Sends all again that was given up since then, the earliest first, a thousand at a time."""
    return await work.run(RESEND_FAILED, webhook_id=webhook_id, since=since, most=MOST_RESENT)


def _shown(row: DeliveryRow) -> Delivery:
    return Delivery(**{name: getattr(row, name) for name in (field.name for field in msgspec.structs.fields(Delivery))})
