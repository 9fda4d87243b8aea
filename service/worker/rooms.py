"""Every room's background work: importing a room's `background` declares its tasks."""

from service.billing import background as billing
from service.billing.bank import background as bank
from service.billing.compensations import background as compensations
from service.billing.hearing import background as hearing
from service.billing.outages import background as outages
from service.billing.saved import background as saved
from service.care import background as care
from service.dispatch import background as dispatch
from service.dispatch.live import background as live
from service.dispatch.plans import background as plans
from service.dispatch.travel import background as travel
from service.evidence import background as evidence
from service.kit.seals import background as seals
from service.kit.tasks import background as tasks
from service.kit.tasks.registry import KINDS, Kind
from service.notices import background as notices
from service.promises import background as promises
from service.subscriptions import background as subscriptions
from service.webhooks import background as webhooks

BACKGROUND = [
    bank,
    billing,
    care,
    compensations,
    dispatch,
    evidence,
    hearing,
    live,
    notices,
    outages,
    plans,
    promises,
    saved,
    seals,
    subscriptions,
    tasks,
    travel,
    webhooks,
]


def kinds() -> dict[str, Kind]:
    """What this worker can do, by name."""
    return dict(KINDS)
