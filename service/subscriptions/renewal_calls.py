"""Who is to be called about renewing: a question answered as of now, never a list that was copied."""

from datetime import date
from uuid import UUID

from service.kit.paging import Page
from service.kit.refusals import IdTaken, Refusal
from service.kit.verbs import Work, verb
from service.subscriptions.queries import LIST_RENEWAL_CALLS, LOG_RENEWAL_CALL
from service.subscriptions.records import NewRenewalCall, RenewalCall, RenewalCallReceipt
from service.subscriptions.subscriptions import NOTHING, SubscriptionEnded, account_of


class AlreadyRenewed(Refusal):
    """They have renewed: there is nothing to call about."""

    code, status, remedy = "ALREADY_RENEWED", 409, "Don't call; `renewed` says when, where and how they paid."


class RenewalNotDue(Refusal):
    """Their renewal isn't due yet."""

    code, status, remedy = "RENEWAL_NOT_DUE", 409, "Read the list of renewal calls: it is computed when you ask."


@verb(refusals=(IdTaken, SubscriptionEnded, AlreadyRenewed, RenewalNotDue), locks=lambda *, call, **_: (account_of(call.subscription_id),))
async def log_renewal_call(work: Work, *, call: NewRenewalCall) -> RenewalCallReceipt:
    """Logs a call about renewing; one about somebody who has renewed since is refused with what happened."""
    return await work.run(LOG_RENEWAL_CALL, call_id=call.id or work.new_id(), subscription_id=call.subscription_id, outcome=call.outcome)


async def list_renewal_calls(work: Work, *, limit: int, cursor: str | None) -> Page[RenewalCall]:
    """Who is cut off as unpaid, or will be within a week, at this moment; the longest unpaid first."""
    purpose = f"renewal calls {work.organisation_id}"
    after_on, after_id = work.cursors.read(purpose, cursor) if cursor else ("1900-01-01", str(NOTHING))
    rows = await work.all(LIST_RENEWAL_CALLS, after_on=date.fromisoformat(after_on), after_id=UUID(after_id), limit=limit)
    # Ordered by the first day unpaid, the day after `paid_through_on`.
    return work.cursors.page(
        purpose, rows, limit=limit, key=lambda row: (date.fromordinal(row.paid_through_on.toordinal() + 1), row.subscription_id)
    )
