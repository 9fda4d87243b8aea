"""Incidents: what doesn't work, where and until when at the longest; whoever they reach is left alone by dunning until they end."""

import math
from datetime import datetime
from uuid import UUID

from service.kit.card_numbers import refuse_card_numbers
from service.kit.lists import under
from service.kit.paging import LATEST, Page
from service.kit.refusals import CardNumber, IdTaken, Refusal, StaleVersion
from service.kit.verbs import Work, verb
from service.subscriptions.queries import (
    CLOSE_INCIDENT,
    DECLARE_INCIDENT,
    EXPLAIN_INCIDENT,
    FIND_INCIDENT,
    FIND_TAGS,
    INCIDENTS_OF_CUSTOMER,
    INCIDENTS_TO_TELL,
    LIST_INCIDENT_SERVICES,
    LIST_INCIDENTS,
    LIST_PUBLIC_INCIDENTS,
    MOVE_INCIDENT,
    NOTE_HEARD,
    SERVICES_CALLED,
    TAG_SUBSCRIPTION,
    TELL_INCIDENT,
    WHO_MAY_HEAR,
    WIDEN_INCIDENT,
)
from service.subscriptions.records.incidents import (
    CalledService,
    Corner,
    Incident,
    IncidentReceipt,
    IncidentService,
    IncidentTold,
    IncidentToTell,
    KnownIncident,
    NewEstimate,
    NewExplanation,
    NewIncident,
    NewTags,
    Tagged,
    WiderIncident,
)

FIRST = UUID(int=0)
CORNERS = 24
E7_A_METRE = 10_000_000 * 360 / 40_075_000
"""Along a meridian."""


class IncidentUnclear(Refusal):
    """An incident ends after now and after it begins, 90 days later at most, and reaches an area, tags, sites or services that there are."""

    code, status, remedy = (
        "INCIDENT_UNCLEAR",
        422,
        "Send `until_at` in the future, and at least one of `area`, `tags`, `site_ids` and `subscription_ids`, each id of your own.",
    )
    constraints = ("subscriptions.incident_ends",)


class IncidentOver(Refusal):
    """This incident is closed, or has ended by itself: it can't be widened or moved any more."""

    code, status, remedy = "INCIDENT_OVER", 409, "Declare another."


class IncidentFull(Refusal):
    """This incident was widened by somebody else at the same moment, or names 10,000 sites and services already."""

    code, status, remedy = "INCIDENT_FULL", 409, "Widen it again; if that is refused too, declare another."
    constraints = ("subscriptions.one_incident_reach", "subscriptions.incident_reach_counts")


class IncidentRunning(Refusal):
    """This incident isn't over: what it was can't be said yet."""

    code, status, remedy = "INCIDENT_RUNNING", 409, "Close it first; while it lasts, move its estimate with a reason."


class ExplainedMeanwhile(Refusal):
    """Somebody else has said at the same moment what this incident was."""

    code, status, remedy = "EXPLAINED_MEANWHILE", 409, "Read it again, and say it if it is still wrong."
    constraints = ("subscriptions.one_incident_explanation_a_step",)


class IncidentMovedOn(Refusal):
    """Somebody else has moved this incident at the same moment."""

    code, status, remedy = "INCIDENT_MOVED_ON", 409, "Read it again, and move it if it is still wrong."
    constraints = ("subscriptions.one_incident_estimate", "subscriptions.estimate_moves_what_is_ahead")


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
        kind=incident.kind,
        tags=list(dict.fromkeys(incident.tags)),
        symptoms=list(dict.fromkeys(incident.symptoms)),
        is_public=incident.is_public,
        until_at=incident.until_at,
        site_ids=list(dict.fromkeys(incident.site_ids)),
        subscription_ids=list(dict.fromkeys(incident.subscription_ids)),
    )


@verb(refusals=(IncidentOver, IncidentUnclear, IncidentFull))
async def widen_incident(work: Work, *, incident_id: UUID, wider: WiderIncident) -> IncidentReceipt:
    """Adds sites and services to what an incident reaches: they are held from then on. What it reaches already stays."""
    ids = {"site_ids": list(dict.fromkeys(wider.site_ids)), "subscription_ids": list(dict.fromkeys(wider.subscription_ids))}
    return await work.run(WIDEN_INCIDENT, incident_id=incident_id, **ids)


@verb(refusals=(CardNumber, IncidentOver, IncidentUnclear, IncidentMovedOn))
async def move_incident(work: Work, *, incident_id: UUID, estimate: NewEstimate) -> IncidentReceipt:
    """Says until when an incident takes after all: whoever heard of it is told, with the reason, and what was promised to them is promised anew."""
    refuse_card_numbers(estimate.reason)
    return await work.run(MOVE_INCIDENT, incident_id=incident_id, until_at=estimate.until_at, reason=estimate.reason)


@verb()
async def close_incident(work: Work, *, incident_id: UUID) -> IncidentReceipt:
    """Ends an incident now; closed again it is as it is. Dunning goes on, and each step still leaves its days after the one before."""
    return await work.run(CLOSE_INCIDENT, incident_id=incident_id)


@verb(refusals=(CardNumber, IncidentRunning, ExplainedMeanwhile))
async def explain_incident(work: Work, *, incident_id: UUID, explanation: NewExplanation) -> IncidentReceipt:
    """Says what an incident was and what is done about it, for its customers to read; where it is public, for everybody."""
    refuse_card_numbers(explanation.words)
    return await work.run(EXPLAIN_INCIDENT, incident_id=incident_id, words=explanation.words)


@verb(refusals=(StaleVersion,))
async def tag_subscription(work: Work, *, subscription_id: UUID, version: int, tags: NewTags) -> Tagged:
    """Tags a service with exactly these: an incident under way on one of them reaches it from then on."""
    return await work.run(TAG_SUBSCRIPTION, subscription_id=subscription_id, version=version, tags=sorted(set(tags.tags)))


async def find_tags(work: Work, *, subscription_id: UUID) -> Tagged:
    """What a service is tagged with."""
    return await work.one(FIND_TAGS, subscription_id=subscription_id)


async def list_public_incidents(work: Work) -> list[Incident]:
    """What everybody may read: the one that ends last first, of the last ninety days."""
    return await work.all(LIST_PUBLIC_INCIDENTS)


async def list_incidents(work: Work, *, running: bool, limit: int, cursor: str | None) -> Page[Incident]:
    """Incidents, the one that ends last first; with `running` only those that haven't ended."""
    purpose = f"incidents {work.organisation_id} {running}"
    before_at, before_id = work.cursors.read_moment(purpose, cursor, begins=LATEST)
    rows = await work.all(LIST_INCIDENTS, running=running, before_at=before_at, before_id=before_id, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.until_at.isoformat(), str(row.id)))


async def find_incident(work: Work, *, incident_id: UUID) -> Incident:
    """One incident with what it reaches."""
    return await work.one(FIND_INCIDENT, incident_id=incident_id)


def is_over(incident: Incident, at: datetime) -> bool:
    """Whether it was closed or has ended by itself."""
    return incident.closed_at is not None or incident.until_at <= at


@under(find_incident)
async def list_incident_services(work: Work, *, incident_id: UUID, limit: int, cursor: str | None) -> Page[IncidentService]:
    """Every service in an incident's reach with whose it is, by where it is now; while the incident lasts they are held."""
    purpose = f"incident services {work.organisation_id} {incident_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else FIRST
    rows = await work.all(LIST_INCIDENT_SERVICES, incident_id=incident_id, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.subscription_id,))


async def incidents_of_customer(work: Work, *, customer_id: UUID) -> list[KnownIncident]:
    """Incidents under way that reach a customer."""
    return await work.all(INCIDENTS_OF_CUSTOMER, customer_id=customer_id)


async def incidents_to_tell(work: Work) -> list[IncidentToTell]:
    """Incidents that somebody may not have heard of yet, or not by when they are over, or that they are."""
    return await work.all(INCIDENTS_TO_TELL)


async def who_may_hear(work: Work, *, incident_id: UUID) -> list[UUID]:
    """Customers who may be in its reach and haven't heard of an incident, those who heard that it takes until another time, or once it is over those who heard of it and not of that."""
    return await work.all(WHO_MAY_HEAR, incident_id=incident_id)


@verb()
async def tell_incident(work: Work, *, incident_id: UUID, customer_ids: list[UUID]) -> IncidentTold:
    """Has those of these customers whom an incident reaches now, or who heard of it, told of it, until when it takes after all, or that it is over where it is; each once.

    By when it is over is a promise to whoever is mailed, in the place of the one before; the end keeps it, or finds it broken.
    """
    promise_ids = [work.new_id() for _ in customer_ids]
    return await work.run(TELL_INCIDENT, incident_id=incident_id, customer_ids=customer_ids, promise_ids=promise_ids)


@verb()
async def note_heard(work: Work, *, incident: IncidentToTell) -> IncidentReceipt:
    """Notes that everybody who was to hear of an incident, as it was read, has been told."""
    return await work.run(
        NOTE_HEARD,
        incident_id=incident.id,
        until_epoch=incident.until_epoch,
        until_transaction=incident.until_transaction,
        estimate=incident.estimate,
        ended=incident.over,
    )


async def services_called(work: Work, *, names: list[str]) -> list[CalledService]:
    """Services by their own reference, or all of a customer's by theirs."""
    return await work.all(SERVICES_CALLED, names=names)


def area_around(corner: Corner, *, metres: int) -> list[Corner]:
    """An area that holds everything as near as that, and nothing half as far again; north of 80 degrees it isn't meant for."""
    around: list[Corner] = []
    height = metres * E7_A_METRE / math.cos(math.pi / CORNERS)
    width = height / math.cos(math.radians(corner.latitude_e7 / 10_000_000))
    for number in range(CORNERS):
        turn = 2 * math.pi * number / CORNERS
        latitude = corner.latitude_e7 + round(height * math.sin(turn))
        longitude = corner.longitude_e7 + round(width * math.cos(turn))
        around.append(Corner(latitude_e7=latitude, longitude_e7=longitude))
    return around
