"""When the office is there and how its promises are watched: versions, the last one in force, and one shipped that is always open."""

from datetime import time
from uuid import UUID

from service.customers.sites import find_site
from service.identity.organisations import find_organisation
from service.kit.paging import Page
from service.kit.policies import page_of_versions, version_in_force
from service.kit.public_holidays import is_place_known
from service.kit.refusals import Refusal
from service.kit.verbs import Lock, Work, verb
from service.promises.calendar import MIDNIGHT, Calendar
from service.promises.queries import PROMISE_POLICY, SET_PROMISE_POLICY
from service.promises.records import NewPromisePolicy, PolicySet, PromisePolicy

NOWHERE = "ZZ"
"""A place without holidays."""
SHIPPED = PromisePolicy(
    version=0,
    opens_minute=[0] * 7,
    closes_minute=[MIDNIGHT] * 7,
    rests_on_holidays=False,
    place=NOWHERE,
    warn_minutes=60,
    escalates_to=None,
    set_by=None,
    set_at=None,
)


class HoursUnclear(Refusal):
    """Each weekday is named once, and closes after it opens."""

    code, status, remedy = "HOURS_UNCLEAR", 422, "Send each weekday's hours once, `opens` before `closes`; leave out the days of rest."
    constraints = ("promises.open_some_day", "promises.closes_after_it_opens", "promises.opens_within_a_day")


class HolidaysUnknown(Refusal):
    """Nothing is known of the public holidays of that country or region."""

    code, status, remedy = (
        "HOLIDAYS_UNKNOWN",
        422,
        "Send the country alone if its regions keep the same days, or `rests_on_holidays: false`; `ZZ` has none.",
    )


class OwnerUnknown(Refusal):
    """Nobody who works here is meant by that id."""

    code, status, remedy = "OWNER_UNKNOWN", 422, "Name somebody of `GET /v1/staff` who is active."
    constraints = ("promises.broken_promises_go_to_staff", "promises.promise_is_owned")


@verb(refusals=(HoursUnclear, HolidaysUnknown, OwnerUnknown), locks=lambda **_: (Lock.series(),))
async def set_promise_policy(work: Work, *, policy: NewPromisePolicy) -> PolicySet:
    """Sets the hours that promises are counted in from now on; what was promised already stays as it was told."""
    if policy.rests_on_holidays and policy.place != NOWHERE and not is_place_known(policy.place):
        raise HolidaysUnknown
    opens, closes = [0] * 7, [0] * 7
    for one in policy.hours:
        if closes[one.weekday - 1]:
            raise HoursUnclear
        opens[one.weekday - 1], closes[one.weekday - 1] = _minute(one.opens), _minute(one.closes) or MIDNIGHT
    return await work.run(
        SET_PROMISE_POLICY,
        version=(await promise_policy_in_force(work)).version + 1,
        opens_minute=opens,
        closes_minute=closes,
        rests_on_holidays=policy.rests_on_holidays,
        place=policy.place,
        warn_minutes=policy.warn_minutes,
        escalates_to=policy.escalates_to,
    )


async def promise_policy_in_force(work: Work) -> PromisePolicy:
    """What is so now."""
    return await version_in_force(work, PROMISE_POLICY, shipped=SHIPPED)


async def list_promise_policies(work: Work, *, limit: int, cursor: str | None) -> Page[PromisePolicy]:
    """Every version, the one in force first; the one that is shipped last."""
    return await page_of_versions(work, PROMISE_POLICY, shipped=SHIPPED, purpose="promise policies", limit=limit, cursor=cursor)


async def calendar_of(work: Work, *, customer_id: UUID | None = None, site_id: UUID | None = None) -> Calendar:
    """The office's hours by its own clock, with its holidays and those of a customer's site where one is named; raises NotFound."""
    policy = await promise_policy_in_force(work)
    places = [policy.place]
    if customer_id is not None and site_id is not None:
        places.append((await find_site(work, customer_id=customer_id, site_id=site_id)).jurisdiction)
    return Calendar(
        zone=(await find_organisation(work)).zone,
        opens_minute=tuple(policy.opens_minute),
        closes_minute=tuple(policy.closes_minute),
        places=tuple(places) if policy.rests_on_holidays else (),
    )


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
