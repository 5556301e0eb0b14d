"""The words of each kind of mail: the shipped ones, or what an administrator made of them.

A kind is a file `templates/mail/<kind>.txt`, or `<kind>.<language>.txt` for another language:
headers, an empty line, the text. `Title` names the kind for people, `Subject` is the mail's, and
each `Example <name>` declares a placeholder with a value for previews. In the text the first line
holds the number and the second what happens next; a paragraph `Label: {{ some_url }}` becomes a
button; what follows a line `--` is the foot.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from helpdesk.mail.filling import names_in
from helpdesk.mail.models import MailTemplate

FOLDER = "mail"
EVERYWHERE = ("site_name", "site_url")


@dataclass(frozen=True, slots=True)
class Wording:
    """Words with placeholders, not yet filled. Without `html` it is made from `text`."""

    subject: str
    text: str
    html: str = ""


@dataclass(frozen=True, slots=True)
class ShippedKind:
    """A kind of mail as it is shipped: its words, and an example of each value that they have."""

    name: str
    title: str
    wording: Wording
    examples: Mapping[str, str]


def wording_of(kind: str, *, language: str) -> Wording:
    """Return the words for a kind: edited before shipped, the language before English.

    Raises LookupError for a kind that has no words at all.
    """
    languages = list(_fallbacks(language))
    rows = MailTemplate.objects.filter(kind=kind, language__in=languages)
    edited = {row.language: Wording(row.subject, row.text, row.html) for row in rows}
    for one in languages:
        if one in edited:
            return edited[one]
        shipped = shipped_kind(kind, one)
        if shipped is not None:
            return shipped.wording
    raise LookupError(f"There is no mail template called {kind}.")


def shipped_kinds() -> list[ShippedKind]:
    """Every kind that is shipped, in the order of its title."""
    names = {
        file.name.partition(".")[0]
        for folder in settings.TEMPLATES[0]["DIRS"]
        for file in (Path(folder) / FOLDER).glob("[a-z]*.txt")
    }
    kinds = [kind for name in names if (kind := shipped_kind(name, "en"))]
    return sorted(kinds, key=lambda kind: kind.title)


@cache
def shipped_kind(name: str, language: str) -> ShippedKind | None:
    """Return a shipped kind in a language, None where that is not shipped."""
    file = f"{FOLDER}/{name}.txt" if language == "en" else f"{FOLDER}/{name}.{language}.txt"
    try:
        source: str = get_template(file).template.source  # type: ignore[attr-defined]
    except TemplateDoesNotExist:
        return None
    head, _, text = source.partition("\n\n")
    headers = {
        key.strip(): value.strip()
        for key, _, value in (line.partition(":") for line in head.splitlines())
    }
    examples = {
        key.removeprefix("Example "): value.replace("\\n", "\n")
        for key, value in headers.items()
        if key.startswith("Example ")
    }
    return ShippedKind(
        name, headers.get("Title", name), Wording(headers.get("Subject", ""), text), examples
    )


def unknown_names(kind: str, wording: Wording) -> set[str]:
    """Return the placeholders in `wording` that nothing fills for this kind."""
    shipped = shipped_kind(kind, "en")
    known = set(EVERYWHERE) | (set(shipped.examples) if shipped else set())
    return names_in(wording.subject, wording.text, wording.html) - known


def _fallbacks(language: str) -> Iterator[str]:
    """de-CH is tried as de-CH, de and en."""
    wanted = language.strip() or "en"
    yield from dict.fromkeys([wanted, wanted.split("-")[0], "en"])
