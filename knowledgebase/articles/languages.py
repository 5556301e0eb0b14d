"""In which languages we write, in what order a reader gets them, and how each is searched."""

from collections.abc import Iterable, Sequence

from django.conf import settings

FALL_BACK = "en"

NAMES = {
    "da": "Dansk",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "it": "Italiano",
    "nl": "Nederlands",
    "pt": "Português",
    "sv": "Svenska",
}
_CONFIGURATIONS = {
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
    "sv": "swedish",
}


def offered() -> list[str]:
    """The languages of this desk, English first: whatever else is missing falls back to it."""
    chosen = [language for language in settings.ARTICLE_LANGUAGES if language in NAMES]
    return [FALL_BACK, *(language for language in chosen if language != FALL_BACK)]


def name_of(language: str) -> str:
    return NAMES.get(language, language)


def configuration_of(language: str) -> str:
    """The name of PostgreSQL's text search configuration for `language`."""
    return _CONFIGURATIONS.get(language, "simple")


def preferred(wishes: Iterable[str]) -> Sequence[str]:
    """The languages to try for a reader, best first: the first wish that we offer, then English.

    `wishes` are tags such as `de-AT`, most wanted first.
    """
    for wish in wishes:
        language = wish.lower().split("-")[0]
        if language in offered():
            return [language] if language == FALL_BACK else [language, FALL_BACK]
    return [FALL_BACK]
