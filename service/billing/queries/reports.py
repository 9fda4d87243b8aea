"""What an accountant asks for."""

from service.billing.queries import SQL
from service.billing.records.reports import AgedReceivable, AgedSums, IncomeLine, ReportDay, ReportDays

FIND_REPORT_DAYS = SQL.query("find_report_days", ReportDays)
FIND_REPORT_DAY = SQL.query("find_report_day", ReportDay)
SUM_RECEIVABLES = SQL.query("sum_receivables", AgedSums)
LIST_RECEIVABLES = SQL.query("list_receivables", AgedReceivable)
SUM_INCOME = SQL.query("sum_income", IncomeLine)
