"""What kinds of news there are: each is declared once, in the `kinds.py` of its room."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Audience(StrEnum):
    """Who may read an entry. Stored with it: timelines and webhooks filter on the column."""

    CLIENT = "client"
    AGENTS = "agents"
    LEADS = "leads"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of news: past-tense name, sentence for the timeline, who may read it.

    `sentence` is filled with the actor as `{by}` and the entry's data by name; `icon` is a name
    of the icon set.
    """

    name: str
    sentence: str
    audience: Audience
    icon: str = "circle-dot"

    def tell(self, *, by: str, data: Mapping[str, Any]) -> str:
        """Return the sentence for a timeline; a value that is missing reads as nothing."""
        return self.sentence.format_map(_Blank(data, by=by)).strip()


def declare(name: str, sentence: str, *, audience: Audience, icon: str = "circle-dot") -> Kind:
    """Declare a kind of news. Raises ValueError when the name is taken."""
    if name in _REGISTER:
        raise ValueError(f"The kind {name} is declared twice.")
    _REGISTER[name] = Kind(name, sentence, audience, icon)
    return _REGISTER[name]


def kind_named(name: str) -> Kind:
    """Return the declared kind, or one that shows its bare name when it was since retired."""
    return _REGISTER.get(name) or Kind(name, name, Audience.AGENTS)


_REGISTER: dict[str, Kind] = {}


class _Blank(dict[str, Any]):
    """Values for a sentence. The sentence is our own constant; only values come from people."""

    def __missing__(self, key: str) -> str:
        return ""
