"""The tasks' statements and the records they return."""

from uuid import UUID

from service.kit import sql
from service.kit.tasks.records import Claimed, DeadTask, DrivenAgain, Settled

SQL = sql.room(__package__)

ORGANISATIONS_DUE = SQL.query("organisations_due", UUID)
CLAIM_TASKS = SQL.query("claim_tasks", Claimed)
SETTLE_TASKS = SQL.verb("settle_tasks", Settled)
GIVE_BACK = SQL.query("give_back", int)
PLAN_PERIODIC = SQL.query("plan_periodic", int)
LIST_DEAD_TASKS = SQL.query("list_dead_tasks", DeadTask)
DRIVE_AGAIN = SQL.verb("drive_again", DrivenAgain)
SWEEP = SQL.query("sweep", int)
