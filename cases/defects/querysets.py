"""The query words for defects. Every surface starts from `visible_to`."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models

from cases.defects.lifecycle import OPEN
from cases.models import Case
from helpdesk.people.models import Person

if TYPE_CHECKING:
    from cases.defects.models import Defect


class DefectQuerySet(models.QuerySet["Defect"]):
    """Words that say which defects."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """All for us; for clients those of the cases that they may see, as the cases stand now."""
        if not isinstance(person, Person) or not person.is_active:
            return self.none()
        if person.is_staff_member:
            return self
        links = apps.get_model("defects", "Link").objects
        seen = links.filter(case__in=Case.objects.visible_to(person).values("pk"))
        return self.filter(pk__in=seen.values("defect"))

    def locked_one(self, pk: int) -> "Defect":
        """Lock one row and return it as it is now. Raises Defect.DoesNotExist."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def open(self) -> Self:
        """Those whose fix is neither out nor refused."""
        return self.filter(state__in=sorted(OPEN))

    def severity_one(self) -> Self:
        """Those that stand on the status page."""
        return self.open().filter(severity=1)

    def of_case(self, case: Case) -> Self:
        """Those that a case is attached to, in the order in which they were attached."""
        return self.filter(links__case=case).order_by("links__id")
