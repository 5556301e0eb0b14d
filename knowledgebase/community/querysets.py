"""The query words for user groups. Every surface starts from `visible_to`."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q

from helpdesk.people.models import Person

if TYPE_CHECKING:
    from knowledgebase.community.models import Group, Post, Topic  # noqa: F401

Reader = Person | AnonymousUser


class GroupQuerySet(models.QuerySet["Group"]):
    """Words that say which groups."""

    def visible_to(self, reader: Reader) -> Self:
        """What this reader finds: groups of their region, private ones too, so as to ask to join.

        Secret ones are found by their members alone. Visitors find nothing.
        """
        if not isinstance(reader, Person) or not reader.is_active:
            return self.none()
        if reader.is_staff_member:
            return self
        regions = self.model.regions.through.objects.filter(group_id=OuterRef("pk"))
        here = Q(~Exists(regions))
        if reader.organisation is not None:
            here |= Q(Exists(regions.filter(region_id=reader.organisation.region_id)))
        is_member = Exists(_joined(reader).filter(group_id=OuterRef("pk")))
        return self.filter(is_member | (here & ~Q(access="secret")))

    def readable_by(self, reader: Reader) -> Self:
        """Those of them whose topics this reader may read: open ones, and those they are in."""
        visible = self.visible_to(reader)
        if not isinstance(reader, Person) or reader.is_staff_member:
            return visible
        is_member = Exists(_joined(reader).filter(group_id=OuterRef("pk")))
        return visible.filter(Q(access="open") | is_member)


class TopicQuerySet(models.QuerySet["Topic"]):
    """Words that say which topics."""

    def visible_to(self, reader: Reader) -> Self:
        """Topics of groups that this reader may read; hidden ones are seen by ours only."""
        groups = apps.get_model("community", "Group").objects.readable_by(reader)
        topics = self.filter(group__in=groups)
        if isinstance(reader, Person) and reader.is_staff_member:
            return topics
        return topics.filter(is_hidden=False)

    def locked_one(self, pk: int) -> "Topic":
        """Lock one row and return it as it is now. Raises Topic.DoesNotExist."""
        return self.select_for_update(of=("self",)).get(pk=pk)


class PostQuerySet(models.QuerySet["Post"]):
    """Words that say which posts."""

    def visible_to(self, reader: Reader) -> Self:
        """Posts of topics that this reader may read; hidden ones are seen by ours only."""
        topics = apps.get_model("community", "Topic").objects.visible_to(reader)
        posts = self.filter(topic__in=topics)
        if isinstance(reader, Person) and reader.is_staff_member:
            return posts
        return posts.filter(is_hidden=False)


def _joined(reader: Person) -> models.QuerySet[models.Model]:
    memberships: models.QuerySet[models.Model] = apps.get_model(
        "community", "Membership"
    ).objects.filter(person=reader, state="joined")
    return memberships
