"""Who the credentials sent speak for."""

from service.identity.queries import FIND_API_KEY, FIND_STAFF
from service.identity.records import Me
from service.kit.refusals import NotFound
from service.kit.verbs import Work


async def find_me(work: Work) -> Me:
    """Who you are here, and what you may do."""
    who = work.principal
    if who.kind == "staff":
        name = (await work.one(FIND_STAFF, staff_id=who.id)).name
    elif who.kind == "api_key":
        name = (await work.one(FIND_API_KEY, api_key_id=who.id)).name
    else:
        raise NotFound
    return Me(kind=who.kind, id=who.id, organisation_id=who.organisation_id, name=name, scopes=sorted(who.scopes))
