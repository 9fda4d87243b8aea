"""The pages' texts in the languages we have; English is what templates and code say."""

from functools import cache
from gettext import NullTranslations
from importlib import resources
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

LANGUAGES = ("en", "de")


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


def preferred(header: str) -> str:
    """The first language of an `Accept-Language` header that we have."""
    wanted = [part.split(";")[0].strip()[:2].lower() for part in header.split(",")]
    return next((language for language in wanted if language in LANGUAGES), "en")
