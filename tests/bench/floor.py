"""The floor: the very statements of a verb, run by bare asyncpg with no HTTP, no rules and no decoding."""

from datetime import UTC, datetime
from typing import Any

from service.kit.database import opening
from service.kit.verbs import VerbRule, Work
from tests.bench.company import Company


class Recorded(Exception):
    """Stops a rule at its statement."""

    def __init__(self, text: str, values: tuple[Any, ...]) -> None:
        super().__init__(text)
        self.text, self.values = text, values


class _Recorder:
    async def fetchrow(self, text: str, *values: Any) -> None:
        raise Recorded(text, values)


async def statements_of(company: Company, rule: VerbRule[..., Any], **values: Any) -> tuple[str, str, tuple[Any, ...]]:
    """The opening message and the working statement with its values."""
    now = datetime.now(UTC)
    work = Work(
        connection=_Recorder(), principal=company.principal, at=now, request_id=company.id(), remember=None,
        randomness=company.database.randomness, cursors=company.database.cursors, keys=company.database.keys,
    )  # fmt: skip
    try:
        await rule(work, **values)
    except Recorded as recorded:
        return opening(company.principal, now, locks=rule.locks_for(**values)), recorded.text, recorded.values
    raise AssertionError("the rule ran no statement")


async def run(connection: Any, statements: tuple[str, str, tuple[Any, ...]]) -> None:
    """Three round trips, as the service makes."""
    message, text, values = statements
    await connection.execute(message)
    row = await connection.fetchrow(text, *values)
    if row is None or row[1] is not None:
        raise AssertionError(row)
    await connection.execute("COMMIT")
