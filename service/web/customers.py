"""Who is meant, by whatever they say of themselves: the office's way to a customer."""

from typing import Any

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from service.care.records import Found
from service.care.searching import search_customers
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.verbs import Work
from service.web.pages import page

LONGEST = 200


class FoundShown(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    found: Found | None
    """None before anybody is looked for."""


@get("/app/customers", opt={"scope": "customers:read"}, include_in_schema=False)
async def show_customers(call: NamedDependency[Call[Any]], said: FromQuery[str] = "") -> Response[str]:
    """Whoever fits what was said, the likeliest first."""
    wanted = " ".join(said.replace("\0", " ").split())[:LONGEST]
    shown: FoundShown = await call.ask(look_for, said=wanted)
    return page(
        "customers.html",
        language=shown.organisation.language,
        organisation=shown.organisation,
        found=None if shown.found is None else shown.found.items,
        said=wanted,
        reference=None,
    )


async def look_for(work: Work, *, said: str) -> FoundShown:
    """All of it in one snapshot."""
    return FoundShown(await find_organisation(work), await search_customers(work, said=said) if said else None)


ROUTES: list[Any] = [show_customers]
