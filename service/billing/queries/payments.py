"""Payments, receipts, accounts."""

from uuid import UUID

from service.billing.queries import SQL
from service.billing.records.payments import (
    CreditToUse,
    CreditUsed,
    CustomerAccount,
    Payment,
    PaymentOutcome,
    Receipt,
    ReversalReceipt,
    WhyOpenAgain,
)

APPLY = SQL.verb("apply", PaymentOutcome)
REVERSE_PAYMENT = SQL.verb("reverse_payment", ReversalReceipt)
LINE_OF_BANK_ENTRY = SQL.query("line_of_bank_entry", UUID)
FIND_PAYMENT = SQL.query("find_payment", Payment)
LIST_PAYMENTS = SQL.query("list_payments", Payment)
LIST_PAYMENTS_AT_VISIT = SQL.query("list_payments_at_visit", Payment)
FIND_RECEIPT = SQL.query("find_receipt", Receipt)
WHY_OPEN_AGAIN = SQL.query("why_open_again", WhyOpenAgain)
CUSTOMER_ACCOUNT = SQL.query("customer_account", CustomerAccount)
USE_CREDIT = SQL.verb("use_credit", CreditUsed)
CREDIT_TO_USE = SQL.query("credit_to_use", CreditToUse)
