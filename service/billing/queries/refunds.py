"""Refunds."""

from service.billing.queries import SQL
from service.billing.records.refunds import DoublePayment, Refund, RefundReceipt

PROPOSE_REFUND = SQL.verb("propose_refund", RefundReceipt)
SETTLE_REFUND = SQL.verb("settle_refund", RefundReceipt)
FIND_REFUND = SQL.query("find_refund", Refund)
LIST_REFUNDS = SQL.query("list_refunds", Refund)
LIST_DOUBLE_PAYMENTS = SQL.query("list_double_payments", DoublePayment)
