"""The bank: accounts, statements, lines and what became of them."""

from service.billing.queries import SQL
from service.billing.records.bank import (
    BankLine,
    BankStatement,
    ImportedFile,
    KnownEntry,
    LineCounts,
    LinesMoved,
    LiveStep,
    UnconfirmedLine,
)
from service.billing.records.bank_accounts import BankAccount, BankAccountReceipt, BankStatementReceipt
from service.billing.records.bank_matching import (
    CustomerCalled,
    InvoiceOpen,
    InvoiceToPay,
    KnownPayer,
    PaymentToTakeBack,
    RefundToSee,
    ReturnedPayment,
    ToldPayment,
)
from service.billing.records.bank_reconciliation import NotSeen, ReconciledAccount

ADD_BANK_ACCOUNT = SQL.verb("add_bank_account", BankAccountReceipt)
CHANGE_BANK_ACCOUNT = SQL.verb("change_bank_account", BankAccountReceipt)
LIST_BANK_ACCOUNTS = SQL.query("list_bank_accounts", BankAccount)
KNOWN_BANK_FILE = SQL.query("known_bank_file", str)
KNOWN_BANK_STATEMENTS = SQL.query("known_bank_statements", bytes)
KNOWN_BANK_ENTRIES = SQL.query("known_bank_entries", KnownEntry)
UNCONFIRMED_BANK_LINES = SQL.query("unconfirmed_bank_lines", UnconfirmedLine)
IMPORT_BANK_STATEMENT = SQL.verb("import_bank_statement", BankStatementReceipt)
KEEP_BANK_FILE = SQL.verb("keep_bank_file", ImportedFile)
LIST_BANK_STATEMENTS = SQL.query("list_bank_statements", BankStatement)
RECONCILE_BANK = SQL.query("reconcile_bank", ReconciledAccount)
BANK_MONEY_NOT_SEEN = SQL.query("bank_money_not_seen", NotSeen)
RECORD_BANK_STEPS = SQL.verb("record_bank_steps", LinesMoved)
LEAVE_BANK_LINES = SQL.verb("leave_bank_lines", LinesMoved)
LIST_BANK_LINES = SQL.query("list_bank_lines", BankLine)
LIST_WAITING_BANK_LINES = SQL.query("list_waiting_bank_lines", BankLine)
LIST_CONFIRMING_BANK_LINES = SQL.query("list_confirming_bank_lines", BankLine)
FIND_BANK_LINE = SQL.query("find_bank_line", BankLine)
COUNT_BANK_LINES = SQL.query("count_bank_lines", LineCounts)
COUNT_UNJUDGED = SQL.query("count_unjudged", int)
LIVE_BANK_STEPS = SQL.query("live_bank_steps", LiveStep)
INVOICE_SERIES = SQL.query("invoice_series", str)
INVOICES_BY_NUMBER = SQL.query("invoices_by_number", InvoiceToPay)
OPEN_INVOICES_BY_ID = SQL.query("open_invoices_by_id", InvoiceOpen)
OPEN_INVOICES_OF = SQL.query("open_invoices_of", InvoiceToPay)
KNOWN_PAYERS = SQL.query("known_payers", KnownPayer)
PAYMENTS_TOLD_BEFORE = SQL.query("payments_told_before", ToldPayment)
PAYMENTS_RETURNED = SQL.query("payments_returned", ReturnedPayment)
REFUNDS_NOT_SEEN = SQL.query("refunds_not_seen", RefundToSee)
PAYMENT_TO_TAKE_BACK = SQL.query("payment_to_take_back", PaymentToTakeBack)
REFUND_SEEN = SQL.query("refund_seen", bool)
CUSTOMERS_CALLED = SQL.query("customers_called", CustomerCalled)
