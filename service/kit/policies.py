"""Policies that are set version by version: the last one is in force, and before any was set the one that is shipped."""

from typing import Protocol, TypeVar

from service.kit.paging import Page
from service.kit.sql import Query
from service.kit.verbs import Work

NEWEST = 2**31 - 1


class Versioned(Protocol):
    """A policy that counts its versions."""

    @property
    def version(self) -> int: ...


P = TypeVar("P", bound=Versioned)


async def version_in_force(work: Work, versions: Query[P], *, shipped: P) -> P:
    """The last version that was set, else the one that is shipped."""
    return await work.first(versions, before=NEWEST, limit=1) or shipped


async def page_of_versions(work: Work, versions: Query[P], *, shipped: P, purpose: str, limit: int, cursor: str | None) -> Page[P]:
    """Every version, the one in force first; the one that is shipped last."""
    purpose = f"{purpose} {work.organisation_id}"
    before = int(work.cursors.read(purpose, cursor)[0]) if cursor else NEWEST
    rows = [*await work.all(versions, before=before, limit=limit + 1), shipped]
    return work.cursors.page(purpose, rows[: limit + 1], limit=limit, key=lambda row: (row.version,))
