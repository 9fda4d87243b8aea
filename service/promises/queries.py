"""The room's statements and the records they return."""

from service.kit import sql
from service.promises.records import Promise

SQL = sql.room(__package__)

LIST_PROMISES = SQL.query("list_promises", Promise)
