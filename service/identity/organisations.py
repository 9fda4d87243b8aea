"""The organisation: founded once, changed by version."""

from service.identity.passwords import hashed
from service.identity.queries import CHANGE_ORGANISATION, FIND_ORGANISATION, FOUND_ORGANISATION
from service.identity.records import Changed, Founded, Founding, Organisation, OrganisationChange
from service.kit.refusals import Refusal, StaleVersion
from service.kit.verbs import Work, verb
from service.kit.zones import ZoneUnknown, zone


class OrganisationExists(Refusal):
    """This organisation exists already."""

    code, status, remedy = "ORGANISATION_EXISTS", 409, "Sign in to it, or found another under a fresh id."
    constraints = ("identity.one_organisation_an_id",)


@verb(refusals=(ZoneUnknown, OrganisationExists))
async def found_organisation(work: Work, *, founding: Founding) -> Founded:
    """Makes an organisation with its first manager, who can sign in at once. For the command line; there is no route."""
    zone(founding.zone)
    return await work.run(
        FOUND_ORGANISATION,
        name=founding.name,
        zone=founding.zone,
        currency=founding.currency,
        language=founding.language,
        phone=founding.phone,
        email=founding.email,
        manager_id=founding.manager_id,
        manager_name=founding.manager_name,
        manager_email=founding.manager_email,
        password_hash=await hashed(founding.manager_password, salt=work.new_secret(16)),
    )


async def find_organisation(work: Work) -> Organisation:
    """The organisation that the caller belongs to."""
    return await work.one(FIND_ORGANISATION)


@verb(refusals=(ZoneUnknown, StaleVersion))
async def change_organisation(work: Work, *, version: int, change: OrganisationChange) -> Changed:
    """Changes what papers and pages say of the company."""
    if change.zone is not None:
        zone(change.zone)
    return await work.run(
        CHANGE_ORGANISATION,
        version=version,
        name=change.name,
        zone=change.zone,
        language=change.language,
        phone=change.phone,
        email=change.email,
    )
