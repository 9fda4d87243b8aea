"""Payouts."""

from service.billing.queries import SQL
from service.billing.records.bank_matching import PayoutInBank, PayoutToSee
from service.billing.records.payouts import KnownPayout, PayoutAgainstBank, PayoutKept, PayoutLine, PayoutSummary

RECORD_PAYOUT = SQL.verb("record_payout", PayoutKept)
KNOWN_PAYOUTS = SQL.query("known_payouts", KnownPayout)
LIST_PAYOUTS = SQL.query("list_payouts", PayoutSummary)
LIST_PAYOUT_LINES = SQL.query("list_payout_lines", PayoutLine)
PAYOUTS_TO_SEE = SQL.query("payouts_to_see", PayoutToSee)
PAYOUT_IN_BANK = SQL.query("payout_in_bank", PayoutInBank)
LIST_PAYOUTS_AGAINST_BANK = SQL.query("list_payouts_against_bank", PayoutAgainstBank)
