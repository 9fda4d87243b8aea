"""The words of documents, in `texts/`: a file a language, the same keys in each, held by a test."""

from importlib import resources

import msgspec

from service.customers.records import Language

LOCALES: dict[Language, str] = {"en": "en_GB", "de": "de_DE"}
"""How a language writes dates and money."""


class Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language: what documents say, and how codes are said to people."""

    words: dict[str, str]
    offer_kinds: dict[str, str]
    consent_kinds: dict[str, str]
    channels: dict[str, str]
    methods: dict[str, str]
    capacities: dict[str, str]
    shortcomings: dict[str, str]
    conditions: dict[str, str]
    photos: dict[str, str]
    """What a photo shows, after its number."""
    units: dict[str, str]
    """UN/ECE Recommendation 20 codes as people write them; another code stands for itself."""


def _read(language: Language) -> Texts:
    file = resources.files(__package__) / "texts" / f"words.{language}.json"
    return msgspec.json.decode(file.read_bytes(), type=Texts)


TEXTS: dict[Language, Texts] = {language: _read(language) for language in LOCALES}
WORDS = {language: texts.words for language, texts in TEXTS.items()}
OFFER_KINDS = {language: texts.offer_kinds for language, texts in TEXTS.items()}
CONSENT_KINDS = {language: texts.consent_kinds for language, texts in TEXTS.items()}
CHANNELS = {language: texts.channels for language, texts in TEXTS.items()}
METHODS = {language: texts.methods for language, texts in TEXTS.items()}
CAPACITIES = {language: texts.capacities for language, texts in TEXTS.items()}
SHORTCOMINGS = {language: texts.shortcomings for language, texts in TEXTS.items()}
CONDITIONS = {language: texts.conditions for language, texts in TEXTS.items()}
PHOTOS = {language: texts.photos for language, texts in TEXTS.items()}
UNITS = {language: texts.units for language, texts in TEXTS.items()}
