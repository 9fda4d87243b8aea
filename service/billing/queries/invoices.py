"""Invoices."""

from service.billing.queries import SQL
from service.billing.records.invoices import Invoice, InvoiceReceipt, InvoiceSummary

POST_INVOICE = SQL.verb("post_invoice", InvoiceReceipt)
FIND_INVOICE = SQL.query("find_invoice", Invoice)
LIST_INVOICES = SQL.query("list_invoices", InvoiceSummary)
