"""Groups as the tests make them: one call, defaults that make sense."""

from datetime import UTC, datetime, timedelta
from typing import Any

from helpdesk.people.actors import Actor
from helpdesk.people.models import Person
from knowledgebase.community.actions import joining, writing
from knowledgebase.community.models import Group, Membership, Post, Topic

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def a_group(slug: str = "reports", /, **facts: Any) -> Group:
    """An open group."""
    regions = facts.pop("regions", ())
    group = Group.objects.create(slug=slug, name=slug.title(), last_post_at=NOW, **facts)
    group.regions.set(regions)
    return group


def member(group: Group, person: Person) -> Membership:
    """Somebody who is in the group, whatever its door."""
    own = joining.join(group, person, by=Actor.of(person), at=NOW)
    joining.let_in(own, by=Actor.of(person), at=NOW)
    own.refresh_from_db()
    return own


def a_topic(group: Group, author: Person, *, text: str = "How do I total by month?") -> Topic:
    """A topic with its first post."""
    return writing.begin(group, title="Totals by month", text=text, author=author, at=NOW)


def a_reply(topic: Topic, author: Person, text: str = "Choose the month first.") -> Post:
    return writing.reply(topic, text, author=author, at=NOW + MINUTE)
