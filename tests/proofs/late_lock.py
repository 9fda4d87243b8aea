"""The service with one mistake in it, made on purpose: the account's lock stands in the statement that reads, not before it."""

import re
from copy import copy
from functools import cache
from typing import Any, TypeVar

from service.billing.payments import take_cash
from service.billing.queries import SQL
from service.billing.queries.payments import APPLY
from service.kit.database import Database, Done
from service.kit.sql import Verb
from service.kit.verbs import VerbRule, Work

Row = TypeVar("Row")

_LOCK = """with locked as materialized (
  select pg_advisory_xact_lock(1, hashtext(customer_id::text)) from billing.invoice
  where organisation_id = :organisation::uuid and invoice_id = :invoice_id::uuid),
attempt as ("""


@cache
def _moved() -> Verb[Any]:
    """`apply` with the same lock, on the same key, taken by its first step."""
    text, heads = re.subn(r"\bwith attempt as \(", _LOCK, SQL._blocks["verb", "apply"])
    text, readers = re.subn(re.escape("from (select) one left join attempt"), "from locked left join attempt", text)
    assert (heads, readers) == (1, 1), "the statement has changed: move the lock anew"
    return Verb("apply", text, APPLY.record)


class _Work(Work):
    """Runs the changed statement for `apply`."""

    async def run(self, statement: Verb[Row], **values: Any) -> Row:
        return await super().run(_moved() if statement is APPLY else statement, **values)  # type: ignore[arg-type]


class LateLock(Database):
    """The kit, but cash opens without its lock and takes it in the working statement."""

    async def perform(self, rule: VerbRule[..., Any], **how: Any) -> Done:
        if rule is take_cash:
            rule = copy(rule)
            rule.locks = lambda **values: [lock for lock in take_cash.locks_for(**values) if lock.kind == "day"]
        return await super().perform(rule, **how)

    def _work(self, *parts: Any) -> Work:
        usual = super()._work(*parts)
        changed = _Work.__new__(_Work)
        for name in Work.__slots__:
            setattr(changed, name, getattr(usual, name))
        return changed
