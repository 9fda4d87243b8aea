"""The sealer's statements and the records they return."""

from service.kit import sql
from service.kit.seals.records import Checkpoint, LastCheckpoint, Log, NewFacts, Sealed

SQL = sql.room(__package__)

LOGS = SQL.query("logs", Log)
LAST_CHECKPOINT = SQL.query("last_checkpoint", LastCheckpoint)
NEW_FACTS = SQL.query("new_facts", NewFacts)
SEAL = SQL.verb("seal", Sealed)
LIST_CHECKPOINTS = SQL.query("list_checkpoints", Checkpoint)
FIND_CHECKPOINT = SQL.query("find_checkpoint", Checkpoint)
