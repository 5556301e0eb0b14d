"""What a room offers to the one search box, and what it answers with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from helpdesk.people.models import Person

MOST_TYPED = 200


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found, as the page of results and the suggestions show it.

    `context` says where it belongs, in a few words (a category, a state). `snippet` is text in
    which `MARK_BEGINS` and `MARK_ENDS` stand around each word that matched; `shown` in
    `helpdesk.finding.snippets` makes HTML of it. `at` is when it was last touched.
    """

    title: str
    url: str
    context: str = ""
    snippet: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for. `is_typing`: the last word may be unfinished, be quick."""

    words: str
    reader: Person | AnonymousUser
    most: int
    is_typing: bool = False


@dataclass(frozen=True, slots=True)
class Finder:
    """What one room finds.

    `kind` stands in addresses (`?kind=articles`), `label` on the page. `find` answers with at most
    `search.most` things, best first, and must begin with what `search.reader` may see: what may
    not be seen is not found, not counted and not suggested.
    """

    kind: str
    label: str
    icon: str
    find: Callable[[Search], list[Found]]
