"""The room's statements and the records they return."""

from service.kit import sql
from service.promises.records import (
    DuePromise,
    DueTogether,
    KeptRate,
    PolicySet,
    Promise,
    PromiseDays,
    PromiseEnded,
    PromisePolicy,
    PromiseReceipt,
    Took,
    Watched,
)

SQL = sql.room(__package__)

LIST_PROMISES = SQL.query("list_promises", Promise)
LIST_DUE_PROMISES = SQL.query("list_due_promises", DuePromise)
LIST_DUE_TOGETHER = SQL.query("list_due_together", DueTogether)
FIND_PROMISE = SQL.query("find_promise", Promise)
TOOK_LATELY = SQL.query("took_lately", Took)
MAKE_PROMISE = SQL.verb("make_promise", PromiseReceipt)
RENEW_PROMISE = SQL.verb("renew_promise", PromiseReceipt)
RELEASE_PROMISE = SQL.verb("release_promise", PromiseEnded)
PROMISES_TO_WATCH = SQL.query("promises_to_watch", bool)
WATCH_PROMISES = SQL.verb("watch_promises", Watched)
PROMISE_POLICY = SQL.query("promise_policy", PromisePolicy)
SET_PROMISE_POLICY = SQL.verb("set_promise_policy", PolicySet)
FIND_PROMISE_DAYS = SQL.query("find_promise_days", PromiseDays)
SUM_PROMISES = SQL.query("sum_promises", KeptRate)
