"""Incidents: what doesn't work, where and until when at the longest; whoever they reach is left alone by dunning until they end."""

from datetime import UTC, datetime
from uuid import UUID

from service.kit.card_numbers import refuse_card_numbers
from service.kit.paging import Page
from service.kit.refusals import CardNumber, IdTaken, Refusal
from service.kit.verbs import Work, verb
from service.subscriptions.queries import CLOSE_INCIDENT, DECLARE_INCIDENT, LIST_INCIDENTS
from service.subscriptions.records.incidents import Incident, IncidentReceipt, NewIncident

LAST = (datetime(2299, 12, 31, tzinfo=UTC), UUID(int=2**128 - 1))
"""The key that every incident comes before."""


class IncidentUnclear(Refusal):
    """An incident ends after now and after it begins, 90 days later at most, and reaches an area, sites or services that there are."""

    code, status, remedy = (
        "INCIDENT_UNCLEAR",
        422,
        "Send `until_at` in the future, and at least one of `area`, `site_ids` and `subscription_ids`, each id of your own.",
    )
    constraints = ("subscriptions.incident_ends",)


@verb(refusals=(CardNumber, IncidentUnclear, IdTaken))
async def declare_incident(work: Work, *, incident: NewIncident) -> IncidentReceipt:
    """Declares that something doesn't work: from its beginning on whoever has a service in reach is held by `incident`, and nobody else."""
    refuse_card_numbers(incident.what)
    corners = ",".join(f"({one.longitude_e7},{one.latitude_e7})" for one in incident.area or [])
    return await work.run(
        DECLARE_INCIDENT,
        incident_id=incident.id or work.new_id(),
        what=incident.what,
        area=f"({corners})" if corners else None,
        begins_at=incident.begins_at,
        until_at=incident.until_at,
        site_ids=list(dict.fromkeys(incident.site_ids)),
        subscription_ids=list(dict.fromkeys(incident.subscription_ids)),
    )


@verb()
async def close_incident(work: Work, *, incident_id: UUID) -> IncidentReceipt:
    """Ends an incident now; closed again it is as it is. Dunning goes on, and each step still leaves its days after the one before."""
    return await work.run(CLOSE_INCIDENT, incident_id=incident_id)


async def list_incidents(work: Work, *, running: bool, limit: int, cursor: str | None) -> Page[Incident]:
    """Incidents, the one that ends last first; with `running` only those that haven't ended."""
    purpose = f"incidents {work.organisation_id} {running}"
    before_at, before_id = LAST
    if cursor:
        at, incident_id = work.cursors.read(purpose, cursor)
        before_at, before_id = datetime.fromisoformat(at), UUID(incident_id)
    rows = await work.all(LIST_INCIDENTS, running=running, before_at=before_at, before_id=before_id, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.until_at.isoformat(), str(row.id)))
