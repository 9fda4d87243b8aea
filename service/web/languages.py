"""The pages' texts in the languages we have; English is what templates and code say."""

from functools import cache
from gettext import NullTranslations
from importlib import resources
from io import BytesIO
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from litestar import Request

LANGUAGES = ("en", "de")
NAMES = {"en": "English", "de": "Deutsch"}


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
    """The first language of an `Accept-Language` header that we have."""
    wanted = [part.split(";")[0].strip()[:2].lower() for part in header.split(",")]
    return next((language for language in wanted if language in LANGUAGES), otherwise)


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
