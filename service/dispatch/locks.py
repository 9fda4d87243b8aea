"""What dispatch locks, in the house order: the account first, since a payment may withdraw the customer's visits."""

from typing import Any
from uuid import UUID

from service.kit.verbs import Lock


def job(*, job_id: UUID, **_: Any) -> tuple[Lock, ...]:
    """A job with its visits."""
    return (Lock.account_of("dispatch.job", job_id), Lock.job(job_id))


def job_and_matter(*, job_id: UUID, **_: Any) -> tuple[Lock, ...]:
    """A job that ends, and with it what may still be offered: who offers excludes whoever ends it."""
    return (*job(job_id=job_id), Lock.scope_of("dispatch.job", job_id))


def visit(*, visit_id: UUID, **_: Any) -> tuple[Lock, ...]:
    """The job that a visit is of, with all its visits."""
    return (
        Lock.account_of("dispatch.visit", visit_id),
        Lock.job_of("dispatch.visit", visit_id),
    )


def days(technician_id: UUID, crew: list[UUID]) -> tuple[Lock, ...]:
    """The calendars of whoever goes."""
    return tuple(Lock.day(one) for one in {technician_id, *crew})


def visit_and_place(*, visit_id: UUID, **_: Any) -> tuple[Lock, ...]:
    """A visit and the days it stands in, of each of its crew: who frees a place excludes whoever is taking it."""
    return (*visit(visit_id=visit_id), Lock.day_of("dispatch.occupancy", visit_id))
