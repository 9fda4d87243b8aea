"""Renewals."""

from service.billing.queries import SQL
from service.billing.records.renewals import UnusedPeriod

UNUSED_PERIODS = SQL.query("unused_periods", UnusedPeriod)
