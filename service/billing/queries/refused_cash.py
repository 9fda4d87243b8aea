"""Cash that phones couldn't hand over."""

from service.billing.queries import SQL
from service.billing.records.refused_cash import RefusedCash, RefusedCashReceipt, RefusedCashSettled

NOTE_REFUSED_CASH = SQL.verb("note_refused_cash", RefusedCashReceipt)
LIST_REFUSED_CASH = SQL.query("list_refused_cash", RefusedCash)
REFUSED_CASH_SETTLED = SQL.query("refused_cash_settled", RefusedCashSettled)
SETTLE_REFUSED_CASH = SQL.verb("settle_refused_cash", RefusedCashReceipt)
