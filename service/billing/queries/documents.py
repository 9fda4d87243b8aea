"""What the receipt and the invoice on paper are made of."""

from service.billing.queries import SQL
from service.billing.records.documents import InvoiceFacts, ReceiptFacts

RECEIPT_FACTS = SQL.query("receipt_facts", ReceiptFacts)
INVOICE_FACTS = SQL.query("invoice_facts", InvoiceFacts)
