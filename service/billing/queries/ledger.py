"""The ledger as it is told."""

from service.billing.queries import SQL
from service.billing.records.ledger import (
    AccountNumbers,
    AccountTotal,
    BookDays,
    JournalEntry,
    LedgerAccount,
    LedgerTransfer,
    NumberedAccount,
)

FIND_BOOK_DAYS = SQL.query("find_book_days", BookDays)
TRIAL_BALANCE = SQL.query("trial_balance", AccountTotal)
BALANCE_UP_TO = SQL.query("balance_up_to", int)
LIST_TRANSFERS = SQL.query("list_transfers", LedgerTransfer)
LIST_JOURNAL = SQL.query("list_journal", JournalEntry)
LIST_ACCOUNTS = SQL.query("list_accounts", LedgerAccount)
LIST_ACCOUNT_NUMBERS = SQL.query("list_account_numbers", NumberedAccount)
FIND_ACCOUNT_NUMBERING = SQL.query("find_account_numbering", int)
SET_ACCOUNT_NUMBERS = SQL.verb("set_account_numbers", AccountNumbers)
