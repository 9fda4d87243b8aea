"""Invoices, attempts."""

from service.billing.queries import SQL
from service.billing.records.invoices import Attempt, Invoice, InvoiceReceipt, InvoiceSummary

POST_INVOICE = SQL.verb("post_invoice", InvoiceReceipt)
FIND_INVOICE = SQL.query("find_invoice", Invoice)
LIST_INVOICES = SQL.query("list_invoices", InvoiceSummary)
LIST_ATTEMPTS = SQL.query("list_attempts", Attempt)
