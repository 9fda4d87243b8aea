"""Credit notes."""

from service.billing.queries import SQL
from service.billing.records.credit_notes import CreditNoteReceipt

CREDIT_INVOICE = SQL.verb("credit_invoice", CreditNoteReceipt)
