"""What plans go by: a technician's start, end, costs, speed and capacity, and whom a customer would rather see."""

from uuid import UUID

import msgspec

from service.dispatch.queries import FIND_PREFERENCE, FIND_PROFILE, PLAN_TECHNICIAN, PREFER_TECHNICIAN
from service.dispatch.records import CustomerPreference, PlanningProfile, PlanningProfileFound, TechnicianReceipt
from service.dispatch.refusals import TechnicianUnknown
from service.kit.refusals import Refusal
from service.kit.verbs import Lock, Work, verb


class OtherCurrency(Refusal):
    """What technicians cost is said in the organisation's own currency, so that plans can be compared."""

    code, status, remedy = "OTHER_CURRENCY", 422, "Name the costs in the organisation's currency."


@verb(refusals=(OtherCurrency,), locks=lambda *, technician_id, **_: (Lock.day(technician_id),))
async def plan_technician(work: Work, *, technician_id: UUID, profile: PlanningProfile, version: int) -> TechnicianReceipt:
    """Says what plans shall go by for a technician from now on; what isn't named is as if it had never been said."""
    costs = [cost for cost in (profile.hour_cost, profile.overtime_hour_cost, profile.km_cost) if cost]
    return await work.run(
        PLAN_TECHNICIAN,
        technician_id=technician_id,
        version=version,
        currencies=[cost.currency for cost in costs],
        start_latitude_e7=profile.start.latitude_e7 if profile.start else None,
        start_longitude_e7=profile.start.longitude_e7 if profile.start else None,
        end_latitude_e7=profile.end.latitude_e7 if profile.end else None,
        end_longitude_e7=profile.end.longitude_e7 if profile.end else None,
        hour_cost_minor=profile.hour_cost.amount if profile.hour_cost else None,
        overtime_hour_cost_minor=profile.overtime_hour_cost.amount if profile.overtime_hour_cost else None,
        km_cost_minor=profile.km_cost.amount if profile.km_cost else None,
        most_overtime_minutes=profile.most_overtime_minutes,
        speed_percent=profile.speed_percent,
        capacity=msgspec.json.encode(profile.capacity).decode(),
    )


async def find_profile(work: Work, *, technician_id: UUID) -> PlanningProfileFound:
    """What plans go by for a technician."""
    return await work.one(FIND_PROFILE, technician_id=technician_id)


@verb(refusals=(TechnicianUnknown,))
async def prefer_technician(work: Work, *, customer_id: UUID, technician_id: UUID | None) -> CustomerPreference:
    """Says who would rather be sent to a customer, unless a job names somebody; the last word counts."""
    return await work.run(PREFER_TECHNICIAN, customer_id=customer_id, technician_id=technician_id)


async def find_preference(work: Work, *, customer_id: UUID) -> CustomerPreference:
    """Who would rather be sent to a customer, if anybody."""
    return await work.one(FIND_PREFERENCE, customer_id=customer_id)
