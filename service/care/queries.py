"""The room's statements and the records they return."""

from uuid import UUID

from service.care.records import Entry, Forgotten, Message, MessageReceipt
from service.kit import sql

SQL = sql.room(__package__)

LIST_ENTRIES = SQL.query("list_entries", Entry)
FIND_CUSTOMERS_BY_QUOTED = SQL.query("find_customers_by_quoted", UUID)
NOTE_MESSAGE = SQL.verb("note_message", MessageReceipt)
LIST_MESSAGES = SQL.query("list_messages", Message)
FORGET_MESSAGES = SQL.verb("forget_messages", Forgotten)
