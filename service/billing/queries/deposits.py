"""Cash taken to the bank."""

from service.billing.queries import SQL
from service.billing.records.deposits import ArrivalReceipt, Deposit, DepositReceipt

BANK_CASH = SQL.verb("bank_cash", DepositReceipt)
CONFIRM_DEPOSIT = SQL.verb("confirm_deposit", ArrivalReceipt)
LIST_DEPOSITS = SQL.query("list_deposits", Deposit)
