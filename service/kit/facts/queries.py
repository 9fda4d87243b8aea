"""The feed's statements and the records they return."""

from service.kit import sql
from service.kit.facts.records import FactRow, Horizon

SQL = sql.room(__package__)

FACTS_AFTER = SQL.query("facts_after", FactRow)
HORIZON = SQL.query("horizon", Horizon)
