"""Books of receipt numbers."""

from service.billing.queries import SQL
from service.billing.records.receipt_blocks import NumberFound, NumberGiven, ReceiptBlock, ReceiptBlockLine, VoidReceipt

RESERVE_RECEIPT_BLOCK = SQL.verb("reserve_receipt_block", ReceiptBlock)
FIND_NUMBER = SQL.query("find_number", NumberFound)
GIVE_RECEIPT_NUMBER = SQL.verb("give_receipt_number", NumberGiven)
VOID_RECEIPT_NUMBERS = SQL.verb("void_receipt_numbers", VoidReceipt)
LIST_RECEIPT_BLOCKS = SQL.query("list_receipt_blocks", ReceiptBlockLine)
