"""The room's statements and the records they return."""

from uuid import UUID

from service.documents.records import Bill, CompanyTold, Consent, CreditNote, HandOver, Invoice, Matter, Receipt, Revision
from service.documents.traded import TradedDocument
from service.kit import sql

SQL = sql.room(__package__)

RECEIPT_TOLD = SQL.query("receipt_told", Receipt)
INVOICE_TOLD = SQL.query("invoice_told", Invoice)
COMPANY_TOLD = SQL.query("company_told", CompanyTold)
HAND_OVER_TOLD = SQL.query("hand_over_told", HandOver)
CREDIT_NOTE_TOLD = SQL.query("credit_note_told", CreditNote)
INVOICE_TRADED = SQL.query("invoice_traded", TradedDocument)
CREDIT_NOTE_TRADED = SQL.query("credit_note_traded", TradedDocument)
SCOPE_OF_JOB = SQL.query("scope_of_job", UUID)
SCOPE_OF_OFFER = SQL.query("scope_of_offer", UUID)
MATTER_TOLD = SQL.query("matter_told", Matter)
ORIGINAL_ESTIMATE = SQL.query("original_estimate", Revision)
REVISION_TOLD = SQL.query("revision_told", Revision)
CONSENTS_TOLD = SQL.query("consents_told", Consent)
BILLS_TOLD = SQL.query("bills_told", Bill)
