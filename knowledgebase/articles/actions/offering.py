"""Likely answers: what was offered to whom, and whether it spared a case.

The figure is careful: an offer counts only when it was opened and the same person opened no case
at all within 72 hours, whatever that case was about. (docs/decisions/0103)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from helpdesk.people.models import Person
from knowledgebase.articles.models import Offer

SPARED_AFTER = timedelta(hours=72)
_OFFER = """
INSERT INTO articles_offer (article_id, person_id, "on", at)
SELECT pk, %(person)s, %(on)s, %(at)s FROM unnest(%(articles)s::bigint[]) pk
ON CONFLICT (person_id, article_id, "on") DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """Of the offers whose 72 hours are over: how many were made, opened, and spared a case."""

    offered: int
    opened: int
    spared: int


def offer(article_ids: Sequence[int], *, to: Person, now: datetime) -> None:
    """Note that these were shown to a client; each counts once a day."""
    if not article_ids or to.is_staff_member:
        return
    values: dict[str, Any] = {
        "person": to.pk,
        "on": now.date(),
        "at": now,
        "articles": list(article_ids),
    }
    with connection.cursor() as cursor:
        cursor.execute(_OFFER, values)


def opened(article_id: int, *, by: Person, now: datetime) -> None:
    """Note that a person opened what was offered to them."""
    Offer.objects.filter(
        person=by, article=article_id, opened_at=None, at__gt=now - SPARED_AFTER
    ).update(opened_at=now)


def case_opened(person_id: int, *, at: datetime) -> None:
    """Note that a person opened a case after all."""
    Offer.objects.filter(person=person_id, case_at=None, at__gt=at - SPARED_AFTER).update(
        case_at=at
    )


def tally(*, since: datetime, now: datetime) -> Tally:
    """What became of the offers made since then."""
    over = Offer.objects.filter(at__gte=since, at__lt=now - SPARED_AFTER)
    counts = over.aggregate(
        offered=Count("pk"),
        opened=Count("pk", filter=Q(opened_at__isnull=False)),
        spared=Count("pk", filter=Q(opened_at__isnull=False, case_at=None)),
    )
    return Tally(**counts)
