"""What stands beside a chat: the pages that its client has open or had, and their cases before."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from cases.models import Case
from chat.models import Conversation, Visit
from helpdesk.people.models import Person

MOST_CASES = 5
MOST_PAGES = 5
MOST_VISITS = 50


@dataclass(frozen=True, slots=True)
class Beside:
    """`pages`: address and time, the latest first, each once. `cases`: the latest change first."""

    pages: list[tuple[str, datetime]]
    cases: list[Case]


def beside(conversation: Conversation, *, reader: Person) -> Beside:
    """What `reader` may know of the client.

    Of somebody who only claims an address nothing of its owner is shown: what is read out to
    them would be theirs. They have the pages and cases of their own browser.
    """
    visits = Visit.objects.filter(pk=conversation.visit_id)
    others = Case.objects.visible_to(reader).exclude(pk=conversation.case_id)
    if conversation.person_id is not None:
        visits = Visit.objects.filter(person=conversation.person_id)
        cases = others.filter(client=conversation.person_id)
    else:
        held = Conversation.objects.visible_to(reader).filter(visit=conversation.visit_id)
        cases = others.filter(pk__in=list(held.values_list("case_id", flat=True)[:MOST_VISITS]))
    return Beside(_pages(visits.order_by("-pk")[:MOST_VISITS]), _latest(cases))


def _pages(visits: QuerySet[Visit]) -> list[tuple[str, datetime]]:
    found: dict[str, datetime] = {}
    for visit in visits:
        if visit.page:
            found.setdefault(visit.page, visit.created_at)
    return list(found.items())[:MOST_PAGES]


def _latest(cases: QuerySet[Case]) -> list[Case]:
    return list(cases.order_by("-updated_at", "-pk")[:MOST_CASES])
