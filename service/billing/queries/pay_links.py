"""Invoices as their payers see them."""

from service.billing.queries import SQL
from service.billing.records.pay_links import ClaimToPay, InvoiceToPay

INVOICE_TO_PAY = SQL.query("invoice_to_pay", InvoiceToPay)
CLAIM_TO_PAY = SQL.query("claim_to_pay", ClaimToPay)
