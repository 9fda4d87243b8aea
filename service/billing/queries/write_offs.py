"""Bad debts."""

from service.billing.queries import SQL
from service.billing.records.write_offs import Recovered, WriteOffLine, WriteOffReceipt, WriteOffToDecide

PROPOSE_WRITE_OFF = SQL.verb("propose_write_off", WriteOffReceipt)
DECIDE_WRITE_OFF = SQL.verb("decide_write_off", WriteOffReceipt)
UNDO_WRITE_OFF = SQL.verb("undo_write_off", WriteOffReceipt)
RECOVER_WRITTEN_OFF = SQL.verb("recover_written_off", Recovered)
HAS_WRITTEN_OFF = SQL.query("has_written_off", bool)
IS_WRITTEN_OFF = SQL.query("is_written_off", bool)
LIST_WRITE_OFFS = SQL.query("list_write_offs", WriteOffLine)
LIST_WRITE_OFFS_TO_DECIDE = SQL.query("list_write_offs_to_decide", WriteOffToDecide)
