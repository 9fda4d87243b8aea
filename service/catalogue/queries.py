"""The room's statements and the records they return."""

from service.catalogue.records import ItemReceipt, ItemVersion, NamedItem
from service.kit import sql

SQL = sql.room(__package__)

CREATE_ITEM = SQL.verb("create_item", ItemReceipt)
ADD_VERSION = SQL.verb("add_version", ItemReceipt)
WITHDRAW_ITEM = SQL.verb("withdraw_item", ItemReceipt)
LIST_IN_FORCE = SQL.query("list_in_force", ItemVersion)
VERSIONS_IN_FORCE = SQL.query("versions_in_force", ItemVersion)
VERSIONS_OF_ITEM = SQL.query("versions_of_item", ItemVersion)
ITEMS_BY_CODE = SQL.query("items_by_code", NamedItem)
