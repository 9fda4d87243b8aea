"""Itemised bills."""

from service.billing.queries import SQL
from service.billing.records.itemised_bills import ItemisedBill, ItemisedRequest

ASK_FOR_ITEMISED_BILL = SQL.verb("ask_for_itemised_bill", ItemisedRequest)
GIVE_ITEMISED_BILL = SQL.verb("give_itemised_bill", ItemisedBill)
