"""Periods of the books."""

from service.billing.queries import SQL
from service.billing.records.periods import (
    CarriedForward,
    CarriedSoFar,
    ClosedPeriod,
    LastPeriod,
    PeriodAccount,
    PeriodReceipt,
    Unexplained,
)

HOLD_DAYS = SQL.query("hold_days", int)
FIND_CARRIED = SQL.query("find_carried", CarriedSoFar)
CARRY_FORWARD = SQL.verb("carry_forward", CarriedForward)
FIND_LAST_PERIOD = SQL.query("find_last_period", LastPeriod)
LIST_UNEXPLAINED = SQL.query("list_unexplained", Unexplained)
CLOSE_PERIOD = SQL.verb("close_period", PeriodReceipt)
IS_CARRIED = SQL.query("is_carried", bool)
LIST_CLOSED_PERIODS = SQL.query("list_closed_periods", ClosedPeriod)
FIND_PERIOD = SQL.query("find_period", ClosedPeriod)
LIST_PERIOD_ACCOUNTS = SQL.query("list_period_accounts", PeriodAccount)
