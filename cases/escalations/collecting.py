"""News of promises is collected for a moment, so that an outage ends in one mail and no storm."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Max, Min, Q

from cases.escalations.models import PromiseNews
from cases.escalations.telling import tell_many, tell_one
from cases.models import Case
from helpdesk.journal.models import Entry
from helpdesk.people.models import Person

TELLING_PERCENT = 90
MOST_SINGLE = 5
"""More than this for one person at once is one mail."""
QUIET = timedelta(seconds=10)
LONGEST = timedelta(minutes=2)
MISSED = "case.promise_missed"


def collect(entry: Entry) -> None:
    """A promise is nearly due or missed: for the assignee and, once it is missed, the leads."""
    is_missed = entry.kind == MISSED
    if not is_missed and int(entry.data.get("percent", 0)) < TELLING_PERCENT:
        return
    case = Case.objects.select_related("assignee").get(pk=entry.subject_id)
    assignee = case.assignee
    people = {assignee.pk} if assignee is not None and assignee.is_active else set()
    if is_missed or not people:
        people |= set(Person.objects.leads().values_list("pk", flat=True))
    PromiseNews.objects.bulk_create(
        [PromiseNews(person_id=pk, entry=entry, case=case) for pk in sorted(people)],
        ignore_conflicts=True,
    )


def tell_collected(*, now: datetime) -> int:
    """Tell everybody whose news has stopped coming, or has waited long enough; return how many."""
    waiting = PromiseNews.objects.values("person").annotate(
        newest=Max("collected_at"), oldest=Min("collected_at"), pieces=Count("pk")
    )
    ready = waiting.filter(Q(newest__lte=now - QUIET) | Q(oldest__lte=now - LONGEST))
    people = list(ready.values_list("person", flat=True))
    for person_id in people:
        _tell(person_id)
    return len(people)


@transaction.atomic
def _tell(person_id: int) -> None:
    """Mails and the end of the waiting are one transaction; what somebody else tells is skipped."""
    news = list(
        PromiseNews.objects.filter(person=person_id)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("person", "entry__actor", "case__client")
        .order_by("entry__kind", "entry_id")
    )
    if len(news) > MOST_SINGLE:
        tell_many(news[0].person, news)
    else:
        for one in news:
            tell_one(one)
    PromiseNews.objects.filter(pk__in=[one.pk for one in news]).delete()
