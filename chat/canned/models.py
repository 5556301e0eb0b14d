"""Replies that are written once and said often."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from helpdesk.people.models import Person

TAKEN = "There is a reply of this name already."


class CannedReplyQuerySet(models.QuerySet["CannedReply"]):
    """Words that say which replies. Every surface starts from `visible_to`."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """To ours the shared ones and their own; nothing to anybody else."""
        if isinstance(person, Person) and person.is_active and person.is_staff_member:
            return self.filter(Q(owner=None) | Q(owner=person))
        return self.none()

    def shared(self) -> Self:
        return self.filter(owner=None)

    def with_words(self, words: str) -> Self:
        """Those that have every word in their name or text, whatever the letter case."""
        found = self
        for word in words.split()[:8]:
            found = found.filter(Q(name__icontains=word) | Q(text__icontains=word))
        return found


class CannedReply(models.Model):
    """A reply under a name: somebody's own, or, without an owner, shared by all of ours."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.CASCADE,
        related_name="canned_replies",
    )
    name = models.CharField(max_length=60)
    text = models.TextField(max_length=4_000)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )

    objects = CannedReplyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "canned replies"
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="shared_reply_has_one_name",
                condition=Q(owner=None),
                violation_error_message=TAKEN,
            ),
            models.UniqueConstraint(
                "owner",
                Lower("name"),
                name="own_reply_has_one_name",
                condition=Q(owner__isnull=False),
                violation_error_message=TAKEN,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shared(self) -> bool:
        return self.owner_id is None
