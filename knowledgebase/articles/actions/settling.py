"""What is settled about an article beside its text: place, readers, owner, review, neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from knowledgebase.access import may_publish
from knowledgebase.articles.actions.refusing import Refused
from knowledgebase.articles.actions.writing import note
from knowledgebase.articles.models import (
    Article,
    OrganisationGroup,
    Section,
    State,
    Visibility,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands beside the text."""

    section: Section
    visibility: str
    group: OrganisationGroup | None
    owner: Person | None
    review_on: date | None
    related: Sequence[Article] = ()


@transaction.atomic
def settle(article: Article, facts: Facts, *, by: Actor) -> None:
    """Change the facts of an article.

    While it is a draft every writer may; once it was published only leads, because its readers
    may change with it. Raises Refused.
    """
    locked = Article.objects.locked_one(article.pk)
    if locked.state != State.DRAFT and (by.person is None or not may_publish(by.person)):
        raise Refused("This article was published, so only leads change who reads it and where.")
    if facts.visibility == Visibility.GROUP and facts.group is None:
        raise Refused("Choose the group of organisations that may read it.")
    now = timezone.now()
    locked.section, locked.visibility = facts.section, facts.visibility
    locked.group = facts.group if facts.visibility == Visibility.GROUP else None
    locked.owner, locked.review_on, locked.updated_at = facts.owner, facts.review_on, now
    locked.save()
    locked.related.set([other for other in facts.related if other.pk != locked.pk])
    note(locked, by=by, what="its place, readers or review", at=now)


@transaction.atomic
def reviewed(article: Article, *, by: Actor, next_on: date | None) -> None:
    """Note that the article was read through and is right; it comes up again on `next_on`."""
    now = timezone.now()
    locked = Article.objects.locked_one(article.pk)
    Article.objects.filter(pk=locked.pk).update(review_on=next_on)
    note(locked, by=by, what="the review date: it was read through and is right", at=now)
