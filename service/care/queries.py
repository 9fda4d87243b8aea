"""The room's statements and the records they return."""

from service.care.records import Entry
from service.kit import sql

SQL = sql.room(__package__)

LIST_ENTRIES = SQL.query("list_entries", Entry)
