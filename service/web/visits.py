"""A customer's visits on their link: when somebody is expected, who comes, and about where they are while on the way."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency

from service.customers.customers import find_customer
from service.dispatch.live.told import list_visits_of_customer
from service.dispatch.records import VisitToCustomer
from service.dispatch.travel.straight import straight_metres
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.integrations.travel.records import Point
from service.kit.http import Call
from service.kit.verbs import Work
from service.web.pages import page

KILOMETRE = 1000


class ShownVisits(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    language: str
    quote: str
    visits: list[VisitToCustomer]


@get("/l/{token:str}/visits", opt={"scope": "portal:read"}, include_in_schema=False)
async def show_visits_to_customer(call: NamedDependency[Call[Any]]) -> Response[str]:
    """How the customer's visits stand at this moment."""
    shown: ShownVisits = await call.ask(look_at_visits, customer_id=call.principal.customer_id or UUID(int=0))
    return page(
        "visits.html",
        language=shown.language,
        organisation=shown.organisation,
        visits=shown.visits,
        kilometres={one.id: kilometres(one) for one in shown.visits},
        now=call.at,
        reference=shown.visits[0].reference if shown.visits else shown.quote,
    )


async def look_at_visits(work: Work, *, customer_id: UUID) -> ShownVisits:
    """What the page shows, in the customer's language."""
    organisation, customer = await find_organisation(work), await find_customer(work, customer_id=customer_id)
    return ShownVisits(organisation, customer.language, customer.quote, await list_visits_of_customer(work, customer_id=customer_id))


def kilometres(visit: VisitToCustomer) -> int | None:
    """About how far whoever is on the way still is, in whole kilometres and at least one."""
    if visit.seen is None or visit.latitude_e7 is None or visit.longitude_e7 is None:
        return None
    there, here = Point(visit.latitude_e7, visit.longitude_e7), Point(visit.seen.latitude_e7, visit.seen.longitude_e7)
    return max(1, round(float(straight_metres([here], [there])[0, 0]) / KILOMETRE))


ROUTES: list[Any] = [show_visits_to_customer]
