"""What stands on the first page beside one's cases: lively groups, the next training."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.urls import reverse

from helpdesk.people.models import Person
from knowledgebase.community.models import Group
from knowledgebase.training.models import Event

MOST_GROUPS, MOST_EVENTS = 4, 3
KEPT = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Place:
    """One line: a group with its description, or an event with its time."""

    title: str
    url: str
    words: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """Both lists, as plain values."""

    groups: tuple[Place, ...]
    events: tuple[Place, ...]


def beside_for(person: Person | AnonymousUser, *, now: datetime) -> Beside:
    """What this reader may see of both, kept for half a minute."""
    key = f"home:beside:{person.pk or 'anybody'}"
    kept: Beside | None = cache.get(key)
    if kept is None:
        groups = Group.objects.visible_to(person).order_by("-last_post_at", "-pk")[:MOST_GROUPS]
        events = Event.objects.visible_to(person).filter(is_published=True).ahead(now=now)
        soonest = events.order_by("starts_at", "pk")[:MOST_EVENTS]
        kept = Beside(tuple(map(_group, groups)), tuple(map(_event, soonest)))
        cache.set(key, kept, timeout=KEPT.total_seconds())
    return kept


def _group(group: Group) -> Place:
    return Place(group.name, reverse("groups:group", args=[group.slug]), group.description)


def _event(event: Event) -> Place:
    return Place(event.title, reverse("training:event", args=[event.pk]), at=event.starts_at)
