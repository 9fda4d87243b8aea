"""Jobs: opened in a scope of their own, in progress and done by their visits, closed or cancelled by somebody."""

from uuid import UUID

import msgspec
from msgspec.structs import replace

from service.authorisations.offers import MatterReferenceTaken, create_offer, offer_in
from service.authorisations.records import NewOffer, OfferReceipt
from service.dispatch import locks
from service.dispatch.queries import END_JOB, FIND_JOB, FIND_MATTER, LIST_JOBS, NEED_VISITS, OPEN_JOB, WAIT_FOR_PARTS
from service.dispatch.records import Job, JobEnded, JobLine, JobParts, JobReceipt, JobState, NewJob
from service.dispatch.records.jobs import PartsDue, PartsSaid
from service.dispatch.refusals import JobNotOpen, TechnicianUnknown
from service.kit.paging import Page
from service.kit.refusals import IdTaken, InvalidDocument, Refusal
from service.kit.verbs import Lock, Work, verb

NOTHING = UUID(int=0)


class SiteUnknown(Refusal):
    """The customer has no such site."""

    code, status, remedy = "SITE_UNKNOWN", 422, "Add the site to the customer first."
    constraints = ("dispatch.job_at_a_site_of_its_customer", "dispatch.series_at_a_site_of_its_customer")


class AssetUnknown(Refusal):
    """The customer has no such asset."""

    code, status, remedy = "ASSET_UNKNOWN", 422, "Add the asset to the customer first."
    constraints = ("dispatch.job_on_an_asset_of_its_customer", "dispatch.series_on_an_asset_of_its_customer")


class PolicyUnknown(Refusal):
    """There is no such tolerance policy for the law of this site, trade and price form."""

    code, status, remedy = "POLICY_UNKNOWN", 422, "Leave `policy_name` out, or publish the policy for the site's jurisdiction first."


class JobNotInState(Refusal):
    """The job's present state doesn't allow this."""

    code, status, remedy = "JOB_NOT_IN_STATE", 409, "Read the job: it is closed once its work is done, and cancelled before."
    constraints = ("dispatch.job_moves_as_declared", "dispatch.job_step_follows", "dispatch.one_job_step_a_number")


class JobHasVisits(Refusal):
    """Visits of this job are still to come."""

    code, status, remedy = "JOB_HAS_VISITS", 409, "Cancel its visits first; each breaks or releases a promise."


@verb(refusals=(SiteUnknown, AssetUnknown, PolicyUnknown, TechnicianUnknown, IdTaken, MatterReferenceTaken))
async def open_job(work: Work, *, job: NewJob) -> JobReceipt:
    """Opens a job with the scope it will charge in; the same one under the same id again answers the same."""
    if bool(job.collects_invoice_ids) != (job.kind == "collection"):
        raise InvalidDocument("A collection, and only a collection, names the invoices it collects.")
    return await work.run(
        OPEN_JOB,
        job_id=job.id or work.new_id(),
        scope_id=work.new_id(),
        customer_id=job.customer_id,
        site_id=job.site_id,
        asset_id=job.asset_id,
        kind=job.kind,
        priority=job.priority,
        skills=msgspec.json.encode(job.skills).decode(),
        loads=msgspec.json.encode(job.loads).decode(),
        preferred_technician_id=job.preferred_technician_id,
        duration_minutes=job.duration_minutes,
        arrival_minutes=job.arrival_minutes,
        crew_size=job.crew_size,
        visits_needed=job.visits_needed,
        collects_invoice_ids=sorted(set(job.collects_invoice_ids)),
        symptom=job.symptom,
        currency=job.currency,
        policy_name=job.policy_name,
        trade=job.trade,
        price_form=job.price_form,
    )


@verb(
    refusals=(JobNotOpen, *create_offer.refusals),
    locks=lambda *, job_id, **_: (Lock.scope_of("dispatch.job", job_id),),
)
async def offer_on_job(work: Work, *, job_id: UUID, offer: NewOffer) -> OfferReceipt:
    """Offers work on a job until it is closed or cancelled; nothing of it may start or be billed before the customer says so."""
    matter = await work.one(FIND_MATTER, job_id=job_id)
    if matter.state in {"closed", "cancelled"}:
        raise JobNotOpen
    reported = offer.reported if offer.reported is not None else matter.symptom or None
    return await offer_in(work, scope=matter, offer=replace(offer, reported=reported))


@verb(refusals=(JobNotOpen,), locks=locks.job)
async def need_visits(work: Work, *, job_id: UUID, visits_needed: int) -> JobParts:
    """Says anew how many visits have to complete a job; where as many have and none is still to come, its work is done."""
    return await work.run(NEED_VISITS, job_id=job_id, visits_needed=visits_needed)


@verb(refusals=(JobNotOpen,), locks=locks.job)
async def wait_for_parts(work: Work, *, job_id: UUID, parts: PartsDue) -> PartsSaid:
    """Says when the parts are there that a job waits for: slots, bookings and plans come after; what is booked before stays for a dispatcher to move."""
    return await work.run(WAIT_FOR_PARTS, job_id=job_id, there_at=parts.there_at)


@verb(refusals=(JobNotInState, JobHasVisits), locks=locks.job_and_matter)
async def close_job(work: Work, *, job_id: UUID) -> JobEnded:
    """Closes a job whose work is done."""
    return await work.run(END_JOB, job_id=job_id, to_state="closed")


@verb(refusals=(JobNotInState, JobHasVisits), locks=locks.job_and_matter)
async def cancel_job(work: Work, *, job_id: UUID) -> JobEnded:
    """Cancels a job that has no visit still to come."""
    return await work.run(END_JOB, job_id=job_id, to_state="cancelled")


async def find_job(work: Work, *, job_id: UUID) -> Job:
    """One job as it stands, with its visits."""
    return await work.one(FIND_JOB, job_id=job_id)


async def list_jobs(
    work: Work, *, state: JobState | None, customer_id: UUID | None, reference: str | None, limit: int, cursor: str | None
) -> Page[JobLine]:
    """Jobs in the order they were opened; by its reference, the one that somebody names on the telephone."""
    purpose = f"jobs {work.organisation_id} {state} {customer_id} {reference}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOTHING
    rows = await work.all(LIST_JOBS, state=state, customer_id=customer_id, reference=reference, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))
