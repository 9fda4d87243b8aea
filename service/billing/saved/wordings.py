"""What a customer agrees to before a method is saved: a file a version and language. A text that was read by anybody is never changed; a new one is a new version."""

from importlib import resources

VERSION = 1
LANGUAGES = ("en", "de")
_TEXTS = {
    language: (resources.files(__package__) / "consents" / f"{VERSION}.{language}.txt").read_text(encoding="utf-8").strip()
    for language in LANGUAGES
}


def wording(*, language: str, organisation: str, days: int) -> tuple[str, str]:
    """The text in force as this customer reads it, and the language that it is in."""
    chosen = language if language in LANGUAGES else "en"
    return _TEXTS[chosen].format(organisation=organisation, days=days), chosen
