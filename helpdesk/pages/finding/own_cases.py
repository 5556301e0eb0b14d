"""What the one search box finds among the reader's cases."""

from django.urls import reverse

from cases.models import Case
from cases.searching import matching
from helpdesk.finding.finding import Finder, Found, Search
from helpdesk.people.models import Person


def find(asked: Search) -> list[Found]:
    """The reader's own and shared cases with these words or this number, newest change first."""
    if not isinstance(asked.reader, Person):
        return []
    visible = Case.objects.visible_to(asked.reader)
    cases = matching(visible, asked.words, reader=asked.reader).order_by("-updated_at", "-pk")
    return [
        Found(
            title=case.subject,
            url=reverse("portal:case", args=[case.number]),
            context=f"{case.shown_number} · {case.current_state.label}",
            at=case.updated_at,
        )
        for case in cases[: asked.most]
    ]


CASES = Finder("cases", "Your cases", "inbox", find)
