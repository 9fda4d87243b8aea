"""Invoices."""

from service.billing.queries import SQL
from service.billing.records.invoices import Invoice, InvoiceReceipt, InvoiceSummary

POST_INVOICE = SQL.verb("post_invoice", InvoiceReceipt)
POST_WITHOUT_SUPPLIES = SQL.verb("post_invoice", InvoiceReceipt, without="supplies")
"""A quarter of the statement is for periods of subscriptions, and costs where there are none too."""
FIND_INVOICE = SQL.query("find_invoice", Invoice)
LIST_INVOICES = SQL.query("list_invoices", InvoiceSummary)
