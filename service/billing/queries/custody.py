"""Limits of cash, who holds it, and statements of it."""

from uuid import UUID

from service.billing.queries import SQL
from service.billing.records.custody import CashHeld, CashLimit, CashStop, FullHands, LimitReceipt, Movement, Opening, RoomForCash

SET_CASH_LIMIT = SQL.verb("set_cash_limit", LimitReceipt)
LIST_CASH_LIMITS = SQL.query("list_cash_limits", CashLimit)
FIND_ROOM_FOR_CASH = SQL.query("find_room_for_cash", RoomForCash)
STOPS_TO_JUDGE = SQL.query("stops_to_judge", UUID)
JUDGE_CASH_LIMIT = SQL.verb("judge_cash_limit", CashStop)
LIST_FULL_HANDS = SQL.query("list_full_hands", FullHands)
WHO_HOLDS_CASH = SQL.query("who_holds_cash", CashHeld)
STATEMENT_OPENING = SQL.query("statement_opening", Opening)
STATEMENT_MOVEMENTS = SQL.query("statement_movements", Movement)
