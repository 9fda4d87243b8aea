"""The pages' texts in the languages we have; English is what templates and code say."""

import re
from decimal import Decimal
from functools import cache
from gettext import NullTranslations
from importlib import resources
from io import BytesIO
from operator import itemgetter
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from litestar import Request

LANGUAGES = ("en", "de")
NAMES = {"en": "English", "de": "Deutsch"}
_LIKED = re.compile(r"([A-Za-z]{2})(?:-[A-Za-z0-9-]{1,40})?(?:\s*;\s*q=([01](?:\.[0-9]{0,3})?))?", re.ASCII)
"""A language, whatever its region, and how much it is liked."""


@cache
def translations(language: str) -> NullTranslations:
    """The texts of a language, or of English where we don't have it."""
    if language not in LANGUAGES or language == "en":
        return NullTranslations()
    compiled = BytesIO()
    with (resources.files(__package__) / "texts" / f"{language}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translations(fp=compiled)


def text(language: str, message: str) -> str:
    """One message in a language."""
    return translations(language).gettext(message)


def preferred(header: str, *, otherwise: str = "en") -> str:
    """What an `Accept-Language` header likes best of the languages that we have (RFC 9110, section 12.5.4); what it says that isn't one is passed over."""
    liked = [(Decimal(found[2] or 1), found[1].lower()) for part in header.split(",") if (found := _LIKED.fullmatch(part.strip()))]
    ours = [one for one in liked if one[0] and one[1] in LANGUAGES]
    return max(ours, key=itemgetter(0))[1] if ours else otherwise


def chosen(request: Request[Any, Any, Any]) -> str:
    """The language that somebody chose on a public page (`?in=de`); empty where they chose none that we have."""
    said = request.query_params.get("in", "")
    return said if said in LANGUAGES else ""


def way_in(request: Request[Any, Any, Any]) -> str:
    """What keeps that choice in a link to another public page."""
    return f"?in={chosen(request)}" if chosen(request) else ""


def reading(request: Request[Any, Any, Any], *, otherwise: str) -> str:
    """In which language whoever has no account or link reads: the one that they chose, else their browser's, else `otherwise`."""
    return chosen(request) or preferred(request.headers.get("accept-language", ""), otherwise=otherwise)
