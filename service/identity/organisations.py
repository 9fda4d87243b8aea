"""The organisation: founded once, changed by version."""

import hashlib
from datetime import datetime
from uuid import UUID

from service.identity.branding import ColourUnreadable, SlugTaken, check_colour
from service.identity.passwords import hashed
from service.identity.queries import CHANGE_ORGANISATION, FIND_ORGANISATION, FOUND_ORGANISATION, LIST_FOUNDED
from service.identity.records import Changed, Founded, FoundedBefore, Founding, Organisation, OrganisationChange
from service.identity.trade import VatIdMalformed
from service.kit.database import Database
from service.kit.principals import Principal
from service.kit.refusals import Refusal, StaleVersion
from service.kit.verbs import Work, verb
from service.kit.zones import ZoneUnknown, zone


class OrganisationExists(Refusal):
    """This organisation exists already."""

    code, status, remedy = "ORGANISATION_EXISTS", 409, "Sign in to it, or found another under a fresh id."
    constraints = ("identity.one_organisation_an_id",)


class IbanUnproven(Refusal):
    """The check digits of this IBAN don't match the rest of it."""

    code, status, remedy = (
        "IBAN_UNPROVEN",
        422,
        "Copy it anew from what your bank gave you: a letter or digit is wrong, missing or out of place.",
    )
    constraints = ("identity.organisation_iban_proven",)


class AccountWithoutHolder(Refusal):
    """A bank account needs the name of its holder."""

    code, status, remedy = "ACCOUNT_WITHOUT_HOLDER", 422, "Send `account_holder` too, or take the `iban` away with it."
    constraints = ("identity.organisation_account_has_a_holder",)


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


async def find_lookalikes(database: Database, *, name: str, email: str, at: datetime, request_id: UUID) -> list[tuple[Organisation, bool]]:
    """The organisations of this database that have that name or that the address signs in to, each with whether it does.

    For the command line alone: no organisation is told of another. Each name is read as its own organisation, since the service's role sees
    one at a time.
    """
    nobody = Principal(organisation_id=UUID(int=0), kind="system", id=UUID(int=0))
    values = {"address_hash": hashlib.sha256(email.lower().encode()).digest()}
    lookalikes = []
    for one in await database.read(list_founded, principal=nobody, at=at, request_id=request_id, values=values):
        principal = Principal(organisation_id=one.organisation_id, kind="system", id=UUID(int=0))
        known = await database.read(find_organisation, principal=principal, at=at, request_id=request_id, values={})
        if one.same_address or _plain(known.name) == _plain(name):
            lookalikes.append((known, one.same_address))
    return lookalikes


async def list_founded(work: Work, *, address_hash: bytes) -> list[FoundedBefore]:
    """Every organisation that somebody signs in to."""
    return await work.all(LIST_FOUNDED, address_hash=address_hash)


def _plain(name: str) -> str:
    """What remains of a name when it is typed anew."""
    return " ".join(name.casefold().split())


async def find_organisation(work: Work) -> Organisation:
    """The organisation that the caller belongs to."""
    return await work.one(FIND_ORGANISATION)


@verb(refusals=(ZoneUnknown, StaleVersion, IbanUnproven, AccountWithoutHolder, VatIdMalformed, ColourUnreadable, SlugTaken))
async def change_organisation(work: Work, *, version: int, change: OrganisationChange) -> Changed:
    """Changes what papers and pages say of the company; an empty text takes one away. An account number with a slip in it is refused."""
    if change.zone is not None:
        zone(change.zone)
    if change.colour:
        check_colour(change.colour)
    iban = None if change.iban is None else change.iban.replace(" ", "")
    return await work.run(
        CHANGE_ORGANISATION,
        version=version,
        name=change.name,
        zone=change.zone,
        language=change.language,
        phone=change.phone,
        email=change.email,
        address=change.address,
        registration=change.registration,
        street=change.street,
        city=change.city,
        postcode=change.postcode,
        country=change.country,
        vat_id=change.vat_id,
        tax_number=change.tax_number,
        legal_id=change.legal_id,
        electronic_address=change.electronic_address,
        account_holder=change.account_holder,
        iban=iban,
        bic=change.bic,
        bank_details=change.bank_details,
        reply_within_minutes=change.reply_within_minutes,
        slug=change.slug,
        colour=change.colour,
    )
