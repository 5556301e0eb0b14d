"""The query words for notices. What is posted is public; a reader is shown all of it."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from knowledgebase.notices.lifecycle import ENDED

if TYPE_CHECKING:
    from knowledgebase.notices.models import Notice


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Words that say which notices."""

    def visible_to(self, reader: object) -> Self:
        """The notices that anybody may read: all of them, signed in or not."""
        return self

    def open(self) -> Self:
        return self.exclude(state__in=sorted(ENDED))

    def ended(self) -> Self:
        return self.filter(state__in=sorted(ENDED))

    def touching(self, *, since: datetime) -> Self:
        """Those that are open, or ended after `since`."""
        return self.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=since))

    def due(self, *, now: datetime) -> Self:
        return self.filter(next_action_at__lte=now).order_by("next_action_at", "pk")

    def locked_one(self, pk: int) -> "Notice":
        """Lock one row and return it as it is now. Raises Notice.DoesNotExist."""
        return self.select_for_update(of=("self",)).get(pk=pk)
