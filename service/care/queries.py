"""The room's statements and the records they return."""

from service.care.records import Entry, Forgotten, Message, MessageReceipt
from service.kit import sql

SQL = sql.room(__package__)

LIST_ENTRIES = SQL.query("list_entries", Entry)
NOTE_MESSAGE = SQL.verb("note_message", MessageReceipt)
LIST_MESSAGES = SQL.query("list_messages", Message)
FORGET_MESSAGES = SQL.verb("forget_messages", Forgotten)
