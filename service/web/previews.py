"""Everything people are told, on a page: each kind with made-up people, in one of the languages, and by which rule it goes."""

from typing import Any, Final

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency

from service.customers.records import Language
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.verbs import Work
from service.notices.previews import Preview, list_previews
from service.web.pages import page

NAMES: Final[dict[Language, str]] = {"en": "English", "de": "Deutsch"}


class PreviewsShown(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    language: Language
    previews: list[Preview]


@get("/app/notices", opt={"scope": "customers:read"}, include_in_schema=False)
async def show_previews(call: NamedDependency[Call[Any]]) -> Response[str]:
    """Each as it is worded, and its rule."""
    asked = call.request.query_params.get("in")
    shown: PreviewsShown = await call.ask(look_at_previews, language=asked, folder=call.request.app.state.settings.templates)
    return page(
        "previews.html",
        language=shown.organisation.language,
        organisation=shown.organisation,
        previews=shown.previews,
        languages=NAMES,
        chosen=shown.language,
        reference=None,
    )


async def look_at_previews(work: Work, *, language: str | None, folder: str) -> PreviewsShown:
    """In that language, else in the organisation's."""
    organisation = await find_organisation(work)
    chosen = next((one for one in NAMES if one == language), organisation.language)
    return PreviewsShown(organisation, chosen, (await list_previews(work, language=chosen, folder=folder)).items)


ROUTES: list[Any] = [show_previews]
