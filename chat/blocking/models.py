"""Who may not write in the chat, why, and until when."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from chat.models import Visit


class BlockQuerySet(models.QuerySet["Block"]):
    """Words that say which blocks."""

    def standing(self, *, at: datetime) -> Self:
        """Those that hold at `at`."""
        return self.filter(Q(until=None) | Q(until__gt=at), lifted_at=None)

    def of_visit(self, visit: "Visit") -> Self:
        """Those that reach a visit: its account, or this browser and the address it claims.

        Who is vouched for never suffers for what somebody else did in their name.
        """
        if visit.person_id is not None:
            return self.filter(person_id=visit.person_id)
        return self.filter(Q(visit=visit) | Q(email=visit.email), person=None)


class Block(models.Model):
    """One block: of an account that a page vouched for, or of a browser and perhaps an address."""

    conversation = models.ForeignKey(
        "chat.Conversation", on_delete=models.CASCADE, related_name="blocks"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="chat_blocks"
    )
    visit = models.ForeignKey(
        "chat.Visit", null=True, on_delete=models.CASCADE, related_name="blocks"
    )
    email = models.EmailField(max_length=254, blank=True)
    name = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(visit__isnull=False),
                name="block_is_of_somebody",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="block_has_a_reason"),
        ]
        indexes = [
            models.Index("email", name="block_of_address", condition=~Q(email="")),
            models.Index("at", "id", name="block_newest"),
        ]

    def __str__(self) -> str:
        return f"block {self.pk} of {self.name}"
