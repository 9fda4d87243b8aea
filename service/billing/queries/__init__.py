"""The room's statements and the records they return."""

from service.kit import sql

SQL = sql.room("service.billing")
