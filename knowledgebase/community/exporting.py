"""What the groups keep of a person, for the export of their data."""

from collections.abc import Iterator
from typing import Any

from helpdesk.people.models import Person
from knowledgebase.community.models import Membership, Post


def groups(person: Person) -> Iterator[dict[str, Any]]:
    """The groups that they are in, were in or asked to be in."""
    own = Membership.objects.filter(person=person).select_related("group").order_by("pk")
    for one in own.iterator():
        yield {"group": one.group.name, "state": one.state, "since": one.since}


def posts(person: Person) -> Iterator[dict[str, Any]]:
    """All that they wrote."""
    own = Post.objects.filter(author=person).select_related("topic__group").order_by("pk")
    for one in own.iterator():
        yield {
            "group": one.topic.group.name,
            "topic": one.topic.title,
            "at": one.at,
            "text": one.text,
        }
