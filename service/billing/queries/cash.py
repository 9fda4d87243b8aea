"""Cash in custody."""

from service.billing.queries import SQL
from service.billing.records.cash import (
    AcceptanceReceipt,
    CashOnAgent,
    Difference,
    HandIn,
    HandInReceipt,
    SettledLately,
    SettlementReceipt,
)

CASH_ON_AGENTS = SQL.query("cash_on_agents", CashOnAgent)
HAND_IN_CASH = SQL.verb("hand_in_cash", HandInReceipt)
ACCEPT_CASH = SQL.verb("accept_cash", AcceptanceReceipt)
FIND_HAND_IN_TO_COUNT = SQL.query("find_hand_in_to_count", HandIn)
LIST_HAND_INS = SQL.query("list_hand_ins", HandIn)
SETTLE_DIFFERENCE = SQL.verb("settle_difference", SettlementReceipt)
UNDO_SETTLEMENT = SQL.verb("undo_settlement", SettlementReceipt)
LATEST_SETTLEMENTS = SQL.query("latest_settlements", SettledLately)
LIST_DIFFERENCES = SQL.query("list_differences", Difference)
