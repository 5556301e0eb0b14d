"""The query words for policies and timers."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import OuterRef, Subquery

from helpdesk.calendars.models import CalendarVersion

if TYPE_CHECKING:
    from cases.sla.models import SlaPolicy, SlaTimer  # noqa: F401 (names of the base classes)


class SlaPolicyQuerySet(models.QuerySet["SlaPolicy"]):
    """Words that say which policies."""

    def active(self) -> Self:
        return self.filter(is_active=True)


class SlaTimerQuerySet(models.QuerySet["SlaTimer"]):
    """Words that say which timers."""

    def open(self) -> Self:
        """Those that run or stand still."""
        return self.filter(state__in=["running", "paused"])

    def missed(self) -> Self:
        """Those whose due time passed, whatever became of them since."""
        return self.filter(breached_at__isnull=False)

    def due_for_a_look(self, now: datetime) -> Self:
        """Those whose next threshold has come, oldest first."""
        return self.filter(next_action_at__lte=now).order_by("next_action_at")


def superseded_versions() -> models.QuerySet[CalendarVersion]:
    """The versions of calendars after which a newer one was published."""
    newest = CalendarVersion.objects.filter(calendar=OuterRef("calendar")).order_by("-number")
    return CalendarVersion.objects.exclude(pk=Subquery(newest.values("pk")[:1]))
