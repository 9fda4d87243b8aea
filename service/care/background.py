"""Background work of care."""

from datetime import timedelta
from uuid import UUID

from service.care.loaners import remind_of_loans
from service.care.messages import forget_messages
from service.kit.tasks.registry import Task, task


@task("forget_messages", attempts=100)
async def run_forget_messages(run: Task) -> None:
    """Erases the words of whoever was erased."""
    contact_id = UUID(run.body["contact_id"]) if run.body["contact_id"] else None
    await run.perform(forget_messages, customer_id=run.subject_id, contact_id=contact_id, everybody=contact_id is None or run.body["last"])


@task("remind_of_loans", every=timedelta(minutes=15))
async def run_remind_of_loans(run: Task) -> None:
    """Has customers told that what they have of ours is due back soon."""
    await run.perform(remind_of_loans)
