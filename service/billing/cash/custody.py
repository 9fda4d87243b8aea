"""Who holds cash at any instant, and each agent's statement, from the ledger."""

from datetime import datetime, timedelta
from uuid import UUID

from service.billing.queries.custody import STATEMENT_MOVEMENTS, STATEMENT_OPENING, WHO_HOLDS_CASH
from service.billing.records.custody import CashHeldReport, CashStatement, StatementLine
from service.kit.paging import MOST_IN_A_FILE
from service.kit.refusals import InvalidDocument, NotAllowed
from service.kit.verbs import Work

USUAL_SPAN = timedelta(days=30)


async def report_cash_held(work: Work, *, until: datetime | None) -> CashHeldReport:
    """Who held which cash at an instant, now if none is named, since when the oldest of it, and up to which limit they might.

    What an agent has handed in counts as theirs until somebody accepts it: it is counted blind.
    """
    moment = until or work.at
    return CashHeldReport(moment, await work.all(WHO_HOLDS_CASH, until=moment, asker=work.principal.id))


async def read_cash_statement(
    work: Work, *, staff_id: UUID, currency: str, from_at: datetime | None, until_at: datetime | None
) -> CashStatement:
    """All that happened to one agent's cash in a currency, the last thirty days if no span is named; others' are for those who may accept cash.

    From `from_at` on, and before `until_at`. Raises NotAllowed and InvalidDocument.
    """
    if staff_id != work.principal.id and not work.principal.may("cash:accept"):
        raise NotAllowed(scope="cash:accept")
    until_at = until_at or work.at + timedelta(microseconds=1)
    from_at = from_at or until_at - USUAL_SPAN
    if from_at >= until_at:
        raise InvalidDocument("`until_at` is after `from_at`.")
    whose = {"staff_id": staff_id, "currency": currency, "from_at": from_at, "asker": work.principal.id}
    opening = await work.one(STATEMENT_OPENING, **whose)
    movements = await work.all(STATEMENT_MOVEMENTS, **whose, until_at=until_at)
    if len(movements) > MOST_IN_A_FILE:
        raise InvalidDocument(f"More than {MOST_IN_A_FILE} lines: ask for a shorter span.")
    held, missing, lines = opening.held_minor, opening.missing_minor, list[StatementLine]()
    for one in movements:
        held, missing = held + one.held_delta, missing + one.difference_delta
        lines.append(
            StatementLine(
                recorded_at=one.recorded_at,
                occurred_at=one.occurred_at,
                what=one.what,
                reference=one.reference,
                subject_id=one.subject_id,
                amount_minor=one.held_delta,
                held_minor=held,
                difference_minor=one.difference_delta,
                missing_minor=missing,
                accepted_minor=one.accepted_minor,
            )
        )
    return CashStatement(
        staff_id=staff_id,
        name=opening.name,
        currency=currency,
        from_at=from_at,
        until_at=until_at,
        opening_minor=opening.held_minor,
        opening_missing_minor=opening.missing_minor,
        lines=lines,
        closing_minor=held,
        closing_missing_minor=missing,
    )
