"""The query words for calls."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from helpdesk.people.models import Person, Role

if TYPE_CHECKING:
    # ruff does not see names in the quotes of a base class.
    from cases.calls.models import Call, Reminder  # noqa: F401


class CallQuerySet(models.QuerySet["Call"]):
    """Words that say which calls. Every surface starts from `visible_to`."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """Ours see all; clients their own; client managers those of their organisation."""
        if not isinstance(person, Person) or not person.is_active:
            return self.none()
        if person.is_staff_member:
            return self
        mine = Q(client=person)
        if person.role == Role.CLIENT_MANAGER and person.organisation_id is not None:
            mine |= Q(organisation=person.organisation_id)
        return self.filter(mine)

    def booked(self) -> Self:
        return self.filter(state="booked")

    def beginning_between(self, start: datetime, end: datetime) -> Self:
        return self.filter(starts_at__gte=start, starts_at__lt=end)

    def for_rows(self) -> Self:
        """Everything that one row of a list shows, in one query."""
        return self.select_related("case", "client__organisation__region", "agent", "organisation")


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Words that say which reminders."""

    def due(self, now: datetime) -> Self:
        return self.filter(due_at__lte=now, settled_at=None).order_by("due_at", "pk")
