"""Cases as they are read: what is to be seen to first, one with everything that was said in it, all of a customer's; and what a case and an incident have to do with each other."""

from datetime import UTC, datetime
from uuid import UUID

from service.care.queries import (
    COUNT_CASES_OF_INCIDENT,
    FIND_CASE,
    FIND_CASE_ANSWER,
    FIND_CASE_OF_MESSAGE,
    LIST_CASE_ENTRIES,
    LIST_CASE_INCIDENTS,
    LIST_CASES,
    LIST_CASES_OF_CUSTOMER,
    LIST_OPEN_CASES_OF_CUSTOMER,
    LIST_WORDS_OF_CASES,
)
from service.care.records.cases import Case, CaseAnswer, CaseEntry, CaseIncident, CaseLine, CaseWord
from service.customers.customers import find_customer
from service.identity.scopes import Role
from service.kit.lists import under
from service.kit.paging import LIMIT, MOST, Page
from service.kit.verbs import Work

NOTHING = UUID(int=0)
LAST = UUID(int=2**128 - 1)
BEFORE_ALL = datetime(1900, 1, 1, tzinfo=UTC)
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""By when what doesn't wait for us is to be answered, as a cursor says it."""


async def list_cases(
    work: Work, *, staff_id: UUID | None, teams: list[Role] | None, unassigned: bool | None, limit: int, cursor: str | None
) -> Page[CaseLine]:
    """What isn't settled: faults that came back first, then what breaks next, then what waits for nothing of ours."""
    purpose = f"cases {work.organisation_id} {staff_id} {teams} {unassigned}"
    rank, at, after = work.cursors.read(purpose, cursor) if cursor else (-1, BEFORE_ALL.isoformat(), str(NOTHING))
    rows = await work.all(
        LIST_CASES,
        staff_id=staff_id,
        teams=teams,
        unassigned=unassigned,
        after_rank=rank,
        after_at=datetime.fromisoformat(at),
        after_id=UUID(after),
        limit=limit,
    )
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.rank, (row.due_at or NEVER).isoformat(), str(row.id)))


async def list_open_cases_of_customer(work: Work, *, customer_id: UUID) -> list[CaseLine]:
    """What isn't settled of a customer's, in the same order; the first fifty."""
    return await work.all(LIST_OPEN_CASES_OF_CUSTOMER, customer_id=customer_id, limit=LIMIT)


@under(find_customer)
async def list_cases_of_customer(work: Work, *, customer_id: UUID, limit: int, cursor: str | None) -> Page[CaseLine]:
    """All of a customer's, settled ones too, the latest first."""
    purpose = f"cases of {work.organisation_id} {customer_id}"
    before = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else LAST
    rows = await work.all(LIST_CASES_OF_CUSTOMER, customer_id=customer_id, before=before, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (str(row.id),))


async def find_case(work: Work, *, case_id: UUID) -> Case:
    """One case as it stands."""
    return await work.one(FIND_CASE, case_id=case_id)


async def find_case_going_on(work: Work, *, case_id: UUID) -> Case:
    """The case, or the one that goes on with it where it was merged or is full."""
    case = await find_case(work, case_id=case_id)
    while (after := case.merged_into or case.continued_in) is not None:
        case = await find_case(work, case_id=after)
    return case


async def find_case_of_message(work: Work, *, message_id: UUID) -> UUID:
    """The case that a word is in now; raises NotFound."""
    return await work.one(FIND_CASE_OF_MESSAGE, message_id=message_id)


async def find_case_answer(work: Work, *, message_id: UUID) -> CaseAnswer:
    """A word of ours as its mail tells it."""
    return await work.one(FIND_CASE_ANSWER, message_id=message_id)


async def list_words_of_cases(work: Work, *, case_ids: list[UUID]) -> list[CaseWord]:
    """What was said in each of them, case by case; remarks for colleagues aren't among it."""
    return await work.all(LIST_WORDS_OF_CASES, case_ids=case_ids, limit=MOST)


@under(find_case)
async def list_case_entries(work: Work, *, case_id: UUID, limit: int, cursor: str | None) -> Page[CaseEntry]:
    """The words that are in it, also of cases that were merged into it, and what was done with it, as it happened."""
    purpose = f"case entries {work.organisation_id} {case_id}"
    at, step, after = work.cursors.read(purpose, cursor) if cursor else (BEFORE_ALL.isoformat(), 0, str(NOTHING))
    since = {"after_at": datetime.fromisoformat(at), "after_step": step, "after_id": UUID(after)}
    rows = await work.all(LIST_CASE_ENTRIES, case_id=case_id, limit=limit, **since)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.at.isoformat(), row.step, str(row.id)))


@under(find_case)
async def list_case_incidents(work: Work, *, case_id: UUID) -> list[CaseIncident]:
    """Incidents that a case came in during, of those that reached its customer, as they stand now."""
    return await work.all(LIST_CASE_INCIDENTS, case_id=case_id)


async def count_cases_of_incident(work: Work, *, incident_id: UUID) -> int:
    """How many cases came in while an incident lasted, from whom it reached."""
    return await work.one(COUNT_CASES_OF_INCIDENT, incident_id=incident_id)
