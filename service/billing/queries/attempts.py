"""Attempts to post, and the report of what was refused."""

from service.billing.queries import SQL
from service.billing.records.attempts import Attempt, AttemptSummary, RefusedRow

FIND_POSTING_ATTEMPT = SQL.query("find_posting_attempt", Attempt)
LIST_ATTEMPTS = SQL.query("list_attempts", AttemptSummary)
COUNT_REFUSED_LINES = SQL.query("count_refused_lines", RefusedRow)
