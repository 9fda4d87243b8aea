"""Lists over all customers."""

from service.billing.queries import SQL
from service.billing.records.money_lists import CreditNoteLine, PaperOfCustomer, PaymentLine, RefundLine

LIST_ALL_PAYMENTS = SQL.query("list_all_payments", PaymentLine)
LIST_ALL_REFUNDS = SQL.query("list_all_refunds", RefundLine)
LIST_CREDIT_NOTES = SQL.query("list_credit_notes", CreditNoteLine)
PAPERS_OF_CUSTOMER = SQL.query("papers_of_customer", PaperOfCustomer)
