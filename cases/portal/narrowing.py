"""Which of the reader's cases a list shows: chosen in the address, so that it can be kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet

from cases.lifecycle import ACTIVE, State
from cases.models import Case, Priority
from cases.searching import matching
from helpdesk.people.models import Person


@dataclass(frozen=True, slots=True)
class Tab:
    """One choice above the list."""

    value: str
    label: str
    states: frozenset[State]


TABS = (
    Tab("open", "Open", ACTIVE),
    Tab("waiting", "Waiting for you", frozenset({State.WAITING})),
    Tab("ended", "Resolved and closed", frozenset({State.RESOLVED, State.CLOSED})),
    Tab("all", "All", frozenset(State)),
)
_BY_VALUE = {tab.value: tab for tab in TABS}
WHOSE = {"mine": "Opened by me", "followed": "Opened by colleagues"}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What was chosen; what the address says beside it is left out, not an error."""

    tab: Tab
    words: str = ""
    priority: str = ""
    whose: str = ""

    def cases(self, reader: Person) -> QuerySet[Case]:
        """The cases that are meant, of those that `reader` may see; unordered."""
        cases: QuerySet[Case] = Case.objects.visible_to(reader)
        if self.tab.value != "all":
            cases = cases.filter(state__in=sorted(self.tab.states))
        if self.priority:
            cases = cases.filter(priority=self.priority)
        if self.whose == "mine":
            cases = cases.filter(client=reader)
        elif self.whose == "followed":
            cases = cases.exclude(client=reader)
        return matching(cases, self.words, reader=reader) if self.words else cases

    def values(self, **more: str) -> dict[str, str]:
        """The parameters of the address; the empty ones are left out."""
        values = {
            "state": self.tab.value,
            "q": self.words,
            "priority": self.priority,
            "whose": self.whose,
            **more,
        }
        return {name: value for name, value in values.items() if value}

    def address(self, **more: str) -> str:
        return "?" + urlencode(self.values(**more))

    @property
    def fields(self) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
        """Each filter with its label and choices, as a form draws them."""
        priorities = [(value, str(label)) for value, label in Priority.choices]
        return [
            ("priority", "Priority", _marked(priorities, self.priority)),
            ("whose", "Whose", _marked(list(WHOSE.items()), self.whose)),
        ]

    @property
    def count(self) -> int:
        return bool(self.priority) + bool(self.whose)


def narrowing_from(values: Mapping[str, str]) -> Narrowing:
    """Read what was chosen from the query of a request."""
    words = values.get("q", "").strip()[:200]
    priority, whose = values.get("priority", ""), values.get("whose", "")
    tab = _BY_VALUE.get(values.get("state", "")) or _BY_VALUE["all" if words else "open"]
    return Narrowing(
        tab=tab,
        words=words,
        priority=priority if priority in Priority.values else "",
        whose=whose if whose in WHOSE else "",
    )


def _marked(choices: list[tuple[str, str]], chosen: str) -> list[tuple[str, str, bool]]:
    return [(value, label, value == chosen) for value, label in choices]
