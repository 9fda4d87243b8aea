"""Payouts."""

from service.billing.queries import SQL
from service.billing.records.payouts import KnownPayout, PayoutKept, PayoutLine, PayoutSummary

RECORD_PAYOUT = SQL.verb("record_payout", PayoutKept)
KNOWN_PAYOUTS = SQL.query("known_payouts", KnownPayout)
LIST_PAYOUTS = SQL.query("list_payouts", PayoutSummary)
LIST_PAYOUT_LINES = SQL.query("list_payout_lines", PayoutLine)
