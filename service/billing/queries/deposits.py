"""Cash taken to the bank."""

from service.billing.queries import SQL
from service.billing.records.bank_matching import DepositInBank, DepositToSee
from service.billing.records.deposits import ArrivalReceipt, Deposit, DepositReceipt, InOffice

BANK_CASH = SQL.verb("bank_cash", DepositReceipt)
CONFIRM_DEPOSIT = SQL.verb("confirm_deposit", ArrivalReceipt)
TAKE_ARRIVAL_BACK = SQL.verb("take_arrival_back", ArrivalReceipt)
DEPOSITS_TO_SEE = SQL.query("deposits_to_see", DepositToSee)
DEPOSIT_IN_BANK = SQL.query("deposit_in_bank", DepositInBank)
LIST_CASH_IN_OFFICE = SQL.query("list_cash_in_office", InOffice)
LIST_DEPOSITS = SQL.query("list_deposits", Deposit)
