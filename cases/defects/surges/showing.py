"""What the console shows of cards: who reported what, bounded and in three statements."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from cases.defects.models import Defect
from cases.defects.similar import similar_to
from cases.defects.surges.models import Surge, SurgeCase
from cases.models import Case

MOST_CARDS = 5
MOST_CASES = 50
SHOWN_FOR_DAYS = 7


@dataclass(frozen=True, slots=True)
class Card:
    """One raised card with its cases, the oldest first, and defects that it may be."""

    surge: Surge
    cases: list[Case]
    organisations: int
    likely: list[Defect]


def raised_cards(*, now: datetime) -> list[Card]:
    """The cards that nobody has settled, the newest first."""
    since = now - timedelta(days=SHOWN_FOR_DAYS)
    raised = Surge.objects.filter(state=Surge.State.RAISED, newest_at__gte=since)
    return [_card(surge) for surge in raised.order_by("-newest_at")[:MOST_CARDS]]


def card_of(surge: Surge) -> Card:
    """One card, whatever became of it."""
    return _card(surge)


def count_raised(*, now: datetime) -> int:
    """How many cards wait, counted to `MOST_CARDS`."""
    since = now - timedelta(days=SHOWN_FOR_DAYS)
    raised = Surge.objects.filter(state=Surge.State.RAISED, newest_at__gte=since)
    return len(raised.values_list("pk")[:MOST_CARDS])


def unattached_of(defect: Defect) -> list[Case]:
    """Cases that came like those of the defect's cards and are attached to nothing yet."""
    members = SurgeCase.objects.filter(surge__defect=defect).values("case")
    cases = Case.objects.filter(pk__in=members, defect_links=None)
    return list(cases.select_related("client", "organisation").order_by("-pk")[:MOST_CASES])


def hours() -> int:
    return int(settings.SURGE_HOURS)


def _card(surge: Surge) -> Card:
    members = surge.members.select_related("case__client", "case__organisation")
    cases = [member.case for member in members.order_by("pk")[:MOST_CASES]]
    organisations = len({case.organisation_id for case in cases})
    return Card(surge, cases, organisations, similar_to(surge.subject, most=3))
